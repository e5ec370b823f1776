#include "provider/reply_json.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/strbuf.h"
#include "provider/reply_mend.h"
#include "record/json.h"

#define EFFORT 16 /* a byte is looked at about so often, at most */

static int
is_blank(const char *s)
{
	return !s[strspn(s, " \t\r\n")];
}

const char *
reply_after_thoughts(const char *s)
{
	static const char *const tags[] = { "think", "thinking", "reasoning" };
	char open[16], close[16];
	const char *end, *from = s + strspn(s, " \t\r\n");
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(*tags); i++) {
		snprintf(open, sizeof(open), "<%s>", tags[i]);
		snprintf(close, sizeof(close), "</%s>", tags[i]);
		end = strcasestr(s, close);
		if (end && !is_blank(end + strlen(close)))
			return end + strlen(close);
		if (!strncasecmp(from, open, strlen(open)))
			return end ? end + strlen(close) : from + strlen(open);
	}
	return s;
}

static int
same_key(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, "_- ");
		b += strspn(b, "_- ");
		if (!*a || tolower((unsigned char)*a) !=
		    tolower((unsigned char)*b))
			return !*a && !*b;
	}
}

const struct node *
reply_field(const struct node *map, const char *const *names)
{
	size_t i;

	for (; *names; names++)
		for (i = 0; map->kind == NODE_MAP && i < map->nr; i++)
			if (map->kid[i]->kind != NODE_NULL &&
			    same_key(map->kid[i]->key, *names))
				return map->kid[i];
	return NULL;
}

/* The map with a list under key: map, or one within it. */
static const struct node *
map_with(const struct node *map, const char *key)
{
	const char *const names[] = { key, NULL };
	const struct node *n = reply_field(map, names);
	size_t i;

	if (n)
		return n->kind == NODE_LIST ? map : NULL;
	for (i = 0; map->kind == NODE_MAP && i < map->nr; i++) {
		n = reply_field(map->kid[i], names);
		if (n && n->kind == NODE_LIST)
			return map->kid[i];
	}
	return NULL;
}

static int
is_list_of_maps(const struct node *n)
{
	size_t i;

	for (i = 0; i < n->nr; i++)
		if (n->kid[i]->kind != NODE_MAP)
			return 0;
	return n->nr > 0 && n->kind == NODE_LIST;
}

/* Takes doc over. */
static void
keep_if_right(struct node *doc, const char *key, struct reply_json *out)
{
	const char *const names[] = { key, NULL };
	const struct node *map = map_with(doc, key), *list = NULL;

	out->any |= doc->kind == NODE_MAP;
	if (map)
		list = reply_field(map, names);
	else if (is_list_of_maps(doc) && !out->doc && !out->cut)
		list = doc; /* of a broken object; not of one cut off */
	if (!list || (out->doc && !list->nr)) {
		node_free(doc);
		return;
	}
	node_free(out->doc);
	out->doc = doc;
	out->map = map ? map : doc;
	out->list = list;
}

/* Does an object or a list of objects start here? */
static int
starts(const char *s)
{
	return *s == '{' || (*s == '[' && s[1 + strspn(s + 1, " \t\r\n")] ==
	    '{');
}

/* What starts at s; returns the bytes to go on by. */
static size_t
look(const char *s, size_t n, const char *key, struct reply_json *out,
    size_t *used)
{
	struct strbuf b = STRBUF_INIT;
	size_t maps, on = 1;
	enum reply_mend r = reply_mend(s, n, &b, used, &maps);
	struct node *doc = NULL;

	if (r == REPLY_WHOLE)
		doc = json_parse("answer", b.buf, b.len, NULL);
	if (doc) {
		keep_if_right(doc, key, out);
		on = *used;
	}
	if (r == REPLY_CUT && !out->cut) {
		out->cut = 1;
		out->maps = maps;
	}
	strbuf_release(&b);
	return on;
}

void
reply_json_find(const char *s, const char *key, struct reply_json *out)
{
	size_t n = strlen(s), i = 0, used, effort = 0;

	memset(out, 0, sizeof(*out));
	while (i < n && effort < n * EFFORT + 4096) {
		if (!starts(s + i)) {
			i++;
			continue;
		}
		i += look(s + i, n - i, key, out, &used);
		effort += used;
	}
	if (out->doc)
		out->cut = 0;
}
