/*
 * Families: the programs that draw a picture without its words.
 */
#ifndef MEDIA_CARD_FAMILY_H
#define MEDIA_CARD_FAMILY_H

#include "base/rng.h"
#include "media/card/canvas.h"

enum card_time { CARD_DAWN, CARD_DAY, CARD_DUSK, CARD_NIGHT };

/* Small variants that cues choose; families ignore what they do not know. */
enum card_variant { VARIANT_NONE, VARIANT_SUN, VARIANT_PLANT };

/* Fractions of the canvas's width (x, w) and height (y, h). */
struct box {
	float x, y, w, h;
};

/* What a family is told. Everything random comes from seed, one stream a
 * purpose: rng_seed(&r, p->seed, 3) or noise_seed(p, 3). */
struct scene_params {
	struct palette pal;
	uint64_t seed;
	float fx, fy;     /* focus, fractions of width and height; already
			     mirrored and jittered */
	float shrink;     /* size of subjects: 1 landscape, 0.67 vertical */
	float horizon;    /* fraction of the height: 0.565 */
	struct box text;  /* where words will stand; w 0: nowhere */
	int mirror;       /* words on the right, focus on the left */
	int portrait;     /* higher than wide: words above the focus */
	int title;        /* centred title above, focus in the middle */
	enum card_time time;
	enum card_variant variant;
};

struct family {
	const char *name; /* "sea": also what style: names */
	void (*draw)(struct canvas *c, const struct scene_params *p);
	/* Room for words on a wide picture; 0 where the usual is right. */
	float anchor;     /* in their box: 0 at its top (a sky), 0.5 middle */
	float width;      /* of the box, fraction of the width; 0 is 0.405 */
	float cap;        /* largest type, fraction of min(w, h); 0 is 0.145 */
};

/* All, ends with name NULL. A new family adds its extern in families.h and a
 * line in family.c. */
extern const struct family families[];
/* NULL where there is none of that name. */
const struct family *family_find(const char *name);

/* A 32-bit seed for noise.h, by purpose. */
uint32_t noise_seed(const struct scene_params *p, unsigned purpose);
/* 0 far from where the words stand, 1 under them; soft over about 0.12 of the
 * height. Pixel coordinates. Families thin their detail by it. */
float text_weight(const struct canvas *c, const struct scene_params *p,
	float x, float y);
/* The same with the rim of an ellipse, far softer: the edge of a box would show
 * in a cloud. */
float text_calm(const struct canvas *c, const struct scene_params *p, float x,
	float y);
/* Move and shrink a round subject (y and radius as fractions of the height) so
 * that it lies clear below words that stand above it, down to bottom. Nothing
 * happens where words stand beside it. */
void clear_of_text(const struct scene_params *p, float bottom, float *y,
	float *radius);
/* text_weight for a row of n pixels from x = 0. */
void text_weight_row(const struct canvas *c, const struct scene_params *p,
	int y, int n, float *out);

#endif
