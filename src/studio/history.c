#include "studio/history.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strvec.h"

#define LEAST 4 /* characters of an id without "@" */

/* Does this blob, a scene.yaml, say this id? */
static int
says(const struct history *h, const char *blob, const char *id)
{
	const struct git_blob *b = git_blobs_get(&h->blobs, blob);
	char found[UUID_LEN];

	return b && scene_id_in(b->text, b->len, found) && !strcmp(found, id);
}

const char *
history_at_head(const struct history *h, const char *id)
{
	size_t i;

	for (i = 0; i < h->heads; i++)
		if (!strcmp(h->head[i].id, id))
			return h->head[i].dir;
	return NULL;
}

/* One of a list that is to hold one id only. */
static void
note(struct strvec *ids, const struct history *h, const char *blob)
{
	const struct git_blob *b = git_blobs_get(&h->blobs, blob);
	char id[UUID_LEN];

	if (b && scene_id_in(b->text, b->len, id) && !strvec_has(ids, id))
		strvec_push(ids, id);
}

/* Does name, the start of an id, begin what this blob says? */
static void
note_start(struct strvec *ids, const struct history *h, const char *blob,
    const char *name)
{
	const struct git_blob *b = git_blobs_get(&h->blobs, blob);
	char id[UUID_LEN];

	if (b && scene_id_in(b->text, b->len, id) &&
	    !strncmp(id, name, strlen(name)) && !strvec_has(ids, id))
		strvec_push(ids, id);
}

static void
find_folder(const struct history *h, const char *name, struct strvec *ids)
{
	const struct history_change *k;
	size_t i;

	for (i = 0; i < h->heads; i++)
		if (!strcmp(h->head[i].dir, name))
			strvec_push(ids, h->head[i].id);
	for (i = 0; !ids->nr && i < h->changes; i++) {
		k = &h->change[i];
		if (strcmp(k->dir, name) != 0 ||
		    strcmp(k->file, "scene.yaml") != 0)
			continue;
		note(ids, h, k->now);
		note(ids, h, k->was);
	}
}

static void
find_start(const struct history *h, const char *name, struct strvec *ids)
{
	size_t i;

	for (i = 0; i < h->blobs.nr; i++)
		note_start(ids, h, h->blobs.v[i].id, name);
}

int
history_find(const struct history *h, const char *name, char id[UUID_LEN],
    struct err *e)
{
	struct strvec ids = STRVEC_INIT;
	int ret = 0;

	if (*name != '@')
		find_folder(h, name, &ids);
	if (!ids.nr && (*name == '@' ? name[1] != '\0'
	    : strlen(name) >= LEAST))
		find_start(h, name + (*name == '@'), &ids);
	if (ids.nr == 1)
		memcpy(id, ids.v[0], UUID_LEN);
	else if (ids.nr > 1)
		ret = err_set(e, EX_BADUSE, "%.80s: may be the scene @%.13s or "
		    "@%.13s%s; name one of them", name, ids.v[0], ids.v[1],
		    ids.nr > 2 ? " or another" : "");
	else
		ret = err_set(e, EX_BADUSE, "%.80s: no such scene, here or in "
		    "what was committed%s; name one by its position, its "
		    "folder, or @ and the start of its id", name,
		    h->git->shallow ? " as far as this clone knows (git fetch "
		    "--unshallow gets the rest)" : "");
	strvec_release(&ids);
	return ret;
}

/* The folder that the scene has in the parent, seen from the commit where it
 * is in now (NULL: nowhere). */
static const char *
folder_before(const struct history *h, const struct history_pair *p,
    const char *id, const char *now)
{
	const struct history_change *k, *same = NULL;
	const char *other = NULL;
	size_t i;

	for (i = p->from; i < p->to; i++) {
		k = &h->change[i];
		if (strcmp(k->file, "scene.yaml") != 0)
			continue;
		if (now && !strcmp(k->dir, now))
			same = k;
		if (!other && says(h, k->was, id))
			other = k->dir;
		else if (says(h, k->was, id) && now && !strcmp(k->dir, now))
			other = k->dir;
	}
	return now && !same ? now : other;
}

static const struct history_change *
find_change(const struct history *h, const struct history_pair *p,
    const char *dir, const char *file)
{
	size_t i;

	for (i = p->from; i < p->to; i++)
		if (!strcmp(h->change[i].dir, dir) && (!file ||
		    !strcmp(h->change[i].file, file)))
			return &h->change[i];
	return NULL;
}

/* Is this file of the scene as the parent has it? */
static int
is_as_before(const struct history *h, const struct history_pair *p,
    const char *now, const char *was, const char *file)
{
	const struct history_change *a, *b;

	if (!was)
		return 0;
	a = find_change(h, p, now, file);
	if (!strcmp(now, was))
		return !a;
	b = find_change(h, p, was, file);
	return a && b ? !strcmp(a->now, b->was) : !a && !b;
}

/* A commit as the walk comes to it. */
struct seen {
	const struct history *h;
	const struct history_commit *c;
	const char *now;  /* its folder in c; NULL: none */
	const char **was; /* and in each parent */
};

/* Is a file of the scene in c another than in every parent? */
static int
has_own_file(const struct seen *s)
{
	const struct history *h = s->h;
	const struct history_pair *p = &h->pair[s->c->pair];
	size_t i, k;

	/* what differs from all differs from the first */
	for (i = p->from; i < p->to; i++) {
		if (strcmp(h->change[i].dir, s->now) != 0 &&
		    (!s->was[0] || strcmp(h->change[i].dir, s->was[0]) != 0))
			continue;
		for (k = 0; k < s->c->parents && !is_as_before(h, p + k,
		    s->now, s->was[k], h->change[i].file); k++)
			;
		if (k == s->c->parents)
			return 1;
	}
	return 0;
}

/* Did this commit change the scene? A merge that takes each file, and the
 * folder, from one parent or another did not. */
static int
is_step(const struct seen *s)
{
	size_t k;

	if (!s->c->parents)
		return s->now != NULL;
	for (k = 0; k < s->c->parents; k++)
		if (!s->now ? !s->was[k] : s->was[k] &&
		    !strcmp(s->now, s->was[k]))
			break;
	if (k == s->c->parents)
		return 1; /* a folder of its own */
	return s->now && has_own_file(s);
}

static void
add_step(struct history_steps *out, const struct seen *s)
{
	struct history_step *n;

	ALLOC_GROW(out->v, out->nr, out->alloc);
	n = &out->v[out->nr++];
	n->commit = (size_t)(s->c - s->h->commit);
	n->parent = s->c->parents ? s->c->parent[0] : NO_COMMIT;
	n->now = s->now;
	n->was = s->c->parents ? s->was[0] : NULL;
}

void
history_steps(const struct history *h, const char *id,
    struct history_steps *out)
{
	const char **at = xcalloc(h->nr + 1, sizeof(*at));
	char *known = xcalloc(h->nr + 1, 1);
	struct seen s;
	size_t i, p, parent;

	memset(out, 0, sizeof(*out));
	at[0] = history_at_head(h, id);
	known[0] = 1;
	for (i = 0; i < h->nr; i++) {
		if (!known[i])
			continue;
		s.h = h;
		s.c = &h->commit[i];
		s.now = at[i];
		s.was = xcalloc(s.c->parents + 1, sizeof(*s.was));
		for (p = 0; p < s.c->parents; p++) {
			parent = s.c->parent[p];
			s.was[p] = folder_before(h, &h->pair[s.c->pair + p],
			    id, at[i]);
			if (parent != NO_COMMIT && !known[parent]) {
				at[parent] = s.was[p];
				known[parent] = 1;
			}
		}
		if (is_step(&s))
			add_step(out, &s);
		free(s.was);
	}
	free(known);
	free(at);
}
