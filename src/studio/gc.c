/*
 * studio gc: says what can be removed, and with --force removes it.
 */
#include "studio/gc.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/lock.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "record/json.h"
#include "store/price.h"

static const char *const whys[GC_WHYS] = {
	[GC_PART] = "no film needs",
	[GC_PREVIEW] = "of previews, of films that are there",
	[GC_PAGE] = "of pictures that the storyboard has no more",
	[GC_LEFTOVER] = "of programs that died",
	[GC_FREE] = "that cost nothing, and no record here names",
	[GC_PAID] = "that were paid for so long ago, and no record here names"
};

static const char *const names[GC_WHYS] = { "part", "preview", "page",
	"leftover", "free", "paid" };

struct gc_item *
gc_add(struct gc *g, enum gc_why why, char *path)
{
	struct gc_item *i;

	ALLOC_GROW(g->v, g->nr, g->alloc);
	i = &g->v[g->nr++];
	memset(i, 0, sizeof(*i));
	i->why = why;
	i->path = path;
	i->cost = -1;
	return i;
}

static void
remove_one(struct gc *g, struct gc_item *i)
{
	struct err e = ERR_INIT;
	int ret;

	if (i->item)
		ret = stock_remove(i->item, &e) < 0 ? -1 : 1;
	else if (i->why == GC_LEFTOVER)
		ret = tempfile_remove_dead(i->path, &e);
	else
		ret = file_remove_tree(i->path, &e) < 0 ? -1 : 1;
	i->gone = ret > 0;
	if (ret >= 0)
		return;
	strvec_pushf(&g->notes, "%s", e.msg);
	if (!g->code || e.code == EX_IO)
		g->code = e.code;
}

/* "90d", "12w", "2y": the time so long ago. */
static int
parse_age(const char *s, time_t *before)
{
	char *end;
	long n = strtol(s, &end, 10);
	long days = *end == 'd' ? 1 : *end == 'w' ? 7 : *end == 'y' ? 365 : 0;

	if (*s < '0' || *s > '9' || n > 100000 || !days || end[1])
		return -1;
	*before = clock_now() - (time_t)n * days * 86400;
	return 0;
}

static void
print_sum(const struct gc *g, enum gc_why why)
{
	size_t i, nr = 0, unknown = 0;
	char size[40], dollars[40];
	uint64_t bytes = 0;
	double cost = 0;

	for (i = 0; i < g->nr; i++) {
		if (g->v[i].why != why || (g->force && !g->v[i].gone))
			continue;
		nr++;
		bytes += g->v[i].bytes;
		cost += g->v[i].cost > 0 ? g->v[i].cost : 0;
		unknown += g->v[i].cost < 0;
	}
	if (!nr)
		return;
	byte_words(bytes, size, sizeof(size));
	printf("%-9s %6zu  %10s  %s", names[why], nr, size, whys[why]);
	if (why == GC_PAID) {
		dollar_words(cost, dollars, sizeof(dollars));
		printf("; they cost %s", dollars);
		if (unknown)
			printf(", and %zu nobody knows what", unknown);
	}
	puts("");
}

/* What was paid for is listed whatever is asked. */
static void
print_files(const struct gc *g, int verbose)
{
	const struct gc_item *i;
	char dollars[40];

	for (i = g->v; i && i < g->v + g->nr; i++) {
		if ((!verbose && i->why != GC_PAID) || (g->force && !i->gone))
			continue;
		printf("%-9s %s", names[i->why], i->path);
		if (i->item && i->why == GC_PAID) {
			dollar_words(i->cost, dollars, sizeof(dollars));
			printf(" (%.60s, %s)", node_str(i->item->doc,
			    "provider", "?"), i->cost < 0 ? "price unknown"
			    : dollars);
		}
		puts("");
	}
}

static void
print_text(const struct gc *g, int verbose)
{
	uint64_t bytes = 0;
	size_t i, nr = 0;
	char size[40];
	int why;

	print_files(g, verbose);
	for (why = 0; why < GC_WHYS; why++)
		print_sum(g, (enum gc_why)why);
	for (i = 0; i < g->notes.nr; i++)
		warning("%s", g->notes.v[i]);
	for (i = 0; i < g->nr; i++) {
		if (g->force && !g->v[i].gone)
			continue;
		nr++;
		bytes += g->v[i].bytes;
	}
	byte_words(bytes, size, sizeof(size));
	if (!nr)
		puts("Nothing to remove.");
	else if (g->force)
		printf("%zu removed, %s.\n", nr, size);
	else
		printf("%zu could be removed, %s: studio gc%s --force\n", nr,
		    size, g->paid ? " --paid ..." : "");
}

static void
print_json(const struct gc *g)
{
	struct node *doc = node_new(NODE_MAP), *list = node_new(NODE_LIST), *n;
	struct node *notes = node_new(NODE_LIST);
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < g->nr; i++) {
		n = node_new(NODE_MAP);
		node_set_str(n, "what", names[g->v[i].why]);
		node_set_str(n, "path", g->v[i].path);
		node_set_whole(n, "bytes", (long long)g->v[i].bytes);
		if (g->v[i].why == GC_PAID && g->v[i].cost >= 0)
			node_set_num(n, "cost", price_round(g->v[i].cost));
		node_set_bool(n, "removed", g->v[i].gone);
		node_push(list, n);
	}
	for (i = 0; i < g->notes.nr; i++)
		node_push(notes, node_text(g->notes.v[i]));
	node_set(doc, "found", list);
	node_set(doc, "left", notes);
	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
	node_free(doc);
}

/* While a film is made its files are held; then only build/ is left alone. */
static void
collect(struct gc *g)
{
	char *build = project_path(&g->plan->project, "build");
	char *path = path_join(build, "gc.lock");
	struct err e = ERR_INIT;
	int lock = -1;
	size_t i;

	if (g->force && file_exists(build)) {
		lock = lock_take(path, 0, &e);
		if (lock < 0) {
			strvec_pushf(&g->notes, e.code == EX_LATER ?
			    "build/: is left, since a film is made of it now"
			    : "%s", e.msg);
			g->code = e.code;
		}
	}
	if (!e.code && file_exists(build))
		gc_build(g);
	gc_store(g);
	for (i = 0; g->force && i < g->nr; i++)
		remove_one(g, &g->v[i]);
	if (lock >= 0)
		close(lock);
	free(path);
	free(build);
}

static void
release(struct gc *g)
{
	size_t i;

	for (i = 0; i < g->nr; i++)
		free(g->v[i].path);
	free(g->v);
	strvec_release(&g->notes);
	stock_release(g->stock);
	plan_release(g->plan);
}

int
cmd_gc(int argc, char **argv)
{
	int json = 0, verbose = 0, n;
	const char *age = NULL;
	struct stock stock;
	struct plan plan;
	struct gc g = { .plan = &plan, .stock = &stock };
	const struct option_def options[] = {
		{ 0, "force", OPT_FLAG, &g.force, NULL, "remove it" },
		{ 0, "paid", OPT_FLAG, &g.paid, NULL,
		    "also replies that were paid for; with --older-than" },
		{ 0, "older-than", OPT_STRING, &age, "AGE",
		    "of those with --paid: 90d, 12w, 2y" },
		{ 'v', "verbose", OPT_FLAG, &verbose, NULL, "each file" },
		{ 0, "json", OPT_FLAG, &json, NULL, "for programs" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--force] [--verbose] "
		"[--paid --older-than AGE] [--json]", NULL };
	struct usage u = { "studio gc", synopsis,
		"Say what no film needs and can be had again, or remove it.",
		options };
	struct err e = ERR_INIT;
	char **operands;

	n = options_parse(&u, argc, argv, &operands);
	if (n)
		options_fail(&u, "'%s': takes no operands", operands[0]);
	if (!g.paid != !age)
		options_fail(&u, "--paid and --older-than go together");
	if (age && parse_age(age, &g.before) < 0)
		options_fail(&u, "--older-than takes 90d, 12w or 2y");
	plan_make(&plan, 0);
	if (stock_read(&stock, &e) < 0)
		die_err(&e);
	collect(&g);
	if (json)
		print_json(&g);
	else
		print_text(&g, verbose);
	n = g.code;
	release(&g);
	return pipe_end(n);
}
