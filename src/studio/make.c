/*
 * studio make: our rules, whatever the project's Makefile says; and what
 * "make help" prints.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "studio/studio.h"

static const char help[] =
    "make                 the film, and all it needs\n"
    "make -j8 -k          in parallel, going on where one thing fails\n"
    "make -n              what would run\n"
    "make plan            what is not fresh, which input changed\n"
    "make status          the project at a glance\n"
    "make preview         the film at once, small, with stand-ins\n"
    "make script | scenes | audio | images | parts | video | storyboard\n"
    "                     up to that step\n"
    "make clean           empty build/ but for build/removed\n"
    "make MAX_COST=5      let this run spend more than maxCost (1.00)\n"
    "make LAUNCH='srun -n1'   parts of the film on a cluster\n";

/* The recipes call studio by name: the one that runs now comes first. */
static void
put_first_in_path(void)
{
	char *dir = path_program_dir(), *path;
	const char *old = getenv("PATH");

	if (!dir)
		return;
	path = xasprintf("%s:%s", dir, old ? old : "/usr/bin:/bin");
	xsetenv("PATH", path);
	free(path);
	free(dir);
}

int
cmd_make(int argc, char **argv)
{
	char **args = xcalloc((size_t)argc + 6, sizeof(*args));
	struct err e = ERR_INIT;
	int i, n = 0;

	if (argc > 1 && !strcmp(argv[1], "--help")) {
		fputs(help, stdout);
		free(args);
		return EX_DONE;
	}
	args[n++] = (char *)"make";
	args[n++] = (char *)"-f";
	args[n++] = path_share("studio.mk");
	args[n++] = (char *)"-C";
	args[n] = project_find(".", &e);
	if (!args[n++])
		die_err(&e);
	for (i = 1; i < argc; i++)
		args[n++] = argv[i];
	put_first_in_path();
	execvp(args[0], args);
	die(EX_CONF, "make: cannot run it; install GNU make");
}
