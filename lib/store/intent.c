#include "store/intent.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/json.h"
#include "store/object.h"
#include "store/price.h"

void
intent_recall(struct intent *in)
{
	char *path = object_aside("intents", in->digest);
	const char *note;
	struct node *doc;

	in->note = NULL;
	in->unknown = 0;
	if (file_exists(path)) {
		doc = json_load(path, NULL);
		note = node_str(doc, "note", NULL);
		in->unknown = (int)node_num(doc, "unknown", 0) + !note;
		in->note = note ? xstrdup(note) : NULL;
		node_free(doc);
	}
	free(path);
}

int
intent_write(const struct intent *in, struct err *e)
{
	char *path = object_aside("intents", in->digest), now[TIME_LEN];
	struct node *doc = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	int ret = object_mkdir_for(path, e);

	time_stamp(now);
	node_set_str(doc, "request", in->digest);
	node_set_str(doc, "kind", in->kind);
	node_set_str(doc, "provider", in->provider);
	node_set_str(doc, "for", in->what);
	node_set_str(doc, "at", now);
	if (in->estimate >= 0)
		node_set_num(doc, "estimate", price_round(in->estimate));
	if (in->note)
		node_set_str(doc, "note", in->note);
	if (in->unknown)
		node_set_whole(doc, "unknown", in->unknown);
	json_print(doc, &b);
	if (ret == 0)
		ret = file_write(path, b.buf, b.len, e);
	strbuf_release(&b);
	node_free(doc);
	free(path);
	return ret;
}

void
intent_remove(const char *digest)
{
	char *path = object_aside("intents", digest);

	unlink(path);
	free(path);
}
