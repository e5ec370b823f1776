/*
 * Which system calls stop for inject: those that change files.
 */
#ifndef FILTER_H
#define FILTER_H

#include <fcntl.h>
#include <stddef.h>

/* How a call names its file: the number of an argument, -1 for none. A path
 * with a folder's descriptor before it has both. */
struct call_kind {
	int nr;
	const char *name;
	int dir1, path1, dir2, path2;
	int fd;    /* the file that is changed */
	int flags; /* of an open: only where they may change something */
	int count; /* bytes to write, which can be cut short */
};

/* Flags of an open that may change something. */
#define CALL_CHANGES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)

extern const struct call_kind call_kinds[];
extern const size_t call_kinds_nr;

/* The kind of call of this number; NULL: none of ours. */
const struct call_kind *call_kind(int nr);

/* Put the filter over this process and all that it starts. Returns the
 * descriptor at which the calls arrive, -1 with errno. PR_SET_DUMPABLE is
 * made to do nothing, so that arguments can be read without privileges. */
int filter_install(void);

#endif
