#include "text/scene_sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strset.h"
#include "record/scene_new.h"
#include "record/yaml.h"
#include "text/resplit.h"
#include "text/scene_base.h"
#include "text/scene_keys.h"
#include "text/scene_rekey.h"
#include "text/scene_remove.h"

struct sync {
	const struct project *p;
	const struct node *base;  /* list of split.json, or NULL */
	struct script theirs;
	struct resplit plan;
	unsigned *key;            /* by item of the plan */
	char **id;                /* by part of theirs; owned */
	struct strset taken;      /* ids */
	struct scene_sync *r;
};

void
scene_sync_release(struct scene_sync *r)
{
	strvec_release(&r->messages);
}

/* UUIDv5 of the text and its ordinal, as scene_new_id, but it also passes over
 * the ids of scenes that the user deleted. */
static void
new_id(struct sync *s, const char *text, char out[UUID_LEN])
{
	struct strbuf name = STRBUF_INIT;
	unsigned ordinal = 0;

	do {
		strbuf_reset(&name);
		strbuf_addf(&name, "%u %s", ++ordinal, text);
		if (uuid_named(s->p->id, name.buf, name.len, out) < 0)
			uuid_random(out);
	} while (!strset_add(&s->taken, out));
	strbuf_release(&name);
}

static int
complete_one(const struct project *p, struct scene *s, struct scene_sync *r,
    struct err *e)
{
	char *path = project_path(p, "scenes/%s/scene.yaml", s->dir), *name;
	struct node *id;
	char uuid[UUID_LEN];
	int ret;

	scene_new_id(p, s->text, uuid);
	id = node_text(uuid);
	ret = yaml_edit_file(path, "id", id, e);
	node_free(id);
	free(path);
	if (ret < 0)
		return -1;
	node_set_str(s->doc, "id", uuid); /* so that the next is another */
	s->id = node_str(s->doc, "id", NULL);
	name = xasprintf("%06u-%.8s", s->key, uuid);
	ret = scene_rename(p, s->dir, name, e);
	strvec_pushf(&r->messages, "scenes/%s: completed as %s", s->dir, name);
	r->changed = 1;
	free(name);
	return ret;
}

int
scene_sync_complete(struct project *p, struct scene_sync *r, struct err *e)
{
	size_t i;

	for (i = 0; i < p->nr; i++)
		if (!p->scene[i].id &&
		    complete_one(p, &p->scene[i], r, e) < 0)
			return -1;
	return 0;
}

static const struct node *
base_at(const struct sync *s, size_t i)
{
	return i == RESPLIT_NONE ? NULL : s->base->kid[i];
}

static void
plan(struct sync *s)
{
	size_t bn = s->base ? s->base->nr : 0, i;
	struct resplit_text *b = xcalloc(bn + 1, sizeof(*b));
	struct resplit_text *t = xcalloc(s->theirs.nr + 1, sizeof(*t));
	struct resplit_text *o = xcalloc(s->p->nr + 1, sizeof(*o));

	for (i = 0; i < bn; i++) {
		b[i].id = node_str(s->base->kid[i], "id", NULL);
		b[i].text = node_str(s->base->kid[i], "text", "");
		if (b[i].id)
			strset_add(&s->taken, b[i].id);
	}
	for (i = 0; i < s->theirs.nr; i++)
		t[i].text = s->theirs.v[i].text;
	for (i = 0; i < s->p->nr; i++) {
		o[i].id = s->p->scene[i].id;
		o[i].text = s->p->scene[i].text;
		strset_add(&s->taken, o[i].id);
	}
	resplit_make(b, bn, t, s->theirs.nr, o, s->p->nr, &s->plan);
	free(b);
	free(t);
	free(o);
}

static int
number(struct sync *s, struct err *e)
{
	const struct resplit_item *it;
	size_t i;

	s->key = xcalloc(s->plan.nr + 1, sizeof(*s->key));
	for (i = 0; i < s->plan.nr; i++) {
		it = &s->plan.v[i];
		s->key[i] = it->moved || it->ours == RESPLIT_NONE ? 0
		    : s->p->scene[it->ours].key;
	}
	if (scene_keys_fill(s->key, s->plan.nr) < 0)
		return err_set(e, EX_DATA, "script.md: %zu scenes are more "
		    "than the %u there can be; make two films of it",
		    s->plan.nr, SCENE_KEY_MAX);
	return 0;
}

static int
insert(struct sync *s, size_t i, struct err *e)
{
	const struct script_part *part = &s->theirs.v[s->plan.v[i].theirs];
	char id[UUID_LEN];

	new_id(s, part->text, id);
	s->id[s->plan.v[i].theirs] = xstrdup(id);
	s->r->changed = 1;
	return scene_create(s->p, s->key[i], scene_base_node(id, part), NULL,
	    e);
}

static void
say_conflict(struct sync *s, const struct scene *scene, const char *field,
    int gone)
{
	s->r->conflicts++;
	strvec_pushf(&s->r->messages, gone ? "scenes/%s: is gone from script.md"
	    ", but its %s was edited; kept: rm -r it, or studio split-scenes "
	    "--write-script" : "scenes/%s: %s was changed here and in "
	    "script.md; kept: make them the same, or studio split-scenes "
	    "--write-script", scene->dir, field);
}

/* Set, or take away, one field of a scene.yaml. */
static int
edit(struct sync *s, const struct scene *scene, const char *field,
    const char *value, struct err *e)
{
	char *path = project_path(s->p, "scenes/%s/scene.yaml", scene->dir);
	struct node *n = value ? node_text(value) : NULL;
	int ret = yaml_edit_file(path, field, n, e);

	s->r->changed |= ret > 0;
	node_free(n);
	free(path);
	return ret < 0 ? -1 : 0;
}

/* The fields beside the text, each by the same rule. Returns 1 for a
 * conflict. */
static int
merge_fields(struct sync *s, const struct resplit_item *it, struct err *e)
{
	const struct scene *scene = &s->p->scene[it->ours];
	const char *b, *t, *o;
	size_t i;
	int disputed = 0;

	for (i = 0; scene_base_fields[i]; i++) {
		b = scene_base_get(base_at(s, it->base), scene_base_fields[i]);
		t = scene_base_of(&s->theirs.v[it->theirs],
		    scene_base_fields[i]);
		o = scene_base_get(scene->doc, scene_base_fields[i]);
		switch (resplit_field(b, t, o)) {
		case RESPLIT_SET:
			if (edit(s, scene, scene_base_fields[i], t, e) < 0)
				return -1;
			break;
		case RESPLIT_CONFLICT:
			say_conflict(s, scene, scene_base_fields[i], 0);
			disputed = 1;
			break;
		default:
			break;
		}
	}
	return disputed;
}

/* One scene that is there. Returns 1 for a conflict. */
static int
merge(struct sync *s, struct resplit_item *it, struct err *e)
{
	const struct scene *scene = &s->p->scene[it->ours];
	int ret = 0;

	if (it->kind == RESPLIT_CONFLICT)
		say_conflict(s, scene, "text", it->theirs == RESPLIT_NONE);
	if (it->kind == RESPLIT_SET && edit(s, scene, "text",
	    s->theirs.v[it->theirs].text, e) < 0)
		return -1;
	if (it->theirs != RESPLIT_NONE) {
		s->id[it->theirs] = xstrdup(scene->id);
		if (it->base != RESPLIT_NONE)
			ret = merge_fields(s, it, e);
	}
	if (ret > 0)
		it->kind = RESPLIT_CONFLICT;
	return ret < 0 ? -1 : 0;
}

/* Folders whose key changed. */
static int
rename_all(struct sync *s, struct err *e)
{
	const struct scene **list = xcalloc(s->plan.nr + 1, sizeof(*list));
	size_t i, ours;
	int ret;

	for (i = 0; i < s->plan.nr; i++) {
		ours = s->plan.v[i].ours;
		list[i] = ours == RESPLIT_NONE ? NULL : &s->p->scene[ours];
	}
	ret = scene_rekey(s->p, list, s->key, s->plan.nr, e);
	s->r->changed |= ret > 0;
	free(list);
	return ret < 0 ? -1 : 0;
}

static int
remove_gone(struct sync *s, struct err *e)
{
	const struct scene *scene;
	size_t i;
	int ret;

	for (i = 0; i < s->plan.gone_nr; i++) {
		scene = &s->p->scene[s->plan.gone[i]];
		ret = scene_remove(s->p, scene, base_at(s,
		    s->plan.gone_base[i]), e);
		if (ret < 0)
			return -1;
		s->r->changed = 1;
		strvec_pushf(&s->r->messages, ret ? "scenes/%s: left the "
		    "script; moved to build/removed" : "scenes/%s: left the "
		    "script; removed, as nothing in it was yours",
		    scene->dir);
	}
	return 0;
}

/* What was split, for the next time. A disputed scene keeps its old entry, a
 * scene that the user deleted its id. */
static struct node *
next_base(struct sync *s)
{
	const struct node **keep = xcalloc(s->theirs.nr + 1, sizeof(*keep));
	struct node *list = node_new(NODE_LIST);
	const struct resplit_item *it;
	const struct node *was;
	const char *id;
	size_t i;

	for (i = 0; i < s->plan.nr; i++) {
		it = &s->plan.v[i];
		if (it->kind != RESPLIT_CONFLICT)
			continue;
		if (it->theirs == RESPLIT_NONE)
			node_push(list, node_copy(base_at(s, it->base)));
		else
			keep[it->theirs] = base_at(s, it->base);
	}
	for (i = 0; i < s->theirs.nr; i++) {
		was = base_at(s, s->plan.theirs_base[i]);
		id = s->id[i] ? s->id[i] : node_str(was, "id", NULL);
		if (keep[i])
			node_push(list, node_copy(keep[i]));
		else if (id)
			node_push(list, scene_base_node(id, &s->theirs.v[i]));
	}
	free(keep);
	return list;
}

static int
apply(struct sync *s, struct err *e)
{
	size_t i;

	s->id = xcalloc(s->theirs.nr + 1, sizeof(*s->id));
	for (i = 0; i < s->plan.nr; i++)
		if (s->plan.v[i].kind != RESPLIT_INSERT &&
		    merge(s, &s->plan.v[i], e) < 0)
			return -1;
	/* before the new ones, so that these come between their neighbours
	 * also where we are stopped half way */
	if (rename_all(s, e) < 0)
		return -1;
	for (i = 0; i < s->plan.nr; i++)
		if (s->plan.v[i].kind == RESPLIT_INSERT && insert(s, i, e) < 0)
			return -1;
	return remove_gone(s, e);
}

int
scene_sync_script(const struct project *p, struct asset_state *split,
    struct scene_sync *r, struct err *e)
{
	struct strvec strangers = STRVEC_INIT;
	struct sync s;
	size_t i;
	int ret;

	memset(&s, 0, sizeof(s));
	s.p = p;
	s.base = node_get(split->rec.doc, "scenes");
	s.r = r;
	ret = scene_base_script(p, s.base, &s.theirs, &strangers, e);
	for (i = 0; i < strangers.nr; i++)
		strvec_pushf(&r->messages, "script.md: \"%s:\" is read aloud; "
		    "if that is a speaker, name it under speakers: in "
		    "settings.yaml", strangers.v[i]);
	strvec_release(&strangers);
	if (ret == 0) {
		plan(&s);
		ret = number(&s, e);
	}
	if (ret == 0)
		ret = apply(&s, e);
	if (ret == 0)
		ret = scene_base_write(p, split, next_base(&s),
		    r->conflicts > 0, e);
	for (i = 0; s.id && i < s.theirs.nr; i++)
		free(s.id[i]);
	free(s.id);
	free(s.key);
	strset_release(&s.taken);
	resplit_release(&s.plan);
	script_release(&s.theirs);
	return ret;
}
