/*
 * studio gc: what the store need not keep, and what dead programs left.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/strset.h"
#include "store/ledger.h"
#include "store/object.h"
#include "studio/doctor.h"
#include "studio/gc.h"

/* A command is free as far as we know, but it may pay somebody. */
static int
is_free(const struct stock_item *i)
{
	const char *provider = node_str(i->doc, "provider", "exec:");

	return stock_cost(i) == 0 && strncmp(provider, "exec:", 5) != 0 &&
	    strcmp(node_str(i->doc, "kind", "media"), "media") != 0;
}

/* The requests that records here name, and those that are wanted now, with
 * their pieces. */
static void
read_names(const struct plan *p, struct strset *names)
{
	struct strvec pieces = STRVEC_INIT;
	const struct asset_state *a;
	size_t i;

	for (a = p->survey.a; a < p->survey.a + p->survey.nr; a++) {
		if (a->rec.request)
			strset_add(names, a->rec.request);
		if (a->want)
			strset_add(names, a->want->digest);
		state_pieces(&p->project, a, &pieces);
	}
	for (i = 0; i < pieces.nr; i++)
		strset_add(names, pieces.v[i]);
	strvec_release(&pieces);
}

/* Older replies have no note of what they cost in the store. */
static double
ledger_says(const struct ledger *l, const char *digest)
{
	struct cost cost;
	size_t i;
	int today;

	for (i = 0; i < l->nr; i++)
		if (!strcmp(l->entry[i].request, digest) &&
		    ledger_cost(&l->entry[i], &cost, &today, NULL) == 0)
			return cost.known ? cost.dollars : -1;
	return -1;
}

static void
add_object(struct gc *g, const struct stock_item *i, enum gc_why why,
    const struct ledger *l)
{
	struct gc_item *n = gc_add(g, why, xstrdup(i->path));

	n->item = i;
	n->bytes = i->bytes;
	n->cost = stock_cost(i);
	if (n->cost < 0 && why == GC_PAID)
		n->cost = ledger_says(l, i->digest);
}

static void
look_at_objects(struct gc *g)
{
	struct ledger l;
	struct strset names;
	struct err e = ERR_INIT;
	const struct stock_item *i;
	size_t held = 0;
	int broken;

	memset(&names, 0, sizeof(names));
	read_names(g->plan, &names);
	broken = ledger_read(&g->plan->project, &l, &e) < 0;
	if (broken)
		strvec_push(&g->notes, e.msg);
	for (i = g->stock->item; i && i < g->stock->item + g->stock->nr; i++) {
		if (i->shelf != STOCK_OBJECTS ||
		    strset_has(&names, i->digest))
			continue;
		if (object_is_held(i->digest)) {
			held++;
			continue;
		}
		if (!i->there && !file_exists(i->path))
			add_object(g, i, GC_LEFTOVER, &l);
		else if (i->there && is_free(i))
			add_object(g, i, GC_FREE, &l);
		else if (i->there && g->paid && i->at < g->before)
			add_object(g, i, GC_PAID, &l);
	}
	if (held)
		strvec_pushf(&g->notes, "%zu repl%s a program works on now",
		    held, held == 1 ? "y is left, which" : "ies are left, "
		    "which");
	if (!broken)
		ledger_release(&l);
	strset_release(&names);
}

static void
look_at_temp(void *ctx, const char *path)
{
	struct gc *g = ctx;
	struct stat st;

	if (!tempfile_is_dead(path))
		return;
	gc_add(g, GC_LEFTOVER, xstrdup(path))->bytes =
	    lstat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

void
gc_store(struct gc *g)
{
	size_t i;

	look_at_objects(g);
	project_leftovers(g->plan->project.root, look_at_temp, g);
	for (i = 0; i < g->stock->temp.nr; i++)
		look_at_temp(g, g->stock->temp.v[i]);
}
