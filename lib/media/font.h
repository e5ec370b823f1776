/*
 * Fonts for everything that is drawn: a set of our own over named font files,
 * so that neither the machine's fontconfig rules nor other fonts that happen
 * to be installed can change a picture.
 *
 * The files are Debian's: fonts-inter (Inter, Inter Display: Light to Black),
 * fonts-noto-core (Noto Sans of every script, Noto Serif Display; Regular and
 * Bold), fonts-noto-cjk (Noto Sans CJK) and fonts-noto-color-emoji, searched
 * for under /usr/share/fonts. fontconfig's cache is only a speed-up.
 *
 * A set belongs to one thread. Sets are cheap; the first of a process reads
 * the files' headers, 2 ms where the system's fontconfig cache is there.
 */
#ifndef MEDIA_FONT_H
#define MEDIA_FONT_H

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>

#include "base/error.h"

struct font_set;

/* Open the fonts. NULL with EX_CONF that names the Debian package when one of
 * the families Inter, Inter Display, Noto Sans, Noto Serif Display is
 * missing. */
struct font_set *font_set_new(struct err *e);
/* The same with one font of the user's own, from a file, as the family
 * FONT_OWN, whatever it calls itself. EX_DATA where file is no font that can be
 * used. */
#define FONT_OWN "Studio own font"
#define FONT_OWN_MAX (32u << 20) /* bytes; larger is refused */
struct font_set *font_set_new_with(const char *file, struct err *e);
void font_set_free(struct font_set *f); /* f may be NULL */

/* What it chooses from. */
FcConfig *font_set_config(const struct font_set *f);

/*
 * A context to lay text out with, for a language ("de", "zh-Hant"; NULL or ""
 * is "en"); the caller owns it (g_object_unref). Hinting and metrics hinting
 * are off, antialiasing grey, glyph positions not rounded, so that a layout
 * scales without moving. Sizes are pixels: use
 * pango_font_description_set_absolute_size(d, px * PANGO_SCALE).
 */
PangoContext *font_context(struct font_set *f, const char *language);

/* The list of families to give pango_font_description_set_family(): first
 * ("Inter Display", "Inter", "Noto Serif Display"; NULL for none), then Noto
 * Sans and the Noto Sans CJK of the language, then emoji. For Chinese, Japanese
 * and Korean the CJK family stands first, so that Latin within it matches,
 * unless first is FONT_OWN.
 * Writes at most size bytes to out; returns out. */
char *font_families(char *out, size_t size, const char *first,
	const char *language);

/* Has the set a family of exactly that name? */
int font_has_family(const struct font_set *f, const char *family);

/* True for languages that are written without spaces in Han, kana or hangul:
 * zh, ja, ko (ko has spaces, but takes the same fonts). */
int font_language_is_cjk(const char *language);

/*
 * Is there a glyph for every code point of the n bytes of UTF-8 at text? White
 * space, controls, joiners and variation selectors need none. Returns 0, or -1
 * with
 *  EX_CONF "U+4E16 needs a font of fonts-noto-cjk: apt install fonts-noto-cjk"
 *          where a package that has it is not installed,
 *  EX_DATA where it is installed and has no such glyph, or where text is not
 *          well-formed.
 * The message starts with the code point: put the file before it with
 * err_prefix().
 */
int font_check_text(struct font_set *f, const char *text, size_t n,
	struct err *e);

#endif
