#include "media/caption_look.h"

#include <string.h>

#define TEXT_CONTRAST 6.0   /* of our own colours to what lies round them */
#define LEAST_CONTRAST 4.5  /* WCAG 2.2, 1.4.3 */
#define LEAST_OUTLINE 0.04  /* a thinner line parts text from nothing */
#define LEAST_PLATE 0.60    /* a thinner plate takes any picture's colour */
#define OUTLINE_ALPHA 0.88

/* As the four were designed. */
static const struct built_in {
	const char *name, *family;
	int weight;
	double pitch, gap, outline, shadow, plate;
	int mark, uppercase;
} built_in[] = {
	{ "classic", "Inter", 600, 1.28, 0, 0.12, 0.45, 0,
	    CAPTION_MARK_NONE, 0 },
	{ "box", "Inter", 500, 1.34, 0, 0, 0, 0.84, CAPTION_MARK_NONE, 0 },
	{ "karaoke", "Inter Display", 700, 1.42, 0.40, 0.07, 0.45, 0,
	    CAPTION_MARK_PLATE, 0 },
	{ "big", "Inter Display", 900, 1.16, 0.58, 0.125, 0.45, 0,
	    CAPTION_MARK_WORD, 1 },
};

#define STYLES ((int)(sizeof(built_in) / sizeof(built_in[0])))

int
caption_draw_style(const char *name)
{
	int i;

	for (i = 0; i < STYLES; i++)
		if (name && !strcmp(name, built_in[i].name))
			return i;
	return -1;
}

const char *
caption_draw_style_name(int base)
{
	return built_in[base].name;
}

void
caption_look_built_in(struct caption_look *k, int base)
{
	const struct built_in *b = &built_in[base];

	memset(k, 0, sizeof(*k));
	k->base = base;
	k->family = b->family;
	k->weight = b->weight;
	k->pitch = b->pitch;
	k->gap = b->gap;
	k->colour = k->spoken = k->outline_colour = k->plate_colour = -1;
	k->outline = b->outline;
	k->shadow = b->shadow;
	k->plate = b->plate;
	k->mark = b->mark;
	k->uppercase = b->uppercase;
	k->y = -1;
	k->align = CAPTION_CENTER;
	k->lines = 2;
}

static struct rgb
colour(long hex, struct rgb own)
{
	return hex < 0 ? own : rgb_hex((uint32_t)hex);
}

void
caption_look_colours(const struct caption_look *k, const char *tone,
    struct caption_colours *c)
{
	static const struct rgb white = { 1, 1, 1 };
	struct palette p;
	double t;

	palette_get(&p, tone ? tone : "", 0);
	c->dark = colour(k->outline_colour, palette_ink_dark(&p));
	c->plate = colour(k->plate_colour, p.deep);
	c->ink = colour(k->colour, k->base == CAPTION_BIG ? white :
	    palette_ink_light(&p));
	c->bar = c->spoken = p.accent;
	/* As text, or under text, the accent must be light enough. */
	for (t = 0.08; k->mark != CAPTION_MARK_NONE && t < 1 &&
	    rgb_contrast(c->spoken, palette_ink_dark(&p)) < TEXT_CONTRAST;
	    t += 0.08)
		c->spoken = rgb_mix(p.accent, white, t);
	c->spoken = colour(k->spoken, c->spoken);
	c->on_spoken = palette_ink_dark(&p);
	if (k->spoken >= 0 && rgb_contrast(white, c->spoken) >
	    rgb_contrast(c->on_spoken, c->spoken))
		c->on_spoken = white;
}

/* Contrast to what an outline or plate is at worst: over black, over white, or
 * over the grey that makes it like the text. */
static double
worst(struct rgb text, struct rgb under, double alpha)
{
	static const struct rgb black = { 0, 0, 0 }, white = { 1, 1, 1 };
	struct rgb low = rgb_lerp(black, under, (float)alpha);
	struct rgb high = rgb_lerp(white, under, (float)alpha);
	double t = rgb_luminance(text), a, b;

	if (t >= rgb_luminance(low) && t <= rgb_luminance(high))
		return 1;
	a = rgb_contrast(text, low);
	b = rgb_contrast(text, high);
	return a < b ? a : b;
}

/* Contrast of a text's colour to what is always round it; 0: nothing is. */
static double
contrast_of(const struct caption_look *k, struct rgb text,
    const struct caption_colours *c)
{
	double best = 0, v;

	if (k->plate >= LEAST_PLATE)
		best = worst(text, c->plate, k->plate);
	if (k->outline >= LEAST_OUTLINE) {
		v = worst(text, c->dark, OUTLINE_ALPHA);
		best = v > best ? v : best;
	}
	return best;
}

static int
refuse(const char *name, const char *what, double v, struct err *e)
{
	return err_set(e, EX_CONF, "captionStyles.%s: the %s has a contrast "
	    "of %.1f:1 to its outline or plate, and needs 4.5:1; choose a "
	    "lighter or darker color for one of them", name, what, v);
}

int
caption_look_check(const struct caption_look *k, const char *name,
    const char *tone, struct err *e)
{
	struct caption_colours c;
	double v;

	caption_look_colours(k, tone, &c);
	v = contrast_of(k, c.ink, &c);
	if (v <= 0)
		return err_set(e, EX_CONF, "captionStyles.%s: nothing parts "
		    "the text from the picture; give it outline: {width: "
		    "%.2f} or more, or plate: {opacity: %.1f} or more", name,
		    LEAST_OUTLINE, LEAST_PLATE);
	if (v < LEAST_CONTRAST)
		return refuse(name, "text", v, e);
	if (k->mark == CAPTION_MARK_WORD)
		v = contrast_of(k, c.spoken, &c);
	else if (k->mark == CAPTION_MARK_PLATE)
		v = rgb_contrast(c.on_spoken, c.spoken);
	if (v < LEAST_CONTRAST)
		return refuse(name, "spoken word", v, e);
	return 0;
}
