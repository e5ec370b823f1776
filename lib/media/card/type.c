#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/card/type.h"

#define REFERENCE 100.0 /* px at which words are measured */

static int
tone_is(const char *tone, const char *a, const char *b)
{
	return tone && (!strcmp(tone, a) || !strcmp(tone, b));
}

void
type_voice(struct type_voice *v, const char *tone, const char *family,
	const char *language)
{
	static const struct type_voice serif = { "Noto Serif Display", 400,
		700, -0.012, 0.84 };
	static const struct type_voice plain = { "Inter Display", 300, 700,
		-0.022, 0.90 };
	static const struct type_voice loud = { "Inter Display", 500, 800,
		-0.030, 0.84 };
	static const struct type_voice cjk = { NULL, 700, 700, 0, 0.88 };

	*v = plain;
	if (tone_is(tone, "calm", "serious") || !strcmp(family, "stained"))
		*v = serif;
	else if (tone_is(tone, "playful", "dramatic"))
		*v = loud;
	if (font_language_is_cjk(language))
		*v = cjk;
}

int
type_is_rtl(const char *phrase)
{
	const char *p = phrase ? phrase : "";
	size_t n = strlen(p), used;
	uint32_t c;

	/* The first letter decides, as in UAX#9 P2; the scripts that run right
	 * to left lie in these blocks. */
	for (; n; p += used, n -= used) {
		used = utf8_decode(p, n, &c);
		if (!used)
			used = 1;
		else if (g_unichar_isalpha(c))
			return (c >= 0x590 && c <= 0x8ff) ||
			    (c >= 0xfb1d && c <= 0xfdff) ||
			    (c >= 0xfe70 && c <= 0xfeff) ||
			    (c >= 0x10800 && c <= 0x10fff) ||
			    (c >= 0x1e800 && c <= 0x1efff);
	}
	return 0;
}

static PangoFontDescription *
describe(const char *first, const char *language, int weight, double px)
{
	PangoFontDescription *d = pango_font_description_new();
	char list[256];

	pango_font_description_set_family(d, font_families(list,
	    sizeof(list), first, language));
	pango_font_description_set_weight(d, (PangoWeight)weight);
	pango_font_description_set_absolute_size(d, px * PANGO_SCALE);
	return d;
}

static void
add_attr(PangoAttrList *l, PangoAttribute *a, size_t from, size_t to)
{
	a->start_index = (guint)from;
	a->end_index = (guint)to;
	pango_attr_list_insert(l, a);
}

/* Tracking everywhere but between digits, which would fall together. */
static void
add_tracking(PangoAttrList *l, const char *text, size_t n, double em)
{
	size_t i, from = 0;
	int digit;

	for (i = 0; i <= n; i++) {
		digit = i < n && text[i] >= '0' && text[i] <= '9';
		if (i < n && !digit)
			continue;
		if (i > from)
			add_attr(l, pango_attr_letter_spacing_new((int)(em *
			    PANGO_SCALE)), from, i);
		from = i + 1;
	}
}

/* Words from..to of w on one line at size px. */
static PangoLayout *
line_layout(PangoContext *cx, const struct type_words *w, int from, int to,
	const struct type_voice *v, double px)
{
	const struct type_word *a = &w->v[from], *z = &w->v[to - 1];
	PangoLayout *l = pango_layout_new(cx);
	PangoAttrList *attrs = pango_attr_list_new();
	const char *lang = pango_language_to_string(
	    pango_context_get_language(cx));
	PangoFontDescription *d = describe(v->family, lang, v->bold, px);
	int i;

	pango_layout_set_font_description(l, d);
	pango_layout_set_text(l, w->text + a->off, (int)(z->off + z->len -
	    a->off));
	for (i = from; i < to; i++)
		add_attr(attrs, pango_attr_weight_new((PangoWeight)
		    (w->v[i].light ? v->light : v->bold)),
		    w->v[i].off - a->off,
		    w->v[i].off + w->v[i].len - a->off);
	add_tracking(attrs, w->text + a->off, z->off + z->len - a->off,
	    v->tracking * px);
	pango_layout_set_attributes(l, attrs);
	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_attr_list_unref(attrs);
	pango_font_description_free(d);
	return l;
}

static double
layout_width(PangoLayout *l)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	return (double)r.width / PANGO_SCALE;
}

/* Advances at 100 px, and that of a space. */
static double
measure_words(PangoContext *cx, struct type_words *w,
	const struct type_voice *v)
{
	struct type_words two;
	PangoLayout *l;
	double space;
	char text[] = "n n";
	int i;

	for (i = 0; i < w->nr; i++) {
		l = line_layout(cx, w, i, i + 1, v, REFERENCE);
		w->v[i].w = layout_width(l);
		g_object_unref(l);
	}
	memset(&two, 0, sizeof(two));
	two.text = text;
	two.nr = 1;
	two.v[0].len = 3;
	l = line_layout(cx, &two, 0, 1, v, REFERENCE);
	space = layout_width(l);
	g_object_unref(l);
	two.v[0].len = 1;
	l = line_layout(cx, &two, 0, 1, v, REFERENCE);
	space -= 2 * layout_width(l);
	g_object_unref(l);
	return space;
}

/* Height of a line at 1 px. */
static double
line_pitch(PangoContext *cx, const struct type_voice *v)
{
	const char *lang = pango_language_to_string(
	    pango_context_get_language(cx));
	PangoFontDescription *d = describe(v->family, lang, v->bold, REFERENCE);
	PangoFontMetrics *m = pango_context_get_metrics(cx, d, NULL);
	double h = pango_font_metrics_get_ascent(m) +
	    pango_font_metrics_get_descent(m);

	pango_font_metrics_unref(m);
	pango_font_description_free(d);
	return h / PANGO_SCALE / REFERENCE * v->line;
}

/* Break one word too long for the box into pieces; what four lines cannot
 * hold is left off. */
static void
break_word(struct type_words *w, const struct type_frame *f)
{
	struct type_word one = w->v[0];
	double per_line = 100 * f->w / (f->floor * 1.15);
	int pieces = (int)(one.w / per_line) + 1, i;
	size_t want, off = one.off, end = one.off + one.len, cut;

	pieces = pieces > TYPE_LINES_MAX ? TYPE_LINES_MAX : pieces;
	want = (size_t)((double)one.len * per_line / one.w);
	for (i = 0; i < pieces && off < end; i++) {
		cut = off + (want ? want : 1);
		cut = cut > end ? end : cut;
		while (cut < end && ((unsigned char)w->text[cut] & 0xc0) ==
		    0x80)
			cut++;
		w->v[i] = one;
		w->v[i].off = off;
		w->v[i].len = cut - off;
		off = cut;
	}
	w->nr = i;
}

static void
set_eyebrow(struct type_block *b, PangoContext *cx, const char *text,
	const struct type_frame *f, double px)
{
	const char *lang = pango_language_to_string(
	    pango_context_get_language(cx));
	PangoFontDescription *d;
	PangoAttrList *attrs = pango_attr_list_new();
	char *upper = g_utf8_strup(text, -1);
	PangoLayout *l = pango_layout_new(cx);
	double x, y, w, h;

	d = describe("Inter", lang, 600, px);
	pango_layout_set_font_description(l, d);
	pango_layout_set_text(l, upper, -1);
	pango_layout_set_single_paragraph_mode(l, TRUE);
	add_tracking(attrs, upper, strlen(upper), 0.14 * px);
	pango_layout_set_attributes(l, attrs);
	type_ink(l, &x, &y, &w, &h);
	if (w > f->w) {
		pango_font_description_set_absolute_size(d, px * f->w / w *
		    0.98 * PANGO_SCALE);
		pango_layout_set_font_description(l, d);
	}
	b->eyebrow.layout = l;
	pango_attr_list_unref(attrs);
	pango_font_description_free(d);
	g_free(upper);
}

int
type_lay(struct type_block *b, struct font_set *fonts,
	const struct card_spec *s, const struct type_voice *v,
	const struct type_frame *f, struct err *e)
{
	struct type_words w;
	PangoContext *cx;
	double space, em[2], size = 0;
	int first[TYPE_LINES_MAX + 1], i;
	const char *eyebrow = s->eyebrow ? s->eyebrow : "";

	memset(b, 0, sizeof(*b));
	b->x0 = b->y0 = b->tx0 = b->ty0 = 1e9;
	type_words(&w, s);
	if (!w.nr || font_check_text(fonts, w.text, strlen(w.text), e) < 0 ||
	    font_check_text(fonts, eyebrow, strlen(eyebrow), e) < 0) {
		i = w.nr ? -1 : 0;
		type_words_release(&w);
		return i;
	}
	cx = font_context(fonts, s->language);
	space = measure_words(cx, &w, v);
	em[0] = line_pitch(cx, v);
	em[1] = f->plain ? 0 : *eyebrow ? TYPE_HEAD_EYEBROW : TYPE_HEAD_RULE;
	b->nr = type_break(&w, space, f, em, first, &size);
	while (size < f->floor && w.nr > 1) {
		w.nr--;
		b->nr = type_break(&w, space, f, em, first, &size);
	}
	if (size < f->floor) {
		break_word(&w, f);
		measure_words(cx, &w, v);
		b->nr = type_break(&w, space, f, em, first, &size);
	}
	b->size = size;
	for (i = 0; i < b->nr; i++)
		b->line[i].layout = line_layout(cx, &w, first[i],
		    first[i + 1], v, size);
	if (*eyebrow && !f->plain)
		set_eyebrow(b, cx, eyebrow, f, size * 0.20 > f->floor * 0.44 ?
		    size * 0.20 : f->floor * 0.44);
	type_place(b, f, em[0], type_is_rtl(w.text));
	g_object_unref(cx);
	type_words_release(&w);
	return 0;
}

void
type_release(struct type_block *b)
{
	int i;

	for (i = 0; i < TYPE_LINES_MAX; i++)
		if (b->line[i].layout)
			g_object_unref(b->line[i].layout);
	if (b->eyebrow.layout)
		g_object_unref(b->eyebrow.layout);
	memset(b, 0, sizeof(*b));
}
