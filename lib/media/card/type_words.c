#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/card/type.h"

/* Pictures among letters, and what only modifies them. They are left off: a
 * card is set in one ink. */
static int
is_pictograph(uint32_t c)
{
	return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf) ||
	    (c >= 0x2300 && c <= 0x23ff) || (c >= 0x2b00 && c <= 0x2bff) ||
	    c == 0x20e3 || c == 0x200d || (c >= 0xfe00 && c <= 0xfe0f) ||
	    (c >= 0xe0000 && c <= 0xe0fff);
}

static int
is_bidi_control(uint32_t c)
{
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	    c == 0x200e || c == 0x200f || c == 0x61c;
}

/* A straight quote after a space or at the start opens. */
static uint32_t
curly(uint32_t c, uint32_t before)
{
	int opens = before == ' ' || !before || before == '(';

	if (c == '"')
		return opens ? 0x201c : 0x201d;
	if (c == '\'')
		return opens ? 0x2018 : 0x2019;
	return c;
}

static char *
clean(const char *phrase)
{
	struct strbuf b = STRBUF_INIT;
	size_t n = strlen(phrase), used, len;
	uint32_t c, before = 0;
	char out[4];

	for (; n; phrase += used, n -= used) {
		used = utf8_decode(phrase, n, &c);
		if (!used) {
			used = 1;
			continue;
		}
		if (g_unichar_isspace(c) || c < 0x20 || c == 0x7f)
			c = ' ';
		if (is_pictograph(c) || is_bidi_control(c) ||
		    (c >= 0x80 && c < 0xa0) ||
		    (c == ' ' && (before == ' ' || !before)))
			continue;
		c = curly(c, before);
		len = utf8_encode(c, out);
		strbuf_add(&b, out, len);
		before = c;
	}
	strbuf_trim(&b);
	if (b.len > 1 && b.buf[b.len - 1] == '.' && b.buf[b.len - 2] != '.')
		strbuf_setlen(&b, b.len - 1);
	if (b.len > 3 && !memcmp(b.buf + b.len - 3, "\xe3\x80\x82", 3))
		strbuf_setlen(&b, b.len - 3);
	return strbuf_detach(&b, NULL);
}

static int
is_ideograph(uint32_t c)
{
	return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
	    (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

static int
in_set(const char *set, uint32_t c)
{
	char out[5] = "";

	utf8_encode(c, out);
	return strstr(set, out) != NULL;
}

/*
 * The cost of ending a line between two ideographs; 9 is never. There is no
 * dictionary here: a break stands well before a word that opens a clause,
 * after a Japanese particle, and never before what leans on the word before.
 */
static double
ideograph_cost(uint32_t a, uint32_t b)
{
	int kana_a = a >= 0x3040 && a <= 0x309f;
	int kana_b = b >= 0x3040 && b <= 0x309f;

	if (in_set("的了着过們们么麼吗嗎呢吧得地儿者性化，。、！？；：）」』”’ー々っゃゅょん", b) ||
	    in_set("（「『“‘", a))
		return 9;
	if (in_set("，。、！？；：」』”’", a))
		return 0;
	if (a >= 0x30a0 && a <= 0x30ff && b >= 0x30a0 && b <= 0x30ff)
		return 0.4;
	if (in_set("はがをにでともへ", a) && !kana_b)
		return 0;
	if (in_set("是在和与與把被让讓从從向对對为為有不会會", b))
		return in_set("什因成作以是", a) ? 0.3 : 0.02;
	if (in_set("的", a))
		return 0.04;
	if (kana_a && !kana_b)
		return 0.06;
	return kana_b ? 0.4 : 0.16;
}

static void
add_word(struct type_words *w, size_t off, size_t len, int space, double cost)
{
	struct type_word *v;

	if (!len || w->nr >= TYPE_WORDS_MAX)
		return;
	v = &w->v[w->nr++];
	memset(v, 0, sizeof(*v));
	v->off = off;
	v->len = len;
	v->space = space;
	v->cost = cost;
}

static void
split(struct type_words *w)
{
	size_t n = strlen(w->text), i, used, start = 0;
	uint32_t c, before = 0;
	double cost;

	for (i = 0; i < n; i += used) {
		used = utf8_decode(w->text + i, n - i, &c);
		if (c == ' ') {
			add_word(w, start, i - start, 1, 0);
			start = i + used;
			before = 0;
			continue;
		}
		if (before && is_ideograph(before) && is_ideograph(c)) {
			cost = ideograph_cost(before, c);
			if (cost < 9) {
				add_word(w, start, i - start, 0, cost);
				start = i;
			}
		}
		before = c;
	}
	add_word(w, start, n - start, 0, 0);
}

/* A word without the marks at its ends. */
static void
core(const char *s, size_t *off, size_t *len)
{
	uint32_t c;
	size_t used, last = 0, i;

	while (*len && (used = utf8_decode(s + *off, *len, &c)) &&
	    !g_unichar_isalnum(c)) {
		*off += used;
		*len -= used;
	}
	for (i = 0; i < *len; i += used) {
		used = utf8_decode(s + *off + i, *len - i, &c);
		if (g_unichar_isalnum(c))
			last = i + used;
	}
	*len = last;
}

void
type_words(struct type_words *w, const struct card_spec *s)
{
	size_t off, len;
	int i, heavy = 0;

	w->nr = 0;
	w->text = clean(s->phrase ? s->phrase : "");
	split(w);
	for (i = 0; i < w->nr; i++) {
		off = w->v[i].off;
		len = w->v[i].len;
		core(w->text, &off, &len);
		w->v[i].light = s->is_light && len &&
		    s->is_light(w->text + off, len, s->language ?
		    s->language : "en");
		w->v[i].stop = w->v[i].light && utf8_length(w->text + off,
		    len) < 4;
		heavy += !w->v[i].light;
	}
	/* All light would be a whisper. */
	for (i = 0; i < w->nr && !heavy; i++)
		w->v[i].light = 0;
}

void
type_words_release(struct type_words *w)
{
	free(w->text);
	w->text = NULL;
	w->nr = 0;
}
