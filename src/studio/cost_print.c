/*
 * The account of studio cost, for people in 80 columns and for programs.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "record/json.h"
#include "store/price.h"
#include "studio/cost.h"
#include "studio/studio.h"

#define LABEL 28 /* columns of the first column */

/* The text in LABEL columns, the end of a longer one left out. */
static void
print_label(const char *text)
{
	char safe[400];
	size_t n = utf8_printable(safe, sizeof(safe), text, strlen(text));
	size_t width = utf8_columns(safe, n), used = 0, i, k;
	const char *end = "";
	uint32_t c;

	if (width >= LABEL) {
		end = "...";
		width = LABEL - 1 - 3;
	}
	for (i = 0; i < n; i += k) {
		k = utf8_decode(safe + i, n - i, &c);
		if (!k || used + utf8_columns(safe + i, k) > width)
			break;
		used += utf8_columns(safe + i, k);
	}
	printf("%.*s%s%*s", (int)i, safe, end,
	    (int)(LABEL - used - strlen(end)), "");
}

static void
print_count(long long n, int width)
{
	char text[40] = "-";

	if (n)
		number_words(n, text, sizeof(text));
	printf("%*s", width, text);
}

static void
print_row(const char *label, const struct ledger_sum *s)
{
	print_label(label);
	print_count((long long)s->calls, 6);
	print_count(s->usage.characters, 12);
	print_count(s->usage.input_tokens + s->usage.output_tokens, 11);
	print_count(s->usage.pictures, 9);
	printf("%11.4f%s%s\n", s->dollars, s->today ? "*" : "",
	    s->unknown ? "?" : "");
}

static void
print_marks(const struct account *a)
{
	const struct ledger_sum *t = &a->total;
	struct strbuf b = STRBUF_INIT;

	if (t->today)
		printf("* %zu call%s at today's price: none was written then\n",
		    t->today, t->today == 1 ? "" : "s");
	if (t->unknown) {
		price_add_command(a->unknown, !strcmp(a->unknown_kind, "audio")
		    ? "characters: 15" : !strcmp(a->unknown_kind, "script")
		    ? "input: 2, output: 10" : "picture: 0.04", &b);
		printf("? %zu call%s at a price that is not known, and not in "
		    "the sum; to add one:\n  %s\n", t->unknown,
		    t->unknown == 1 ? "" : "s", b.buf);
		strbuf_release(&b);
	}
	if (t->lost)
		printf("%zu earlier call%s may have been paid for without an "
		    "answer\n", t->lost, t->lost == 1 ? "" : "s");
	if (a->repeated)
		printf("%zu call%s of clones counted once, with what they are "
		    "cloned from\n", a->repeated, a->repeated == 1 ? ""
		    : "s");
}

static void
print_limits(const struct account *a)
{
	char dollars[40], left[40], rest[40], folder[400];
	const struct cost_project *p;
	size_t i;

	for (i = 0; i < a->project_nr; i++) {
		p = &a->project[i];
		dollar_words(p->sum.dollars, dollars, sizeof(dollars));
		dollar_words(fabs(p->budget - p->sum.dollars), left,
		    sizeof(left));
		dollar_words(p->budget, rest, sizeof(rest));
		if (a->project_nr > 1 || p->budget >= 0)
			print_label(p->title);
		if (p->budget >= 0)
			printf("%s of a budget of %s, %s %s", dollars, rest,
			    left, p->sum.dollars > p->budget ? "over" : "left");
		else if (a->project_nr > 1)
			printf("%s", dollars);
		if (cost_title_is_shared(a, p)) {
			utf8_printable(folder, sizeof(folder), p->folder,
			    strlen(p->folder));
			printf(" in %s", folder);
		}
		if (a->project_nr > 1 || p->budget >= 0)
			puts("");
	}
	print_label("ceiling of a run");
	dollar_words(isinf(a->ceiling) ? 0 : a->ceiling, dollars,
	    sizeof(dollars));
	puts(isinf(a->ceiling) ? "unlimited" : dollars);
}

void
cost_print(const struct account *a)
{
	size_t i;

	if (a->nr) {
		print_label(cost_by_names[a->by]);
		printf("%6s%12s%11s%9s%11s\n", "calls", "characters", "tokens",
		    "pictures", "dollars");
		for (i = 0; i < a->nr; i++)
			print_row(a->row[i].key, &a->row[i].sum);
		print_row("total", &a->total);
		print_marks(a);
	} else {
		puts("Nothing was paid for yet.");
	}
	puts("");
	print_limits(a);
}

static struct node *
sum_tree(const struct ledger_sum *s)
{
	struct node *n = node_new(NODE_MAP);

	node_set_whole(n, "calls", (long long)s->calls);
	usage_tree(n, &s->usage);
	node_set_num(n, "cost", price_round(s->dollars));
	node_set_whole(n, "todaysPrice", (long long)s->today);
	node_set_whole(n, "unknown", (long long)s->unknown);
	node_set_whole(n, "unknownOutcome", (long long)s->lost);
	return n;
}

static struct node *
project_tree(const struct cost_project *p)
{
	struct node *n = sum_tree(&p->sum);

	node_set_str(n, "title", p->title);
	node_set_str(n, "path", p->root);
	node_set(n, "budget", p->budget >= 0 ? node_real(p->budget)
	    : node_new(NODE_NULL));
	return n;
}

void
cost_print_json(const struct account *a)
{
	struct node *doc = node_new(NODE_MAP), *list = node_new(NODE_LIST), *n;
	struct strbuf b = STRBUF_INIT;
	size_t i;

	node_set_str(doc, "by", cost_by_names[a->by]);
	for (i = 0; i < a->nr; i++) {
		n = sum_tree(&a->row[i].sum);
		node_set_str(n, cost_by_names[a->by], a->row[i].key);
		node_push(list, n);
	}
	node_set(doc, "rows", list);
	node_set(doc, "total", sum_tree(&a->total));
	node_set_whole(doc, "repeated", (long long)a->repeated);
	list = node_new(NODE_LIST);
	for (i = 0; i < a->project_nr; i++)
		node_push(list, project_tree(&a->project[i]));
	node_set(doc, "projects", list);
	node_set(doc, "maxCost", isinf(a->ceiling) ? node_new(NODE_NULL)
	    : node_real(a->ceiling));
	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
	node_free(doc);
}
