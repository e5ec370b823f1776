#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "studio/diff.h"
#include "studio/scene_changes.h"

#define NOT_THERE ((size_t)-1)

/* Whom a setting touches, where that is more than the film. */
static const char *
touches(const char *file, const char *what)
{
	static const char *const voices[] = { "defaultTtsVoice", "ttsProvider",
		"defaultSpeed", "ttsOptions", "ttsContext" };
	static const char *const pictures[] = { "imageModel", "look",
		"defaultImageStyle", "imageOptions" };
	size_t i, n = strcspn(what, ".");

	if (!strcmp(file, "lexicon.yaml"))
		return "the voices that say it";
	for (i = 0; i < sizeof(voices) / sizeof(*voices); i++)
		if (strlen(voices[i]) == n && !strncmp(what, voices[i], n))
			return "every voice";
	for (i = 0; i < sizeof(pictures) / sizeof(*pictures); i++)
		if (strlen(pictures[i]) == n && !strncmp(what, pictures[i], n))
			return "every picture";
	if (!strncmp(what, "speakers.", 9))
		return "that speaker's voices";
	if (!strncmp(what, "characters.", 11))
		return "the pictures that show them";
	return NULL;
}

static void
add_settings(struct node *list, const struct snapshot *was,
    const struct snapshot *now)
{
	struct node *changes, *n;
	const char *what, *whom;
	size_t i, k;

	for (i = 0; i < SNAP_DOCS; i++) {
		changes = node_new(NODE_LIST);
		map_changes(was->doc[i], now->doc[i], "", changes);
		for (k = 0; k < changes->nr; k++) {
			n = node_copy(changes->kid[k]);
			what = node_str(n, "what", "");
			whom = touches(snap_docs[i], what);
			node_set_str(n, "file", snap_docs[i]);
			if (whom)
				node_set_str(n, "touches", whom);
			node_push(list, n);
		}
		node_free(changes);
	}
	for (i = 0; i < SNAP_TEXTS; i++) {
		if (!strcmp(was->text[i] ? was->text[i] : "",
		    now->text[i] ? now->text[i] : ""))
			continue;
		n = node_new(NODE_MAP);
		node_set_str(n, "file", snap_texts[i]);
		node_push(list, n);
	}
}

static void
add_cover(struct node *list, const struct snapshot *was,
    const struct snapshot *now)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct node *n;

	media_words(was->cover, &a);
	media_words(now->cover, &b);
	if (strcmp(node_str(was->cover, "sha256", ""),
	    node_str(now->cover, "sha256", "")) != 0) {
		n = node_new(NODE_MAP);
		node_set_str(n, "file", "cover.json");
		node_set_str(n, "what", "picture");
		if (was->cover)
			node_set_str(n, "was", a.buf);
		if (now->cover)
			node_set_str(n, "now", b.buf);
		node_push(list, n);
	}
	strbuf_release(&a);
	strbuf_release(&b);
}

/* A scene that both have. */
struct place {
	size_t was;  /* its place before; NOT_THERE: it is new */
	int renamed; /* its folder has another name */
	int moved;
};

/* Folders that kept their name are in order: what does not fit between two of
 * them moved. Such places are taken out. */
static void
move_past_kept(struct place *p, size_t nr)
{
	size_t i, last = 0, next = NOT_THERE;

	for (i = 0; i < nr; i++) {
		if (p[i].was == NOT_THERE)
			continue;
		if (!p[i].renamed)
			last = p[i].was;
		else if (p[i].was < last)
			p[i].moved = 1;
	}
	for (i = nr; i-- > 0;) {
		if (p[i].was == NOT_THERE)
			continue;
		if (!p[i].renamed)
			next = p[i].was;
		else if (p[i].was > next)
			p[i].moved = 1;
	}
	for (i = 0; i < nr; i++)
		if (p[i].moved)
			p[i].was = NOT_THERE;
}

/*
 * Which changed their place among the others: all but a longest run of them
 * that stand in the same order. (The usual patience method: tail[k] is the end
 * of the best run of k + 1, found by halving.)
 */
static void
find_moved(struct place *p, size_t nr)
{
	size_t *tail = xcalloc(nr + 1, sizeof(*tail));
	size_t *before = xcalloc(nr + 1, sizeof(*before));
	size_t len = 0, i, lo, hi, mid;

	move_past_kept(p, nr);
	for (i = 0; i < nr; i++) {
		if (p[i].was == NOT_THERE)
			continue;
		p[i].moved = 1;
		for (lo = 0, hi = len; lo < hi;) {
			mid = lo + (hi - lo) / 2;
			if (p[tail[mid]].was < p[i].was)
				lo = mid + 1;
			else
				hi = mid;
		}
		before[i] = lo ? tail[lo - 1] : NOT_THERE;
		tail[lo] = i;
		if (lo == len)
			len++;
	}
	for (i = len ? tail[len - 1] : NOT_THERE; i != NOT_THERE;
	    i = before[i])
		p[i].moved = 0;
	free(tail);
	free(before);
}

static struct node *
scene_node(const struct snap_scene *s, const char *change)
{
	struct node *n = node_new(NODE_MAP);

	if (s->id)
		node_set_str(n, "id", s->id);
	node_set_str(n, "folder", s->dir);
	node_set_str(n, "change", change);
	node_set_str(n, "text", node_str(s->doc, "text", ""));
	return n;
}

static void
add_both(struct node *list, const struct snap_scene *was,
    const struct snap_scene *now, int moved)
{
	struct node *changes = node_new(NODE_LIST), *n;

	scene_changes(was, now, changes);
	if (!changes->nr && !moved) {
		node_free(changes);
		return;
	}
	n = scene_node(now, "changed");
	node_set_whole(n, "index", (long long)now->index);
	node_set_whole(n, "wasIndex", (long long)was->index);
	if (moved)
		node_set_bool(n, "moved", 1);
	node_set(n, "changes", changes);
	node_push(list, n);
}

static void
add_scenes(struct node *list, const struct snapshot *was,
    const struct snapshot *now)
{
	const struct snap_scene **old = xcalloc(now->nr + 1, sizeof(*old));
	struct place *place = xcalloc(now->nr + 1, sizeof(*place));
	struct node *n;
	size_t i;

	for (i = 0; i < now->nr; i++) {
		old[i] = now->scene[i].id ? snapshot_scene(was,
		    now->scene[i].id) : NULL;
		place[i].was = old[i] ? old[i]->index : NOT_THERE;
		place[i].renamed = old[i] && strcmp(old[i]->dir,
		    now->scene[i].dir) != 0;
	}
	find_moved(place, now->nr);
	for (i = 0; i < now->nr; i++) {
		if (old[i]) {
			add_both(list, old[i], &now->scene[i],
			    place[i].moved);
			continue;
		}
		n = scene_node(&now->scene[i], "added");
		node_set_whole(n, "index", (long long)now->scene[i].index);
		node_push(list, n);
	}
	for (i = 0; i < was->nr; i++) {
		if (was->scene[i].id && snapshot_scene(now, was->scene[i].id))
			continue;
		n = scene_node(&was->scene[i], "deleted");
		node_set_whole(n, "wasIndex", (long long)was->scene[i].index);
		node_push(list, n);
	}
	free(old);
	free(place);
}

struct node *
diff_tree(const struct snapshot *was, const struct snapshot *now,
    const struct diff_ends *d)
{
	struct node *doc = node_new(NODE_MAP);
	struct node *settings = node_new(NODE_LIST);
	struct node *scenes = node_new(NODE_LIST);

	node_set_str(doc, "from", d->from);
	if (d->to_commit)
		node_set_str(doc, "to", d->to);
	else
		node_set(doc, "to", node_new(NODE_NULL));
	add_settings(settings, was, now);
	add_cover(settings, was, now);
	add_scenes(scenes, was, now);
	node_set(doc, "settings", settings);
	node_set(doc, "scenes", scenes);
	return doc;
}
