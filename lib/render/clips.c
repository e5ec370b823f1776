#include "render/clips.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "media/movie.h"
#include "render/clip_time.h"

#define ZOOM_HELD 0.25 /* so far a held frame is closed in on, in the end */
#define ZOOM_SPEED 0.02

struct clip {
	char sha256[SHA256_HEX];
	struct movie movie;
	struct stat st; /* of the file that was read */
	struct clip *next;
};

struct clips {
	pthread_mutex_t lock;
	int w, h;
	struct clip *first;
};

/* One round of the clip, as far as a part needs it. */
struct lane {
	struct movie_reader *reader;
	int64_t round, next, end; /* frames k */
};

struct moving {
	struct clips *clips;
	const struct film_scene *scene;
	const struct timeline_scene *time;
	struct clip *clip;
	struct clip_plan plan;
	int w, h;             /* as it is read */
	struct lane lane[2];  /* by the round's number; both in a seam */
	struct yuv *second;
};

struct clips *
clips_new(int w, int h)
{
	struct clips *c = xcalloc(1, sizeof(*c));

	pthread_mutex_init(&c->lock, NULL);
	c->w = w;
	c->h = h;
	return c;
}

void
clips_free(struct clips *c)
{
	struct clip *k;

	if (!c)
		return;
	while ((k = c->first)) {
		c->first = k->next;
		movie_release(&k->movie);
		free(k);
	}
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static int
changed(const struct film_scene *s, struct err *e)
{
	return err_set(e, EX_LATER, "%s: the clip is not the one of its "
	    "record; run studio image for its scene, or studio adopt",
	    s->image);
}

static int
load(struct clip *k, const struct film_scene *s, struct err *e)
{
	char sha256[SHA256_HEX];
	int fd = file_open_regular(s->image, e), ret;

	if (fd < 0)
		return -1;
	ret = fstat(fd, &k->st) < 0 ? err_errno(e, "%s", s->image)
	    : sha256_file(s->image, sha256, NULL, e);
	if (ret == 0 && strcmp(sha256, s->image_sha256) != 0)
		ret = changed(s, e);
	if (ret == 0)
		ret = movie_scan(&k->movie, s->image, fd, e);
	if (ret == 0 && (k->movie.w != s->image_w ||
	    k->movie.h != s->image_h)) {
		movie_release(&k->movie);
		ret = changed(s, e);
	}
	close(fd);
	return ret;
}

/* Read through under the lock: once for all. */
static struct clip *
get(struct clips *c, const struct film_scene *s, struct err *e)
{
	struct clip *k;

	pthread_mutex_lock(&c->lock);
	for (k = c->first; k; k = k->next)
		if (!strcmp(k->sha256, s->image_sha256))
			break;
	if (!k) {
		k = xcalloc(1, sizeof(*k));
		if (load(k, s, e) < 0) {
			free(k);
			k = NULL;
		} else {
			memcpy(k->sha256, s->image_sha256, sizeof(k->sha256));
			k->next = c->first;
			c->first = k;
		}
	}
	pthread_mutex_unlock(&c->lock);
	return k;
}

struct moving *
moving_new(struct clips *c, const struct film *f, const struct timeline *t,
    size_t scene, struct err *e)
{
	struct moving *m;
	struct clip *k;

	if (strlen(f->scene[scene].image_sha256) != SHA256_HEX - 1) {
		err_set(e, EX_DATA, "%s: its record's sha256 is no SHA-256",
		    f->scene[scene].image);
		return NULL;
	}
	k = get(c, &f->scene[scene], e);
	if (!k)
		return NULL;
	m = xcalloc(1, sizeof(*m));
	m->clips = c;
	m->scene = &f->scene[scene];
	m->time = &t->scene[scene];
	m->clip = k;
	clip_plan_make(&m->plan, m->scene, t, scene);
	movie_fit(&k->movie, c->w, c->h, &m->w, &m->h);
	return m;
}

static void
lane_close(struct lane *l)
{
	movie_reader_close(l->reader);
	memset(l, 0, sizeof(*l));
}

void
moving_free(struct moving *m)
{
	if (!m)
		return;
	lane_close(&m->lane[0]);
	lane_close(&m->lane[1]);
	yuv_free(m->second);
	free(m);
}

/* The file again, for a child; it must be the one that was read through. */
static int
open_file(const struct moving *m, struct err *e)
{
	int fd = file_open_regular(m->scene->image, e);
	const struct stat *was = &m->clip->st;
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0 && st.st_dev == was->st_dev &&
	    st.st_ino == was->st_ino && st.st_size == was->st_size &&
	    st.st_mtim.tv_sec == was->st_mtim.tv_sec &&
	    st.st_mtim.tv_nsec == was->st_mtim.tv_nsec)
		return fd;
	close(fd);
	return changed(m->scene, e);
}

/* Read round number `round` from frame k on: left frames, or to its end. */
static int
lane_open(struct moving *m, struct lane *l, int64_t round, int64_t k,
    int64_t left, struct err *e)
{
	int64_t start = round * m->plan.round, num, den, i;
	struct movie_want *want;
	int fd;

	lane_close(l);
	l->round = round;
	l->next = k;
	l->end = k + left;
	if (m->plan.round && l->end > start + m->plan.frames)
		l->end = start + m->plan.frames;
	fd = open_file(m, e);
	if (fd < 0)
		return -1;
	want = xcalloc((size_t)(l->end - k), sizeof(*want));
	for (i = 0; i < l->end - k; i++) {
		clip_moment(&m->plan, k + i - start, &num, &den);
		want[i].at = movie_tick(&m->clip->movie, num, den);
		want[i].blend = m->plan.stretch != 0;
	}
	l->reader = movie_reader_open(&m->clip->movie, m->scene->image, fd,
	    want, (size_t)(l->end - k), m->w, m->h, e);
	close(fd);
	free(want);
	return l->reader ? 0 : -1;
}

static const struct yuv *
lane_frame(struct moving *m, int64_t round, int64_t k, int64_t left,
    struct err *e)
{
	struct lane *l = &m->lane[round & 1];

	if ((!l->reader || l->round != round || l->next != k ||
	    l->next >= l->end) && lane_open(m, l, round, k, left, e) < 0)
		return NULL;
	l->next++;
	return movie_reader_next(l->reader, e);
}

/* The window of a frame that is held: towards its middle, slowly at first. */
static struct window
close_in(const struct window *w, double seconds)
{
	double x = ZOOM_SPEED * seconds * seconds / (seconds + 1);
	double z = 1 + ZOOM_HELD * x / (x + ZOOM_HELD);
	struct window r = { 0, 0, w->w / z, w->h / z };

	r.x = w->x + (w->w - r.w) / 2;
	r.y = w->y + (w->h - r.h) / 2;
	return r;
}

static int
draw_lane(struct moving *m, struct sampler *s, const struct yuv *from,
    const struct window *w, struct yuv *out)
{
	double sx = (double)m->w / m->clip->movie.w;
	double sy = (double)m->h / m->clip->movie.h;

	if (!from)
		return -1;
	sampler_draw(s, from, w->x * sx, w->y * sy, w->w * sx, w->h * sy, out);
	return 0;
}

int
moving_draw(struct moving *m, struct sampler *s, int64_t n, int64_t left,
    const struct window *w, struct yuv *out, struct err *e)
{
	const struct clip_plan *p = &m->plan;
	int64_t k = clip_frame(p, m->time, n), round, u;
	struct window closer = close_in(w, clip_held(p, k));

	round = p->round ? k / p->round : 0;
	u = k - round * p->round;
	if (draw_lane(m, s, lane_frame(m, round, k, left, e), &closer, out) < 0)
		return -1;
	if (!round || u >= p->seam)
		return 0;
	if (!m->second)
		m->second = yuv_new(m->clips->w, m->clips->h);
	if (draw_lane(m, s, lane_frame(m, round - 1, k, left, e), &closer,
	    m->second) < 0)
		return -1;
	yuv_blend(m->second, out, (int)(32768 * (u + 1) / (p->seam + 1)),
	    out);
	return 0;
}
