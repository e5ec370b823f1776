#include "record/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/mem.h"
#include "record/mark.h"

#define STEP 64 /* characters between two known offsets */

struct reader {
	yaml_parser_t parser;
	yaml_event_t event;
	const char *name;
	const char *buf;   /* without a byte order mark */
	size_t len, shift; /* bytes of that mark */
	size_t *offset;    /* of every STEP-th character; NULL: all ASCII */
	size_t known;
	struct node *open[YAML_DEPTH]; /* collections not yet closed */
	size_t depth;
	char *key[YAML_DEPTH];         /* read, its value not yet */
	size_t key_start[YAML_DEPTH];
	struct node *root;
	size_t nodes;
	struct err *e;
};

/* libyaml counts characters; table of where they are, for text that is not
 * ASCII only. */
static void
map_offsets(struct reader *r)
{
	size_t i, chars = 0, alloc = 0;

	for (i = 0; i < r->len && !(r->buf[i] & 0x80); i++)
		;
	if (i == r->len)
		return;
	for (i = 0; i < r->len; i++) {
		if (((unsigned char)r->buf[i] & 0xC0) == 0x80)
			continue;
		if (chars++ % STEP == 0) {
			ALLOC_GROW(r->offset, r->known, alloc);
			r->offset[r->known++] = i;
		}
	}
}

/* Byte offset in r->buf of the n-th character. */
static size_t
byte_of(const struct reader *r, size_t n)
{
	size_t i, left;

	if (!r->offset)
		return n < r->len ? n : r->len;
	if (n / STEP >= r->known)
		return r->len;
	i = r->offset[n / STEP];
	for (left = n % STEP; left && i < r->len; left--)
		do
			i++;
		while (i < r->len && ((unsigned char)r->buf[i] & 0xC0) == 0x80);
	return i;
}

static int
fail(const struct reader *r, const yaml_mark_t *at, const char *what)
{
	return err_set(r->e, EX_DATA, "%s:%zu:%zu: %s", r->name, at->line + 1,
	    at->column + 1, what);
}

static int
parser_failed(struct reader *r)
{
	yaml_parser_t *p = &r->parser;
	char what[200];

	if (p->error == YAML_MEMORY_ERROR) /* it is not the file that is bad */
		mem_failed();
	if (p->error == YAML_READER_ERROR) {
		struct mark m;

		mark_start(&m, r->name, r->buf);
		return mark_fail_at(&m, r->e, p->problem_offset < r->len ?
		    p->problem_offset : r->len, "control character (%02X) at "
		    "offset %zu; remove it or write it as an escape in double "
		    "quotes", (unsigned)p->problem_value,
		    p->problem_offset + r->shift);
	}
	snprintf(what, sizeof(what), "%s; mend this place (a text with ': ', "
	    "' #' or an odd first character needs quotes)",
	    p->problem ? p->problem : "not YAML");
	return fail(r, &p->problem_mark, what);
}

/* Null as YAML 1.2 writes it. */
static int
is_null(const char *s)
{
	return !*s || !strcmp(s, "~") || !strcmp(s, "null") ||
	    !strcmp(s, "Null") || !strcmp(s, "NULL");
}

/* Hang n under the open collection, or make it the root. */
static int
place(struct reader *r, struct node *n)
{
	struct node *up = r->depth ? r->open[r->depth - 1] : NULL;

	if (!up) {
		r->root = n;
		return 0;
	}
	if (up->kind == NODE_MAP) {
		n->key = r->key[r->depth - 1];
		n->key_start = r->key_start[r->depth - 1];
		r->key[r->depth - 1] = NULL;
	}
	node_push(up, n);
	return 0;
}

static struct node *
new_node(struct reader *r, enum node_kind kind)
{
	const yaml_mark_t *at = &r->event.start_mark;
	struct node *n;

	if (++r->nodes > YAML_NODES) {
		fail(r, at, "too many values; split the file");
		return NULL;
	}
	n = node_new(kind);
	n->line = at->line + 1;
	n->col = at->column + 1;
	n->start = byte_of(r, at->index) + r->shift;
	n->end = byte_of(r, r->event.end_mark.index) + r->shift;
	return n;
}

static int
read_key(struct reader *r)
{
	const yaml_mark_t *at = &r->event.start_mark;
	const char *s = (const char *)r->event.data.scalar.value;

	if (r->event.data.scalar.length != strlen(s))
		return fail(r, at, "NUL in a key; remove it");
	if (!*s)
		return fail(r, at, "a key is missing before ':'; write one");
	if (!strcmp(s, "<<"))
		return fail(r, at, "merge keys are not used here; "
		    "write the values out");
	r->key[r->depth - 1] = xstrdup(s);
	r->key_start[r->depth - 1] = byte_of(r, at->index) + r->shift;
	return 0;
}

static int
read_scalar(struct reader *r)
{
	const char *s = (const char *)r->event.data.scalar.value;
	size_t len = r->event.data.scalar.length;
	int plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
	struct node *n;

	if (len != strlen(s))
		return fail(r, &r->event.start_mark, "NUL in a text; "
		    "remove it");
	n = new_node(r, plain && is_null(s) ? NODE_NULL : NODE_SCALAR);
	if (!n)
		return -1;
	if (n->kind == NODE_SCALAR) {
		n->str = xmemdup(s, len);
		n->len = len;
		n->quoted = !plain;
	}
	return place(r, n);
}

static int
open_collection(struct reader *r, enum node_kind kind)
{
	struct node *n;

	if (r->depth == YAML_DEPTH)
		return fail(r, &r->event.start_mark,
		    "nested too deeply; flatten it");
	n = new_node(r, kind);
	if (!n)
		return -1;
	place(r, n);
	r->open[r->depth++] = n;
	return 0;
}

static int
close_collection(struct reader *r)
{
	struct node *n = r->open[--r->depth];
	const struct node *twice;
	struct mark m;

	n->end = byte_of(r, r->event.end_mark.index) + r->shift;
	twice = n->kind == NODE_MAP ? node_duplicate(n) : NULL;
	if (!twice)
		return 0;
	mark_start(&m, r->name, r->buf);
	return mark_fail_at(&m, r->e, twice->key_start - r->shift,
	    "key '%.60s' is there twice; remove one", twice->key);
}

static const char *
forbidden(const yaml_event_t *v)
{
	static const char tags[] = "tags are not used here; remove it";
	static const char anchors[] = "anchors are not used here; remove it";

	switch (v->type) {
	case YAML_ALIAS_EVENT:
		return "aliases are not used here; write the value out";
	case YAML_SCALAR_EVENT:
		return v->data.scalar.anchor ? anchors :
		    v->data.scalar.tag ? tags : NULL;
	case YAML_SEQUENCE_START_EVENT:
		return v->data.sequence_start.anchor ? anchors :
		    v->data.sequence_start.tag ? tags : NULL;
	case YAML_MAPPING_START_EVENT:
		return v->data.mapping_start.anchor ? anchors :
		    v->data.mapping_start.tag ? tags : NULL;
	case YAML_DOCUMENT_START_EVENT:
		return v->data.document_start.version_directive ||
		    v->data.document_start.tag_directives.start !=
		    v->data.document_start.tag_directives.end ?
		    "directives are not used here; remove it" : NULL;
	default:
		return NULL;
	}
}

/* Is a key, not a value, next in the open map? */
static int
wants_key(const struct reader *r)
{
	return r->depth && r->open[r->depth - 1]->kind == NODE_MAP &&
	    !r->key[r->depth - 1];
}

static int
take_event(struct reader *r)
{
	const yaml_event_t *v = &r->event;
	const char *why = forbidden(v);

	if (why)
		return fail(r, &v->start_mark, why);
	switch (v->type) {
	case YAML_DOCUMENT_START_EVENT:
		return r->root ? fail(r, &v->start_mark, "a second document; "
		    "keep one") : 0;
	case YAML_SCALAR_EVENT:
		return wants_key(r) ? read_key(r) : read_scalar(r);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		if (wants_key(r))
			return fail(r, &v->start_mark, "a key must be a "
			    "plain text; write one");
		return open_collection(r, v->type ==
		    YAML_MAPPING_START_EVENT ? NODE_MAP : NODE_LIST);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_collection(r);
	default:
		return 0;
	}
}

static int
read_events(struct reader *r)
{
	int bad = 0, end = 0;

	while (!bad && !end) {
		if (!yaml_parser_parse(&r->parser, &r->event))
			return parser_failed(r);
		bad = take_event(r);
		end = r->event.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&r->event);
	}
	return bad;
}

struct node *
yaml_parse(const char *name, const char *buf, size_t len, struct err *e)
{
	struct reader r;
	int bad;

	if (mark_check_text(name, buf, len, YAML_BYTES, e) < 0)
		return NULL;
	memset(&r, 0, sizeof(r));
	r.name = name;
	r.shift = len >= 3 && !memcmp(buf, "\xEF\xBB\xBF", 3) ? 3 : 0;
	r.buf = buf + r.shift;
	r.len = len - r.shift;
	r.e = e;
	if (!yaml_parser_initialize(&r.parser))
		mem_failed();
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser,
	    (const unsigned char *)r.buf, r.len);
	map_offsets(&r);
	bad = read_events(&r);
	yaml_parser_delete(&r.parser);
	while (r.depth)
		free(r.key[--r.depth]);
	free(r.offset);
	if (bad) {
		node_free(r.root);
		return NULL;
	}
	if (!r.root || (r.root->kind == NODE_NULL && !r.root->nr)) {
		node_free(r.root);
		r.root = node_new(NODE_MAP);
		r.root->line = r.root->col = 1;
		r.root->start = r.root->end = len;
	}
	return r.root;
}
