#include "provider/wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/wav.h"
#include "provider/reply_error.h"
#include "record/json.h"

#define PCM_RATE 24000 /* OpenAI's and Google's, where nothing is said */
#define TEXT_HEAD 40   /* bytes that tell text from samples */
#define QUOTED 80      /* bytes of a reply that an error shows */

int
wire_need_model(const struct call *c, struct err *e)
{
	if (c->model && *c->model)
		return 0;
	return err_set(e, EX_CONF, "%s: which model? %s%s %s:MODEL "
	    "(studio providers %s lists them)", c->ep->alias,
	    c->setting ? "studio config " : "",
	    c->setting ? c->setting : "--provider", c->ep->alias,
	    c->ep->alias);
}

int
wire_put(struct node *doc, const char *path, struct node *value)
{
	const char *dot;
	struct node *next;
	char *name;

	for (; (dot = strchr(path, '.')); path = dot + 1) {
		name = xmemdup(path, (size_t)(dot - path));
		next = node_child(doc, name);
		if (!next) {
			next = node_new(NODE_MAP);
			node_set(doc, name, next);
		}
		free(name);
		if (next->kind != NODE_MAP) {
			node_free(value);
			return -1;
		}
		doc = next;
	}
	node_set(doc, path, value);
	return 0;
}

int
wire_options(struct node *doc, const struct node *options, const char *what,
    struct err *e)
{
	const struct node *o;
	size_t i;

	for (i = 0; options && options->kind == NODE_MAP && i < options->nr;
	    i++) {
		o = options->kid[i];
		if (!node_get(doc, o->key) &&
		    wire_put(doc, o->key, node_copy(o)) == 0)
			continue;
		return err_set(e, EX_CONF, "%s: %s: is said elsewhere, by the "
		    "settings or the scene; remove it", what, o->key);
	}
	return 0;
}

/* Some servers always have the field, and say "" or false in it. */
static int
has_error(const struct node *doc)
{
	const struct node *n = node_get(doc, "error");
	int b;

	if (!n || n->kind == NODE_NULL || (node_is_bool(n, &b) && !b))
		return 0;
	return n->kind == NODE_SCALAR ? n->len > 0 || json_is_lean(n)
				      : n->nr > 0;
}

/* Takes doc over; a reply that is no map, or says an error, is none. */
static struct node *
checked(const char *name, struct node *doc, const struct strbuf *reply,
    struct err *e)
{
	struct reply_error said;
	char quoted[QUOTED * 4 + 1];

	if (!doc || doc->kind != NODE_MAP) {
		node_free(doc);
		utf8_printable(quoted, sizeof(quoted), reply->buf,
		    reply->len < QUOTED ? reply->len : QUOTED);
		err_set(e, EX_DATA, "%s: its reply is not what it should be: "
		    "%s; is this the right kind of server?", name,
		    reply->len ? quoted : "(nothing)");
		return NULL;
	}
	if (has_error(doc)) {
		reply_error_read(reply, &said);
		node_free(doc);
		err_set(e, EX_REFUSED, "%s: %s", name, said.text);
		return NULL;
	}
	return doc;
}

struct node *
wire_parse(const char *name, const struct strbuf *reply, struct err *e)
{
	return checked(name, json_parse_lean(name, reply->buf, reply->len,
	    CALL_REPLY_BYTES, NULL), reply, e);
}

struct node *
wire_parse_text(const char *name, const struct strbuf *reply, struct err *e)
{
	return checked(name, json_parse(name, reply->buf, reply->len, NULL),
	    reply, e);
}

long long
wire_whole(const struct node *doc, const char *path, long long most)
{
	double d = node_num(doc, path, 0);

	return d >= 0 && d <= (double)most ? (long long)d : 0;
}

void
wire_tokens(const struct node *doc, const char *in, const char *out,
    struct call_usage *u)
{
	u->input_tokens = wire_whole(doc, in, WIRE_TOKENS);
	u->output_tokens = wire_whole(doc, out, WIRE_TOKENS);
}

void
wire_heard(struct speech_reply *r, const char *text, double start, double end)
{
	ALLOC_GROW(r->heard, r->heard_nr, r->heard_alloc);
	r->heard[r->heard_nr].text = xstrdup(text);
	r->heard[r->heard_nr].start = start;
	r->heard[r->heard_nr++].end = end;
}

void
wire_model(char out[100], const struct node *doc, const char *path)
{
	const char *s = node_str(doc, path, "");

	utf8_printable(out, 100, s, strlen(s));
}

void
wire_copy(char **out, const char *s)
{
	if (s && *s)
		*out = xstrdup(s);
}

long long
wire_seed(const char *digest, int take)
{
	char head[8] = "";

	if (!digest)
		return take;
	memcpy(head, digest, 7); /* 28 bits: every server takes that */
	return (long long)strtoul(head, NULL, 16);
}

/* "rate=24000" in a content type. */
static int
parameter(const char *type, const char *name, int usual)
{
	const char *p = strcasestr(type, name);
	long n;

	if (!p)
		return usual;
	n = strtol(p + strlen(name), NULL, 10);
	return n > 0 && n <= 192000 ? (int)n : usual;
}

/* Samples have no magic bytes, but a page or JSON begins with what they do not
 * have. */
static int
is_text(const struct strbuf *b)
{
	size_t n = b->len < TEXT_HEAD ? b->len : TEXT_HEAD, i;
	const char *s = b->buf + strspn(b->buf, " \t\r\n");

	if (!*s || !strchr("{[<", *s))
		return 0;
	for (i = 0; i < n; i++)
		if ((unsigned char)b->buf[i] < ' ' &&
		    !strchr("\t\r\n", b->buf[i]))
			return 0;
	return 1;
}

void
wire_pcm(const char *type, struct strbuf *sound)
{
	if (strncasecmp(type, "audio/l16", 9) != 0 &&
	    strncasecmp(type, "audio/pcm", 9) != 0)
		return;
	if (is_text(sound))
		return;
	wav_wrap(sound, parameter(type, "rate=", PCM_RATE),
	    parameter(type, "channels=", 1));
}
