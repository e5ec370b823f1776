/*
 * Whole files: read with a limit, written so that a reader sees the old bytes
 * or the new ones and never half of them.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/strbuf.h"

/* Open for reading; a FIFO, device, folder or symbolic link as the last
 * component is refused (EX_DATA), a missing file is EX_IO with errno ENOENT.
 * Returns the descriptor (close-on-exec). */
int file_open_regular(const char *path, struct err *e);

/* read(2) that repeats on EINTR, and waits where the descriptor does not. */
ssize_t file_read_some(int fd, void *buf, size_t n);

/* Write all n bytes, repeating on EINTR and short writes, and waiting as above;
 * -1 with errno. */
int file_write_all(int fd, const void *p, size_t n);

/* fsync(2) that repeats on EINTR. */
int file_sync(int fd);

/* Append the file to *out; one over limit bytes is refused (EX_DATA). errno is
 * ENOENT when it is not there. */
int file_read(const char *path, size_t limit, struct strbuf *out,
	struct err *e);

/* As file_read, for a path that the user typed: a symbolic link is followed and
 * a pipe (a FIFO, <(command), /dev/stdin) is read to its end, which works once.
 * Not for a path that stands in a project: that may be a stranger's. */
int file_read_typed(const char *path, size_t limit, struct strbuf *out,
	struct err *e);

/* Append everything from a descriptor (stdin); name is for messages. */
int fd_read(int fd, const char *name, size_t limit, struct strbuf *out,
	struct err *e);

/*
 * Atomic write, in this order: temp file beside the target, write, fsync,
 * rename over the target, fsync of the folder.
 *
 *	struct tempfile *t = tempfile_new("scenes/x/audio.json", &e);
 *	file_write_all(tempfile_fd(t), ...);
 *	tempfile_commit(t, &e);       or    tempfile_abandon(t);
 *
 * Both of the last free t. A temp file that is alive at exit or at SIGINT,
 * SIGTERM or SIGHUP is removed; its name is ".NAME.PID.N.tmp", so that a
 * dead program's can be told.
 */
struct tempfile;
struct tempfile *tempfile_new(const char *target, struct err *e);
int tempfile_fd(struct tempfile *t);
const char *tempfile_path(struct tempfile *t); /* for libraries that want one */
/* Returns -1 with the temp file removed where any step failed. */
int tempfile_commit(struct tempfile *t, struct err *e);
void tempfile_abandon(struct tempfile *t); /* t may be NULL */
/* Is it the name of such a temp file? */
int tempfile_is_name(const char *name);
/* Is the one at path left behind by a program that died? Its owner holds a
 * kernel lock on it for as long as it lives, on any machine. 0 also where that
 * cannot be told. */
int tempfile_is_dead(const char *path);
/* Remove it if it is: 1 removed, 0 somebody writes it, -1. */
int tempfile_remove_dead(const char *path, struct err *e);
/* Remove what killed programs left in dir of temp files whose targets' names
 * begin with start: for who holds their lock, so that nobody writes them. */
void tempfile_sweep(const char *dir, const char *start);

/* tempfile_new to commit in one call, for bytes in memory. */
int file_write(const char *path, const void *p, size_t n, struct err *e);
/* As file_write, but leaves the file (and its mtime) alone when it already
 * holds exactly these bytes. Returns 1 when it wrote, 0 when not. */
int file_write_changed(const char *path, const void *p, size_t n,
	struct err *e);

/* Copy by reflink where the file system can, else by bytes; atomic as above.
 * Never a hard link. */
int file_copy(const char *from, const char *to, struct err *e);

/* fsync the folder that holds path. */
int file_sync_parent(const char *path, struct err *e);

/* mkdir -p, each one synced into its parent; fine when it is there. */
int file_mkdirs(const char *path, struct err *e);

/* Remove a file or a whole folder; fine when it is not there. Links are
 * removed, never followed. */
int file_remove_tree(const char *path, struct err *e);

int file_exists(const char *path); /* of any kind; a dangling link counts */

#endif
