/*
 * Colours: 3 floats of sRGB-encoded light, 0..1; mixes and ramps in OKLab
 * (Ottosson 2020), so that blue to orange stays clean.
 */
#ifndef MEDIA_CARD_PALETTE_H
#define MEDIA_CARD_PALETTE_H

#include <stdint.h>

struct rgb {
	float r, g, b;
};

/* Five colours. Rules that hold for each: contrast of light to deep >= 10,
 * accent to deep >= 4, accent2 to deep >= 4.5. */
struct palette {
	const char *tone; /* "calm" */
	struct rgb deep, mid, light, accent, accent2;
};

#define PALETTES 12

/* All, in pairs (A, B) by tone. */
extern const uint32_t palette_table[PALETTES][5];

/* The palette of a tone: curious, serious, playful, calm, dramatic,
 * technical; anything else is curious. which: 0 is A, 1 is B. */
void palette_get(struct palette *p, const char *tone, int which);

struct rgb rgb_hex(uint32_t hex); /* 0xRRGGBB */
/* a at t 0, b at t 1, through OKLab. For a few colours: ~0.3 us a call. */
struct rgb rgb_mix(struct rgb a, struct rgb b, double t);
/* As rgb_mix, in the encoded values: cheap, for close colours. */
struct rgb rgb_lerp(struct rgb a, struct rgb b, float t);
struct rgb rgb_scale(struct rgb a, float k);
/* Relative luminance and contrast ratio of WCAG 2.2. */
double rgb_luminance(struct rgb c);
double rgb_contrast(struct rgb a, struct rgb b);

struct rgb palette_ink_light(const struct palette *p); /* light 35 % to white */
struct rgb palette_ink_dark(const struct palette *p);  /* deep 25 % to black */
/* mid, or as much darker as light ink needs to read on it (6:1). */
struct rgb palette_dark_mid(const struct palette *p);

#define RAMP_SIZE 1024

struct ramp {
	struct rgb at[RAMP_SIZE];
};

/* n stops (2..16) at rising places pos in 0..1 (NULL: evenly spaced). */
void ramp_init(struct ramp *r, const struct rgb *stop, const float *pos,
	int n);

static inline struct rgb
ramp_at(const struct ramp *r, float t)
{
	int i = (int)(t * (RAMP_SIZE - 1) + 0.5f);

	return r->at[i < 0 ? 0 : i >= RAMP_SIZE ? RAMP_SIZE - 1 : i];
}

#endif
