/* What is read is printed, read again, and the same. */
#include <stdint.h>
#include <stdlib.h>

#include "record/json.h"
#include "record/mark.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
again(const struct node *n, const struct strbuf *text)
{
	struct err e;
	struct node *back = json_parse("again", text->buf, text->len, &e);

	if (!back || !node_equal(n, back))
		abort();
	node_free(back);
}

/* Without long texts the lean reading is the same. */
static void
lean(const struct node *n, const uint8_t *data, size_t size)
{
	struct strbuf b = STRBUF_INIT;
	struct err e;
	struct node *m;

	strbuf_add(&b, data, size);
	m = json_parse_lean("lean", b.buf, b.len, 1 << 20, &e);
	if (size <= JSON_LEAN && (!n != !m ||
	    (n && !node_equal(n, m))))
		abort();
	node_free(m);
	strbuf_release(&b);
}

/* Of a text that git could not merge no marker is left. */
static void
ours(const uint8_t *data, size_t size)
{
	struct strbuf b = STRBUF_INIT, out = STRBUF_INIT, twice = STRBUF_INIT;

	strbuf_add(&b, data, size);
	mark_take_ours(b.buf, b.len, &out);
	if (out.len > size || mark_take_ours(out.buf, out.len, &twice))
		abort();
	strbuf_release(&b);
	strbuf_release(&out);
	strbuf_release(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf b = STRBUF_INIT;
	struct err e;
	struct node *n = json_parse("fuzz", (const char *)data, size, &e);

	lean(n, data, size);
	ours(data, size);
	if (!n)
		return 0;
	json_print(n, &b);
	again(n, &b);
	strbuf_reset(&b);
	json_print_line(n, &b);
	again(n, &b);
	strbuf_release(&b);
	node_free(n);
	return 0;
}
