/*
 * Which free media we made ourselves: after a git checkout the files that git
 * does not keep are those of the other branch, and only this tells them from
 * the user's own edits. One list of SHA-256 a project, in the user's store, so
 * that make clean does not lose it.
 */
#ifndef STORE_MADE_H
#define STORE_MADE_H

#include "base/error.h"
#include "base/strbuf.h"

/* Remember that we made these bytes. */
int made_note(const char *project_id, const char *sha256, struct err *e);
/* The same for a list of them, a line each; other lines are passed over. */
int made_add_list(const char *project_id, const struct strbuf *lines,
	struct err *e);
/* Remember that they are what this request gives: the file may be put in place
 * by a program that dies before it has written the record. */
int made_note_for(const char *project_id, const char *request,
	const char *sha256, struct err *e);
/* Are they? */
int made_is_for(const char *project_id, const char *request,
	const char *sha256);
/* Did we? */
int made_is_ours(const char *project_id, const char *sha256);

#endif
