/*
 * By what a file is known to be the one that was read before: as git's index
 * does, inode, size, mtime and ctime. Nobody can set a ctime, so neither a
 * restored mtime nor "cp -p" over a file passes for the old one.
 *
 *	file_stamp_now(&now);            first, so that a slow read counts
 *	file_stamp_get(path, &s);        then this
 *	... read the file ...
 *	if (file_stamp_settled(&s, now)) remember it
 *	...
 *	if (file_stamp_same(&s, &kept))  it is as it was
 */
#ifndef BASE_FILE_STAMP_H
#define BASE_FILE_STAMP_H

#include <stdint.h>
#include <sys/stat.h>

struct file_stamp {
	uint64_t ino, size;
	int64_t mtime, ctime; /* nanoseconds since 1970 */
};

/* Nanoseconds since 1970 by the clock that files get their times from. */
int64_t file_stamp_now(void);
void file_stamp_of(const struct stat *st, struct file_stamp *s);
/* Of the regular file at path itself, not of what a link there leads to; -1
 * with errno where there is none (EINVAL: it is something else). */
int file_stamp_get(const char *path, struct file_stamp *s);
int file_stamp_same(const struct file_stamp *a, const struct file_stamp *b);

/*
 * Was the file left alone long enough at now for another change to show? The
 * kernel's file clock ticks every few milliseconds, some file systems keep
 * whole seconds or two: what changed just now may change again under the same
 * times. A ctime in the future (the clock was set back) is never settled.
 */
int file_stamp_settled(const struct file_stamp *s, int64_t now);

#endif
