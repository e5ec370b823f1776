/*
 * Any answer is a script or an error; what is a script is printed, read back,
 * and has the same words.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "provider/script_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
differ(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) != 0 : a != b;
}

static void
round_trip(const struct script *s)
{
	struct script again = SCRIPT_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i;

	script_print(s, &b);
	if (utf8_check(b.buf, b.len) < b.len)
		abort();
	script_parse(b.buf, b.len, &again);
	if (again.nr != s->nr || differ(again.title, s->title) ||
	    differ(again.tags, s->tags) ||
	    differ(again.description, s->description))
		abort();
	for (i = 0; i < s->nr; i++)
		if (differ(again.v[i].text, s->v[i].text) ||
		    differ(again.v[i].image, s->v[i].image) ||
		    differ(again.v[i].notes, s->v[i].notes))
			abort();
	script_release(&again);
	strbuf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct script s = SCRIPT_INIT;
	struct strbuf b = STRBUF_INIT;
	struct err e;

	if (!size)
		return 0;
	strbuf_add(&b, data + 1, size - 1);
	if (script_reply_read("fuzz", &b, data[0] == 'c', &s, &e) == 0) {
		if (!s.nr || s.nr > REPLY_SCENES)
			abort();
		round_trip(&s);
	} else if (s.nr || !e.msg[0]) {
		abort();
	}
	script_release(&s);
	strbuf_release(&b);
	return 0;
}
