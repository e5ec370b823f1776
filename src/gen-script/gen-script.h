/*
 * The two halves of gen-script.
 */
#ifndef GEN_SCRIPT_GEN_SCRIPT_H
#define GEN_SCRIPT_GEN_SCRIPT_H

struct gen_script_options {
	/* NULL: not given */
	const char *provider, *target, *language, *platform;
	int again, quiet;
};

/* Make script.md of the project in or above dir where it is not fresh, and
 * print its record unless quiet. Exits where it cannot. */
void gen_script_project(const char *dir, const struct gen_script_options *o);

#endif
