#include "record/json.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/json_string.h"
#include "record/mark.h"

/* Parent links keep closing brackets from looking back over all tokens. */
#define JSMN_PARENT_LINKS
#define JSMN_STATIC
#include <jsmn.h>

#define TOKENS_FIRST 256

struct reader {
	struct mark at;          /* how far we are; carries line and column */
	jsmntok_t *tok;
	size_t next, nr;         /* next token, and how many */
	size_t nodes;
	int lean;                /* long texts stay where they are */
	struct err *e;
};

static int
fail(struct reader *r, const char *what)
{
	return mark_fail(&r->at, r->e, "%s", what);
}

/*
 * jsmn finds where tokens start and end and is lax about all else, so three
 * passes: this one bounds depth and tokens before memory is spent, jsmn cuts,
 * and read_value demands the grammar between and inside the tokens.
 * Returns the most tokens there can be, 0 on error.
 */
static size_t
survey(struct reader *r, size_t len)
{
	const char *s = r->at.buf;
	size_t i, depth = 0, count = 1;

	for (i = 0; i < len; i++) {
		if (s[i] == '"') {
			count++;
			for (i++; i < len && s[i] != '"'; i++)
				if (s[i] == '\\')
					i++;
		} else if (s[i] == '{' || s[i] == '[') {
			count++;
			if (++depth > JSON_DEPTH) {
				mark_to(&r->at, i);
				fail(r, "nested too deeply; flatten it");
				return 0;
			}
		} else if (s[i] == '}' || s[i] == ']') {
			depth -= depth > 0;
		} else if (s[i] == ',' || s[i] == ':') {
			count++; /* a number or a word may follow */
		}
		if (count > 4u * JSON_NODES) {
			mark_to(&r->at, i);
			fail(r, "too many values; split the file");
			return 0;
		}
	}
	return count;
}

static void
skip_space(struct reader *r)
{
	const char *s = r->at.buf + r->at.pos;

	mark_to(&r->at, r->at.pos + strspn(s, " \t\n\r"));
}

/* Is c next (after white space)? Then step over it. */
static int
take(struct reader *r, char c)
{
	skip_space(r);
	if (r->at.buf[r->at.pos] != c)
		return 0;
	mark_to(&r->at, r->at.pos + 1);
	return 1;
}

/* The string token at r->at, decoded; NULL with the error set. */
static char *
read_string(struct reader *r, const jsmntok_t *t, size_t *len)
{
	size_t n = (size_t)(t->end - t->start), good;
	int lean = r->lean && n > JSON_LEAN;
	char *out = xmalloc(lean ? 1 : n + 1);

	good = json_string_decode(r->at.buf + t->start, n, lean ? NULL : out,
	    len);
	mark_to(&r->at, (size_t)t->start + good);
	if (good < n) {
		fail(r, r->at.buf[r->at.pos] != '\\' ? "control character in a "
		    "text; write it as an escape" : "escape that stands for no "
		    "character; mend or drop it");
		free(out);
		return NULL;
	}
	if (lean)
		*len = 0;
	out[*len] = '\0';
	mark_to(&r->at, (size_t)t->end + 1);
	return out;
}

/* -? (0 | [1-9] digits) (. digits)? ([eE] [-+]? digits)? */
static int
is_number(const char *s)
{
	size_t k;

	s += *s == '-';
	k = strspn(s, "0123456789");
	if (k == 0 || (k > 1 && *s == '0'))
		return 0;
	s += k;
	if (*s == '.') {
		k = strspn(++s, "0123456789");
		if (!k)
			return 0;
		s += k;
	}
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '-' || *s == '+';
		k = strspn(s, "0123456789");
		if (!k)
			return 0;
		s += k;
	}
	return !*s;
}

static int
read_word(struct reader *r, const jsmntok_t *t, struct node *n)
{
	n->len = (size_t)(t->end - t->start);
	n->str = xmemdup(r->at.buf + t->start, n->len);
	if (!strcmp(n->str, "null")) {
		n->kind = NODE_NULL;
		free(n->str);
		n->str = NULL;
		n->len = 0;
	} else if (is_number(n->str)) {
		if (!node_is_num(n, NULL))
			return fail(r, "number too large; write a smaller one");
	} else if (strcmp(n->str, "true") && strcmp(n->str, "false")) {
		return fail(r, "not a JSON value; a text needs quotes");
	}
	mark_to(&r->at, (size_t)t->end);
	return 0;
}

static struct node *read_value(struct reader *r);

/* The key and colon of a map's next pair; to be freed. */
static char *
read_key(struct reader *r, size_t *start)
{
	const jsmntok_t *t = r->tok + r->next;
	size_t len;
	char *key;

	skip_space(r);
	*start = r->at.pos;
	if (r->next >= r->nr || t->type != JSMN_STRING ||
	    (size_t)t->start != r->at.pos + 1) {
		fail(r, "a key in quotes is missing here; write one");
		return NULL;
	}
	if (r->lean && t->end - t->start > (int)JSON_LEAN) {
		fail(r, "a key of over 64 KiB; make it shorter");
		return NULL;
	}
	r->next++;
	key = read_string(r, t, &len);
	if (key && !take(r, ':')) {
		fail(r, "':' is missing after a key; write it");
		free(key);
		key = NULL;
	}
	return key;
}

static int
read_items(struct reader *r, struct node *n, char close)
{
	const struct node *twice;
	struct node *kid;
	char *key = NULL;
	size_t start = 0;

	if (take(r, close))
		return 0;
	do {
		if (n->kind == NODE_MAP && !(key = read_key(r, &start)))
			return -1;
		kid = read_value(r);
		if (!kid) {
			free(key);
			return -1;
		}
		kid->key = key;
		kid->key_start = start;
		node_push(n, kid);
	} while (take(r, ','));
	if (!take(r, close))
		return fail(r, "',' or a closing bracket is missing here; "
		    "write it");
	twice = n->kind == NODE_MAP ? node_duplicate(n) : NULL;
	if (twice) {
		mark_fail_at(&r->at, r->e, twice->key_start,
		    "key \"%.60s\" is there twice; remove one", twice->key);
		return -1;
	}
	return 0;
}

/* Recursion is bounded: survey has refused more than JSON_DEPTH levels. */
static struct node *
read_value(struct reader *r)
{
	const jsmntok_t *t = r->tok + r->next;
	struct node *n;
	int bad;

	skip_space(r);
	if (r->next >= r->nr || (size_t)t->start !=
	    r->at.pos + (t->type == JSMN_STRING) || t->end < t->start) {
		fail(r, "a value is missing here; write one");
		return NULL;
	}
	if (++r->nodes > JSON_NODES) {
		fail(r, "too many values; split the file");
		return NULL;
	}
	r->next++;
	n = node_new(t->type == JSMN_OBJECT ? NODE_MAP :
	    t->type == JSMN_ARRAY ? NODE_LIST : NODE_SCALAR);
	n->line = r->at.line;
	n->col = r->at.col;
	n->start = r->at.pos;
	if (t->type == JSMN_OBJECT || t->type == JSMN_ARRAY) {
		mark_to(&r->at, r->at.pos + 1);
		bad = read_items(r, n, n->kind == NODE_MAP ? '}' : ']');
	} else if (t->type == JSMN_STRING) {
		n->quoted = 1;
		n->str = read_string(r, t, &n->len);
		bad = n->str ? 0 : -1;
	} else {
		bad = read_word(r, t, n);
	}
	n->end = r->at.pos;
	if (n->quoted && json_is_lean(n)) {
		n->start++; /* without the quotes */
		n->end--;
	}
	if (bad) {
		node_free(n);
		return NULL;
	}
	return n;
}

/* Cut into tokens, of which there are most at most; jsmn goes on where it ran
 * out of them. Returns how many, or jsmn's error. */
static int
cut(struct reader *r, size_t len, size_t most, jsmn_parser *parser)
{
	size_t alloc = 0;
	int k;

	jsmn_init(parser);
	do {
		alloc = alloc ? alloc * 4 : TOKENS_FIRST;
		if (alloc > most)
			alloc = most;
		r->tok = xreallocarray(r->tok, alloc, sizeof(*r->tok));
		k = jsmn_parse(parser, r->at.buf, len, r->tok,
		    (unsigned)alloc);
	} while (k == JSMN_ERROR_NOMEM && alloc < most);
	return k;
}

static struct node *
read_all(struct reader *r, size_t len)
{
	size_t most = survey(r, len);
	struct node *n = NULL;
	jsmn_parser parser;
	int k;

	if (!most)
		return NULL;
	k = cut(r, len, most, &parser);
	if (k < 0) {
		mark_to(&r->at, parser.pos < len ? parser.pos : len);
		fail(r, k == JSMN_ERROR_PART ? "the file ends too early; "
		    "get it again" : k == JSMN_ERROR_NOMEM ? /* of survey */
		    "',' is missing, or more follows the value; mend it" :
		    "not JSON; mend or remove the file");
	} else {
		r->nr = (size_t)k;
		n = read_value(r);
		skip_space(r);
		if (n && r->at.pos != len) {
			fail(r, "more follows the value; remove it");
			node_free(n);
			n = NULL;
		}
	}
	free(r->tok);
	return n;
}

struct node *
json_parse(const char *name, const char *buf, size_t len, struct err *e)
{
	struct reader r;
	struct node *n;
	char *copy;

	memset(&r, 0, sizeof(r));
	if (mark_check_text(name, buf, len, JSON_BYTES, e) < 0)
		return NULL;
	copy = xmemdup(buf, len); /* with a NUL, which ends every scan */
	mark_start(&r.at, name, copy);
	r.e = e;
	n = read_all(&r, len);
	free(copy);
	return n;
}

struct node *
json_parse_lean(const char *name, const char *buf, size_t len, size_t limit,
    struct err *e)
{
	struct reader r;

	memset(&r, 0, sizeof(r));
	if (limit > JSON_LEAN_BYTES)
		limit = JSON_LEAN_BYTES;
	if (mark_check_text(name, buf, len, limit, e) < 0)
		return NULL;
	mark_start(&r.at, name, buf);
	r.lean = 1;
	r.e = e;
	return read_all(&r, len);
}

int
json_is_lean(const struct node *n)
{
	return n->kind == NODE_SCALAR && n->quoted && !n->len &&
	    n->end > n->start + JSON_LEAN;
}

struct node *
json_load(const char *path, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct node *n = NULL;
	int saved;

	if (file_read(path, JSON_BYTES, &b, e) == 0)
		n = json_parse(path, b.buf, b.len, e);
	saved = errno; /* ENOENT tells callers that there is no file */
	strbuf_release(&b);
	errno = saved;
	return n;
}
