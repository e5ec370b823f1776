/*
 * Texts that are cut: pieces for a server that takes so much, words, stage
 * directions, and the JSON of a language model made strict. The first byte
 * chooses, and is how long a piece may be.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/chunk.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "provider/reply_mend.h"
#include "provider/word_unit.h"
#include "record/json.h"
#include "record/mark.h"
#include "text/stage.h"
#include "text/word.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
is_space(char c)
{
	return c && strchr(" \t\r\n\v\f", c) != NULL;
}

/* In order, together all but white space, none longer than it may be. */
static void
cut(const char *s, size_t n, size_t cap)
{
	struct chunk *c = NULL;
	size_t nr, i, at = 0, k;

	if (utf8_check(s, n) < n)
		return;
	nr = chunk_split(s, n, cap, &c);
	if (nr != chunk_count(s, n, cap) || !nr != !c)
		abort();
	for (i = 0; i < nr; i++) {
		if (c[i].off < at || !c[i].len || c[i].len > n - c[i].off ||
		    (cap && utf8_length(s + c[i].off, c[i].len) > cap))
			abort();
		/* between pieces there may be white space of any script */
		for (k = at; k < c[i].off; k++)
			if ((unsigned char)s[k] > ' ' &&
			    (unsigned char)s[k] < 0x7F)
				abort();
		if (is_space(s[c[i].off]) ||
		    is_space(s[c[i].off + c[i].len - 1]))
			abort();
		at = c[i].off + c[i].len;
	}
	free(c);
}

static void
directions(const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	size_t at = 0, len = 0, from;

	while (at < n) {
		from = at;
		at = stage_find(s, n, from, &len);
		if (at < from || at > n || (at < n && (!len || len > n - at)))
			abort();
		at += at < n ? len : 0;
	}
	stage_remove(s, n, &b);
	if (b.len > n)
		abort();
	strbuf_release(&b);
}

static void
words(const char *s, size_t n)
{
	struct word_list l = WORD_LIST_INIT;
	struct word_units u = WORD_UNITS_INIT;
	size_t i, end = 0;

	if (utf8_check(s, n) < n)
		return;
	word_split(s, n, "en", &l);
	for (i = 0; i < l.nr; i++) {
		if (l.v[i].off < end || l.v[i].len > n - l.v[i].off)
			abort();
		end = l.v[i].off + l.v[i].len;
	}
	word_list_release(&l);
	word_units_read(&u, s, 0, n);
	for (i = 0; i < u.part_nr; i++)
		if (!u.part[i].len || u.part[i].len > n - u.part[i].off)
			abort();
	for (i = 0; i < u.nr; i++)
		if (u.unit[i].word >= u.part_nr)
			abort();
	word_units_release(&u);
}

/* What is whole is JSON, or is as wrong as it was. */
static void
mend(const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t used = 0, maps = 0;

	if (!n || !strchr("{[", *s))
		return;
	reply_mend(s, n, &b, &used, &maps);
	if (used > n || maps > n || b.len > 6 * n + REPLY_DEPTH)
		abort();
	node_free(json_parse("mended", b.buf, b.len, &e));
	if (mark_check_text("fuzz", s, n, 1 << 20, &e) == 0 &&
	    utf8_check(s, n) < n)
		abort();
	strbuf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s;

	if (!size)
		return 0;
	s = xmemdup(data + 1, size - 1);
	switch (data[0] & 3) {
	case 0: cut(s, size - 1, data[0] >> 2); break;
	case 1: directions(s, size - 1); break;
	case 2: words(s, size - 1); break;
	default: mend(s, size - 1); break;
	}
	free(s);
	return 0;
}
