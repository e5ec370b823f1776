#include "studio/scene_changes.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "record/json.h"

#define SHOWN 300 /* bytes of a value on a terminal */

void
change_add(struct node *list, const char *what, const char *was,
    const char *now)
{
	struct node *n = node_new(NODE_MAP);

	node_set_str(n, "what", what);
	if (was)
		node_set_str(n, "was", was);
	if (now)
		node_set_str(n, "now", now);
	node_push(list, n);
}

/* A value as text; NULL where there is none. */
static const char *
value_words(const struct node *n, struct strbuf *b)
{
	if (!n)
		return NULL;
	if (n->kind == NODE_SCALAR)
		strbuf_add(b, n->str, n->len);
	else
		json_print_line(n, b);
	return b->buf;
}

static void
value_change(struct node *list, const char *what, const struct node *was,
    const struct node *now)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	if (was && now ? !node_equal(was, now) : was || now)
		change_add(list, what, value_words(was, &a),
		    value_words(now, &b));
	strbuf_release(&a);
	strbuf_release(&b);
}

/* Times and ids say nothing of what a scene is. */
static int
is_frame(const char *what)
{
	return !strcmp(what, "id") || !strcmp(what, "createdAt") ||
	    !strcmp(what, "updatedAt");
}

static void
key_change(const struct node *was, const struct node *now, const char *what,
    struct node *list)
{
	struct strbuf prefix = STRBUF_INIT;
	int deeper = (was && was->kind == NODE_MAP) ||
	    (now && now->kind == NODE_MAP);

	if (is_frame(what))
		return;
	if (!deeper) {
		value_change(list, !strcmp(what, "image.prompt") ? "prompt"
		    : what, was, now);
		return;
	}
	strbuf_addf(&prefix, "%s.", what);
	/* a value that became a map, or the other way: each has its say */
	if (was && was->kind != NODE_MAP)
		value_change(list, what, was, NULL);
	if (now && now->kind != NODE_MAP)
		value_change(list, what, NULL, now);
	map_changes(was && was->kind == NODE_MAP ? was : NULL,
	    now && now->kind == NODE_MAP ? now : NULL, prefix.buf, list);
	strbuf_release(&prefix);
}

/* Recursion ends at YAML_DEPTH, which both were read with. */
void
map_changes(const struct node *was, const struct node *now,
    const char *prefix, struct node *list)
{
	struct strbuf what = STRBUF_INIT;
	const struct node *other;
	size_t i;

	for (i = 0; was && i < was->nr; i++) {
		other = now ? node_child(now, was->kid[i]->key) : NULL;
		strbuf_reset(&what);
		strbuf_addf(&what, "%s%s", prefix, was->kid[i]->key);
		key_change(was->kid[i], other, what.buf, list);
	}
	for (i = 0; now && i < now->nr; i++) {
		if (was && node_child(was, now->kid[i]->key))
			continue;
		strbuf_reset(&what);
		strbuf_addf(&what, "%s%s", prefix, now->kid[i]->key);
		key_change(NULL, now->kid[i], what.buf, list);
	}
	strbuf_release(&what);
}

static void
add_word(struct strbuf *out, const char *word)
{
	if (*word)
		strbuf_addf(out, "%s%s", out->len ? " " : "", word);
}

void
media_words(const struct node *rec, struct strbuf *out)
{
	double seconds = node_num(rec, "durationSec", 0);
	long long take = (long long)node_num(rec, "take", 1);

	if (!rec)
		return;
	add_word(out, node_str(rec, "provider", ""));
	add_word(out, node_str(rec, "voiceId", ""));
	if (take > 1)
		strbuf_addf(out, " take %lld", take);
	if (seconds > 0)
		strbuf_addf(out, " %.1f s", seconds);
	if (!strcmp(node_str(rec, "status", ""), "failed"))
		add_word(out, "failed");
	if (*node_str(rec, "sha256", ""))
		strbuf_addf(out, " %.8s", node_str(rec, "sha256", ""));
}

/* Other media, or the same for another request (studio adopt)? */
static int
is_other_media(const struct node *was, const struct node *now)
{
	static const char *const keys[] = { "sha256", "request", "status" };
	size_t i;

	if (!was || !now)
		return was != now;
	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (strcmp(node_str(was, keys[i], ""),
		    node_str(now, keys[i], "")) != 0)
			return 1;
	return 0;
}

static void
media_change(struct node *list, const char *what, const struct node *was,
    const struct node *now)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	media_words(was, &a);
	media_words(now, &b);
	if (is_other_media(was, now))
		change_add(list, what, was ? a.buf : NULL,
		    now ? b.buf : NULL);
	strbuf_release(&a);
	strbuf_release(&b);
}

void
scene_changes(const struct snap_scene *was, const struct snap_scene *now,
    struct node *list)
{
	map_changes(was ? was->doc : NULL, now ? now->doc : NULL, "", list);
	media_change(list, "voice", was ? was->audio : NULL,
	    now ? now->audio : NULL);
	media_change(list, "picture", was ? was->image : NULL,
	    now ? now->image : NULL);
}

void
change_names(const struct node *list, struct strbuf *out)
{
	char safe[SHOWN];
	const char *what;
	size_t i;

	for (i = 0; i < list->nr; i++) {
		what = node_str(list->kid[i], "what", "");
		utf8_printable(safe, sizeof(safe), what, strlen(what));
		strbuf_addf(out, "%s%s", out->len ? ", " : "", safe);
	}
}

static void
print_value(int indent, const char *what, const char *label,
    const char *value)
{
	char safe[SHOWN], name[64];

	utf8_printable(name, sizeof(name), what, strlen(what));
	utf8_printable(safe, sizeof(safe), *value ? value : "(empty)",
	    *value ? strlen(value) : 7);
	printf("%*s%-10s %s %s\n", indent, "", name, label, safe);
}

void
change_print_values(const struct node *list, int indent)
{
	const char *what, *was, *now;
	size_t i;

	for (i = 0; i < list->nr; i++) {
		what = node_str(list->kid[i], "what", "");
		was = node_str(list->kid[i], "was", NULL);
		now = node_str(list->kid[i], "now", NULL);
		if (was)
			print_value(indent, what, "was", was);
		if (now)
			print_value(indent, was ? "" : what, "now", now);
	}
}
