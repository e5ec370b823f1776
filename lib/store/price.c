#include "store/price.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/json.h"
#include "record/schema_value.h"
#include "record/spec.h"
#include "record/yaml.h"

#define PRICE_MOST 1e6 /* dollars of anything; more is a slip */

static const struct field row_fields[] = {
	{ "model", VALUE_TEXT, 1, "TYPE:MODEL in quotes", 0, 0 },
	{ "input", VALUE_NUMBER, 0, " (dollars a million tokens)", 0,
	    PRICE_MOST },
	{ "output", VALUE_NUMBER, 0, " (dollars a million tokens)", 0,
	    PRICE_MOST },
	{ "characters", VALUE_NUMBER, 0, " (dollars a million characters)", 0,
	    PRICE_MOST },
	{ "picture", VALUE_NUMBER, 0, " (dollars)", 0, PRICE_MOST },
	{ "call", VALUE_NUMBER, 0, " (dollars)", 0, PRICE_MOST },
	{ "date", VALUE_TEXT, 1, "the day that the price was read, such as "
	    "date: 2026-11-25", 0, 0 },
	{ "source", VALUE_TEXT, 1, "where the price was read, such as "
	    "source: mine", 0, 0 },
	FIELDS_END
};

static int
is_day(const char *s)
{
	char full[TIME_LEN];
	time_t when;

	return strlen(s) == 10 &&
	    snprintf(full, sizeof(full), "%sT00:00:00Z", s) == TIME_LEN - 1 &&
	    time_parse(full, &when) == 0;
}

static const struct field *
field_of(const char *key)
{
	const struct field *f;

	for (f = row_fields; f->path; f++)
		if (!strcmp(f->path, key))
			return f;
	return NULL;
}

/* A slip in a name would make a paid model cheap, so nothing unknown
 * passes. */
static int
check_row(const char *path, const struct node *row, struct err *e)
{
	struct place at = { path, NULL, NULL, 0 };
	const struct node *date;
	const struct field *f;
	size_t i, prices = 0;

	if (row->kind != NODE_MAP)
		return err_set(e, EX_DATA, "%s:%zu: is no price; write - "
		    "{model: \"TYPE:MODEL\", picture: 0.04, date: 2026-11-25, "
		    "source: mine}", path, row->line);
	if (value_check_fields(row_fields, row, &at, e) < 0)
		return -1;
	for (i = 0; i < row->nr; i++) {
		f = field_of(row->kid[i]->key);
		if (!f)
			return err_set(e, EX_DATA, "%s:%zu: %.40s: is not "
			    "known; a price is of input, output, characters, "
			    "picture or call", path, row->kid[i]->line,
			    row->kid[i]->key);
		prices += f->kind == VALUE_NUMBER &&
		    row->kid[i]->kind != NODE_NULL;
	}
	if (!prices)
		return err_set(e, EX_DATA, "%s:%zu: names no price; add input, "
		    "output, characters, picture or call, in dollars", path,
		    row->line);
	date = node_get(row, "date");
	if (!is_day(date->str))
		return value_wrong(&at, date, "date",
		    "a day such as 2026-11-25", e);
	return 0;
}

static double
part(const struct node *row, const char *key, enum price_part bit, int *set)
{
	double d = node_num(row, key, -1);

	if (d < 0)
		return 0;
	*set |= (int)bit;
	return d;
}

static void
add_row(struct price_list *l, const struct node *row)
{
	struct price *p;

	ALLOC_GROW(l->row, l->nr, l->alloc);
	p = &l->row[l->nr++];
	memset(p, 0, sizeof(*p));
	p->model = node_str(row, "model", "");
	p->date = node_str(row, "date", "");
	p->source = node_str(row, "source", "");
	p->input = part(row, "input", PRICE_INPUT, &p->set);
	p->output = part(row, "output", PRICE_OUTPUT, &p->set);
	p->characters = part(row, "characters", PRICE_CHARACTERS, &p->set);
	p->picture = part(row, "picture", PRICE_PICTURE, &p->set);
	p->call = part(row, "call", PRICE_CALL, &p->set);
}

int
price_list_read(struct price_list *l, const char *path, int may_miss,
    struct err *e)
{
	size_t i;

	memset(l, 0, sizeof(*l));
	if (may_miss && !file_exists(path))
		return 0;
	l->doc = yaml_load(path, e);
	if (!l->doc)
		return -1;
	if (l->doc->kind != NODE_LIST && l->doc->nr) {
		err_set(e, EX_DATA, "%s:%zu: is not a list; write each price "
		    "on a line, as - {model: ...}", path, l->doc->line);
		goto fail;
	}
	for (i = 0; i < l->doc->nr; i++) {
		if (check_row(path, l->doc->kid[i], e) < 0)
			goto fail;
		add_row(l, l->doc->kid[i]);
	}
	return 0;
fail:
	price_list_release(l);
	return -1;
}

void
price_list_release(struct price_list *l)
{
	free(l->row);
	node_free(l->doc);
	memset(l, 0, sizeof(*l));
}

/* How well a row's model fits "NAME:MODEL": 0 not at all, more for more of
 * it. */
static size_t
fit(const char *row, const char *full)
{
	size_t n = strlen(row);

	if (!strcmp(row, full))
		return n + 2; /* over any pattern */
	if (!n || row[n - 1] != '*' || !strncmp(row, "exec:", 5))
		return 0;
	return !strncmp(row, full, n - 1) ? n : 0;
}

const struct price *
price_list_find(const struct price_list *l, const char *name,
    const char *model)
{
	char *full = xasprintf("%s:%s", name, model);
	const struct price *best = NULL;
	size_t i, n, most = 1;

	for (i = 0; i < l->nr; i++) {
		n = fit(l->row[i].model, full);
		if (n >= most) {
			most = n;
			best = &l->row[i];
		}
	}
	free(full);
	return best;
}

static struct price_list ours, users;
static int loaded;

static int
load(struct err *e)
{
	char *dir, *path;
	int ret;

	if (loaded)
		return 0;
	dir = path_config_home();
	path = path_join(dir, "prices.yaml");
	ret = price_list_read(&users, path, 1, e);
	free(path);
	free(dir);
	if (ret < 0)
		return -1;
	path = path_share("prices.yaml");
	ret = price_list_read(&ours, path, 0, e);
	if (ret < 0 && !file_exists(path))
		err_set(e, EX_CONF, "%s: is not there; reinstall studio", path);
	free(path);
	if (ret < 0) {
		price_list_release(&users);
		return -1;
	}
	loaded = 1;
	return 0;
}

/* Free unless the user says otherwise. */
static int
is_free(const struct endpoint *ep)
{
	return ep && (ep->type->kind != PROVIDER_NETWORK || ep->local);
}

int
price_find(const struct endpoint *ep, const char *spec, struct price *out,
    struct err *e)
{
	const char *model = spec_model(spec);
	const struct price *p;
	char *alias;
	int own;

	memset(out, 0, sizeof(*out));
	if (load(e) < 0)
		return -1;
	own = ep && ep->type->kind == PROVIDER_NETWORK &&
	    !strcmp(ep->base_url, ep->type->base_url);
	alias = xmemdup(spec, strcspn(spec, ":"));
	model = model ? model : "";
	p = price_list_find(&users, alias, model);
	if (!p && own)
		p = price_list_find(&users, ep->type->name, model);
	if (!p && own)
		p = price_list_find(&ours, ep->type->name, model);
	free(alias);
	if (p)
		*out = *p;
	else
		out->free = is_free(ep);
	return p || out->free;
}

int
price_covers(const struct price *p, const struct call_usage *u)
{
	if (p->free || (p->set & PRICE_CALL))
		return 1;
	if ((p->set & PRICE_OUTPUT) && u->output_tokens > 0)
		return 1;
	if (u->pictures > 0)
		return (p->set & PRICE_PICTURE) != 0;
	if (u->characters > 0)
		return (p->set & PRICE_CHARACTERS) != 0;
	return (p->set & PRICE_INPUT) && u->input_tokens > 0;
}

double
price_cost(const struct price *p, const struct call_usage *u)
{
	/* The output is then charged as tokens, not once more as what it is. */
	int counted = (p->set & PRICE_OUTPUT) && u->output_tokens > 0;
	double d;

	d = (p->input * (double)u->input_tokens +
	    p->output * (double)u->output_tokens) / 1e6 +
	    p->call * (double)u->calls;
	if (!counted)
		d += p->characters * (double)u->characters / 1e6 +
		    p->picture * (double)u->pictures;
	return p->free ? 0 : d;
}

double
price_round(double dollars)
{
	return (double)(long long)(dollars * 1e6 + 0.5) / 1e6;
}

double
price_round_up(double dollars)
{
	double micro = price_round(dollars) * 1e6 + 0.5;

	return (double)(((long long)micro + 9999) / 10000) / 100;
}

void
price_add_command(const char *spec, const char *part, struct strbuf *out)
{
	struct strbuf row = STRBUF_INIT;
	char *dir = path_config_home(), *path = path_join(dir, "prices.yaml");
	char now[TIME_LEN];

	time_stamp(now);
	strbuf_addstr(&row, "- {model: ");
	json_print_text(spec, strlen(spec), &row);
	strbuf_addf(&row, ", %s, date: %.10s, source: mine}", part, now);
	if (!file_exists(dir)) {
		strbuf_addstr(out, "mkdir -p ");
		strbuf_add_shell(out, dir);
		strbuf_addstr(out, " && ");
	}
	/* echo of some shells reads backslashes */
	strbuf_addstr(out, strchr(row.buf, '\\') ? "printf '%s\\n' "
						  : "echo ");
	strbuf_add_shell(out, row.buf);
	strbuf_addstr(out, " >> ");
	strbuf_add_shell(out, path);
	strbuf_release(&row);
	free(path);
	free(dir);
}
