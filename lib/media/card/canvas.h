/*
 * What cards are painted on: three planes of float, sRGB-encoded, 0..1, so
 * that no gradient is cut to 8 bits before the last step (canvas_finish).
 *
 * Shapes come from Cairo as 8-bit coverage (struct mask) and are then filled
 * here. Anything soft (shadow, glow, fog, noise) is a struct field: floats,
 * one for each step x step pixels, read back with bilinear interpolation.
 *
 * All places are pixels of the canvas, from its top left corner; families get
 * them from fractions of the height (x * h, y * h), strokes from c->u.
 */
#ifndef MEDIA_CARD_CANVAS_H
#define MEDIA_CARD_CANVAS_H

#include <cairo.h>
#include <stdint.h>

#include "media/card/palette.h"
#include "media/picture.h"

struct canvas {
	int w, h;
	float u;           /* min(w, h) / 1000: the unit of strokes */
	float *r, *g, *b;  /* w * h each, rows without padding */
};

enum blend {
	BLEND_OVER,
	BLEND_MULTIPLY, /* inks */
	BLEND_SCREEN    /* glows: 1 - (1-a)(1-b) */
};

void canvas_init(struct canvas *c, int w, int h); /* black */
void canvas_release(struct canvas *c);

/* --- whole frame --- */

void canvas_fill(struct canvas *c, struct rgb colour);
/* Rows y0..y1 take the ramp from 0 to 1; beyond them its ends. */
void canvas_vertical(struct canvas *c, const struct ramp *r, float y0,
	float y1);
/* A ramp by distance from (x, y): 0 there, 1 at radius and beyond. */
void canvas_radial(struct canvas *c, const struct ramp *r, float x, float y,
	float radius);
/* Blend one pixel / a row of n pixels at (x, y) with coverage a[i] in 0..1. */
void canvas_row(struct canvas *c, int x, int y, int n, const float *a,
	struct rgb colour, enum blend mode);
/* The same with a colour for each pixel. */
void canvas_row_rgb(struct canvas *c, int x, int y, int n, const float *a,
	const struct rgb *colour, enum blend mode);

/* --- light --- */

/* Screen colour * opacity * exp(-d / falloff), d counted from the rim of a
 * disc of the given radius (0: a point). */
void canvas_glow(struct canvas *c, float x, float y, float radius,
	float falloff, struct rgb colour, float opacity);
/* The same falloff laid over instead of screened: warms a light sky where a
 * screen would only whiten it. */
void canvas_halo(struct canvas *c, float x, float y, float radius,
	float falloff, struct rgb colour, float opacity);
/* An antialiased disc. */
void canvas_disc(struct canvas *c, float x, float y, float radius,
	struct rgb colour, float opacity);
/* What is over threshold (max of r, g, b), blurred by radius pixels and
 * screened over the canvas with this opacity. */
void canvas_bloom(struct canvas *c, float threshold, float radius,
	float opacity);

/* --- masks: shapes by Cairo --- */

struct mask {
	int x, y, w, h;  /* its place on the canvas; may lie partly off it */
	int stride;
	uint8_t *a;
	cairo_surface_t *surface;
};

/* Start a mask over the rectangle; draw with the cairo context, whose units
 * are canvas pixels, in opaque black (only alpha counts; cairo_set_operator
 * CLEAR cuts holes). Then mask_end(). Draw shapes that run off the frame
 * beyond its edge by >= 40 u, else their shadow shows the edge. */
cairo_t *mask_begin(struct mask *m, int x, int y, int w, int h);
void mask_end(struct mask *m, cairo_t *cr);
void mask_release(struct mask *m);
/* A mask over the whole canvas and margin pixels around it. */
cairo_t *mask_begin_all(struct mask *m, const struct canvas *c, int margin);

void canvas_mask(struct canvas *c, const struct mask *m, struct rgb colour,
	float opacity, enum blend mode);
/* Soft shadow of the mask: blurred by radius pixels (about 2 sigma), moved by
 * (dx, dy), over. Cut paper: wide 15 u at 0.40, contact 4 u at 0.28, in
 * deep * 0.6. */
struct shadow {
	float radius, dx, dy, opacity;
	struct rgb colour;
};
void canvas_shadow(struct canvas *c, const struct mask *m,
	const struct shadow *s);
/* The two shadows of cut paper, in one call. */
void canvas_paper_shadow(struct canvas *c, const struct mask *m,
	const struct palette *p);

/* --- fields: soft things --- */

struct field {
	int x, y, w, h; /* w x h values; value (i, j) lies at pixel
			   x + i * step, y + j * step */
	int step;
	float *v;
};

/* Zeroes, to cover the rectangle of pixels. */
void field_init(struct field *f, int x, int y, int w, int h, int step);
/* Over the whole canvas. */
void field_init_all(struct field *f, const struct canvas *c, int step);
void field_release(struct field *f);
/* Coverage of a mask 0..1, averaged to step pixels, with margin round it. */
void field_from_mask(struct field *f, const struct mask *m, int step,
	int margin);
/* Three box blurs, about a gaussian with sigma = radius / 2, in pixels.
 * What lies outside counts as the value at the edge. */
void field_blur(struct field *f, float radius);
/* out[i] = value at pixel (x + i, y), bilinear; edges are held. */
void field_row(const struct field *f, int x, int y, int n, float *out);
float field_at(const struct field *f, float x, float y);
/* Fill with fBm of (pixel / (scale * h)) where h is c->h: scale is the size of
 * a feature as a fraction of the height; sx stretches along x. */
void field_fbm(struct field *f, const struct canvas *c, uint32_t seed,
	float frequency_x, float frequency_y, int octaves, float gain);
/* Blend colour over the canvas with coverage value * opacity (clamped). */
void canvas_field(struct canvas *c, const struct field *f, struct rgb colour,
	float opacity, enum blend mode);

/* --- last step --- */

/* Paper or film: adds amount * noise to all three planes, in features of
 * about size pixels; amount 0.018 is paper fibre. Do it before the text. */
void canvas_texture(struct canvas *c, uint32_t seed, float amount);

/* Value * 255 + grain + triangular dither, cut to 8 bit. Monochrome grain of
 * sigma 1.3 * grain levels; grain 1 is normal. p is initialised here. */
void canvas_finish(const struct canvas *c, uint64_t seed, float grain,
	struct picture *p);

#endif
