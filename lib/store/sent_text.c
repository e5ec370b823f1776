#include "store/sent_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "store/lexicon.h"

void
sent_text_make(const char *text, const struct node *lexicon,
    struct sent_text *st)
{
	const struct node *entry;
	struct sent_span *sp;
	size_t at, k;
	uint32_t cp;

	memset(st, 0, sizeof(*st));
	strbuf_init(&st->text);
	st->len = strlen(text);
	for (at = 0; at < st->len; at += k) {
		entry = lexicon_at(lexicon, text, st->len, at);
		if (!entry) {
			k = utf8_decode(text + at, st->len - at, &cp);
			k = k ? k : 1;
			strbuf_add(&st->text, text + at, k);
			continue;
		}
		k = strlen(entry->key);
		ALLOC_GROW(st->span, st->nr, st->alloc);
		sp = &st->span[st->nr++];
		sp->sent = st->text.len;
		sp->sent_len = entry->len;
		sp->off = at;
		sp->len = k;
		strbuf_add(&st->text, entry->str, entry->len);
	}
}

void
sent_text_release(struct sent_text *st)
{
	strbuf_release(&st->text);
	free(st->span);
	memset(st, 0, sizeof(*st));
	strbuf_init(&st->text);
}

/* The original byte that sent byte p is, or the range that it is a part of. */
static void
origin_of(const struct sent_text *st, size_t p, size_t *from, size_t *to)
{
	size_t low = 0, high = st->nr, mid;
	const struct sent_span *sp;

	while (low < high) { /* the last span that begins at or before p */
		mid = low + (high - low) / 2;
		if (st->span[mid].sent <= p)
			low = mid + 1;
		else
			high = mid;
	}
	*from = p;
	*to = p + 1;
	if (!low)
		return;
	sp = &st->span[low - 1];
	*from = sp->off;
	*to = sp->off + sp->len;
	if (p >= sp->sent + sp->sent_len) {
		*from = *to + (p - sp->sent - sp->sent_len);
		*to = *from + 1;
	}
}

void
sent_text_origin(const struct sent_text *st, size_t off, size_t len,
    size_t *o, size_t *l)
{
	size_t from, to, unused;

	*o = st->len;
	*l = 0;
	if (off >= st->text.len)
		return;
	if (len > st->text.len - off)
		len = st->text.len - off;
	origin_of(st, off, o, &unused);
	if (!len)
		return;
	origin_of(st, off + len - 1, &from, &to);
	*l = to - *o;
}
