#include "media/caption_line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"

/* The word that byte `at` of the text belongs to; -1: a space between. */
static long
word_at(const struct caption_setting *s, size_t at)
{
	size_t low = 0, high = s->nr, mid;

	if (!s->by_words)
		return -1;
	while (low < high) {
		mid = (low + high) / 2;
		if (s->word[mid].off + s->word[mid].len <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low < s->nr && s->word[low].off <= at ? (long)low : -1;
}

/* Where the line is while its glyphs are walked from left to right. */
struct pen {
	double x, space; /* space: width of what no word owns, to be added */
	struct caption_run *run; /* open; NULL: none */
};

static void
open_run(struct caption_draw *d, const struct caption_setting *s,
    struct pen *p, long word, int line)
{
	struct caption_run *r;

	if (p->space > 0 && s->by_words && p->x > 0)
		p->x += fmax(p->space, s->gap);
	p->space = 0;
	ALLOC_GROW(d->run, d->nr, d->alloc);
	r = p->run = &d->run[d->nr++];
	memset(r, 0, sizeof(*r));
	r->word = word;
	r->line = line;
	r->x = p->x;
	r->piece = d->piece_nr;
	r->minor = 1;
}

/* Append glyphs from..to of the item to the open run. */
static void
add_piece(struct caption_draw *d, struct pen *p, const PangoGlyphItem *item,
    int from, int to)
{
	struct caption_piece *q;
	int i;

	ALLOC_GROW(d->piece, d->piece_nr, d->piece_alloc);
	q = &d->piece[d->piece_nr++];
	q->font = g_object_ref(item->item->analysis.font);
	q->glyphs = pango_glyph_string_new();
	pango_glyph_string_set_size(q->glyphs, to - from);
	q->x = p->x - p->run->x;
	for (i = from; i < to; i++) {
		q->glyphs->glyphs[i - from] = item->glyphs->glyphs[i];
		q->glyphs->log_clusters[i - from] = i - from;
		p->x += (double)item->glyphs->glyphs[i].geometry.width /
		    PANGO_SCALE;
	}
	p->run->piece_nr++;
	p->run->w = p->x - p->run->x;
}

/* Is there a letter or digit where the glyph's cluster begins? */
static int
is_letter(const char *text, size_t at)
{
	gunichar c = g_utf8_get_char(text + at);

	return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* Cut one item where the word changes. off: of the line in the text. */
static void
add_item(struct caption_draw *d, const struct caption_setting *s,
    struct pen *p, const PangoGlyphItem *item, size_t off, int line)
{
	const PangoGlyphString *g = item->glyphs;
	size_t base = off + (size_t)item->item->offset;
	int i, from = 0;
	long word;

	for (i = 0; i < g->num_glyphs; i = from) {
		word = word_at(s, base + (size_t)g->log_clusters[i]);
		for (from = i + 1; from < g->num_glyphs && word_at(s, base +
		    (size_t)g->log_clusters[from]) == word; from++)
			;
		if (word < 0 && s->by_words) {
			for (; i < from; i++)
				p->space += (double)g->glyphs[i].geometry.
				    width / PANGO_SCALE;
			p->run = NULL;
			continue;
		}
		if (!p->run || p->run->word != word)
			open_run(d, s, p, word, line);
		add_piece(d, p, item, i, from);
		for (; i < from; i++)
			if (is_letter(s->text, base +
			    (size_t)g->log_clusters[i]))
				p->run->minor = 0;
	}
}

/* A run without letters is minor only where its word has another run. */
static void
settle_minor(struct caption_draw *d, size_t first)
{
	size_t i, j;

	for (i = first; i < d->nr; i++)
		for (j = first; d->run[i].minor; j++) {
			if (j == d->nr) {
				d->run[i].minor = 0;
				break;
			}
			if (j != i && d->run[j].word == d->run[i].word &&
			    !d->run[j].minor)
				break;
		}
}

double
caption_line_set(struct caption_draw *d, const struct caption_setting *s,
    size_t off, size_t len, int line)
{
	struct pen p = { 0, 0, NULL };
	PangoLayout *l = pango_layout_new(s->context);
	size_t first = d->nr;
	GSList *run;

	pango_layout_set_font_description(l, s->font);
	pango_layout_set_single_paragraph_mode(l, TRUE);
	pango_layout_set_auto_dir(l, FALSE);
	pango_layout_set_text(l, s->text + off, (int)len);
	run = pango_layout_get_line_readonly(l, 0)->runs;
	for (; run; run = run->next)
		add_item(d, s, &p, run->data, off, line);
	settle_minor(d, first);
	g_object_unref(l);
	return p.x;
}

void
caption_line_drop(struct caption_draw *d)
{
	size_t i;

	for (i = 0; i < d->piece_nr; i++) {
		g_object_unref(d->piece[i].font);
		pango_glyph_string_free(d->piece[i].glyphs);
	}
	d->nr = d->piece_nr = 0;
}

static int
language_is(const char *language, const char *two)
{
	return language && !strncmp(language, two, 2) &&
	    (!language[2] || language[2] == '-' || language[2] == '_');
}

/* The Greek capital without its accent; 0: the mark itself is left out. */
static gunichar
greek(gunichar c)
{
	static const struct {
		gunichar with, without;
	} marks[] = {
		{ 0x386, 0x391 }, { 0x388, 0x395 }, { 0x389, 0x397 },
		{ 0x38A, 0x399 }, { 0x38C, 0x39F }, { 0x38E, 0x3A5 },
		{ 0x38F, 0x3A9 }, { 0x390, 0x3AA }, { 0x3B0, 0x3AB },
		{ 0x301, 0 },
	};
	size_t i;

	for (i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].with == c)
			return marks[i].without;
	return c;
}

/* Append n bytes of s in capitals. */
static void
add_capitals(struct strbuf *b, const char *s, size_t n, const char *language)
{
	struct strbuf in = STRBUF_INIT;
	int dotted = language_is(language, "tr") ||
	    language_is(language, "az");
	int is_greek = language_is(language, "el");
	char *up, *nfc, *p, utf8[6];
	gunichar c;
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] == 'i' && dotted)
			strbuf_addstr(&in, "\xC4\xB0");
		else
			strbuf_addch(&in, s[i]);
	up = g_utf8_strup(in.buf, (gssize)in.len);
	nfc = g_utf8_normalize(up, -1, G_NORMALIZE_NFC);
	for (p = nfc; p && *p; p = g_utf8_next_char(p)) {
		c = g_utf8_get_char(p);
		if (is_greek)
			c = greek(c);
		if (c)
			strbuf_add(b, utf8,
			    (size_t)g_unichar_to_utf8(c, utf8));
	}
	g_free(nfc);
	g_free(up);
	strbuf_release(&in);
}

char *
caption_capitals(const char *text, const struct caption_span *word, size_t nr,
    const char *language, struct caption_span *out)
{
	struct strbuf b = STRBUF_INIT;
	size_t i, done = 0;

	for (i = 0; i < nr; i++) {
		if (word[i].off < done)
			continue;
		add_capitals(&b, text + done, word[i].off - done, language);
		out[i].off = b.len;
		add_capitals(&b, text + word[i].off, word[i].len, language);
		out[i].len = b.len - out[i].off;
		done = word[i].off + word[i].len;
	}
	add_capitals(&b, text + done, strlen(text + done), language);
	return strbuf_detach(&b, NULL);
}
