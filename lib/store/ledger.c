#include "store/ledger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strvec.h"
#include "record/json.h"
#include "record/schema_value.h"
#include "store/price.h"
#include "store/provider_type.h"

#define LEDGER_BYTES (64u << 10)
#define LEDGER_ROOM (64 << 10) /* to be there before a call */

static const struct field entry_fields[] = {
	{ "request", VALUE_DIGEST, 1, NULL, 0, 0 },
	{ "kind", VALUE_TEXT, 1, NULL, 0, 0 },
	{ "provider", VALUE_TEXT, 1, NULL, 0, 0 },
	{ "for", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "scene", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "at", VALUE_TIME, 1, NULL, 0, 0 },
	{ "sha256", VALUE_DIGEST, 0, NULL, 0, 0 },
	{ "bytes", VALUE_WHOLE, 0, NULL, 0, 1e15 },
	{ "characters", VALUE_WHOLE, 0, NULL, 0, 1e12 },
	{ "inputTokens", VALUE_WHOLE, 0, NULL, 0, 1e12 },
	{ "outputTokens", VALUE_WHOLE, 0, NULL, 0, 1e12 },
	{ "pictures", VALUE_WHOLE, 0, NULL, 0, 1e6 },
	{ "cost", VALUE_NUMBER, 0, " (dollars)", 0, 1e9 },
	{ "attempts", VALUE_WHOLE, 0, NULL, 0, 1e6 },
	{ "unknownOutcome", VALUE_WHOLE, 0, NULL, 0, 1e6 },
	{ "requestId", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "outcome", VALUE_WORD, 0, "ready rejected", 0, 0 },
	FIELDS_END
};

static void
set_over(struct node *doc, const char *key, long long n, long long least)
{
	if (n > least)
		node_set_whole(doc, key, n);
}

static struct node *
entry_tree(const struct ledger_entry *l)
{
	struct node *doc = node_new(NODE_MAP);
	char now[TIME_LEN];

	time_stamp(now);
	node_set_str(doc, "request", l->request);
	node_set_str(doc, "kind", l->kind);
	node_set_str(doc, "provider", l->provider);
	node_set_str(doc, "for", l->what ? l->what : "");
	node_set_str(doc, "scene", l->scene ? l->scene : "");
	node_set_str(doc, "at", l->at ? l->at : now);
	node_set_str(doc, "sha256", l->sha256);
	node_set_whole(doc, "bytes", l->bytes);
	set_over(doc, "characters", l->usage.characters, 0);
	set_over(doc, "inputTokens", l->usage.input_tokens, 0);
	set_over(doc, "outputTokens", l->usage.output_tokens, 0);
	set_over(doc, "pictures", l->usage.pictures, 0);
	if (l->cost_known)
		node_set_num(doc, "cost", price_round(l->cost));
	set_over(doc, "attempts", l->attempts, 1);
	set_over(doc, "unknownOutcome", l->unknown_outcome, 0);
	if (l->request_id)
		node_set_str(doc, "requestId", l->request_id);
	node_set_str(doc, "outcome", l->outcome ? l->outcome : "ready");
	return doc;
}

/* The name that is free for this request. */
static char *
free_path(const struct project *p, const char *request)
{
	char *path = project_path(p, "ledger/%.16s.json", request);
	int n = 1;

	while (file_exists(path)) {
		free(path);
		path = project_path(p, "ledger/%.16s.%d.json", request, ++n);
	}
	return path;
}

int
ledger_reserve(const struct project *p, struct err *e)
{
	char *path = project_path(p, "ledger/room");
	struct tempfile *t = NULL;
	char *dir = project_path(p, "ledger");
	int errnum = 0, ret = file_mkdirs(dir, e);

	if (ret == 0 && !(t = tempfile_new(path, e)))
		ret = -1;
	if (t)
		errnum = posix_fallocate(tempfile_fd(t), 0, LEDGER_ROOM);
	if (errnum && errnum != EOPNOTSUPP && errnum != EINVAL) {
		errno = errnum;
		ret = err_errno(e, "%s: no room for what is asked for", dir);
	}
	if (ret < 0)
		err_append(e, " (nothing was asked or paid)");
	tempfile_abandon(t);
	free(dir);
	free(path);
	return ret;
}

int
ledger_write(const struct project *p, const struct ledger_entry *l,
    struct err *e)
{
	char *dir = project_path(p, "ledger");
	char *path = free_path(p, l->request);
	struct node *doc = entry_tree(l);
	struct strbuf b = STRBUF_INIT;
	int ret;

	json_print(doc, &b);
	ret = file_mkdirs(dir, e);
	if (ret == 0)
		ret = file_write(path, b.buf, b.len, e);
	strbuf_release(&b);
	node_free(doc);
	free(path);
	free(dir);
	return ret;
}

static void
fill(struct ledger_entry *l, const struct node *doc)
{
	memset(l, 0, sizeof(*l));
	l->request = node_str(doc, "request", "");
	l->kind = node_str(doc, "kind", "");
	l->provider = node_str(doc, "provider", "");
	l->what = node_str(doc, "for", "");
	l->scene = node_str(doc, "scene", "");
	l->at = node_str(doc, "at", "");
	l->sha256 = node_str(doc, "sha256", "");
	l->bytes = (long long)node_num(doc, "bytes", 0);
	l->usage.characters = (long long)node_num(doc, "characters", 0);
	l->usage.input_tokens = (long long)node_num(doc, "inputTokens", 0);
	l->usage.output_tokens = (long long)node_num(doc, "outputTokens", 0);
	l->usage.pictures = (long long)node_num(doc, "pictures",
	    !strcmp(l->kind, "image"));
	l->usage.calls = 1;
	l->cost = node_num(doc, "cost", -1);
	l->cost_known = l->cost >= 0;
	if (!l->cost_known)
		l->cost = 0;
	l->attempts = (int)node_num(doc, "attempts", 1);
	l->unknown_outcome = (int)node_num(doc, "unknownOutcome", 0);
	l->request_id = node_str(doc, "requestId", NULL);
	l->outcome = node_str(doc, "outcome", "ready");
}

static int
read_entry(const struct project *p, const char *name, struct ledger *out,
    struct err *e)
{
	char *path = project_path(p, "ledger/%s", name);
	char *shown = xasprintf("ledger/%s", name);
	struct place at = { shown, NULL, NULL, 0 };
	struct strbuf b = STRBUF_INIT;
	struct node *doc = NULL;
	int ret = file_read(path, LEDGER_BYTES, &b, e);

	if (ret == 0) {
		doc = json_parse(shown, b.buf, b.len, e);
		ret = doc ? 0 : -1;
	}
	if (ret == 0 && doc->kind != NODE_MAP)
		ret = err_set(e, EX_DATA, "%s: is no entry of the ledger; "
		    "get it back from git, or remove it", shown);
	if (ret == 0)
		ret = value_check_fields(entry_fields, doc, &at, e);
	if (ret == 0) {
		ALLOC_GROW(out->doc, out->doc_nr, out->doc_alloc);
		out->doc[out->doc_nr++] = doc;
		ALLOC_GROW(out->entry, out->nr, out->alloc);
		fill(&out->entry[out->nr++], doc);
	} else {
		node_free(doc);
	}
	strbuf_release(&b);
	free(shown);
	free(path);
	return ret;
}

static int
list_files(const char *dir, struct strvec *names, struct err *e)
{
	struct strvec all = STRVEC_INIT;
	int ret = folder_list(dir, &all, e);
	size_t i;

	for (i = 0; i < all.nr; i++)
		if (all.v[i][0] != '.' &&
		    !strcmp(path_extension(all.v[i]), "json"))
			strvec_push(names, all.v[i]);
	strvec_release(&all);
	return ret;
}

int
ledger_read(const struct project *p, struct ledger *out, struct err *e)
{
	char *dir = project_path(p, "ledger");
	struct strvec names = STRVEC_INIT;
	size_t i;
	int ret;

	memset(out, 0, sizeof(*out));
	ret = list_files(dir, &names, e);
	for (i = 0; ret == 0 && i < names.nr; i++)
		ret = read_entry(p, names.v[i], out, e);
	if (ret < 0)
		ledger_release(out);
	strvec_release(&names);
	free(dir);
	return ret;
}

void
ledger_release(struct ledger *l)
{
	size_t i;

	for (i = 0; i < l->doc_nr; i++)
		node_free(l->doc[i]);
	free(l->doc);
	free(l->entry);
	memset(l, 0, sizeof(*l));
}

static int
stage_of(const char *kind)
{
	return !strcmp(kind, "script") ? PROVIDER_SCRIPT
	    : !strcmp(kind, "audio") ? PROVIDER_SPEECH
	    : !strcmp(kind, "image") || !strcmp(kind, "cover") ? PROVIDER_IMAGE
	    : 0;
}

int
ledger_cost(const struct ledger_entry *l, struct cost *out, int *today,
    struct err *e)
{
	memset(out, 0, sizeof(*out));
	*today = !l->cost_known;
	if (!l->cost_known)
		return cost_today(l->provider, stage_of(l->kind), &l->usage,
		    out, e);
	out->known = 1;
	out->dollars = l->cost;
	return 0;
}

int
ledger_sum_add(struct ledger_sum *sum, const struct ledger_entry *l,
    struct err *e)
{
	struct cost cost;
	int today;

	if (ledger_cost(l, &cost, &today, e) < 0)
		return -1;
	sum->calls++;
	sum->dollars += cost.dollars;
	sum->today += (size_t)(today && cost.known && !cost.free);
	sum->unknown += (size_t)!cost.known;
	sum->lost += (size_t)l->unknown_outcome;
	usage_add(&sum->usage, &l->usage);
	return 0;
}

int
ledger_total(const struct ledger *l, struct ledger_sum *out, struct err *e)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < l->nr; i++)
		if (ledger_sum_add(out, &l->entry[i], e) < 0)
			return -1;
	return 0;
}
