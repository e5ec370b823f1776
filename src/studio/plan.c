/*
 * studio plan: what make would do, which input changed, and what needs the
 * user. It makes no call and writes nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "base/pipe.h"
#include "base/utf8.h"
#include "record/json.h"
#include "store/price.h"
#include "studio/studio.h"

static int
is_news(const struct asset_state *a)
{
	/* a script that the user edited is theirs; it is news only where what
	 * it was made from changed since */
	if (a->what == ASSET_SCRIPT && a->state == STATE_MODIFIED)
		return a->changes.nr > 0;
	return a->state != STATE_FRESH;
}

static void
print_line(const char *s)
{
	fputs("            ", stdout);
	pipe_show(s);
	putchar('\n');
}

static void
print_value(const char *label, const char *value)
{
	char safe[400];

	if (!value || !*value)
		value = "(nothing)";
	utf8_printable(safe, sizeof(safe), value, strlen(value));
	printf("            %s %s\n", label, safe);
}

static void
print_asset(const struct plan *p, const struct asset_state *a)
{
	char subject[64], reason[ERR_MAX], safe[ERR_MAX], cure[160], cost[64];
	size_t i;

	asset_subject(a, subject, sizeof(subject));
	asset_reason(a, reason, sizeof(reason));
	utf8_printable(safe, sizeof(safe), reason, strlen(reason));
	asset_cost(p, a, cost, sizeof(cost));
	printf("%-11s %-12s %s (", state_name(a->state), subject, safe);
	pipe_show(a->provider ? a->provider : "");
	printf(", %s)\n", cost);
	for (i = 0; i < a->changes.nr && a->what != ASSET_VIDEO; i++) {
		if (a->changes.nr > 1)
			print_line(a->changes.v[i].key);
		print_value("was", a->changes.v[i].was);
		print_value("now", a->changes.v[i].now);
	}
	asset_cure(a, cure, sizeof(cure));
	if (*cure)
		print_line(cure);
}

static void
print_parts(const struct plan *p, const struct film_plan *f,
    const struct video *v)
{
	size_t i, nr = 0;

	for (i = 0; i < v->nr; i++)
		nr += (size_t)f->part[i];
	if (!nr)
		return;
	printf("%-11s %-12s of scene", "part", v->name);
	for (i = 0; i < v->nr; i++)
		if (f->part[i])
			printf(" %zu", p->project.scene[v->scene[i]].index);
	puts("");
}

static void
print_film(const struct plan *p, size_t k)
{
	const struct film_plan *f = &p->film[k];
	const struct video *v = &p->project.video[k];
	char reason[ERR_MAX];
	size_t i;

	if (!f->needed)
		return;
	print_parts(p, f, v);
	asset_reason(&f->film, reason, sizeof(reason));
	printf("%-11s %-12s %s\n", state_name(film_state(f)), v->name,
	    f->obstacle
	    ? "held back by what needs you" : f->film.state == STATE_FRESH
	    ? "checked again after what it is made from" : reason);
	for (i = 0; i < f->film.changes.nr && i < 6; i++) {
		print_line(f->film.changes.v[i].key);
		print_value("was", f->film.changes.v[i].was);
		print_value("now", f->film.changes.v[i].now);
	}
	if (f->film.changes.nr > 6)
		printf("            and %zu more\n", f->film.changes.nr - 6);
}

struct tally {
	size_t made, user;
};

static void
count(const struct plan *p, struct tally *t)
{
	const struct asset_state *a;
	size_t i;

	memset(t, 0, sizeof(*t));
	for (i = 0; i < p->survey.nr; i++) {
		a = &p->survey.a[i];
		if (state_needs_making(a)) {
			t->made++;
		} else if (!state_is_usable(a)) {
			t->user++;
		}
	}
	for (i = 0; i < p->project.video_nr; i++)
		t->made += (size_t)(p->film[i].needed &&
		    !p->film[i].obstacle);
}

/* Calls, what they use and cost, and whether make would make them. */
static void
print_cost(const struct plan *p)
{
	struct strbuf use = STRBUF_INIT;
	struct plan_cost c;
	char dollars[40];

	plan_cost(p, &c);
	printf("%lld call%s; %zu answered from the store.\n",
	    c.usage.calls, c.usage.calls == 1 ? "" : "s", c.stored);
	if (c.usage.calls) {
		dollar_words(c.dollars, dollars, sizeof(dollars));
		usage_words(&c.usage, &use);
		printf("About %s: %s.\n", dollars, use.buf);
		strbuf_release(&use);
	}
	if (c.unknown)
		printf("%zu of the calls at a price that is not known, and not "
		    "in this sum.\n", c.unknown);
	if (c.over.code) {
		fputs("make would stop: ", stdout);
		pipe_show(c.over.msg);
		putchar('\n');
	}
}

static void
print_text(const struct plan *p)
{
	struct strbuf versions = STRBUF_INIT;
	struct tally t;
	size_t i;

	for (i = 0; i < p->survey.nr; i++)
		if (is_news(&p->survey.a[i]))
			print_asset(p, &p->survey.a[i]);
	if (p->phase1)
		puts("then        the scenes that come of the script; their "
		    "voices and pictures are not\n            in the sum: make "
		    "scenes, then plan again");
	for (i = 0; i < p->project.video_nr; i++)
		print_film(p, i);
	count(p, &t);
	if (plan_is_empty(p))
		puts("There are " PLAN_NO_SCENES);
	if (t.made || t.user)
		print_cost(p);
	else if (!plan_is_empty(p))
		puts("Everything is fresh: make has nothing to do.");
	if (t.user)
		printf("%zu not planned: it needs you.\n", t.user);
	plan_versions(p, &versions);
	fputs(versions.buf, stdout);
	strbuf_release(&versions);
}

static struct node *
asset_tree(const struct plan *p, const struct asset_state *a)
{
	struct node *n = node_new(NODE_MAP), *list, *c;
	char reason[ERR_MAX], cure[160];
	size_t i;

	node_set_str(n, "asset", asset_what_name(a->what));
	if (a->scene) {
		node_set_whole(n, "scene", (long long)a->scene->index);
		node_set_str(n, "folder", a->scene->dir);
	}
	if (a->video)
		node_set_str(n, "video", a->video->name);
	node_set_whole(n, "take", a->take);
	node_set_str(n, "state", state_name(a->state));
	asset_reason(a, reason, sizeof(reason));
	node_set_str(n, "reason", reason);
	node_set_str(n, "provider", a->provider ? a->provider : "");
	node_set_bool(n, "planned", state_needs_making(a));
	node_set_bool(n, "paid", a->paid);
	node_set_bool(n, "stored", a->in_store);
	if (state_needs_making(a) && !a->video)
		node_set(n, "estimate", asset_cost_tree(p, a));
	asset_cure(a, cure, sizeof(cure));
	if (*cure)
		node_set_str(n, "cure", cure);
	list = node_new(NODE_LIST);
	for (i = 0; i < a->changes.nr; i++) {
		c = node_new(NODE_MAP);
		node_set_str(c, "input", a->changes.v[i].key);
		node_set(c, "was", a->changes.v[i].was
		    ? node_text(a->changes.v[i].was) : node_new(NODE_NULL));
		node_set(c, "now", a->changes.v[i].now
		    ? node_text(a->changes.v[i].now) : node_new(NODE_NULL));
		node_push(list, c);
	}
	node_set(n, "changes", list);
	return n;
}

static struct node *
film_tree(const struct plan *p, size_t k)
{
	const struct film_plan *f = &p->film[k];
	const struct video *v = &p->project.video[k];
	struct node *n = asset_tree(p, &f->film), *list = node_new(NODE_LIST);
	size_t i;

	node_set_str(n, "state", state_name(film_state(f)));
	node_set_bool(n, "planned", f->needed && !f->obstacle);
	for (i = 0; i < v->nr; i++)
		if (f->part[i])
			node_push(list, node_whole((long long)
			    p->project.scene[v->scene[i]].index));
	node_set(n, "parts", list);
	return n;
}

static struct node *
total_tree(const struct plan *p)
{
	struct node *n = node_new(NODE_MAP);
	struct plan_cost c;

	plan_cost(p, &c);
	node_set_whole(n, "calls", c.usage.calls);
	node_set_whole(n, "stored", (long long)c.stored);
	usage_tree(n, &c.usage);
	node_set_num(n, "cost", price_round(c.dollars));
	node_set_whole(n, "unknown", (long long)c.unknown);
	if (c.over.code)
		node_set_str(n, "refused", c.over.msg);
	return n;
}

static void
print_json(const struct plan *p)
{
	struct node *doc = node_new(NODE_MAP), *list = node_new(NODE_LIST);
	struct node *total = total_tree(p);
	struct strbuf b = STRBUF_INIT;
	struct tally t;
	size_t i;

	for (i = 0; i < p->survey.nr; i++)
		if (is_news(&p->survey.a[i]))
			node_push(list, asset_tree(p, &p->survey.a[i]));
	for (i = 0; !p->phase1 && i < p->project.video_nr; i++)
		if (p->film[i].needed)
			node_push(list, film_tree(p, i));
	count(p, &t);
	node_set(doc, "assets", list);
	node_set_bool(doc, "scenesUnsettled", p->phase1);
	node_set_whole(doc, "calls", (long long)node_num(total, "calls", 0));
	node_set_whole(doc, "fromStore",
	    (long long)node_num(total, "stored", 0));
	node_set_whole(doc, "needUser", (long long)t.user);
	node_set(doc, "versions", plan_versions_tree(p));
	node_set(doc, "total", total);
	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
	node_free(doc);
}

int
cmd_plan(int argc, char **argv)
{
	struct usage u = { .name = "studio plan",
		.purpose = "Say what make would do, and which input changed." };

	return plan_command(argc, argv, u, print_text, print_json);
}
