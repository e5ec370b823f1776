/*
 * gen-script: a source to a script, as a filter or for a project.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/options.h"
#include "base/pipe.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "provider/obtain.h"
#include "provider/provider.h"
#include "record/preset.h"
#include "record/project.h"
#include "record/spec.h"
#include "record/yaml.h"
#include "store/commit.h"
#include "store/inputs.h"
#include "text/markdown.h"
#include "text/target.h"

static const char *dir, *provider, *language, *platform, *target;
static int again;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "work on the project in or above DIR" },
	{ 0, "provider", OPT_STRING, &provider, "NAME",
	    "extract, or another, with :MODEL" },
	{ 0, "target-length", OPT_STRING, &target, "LENGTH",
	    "45s, 3m, 1m30s, or a number of words" },
	{ 0, "language", OPT_STRING, &language, "TAG",
	    "of the source: en (default), de, pt-BR" },
	{ 0, "platform", OPT_STRING, &platform, "NAME",
	    "youtube (default), shorts, podcast, ..." },
	{ 0, "again", OPT_FLAG, &again, NULL,
	    "in a project: make script.md anew, over your own changes" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[--provider NAME] [--target-length LENGTH]\n"
	"                  [--language TAG] [--platform NAME] [PROMPT ...]\n"
	"                  <source.md >script.md",
	"-C DIR [--provider NAME] [--target-length LENGTH] [--again]",
	NULL
};

static const struct usage usage = {
	"gen-script", synopsis, "Condense a source to a script, or outline "
	"one from a prompt.", options
};

static char *
join_words(char **word, int n)
{
	struct strbuf b = STRBUF_INIT;
	int i;

	for (i = 0; i < n; i++) {
		if (i)
			strbuf_addch(&b, ' ');
		strbuf_addstr(&b, word[i]);
	}
	return strbuf_detach(&b, NULL);
}

static void
run_filter(char **operand, int n)
{
	struct strbuf source = STRBUF_INIT;
	struct script_request q = { 0 };
	struct script_result r;
	const struct script_provider *p;
	struct obtain o = { 0 };
	struct target t;
	struct err e = ERR_INIT;
	const char *spec = provider ? provider : "extract";
	char *brief;

	if (isatty(STDIN_FILENO))
		options_fail(&usage, "give the source on stdin");
	if (target_parse(target, "--target-length", &t, &e) < 0)
		options_fail(&usage, "%s", e.msg);
	p = script_provider_find(spec, &e);
	if (!p)
		die_err(&e);
	pipe_read_text(&source, MARKDOWN_BYTES, "save the source as UTF-8");
	brief = join_words(operand, n);
	q.brief = brief;
	q.source = source.buf;
	q.language = language ? language : "en";
	q.platform = platform ? platform : "youtube";
	q.tone = q.category = "";
	q.seconds = t.seconds;
	q.words = t.words;
	q.voice_provider = !strncmp(q.language, "en", 2) ? "flite" : "espeak";
	q.speed = 1;
	q.model = spec_model(spec);
	o.spec = spec;
	o.what = "script";
	script_result_init(&r);
	if (script_obtain(p, &o, &q, &r, &e) < 0)
		die_err(&e);
	warning_lines("", r.warnings.buf);
	pipe_write(&r.markdown);
	script_result_release(&r);
	strbuf_release(&source);
	free(brief);
}

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
open_project(struct project *p)
{
	struct err e = ERR_INIT;
	struct target t;

	if (project_open(p, dir, &e) < 0)
		die_err(&e);
	if (target_parse(target, "--target-length", &t, &e) < 0 ||
	    (provider && !script_provider_find(provider, &e)) ||
	    (platform && !preset_find(platform, &e)))
		die_err(&e);
	set_option(p, "settings.yaml", "scriptModel", provider);
	set_option(p, "project.yaml", "targetLength", target);
	set_option(p, "project.yaml", "language", language);
	set_option(p, "project.yaml", "platform", platform);
	if (provider || target || language || platform) {
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

static int
is_blank(const char *s)
{
	return !s[strspn(s, " \t\r\n")];
}

/* The user's own words are put aside before they are written over. */
static void
put_aside(const struct project *p, const char *path)
{
	char *to = project_path(p, "build/removed/script.md");
	char *folder = project_path(p, "build/removed");
	struct err e = ERR_INIT;

	if (file_exists(path)) {
		if (file_mkdirs(folder, &e) < 0 ||
		    file_copy(path, to, &e) < 0)
			die_err(&e);
		warning("script.md: your text is now "
		    "build/removed/script.md");
	}
	free(folder);
	free(to);
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

static void
obtain_script(const struct project *p, const struct asset_state *a,
    struct script_result *r)
{
	char *brief = read_text(p, "brief.md");
	char *source = read_text(p, "source.md");
	const struct script_provider *with;
	struct strbuf instructions = STRBUF_INIT;
	struct script_request q = { 0 };
	struct obtain o = { 0 };
	struct target t;
	struct err e = ERR_INIT;

	if (is_blank(brief) && is_blank(source))
		die(EX_DATA, "brief.md: is empty; write what to make, or put "
		    "material into source.md");
	if (target_parse(p->target_length, "project.yaml: targetLength", &t,
	    &e) < 0)
		die_err(&e);
	with = script_provider_find(a->provider, &e);
	if (!with || prompt_file_read(p, &instructions, &e) < 0)
		die_err(&e);
	q.brief = brief;
	q.source = source;
	q.language = p->language;
	q.tone = p->tone;
	q.category = p->category ? p->category : "";
	q.platform = p->platform;
	q.seconds = t.seconds;
	q.words = t.words;
	q.voice_provider = project_setting(p, "ttsProvider", "flite");
	q.speed = node_num(p->settings, "defaultSpeed", 1);
	q.model = spec_model(a->provider);
	q.options = provider_options(p, "scriptOptions", a->provider);
	q.instructions = instructions.buf;
	o.project = p;
	o.want = a->want;
	o.spec = a->provider;
	o.what = "script";
	if (script_obtain(with, &o, &q, r, &e) < 0)
		die_err(&e);
	strbuf_release(&instructions);
	free(brief);
	free(source);
}

static void
make_script(const struct project *p, struct asset_state *a)
{
	struct stat_cache *cache = stat_cache_open(p->root);
	char *path = project_path(p, "script.md");
	struct script_result r;
	struct err e = ERR_INIT;

	script_result_init(&r);
	obtain_script(p, a, &r);
	warning_lines("", r.warnings.buf);
	if (utf8_check(r.markdown.buf, r.markdown.len) < r.markdown.len ||
	    is_blank(r.markdown.buf))
		die(EX_REFUSED, "%s: gave no script in UTF-8; try another "
		    "provider", a->provider);
	if (a->state == STATE_MODIFIED || (!a->rec.doc && file_exists(path)))
		put_aside(p, path);
	if (file_write(path, r.markdown.buf, r.markdown.len, &e) < 0 ||
	    commit_file(p, a, record_of(a, &r), path, cache, &e) < 0)
		die_err(&e);
	complete_project(p, &r);
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
	    "edited it; gen-script --again writes it anew",
	    a->changes.v[0].key);
}

static void
run_project(void)
{
	struct strbuf out = STRBUF_INIT;
	struct asset_state a;
	struct project p;
	struct err e = ERR_INIT;

	open_project(&p);
	if (state_script(&p, &a, &e) < 0)
		die_err(&e);
	if (again || state_needs_making(&a))
		make_script(&p, &a);
	else if (a.state == STATE_MODIFIED)
		say_if_old(&a);
	if (a.rec.doc)
		record_line(&p, &a, &out);
	else
		strbuf_addstr(&out, "{\"url\": \"script.md\", "
		    "\"provider\": \"file\", \"status\": \"ready\"}");
	strbuf_addch(&out, '\n');
	pipe_write(&out);
	strbuf_release(&out);
	asset_state_release(&a);
	project_release(&p);
}

int
main(int argc, char **argv)
{
	char **operand;
	int n;

	signal(SIGPIPE, SIG_DFL);
	n = options_parse(&usage, argc, argv, &operand);
	if (!dir) {
		if (again)
			options_fail(&usage, "--again is for a project; add "
			    "-C DIR");
		run_filter(operand, n);
		return EX_DONE;
	}
	if (n)
		options_fail(&usage, "\"%s\": in a project the prompt is "
		    "brief.md", operand[0]);
	run_project();
	return EX_DONE;
}
