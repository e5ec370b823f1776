/*
 * studio cost: what was paid for the project here, or for several.
 */
#include "studio/cost.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "store/budget.h"
#include "studio/studio.h"

#define DEPTH 2 /* levels below a folder that are looked at for projects */

const char *const cost_by_names[] = { "provider", "scene", "day", "stage",
	NULL };

static int
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* A project that is named twice was paid for once. */
static void
add_root(const char *dir, struct strvec *roots)
{
	char *real = xrealpath(dir);

	if (!real || !strvec_has(roots, real))
		strvec_push(roots, real ? real : dir);
	free(real);
}

static void
find_projects(const char *dir, int depth, struct strvec *roots)
{
	char *file = path_join(dir, "project.yaml"), *sub;
	struct strvec names = STRVEC_INIT;
	size_t i;

	if (file_exists(file))
		add_root(dir, roots);
	else if (depth > 0)
		list_folder(dir, &names);
	for (i = 0; i < names.nr; i++) {
		sub = xasprintf("%s/%s", dir, names.v[i]);
		if (names.v[i][0] != '.' && is_folder(sub))
			find_projects(sub, depth - 1, roots);
		free(sub);
	}
	strvec_release(&names);
	free(file);
}

void
cost_projects(const char *dir, struct strvec *roots)
{
	struct strvec found = STRVEC_INIT;
	size_t i;

	if (!is_folder(dir))
		die(EX_BADUSE, "%s: no such folder", dir);
	find_projects(dir, DEPTH, &found);
	if (!found.nr)
		die(EX_CONF, "%s: no project in it, nor two levels below; make "
		    "one with \"studio new\"", dir);
	for (i = 0; i < found.nr; i++)
		add_root(found.v[i], roots);
	strvec_release(&found);
}

int
cost_title_is_shared(const struct account *a, const struct cost_project *p)
{
	size_t i;

	for (i = 0; i < a->project_nr; i++)
		if (&a->project[i] != p && !strcmp(a->project[i].title,
		    p->title))
			return 1;
	return 0;
}

/* A project in the name of a row: clones of one go by the same. */
static const char *
name_of(const struct account *a, const struct cost_project *p)
{
	const struct cost_project *first = p, *other;
	int shared = 0;
	size_t i;

	for (i = a->project_nr; i-- > 0; ) {
		other = &a->project[i];
		if (!strcmp(other->id, p->id))
			first = other;
		else if (!strcmp(other->title, p->title))
			shared = 1;
	}
	return shared ? first->folder : first->title;
}

/* What a row of this entry is called; to be freed. */
static char *
key_of(const struct account *a, const struct cost_project *p,
    const struct ledger_entry *l)
{
	const char *what;
	size_t n;

	switch (a->by) {
	case BY_DAY:
		return xasprintf("%.10s", l->at);
	case BY_STAGE:
		return xstrdup(l->kind);
	case BY_SCENE:
		/* older entries have no folder: "scene 3 audio" */
		what = *l->scene ? l->scene : *l->what ? l->what : l->kind;
		n = strlen(what);
		if (!*l->scene && !strncmp(what, "scene ", 6))
			n = 6 + strcspn(what + 6, " ");
		if (a->project_nr == 1)
			return xmemdup(what, n);
		return xasprintf("%s: %.*s", name_of(a, p), (int)n,
		    what);
	default:
		return xstrdup(l->provider);
	}
}

static struct cost_row *
row_of(struct account *a, char *key)
{
	size_t i;

	for (i = 0; i < a->nr; i++)
		if (!strcmp(a->row[i].key, key)) {
			free(key);
			return &a->row[i];
		}
	ALLOC_GROW(a->row, a->nr, a->alloc);
	memset(&a->row[a->nr], 0, sizeof(*a->row));
	a->row[a->nr].key = key;
	return &a->row[a->nr++];
}

static int
by_call(const void *x, const void *y)
{
	const struct ledger_entry *a = x, *b = y;
	int order = strcmp(a->at, b->at);

	if (!order)
		order = strcmp(a->request, b->request);
	return order ? order : strcmp(a->sha256, b->sha256);
}

/* Is it in a clone that was added before, whose entries are sorted since? */
static int
is_repeated(const struct account *a, const struct cost_project *p,
    const struct ledger_entry *l)
{
	const struct cost_project *other;

	for (other = a->project; other < p; other++)
		if (!strcmp(other->id, p->id) && other->ledger.nr &&
		    bsearch(l, other->ledger.entry, other->ledger.nr,
		    sizeof(*l), by_call))
			return 1;
	return 0;
}

static void
add(struct account *a, struct cost_project *p, const struct ledger_entry *l)
{
	size_t had = a->total.unknown;
	struct cost_row *row;
	struct err e = ERR_INIT;

	if (ledger_sum_add(&p->sum, l, &e) < 0)
		die_err(&e);
	if (is_repeated(a, p, l)) {
		a->repeated++;
		return;
	}
	row = row_of(a, key_of(a, p, l));
	if (ledger_sum_add(&row->sum, l, &e) < 0 ||
	    ledger_sum_add(&a->total, l, &e) < 0)
		die_err(&e);
	if (a->total.unknown > had && !a->unknown) {
		a->unknown = xstrdup(l->provider);
		a->unknown_kind = xstrdup(l->kind);
	}
}

static void
add_project(struct account *a, struct cost_project *p)
{
	size_t i;

	for (i = 0; i < p->ledger.nr; i++)
		add(a, p, &p->ledger.entry[i]);
	if (p->ledger.nr)
		qsort(p->ledger.entry, p->ledger.nr, sizeof(*p->ledger.entry),
		    by_call);
}

static void
read_project(struct cost_project *out, const char *root)
{
	struct err e = ERR_INIT;
	struct project p;

	memset(out, 0, sizeof(*out));
	if (project_load(&p, root, &e) < 0 ||
	    ledger_read(&p, &out->ledger, &e) < 0) {
		err_prefix(&e, "%s", root);
		die_err(&e);
	}
	out->id = xstrdup(p.id);
	out->title = xstrdup(p.title);
	out->root = xstrdup(p.root);
	out->budget = node_num(p.doc, "budget", -1);
	project_release(&p);
}

/* What comes after the folder that holds them all. */
static void
name_folders(struct account *a)
{
	const char *one = a->project[0].root;
	size_t same = strlen(one), i, k;

	for (i = 1; i < a->project_nr; i++) {
		for (k = 0; k < same && a->project[i].root[k] == one[k]; )
			k++;
		same = k;
	}
	while (same > 0 && one[same - 1] != '/')
		same--;
	for (i = 0; i < a->project_nr; i++)
		a->project[i].folder = a->project[i].root + same;
}

static int
by_key(const void *x, const void *y)
{
	const struct cost_row *a = x, *b = y;

	return strcmp(a->key, b->key);
}

void
cost_read(struct account *a, const struct strvec *roots)
{
	struct err e = ERR_INIT;
	size_t i;

	a->project_nr = roots->nr;
	a->project = xcalloc(roots->nr, sizeof(*a->project));
	for (i = 0; i < roots->nr; i++)
		read_project(&a->project[i], roots->v[i]);
	name_folders(a);
	for (i = 0; i < roots->nr; i++)
		add_project(a, &a->project[i]);
	if (a->nr)
		qsort(a->row, a->nr, sizeof(*a->row), by_key);
	if (budget_ceiling(&a->ceiling, &e) < 0)
		die_err(&e);
}

void
cost_release(struct account *a)
{
	size_t i;

	for (i = 0; i < a->nr; i++)
		free(a->row[i].key);
	for (i = 0; i < a->project_nr; i++) {
		free(a->project[i].id);
		free(a->project[i].title);
		free(a->project[i].root);
		ledger_release(&a->project[i].ledger);
	}
	free(a->row);
	free(a->project);
	free(a->unknown);
	free(a->unknown_kind);
	memset(a, 0, sizeof(*a));
}

static enum cost_by
read_by(const struct usage *u, const char *s)
{
	int i;

	for (i = 0; cost_by_names[i]; i++)
		if (!strcmp(cost_by_names[i], s))
			return (enum cost_by)i;
	options_fail(u, "--by %s: is none of provider, scene, day, stage", s);
}

int
cmd_cost(int argc, char **argv)
{
	int as_json = 0, i, n;
	const char *by = "provider";
	const struct option_def options[] = {
		{ 0, "json", OPT_FLAG, &as_json, NULL, "for programs" },
		{ 0, "by", OPT_STRING, &by, "WHAT",
		    "a row for each provider (default), scene, day or stage" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--json] [--by WHAT] "
		"[DIR...]", NULL };
	struct usage u = { "studio cost", synopsis, "Say what was paid for the "
		"project here, or for those in the folders.", options };
	struct strvec roots = STRVEC_INIT;
	struct err e = ERR_INIT;
	struct account a;
	char **operands, *root;

	n = options_parse(&u, argc, argv, &operands);
	memset(&a, 0, sizeof(a));
	a.by = read_by(&u, by);
	for (i = 0; i < n; i++)
		cost_projects(operands[i], &roots);
	if (!n) {
		root = project_find(".", &e);
		if (!root)
			die_err(&e);
		strvec_push(&roots, root);
		free(root);
	}
	cost_read(&a, &roots);
	if (as_json)
		cost_print_json(&a);
	else
		cost_print(&a);
	cost_release(&a);
	strvec_release(&roots);
	return pipe_end(EX_DONE);
}
