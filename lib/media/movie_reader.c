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
#define HEAD 4096 /* bytes before the slots; MOVIE_WHY of them are used */
#define STEP 1.25 /* source pixels a frame pixel, under SAMPLER_STEP_MAX */

struct movie_reader {
	const char *name;
	struct movie_child child;
	char *shared; /* MOVIE_WHY bytes, then the slots */
	size_t room;
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

static int
map_slots(struct movie_reader *r, int w, int h)
{
	size_t one = (yuv_bytes(w, h) + 63) & ~(size_t)63;
	char *p;
	int i;

	r->room = HEAD + MOVIE_SLOTS * one;
	p = mmap(NULL, r->room, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return -1;
	r->shared = p;
	for (i = 0; i < MOVIE_SLOTS; i++)
		yuv_set(&r->slot[i], w, h, p + HEAD + (size_t)i * one);
	return 0;
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
	struct movie_job job = { m, want, nr, NULL, r->slot };
	uint64_t pixels = (uint64_t)m->coded_w * (uint64_t)m->coded_h;
	uint64_t frames = (uint64_t)frames_on_the_way(m, want[0].at,
	    want[nr - 1].at) + 100;
	struct movie_bounds b;
	int k = -1;

	r->name = name;
	r->held = -1;
	r->child.pid = r->child.socket = -1;
	b.bytes = BASE_BYTES + FRAMES_HELD * BYTES_A_PIXEL * pixels +
	    8 * yuv_bytes(w, h);
	b.seconds = (unsigned)(BASE_SECONDS + frames * pixels /
	    PIXELS_A_SECOND);
	if (map_slots(r, w, h) == 0) {
		job.why = r->shared;
		k = movie_child_start(&r->child, fd, &b, movie_decode, &job);
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
		    r->shared);
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
	if (r->shared)
		munmap(r->shared, r->room);
	free(r);
}
