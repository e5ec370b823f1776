#include "media/spool.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"

#define FRAME (2 * sizeof(float))
#define BUFFER 16384 /* frames put together for one write */

struct spool {
	int fd;
	char *dir;
	size_t held;  /* frames in buffer that are not written yet */
	float buffer[2 * BUFFER];
};

static int
fail(const struct spool *s, const char *what, struct err *e)
{
	return err_errno(e, "%s: cannot %s sound that is being mixed; make "
	    "room and run this again", s->dir, what);
}

struct spool *
spool_new(const char *dir, struct err *e)
{
	struct spool *s = xcalloc(1, sizeof(*s));
	char *path = path_join(dir, ".spool");
	struct tempfile *t;

	s->dir = xstrdup(dir);
	s->fd = -1;
	t = tempfile_new(path, e);
	free(path);
	if (t) {
		s->fd = fcntl(tempfile_fd(t), F_DUPFD_CLOEXEC, 3);
		if (s->fd < 0)
			fail(s, "open", e);
		tempfile_abandon(t); /* the descriptor keeps it */
	}
	if (s->fd < 0) {
		spool_free(s);
		return NULL;
	}
	return s;
}

void
spool_free(struct spool *s)
{
	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);
	free(s->dir);
	free(s);
}

static int
flush(struct spool *s, struct err *e)
{
	size_t n = s->held * FRAME;

	s->held = 0;
	return n && file_write_all(s->fd, s->buffer, n) < 0 ?
	    fail(s, "write", e) : 0;
}

int
spool_write(struct spool *s, const float *in, size_t n, struct err *e)
{
	size_t k;

	while (n) {
		k = BUFFER - s->held < n ? BUFFER - s->held : n;
		memcpy(s->buffer + 2 * s->held, in, k * FRAME);
		s->held += k;
		in += 2 * k;
		n -= k;
		if (s->held == BUFFER && flush(s, e) < 0)
			return -1;
	}
	return 0;
}

int
spool_rewind(struct spool *s, struct err *e)
{
	if (flush(s, e) < 0)
		return -1;
	return lseek(s->fd, 0, SEEK_SET) < 0 ? fail(s, "read", e) : 0;
}

long
spool_read(struct spool *s, float *out, size_t n, struct err *e)
{
	size_t done = 0;
	ssize_t k;

	while (done < n * FRAME) {
		k = file_read_some(s->fd, (char *)out + done,
		    n * FRAME - done);
		if (k < 0)
			return fail(s, "read", e);
		if (!k)
			break;
		done += (size_t)k;
	}
	return (long)(done / FRAME);
}
