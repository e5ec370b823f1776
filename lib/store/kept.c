#include "store/kept.h"

#include <string.h>

#include "record/json.h"

static const char head[] = "studio-kept 1\n";

void
kept_pack(const struct node *rec, const void *file, size_t n,
    struct strbuf *out)
{
	static const char *const fields[] = { "voiceId", "words", "timing",
		"version", "seed", "revisedPrompt", "credit", "creditUrl",
		"digitalSourceType" };
	struct node *doc = node_new(NODE_MAP);
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(*fields); i++)
		if (node_get(rec, fields[i]))
			node_set(doc, fields[i], node_copy(node_get(rec,
			    fields[i])));
	strbuf_addstr(out, head);
	json_print_line(doc, out);
	strbuf_addch(out, '\n');
	strbuf_add(out, file, n);
	node_free(doc);
}

struct node *
kept_unpack(const struct strbuf *reply, size_t *file)
{
	size_t n = sizeof(head) - 1;
	const char *line, *end;

	if (reply->len <= n || memcmp(reply->buf, head, n) != 0)
		return NULL;
	line = reply->buf + n;
	end = memchr(line, '\n', reply->len - n);
	if (!end)
		return NULL;
	*file = (size_t)(end + 1 - reply->buf);
	return json_parse("kept", line, (size_t)(end - line), NULL);
}
