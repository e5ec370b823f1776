/*
 * split-scenes: a script to scenes, as a filter or for a project.
 */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/lock.h"
#include "base/options.h"
#include "base/pipe.h"
#include "base/strbuf.h"
#include "record/json.h"
#include "record/project.h"
#include "store/state.h"
#include "text/markdown.h"
#include "text/scene_sync.h"
#include "text/split.h"

static const char *dir, *language, *platform;
static int quiet, write_script;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "work on the project in or above DIR" },
	{ 0, "language", OPT_STRING, &language, "TAG",
	    "of the script: en (default), de, pt-BR" },
	{ 0, "platform", OPT_STRING, &platform, "NAME",
	    "youtube (default), shorts, podcast, ..." },
	{ 0, "write-script", OPT_FLAG, &write_script, NULL,
	    "in a project: write script.md from the scenes" },
	{ 'q', "quiet", OPT_FLAG, &quiet, NULL,
	    "in a project: print no records" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[--language TAG] [--platform NAME] <script.md >scenes.jsonl",
	"-C DIR [-q] [--write-script]",
	NULL
};

static const struct usage usage = {
	"split-scenes", synopsis, "Split a script into scenes, one JSON line "
	"each.", options
};

static void
set_if(struct node *map, const char *key, const char *value)
{
	if (value)
		node_set_str(map, key, value);
}

static void
print_scene(const struct script_part *p, size_t index, struct strbuf *out)
{
	struct node *n = node_new(NODE_MAP), *image;

	node_set_whole(n, "index", (long long)index);
	set_if(n, "heading", p->heading);
	node_set_str(n, "text", p->text);
	set_if(n, "say", p->say);
	set_if(n, "notes", p->notes);
	set_if(n, "speaker", p->speaker);
	if (p->image) {
		image = node_new(NODE_MAP);
		node_set_str(image, "prompt", p->image);
		node_set(n, "image", image);
	}
	json_print_line(n, out);
	strbuf_addch(out, '\n');
	node_free(n);
}

static void
run_filter(void)
{
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	struct script in = SCRIPT_INIT, scenes = SCRIPT_INIT;
	struct pace pace = split_pace(language ? language : "en");
	size_t i;

	if (isatty(STDIN_FILENO))
		options_fail(&usage, "give the script on stdin");
	pipe_read_text(&text, MARKDOWN_BYTES, "save the script as UTF-8");
	script_parse(text.buf, text.len, &in);
	split_script(&in, split_rule_for(platform), &pace, &scenes);
	if (!scenes.nr)
		die(EX_DATA, "stdin: there is nothing to speak in this "
		    "script; write a paragraph");
	for (i = 0; i < scenes.nr; i++)
		print_scene(&scenes.v[i], i + 1, &out);
	pipe_write(&out);
	script_release(&in);
	script_release(&scenes);
	strbuf_release(&text);
	strbuf_release(&out);
}

static void
load(struct project *p)
{
	struct err e = ERR_INIT;

	if (project_open(p, dir, &e) < 0)
		die_err(&e);
}

static void
load_again(struct project *p)
{
	project_release(p);
	load(p);
}

static void
print_scenes(const struct project *p)
{
	struct strbuf out = STRBUF_INIT;
	struct node *n;
	size_t i;

	for (i = 0; i < p->nr; i++) {
		n = scene_json(p, &p->scene[i]);
		json_print_line(n, &out);
		strbuf_addch(&out, '\n');
		node_free(n);
	}
	pipe_write(&out);
	strbuf_release(&out);
}

static void
say_all(const struct scene_sync *r)
{
	size_t i;

	for (i = 0; i < r->messages.nr; i++)
		warning("%s", r->messages.v[i]);
}

/* Returns the number of conflicts. */
static size_t
sync_project(struct project *p)
{
	struct scene_sync r = SCENE_SYNC_INIT;
	struct asset_state a;
	struct err e = ERR_INIT;
	size_t conflicts;
	int ret = scene_sync_complete(p, &r, &e);

	if (ret == 0 && r.changed)
		load_again(p);
	if (ret == 0)
		ret = state_split(p, &a, &e);
	if (ret < 0) {
		say_all(&r);
		die_err(&e);
	}
	if (write_script)
		ret = scene_sync_write_script(p, &a, &e);
	else if (state_needs_making(&a))
		ret = scene_sync_script(p, &a, &r, &e);
	say_all(&r);
	if (ret < 0)
		die_err(&e);
	asset_state_release(&a);
	conflicts = r.conflicts;
	scene_sync_release(&r);
	return conflicts;
}

static int
run_project(void)
{
	struct project p;
	struct err e = ERR_INIT;
	size_t conflicts;
	char *lock;
	int fd;

	load(&p);
	lock = project_path(&p, "build/scenes.lock");
	fd = lock_take(lock, 1, &e);
	if (fd < 0)
		die_err(&e);
	load_again(&p);
	conflicts = sync_project(&p);
	if (!quiet) {
		load_again(&p);
		print_scenes(&p);
	}
	project_release(&p);
	free(lock);
	close(fd);
	return conflicts ? EX_DATA : EX_DONE;
}

int
main(int argc, char **argv)
{
	char **operand;

	signal(SIGPIPE, SIG_DFL);
	if (options_parse(&usage, argc, argv, &operand) > 0)
		options_fail(&usage, "takes no operand: \"%s\"", operand[0]);
	if (dir)
		return run_project();
	if (write_script)
		options_fail(&usage, "--write-script is for a project; add "
		    "-C DIR");
	run_filter();
	return EX_DONE;
}
