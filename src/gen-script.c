/*
 * gen-script: a source to a script, as a filter or for a project.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "provider/provider.h"
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
	"-C DIR [--provider NAME] [--again]",
	NULL
};

static const struct usage usage = {
	"gen-script", synopsis, "Condense a source to a script, or outline "
	"one from a prompt.", options
};

static void
print_warnings(const struct strbuf *warnings)
{
	char *copy = xstrdup(warnings->buf), *line, *rest;

	for (line = strtok_r(copy, "\n", &rest); line;
	    line = strtok_r(NULL, "\n", &rest))
		warning("%s", line);
	free(copy);
}

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
read_source(struct strbuf *out)
{
	struct err e = ERR_INIT;
	size_t bad;

	if (fd_read(STDIN_FILENO, "stdin", MARKDOWN_BYTES, out, &e) < 0)
		die_err(&e);
	bad = utf8_check(out->buf, out->len);
	if (bad < out->len)
		die(EX_DATA, "stdin: byte %zu is not UTF-8 text; save the "
		    "source as UTF-8", bad + 1);
}

static void
write_out(const struct strbuf *b)
{
	struct err e = ERR_INIT;

	if (file_write_all(STDOUT_FILENO, b->buf, b->len) < 0) {
		err_errno(&e, "stdout: cannot write");
		die_err(&e);
	}
}

static void
run_filter(char **operand, int n)
{
	struct strbuf source = STRBUF_INIT;
	struct script_request q = { 0 };
	struct script_result r;
	const struct script_provider *p;
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
	read_source(&source);
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
	q.model = strchr(spec, ':') ? strchr(spec, ':') + 1 : NULL;
	if (p->write(&q, &r, &e) < 0)
		die_err(&e);
	print_warnings(&r.warnings);
	write_out(&r.markdown);
	script_result_release(&r);
	strbuf_release(&source);
	free(brief);
}

int
main(int argc, char **argv)
{
	char **operand;
	int n;

	set_program_name("gen-script");
	signal(SIGPIPE, SIG_DFL);
	n = options_parse(&usage, argc, argv, &operand);
	if (dir || again)
		options_fail(&usage, "-C and --again are for a project");
	run_filter(operand, n);
	return EX_DONE;
}
