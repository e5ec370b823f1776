/*
 * Both ends of the socket between what decodes a picture and who wants it. The
 * memory that both share is the picture's probe, its file and its pixels, each
 * from a multiple of ALIGNED bytes on. The child says one byte when it is done.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "media/movie_part.h"
#include "media/picture_decode.h"

#define ALIGNED 64
#define BYTES_BASE (256u << 20) /* codec, colour tables, slack */
#define BYTES_PIXEL 24          /* 16-bit RGBA frame, its copy, RGB */
#define SECONDS_BASE 10
#define PIXELS_SECOND 2000000
#define PATIENCE 20 /* seconds of waiting to one of work */

static size_t
aligned(size_t n)
{
	return (n + ALIGNED - 1) / ALIGNED * ALIGNED;
}

static uint8_t *
file_in(void *job)
{
	return (uint8_t *)job + aligned(sizeof(struct picture_probe));
}

static struct picture_shared *
shared_in(void *job, const struct picture_probe *p)
{
	void *at = file_in(job) + aligned(p->len);

	return at;
}

static int
make_job(struct picture_child *c, const struct picture_probe *p,
    const void *buf)
{
	int fd = memfd_create("picture", MFD_CLOEXEC);

	c->room = aligned(sizeof(*p)) + aligned(p->len) + sizeof(*c->shared) +
	    (size_t)p->w * (size_t)p->h * (c->alpha ? 4 : 3);
	c->job = fd < 0 || ftruncate(fd, (off_t)c->room) < 0 ? MAP_FAILED :
	    mmap(NULL, c->room, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (c->job == MAP_FAILED) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	memcpy(c->job, p, sizeof(*p));
	memcpy(file_in(c->job), buf, p->len);
	c->shared = shared_in(c->job, p);
	c->shared->alpha = c->alpha;
	return fd;
}

void
picture_child_run(int socket, void *job)
{
	const struct picture_probe p = *(const struct picture_probe *)job;
	uint8_t bad = picture_decode_here(&p, file_in(job),
	    shared_in(job, &p)) < 0;

	file_write_all(socket, &bad, 1);
}

/* The byte; -1 where the child ended without, or said nothing for so long. */
static int
outcome(const struct movie_child *c, unsigned seconds)
{
	struct pollfd w = { c->socket, POLLIN, 0 };
	uint8_t bad;
	int k;

	do
		k = poll(&w, 1, (int)seconds * PATIENCE * 1000);
	while (k < 0 && errno == EINTR);
	return k <= 0 || movie_child_read(c, &bad, 1) < 0 ? -1 : bad;
}

static int
judge(const struct picture_child *c, int bad, struct err *e)
{
	if (bad < 0)
		return err_set(e, EX_DATA, "%s: decoding it took too much time "
		    "or memory; the file is broken or hostile, save it anew "
		    "as PNG", c->name);
	if (bad)
		return err_set(e, EX_DATA, "%s: %.*s; the file is broken, get "
		    "it again or save it anew", c->name,
		    (int)sizeof(c->shared->why), c->shared->why[0] ?
		    c->shared->why : "it does not decode");
	return 0;
}

/* One that ended without a word may have met a moment without memory: then it
 * is tried once more. -2 where no child could be started. */
static int
run(int job, const struct movie_task *t)
{
	struct movie_child child;
	int tries, bad = -1;

	for (tries = 0; bad == -1 && tries < 2; tries++) {
		bad = movie_child_start(&child, job, job, t) < 0 ? -2 :
		    outcome(&child, t->seconds);
		movie_child_stop(&child);
	}
	return bad;
}

int
picture_child_decode(struct picture_child *c, const struct picture_probe *p,
    const void *buf, struct err *e)
{
	size_t pixels = (size_t)p->w * (size_t)p->h;
	const struct movie_task t = { PICTURE_DECODE,
		SECONDS_BASE + (unsigned)(pixels / PIXELS_SECOND),
		BYTES_BASE + 2 * p->len + pixels * BYTES_PIXEL };
	int job = make_job(c, p, buf), ret, bad;

	if (job < 0)
		return err_errno(e, "%s: no memory for %dx%d pixels", c->name,
		    p->w, p->h);
	bad = run(job, &t);
	ret = bad == -2 ? err_errno(e, "%s: cannot start its decoder", c->name)
	    : judge(c, bad, e);
	close(job);
	if (ret < 0)
		picture_child_release(c);
	return ret;
}

void
picture_child_release(struct picture_child *c)
{
	munmap(c->job, c->room);
}
