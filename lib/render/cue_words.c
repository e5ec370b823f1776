#include "render/cue_words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"

/* Shown as a space? */
static int
is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= 0x09 && cp <= 0x0D) || cp == 0x1680 ||
	    (cp >= 0x2000 && cp <= 0x200A && cp != 0x2007) || cp == 0x2028 ||
	    cp == 0x2029 || cp == 0x205F || cp == 0x3000;
}

/* Never shown: controls, overrides of direction, byte order marks. */
static int
is_dropped(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == 0xFEFF ||
	    (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

static void
put(struct cue_tokens *k, const char *s, size_t n, size_t from)
{
	size_t i, len = k->text.len;

	strbuf_add(&k->text, s, n);
	for (i = 0; i < n; i++)
		k->from[len + i] = from + i;
}

static int
clean(struct cue_tokens *k, const char *text, struct err *e)
{
	size_t i, used, n = strlen(text), space = 0;
	uint32_t cp;

	k->from = xreallocarray(NULL, n + 2, sizeof(*k->from));
	for (i = 0; i < n; i += used) {
		used = utf8_decode(text + i, n - i, &cp);
		if (!used)
			return err_set(e, EX_DATA, "text: not UTF-8 at byte "
			    "%zu; save it as UTF-8", i);
		if (is_space(cp)) {
			space = k->text.len > 0;
			continue;
		}
		if (is_dropped(cp))
			continue;
		if (space)
			put(k, " ", 1, i);
		space = 0;
		put(k, text + i, used, i);
	}
	k->from[k->text.len] = n;
	return 0;
}

static int
add(struct cue_tokens *k, size_t off, size_t len, const char *language,
    struct err *e)
{
	struct cue_token *t;
	const char *s = k->text.buf;
	int space = off > 0 && s[off - 1] == ' ';

	while (len && s[off + len - 1] == ' ')
		len--;
	if (!len)
		return 0;
	if (k->nr >= CUE_SCENE_WORDS)
		return err_set(e, EX_DATA, "text: more than %d words in one "
		    "scene; split it", CUE_SCENE_WORDS);
	ALLOC_GROW(k->t, k->nr, k->alloc);
	t = &k->t[k->nr++];
	memset(t, 0, sizeof(*t));
	t->off = off;
	t->len = len;
	t->space = space;
	t->columns = (int)utf8_columns(s + off, len);
	t->graphemes = (int)segment_graphemes(s + off, len, language);
	return 0;
}

/* Cut the piece from..to where it is wider than a line. */
static int
add_pieces(struct cue_tokens *k, const uint8_t *mark, size_t from, size_t to,
    int columns, const char *language, struct err *e)
{
	size_t i, at = from, last = from;

	for (i = from + 1; i < to; i++) {
		if (!(mark[i] & SEGMENT_GRAPHEME))
			continue;
		if ((int)utf8_columns(k->text.buf + at, i - at) > columns &&
		    last > at) {
			if (add(k, at, last - at, language, e) < 0)
				return -1;
			at = last;
		}
		last = i;
	}
	if (last > at && (int)utf8_columns(k->text.buf + at, to - at) >
	    columns) {
		if (add(k, at, last - at, language, e) < 0)
			return -1;
		at = last;
	}
	return add(k, at, to - at, language, e);
}

/* Between a Chinese or Japanese character and a curly quote that opens after
 * it, or stands closed before it: by itself the quote tells no side, and holds
 * both. */
static int
beside_quote(const char *s, size_t i)
{
	if (i < 3)
		return 0;
	if (!strncmp(s + i, "\xE2\x80\x9C", 3))
		return (unsigned char)s[i - 3] >= 0xE3;
	return !strncmp(s + i - 3, "\xE2\x80\x9D", 3) &&
	    (unsigned char)s[i] >= 0xE3 && (unsigned char)s[i] <= 0xE9;
}

/* May a cue or line end before byte i? A dash alone belongs to the word
 * before it. */
static int
may_cut(const struct cue_tokens *k, const uint8_t *mark, size_t i)
{
	const char *s = k->text.buf;

	if (!(mark[i] & (SEGMENT_LINE | SEGMENT_LINE_MUST)))
		return (mark[i] & SEGMENT_GRAPHEME) && beside_quote(s, i);
	if (!strncmp(s + i, "\xE2\x80\x93 ", 4) ||
	    !strncmp(s + i, "\xE2\x80\x94 ", 4))
		return 0;
	return !(s[i] == '-' && s[i + 1] == ' ');
}

int
cue_tokens_read(struct cue_tokens *k, const char *text, int columns,
    const char *language, struct err *e)
{
	uint8_t *mark;
	size_t i, at = 0;
	int ret = 0;

	memset(k, 0, sizeof(*k));
	strbuf_init(&k->text);
	if (clean(k, text, e) < 0) {
		cue_tokens_release(k);
		return -1;
	}
	if (!k->text.len)
		return 0;
	mark = xcalloc(k->text.len + 1, 1);
	segment_text(k->text.buf, k->text.len, language, mark);
	for (i = 1; i <= k->text.len && ret == 0; i++) {
		if (i < k->text.len && !may_cut(k, mark, i))
			continue;
		ret = add_pieces(k, mark, at, i, columns, language, e);
		at = i;
	}
	free(mark);
	if (ret < 0)
		cue_tokens_release(k);
	return ret;
}

void
cue_tokens_release(struct cue_tokens *k)
{
	strbuf_release(&k->text);
	free(k->from);
	free(k->t);
	memset(k, 0, sizeof(*k));
	strbuf_init(&k->text);
}
