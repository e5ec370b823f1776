/*
 * studio trust: the commands that a project may run as exec: providers.
 */
#include <stdio.h>
#include <string.h>

#include "base/options.h"
#include "base/pipe.h"
#include "base/strvec.h"
#include "store/user.h"
#include "studio/studio.h"

int
cmd_trust(int argc, char **argv)
{
	const char *add = NULL;
	const struct option_def options[] = {
		{ 0, "add", OPT_STRING, &add, "COMMAND",
		    "let projects run exactly this command" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--add COMMAND]", NULL };
	struct usage u = { "studio trust", synopsis,
		"Show or add commands that projects may run.", options };
	struct strvec list = STRVEC_INIT;
	struct err e = ERR_INIT;
	char **operands;
	size_t i;
	int n;

	n = options_parse(&u, argc, argv, &operands);
	if (n)
		options_fail(&u, "'%s': did you mean --add?", operands[0]);
	if (add && !strncmp(add, "exec:", 5))
		add += 5;
	if (add && !*add)
		options_fail(&u, "--add needs a command");
	if (add && trust_add(add, &e) < 0)
		die_err(&e);
	if (trust_list(&list, &e) < 0)
		die_err(&e);
	for (i = 0; i < list.nr; i++)
		puts(list.v[i]);
	if (!list.nr)
		warning("no command is trusted yet");
	strvec_release(&list);
	return pipe_end(EX_DONE);
}
