/*
 * One run of an exec: command; what the stages of exec.h share.
 */
#ifndef PROVIDER_EXEC_CALL_H
#define PROVIDER_EXEC_CALL_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/strvec.h"
#include "record/node.h"

struct exec_call {
	const char *command;
	const char *in;
	size_t limit;
	struct strvec env;
};

/* A call with STUDIO_STAGE and STUDIO_LANGUAGE set; in and command are
 * borrowed (command NULL counts as ""), limit is of the reply's bytes. */
struct exec_call exec_begin(const char *command, const char *stage,
	const char *language, const char *in, size_t limit);

/* Set STUDIO_NAME; value NULL is "". */
void exec_put(struct exec_call *c, const char *name, const char *value);
void exec_put_num(struct exec_call *c, const char *name, double d);
/* Set STUDIO_OPTION_NAME for each, the name in upper case and what is not A-Z
 * or 0-9 as "_"; options may be NULL. */
void exec_put_options(struct exec_call *c, const struct node *options);

/* Run it, append its stdout to reply; releases c. An exit status becomes the
 * error that it stands for. */
int exec_run(struct exec_call *c, struct strbuf *reply, struct err *e);

#endif
