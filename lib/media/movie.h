/*
 * Moving pictures that people give: MP4, MOV, Matroska, WebM, animated GIF.
 *
 * All that reads the file runs in a child process with limits on memory and
 * time, which can open nothing: a hostile file costs an error. What a frame
 * looks like depends on the file and its time alone, not on where reading
 * began.
 */
#ifndef MEDIA_MOVIE_H
#define MEDIA_MOVIE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "media/picture.h"
#include "media/yuv.h"

#define MOVIE_SIDE_MAX 8192            /* pixels */
#define MOVIE_AREA_MAX (4096 * 2304)   /* pixels */
#define MOVIE_SECONDS_MAX (4 * 3600)
#define MOVIE_FRAMES_MAX (1 << 20)
#define MOVIE_SLOTS 3                  /* frames that a reader is ahead */

/* Where decoding can begin. */
struct movie_key {
	int64_t pts, dts; /* ticks */
	int64_t frame;    /* packets before it */
};

struct movie {
	int w, h;             /* as shown: upright, pixels square */
	int coded_w, coded_h; /* as stored */
	int swap, flip_x, flip_y; /* to upright: first the axes are swapped,
				     then each may run backwards */
	int num, den;         /* num / den seconds a tick */
	int64_t first, end;   /* ticks: the first frame, behind the last */
	int64_t frames;
	int delay;            /* frames that decoding reorders */
	int loops;            /* made to be played on and on: a GIF */
	int has_sound;
	double sound_at;      /* s: the sound starts after the picture */
	char warning[160];    /* what may look wrong; "" for nothing */
	struct movie_key *key;
	size_t key_nr;
};

/* Is what fd holds of a kind that may be a moving picture, by its bytes? A GIF
 * of one frame is none. The place in the file does not matter, nor change. */
int movie_is(int fd);

/* Read the whole structure, and decode the first frame. name is for messages.
 * EX_DATA: no such kind, no picture in it, nothing decodes, cut short,
 * encrypted, HDR, over a limit above. */
int movie_scan(struct movie *m, const char *name, int fd, struct err *e);
void movie_release(struct movie *m);

double movie_seconds(const struct movie *m);
double movie_fps(const struct movie *m); /* mean */
/* The tick that shows at num / den seconds from the first frame, den > 0. */
int64_t movie_tick(const struct movie *m, int64_t num, int64_t den);

/* A frame that is wanted: the last one whose time is at or before `at`; with
 * blend, mixed with the next one by how far `at` is between the two. The first
 * frame stands for what is before it, the last for what is behind. */
struct movie_want {
	int64_t at; /* ticks */
	int blend;
};

struct movie_reader;

/* The size in which to read for frames of w x h so that the sampler has enough
 * and not too much: upright, pixels as stored. */
void movie_fit(const struct movie *m, int w, int h, int *out_w, int *out_h);

/* Hand out nr wanted frames, at going up, as yuv of w x h. fd and want need not
 * outlive the call. One reader is for one thread at a time. */
struct movie_reader *movie_reader_open(const struct movie *m,
	const char *name, int fd, const struct movie_want *want, size_t nr,
	int w, int h, struct err *e);
/* The next; it is yours until the next call. NULL, EX_DATA: it does not
 * decode. */
const struct yuv *movie_reader_next(struct movie_reader *r, struct err *e);
void movie_reader_close(struct movie_reader *r); /* NULL is fine */

/* The frame at `seconds` from the first as a still picture of m's size. */
int movie_still(const struct movie *m, const char *name, int fd,
	double seconds, struct picture *out, struct err *e);

/*
 * Children are forked from the calling process, which is no good idea where
 * several threads run: what another one has locked stays so in the child. A
 * broker, started while there is one thread, forks them for all; without it,
 * or where it could not be started, they are forked as ever. The last of as
 * many closes as opens ends it.
 */
void movie_broker_open(void);
void movie_broker_close(void);

#endif
