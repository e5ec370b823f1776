/* What git's log says of scenes (studio/history.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strvec.h"
#include "record/yaml.h"
#include "studio/history.h"

#define KEY_DIGITS 6
#define FIELDS 6 /* of a commit in the log */

size_t
scene_dir_in(const char *path, const char **dir, const char **file)
{
	const char *s = path + 7;
	size_t n, i;

	if (strncmp(path, "scenes/", 7) != 0)
		return 0;
	n = strcspn(s, "/");
	if (s[n] != '/' || strspn(s, "0123456789") != KEY_DIGITS ||
	    s[KEY_DIGITS] != '-')
		return 0;
	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] < ' ')
			return 0; /* no folder that a project may have */
	*dir = s;
	*file = s + n + 1;
	return n;
}

int
scene_id_in(const char *text, size_t len, char out[UUID_LEN])
{
	const char *s = text, *end = text + len, *nl;

	for (; s < end; s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (!nl)
			nl = end;
		if (end - s < 3 || memcmp(s, "id:", 3) != 0)
			continue;
		s += 3;
		while (s < nl && (*s == ' ' || *s == '"' || *s == '\''))
			s++;
		if (nl - s < UUID_LEN - 1)
			continue;
		memcpy(out, s, UUID_LEN - 1);
		out[UUID_LEN - 1] = '\0';
		if (uuid_valid(out))
			return 1;
	}
	return 0;
}

/* The next of the NUL-terminated fields. */
static const char *
field(const char **s, const char *end)
{
	const char *f = *s;
	size_t n = strnlen(f, (size_t)(end - f));

	if (f + n >= end)
		return NULL;
	*s = f + n + 1;
	return f;
}

static int
by_name(const void *pa, const void *pb)
{
	const struct history_commit *const *a = pa, *const *b = pb;

	return strcmp((*a)->id, (*b)->id);
}

static int
is_named(const void *id, const void *commit)
{
	return strcmp(id, (*(struct history_commit *const *)commit)->id);
}

/* parents: the ids of each commit's, separated by spaces. */
static void
join_parents(struct history *h, const struct strvec *parents)
{
	struct history_commit **sorted, **found, *c;
	char id[GIT_ID];
	const char *s;
	size_t i, n;

	sorted = xreallocarray(NULL, h->nr + 1, sizeof(*sorted));
	for (i = 0; i < h->nr; i++)
		sorted[i] = &h->commit[i];
	if (h->nr)
		qsort(sorted, h->nr, sizeof(*sorted), by_name);
	for (i = 0; i < parents->nr; i++) { /* as many */
		c = &h->commit[i];
		c->parent = xcalloc(strlen(parents->v[i]) / 40 + 1,
		    sizeof(*c->parent));
		for (s = parents->v[i]; *s; s += n, s += *s == ' ') {
			n = strcspn(s, " ");
			snprintf(id, sizeof(id), "%.*s", (int)n, s);
			found = bsearch(id, sorted, h->nr, sizeof(*sorted),
			    is_named);
			c->parent[c->parents++] = found
			    ? (size_t)(*found - h->commit) : NO_COMMIT;
		}
	}
	free(sorted);
}

static int
read_log(struct history *h, struct err *e)
{
	static const char *const args[] = { "log", "-z", "--topo-order",
		"--full-history", "--parents", "--no-notes",
		"--format=%H%x00%P%x00%T%x00%aI%x00%an%x00%s", "HEAD", "--",
		"scenes", NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strvec parents = STRVEC_INIT;
	struct strbuf b = STRBUF_INIT;
	const char *s, *end, *f[FIELDS];
	struct history_commit *k;
	size_t i;
	int ret;

	c.dir = h->git->root;
	c.args = args;
	c.out = &b;
	ret = git_run(&c, e);
	/* the last of the fields ends with the output */
	strbuf_addch(&b, '\0');
	s = b.buf;
	end = b.buf + b.len;
	while (ret == 0 && s < end - 1) {
		for (i = 0; i < FIELDS && (f[i] = field(&s, end)); i++)
			;
		if (i < FIELDS || strlen(f[0]) >= GIT_ID ||
		    strlen(f[2]) >= GIT_ID) {
			ret = err_set(e, EX_FAILED, "git log: gave what is no "
			    "list of commits; git fsck looks for what is "
			    "wrong");
			break;
		}
		ALLOC_GROW(h->commit, h->nr, h->alloc);
		k = &h->commit[h->nr++];
		memset(k, 0, sizeof(*k));
		snprintf(k->id, GIT_ID, "%s", f[0]);
		snprintf(k->tree, GIT_ID, "%s", f[2]);
		strvec_push(&parents, f[1]);
		k->date = xstrdup(f[3]);
		k->author = xstrdup(f[4]);
		k->subject = xstrdup(f[5]);
	}
	if (ret == 0)
		join_parents(h, &parents);
	strvec_release(&parents);
	strbuf_release(&b);
	return ret;
}

/* The tree without files, as this repository names it. */
static int
empty_tree(const struct history *h, struct strbuf *out, struct err *e)
{
	static const char *const args[] = { "hash-object", "-t", "tree",
		"--stdin", NULL };
	struct git_call c = GIT_CALL_INIT;
	int ret;

	c.dir = h->git->root;
	c.args = args;
	c.out = out;
	ret = git_run(&c, e);
	strbuf_trim(out);
	return ret;
}

/* ":100644 100644 WAS NOW M" and the path. */
static int
add_change(struct history *h, const char *head, const char *path)
{
	size_t skip = strlen(h->git->prefix), n;
	struct history_change *k;
	const char *dir, *file;
	unsigned mode_was, mode_now;
	char was[GIT_ID], now[GIT_ID], was_kind, now_kind;

	if (sscanf(head, ":%o %o %64[0-9a-f]%c%64[0-9a-f]%c", &mode_was,
	    &mode_now, was, &was_kind, now, &now_kind) != 6)
		return -1;
	if (strncmp(path, h->git->prefix, skip) != 0)
		return 0;
	n = scene_dir_in(path + skip, &dir, &file);
	if (!n)
		return 0;
	ALLOC_GROW(h->change, h->changes, h->change_alloc);
	k = &h->change[h->changes++];
	memcpy(k->was, was, GIT_ID);
	memcpy(k->now, now, GIT_ID);
	k->dir = xasprintf("%.*s%c%s", (int)n, dir, '/', file);
	k->dir[n] = '\0';
	k->file = k->dir + n + 1;
	if (!strcmp(k->file, "scene.yaml")) {
		git_blobs_want(&h->blobs, was);
		git_blobs_want(&h->blobs, now);
	}
	return 0;
}

/* The changes of each pair of trees: "TREE TREE\n", then its files. */
static int
read_pairs(struct history *h, const struct strbuf *b)
{
	const char *s = b->buf, *end = s + b->len, *head, *path;
	size_t i;

	for (i = 0; i < h->pairs; i++) {
		s = memchr(s, '\n', (size_t)(end - s));
		if (!s++)
			return -1;
		h->pair[i].from = h->changes;
		while (s < end && *s == ':') {
			head = field(&s, end);
			path = head ? field(&s, end) : NULL;
			if (!path || add_change(h, head, path) < 0)
				return -1;
		}
		h->pair[i].to = h->changes;
	}
	return 0;
}

/* Compare each commit's tree with each parent's. */
static int
read_diffs(struct history *h, struct err *e)
{
	static const char *const args[] = { "diff-tree", "--stdin", "-r",
		"--raw", "-z", "--no-abbrev", "--no-renames", "--", "scenes",
		NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf in = STRBUF_INIT, out = STRBUF_INIT, none = STRBUF_INIT;
	struct history_commit *k;
	size_t i, p, at;
	int ret = empty_tree(h, &none, e);

	for (i = 0; i < h->nr; i++) {
		k = &h->commit[i];
		k->pair = h->pairs;
		for (p = 0; p < (k->parents ? k->parents : 1); p++) {
			at = k->parents ? k->parent[p] : NO_COMMIT;
			strbuf_addf(&in, "%s %s\n", at == NO_COMMIT ? none.buf
			    : h->commit[at].tree, k->tree);
			h->pairs++;
		}
	}
	h->pair = xcalloc(h->pairs + 1, sizeof(*h->pair));
	c.dir = h->git->root;
	c.args = args;
	c.in = in.buf;
	c.in_len = in.len;
	c.out = &out;
	if (ret == 0 && h->pairs)
		ret = git_run(&c, e);
	if (ret == 0 && read_pairs(h, &out) < 0)
		ret = err_set(e, EX_FAILED, "git diff-tree: gave what is no "
		    "list of changes; git fsck looks for what is wrong");
	strbuf_release(&in);
	strbuf_release(&out);
	strbuf_release(&none);
	return ret;
}

/* The scene.yaml files of HEAD's list: first wanted, then read. */
static void
note_heads(struct history *h, const struct git_list *l, int want)
{
	const struct git_blob *b;
	const char *dir, *file;
	char id[UUID_LEN];
	size_t i, n;

	for (i = 0; i < l->nr; i++) {
		n = scene_dir_in(l->v[i].path, &dir, &file);
		if (!n || strcmp(file, "scene.yaml") != 0 ||
		    !git_is_file(&l->v[i]))
			continue;
		if (want) {
			git_blobs_want(&h->blobs, l->v[i].id);
			continue;
		}
		b = git_blobs_get(&h->blobs, l->v[i].id);
		if (!b || !scene_id_in(b->text, b->len, id))
			continue;
		ALLOC_GROW(h->head, h->heads, h->head_alloc);
		h->head[h->heads].dir = xmemdup(dir, n);
		memcpy(h->head[h->heads++].id, id, UUID_LEN);
	}
}

int
history_read(struct history *h, const struct git *g, struct err *e)
{
	struct git_list list;
	int ret;

	memset(h, 0, sizeof(*h));
	h->git = g;
	if (!git_has_commits(g))
		return err_set(e, EX_CONF, "%s: nothing was committed yet, so "
		    "there is no history; git add -A, then git commit",
		    g->root);
	ret = git_list(g, "HEAD", "scenes", &list, e);
	if (ret == 0)
		note_heads(h, &list, 1);
	if (ret == 0)
		ret = read_log(h, e);
	if (ret == 0)
		ret = read_diffs(h, e);
	if (ret == 0)
		ret = git_blobs_read(&h->blobs, g, YAML_BYTES, e);
	if (ret == 0)
		note_heads(h, &list, 0);
	git_list_release(&list);
	if (ret < 0)
		history_release(h);
	return ret;
}

void
history_release(struct history *h)
{
	size_t i;

	for (i = 0; i < h->nr; i++) {
		free(h->commit[i].date);
		free(h->commit[i].author);
		free(h->commit[i].subject);
		free(h->commit[i].parent);
	}
	for (i = 0; i < h->changes; i++)
		free(h->change[i].dir);
	free(h->commit);
	free(h->change);
	free(h->pair);
	git_blobs_release(&h->blobs);
	for (i = 0; i < h->heads; i++)
		free(h->head[i].dir);
	free(h->head);
	memset(h, 0, sizeof(*h));
}
