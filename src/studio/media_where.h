/*
 * Where the media of a revision can still be had.
 */
#ifndef STUDIO_MEDIA_WHERE_H
#define STUDIO_MEDIA_WHERE_H

#include "store/git.h"
#include "record/node.h"

enum media_where {
	WHERE_NONE,   /* the record has none: a failure, or no record */
	WHERE_GIT,    /* the commit has it */
	WHERE_HERE,   /* the working tree has these very bytes */
	WHERE_STORE,  /* its reply is in the store */
	WHERE_FREE,   /* it is made again for nothing */
	WHERE_LFS,    /* a Git LFS pointer */
	WHERE_PAY,    /* only by paying again */
	WHERE_GONE    /* the user's own file, which is nowhere */
};

/* "in git", "in the store", "only by paying" ... */
const char *media_where_words(enum media_where w);
/* The same for programs: "git", "store", "pay" ... */
const char *media_where_name(enum media_where w);

/* rec is a record of the scene's folder dir in this commit, and files are the
 * commit's files there; here is the scene's folder now, or NULL. Hashes what is
 * there; asks nobody. */
enum media_where media_where(const struct git *g, const char *commit,
	const struct git_list *files, const char *dir, const struct node *rec,
	const char *here);

/* The path in the project of a record's media: its url, seen from the scene's
 * folder dir. To be freed; NULL where it leads out of the project. */
char *media_where_path(const char *dir, const char *url);

/* Records of a commit were checked by nobody: is it 64 hex digits? */
int media_is_digest(const char *s);

/* Is this file of a commit a Git LFS pointer? sha256 (SHA256_HEX bytes; may be
 * NULL) gets what it points to. */
int media_is_pointer(const struct git *g, const struct git_entry *f,
	char *sha256);

#endif
