#include "store/endpoint.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/secret.h"
#include "base/url.h"
#include "record/schema.h"
#include "record/schema_value.h"
#include "store/user.h"

#define TIMEOUT 600.0  /* a picture by a slow graphics card takes minutes */
#define PATIENCE 120.0

static const struct field entry_fields[] = {
	{ "type", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "baseUrl", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "key", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "keyEnv", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "keyFile", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "keyCommand", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "limit", VALUE_WHOLE, 0, NULL, 1, ENDPOINT_LIMIT_MAX },
	{ "timeout", VALUE_DURATION, 0, NULL, 0, 0 },
	{ "patience", VALUE_DURATION, 0, NULL, 0, 0 },
	{ "maxCharacters", VALUE_WHOLE, 0, NULL, 40, 1000000 },
	{ "idempotencyKey", VALUE_TRUTH, 0, NULL, 0, 0 },
	{ "format", VALUE_WORD, 0, "wav flac mp3 opus aac pcm", 0, 0 },
	{ "caFile", VALUE_TEXT, 0, NULL, 0, 0 },
	FIELDS_END
};

/* Every endpoint that was asked for, and the settings that they point into. */
static struct endpoint **known;
static size_t known_nr, known_alloc;
static struct node *settings;

static const struct node *
providers(struct err *e)
{
	if (!settings)
		settings = user_settings(e);
	return node_get(settings, "providers");
}

/* "OPENAI_BASE_URL" of a type, to be freed. */
static char *
url_variable(const struct provider_type *t)
{
	char *s = xasprintf("%s_BASE_URL", t->name), *p;

	for (p = s; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return s;
}

static const char *
env(const char *name)
{
	const char *v = getenv(name);

	return v && *v ? v : NULL;
}

static int
set_url(struct endpoint *ep, struct err *e)
{
	char *var = url_variable(ep->type);
	const char *moved = !strcmp(ep->alias, ep->type->name) ? env(var)
	    : NULL;
	const char *url = node_str(ep->doc, "baseUrl", moved ? moved
	    : ep->type->base_url);
	size_t n = strlen(url);
	size_t scheme = !strncmp(url, "https://", 8) ? 8
	    : !strncmp(url, "http://", 7) ? 7 : n;
	int good = scheme < n && !strchr("/:", url[scheme]);

	free(var);
	if (!good || strpbrk(url, "@?#\\ \t\r\n"))
		return err_set(e, EX_CONF, "providers: %s: baseUrl: must be "
		    "http:// or https://, a host and a path, without user, "
		    "key or query", ep->alias);
	while (n && url[n - 1] == '/')
		n--;
	/* the usual slip, where a type's paths begin at the server's root */
	if (n > 3 && !strncmp(url + n - 3, "/v1", 3) &&
	    !strchr(strstr(ep->type->base_url, "://") + 3, '/'))
		n -= 3;
	ep->base_url = xmemdup(url, n);
	ep->local = url_is_local(ep->base_url);
	return 0;
}

static double
seconds(const struct node *doc, const char *key, double usual)
{
	const char *s = node_str(doc, key, NULL);
	double d;

	return s && duration_parse(s, &d) == 0 ? d : usual;
}

static int
fill(struct endpoint *ep, struct err *e)
{
	const struct provider_type *t = ep->type;
	const struct node *doc = ep->doc;

	ep->limit = (int)node_num(doc, "limit", t->limit);
	ep->cap = (size_t)node_num(doc, "maxCharacters", (double)t->cap);
	ep->timeout = seconds(doc, "timeout", TIMEOUT);
	ep->patience = seconds(doc, "patience", PATIENCE);
	ep->idempotent = node_bool(doc, "idempotencyKey", 0);
	ep->format = node_str(doc, "format", NULL);
	ep->ca_file = node_str(doc, "caFile", NULL);
	if (t->kind == PROVIDER_NETWORK)
		return set_url(ep, e);
	ep->base_url = xstrdup("");
	return 0;
}

/* A field that is misspelt would send text and key somewhere else. */
static int
check_names(const struct place *at, const struct node *doc, struct err *e)
{
	struct strbuf all = STRBUF_INIT;
	const struct field *f;
	size_t i;

	for (i = 0; i < doc->nr; i++) {
		for (f = entry_fields; f->path; f++)
			if (!strcmp(f->path, doc->kid[i]->key))
				break;
		if (!f->path)
			break;
	}
	if (i == doc->nr)
		return 0;
	for (f = entry_fields; f->path; f++)
		strbuf_addf(&all, "%s%s", all.len ? ", " : "", f->path);
	err_set(e, EX_DATA, "%s: providers.%.60s.%.60s: there is no such "
	    "field; there are %s", at->file, at->name, doc->kid[i]->key,
	    all.buf);
	strbuf_release(&all);
	return -1;
}

static int
check_entry(const char *alias, const struct node *doc, struct err *e)
{
	char *path = user_settings_path();
	struct place at = { path, "providers", alias, 0 };
	int ret;

	if (doc->kind != NODE_MAP)
		ret = value_wrong(&at, doc, "", "a map such as {type: openai, "
		    "baseUrl: http://localhost:8080/v1}", e);
	else if (check_names(&at, doc, e) < 0)
		ret = -1;
	else
		ret = value_check_fields(entry_fields, doc, &at, e);
	free(path);
	return ret;
}

/* Wrong in the same way: an unknown alias, a type that is none, a type that
 * does not do this. */
static int
no_provider(const char *alias, enum provider_stage stage, struct err *e)
{
	struct strbuf names = STRBUF_INIT;

	provider_type_names(stage, &names);
	err_set(e, EX_CONF, "there is no %s provider \"%.60s\"; use one of %s, "
	    "or make it known: studio config --user providers.%.60s "
	    "'{type: openai, baseUrl: URL}'", stage == PROVIDER_SCRIPT
	    ? "script" : stage == PROVIDER_SPEECH ? "speech" : "picture",
	    alias, names.buf, alias);
	strbuf_release(&names);
	return -1;
}

/* The user's entry of an alias; NULL with e->code 0 where there is none. */
static const struct node *
entry_of(const char *alias, struct err *e)
{
	const struct node *all, *doc;

	e->code = 0;
	all = providers(e);
	doc = all ? node_child(all, alias) : NULL;
	if (doc && check_entry(alias, doc, e) < 0)
		return NULL;
	return doc;
}

static void
endpoint_free(struct endpoint *ep)
{
	node_free(ep->doc);
	free(ep->base_url);
	free(ep->alias);
	free(ep);
}

static struct endpoint *
make(const char *alias, enum provider_stage stage, struct err *e)
{
	const struct provider_type *t = provider_type_find(alias,
	    strlen(alias));
	const struct node *doc = NULL;
	const char *name = alias;
	struct endpoint *ep;

	if (!t || t->kind == PROVIDER_NETWORK) {
		doc = entry_of(alias, e);
		if (e->code)
			return NULL;
		name = node_str(doc, "type", alias);
		t = provider_type_find(name, strlen(name));
	}
	if (!t || (t->kind != PROVIDER_NETWORK && strcmp(name, alias) != 0)) {
		no_provider(alias, stage, e);
		return NULL;
	}
	ep = xcalloc(1, sizeof(*ep));
	ep->alias = xstrdup(alias);
	ep->type = t;
	ep->doc = doc ? node_copy(doc) : node_new(NODE_MAP);
	if (fill(ep, e) == 0)
		return ep;
	endpoint_free(ep);
	return NULL;
}

struct endpoint *
endpoint_get(const char *spec, enum provider_stage stage, struct err *e)
{
	char *alias = xmemdup(spec, strcspn(spec, ":"));
	struct endpoint *ep = NULL;
	struct err mine = ERR_INIT;
	size_t i;

	for (i = 0; i < known_nr && !ep; i++)
		if (!strcmp(known[i]->alias, alias))
			ep = known[i];
	if (!ep) {
		ep = make(alias, stage, &mine);
		if (ep) {
			ALLOC_GROW(known, known_nr, known_alloc);
			known[known_nr++] = ep;
		}
	}
	if (ep && !(ep->type->stages & (int)stage)) {
		no_provider(alias, stage, &mine);
		ep = NULL;
	}
	if (!ep && e)
		*e = mine;
	free(alias);
	return ep;
}

int
endpoint_aliases(struct strvec *out, struct err *e)
{
	const struct node *all = providers(e);
	size_t i;

	if (!settings)
		return -1;
	for (i = 0; all && i < all->nr; i++)
		if (all->kid[i]->key)
			strvec_push(out, all->kid[i]->key);
	return 0;
}

void
endpoint_hide_variables(void)
{
	const struct node *all = providers(NULL);
	const char *name;
	size_t i;

	for (i = 0; all && i < all->nr; i++) {
		name = node_str(all->kid[i], "keyEnv", NULL);
		if (name)
			secret_add_variable(name);
	}
}
