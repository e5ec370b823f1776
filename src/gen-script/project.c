/*
 * gen-script -C DIR: brief.md and source.md to script.md.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/pipe.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "gen-script/gen-script.h"
#include "provider/obtain.h"
#include "provider/provider.h"
#include "record/preset.h"
#include "record/project.h"
#include "record/spec.h"
#include "record/yaml.h"
#include "store/aside.h"
#include "store/budget.h"
#include "store/commit.h"
#include "store/gate.h"
#include "store/made.h"
#include "store/object.h"
#include "text/markdown.h"
#include "text/target.h"

/* Takes value over; NULL: nothing is done. */
static void
set_value(const struct project *p, const char *file, const char *key,
    struct node *value)
{
	char *path = project_path(p, "%s", file);
	struct err e = ERR_INIT;

	if (value && yaml_edit_file(path, key, value, &e) < 0)
		die_err(&e);
	node_free(value);
	free(path);
}

/* An option that enters the digest is the project's own from now on. */
static void
set_option(const struct project *p, const char *file, const char *key,
    const char *value)
{
	set_value(p, file, key, value ? node_text(value) : NULL);
}

static void
open_project(struct project *p, const char *dir,
    const struct gen_script_options *o)
{
	struct err e = ERR_INIT;
	struct target t;

	if (project_open(p, dir, &e) < 0)
		die_err(&e);
	if (target_parse(o->target, "--target-length", &t, &e) < 0 ||
	    (o->provider && !script_provider_find(o->provider, &e)) ||
	    (o->platform && !preset_find(o->platform, &e)))
		die_err(&e);
	set_option(p, "settings.yaml", "scriptModel", o->provider);
	set_option(p, "project.yaml", "targetLength", o->target);
	set_option(p, "project.yaml", "language", o->language);
	set_option(p, "project.yaml", "platform", o->platform);
	if (o->provider || o->target || o->language || o->platform) {
		project_release(p);
		if (project_open(p, dir, &e) < 0)
			die_err(&e);
	}
}

/* A file of the project; a missing one is "". To be freed. */
static char *
read_text(const struct project *p, const char *name)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	char *path = project_path(p, "%s", name);
	size_t bad;

	if (file_exists(path) && file_read(path, MARKDOWN_BYTES, &b, &e) < 0)
		die_err(&e);
	bad = utf8_check(b.buf, b.len);
	if (bad < b.len)
		die(EX_DATA, "%s: byte %zu is not UTF-8 text; save it as "
		    "UTF-8", name, bad + 1);
	free(path);
	return strbuf_detach(&b, NULL);
}

/* Without what is for whoever edits the file, such as what "studio new" wrote
 * into it. */
static void
drop_comments(char *s)
{
	char *to = s, *open, *end;

	while ((open = strstr(s, "<!--")) && (end = strstr(open + 4, "-->"))) {
		memmove(to, s, (size_t)(open - s));
		to += open - s;
		s = end + 3;
	}
	memmove(to, s, strlen(s) + 1);
}

static int
is_blank(const char *s)
{
	return !s[strspn(s, " \t\r\n")];
}

/* "a, b" as a list; NULL where there is none in it. */
static struct node *
tag_list(const char *tags)
{
	struct node *list = node_new(NODE_LIST);
	struct strbuf b = STRBUF_INIT;
	size_t n;

	for (; *tags; tags += n + (tags[n] == ',')) {
		n = strcspn(tags, ",");
		strbuf_reset(&b);
		strbuf_add(&b, tags, n);
		strbuf_trim(&b);
		if (b.len)
			node_push(list, node_text(b.buf));
	}
	strbuf_release(&b);
	if (list->nr)
		return list;
	node_free(list);
	return NULL;
}

static void
complete_project(const struct project *p, const struct script_result *r)
{
	if (!*p->title && r->title)
		set_option(p, "project.yaml", "title", r->title);
	if (!p->description && r->description && !r->placeholder)
		set_option(p, "project.yaml", "description", r->description);
	if (!node_get(p->doc, "tags") && r->tags && !r->placeholder)
		set_value(p, "project.yaml", "tags", tag_list(r->tags));
}

static struct node *
record_of(const struct asset_state *a, const struct script_result *r)
{
	struct node *doc = commit_begin(a);

	if (r->version[0])
		node_set_str(doc, "version", r->version);
	if (r->placeholder)
		node_set_bool(doc, "placeholder", 1);
	if (r->source_type)
		node_set_str(doc, "digitalSourceType", r->source_type);
	commit_warnings(doc, r->warnings.buf);
	return doc;
}

/* It is asked for here, so it is to be paid for, whatever its state was. */
static int
check_budget(const struct project *p, const struct asset_state *a,
    struct err *e)
{
	struct cost_sum sum = COST_SUM_INIT;
	struct asset_state asked = *a;

	asked.state = STATE_ABSENT;
	asked.in_store = object_is_kept(a->want->digest);
	if (budget_add(p, &asked, &sum, e) < 0)
		return -1;
	return sum.calls ? budget_check(p, &sum, gate_spent(), e) : 0;
}

static int
obtain_script(const struct project *p, const struct asset_state *a,
    struct script_result *r, struct err *e)
{
	char *brief = read_text(p, "brief.md");
	char *source = read_text(p, "source.md");
	const struct script_provider *with;
	struct strbuf instructions = STRBUF_INIT;
	struct script_request q = { 0 };
	struct obtain o = { 0 };
	struct target t;
	int ret;

	with = script_provider_find(a->provider, e);
	if (!with)
		die_err(e);
	if (!with->write) /* a model would take them for the brief */
		drop_comments(brief);
	if (is_blank(brief) && is_blank(source))
		die(EX_DATA, "brief.md: is empty; write what to make, or put "
		    "material into source.md");
	if (target_parse(p->target_length, "project.yaml: targetLength", &t,
	    e) < 0)
		die_err(e);
	if (prompt_file_read(p, &instructions, e) < 0 ||
	    check_budget(p, a, e) < 0)
		die_err(e);
	q.brief = brief;
	q.source = source;
	q.language = p->language;
	q.tone = p->tone;
	q.category = p->category ? p->category : "";
	q.platform = p->platform;
	q.seconds = t.seconds;
	q.words = t.words;
	/* as request_script has it: any voice, where the script is paid for */
	q.voice_provider = a->paid ? NULL : project_setting(p, "ttsProvider",
	    "flite");
	q.speed = a->paid ? 1 : node_num(p->settings, "defaultSpeed", 1);
	q.model = spec_model(a->provider);
	q.options = provider_options(p, "scriptOptions", a->provider);
	q.instructions = instructions.buf;
	o.project = p;
	o.want = a->want;
	o.spec = a->provider;
	o.what = "script";
	ret = script_obtain(with, &o, &q, r, e);
	strbuf_release(&instructions);
	free(brief);
	free(source);
	return ret;
}

/* It was paid for, or refused: the same is not asked again by itself. */
static void
fail(const struct project *p, struct asset_state *a, const struct err *why)
{
	struct err e = ERR_INIT;

	if (a->paid && commit_failure(p, a, commit_begin(a), why, &e) < 0)
		warning("%s", e.msg);
	die_err(why);
}

static void
make_script(const struct project *p, struct asset_state *a)
{
	struct stat_cache *cache = stat_cache_open(p->root);
	char *path = project_path(p, "script.md"), sum[SHA256_HEX];
	struct script_result r;
	struct err e = ERR_INIT;

	script_result_init(&r);
	if (obtain_script(p, a, &r, &e) < 0)
		fail(p, a, &e);
	warning_lines("", r.warnings.buf);
	if (utf8_check(r.markdown.buf, r.markdown.len) < r.markdown.len ||
	    is_blank(r.markdown.buf))
		die(EX_REFUSED, "%s: gave no script in UTF-8; try another "
		    "provider", a->provider);
	complete_project(p, &r);
	sha256_hex(r.markdown.buf, r.markdown.len, sum);
	/* what is there without its record is not the user's own then */
	if (aside_keep(p, path, a->rec.sha256, sum, &e) < 0 ||
	    made_note(p->id, sum, &e) < 0 ||
	    file_write(path, r.markdown.buf, r.markdown.len, &e) < 0 ||
	    commit_file(p, a, record_of(a, &r), path, cache, &e) < 0)
		die_err(&e);
	script_result_release(&r);
	stat_cache_close(cache);
	free(path);
}

/* script.md was changed by hand: is it also out of date? */
static void
say_if_old(const struct asset_state *a)
{
	if (!a->changes.nr)
		return;
	warning("script.md: is out of date (%s changed), and kept because you "
	    "edited it; studio gen-script --again writes it anew",
	    a->changes.v[0].key);
}

/* The same request again is another take, so that it is asked for and not
 * answered from the store. */
static void
another_take(const struct project *p, struct asset_state *a)
{
	struct err e = ERR_INIT;

	if (!a->paid || ((!a->rec.request ||
	    strcmp(a->rec.request, a->want->digest) != 0) &&
	    !object_is_kept(a->want->digest)))
		return;
	do { /* an earlier one may be in the store */
		a->take++;
		request_free(a->want);
		a->want = request_script(p, a->take, &e);
		if (!a->want)
			die_err(&e);
	} while (object_is_kept(a->want->digest));
}

static void
say_nothing_to_write(const struct project *p)
{
	if (p->nr)
		warning("script.md: there is nothing to write: the project has "
		    "its scenes, and brief.md does not say what else to make");
	else
		warning("script.md: there is nothing to write it from; say in "
		    "brief.md what to make, or put material into source.md");
}

void
gen_script_project(const char *dir, const struct gen_script_options *o)
{
	struct strbuf out = STRBUF_INIT;
	struct asset_state a;
	struct project p;
	struct err e = ERR_INIT;

	open_project(&p, dir, o);
	if (state_script(&p, &a, &e) < 0)
		die_err(&e);
	if (o->again)
		another_take(&p, &a);
	if (o->again || state_needs_making(&a))
		make_script(&p, &a);
	else if (a.state == STATE_FAILED)
		die(EX_REFUSED, "script: %s; change the brief, the source or "
		    "scriptModel, or try the same again with --again", a.why);
	else if (a.state == STATE_MODIFIED)
		say_if_old(&a);
	if (a.rec.doc)
		record_line(&p, &a, &out);
	else if (file_exists(a.media))
		strbuf_addstr(&out, "{\"url\": \"script.md\", "
		    "\"provider\": \"file\", \"status\": \"ready\"}");
	else
		say_nothing_to_write(&p);
	if (out.len && !o->quiet) {
		strbuf_addch(&out, '\n');
		pipe_write(&out);
	}
	strbuf_release(&out);
	asset_state_release(&a);
	project_release(&p);
}
