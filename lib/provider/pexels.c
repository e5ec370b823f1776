/*
 * Pexels: stock photographs by a scene's key phrase, free of charge; the
 * photographer is named in the record and in the film's description.
 *
 *	GET /search?query=&orientation=&per_page=&page=   with Authorization
 *	-> {"photos": [{"photographer", "photographer_url", "url", "src":
 *	    {"original", "large2x"}}]}
 *
 * after the published API reference. The reply that is kept is the photo's
 * entry on one line and the file behind it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/url.h"
#include "provider/media_kind.h"
#include "provider/wire.h"
#include "record/json.h"
#include "text/phrase.h"

#define PAGE 15        /* photographs a search gives */
#define QUERY_WORDS 5
#define OVERSIZE 1.25  /* pictures are that much larger than the frame */

static char *
search_path(const struct image_request *q)
{
	const char *shape = q->width > q->height ? "landscape"
	    : q->width < q->height ? "portrait" : "square";
	char *key = phrase_key(q->prompt, q->language, QUERY_WORDS);
	struct strbuf b = STRBUF_INIT;

	strbuf_addstr(&b, "/search?query=");
	url_escape(*key ? key : q->prompt, &b);
	strbuf_addf(&b, "&orientation=%s&size=medium&per_page=%d&page=%d",
	    shape, PAGE, (q->take - 1) / PAGE + 1);
	if (strcmp(q->language, "en") != 0 && strlen(q->language) == 5) {
		strbuf_addstr(&b, "&locale=");
		url_escape(q->language, &b);
	}
	free(key);
	return strbuf_detach(&b, NULL);
}

static int
search(const struct image_request *q, struct call *c, struct strbuf *found,
    struct err *e)
{
	struct call_request get = { .method = "GET" };
	struct http_reply r = HTTP_REPLY_INIT;
	char *path = search_path(q);
	int ret;

	get.path = path;
	ret = call_run(c, &get, &r, e);
	if (ret == 0)
		strbuf_add(found, r.body.buf, r.body.len);
	strbuf_release(&r.body);
	free(path);
	return ret;
}

/* The original in the size that is needed, where its address takes one. */
static char *
photo_url(const struct image_request *q, const struct node *photo)
{
	const char *original = node_str(photo, "src.original", NULL);
	const char *large = node_str(photo, "src.large2x", NULL);

	if (!original)
		return large ? xstrdup(large) : NULL;
	if (strchr(original, '?'))
		return xstrdup(original);
	return xasprintf("%s?auto=compress&cs=tinysrgb&fit=crop&w=%d&h=%d",
	    original, (int)(q->width * OVERSIZE), (int)(q->height * OVERSIZE));
}

/* One line of what is known, then the file. */
static void
pack(const struct node *photo, const struct strbuf *file,
    struct strbuf *reply)
{
	static const char *const keys[] = { "photographer",
		"photographer_url", "url", "id" };
	struct node *doc = node_new(NODE_MAP);
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (node_get(photo, keys[i]))
			node_set(doc, keys[i], node_copy(node_get(photo,
			    keys[i])));
	json_print_line(doc, reply);
	strbuf_addch(reply, '\n');
	strbuf_add(reply, file->buf, file->len);
	node_free(doc);
}

static int
ask(const struct image_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	struct strbuf found = STRBUF_INIT, file = STRBUF_INIT;
	const struct node *list;
	struct node *doc = NULL;
	char *url = NULL;
	size_t k = (size_t)(q->take - 1) % PAGE;
	int ret = search(q, c, &found, e);

	if (ret == 0)
		doc = wire_parse(c->ep->alias, &found, e);
	list = node_get(doc, "photos");
	if (doc && (!list || list->kind != NODE_LIST || list->nr <= k))
		err_set(e, EX_REFUSED, "%s: has no %sphotograph for this; give "
		    "the scene an image.prompt of a few words", c->ep->alias,
		    k ? "further " : "");
	else if (doc && !(url = photo_url(q, list->kid[k])))
		err_set(e, EX_DATA, "%s: its reply names no file of the "
		    "photograph; is this the right kind of server?",
		    c->ep->alias);
	ret = url ? call_fetch(c, url, &file, e) : -1;
	if (ret == 0)
		pack(list->kid[k], &file, reply);
	free(url);
	node_free(doc);
	strbuf_release(&found);
	strbuf_release(&file);
	return ret;
}

static int
read_reply(const struct strbuf *reply, struct image_reply *r,
    struct err *e)
{
	const char *end = memchr(reply->buf, '\n', reply->len);
	struct node *doc = NULL;

	(void)e;
	if (reply->buf[0] == '{' && end)
		doc = json_parse("pexels", reply->buf, (size_t)(end -
		    reply->buf), NULL);
	if (!doc) {
		strbuf_add(&r->bytes, reply->buf, reply->len);
		return 0;
	}
	strbuf_add(&r->bytes, end + 1, reply->len - (size_t)(end + 1 -
	    reply->buf));
	wire_copy(&r->credit, node_str(doc, "photographer", NULL));
	wire_copy(&r->credit_url, node_str(doc, "url", NULL));
	r->used.pictures = 1;
	node_free(doc);
	return 0;
}

const struct image_provider pexels_image = {
	.name = "pexels", .source_type = "digitalCapture", .ask = ask,
	.read = read_reply
};
