/* What is read is printed, read again, and the same. */
#include <stdint.h>
#include <stdlib.h>

#include "record/json.h"

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf b = STRBUF_INIT;
	struct err e;
	struct node *n = json_parse("fuzz", (const char *)data, size, &e);

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
