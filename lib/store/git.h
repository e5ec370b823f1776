/*
 * git, as a child: its plumbing by argv, without shell, pager, colours,
 * questions on the terminal or file system monitor. The folder decides which
 * repository it is, whatever GIT_DIR and its like say (they name another one
 * in a hook). Paths are relative to the project's folder, and literal.
 */
#ifndef STORE_GIT_H
#define STORE_GIT_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

#define GIT_ID 65                /* a commit's or blob's name and NUL */
#define GIT_OUT_BYTES (1u << 30) /* git may answer */

struct git {
	char *root;   /* the project's folder */
	char *prefix; /* where that is in the work tree: "" or "films/a/" */
	int shallow;  /* a clone with --depth: older commits are not there */
	int none;     /* git_open failed, since there is no repository */
};

/* EX_CONF where git is not installed, root is in no work tree, or git refuses
 * the repository; the message says which, and what to do. */
int git_open(struct git *g, const char *root, struct err *e);
void git_release(struct git *g);

/* What is handed to git; args ends with NULL. */
struct git_call {
	const char *dir;
	const char *const *args; /* without "git" itself */
	const void *in;          /* bytes for its stdin */
	size_t in_len;
	int out_fd;              /* -1: its output is appended to out */
	struct strbuf *out;
};

#define GIT_CALL_INIT { NULL, NULL, NULL, 0, -1, NULL }

/* Exit status; -1 where it could not be run or gave too much. why (may be
 * NULL) gets the first line that it said on stderr. */
int git_ask(const struct git_call *c, struct strbuf *why, struct err *e);
/* The same where any status but 0 is an error: EX_FAILED with git's line;
 * EX_CONF without git. */
int git_run(const struct git_call *c, struct err *e);

/* The commit that rev names (a branch, a tag, HEAD~2). EX_BADUSE where there
 * is none. */
int git_commit(const struct git *g, const char *rev, char out[GIT_ID],
	struct err *e);
/* Does HEAD name a commit yet? */
int git_has_commits(const struct git *g);

struct git_entry {
	char *path;       /* from the project's folder */
	char id[GIT_ID];
	unsigned mode;    /* 0100644, 0100755; 0120000 a link, 0160000 a
			     submodule */
	long long bytes;  /* -1: not known */
};

struct git_list {
	struct git_entry *v;
	size_t nr, alloc;
};

/* The files of a commit at or below path ("": all of the project), sorted by
 * path as git sorts. None is no error. */
int git_list(const struct git *g, const char *commit, const char *path,
	struct git_list *out, struct err *e);
void git_list_release(struct git_list *l);
/* The file at this very path, NULL where there is none. */
const struct git_entry *git_list_find(const struct git_list *l,
	const char *path);

/* Is it a plain file? */
int git_is_file(const struct git_entry *f);

/* Blobs by their ids, read all at once. */
struct git_blob {
	char id[GIT_ID];
	char *text;   /* with a NUL behind it; NULL: not read */
	size_t len;
};

struct git_blobs {
	struct git_blob *v;
	size_t nr, alloc;
	int sorted;
};

#define GIT_BLOBS_INIT { NULL, 0, 0, 0 }

void git_blobs_want(struct git_blobs *b, const char *id);
/* Read those of at most limit bytes; others, and what is no blob, stay NULL. */
int git_blobs_read(struct git_blobs *b, const struct git *g, size_t limit,
	struct err *e);
/* NULL: not wanted before, too large, or not there. */
const struct git_blob *git_blobs_get(const struct git_blobs *b,
	const char *id);
void git_blobs_release(struct git_blobs *b);

#endif
