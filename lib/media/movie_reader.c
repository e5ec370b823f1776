/*
 * Frames of a moving picture, decoded in a child and handed over through
 * memory that both share: MOVIE_SLOTS frames, of which the child fills one
 * while the parent draws from another.
 *
 * On the socket: from the child a byte for each wanted frame, the slot that it
 * is in, or MOVIE_FAILED; to the child a byte for each slot that is free again.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "media/movie_part.h"

#define BASE_BYTES (256ull << 20)
#define FRAMES_HELD 30      /* by a decoder: references and reordering */
#define BYTES_A_PIXEL 4
#define BASE_SECONDS 60
#define PIXELS_A_SECOND 2000000
#define STEP 1.25 /* source pixels a frame pixel, under SAMPLER_STEP_MAX */

struct movie_reader {
	const char *name;
	struct movie_child child;
	struct movie_job *job; /* shared: the child may write anything there */
	size_t room, slot_bytes;
	int w, h;
	struct yuv slot[MOVIE_SLOTS];
	int held; /* slot that the caller draws from; -1: none */
};

void
movie_fit(const struct movie *m, int w, int h, int *out_w, int *out_h)
{
	int sw = m->swap ? m->coded_h : m->coded_w;
	int sh = m->swap ? m->coded_w : m->coded_h;
	double sx = (double)m->w / w, sy = (double)m->h / h;
	double step = sx < sy ? sx : sy, most_w, most_h;

	/* what is shown has square pixels, what is stored may not */
	most_w = m->w * (STEP / step);
	most_h = m->h * (STEP / step);
	*out_w = sw > most_w + 1 ? (int)(most_w + 0.5) : sw;
	*out_h = sh > most_h + 1 ? (int)(most_h + 0.5) : sh;
	*out_w = *out_w < 2 ? 2 : *out_w;
	*out_h = *out_h < 2 ? 2 : *out_h;
}

/* Memory for the job, filled but for the frames; a descriptor of it. */
static int
make_job(struct movie_reader *r, const struct movie *m,
    const struct movie_want *want, size_t nr)
{
	size_t keys = m->key_nr * sizeof(*m->key), slots;
	int fd = memfd_create("movie", MFD_CLOEXEC), i;
	struct movie_job *j;
	char *p;

	slots = (sizeof(*j) + keys + nr * sizeof(*want) + 4095) & ~(size_t)4095;
	r->room = slots + MOVIE_SLOTS * r->slot_bytes;
	p = fd < 0 || ftruncate(fd, (off_t)r->room) < 0 ? MAP_FAILED :
	    mmap(NULL, r->room, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED) {
		if (fd >= 0)
			close(fd);
		return -1;
	}
	r->job = j = (struct movie_job *)(void *)p;
	j->m = *m;
	j->m.key = NULL;
	j->w = r->w;
	j->h = r->h;
	j->nr = nr;
	j->wants = sizeof(*j) + keys;
	j->slots = slots;
	j->slot_bytes = r->slot_bytes;
	memcpy(p + sizeof(*j), m->key, keys);
	memcpy(p + j->wants, want, nr * sizeof(*want));
	for (i = 0; i < MOVIE_SLOTS; i++)
		yuv_set(&r->slot[i], r->w, r->h, p + slots + (size_t)i *
		    r->slot_bytes);
	return fd;
}

/* Frames that are decoded on the way, by the places of the key frames. */
static int64_t
frames_on_the_way(const struct movie *m, int64_t from, int64_t to)
{
	size_t a = movie_key_for(m, from), b = movie_key_for(m, to) + 1;

	return (b < m->key_nr ? m->key[b].frame : m->frames) -
	    m->key[a].frame;
}

struct movie_reader *
movie_reader_open(const struct movie *m, const char *name, int fd,
    const struct movie_want *want, size_t nr, int w, int h, struct err *e)
{
	struct movie_reader *r = xcalloc(1, sizeof(*r));
	uint64_t pixels = (uint64_t)m->coded_w * (uint64_t)m->coded_h;
	uint64_t frames = (uint64_t)frames_on_the_way(m, want[0].at,
	    want[nr - 1].at) + 100;
	struct movie_task t = { .kind = MOVIE_DECODE };
	int job, k = -1;

	r->name = name;
	r->held = -1;
	r->child.pid = r->child.socket = r->child.leash = -1;
	r->w = w;
	r->h = h;
	r->slot_bytes = (yuv_bytes(w, h) + 63) & ~(size_t)63;
	t.bytes = BASE_BYTES + FRAMES_HELD * BYTES_A_PIXEL * pixels +
	    8 * r->slot_bytes;
	t.seconds = (unsigned)(BASE_SECONDS + frames * pixels /
	    PIXELS_A_SECOND);
	job = make_job(r, m, want, nr);
	if (job >= 0) {
		k = movie_child_start(&r->child, fd, job, &t);
		close(job);
	}
	if (k < 0) {
		err_errno(e, "%s: cannot start its decoder", name);
		movie_reader_close(r);
		return NULL;
	}
	return r;
}

const struct yuv *
movie_reader_next(struct movie_reader *r, struct err *e)
{
	uint8_t byte;

	if (movie_child_read(&r->child, &byte, 1) < 0) {
		err_set(e, EX_DATA, "%s: decoding it took too much time or "
		    "memory; the file is broken or hostile, convert it to MP4 "
		    "with H.264", r->name);
		return NULL;
	}
	if (byte >= MOVIE_SLOTS) {
		err_set(e, EX_DATA, "%s: %.*s; the file is broken, get it "
		    "again or convert it anew", r->name, MOVIE_WHY - 1,
		    r->job->why);
		return NULL;
	}
	if (r->held >= 0 && r->held != byte) {
		uint8_t back = 0;

		/* a child that ended has all that it wanted */
		(void)send(r->child.socket, &back, 1, MSG_NOSIGNAL);
	}
	r->held = byte;
	return &r->slot[byte];
}

void
movie_reader_close(struct movie_reader *r)
{
	if (!r)
		return;
	movie_child_stop(&r->child);
	if (r->job)
		munmap(r->job, r->room);
	free(r);
}
