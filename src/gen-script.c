/*
 * gen-script: a source to a script, as a filter or for a project.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/options.h"
#include "base/pipe.h"
#include "base/strbuf.h"
#include "gen-script/gen-script.h"
#include "provider/obtain.h"
#include "provider/provider.h"
#include "record/spec.h"
#include "text/markdown.h"
#include "text/target.h"

static const char *dir, *provider, *language, *platform, *target;
static int again, quiet;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "work on the project in or above DIR" },
	{ 0, "provider", OPT_STRING, &provider, "NAME",
	    "extract (default), or one of those above" },
	{ 0, "target-length", OPT_STRING, &target, "LENGTH",
	    "45s, 3m, 1m30s, or a number of words" },
	{ 0, "language", OPT_STRING, &language, "TAG",
	    "of the source: en (default), de, pt-BR" },
	{ 0, "platform", OPT_STRING, &platform, "NAME",
	    "youtube (default), shorts, podcast, ..." },
	{ 0, "again", OPT_FLAG, &again, NULL,
	    "make another; in a project also over your own changes" },
	{ 'q', "quiet", OPT_FLAG, &quiet, NULL,
	    "in a project: print no record" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[--provider NAME] [--target-length LENGTH]\n"
	"                  [--language TAG] [--platform NAME] [PROMPT ...]\n"
	"                  <source.md >script.md",
	"-C DIR [-q] [--provider NAME] [--target-length LENGTH] [--again]",
	NULL
};

static const struct usage usage = {
	"gen-script", synopsis, "Condense a source to a script, or outline "
	"one from a prompt.\nServers: openai anthropic gemini, as NAME:MODEL; "
	"exec:COMMAND.", options
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
	o.again = again;
	script_result_init(&r);
	if (script_obtain(p, &o, &q, &r, &e) < 0)
		die_err(&e);
	warning_lines("", r.warnings.buf);
	pipe_write(&r.markdown);
	script_result_release(&r);
	strbuf_release(&source);
	free(brief);
}

int
main(int argc, char **argv)
{
	struct gen_script_options o;
	char **operand;
	int n;

	signal(SIGPIPE, SIG_DFL);
	n = options_parse(&usage, argc, argv, &operand);
	if (!dir) {
		run_filter(operand, n);
		return EX_DONE;
	}
	if (n)
		options_fail(&usage, "\"%s\": in a project the prompt is "
		    "brief.md", operand[0]);
	o.provider = provider;
	o.target = target;
	o.language = language;
	o.platform = platform;
	o.again = again;
	o.quiet = quiet;
	gen_script_project(dir, &o);
	return EX_DONE;
}
