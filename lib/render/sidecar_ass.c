#include "render/sidecar_ass.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "render/caption_spec.h"
#include "render/sidecar.h"
#include "render/timeline.h"

/* Players measure a font by its highest and lowest letters, not by its em. */
#define FONT_HEIGHT 1.21
#define COLUMN 0.54    /* em: what a column of a line takes at most, mostly */
#define COMING "4D"    /* transparency of words to come: 30 % */
#define SHADOW 0.05    /* em */
#define PLATE_PAD 0.42 /* em */

static void
add_colour(struct strbuf *b, struct rgb c, const char *alpha)
{
	strbuf_addf(b, "&H%s%02X%02X%02X", alpha, (int)(c.b * 255 + 0.5),
	    (int)(c.g * 255 + 0.5), (int)(c.r * 255 + 0.5));
}

static void
add_alpha_colour(struct strbuf *b, struct rgb c, double opacity)
{
	char alpha[3];

	snprintf(alpha, sizeof(alpha), "%02X",
	    (int)((1 - opacity) * 255 + 0.5));
	add_colour(b, c, alpha);
}

/* The widest line of all, in columns. */
static size_t
widest(const struct cue_list *l)
{
	size_t i, n, most = 1, w;
	const char *p;

	for (i = 0; i < l->nr; i++)
		for (p = l->cue[i].text; *p; p += n + (p[n] == '\n')) {
			n = strcspn(p, "\n");
			w = utf8_columns(p, n);
			most = w > most ? w : most;
		}
	return most;
}

/* Is any letter of the text read from right to left? */
static int
has_rtl(const char *s)
{
	uint32_t cp = 0;
	size_t used, n = strlen(s);

	for (; n; s += used, n -= used) {
		used = utf8_decode(s, n, &cp);
		if (!used)
			break;
		if ((cp >= 0x590 && cp <= 0x8FF) || (cp >= 0xFB1D && cp <=
		    0xFDFF) || (cp >= 0xFE70 && cp <= 0xFEFC))
			return 1;
	}
	return 0;
}

static int
any_rtl(const struct cue_list *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		if (has_rtl(l->cue[i].text))
			return 1;
	return 0;
}

/* Colours: text as spoken, text to come, outline or plate, shadow. */
static void
add_colours(struct strbuf *b, const struct caption_look *k, const char *tone)
{
	struct caption_colours c;

	caption_look_colours(k, tone, &c);
	add_colour(b, k->mark == CAPTION_MARK_WORD ? c.spoken : c.ink, "00");
	strbuf_addch(b, ',');
	add_colour(b, c.ink, k->mark == CAPTION_MARK_PLATE ? COMING : "00");
	strbuf_addch(b, ',');
	if (k->plate > 0)
		add_alpha_colour(b, c.plate, k->plate);
	else
		add_colour(b, c.dark, "1F");
	strbuf_addch(b, ',');
	add_alpha_colour(b, c.dark, k->shadow);
}

/* 1..9 as on a keypad. */
static int
alignment(const struct caption_look *k)
{
	int row = k->anchor == CAPTION_TOP ? 6 : k->anchor == CAPTION_MIDDLE ?
	    3 : 0;

	return 1 + row + k->align;
}

static void
add_style(struct strbuf *b, const struct caption_look *k,
    const struct caption_spec *q, const struct cue_list *l)
{
	double em = q->size, room = (q->right - q->left) / (COLUMN *
	    (double)widest(l));
	double margin = q->h - q->bottom - 0.24 * em;

	if (em > room)
		em = room;
	if (k->anchor == CAPTION_TOP)
		margin = q->top;
	strbuf_addstr(b, "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, "
	    "PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, "
	    "Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, "
	    "BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, "
	    "MarginV, Encoding\n");
	strbuf_addf(b, "Style: Default,%s,%.1f,", k->family,
	    em * FONT_HEIGHT);
	add_colours(b, k, q->tone);
	strbuf_addf(b, ",%d,0,0,0,100,100,0,0,%d,%.1f,%.1f,%d,%d,%d,%d,%d\n\n",
	    k->weight >= 600 ? -1 : 0, k->plate > 0 ? 3 : 1,
	    (k->plate > 0 ? PLATE_PAD : k->outline) * em,
	    k->shadow > 0 && k->plate <= 0 ? SHADOW * em : 0.0, alignment(k),
	    (int)q->left, (int)(q->w - q->right), (int)fmax(margin, 0),
	    any_rtl(l) ? -1 : 1);
}

/* Hundredths of a second. */
static long
hundredths(long ms)
{
	return (ms + 5) / 10;
}

static void
add_time(struct strbuf *b, long cs)
{
	strbuf_addf(b, "%ld:%02ld:%02ld.%02ld,", cs / 360000, cs / 6000 % 60,
	    cs / 100 % 60, cs % 100);
}

/* Braces begin tags, and a backslash a code: a word joiner after it, which
 * nobody sees, makes it a backslash again. */
static void
add_text(struct strbuf *b, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (s[i] == '{' || s[i] == '}')
			strbuf_addf(b, "\\%c", s[i]);
		else if (s[i] == '\\')
			strbuf_addstr(b, "\\\xE2\x81\xA0");
		else if (s[i] == '\n')
			strbuf_addstr(b, "\\N");
		else
			strbuf_addch(b, s[i]);
}

/* A cue's text and its words' places, in capitals where the look says so. */
struct shown {
	char *text;
	struct caption_span *word;
};

static void
show(struct shown *s, const struct cue_list *l, const struct cue *c,
    const struct caption_look *k, const char *language)
{
	struct caption_span *raw = xcalloc(c->word_nr + 1, sizeof(*raw));
	size_t i;

	for (i = 0; i < c->word_nr; i++) {
		raw[i].off = l->word[c->word + i].off;
		raw[i].len = l->word[c->word + i].len;
	}
	s->word = raw;
	if (!k->uppercase) {
		s->text = xstrdup(c->text);
		return;
	}
	s->word = xcalloc(c->word_nr + 1, sizeof(*s->word));
	s->text = caption_capitals(c->text, raw, c->word_nr, language,
	    s->word);
	free(raw);
}

/* Each word with the hundredths until the next one is spoken. */
static void
add_words(struct strbuf *b, const struct cue_list *l, const struct cue *c,
    const struct shown *s)
{
	long at = hundredths(sidecar_ms(c->start, l->fps));
	long end = hundredths(sidecar_ms(c->end, l->fps)), next;
	size_t i, done = 0;

	for (i = 0; i <= c->word_nr; i++) {
		next = i < c->word_nr ?
		    hundredths(l->word[c->word + i].start) : end;
		next = next < at ? at : next > end ? end : next;
		if (i || next > at)
			strbuf_addf(b, "{\\k%ld}", next - at);
		if (i) {
			size_t to = i < c->word_nr ? s->word[i].off :
			    strlen(s->text);

			add_text(b, s->text + done, to - done);
			done = to;
		}
		at = next;
	}
}

static void
add_cue(struct strbuf *b, const struct cue_list *l, const struct cue *c,
    const struct film *f, const struct caption_spec *q)
{
	struct shown s;

	show(&s, l, c, q->look, f->language);
	strbuf_addstr(b, "Dialogue: 0,");
	add_time(b, hundredths(sidecar_ms(c->start, l->fps)));
	add_time(b, hundredths(sidecar_ms(c->end, l->fps)));
	strbuf_addstr(b, "Default,,0,0,0,,");
	if (q->middle >= 0)
		strbuf_addf(b, "{\\an5\\pos(%d,%d)}",
		    (int)((q->left + q->right) / 2),
		    (int)fmin(q->middle, q->floor - 2 * q->size));
	if (!c->word_nr || has_rtl(s.text))
		add_text(b, s.text, strlen(s.text));
	else
		add_words(b, l, c, &s);
	strbuf_addch(b, '\n');
	free(s.text);
	free(s.word);
}

/* On one line: a line break would begin another field. */
static void
add_title(struct strbuf *b, const char *title)
{
	for (; title && *title; title++)
		strbuf_addch(b, (unsigned char)*title < ' ' ? ' ' : *title);
}

int
sidecar_ass(const struct cue_list *l, const struct film *f,
    const struct timeline *t, struct strbuf *out, struct err *e)
{
	struct caption_look k;
	struct caption_spec q;
	size_t i;

	if (caption_look_of(f, &k, e) < 0)
		return -1;
	caption_spec_of(&q, &k, f, t, 0);
	strbuf_addstr(out, "[Script Info]\nTitle: ");
	add_title(out, f->title);
	strbuf_addf(out, "\nScriptType: v4.00+\nPlayResX: %d\nPlayResY: %d\n"
	    "WrapStyle: 2\nScaledBorderAndShadow: yes\nYCbCr Matrix: TV.709\n"
	    "Language: %s\n\n", t->width, t->height, f->language);
	add_style(out, &k, &q, l);
	strbuf_addstr(out, "[Events]\nFormat: Layer, Start, End, Style, Name, "
	    "MarginL, MarginR, MarginV, Effect, Text\n");
	for (i = 0; i < l->nr; i++) {
		caption_spec_of(&q, &k, f, t, l->cue[i].scene);
		add_cue(out, l, &l->cue[i], f, &q);
	}
	return 0;
}
