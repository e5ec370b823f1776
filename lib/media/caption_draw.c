#include "media/caption_draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "media/caption_paint.h"

/* Fractions of the em, as the styles were designed. */
static const struct style {
	const char *name, *family;
	int weight;
	double pitch;   /* from base line to base line */
	double gap;     /* least between two words; 0: the font's space */
} styles[] = {
	{ "classic", "Inter", 600, 1.28, 0 },
	{ "box", "Inter", 500, 1.34, 0 },
	{ "karaoke", "Inter Display", 700, 1.42, 0.40 },
	{ "big", "Inter Display", 900, 1.16, 0.58 },
};

int
caption_draw_style(const char *name)
{
	int i;

	for (i = 0; i < (int)(sizeof(styles) / sizeof(styles[0])); i++)
		if (name && !strcmp(name, styles[i].name))
			return i;
	return -1;
}

/* All that is needed while laying out. */
struct setting {
	PangoContext *context;
	PangoFontDescription *font;
	const struct caption_spec *spec;
	const struct style *style;
	const char *text;
	const struct caption_span *word;
	size_t nr;
};

/* Turkish and Azeri tell two i apart. */
static int
dotted(const char *language)
{
	return language && (!strncmp(language, "tr", 2) ||
	    !strncmp(language, "az", 2));
}

static char *
capitals(const char *s, size_t n, const char *language)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;
	char *up, *ret;

	for (i = 0; i < n; i++)
		if (s[i] == 'i' && dotted(language))
			strbuf_addstr(&b, "\xC4\xB0");
		else
			strbuf_addch(&b, s[i]);
	up = g_utf8_strup(b.buf, (gssize)b.len);
	ret = xstrdup(up);
	g_free(up);
	strbuf_release(&b);
	return ret;
}

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

static PangoLayout *
blank_layout(const struct setting *s)
{
	PangoLayout *l = pango_layout_new(s->context);

	pango_layout_set_font_description(l, s->font);
	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_auto_dir(l, FALSE);
	return l;
}

static PangoLayout *
layout(const struct setting *s, size_t off, size_t len)
{
	PangoLayout *l = blank_layout(s);
	char *up;

	if (s->spec->style == CAPTION_BIG) {
		up = capitals(s->text + off, len, s->spec->language);
		pango_layout_set_text(l, up, -1);
		free(up);
	} else {
		pango_layout_set_text(l, s->text + off, (int)len);
	}
	return l;
}

static double
width_of(PangoLayout *l)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	return (double)r.width / PANGO_SCALE;
}

/* Where each word of the line stands from the left, so that words in two
 * directions come out in the order in which they are read. */
static void
order(const struct setting *s, size_t off, size_t len, struct caption_run *r,
    size_t nr)
{
	PangoLayout *l = blank_layout(s);
	PangoRectangle at;
	struct caption_run swap;
	size_t i, j;

	pango_layout_set_text(l, s->text + off, (int)len);
	for (i = 0; i < nr; i++) {
		pango_layout_index_to_pos(l,
		    (int)(s->word[r[i].word].off - off), &at);
		r[i].x = at.width < 0 ? at.x + at.width : at.x;
	}
	g_object_unref(l);
	for (i = 1; i < nr; i++)
		for (j = i; j > 0 && r[j].x < r[j - 1].x; j--) {
			swap = r[j];
			r[j] = r[j - 1];
			r[j - 1] = swap;
		}
}

/* The space to leave between two runs that are neighbours on a line. */
static double
gap_between(const struct setting *s, const struct caption_run *a,
    const struct caption_run *b, double space)
{
	const struct caption_span *p = &s->word[a->word < b->word ? a->word :
	    b->word], *q = &s->word[a->word < b->word ? b->word : a->word];

	if (q->off <= p->off + p->len)
		return 0;
	return fmax(space, s->style->gap * s->spec->size);
}

/* Put the line's words side by side; returns its width. */
static double
set_words(const struct setting *s, struct caption_run *r, size_t nr,
    double space)
{
	double x = 0;
	size_t i;

	for (i = 0; i < nr; i++) {
		if (i)
			x += gap_between(s, &r[i - 1], &r[i], space);
		r[i].x = x;
		r[i].w = width_of(r[i].layout);
		x += r[i].w;
	}
	return x;
}

static struct caption_run *
new_run(struct caption_draw *d, PangoLayout *l, long word)
{
	struct caption_run *r;

	ALLOC_GROW(d->run, d->nr, d->alloc);
	r = &d->run[d->nr++];
	memset(r, 0, sizeof(*r));
	r->layout = l;
	r->word = word;
	return r;
}

/* Lay out bytes off..off+len as line number `line`; returns its width. */
static double
set_line(struct caption_draw *d, const struct setting *s, size_t off,
    size_t len, int line)
{
	size_t first = d->nr, i;
	PangoLayout *l = layout(s, off, len);
	PangoLayout *blank;
	double w = width_of(l), space;

	if (!caption_draw_follows(d)) {
		new_run(d, l, -1)->w = w;
	} else {
		blank = layout(s, 0, 0);
		pango_layout_set_text(blank, " ", 1);
		space = width_of(blank);
		g_object_unref(blank);
		g_object_unref(l);
		for (i = 0; i < s->nr; i++)
			if (s->word[i].off >= off && s->word[i].off +
			    s->word[i].len <= off + len)
				new_run(d, layout(s, s->word[i].off,
				    s->word[i].len), (long)i);
		order(s, off, len, d->run + first, d->nr - first);
		w = set_words(s, d->run + first, d->nr - first, space);
	}
	for (i = first; i < d->nr; i++)
		d->run[i].line = line;
	return w;
}

static void
drop_runs(struct caption_draw *d)
{
	size_t i;

	for (i = 0; i < d->nr; i++)
		g_object_unref(d->run[i].layout);
	d->nr = 0;
}

/* Lay out all lines at the setting's size; the widest is returned. */
static double
set_lines(struct caption_draw *d, const struct setting *s, double *width)
{
	const char *p = s->text, *nl;
	double most = 0;

	drop_runs(d);
	d->lines = 0;
	pango_font_description_set_absolute_size(s->font, d->em * PANGO_SCALE);
	for (; d->lines < CAPTION_LINES; p = nl + 1) {
		nl = strchr(p, '\n');
		width[d->lines] = set_line(d, s, (size_t)(p - s->text),
		    nl ? (size_t)(nl - p) : strlen(p), d->lines);
		most = fmax(most, width[d->lines++]);
		if (!nl)
			break;
	}
	return most;
}

static void
place(struct caption_draw *d, const struct setting *s, const double *width)
{
	const struct caption_spec *q = s->spec;
	double middle = (q->left + q->right) / 2;
	size_t i;

	d->left = d->right = middle;
	for (i = 0; i < d->nr; i++) {
		struct caption_run *r = &d->run[i];

		r->x += middle - width[r->line] / 2;
		r->base = q->bottom - (d->lines - 1 - r->line) * d->em *
		    s->style->pitch;
		d->left = fmin(d->left, r->x);
		d->right = fmax(d->right, r->x + r->w);
	}
	d->top = q->bottom - (d->lines - 1) * d->em * s->style->pitch;
	d->bottom = q->bottom;
}

int
caption_draw_new(struct caption_draw **out, struct font_set *fonts,
    const struct caption_spec *spec, const char *text,
    const struct caption_span *word, size_t nr, struct err *e)
{
	struct setting s = { NULL, NULL, spec, &styles[spec->style], text,
	    word, nr };
	struct caption_draw *d;
	double width[CAPTION_LINES], most, room = spec->right - spec->left;
	char families[256];
	int i;

	if (font_check_text(fonts, text, strlen(text), e) < 0)
		return -1;
	d = xcalloc(1, sizeof(*d));
	d->style = spec->style;
	d->w = spec->w;
	d->h = spec->h;
	d->em = spec->size;
	caption_paint_colours(d, spec->tone);
	s.context = font_context(fonts, spec->language);
	set_direction(s.context, text);
	s.font = pango_font_description_new();
	pango_font_description_set_family(s.font, font_families(families,
	    sizeof(families), s.style->family, spec->language));
	pango_font_description_set_weight(s.font, s.style->weight);
	room -= 2 * spec->size * (spec->style == CAPTION_BOX ?
	    CAPTION_BOX_PAD : CAPTION_EDGE);
	if (spec->style == CAPTION_BIG)
		room /= CAPTION_BIGGER; /* the spoken word may be the line */
	for (i = 0; i < 4; i++) {
		most = set_lines(d, &s, width);
		if (most <= room || d->em < 8)
			break;
		d->em *= room / most * 0.995;
	}
	place(d, &s, width);
	pango_font_description_free(s.font);
	g_object_unref(s.context);
	*out = d;
	return 0;
}

void
caption_draw_free(struct caption_draw *d)
{
	if (!d)
		return;
	drop_runs(d);
	free(d->run);
	free(d);
}

int
caption_draw_follows(const struct caption_draw *d)
{
	return d->style == CAPTION_KARAOKE || d->style == CAPTION_BIG;
}
