/*
 * Shared by the board_*.c files only.
 */
#ifndef RENDER_BOARD_PART_H
#define RENDER_BOARD_PART_H

#include "render/board.h"

#define BOARD_WAVE 180 /* strokes of a waveform */

/* Fill the media of a scene: picture, thumb, takes, waveform. */
void board_read_media(struct board *b, struct board_scene *s);
/* A small copy of a picture as a data: address; sha256 is of the file. */
void board_load_file(const struct board *b, const char *path,
	const char *sha256, struct strbuf *uri);
/* Poster and captions of the film. */
void board_read_film_media(struct board *b);
/* Find what is wrong, count and sort. */
void board_find_problems(struct board *b);
/* A problem of scene i; strings are taken over. */
struct board_problem *board_add_problem(struct board *b,
	enum board_level level, size_t scene);

/* Add what making an asset is expected to cost, where a provider does it. */
void board_cost_asset(struct board_cost *sum, const struct project *p,
	const struct asset_state *a);
/* What the ledger says; nothing where there is none. */
void board_cost_spent(struct board_cost *sum, const struct project *p);

/* Escaped text; control characters become U+FFFD. */
void board_text(struct strbuf *o, const char *s);
/* At most n characters of it, with an ellipsis where it is cut. */
void board_text_cut(struct strbuf *o, const char *s, size_t n);
/* A path as an address: reserved bytes as %XX. */
void board_url(struct strbuf *o, const char *path);
/* The address of a file of the project, from the page. */
void board_file_url(struct strbuf *o, const struct board *b,
	const char *path);
void board_base64(struct strbuf *o, const void *p, size_t n);
/* "0:07", or with tenths "0:07.6". */
void board_clock(struct strbuf *o, double seconds, int tenths);
/* A glyph and, where label is not NULL, the word after it. */
void board_glyph(struct strbuf *o, enum board_level level,
	const char *label);
/* "failed", "missing" ...; also the class in the style sheet. */
const char *board_level_name(enum board_level level);
/* "never made", "pointer" ...: as it is said everywhere. */
const char *board_level_word(enum board_level level);
/* "English" for "en"; the tag where it is not known. */
const char *board_language(const char *tag);
/* The glyphs' shapes, once a page. */
void board_symbols(struct strbuf *o);
/* The style sheet with what depends on the scenes. */
void board_style(struct strbuf *o, const struct board *b);

/* Seconds between two marks of the ruler. */
double board_tick(const struct board *b);

/* Parts of the page, in their order. */
void board_head(struct strbuf *o, const struct board *b);
void board_verdict(struct strbuf *o, const struct board *b);
void board_film(struct strbuf *o, const struct board *b);
void board_strip(struct strbuf *o, const struct board *b);
void board_bar(struct strbuf *o, const struct board *b);
void board_scene(struct strbuf *o, const struct board *b, size_t i);
/* What is seen of a scene. */
void board_picture(struct strbuf *o, const struct board *b,
	const struct board_scene *s);
/* How scene i was made; its takes. */
void board_made(struct strbuf *o, const struct board *b, size_t i);
void board_takes(struct strbuf *o, const struct board_scene *s);

#endif
