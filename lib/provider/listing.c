#include "provider/listing.h"

#include <stdio.h>
#include <string.h>

#include "base/hold.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "provider/call.h"
#include "provider/wire.h"
#include "record/json.h"

#define LISTED_MAX 2000
#define PATH_MOST 100

static void
add_names(const struct node *list, const char *field, struct strvec *out)
{
	const struct node *it;
	const char *s;
	char safe[200];
	size_t i;

	for (i = 0; list && i < list->nr && i < LISTED_MAX; i++) {
		it = list->kid[i];
		s = !strcmp(field, "*") ? it->key
		    : !strcmp(field, ".") || it->kind == NODE_SCALAR ? it->str
		    : node_str(it, field, NULL);
		if (!s)
			continue;
		if (!strncmp(s, "models/", 7)) /* Google's own way */
			s += 7;
		utf8_printable(safe, sizeof(safe), s, strlen(s));
		strvec_push(out, safe);
	}
}

int
listing_get(struct endpoint *ep, const char *how, struct strvec *out,
    int *status, struct err *e)
{
	char path[PATH_MOST], list[40], field[40];
	struct call_request get = { .method = "GET", .path = path,
		.limit = JSON_BYTES };
	struct paid_progress pp = { .end = GATE_UNSURE };
	struct call c = { .ep = ep, .setting = "", .pp = &pp };
	struct http_reply r = HTTP_REPLY_INIT;
	double timeout = ep->timeout, patience = ep->patience;
	struct node *doc = NULL;
	int ret;

	*status = 0;
	if (sscanf(how, "%99s %39s %39s", path, list, field) != 3)
		return 0;
	if (timeout > LISTING_SECONDS)
		ep->timeout = LISTING_SECONDS;
	ep->patience = 0;
	ret = call_run(&c, &get, &r, e);
	ep->timeout = timeout;
	ep->patience = patience;
	hold_release();
	*status = c.status;
	if (ret == 0) {
		doc = json_parse(ep->alias, r.body.buf, r.body.len, e);
		ret = doc ? 0 : -1;
	}
	if (doc)
		add_names(!strcmp(list, ".") ? doc : node_get(doc, list),
		    field, out);
	node_free(doc);
	strbuf_release(&r.body);
	return ret;
}
