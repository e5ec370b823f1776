/*
 * How far the renderer is from its limit, which is x264 alone on the same
 * frames: drawing alone, encoding alone from frames in memory, and both, in
 * one run. For scripts/bench-render.
 *
 *	render PRESET QUALITY IMAGE...
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "media/picture.h"
#include "render/compose.h"
#include "render/film_make.h"

#define IMAGES_MAX 64
#define SCENE_SECONDS 5

struct bench {
	struct film film;
	struct film_scene scene[IMAGES_MAX];
	char sha256[IMAGES_MAX][SHA256_HEX];
	struct timeline timeline;
	struct part_list list;
	struct stills *stills;
	struct yuv **frame; /* of the whole film */
	pthread_mutex_t lock;
	size_t next;
	int encode_only;
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
	c.wall = t.tv_sec + t.tv_nsec / 1e9;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	c.cpu = t.tv_sec + t.tv_nsec / 1e9;
	return c;
}

static struct clock
since(struct clock from)
{
	struct clock c = now();

	c.wall -= from.wall;
	c.cpu -= from.cpu;
	return c;
}

static void
setup(struct bench *b, char **arg, int n)
{
	static const char *const quality[] = { "draft", "standard", "high" };
	struct err e = ERR_INIT;
	int i;

	b->film.name = "bench";
	b->film.preset = arg[0];
	for (i = 0; i < 3; i++)
		if (!strcmp(arg[1], quality[i]))
			b->film.quality = i;
	b->film.scene = b->scene;
	b->film.nr = (size_t)(n - 2);
	for (i = 0; i < n - 2; i++) {
		struct film_scene *s = &b->scene[i];
		struct strbuf bytes = STRBUF_INIT;

		s->image = arg[i + 2];
		s->text = arg[i + 2];
		s->image_sha256 = b->sha256[i];
		s->seconds = SCENE_SECONDS;
		s->focus_x = s->focus_y = -1;
		if (file_read(s->image, PICTURE_BYTES_MAX, &bytes, &e) < 0 ||
		    picture_size(s->image, bytes.buf, bytes.len, &s->image_w,
		    &s->image_h, &e) < 0)
			die_err(&e);
		sha256_hex(bytes.buf, bytes.len, b->sha256[i]);
		strbuf_release(&bytes);
	}
	if (timeline_make(&b->timeline, &b->film, &e) < 0 ||
	    part_list_make(&b->list, &b->film, &b->timeline, NULL, 0, &e) < 0)
		die_err(&e);
	b->stills = stills_new(b->timeline.width, b->timeline.height);
	pthread_mutex_init(&b->lock, NULL);
}

/* Draw every frame into memory; returns what drawing alone took. */
static struct clock
draw_all(struct bench *b)
{
	struct composer *c = composer_new(&b->film, &b->timeline, b->stills);
	struct clock sum = { 0, 0 };
	struct err e = ERR_INIT;
	size_t i;
	int n;

	b->frame = xcalloc((size_t)b->timeline.frames, sizeof(*b->frame));
	for (i = 0; i < b->list.nr; i++)
		for (n = 0; n < b->list.part[i].frames; n++) {
			const struct part *p = &b->list.part[i];
			struct yuv *v = yuv_new(b->timeline.width,
			    b->timeline.height);
			struct clock t;

			/* The first of a scene decodes its picture; the first
			 * into new memory waits for its pages. */
			if (compose_frame(c, p, n, v, &e) < 0)
				die_err(&e);
			t = now();
			if (compose_frame(c, p, n, v, &e) < 0)
				die_err(&e);
			t = since(t);
			sum.wall += t.wall;
			sum.cpu += t.cpu;
			b->frame[p->at + n] = v;
		}
	composer_free(c);
	return sum;
}

static void
copy(const struct yuv *from, struct yuv *to)
{
	int i, y;

	for (i = 0; i < 3; i++)
		for (y = 0; y < (i ? from->h / 2 : from->h); y++)
			memcpy(to->plane[i] + (size_t)y * to->stride[i],
			    from->plane[i] + (size_t)y * from->stride[i],
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
		if (i >= b->list.nr)
			return NULL;
		encode_part(b, &b->list.part[i]);
	}
}

static struct clock
encode_all(struct bench *b, int workers)
{
	struct clock t = now();
	pthread_t thread[64];
	int i;

	b->next = 0;
	for (i = 0; i < workers; i++)
		pthread_create(&thread[i], NULL, work, b);
	for (i = 0; i < workers; i++)
		pthread_join(thread[i], NULL);
	return since(t);
}

/* The real thing in a fresh folder, in a child for its peak of memory. */
static struct clock
render_all(struct bench *b, long *peak)
{
	char dir[] = "/tmp/bench-render.XXXXXX";
	struct clock t, result = { 0, 0 };
	struct rusage u;
	int fd[2], status;
	pid_t pid;

	if (!mkdtemp(dir) || pipe(fd) < 0)
		die(EX_IO, "cannot make a folder");
	pid = fork();
	if (pid == 0) {
		struct err e = ERR_INIT;

		t = now();
		if (film_make_parts(&b->film, &b->timeline, &b->list, dir, 0,
		    &e) < 0)
			die_err(&e);
		t = since(t);
		_exit(write(fd[1], &t, sizeof(t)) != sizeof(t));
	}
	close(fd[1]);
	if (read(fd[0], &result, sizeof(result)) != sizeof(result))
		die(EX_FAILED, "the render failed");
	close(fd[0]);
	wait4(pid, &status, 0, &u);
	*peak = u.ru_maxrss / 1024;
	file_remove_tree(dir, NULL);
	return result;
}

int
main(int argc, char **argv)
{
	static struct bench b;
	struct clock draw, encode, render;
	int frames, workers = (int)sysconf(_SC_NPROCESSORS_ONLN);
	long peak;

	set_program_name("bench-render");
	if (argc < 4 || argc - 3 > IMAGES_MAX)
		die(EX_BADUSE, "usage: render PRESET QUALITY IMAGE...");
	setup(&b, argv + 1, argc - 1);
	frames = (int)b.timeline.frames;
	/* First, while this process is small. */
	render = render_all(&b, &peak);
	draw = draw_all(&b);
	encode = encode_all(&b, workers);
	printf("%d frames, %zu parts, %dx%d, %s, %d workers\n", frames,
	    b.list.nr, b.timeline.width, b.timeline.height, argv[2], workers);
	printf("drawing alone   %7.2f ms CPU a frame\n",
	    1e3 * draw.cpu / frames);
	printf("encoding alone  %7.2f s wall %7.2f s CPU\n", encode.wall,
	    encode.cpu);
	printf("render          %7.2f s wall %7.2f s CPU, peak %ld MiB\n",
	    render.wall, render.cpu, peak);
	printf("render / encoding alone: wall %.3f, CPU %.3f\n",
	    render.wall / encode.wall, render.cpu / encode.cpu);
	return 0;
}
