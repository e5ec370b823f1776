#include "media/caption_draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "media/caption_line.h"
#include "media/caption_paint.h"

/* The direction is the whole text's, not each line's own. */
static void
set_direction(PangoContext *c, const char *text)
{
	PangoLayout *l = pango_layout_new(c);

	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_text(l, text, -1);
	if (pango_layout_get_line_readonly(l, 0)->resolved_dir ==
	    PANGO_DIRECTION_RTL)
		pango_context_set_base_dir(c, PANGO_DIRECTION_RTL);
	g_object_unref(l);
}

/* Lay out all lines with letters of d->em; the widest is returned. */
static double
set_lines(struct caption_draw *d, struct caption_setting *s,
    double *width)
{
	const char *p = s->text, *nl;
	double most = 0;

	caption_line_drop(d);
	d->lines = 0;
	s->gap = d->look.gap * d->em;
	pango_font_description_set_absolute_size(s->font, d->em * PANGO_SCALE);
	for (; d->lines < CAPTION_LINES; p = nl + 1) {
		nl = strchr(p, '\n');
		width[d->lines] = caption_line_set(d, s,
		    (size_t)(p - s->text), nl ? (size_t)(nl - p) :
		    strlen(p), d->lines);
		most = fmax(most, width[d->lines++]);
		if (!nl)
			break;
	}
	return most;
}

/* Where a line of that width begins. */
static double
line_left(const struct caption_spec *q, double pad, double width)
{
	switch (q->look->align) {
	case CAPTION_LEFT:
		return q->left + pad;
	case CAPTION_RIGHT:
		return q->right - pad - width;
	default:
		return (q->left + q->right - width) / 2;
	}
}

/* The last base line: as the look asks, and so that all stays between top and
 * floor; the floor comes first. */
static double
last_line(const struct caption_draw *d, const struct caption_spec *q,
    double tall)
{
	double up, down, y = q->bottom;

	caption_extent(d, &up, &down);
	if (q->middle >= 0)
		y = q->middle + tall / 2 + d->em * 0.37;
	else if (q->look->anchor == CAPTION_TOP)
		y = q->top + up + tall;
	y = fmax(y, q->top + up + tall);
	return fmin(y, q->floor - down);
}

static void
place(struct caption_draw *d, const struct caption_spec *q,
    const double *width, double pad)
{
	double pitch = d->em * d->look.pitch;
	double tall = (d->lines - 1) * pitch;
	size_t i;

	for (i = 0; i < d->nr; i++)
		d->run[i].x += line_left(q, pad, width[d->run[i].line]);
	d->left = d->right = d->nr ? d->run[0].x : q->left;
	for (i = 0; i < d->nr; i++) {
		d->left = fmin(d->left, d->run[i].x);
		d->right = fmax(d->right, d->run[i].x + d->run[i].w);
	}
	d->bottom = last_line(d, q, tall);
	d->top = d->bottom - tall;
	for (i = 0; i < d->nr; i++)
		d->run[i].base = d->top + d->run[i].line * pitch;
}

static void
start(struct caption_setting *s, struct font_set *fonts,
    const struct caption_spec *q)
{
	char families[256];

	s->context = font_context(fonts, q->language);
	set_direction(s->context, s->text);
	s->font = pango_font_description_new();
	pango_font_description_set_family(s->font, font_families(families,
	    sizeof(families), q->look->font_file ? FONT_OWN :
	    q->look->family, q->language));
	pango_font_description_set_weight(s->font, q->look->weight);
}

/* What is drawn left and right of the text, in em. */
static double
side(const struct caption_look *k)
{
	double edge = k->outline + (k->shadow > 0 ? CAPTION_SHADOW : 0);

	if (k->plate > 0)
		return CAPTION_BOX_PAD;
	return k->mark == CAPTION_MARK_PLATE ? fmax(edge, CAPTION_EDGE) : edge;
}

/* Lay out and place, smaller where a line would not fit. */
static void
set_all(struct caption_draw *d, struct caption_setting *s,
    const struct caption_spec *q)
{
	double pad = side(q->look);
	double room = q->right - q->left - 2 * q->size * pad, most;
	double width[CAPTION_LINES];
	int i;

	if (q->look->mark == CAPTION_MARK_WORD)
		room /= CAPTION_BIGGER; /* the spoken word may be the line */
	for (i = 0; i < 4; i++) {
		most = set_lines(d, s, width);
		if (most <= room || d->em < 8)
			break;
		d->em *= room / most * 0.995;
	}
	place(d, q, width, pad * d->em);
}

int
caption_draw_new(struct caption_draw **out, struct font_set *fonts,
    const struct caption_spec *spec, const char *text,
    const struct caption_span *word, size_t nr, struct err *e)
{
	struct caption_setting s = { NULL, NULL, text, word, nr, 0,
	    spec->look->mark != CAPTION_MARK_NONE };
	struct caption_span *upper = NULL;
	struct caption_draw *d;
	char *capitals = NULL;

	if (font_check_text(fonts, text, strlen(text), e) < 0)
		return -1;
	if (spec->look->uppercase) {
		upper = xcalloc(nr, sizeof(*upper));
		capitals = caption_capitals(text, word, nr, spec->language,
		    upper);
		s.text = capitals;
		s.word = upper;
	}
	d = xcalloc(1, sizeof(*d));
	d->look = *spec->look;
	d->w = spec->w;
	d->h = spec->h;
	d->em = spec->size;
	caption_look_colours(spec->look, spec->tone, &d->colour);
	start(&s, fonts, spec);
	d->rtl = pango_context_get_base_dir(s.context) ==
	    PANGO_DIRECTION_RTL;
	set_all(d, &s, spec);
	pango_font_description_free(s.font);
	g_object_unref(s.context);
	free(capitals);
	free(upper);
	*out = d;
	return 0;
}

void
caption_draw_free(struct caption_draw *d)
{
	if (!d)
		return;
	caption_line_drop(d);
	if (d->ground)
		cairo_surface_destroy(d->ground);
	free(d->piece);
	free(d->run);
	free(d);
}

int
caption_draw_follows(const struct caption_draw *d)
{
	return d->look.mark != CAPTION_MARK_NONE;
}

void
caption_draw_span(const struct caption_draw *d, double *top, double *bottom)
{
	double up, down;

	caption_extent(d, &up, &down);
	*top = d->top - up;
	*bottom = d->bottom + down;
}
