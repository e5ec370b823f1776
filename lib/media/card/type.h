/*
 * The phrase as type: voice, breaks, size.
 */
#ifndef MEDIA_CARD_TYPE_H
#define MEDIA_CARD_TYPE_H

#include "media/card/card.h"
#include "media/card/family.h"
#include "media/font.h"

#define TYPE_LINES_MAX 4
#define TYPE_WORDS_MAX 28  /* more are left off */

/* How a tone speaks. */
struct type_voice {
	const char *family; /* first font family */
	int light, bold;    /* weights */
	double tracking;    /* em */
	double line;        /* of the font's own line height */
};

void type_voice(struct type_voice *v, const char *tone, const char *family,
	const char *language);

/* Where and how large words may be, in pixels. */
struct type_frame {
	double x, y, w, h; /* the box */
	double cap, floor; /* largest and smallest size of the type */
	int centred;       /* lines centred in the box */
	int plain;         /* neither rule nor eyebrow above */
	double anchor;     /* 0: block at the top of the box, 0.5: middle */
};

struct type_line {
	PangoLayout *layout;  /* NULL: no such line */
	double x, y;          /* of its baseline's start, pixels */
};

struct type_block {
	struct type_line line[TYPE_LINES_MAX];
	int nr;
	struct type_line eyebrow; /* layout NULL: a rule instead */
	double rule[4];           /* x y w h of the rule */
	double size;              /* of the type, pixels */
	double x0, y0, x1, y1;    /* ink of everything, pixels */
	double tx0, ty0, tx1, ty1;/* ink of the words alone */
};

/* Lay out s->phrase. A phrase that does not fit at the floor is shortened,
 * one word that does not fit is broken. nr is 0 where there is nothing to set.
 * -1 when a glyph is missing (font_check_text). */
int type_lay(struct type_block *b, struct font_set *fonts,
	const struct card_spec *s, const struct type_voice *v,
	const struct type_frame *f, struct err *e);
void type_release(struct type_block *b);

/* Do the phrase's letters run from right to left? */
int type_is_rtl(const char *phrase);

/* type_words.c: the phrase cut into pieces that stay whole. */
struct type_word {
	size_t off, len;  /* bytes in text */
	int light;        /* set in the light weight */
	int stop;         /* a poor end of a line */
	int space;        /* a space follows it */
	double cost;      /* of ending a line here, 0 is free */
	double w;         /* advance at 100 px */
};

struct type_words {
	char *text;       /* cleaned: curly quotes, no emoji, no full stop */
	struct type_word v[TYPE_WORDS_MAX];
	int nr;
};

void type_words(struct type_words *w, const struct card_spec *s);
void type_words_release(struct type_words *w);

/* type_break.c: best partition into lines. first[i] is the first word of
 * line i, first[lines] is nr. Returns the number of lines, 1..4; *size gets
 * the size in pixels. em: a line's height, and the rule's or eyebrow's above
 * the first, at 1 px. */
int type_break(const struct type_words *w, double space,
	const struct type_frame *f, const double em[2], int first[],
	double *size);

/* type_place.c. From the first line's top to the top of what stands above it,
 * in em. */
#define TYPE_HEAD_EYEBROW 0.62
#define TYPE_HEAD_RULE 0.40

/* Ink extents of a layout's first line, pixels, its baseline starting at
 * 0, 0. */
void type_ink(PangoLayout *l, double *x, double *y, double *w, double *h);
/* Put the lines of b into f, then the rule or eyebrow above the first. */
void type_place(struct type_block *b, const struct type_frame *f,
	double pitch, int rtl);

#endif
