/*
 * Command line options, from a table that also prints the usage.
 */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

enum option_kind {
	OPT_FLAG,   /* int *: set to 1 */
	OPT_STRING, /* const char **: points into argv */
	OPT_COUNT,  /* int *: a whole number >= 0 */
	OPT_REAL,   /* double *: a finite number */
	OPT_LIST    /* struct strvec *: may be given often */
};

struct option_def {
	char letter;      /* short form, 0 for none */
	const char *name; /* long form without the dashes */
	enum option_kind kind;
	void *value;
	const char *arg;  /* what the usage calls its value; NULL for a flag */
	const char *help;
};

struct usage {
	const char *name;            /* of the program */
	const char *const *synopsis; /* NULL-terminated lines after the name */
	const char *purpose;         /* one line */
	const struct option_def *options; /* ends with name NULL */
};

/* Parse: options may stand between operands, "--" ends them, "--name=value"
 * and "--name value" are the same. argv is reordered so that the operands are
 * argv[0] .. argv[n-1] of what is returned in *operands; returns n.
 * A wrong option prints one line and exits EX_BADUSE; --help prints the usage
 * and exits 0. For programs only. */
int options_parse(const struct usage *u, int argc, char **argv,
	char ***operands);

/* Print "name: message" and the synopsis to stderr, exit EX_BADUSE. */
void options_fail(const struct usage *u, const char *fmt, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

#endif
