/*
 * providers: who could make scripts, voices and pictures, and whether they
 * answer. "studio providers" runs it; it costs nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/options.h"
#include "base/pipe.h"
#include "provider/listing.h"
#include "record/json.h"
#include "record/project.h"
#include "record/spec.h"
#include "store/endpoint.h"

static const char *dir;
static int as_json, offline;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "say also what the project in or above DIR uses" },
	{ 0, "offline", OPT_FLAG, &offline, NULL, "ask no server" },
	{ 0, "json", OPT_FLAG, &as_json, NULL, "for programs" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[-C DIR] [--offline] [--json] [NAME ...]", NULL
};

static const struct usage usage = {
	"providers", synopsis, "List the providers, whether their keys are "
	"found and their servers answer; with NAMEs their models and voices.",
	options
};

/* One provider as it is found. */
struct found {
	struct endpoint *ep;
	char *key;           /* where it is from; NULL: none */
	int asked, answers;
	int key_fails;       /* it is set, and cannot be read */
	int status;          /* of its answer; 0: there was none */
	struct err why;      /* it does not answer */
	struct strvec models, voices;
	struct strbuf used;  /* settings of the project that name it */
};

static const enum provider_stage stages[] = { PROVIDER_SCRIPT,
	PROVIDER_SPEECH, PROVIDER_IMAGE };
static const char *const stage_names[] = { "script", "speech", "picture" };

/* Is it set up at all, so that asking it makes sense? Those on this machine
 * are asked: they may be running. */
static int
is_set_up(const struct found *f)
{
	return f->key || !endpoint_needs_key(f->ep);
}

static void
ask(struct found *f, int all)
{
	const struct provider_type *t = f->ep->type;
	const char *key;

	f->asked = 1;
	key = t->auth ? endpoint_key(f->ep, &f->why) : NULL;
	f->key_fails = t->auth && !key && f->why.code;
	if (f->key_fails)
		return;
	f->answers = 1;
	if (t->models && listing_get(f->ep, t->models, &f->models,
	    &f->status, &f->why) < 0)
		f->answers = 0;
	if (f->answers && t->voices && (all || !t->models) &&
	    listing_get(f->ep, t->voices, &f->voices, &f->status,
	    &f->why) < 0)
		f->answers = 0;
}

static struct found *
find(const char *alias, struct err *e)
{
	struct found *f;
	struct endpoint *ep = NULL;
	size_t i;

	for (i = 0; i < 3 && !ep; i++)
		ep = endpoint_get(alias, stages[i], e);
	if (!ep)
		return NULL;
	f = xcalloc(1, sizeof(*f));
	f->ep = ep;
	f->key = endpoint_key_source(ep);
	strbuf_init(&f->used);
	return f;
}

static void
note_use(struct found *f, const char *spec, const char *setting)
{
	if (spec && spec_is(spec, f->ep->alias) && !strstr(f->used.buf,
	    setting))
		strbuf_addf(&f->used, "%s%s", f->used.len ? ", " : "",
		    setting);
}

static void
note_uses(struct found *f, const struct project *p)
{
	const struct node *all = node_get(p->settings, "speakers");
	size_t i;

	note_use(f, node_str(p->settings, "scriptModel", NULL), "scriptModel");
	note_use(f, node_str(p->settings, "ttsProvider", NULL), "ttsProvider");
	note_use(f, node_str(p->settings, "imageModel", NULL), "imageModel");
	for (i = 0; all && i < all->nr; i++)
		note_use(f, node_str(all->kid[i], "provider", NULL),
		    "speakers");
}

static void
stages_of(const struct endpoint *ep, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < 3; i++)
		if (ep->type->stages & (int)stages[i])
			strbuf_addf(out, "%s%s", out->len ? " " : "",
			    stage_names[i]);
}

static void
print_names(const char *title, const struct strvec *v)
{
	size_t i;

	if (v->nr)
		printf("  %s\n", title);
	for (i = 0; i < v->nr; i++) {
		fputs("    ", stdout);
		pipe_show(v->v[i]); /* a server's words */
		putchar('\n');
	}
}

/* Of "home: keyCommand: exit 1; run it by hand" what is wrong. */
static void
key_fault(const struct found *f, char *out, size_t size)
{
	const char *s = f->why.msg;
	size_t n = strlen(f->ep->alias);

	if (!strncmp(s, f->ep->alias, n) && !strncmp(s + n, ": ", 2))
		s += n + 2;
	snprintf(out, size, "key: %.*s", (int)strcspn(s, ";"), s);
}

/* It was asked, and gave no list. */
static void
fault_of(const struct found *f, char *out, size_t size)
{
	int no_key = f->status == 401 || f->status == 403;
	int elsewhere = f->status / 100 == 3 || f->status == 404 ||
	    f->status == 410;

	if (f->key_fails)
		key_fault(f, out, size);
	else if (no_key)
		snprintf(out, size, f->key ? "key not accepted"
		    : "wants a key");
	else if (f->status / 100 == 2)
		snprintf(out, size, "answers, but not as %s does: is the "
		    "address right?", f->ep->type->name);
	else if (f->status)
		snprintf(out, size, "answers %d%s", f->status, elsewhere
		    ? ": is the address right?" : "");
	else
		snprintf(out, size, "no answer at %s", f->ep->base_url);
}

/* The one line that says how it stands. */
static void
state_of(const struct found *f, char *out, size_t size)
{
	const struct endpoint *ep = f->ep;
	size_t n = f->models.nr ? f->models.nr : f->voices.nr;

	if (ep->type->kind != PROVIDER_NETWORK)
		snprintf(out, size, "inside");
	else if (!is_set_up(f))
		snprintf(out, size, "no key: set %s", node_str(ep->doc,
		    "keyEnv", ep->type->key_var));
	else if (!f->asked)
		snprintf(out, size, "%s", f->key ? "key found" : "not asked");
	else if (!f->answers)
		fault_of(f, out, size);
	else if (n)
		snprintf(out, size, "answers, %zu %s%s", n, f->models.nr
		    ? "model" : "voice", n == 1 ? "" : "s");
	else
		snprintf(out, size, "answers");
}

static const char *
key_words(const struct found *f)
{
	if (f->key)
		return f->key;
	if (endpoint_needs_key(f->ep))
		return "missing";
	return f->status == 401 || f->status == 403 ? "none given"
	    : "none needed";
}

static void
print_text(const struct found *f, int all)
{
	struct strbuf does = STRBUF_INIT;
	char state[200];

	stages_of(f->ep, &does);
	state_of(f, state, sizeof(state));
	printf("%-12s %-22s ", f->ep->alias, does.buf);
	pipe_show(state);
	putchar('\n');
	strbuf_release(&does);
	if (f->used.len)
		printf("%-12s used by %s of this project\n", "", f->used.buf);
	else if (f->key && dir)
		printf("%-12s its key (%s) is found, and this project does "
		    "not use it\n", "", f->key);
	if (!all)
		return;
	if (f->ep->type->kind == PROVIDER_NETWORK) {
		printf("  type       %s\n  address    %s\n  at once    %d\n",
		    f->ep->type->name, f->ep->base_url, f->ep->limit);
		printf("  key        %s\n", key_words(f));
	}
	if (f->asked && !f->answers) {
		fputs("  ", stdout);
		pipe_show(f->why.msg);
		putchar('\n');
	}
	print_names("models", &f->models);
	print_names("voices", &f->voices);
}

static struct node *
list_of(const struct strvec *v)
{
	struct node *n = node_new(NODE_LIST);
	size_t i;

	for (i = 0; i < v->nr; i++)
		node_push(n, node_text(v->v[i]));
	return n;
}

static void
print_json(const struct found *f)
{
	struct node *n = node_new(NODE_MAP);
	struct strbuf does = STRBUF_INIT, line = STRBUF_INIT;
	char state[200];

	stages_of(f->ep, &does);
	state_of(f, state, sizeof(state));
	node_set_str(n, "name", f->ep->alias);
	node_set_str(n, "type", f->ep->type->name);
	node_set_str(n, "stages", does.buf);
	node_set_str(n, "state", state);
	if (f->ep->type->kind == PROVIDER_NETWORK) {
		node_set_str(n, "baseUrl", f->ep->base_url);
		node_set_whole(n, "limit", f->ep->limit);
		node_set_bool(n, "keyFound", f->key != NULL);
	}
	if (f->asked)
		node_set_bool(n, "answers", f->answers);
	if (f->asked && !f->answers)
		node_set_str(n, "error", f->why.msg);
	if (f->used.len)
		node_set_str(n, "usedBy", f->used.buf);
	node_set(n, "models", list_of(&f->models));
	node_set(n, "voices", list_of(&f->voices));
	json_print_line(n, &line);
	puts(line.buf);
	strbuf_release(&line);
	strbuf_release(&does);
	node_free(n);
}

/* Every provider that there could be: the user's aliases first. */
static void
all_names(struct strvec *out)
{
	const struct provider_type *t;
	struct err e = ERR_INIT;
	size_t nr, i;

	if (endpoint_aliases(out, &e) < 0)
		die_err(&e);
	t = provider_types(&nr);
	for (i = 0; i < nr; i++)
		if (t[i].kind != PROVIDER_EXEC && !strvec_has(out, t[i].name))
			strvec_push(out, t[i].name);
}

static void
show(const char *name, const struct project *p, int all)
{
	struct err e = ERR_INIT;
	struct found *f = find(name, &e);

	if (!f)
		die_err(&e);
	if (p)
		note_uses(f, p);
	if (!offline && f->ep->type->kind == PROVIDER_NETWORK && is_set_up(f))
		ask(f, all);
	if (as_json)
		print_json(f);
	else
		print_text(f, all);
	strvec_release(&f->models);
	strvec_release(&f->voices);
	strbuf_release(&f->used);
	free(f->key);
	free(f);
}

int
main(int argc, char **argv)
{
	struct strvec names = STRVEC_INIT, all = STRVEC_INIT;
	struct err e = ERR_INIT;
	struct project p, *here = NULL;
	char **operand;
	int n, i;
	size_t k;

	n = options_parse(&usage, argc, argv, &operand);
	memset(&p, 0, sizeof(p));
	if (dir && project_open(&p, dir, &e) < 0)
		die_err(&e);
	if (dir)
		here = &p;
	for (i = 0; i < n; i++)
		strvec_push(&names, operand[i]);
	all_names(&all);
	for (k = 0; k < names.nr; k++)
		if (!strvec_has(&all, names.v[k]))
			die(EX_CONF, "there is no provider \"%.60s\"; studio "
			    "providers names those that there are, and "
			    "studio-providers(5) says how to add one",
			    names.v[k]);
	for (k = 0; !n && k < all.nr; k++)
		strvec_push(&names, all.v[k]);
	strvec_release(&all);
	for (k = 0; k < names.nr; k++)
		show(names.v[k], here, n > 0);
	strvec_release(&names);
	if (here)
		project_release(here);
	return pipe_end(EX_DONE);
}
