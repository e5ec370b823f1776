/*
 * How captions look: one of four built-in styles, or one of these with what
 * the user changed. Fractions of the em unless another unit is named.
 */
#ifndef MEDIA_CAPTION_LOOK_H
#define MEDIA_CAPTION_LOOK_H

#include "base/error.h"
#include "media/card/palette.h"

enum caption_draw_style {
	CAPTION_CLASSIC, /* outlined text, low in the frame */
	CAPTION_BOX,     /* text on a dark plate with an accent bar */
	CAPTION_KARAOKE, /* the word on an accent plate, coming words dim */
	CAPTION_BIG      /* heavy capitals, the word in accent and larger */
};

enum caption_anchor { CAPTION_BOTTOM, CAPTION_MIDDLE, CAPTION_TOP };
enum caption_align { CAPTION_LEFT, CAPTION_CENTER, CAPTION_RIGHT };

/* What is shown of the word that is spoken. */
enum caption_mark {
	CAPTION_MARK_NONE,
	CAPTION_MARK_PLATE, /* a plate under it; coming words are dim */
	CAPTION_MARK_WORD   /* another colour, and larger */
};

struct caption_look {
	int base;               /* enum caption_draw_style */
	const char *family;     /* of fonts that the set has */
	const char *font_file;  /* instead: path of the user's own; or NULL */
	const char *font_sha256;
	int weight;             /* 100..900 */
	double size;            /* em, of the frame's height; 0: by the style
				   and the shape of the frame */
	double pitch;           /* from base line to base line */
	double gap;             /* least between two words; 0: the font's */
	long colour, spoken;    /* 0xRRGGBB; -1: of the tone's palette */
	long outline_colour, plate_colour;
	double outline;         /* width */
	double shadow;          /* 0..1 */
	double plate;           /* opacity under all the text; 0: none */
	int mark;               /* enum caption_mark */
	int uppercase;
	int anchor;             /* enum caption_anchor */
	double y;               /* of the frame's height: where their middle
				   is; negative: by the anchor */
	int align;              /* enum caption_align */
	int words;              /* of a group; 0: by the style */
	int lines;              /* 1 or 2 */
};

/* The built-in style of that number. */
void caption_look_built_in(struct caption_look *k, int base);
/* enum caption_draw_style for "classic" ...; -1 for another name. */
int caption_draw_style(const char *name);
const char *caption_draw_style_name(int base);

/* The colours of a look with a tone's palette. */
struct caption_colours {
	struct rgb ink;     /* the text */
	struct rgb dark;    /* outline and shadow */
	struct rgb spoken;  /* the word, or the plate under it */
	struct rgb on_spoken; /* text on that plate */
	struct rgb plate;
	struct rgb bar;     /* the accent at the plate's left */
};
void caption_look_colours(const struct caption_look *k, const char *tone,
	struct caption_colours *c);

/*
 * Can it be read whatever the picture? The contrast of the text, and of the
 * spoken word, to its outline or plate is 4.5:1 or more (WCAG 2.2, 1.4.3),
 * with a half-transparent plate over the worst ground. EX_CONF with the
 * figures; name is the style's.
 */
int caption_look_check(const struct caption_look *k, const char *name,
	const char *tone, struct err *e);

#endif
