#include "store/voice_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void
voice_parts_make(const char *text, const struct node *lexicon, size_t cap,
    const struct request *want, struct voice_parts *out)
{
	struct chunk *chunk = NULL;
	size_t i;

	memset(out, 0, sizeof(*out));
	sent_text_make(text, lexicon, &out->sent);
	out->nr = chunk_split(out->sent.text.buf, out->sent.text.len, cap,
	    &chunk);
	out->v = xcalloc(out->nr, sizeof(*out->v));
	for (i = 0; i < out->nr; i++) {
		out->v[i].chunk = chunk[i];
		if (want && out->nr > 1)
			out->v[i].want = request_piece(want, "text",
			    out->sent.text.buf + chunk[i].off, chunk[i].len);
	}
	free(chunk);
}

const char *
voice_part_digest(const struct voice_parts *p, const struct request *want,
    size_t i)
{
	if (p->nr == 1)
		return want ? want->digest : NULL;
	return p->v[i].want ? p->v[i].want->digest : NULL;
}

void
voice_parts_release(struct voice_parts *p)
{
	size_t i;

	for (i = 0; i < p->nr; i++)
		request_free(p->v[i].want);
	free(p->v);
	sent_text_release(&p->sent);
	memset(p, 0, sizeof(*p));
}
