/*
 * storyboard: a project on one page.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/file.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "record/json.h"
#include "render/board.h"
#include "store/git_media.h"

static const char *dir = ".", *output;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "work on the project in or above DIR" },
	{ 'o', "output", OPT_STRING, &output, "FILE",
	    "write FILE instead of storyboard.html" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = { "[-C DIR] [-o FILE]", NULL };

static const struct usage usage = {
	"storyboard", synopsis, "Show a project on one page.", options
};

/* {"url":...}: the page as a path from the project's folder, or as given. */
static int
print_result(const char *url)
{
	struct node *n = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;

	node_set_str(n, "url", url);
	json_print_line(n, &b);
	puts(b.buf);
	strbuf_release(&b);
	node_free(n);
	return pipe_end(EX_DONE);
}

static int
write_page(const struct project *p, const struct survey *v, const char *path,
    struct err *e)
{
	char *out_dir = path_dirname(path);
	struct strbuf html = STRBUF_INIT;
	struct board b;
	int ret;

	ret = board_read(&b, p, v, out_dir, e);
	if (ret == 0) {
		board_print(&b, &html);
		ret = file_write_changed(path, html.buf, html.len, e);
	}
	board_release(&b);
	strbuf_release(&html);
	free(out_dir);
	return ret < 0 ? -1 : 0;
}

int
main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct project p;
	struct survey v;
	char **operands, *path;
	int code;

	if (options_parse(&usage, argc, argv, &operands))
		options_fail(&usage, "'%s': takes no operands", operands[0]);
	if (project_open(&p, dir, &e) < 0 ||
	    survey_take(&v, &p, &e) < 0)
		die_err(&e);
	git_media_find(&p, &v);
	path = output ? path_join("", output) : path_join(p.root,
	    "storyboard.html");
	if (write_page(&p, &v, path, &e) < 0)
		die_err(&e);
	code = print_result(output ? output : "storyboard.html");
	free(path);
	survey_release(&v);
	project_release(&p);
	return code;
}
