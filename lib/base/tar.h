/*
 * Plain tar files, POSIX.1-1988 ustar, as far as regular files go: written and
 * read from front to back, so that a pipe will do.
 *
 *	512 bytes a header: name[100] mode[8] uid[8] gid[8] size[12] mtime[12]
 *	chksum[8] typeflag linkname[100] "ustar" NUL "00" uname[32] gname[32]
 *	devmajor[8] devminor[8] prefix[155], numbers as octal text; the file's
 *	bytes, filled up to 512; two blocks of NULs at the end.
 */
#ifndef BASE_TAR_H
#define BASE_TAR_H

#include <stdint.h>
#include <time.h>

#include "base/error.h"
#include "base/strbuf.h"

#define TAR_NAME 101        /* bytes of a name, with its NUL */
#define TAR_BYTES (8ull << 30) /* a file is smaller */

struct tar_entry {
	char name[TAR_NAME]; /* without "./" before it */
	int is_folder;
	uint64_t size;
	time_t mtime;
};

/* Append a header; the same entry gives the same bytes. Owner is nobody. */
void tar_head(struct strbuf *out, const struct tar_entry *t);
/* Append what fills a file of that size up, or what ends a tar file. */
void tar_fill(struct strbuf *out, uint64_t size);
void tar_end(struct strbuf *out);

/* A tar file that is read. */
struct tar {
	int fd;
	const char *file; /* for messages */
	uint64_t left;    /* bytes of the entry that were not read yet */
	unsigned fill;    /* bytes behind it */
};

/* The next entry, whatever is left of the one before is passed over: 1, or 0
 * at the end. EX_DATA names what is wrong: no tar, cut short, a link or
 * another special file, a name that leads out. */
int tar_next(struct tar *t, struct tar_entry *out, struct err *e);
/* Up to n bytes of the entry; 0 at its end, -1. */
int tar_read(struct tar *t, void *buf, int n, struct err *e);

#endif
