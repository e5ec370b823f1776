/*
 * What a film's frames cost without the rest: drawing alone, and x264 alone
 * on the very frames, which is the least that a render can take. For
 * scripts/bench-render.
 *
 *	render PROJECT VIDEO
 *
 * The film is drawn in batches that fit in memory; only what is named is
 * timed. Prints "frames N drawing MS encoding WALL CPU": milliseconds of
 * processor time a frame, seconds.
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "render/compose.h"
#include "render/film_read.h"

#define BATCH 12     /* parts in memory at a time: about 3 GB of 1080p */
#define WORKERS_MAX 64

struct bench {
	struct film film;
	struct timeline timeline;
	struct part_list list;
	struct stills *stills;
	struct composer *composer;
	struct yuv **frame; /* of the film; NULL outside the batch */
	size_t next, end;   /* parts of the batch to encode */
	pthread_mutex_t lock;
};

struct clock {
	double wall, cpu;
};

static struct clock
now(void)
{
	struct timespec t;
	struct clock c;

	clock_gettime(CLOCK_MONOTONIC, &t);
	c.wall = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	c.cpu = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
	return c;
}

static void
add_since(struct clock *sum, struct clock from)
{
	struct clock c = now();

	sum->wall += c.wall - from.wall;
	sum->cpu += c.cpu - from.cpu;
}

/* Draw the batch's frames into memory, timing each when its picture has been
 * decoded and its memory is there. */
static void
draw(struct bench *b, size_t first, struct clock *sum)
{
	struct err e = ERR_INIT;
	struct clock t;
	size_t i;
	int n;

	for (i = first; i < b->end; i++)
		for (n = 0; n < b->list.part[i].frames; n++) {
			const struct part *p = &b->list.part[i];
			struct yuv *v = yuv_new(b->timeline.width,
			    b->timeline.height);

			if (compose_frame(b->composer, p, n, v, &e) < 0)
				die_err(&e);
			t = now();
			if (compose_frame(b->composer, p, n, v, &e) < 0)
				die_err(&e);
			add_since(sum, t);
			b->frame[p->at + n] = v;
		}
}

static void
copy(const struct yuv *from, struct yuv *to)
{
	int i, y;

	for (i = 0; i < 3; i++)
		for (y = 0; y < (i ? from->h / 2 : from->h); y++)
			memcpy(to->plane[i] + (ptrdiff_t)y * to->stride[i],
			    from->plane[i] + (ptrdiff_t)y * from->stride[i],
			    (size_t)(i ? from->w / 2 : from->w));
}

static void
encode_part(struct bench *b, const struct part *p)
{
	struct encoded r = ENCODED_INIT;
	struct err e = ERR_INIT;
	struct encoder *c = encoder_open(&b->list.settings, &e);
	int n;

	if (!c)
		die_err(&e);
	for (n = 0; n < p->frames; n++) {
		copy(b->frame[p->at + n], encoder_frame(c, &e));
		if (encoder_push(c, n == 0, &r, &e) < 0)
			die_err(&e);
	}
	if (encoder_finish(c, &r, &e) < 0)
		die_err(&e);
	encoder_close(c);
	encoded_release(&r);
}

static void *
work(void *arg)
{
	struct bench *b = arg;
	size_t i;

	for (;;) {
		pthread_mutex_lock(&b->lock);
		i = b->next++;
		pthread_mutex_unlock(&b->lock);
		if (i >= b->end)
			return NULL;
		encode_part(b, &b->list.part[i]);
	}
}

static void
encode(struct bench *b, struct clock *sum)
{
	pthread_t thread[WORKERS_MAX];
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct clock t = now();
	int i, n = cores > WORKERS_MAX ? WORKERS_MAX : (int)cores;

	for (i = 0; i < n; i++)
		if (pthread_create(&thread[i], NULL, work, b))
			die(EX_FAILED, "no thread");
	for (i = 0; i < n; i++)
		pthread_join(thread[i], NULL);
	add_since(sum, t);
}

static void
let_go(struct bench *b)
{
	int64_t i;

	for (i = 0; i < b->timeline.frames; i++) {
		yuv_free(b->frame[i]);
		b->frame[i] = NULL;
	}
}

static void
measure(struct bench *b)
{
	struct clock drawing = { 0, 0 }, encoding = { 0, 0 };
	size_t i;

	b->stills = stills_new(b->timeline.width, b->timeline.height);
	b->composer = composer_new(&b->film, &b->timeline, b->stills);
	b->frame = xcalloc((size_t)b->timeline.frames, sizeof(*b->frame));
	pthread_mutex_init(&b->lock, NULL);
	for (i = 0; i < b->list.nr; i = b->end) {
		b->next = i;
		b->end = i + BATCH < b->list.nr ? i + BATCH : b->list.nr;
		draw(b, i, &drawing);
		encode(b, &encoding);
		let_go(b);
	}
	printf("frames %lld drawing %.3f encoding %.3f %.3f\n",
	    (long long)b->timeline.frames, 1e3 * drawing.cpu /
	    (double)b->timeline.frames, encoding.wall, encoding.cpu);
	free(b->frame);
	composer_free(b->composer);
	stills_free(b->stills);
}

int
main(int argc, char **argv)
{
	static struct bench b;
	struct err e = ERR_INIT;
	struct film_source *source = NULL;
	const struct video *v;
	struct project p;
	struct survey s;

	set_program_name("bench-render");
	if (argc != 3)
		die(EX_BADUSE, "usage: render PROJECT VIDEO");
	if (project_open(&p, argv[1], &e) < 0 || survey_take(&s, &p, &e) < 0)
		die_err(&e);
	v = project_video(&p, argv[2], &e);
	if (!v || film_read(&b.film, &source, &p, v, &s, &e) < 0 ||
	    timeline_make(&b.timeline, &b.film, &e) < 0 ||
	    part_list_make(&b.list, &b.film, &b.timeline, NULL, 0, &e) < 0)
		die_err(&e);
	measure(&b);
	part_list_release(&b.list);
	timeline_release(&b.timeline);
	film_source_free(source);
	survey_release(&s);
	project_release(&p);
	return 0;
}
