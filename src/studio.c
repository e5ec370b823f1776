/*
 * studio: one name for every step of a project.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/pipe.h"
#include "studio/studio.h"

struct command {
	const char *name;
	int (*run)(int argc, char **argv); /* NULL: a program of its own */
	const char *help;
};

static const struct command commands[] = {
	{ "new", cmd_new, "make a project folder" },
	{ "add", cmd_add, "add a scene" },
	{ "make", cmd_make, "make what is not fresh, by our own rules" },
	{ "plan", cmd_plan, "what make would do, and why" },
	{ "status", cmd_status, "the project at a glance" },
	{ "cost", cmd_cost, "what was paid, and what may be" },
	{ "show", cmd_show, "the records, with what is derived" },
	{ "log", cmd_log, "the revisions of a scene" },
	{ "diff", cmd_diff, "which scenes differ from a commit" },
	{ "restore", cmd_restore, "a scene as it was in a commit" },
	{ "check", cmd_check, "check every record, reference and digest" },
	{ "doctor", cmd_doctor, "what crashes and merges left; --fix mends" },
	{ "gc", cmd_gc, "what can be removed; --force removes it" },
	{ "adopt", cmd_adopt, "take an asset as it is for fresh" },
	{ "store", cmd_store, "what was paid for: where, how much, export" },
	{ "trust", cmd_trust, "commands that projects may run" },
	{ "config", cmd_config, "show or set a setting" },
	{ "providers", NULL, "who can make things, and do they answer" },
	{ "refresh", cmd_refresh, "what has to be made, for make" },
	{ "gen-script", NULL, "brief and source to script.md" },
	{ "split-scenes", NULL, "script.md to scenes" },
	{ "tts", NULL, "voices of the scenes" },
	{ "image", NULL, "pictures of the scenes; --cover" },
	{ "render-clip", NULL, "one part of a film" },
	{ "render-video", NULL, "the films" },
	{ "storyboard", NULL, "storyboard.html" },
};

#define COMMANDS (sizeof(commands) / sizeof(*commands))

/* Beside studio in the source tree, then where make install puts it. */
char *
filter_path(const char *name)
{
	char *bin = path_program_dir(), *path;

	path = xasprintf("%s/%s", bin ? bin : ".", name);
	if (!file_exists(path)) {
		free(path);
		path = xasprintf("%s/../libexec/studio/%s", bin ? bin : ".",
		    name);
	}
	free(bin);
	return path;
}

void
open_project(struct project *p)
{
	struct err e = ERR_INIT;

	if (project_open(p, ".", &e) < 0)
		die_err(&e);
}

void
list_folder(const char *path, struct strvec *names)
{
	struct err e = ERR_INIT;

	if (folder_list(path, names, &e) < 0)
		die_err(&e);
}

void
open_survey(struct project *p, struct survey *v)
{
	struct err e = ERR_INIT;

	open_project(p);
	if (survey_take(v, p, &e) < 0)
		die_err(&e);
}

static void
usage(FILE *f)
{
	size_t i;

	fputs("usage: studio [-C DIR] COMMAND [ARGUMENTS]\n\n", f);
	for (i = 0; i < COMMANDS; i++)
		fprintf(f, "  %-13s %s\n", commands[i].name, commands[i].help);
	fputs("\n\"studio COMMAND --help\" tells more; so does man studio.\n"
	    "Start with: studio new DIR, edit DIR/brief.md, make -C DIR\n", f);
}

/* A step of its own: the filter in project mode. */
static int
run_filter(const char *name, int argc, char **argv)
{
	char *path = filter_path(name), *root = NULL;
	char **args = xcalloc((size_t)argc + 4, sizeof(*args));
	struct err e = ERR_INIT;
	int i, n = 0;

	args[n++] = (char *)name;
	if (argc < 2 || strcmp(argv[1], "--help") != 0) {
		root = project_find(".", &e);
		/* those are there without a project too */
		if (!root && strcmp(name, "providers") != 0)
			die_err(&e);
		if (root) {
			args[n++] = (char *)"-C";
			args[n++] = root;
		}
	}
	for (i = 1; i < argc; i++)
		args[n++] = argv[i];
	execv(path, args);
	die(EX_CONF, "%s: cannot run it; build it with make, or reinstall",
	    path);
}

static int
run_command(size_t i, int argc, char **argv)
{
	if (!commands[i].run)
		return run_filter(argv[0], argc, argv);
	return commands[i].run(argc, argv);
}

static int
no_command(const char *name)
{
	warning("there is no command '%s'; studio help lists them", name);
	return EX_BADUSE;
}

static int
help(int argc, char **argv)
{
	char *args[3] = { NULL, (char *)"--help", NULL };
	size_t i;

	if (argc > 1)
		args[0] = argv[1];
	for (i = 0; argc > 1 && i < COMMANDS; i++)
		if (!strcmp(argv[1], commands[i].name))
			return run_command(i, 2, args);
	if (argc > 1)
		return no_command(argv[1]);
	usage(stdout);
	return pipe_end(EX_DONE);
}

/* What make includes; no project is needed for it. */
static int
print_mk(void)
{
	char *path = path_share("studio.mk");
	char *real = xrealpath(path);

	if (!real)
		die(EX_CONF, "%s: is not there; reinstall studio", path);
	puts(real);
	free(real);
	free(path);
	return EX_DONE;
}

int
main(int argc, char **argv)
{
	size_t i;

	set_program_name("studio");
	if (argc > 2 && !strcmp(argv[1], "-C")) {
		if (chdir(argv[2]) < 0)
			die(EX_BADUSE, "%s: no such folder", argv[2]);
		argv += 2;
		argc -= 2;
	}
	if (argc < 2) {
		usage(stderr);
		return EX_BADUSE;
	}
	argv++;
	argc--;
	if (!strcmp(argv[0], "--mk"))
		return print_mk();
	if (!strcmp(argv[0], "help") || !strcmp(argv[0], "--help") ||
	    !strcmp(argv[0], "-h"))
		return help(argc, argv);
	for (i = 0; i < COMMANDS; i++)
		if (!strcmp(argv[0], commands[i].name))
			return run_command(i, argc, argv);
	return no_command(argv[0]);
}
