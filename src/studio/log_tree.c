#include "studio/log.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "studio/media_where.h"
#include "studio/scene_changes.h"

/* What is asked of all revisions. */
struct asking {
	const struct history *h;
	const char *here;
};

static void
add_media(const struct asking *q, struct node *revision, const char *asset,
    const struct node *rec, const char *commit, const struct git_list *files)
{
	const char *dir = node_str(revision, "folder", "");
	struct node *media = node_child(revision, "media"), *n;
	enum media_where w;

	if (!rec || !node_get(rec, "url"))
		return;
	n = node_new(NODE_MAP);
	w = media_where(q->h->git, commit, files, dir, rec, q->here);
	node_set_str(n, "asset", asset);
	node_set_str(n, "url", node_str(rec, "url", ""));
	node_set_str(n, "sha256", node_str(rec, "sha256", ""));
	node_set_str(n, "where", media_where_name(w));
	node_set_str(n, "words", media_where_words(w));
	node_push(media, n);
}

/* The folder of a commit; one that cannot be read is as if it were not. */
static void
read_side(const struct asking *q, struct snap_scene *s, const char *commit,
    const char *dir)
{
	struct err ignored = ERR_INIT;

	memset(s, 0, sizeof(*s));
	if (dir)
		snapshot_scene_read(s, q->h->git, commit, dir, &ignored);
}

static const char *
change_word(const char *was, const char *now, const struct node *changes)
{
	if (!was)
		return "added";
	if (!now)
		return "deleted";
	return strcmp(was, now) != 0 && !changes->nr ? "moved" : "changed";
}

static struct node *
revision(const struct asking *q, const struct history_step *s)
{
	const struct history_commit *c = &q->h->commit[s->commit];
	const char *parent = s->parent == NO_COMMIT ? NULL
	    : q->h->commit[s->parent].id;
	struct node *n = node_new(NODE_MAP), *changes = node_new(NODE_LIST);
	struct snap_scene was, now;
	struct git_list files = { NULL, 0, 0 };
	char *below;

	read_side(q, &was, parent, s->was);
	read_side(q, &now, c->id, s->now);
	scene_changes(was.doc ? &was : NULL, now.doc ? &now : NULL, changes);
	/* say, media that git no longer has, or a further take */
	if (!changes->nr && s->was && s->now && !strcmp(s->was, s->now))
		change_add(changes, "files", NULL, NULL);
	node_set_str(n, "commit", c->id);
	node_set_str(n, "date", c->date);
	node_set_str(n, "author", c->author);
	node_set_str(n, "subject", c->subject);
	/* what a cut history begins with may have been there before */
	node_set_str(n, "change", !c->parents && s->now &&
	    q->h->git->shallow ? "oldest known"
	    : change_word(s->was, s->now, changes));
	if (s->now)
		node_set_str(n, "folder", s->now);
	if (s->was && (!s->now || strcmp(s->was, s->now) != 0))
		node_set_str(n, "wasFolder", s->was);
	node_set(n, "changes", changes);
	node_set(n, "media", node_new(NODE_LIST));
	if (s->now) {
		below = xasprintf("scenes/%s", s->now);
		git_list(q->h->git, c->id, below, &files, NULL);
		free(below);
		add_media(q, n, "audio", now.audio, c->id, &files);
		add_media(q, n, "image", now.image, c->id, &files);
		git_list_release(&files);
	}
	snap_scene_release(&was);
	snap_scene_release(&now);
	return n;
}

/* What is in the working tree and not at HEAD; NULL where nothing is. */
static struct node *
uncommitted(const struct asking *q, const char *id, struct err *e)
{
	const char *head = history_at_head(q->h, id);
	struct node *n = node_new(NODE_MAP), *changes = node_new(NODE_LIST);
	struct snap_scene was, now;

	memset(&now, 0, sizeof(now));
	read_side(q, &was, "HEAD", head);
	if (q->here && snapshot_scene_read(&now, q->h->git, NULL, q->here, e)
	    < 0) {
		/* broken, say by a merge: it cannot be told what it changes */
		memset(&now, 0, sizeof(now));
		change_add(changes, e->msg, NULL, NULL);
	} else {
		scene_changes(was.doc ? &was : NULL, now.doc ? &now : NULL,
		    changes);
	}
	node_set_str(n, "change", change_word(head, q->here, changes));
	if (q->here)
		node_set_str(n, "folder", q->here);
	if (head && (!q->here || strcmp(head, q->here) != 0))
		node_set_str(n, "wasFolder", head);
	if (!changes->nr && !node_get(n, "wasFolder")) {
		node_free(n);
		n = NULL;
	}
	if (n) {
		node_set(n, "changes", changes);
		node_set(n, "media", node_new(NODE_LIST));
	} else {
		node_free(changes);
	}
	snap_scene_release(&was);
	snap_scene_release(&now);
	return n;
}

struct node *
log_tree(const struct history *h, const char *id, const char *here,
    struct err *e)
{
	struct asking q = { h, here };
	struct node *list = node_new(NODE_LIST), *n;
	struct history_steps steps;
	size_t i;

	n = here || history_at_head(h, id) ? uncommitted(&q, id, e) : NULL;
	if (n)
		node_push(list, n);
	history_steps(h, id, &steps);
	for (i = 0; i < steps.nr; i++)
		node_push(list, revision(&q, &steps.v[i]));
	free(steps.v);
	return list;
}
