#include "render/film_make.h"

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/progress.h"
#include "media/movie.h"
#include "render/compose.h"
#include "render/mix.h"
#include "render/stills.h"

#define WORKERS_MAX 64
#define LARGE_BLOCK (4 << 20) /* bytes */

/* What the workers share; below lock: what they change. */
struct farm {
	const struct film *film;
	const struct timeline *timeline;
	const struct part_list *list;
	const char *dir;
	struct stills *stills;
	struct progress *progress;
	char *slots; /* folder of the user's slots */
	int cores;
	size_t *todo; /* indices of parts */
	size_t todo_nr;
	pthread_mutex_t lock;
	size_t next, frames;
	int made;
	struct err error; /* the first */
};

static int
cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > WORKERS_MAX ? WORKERS_MAX : (int)n;
}

/* The next part to make, -1 when there is none or another worker failed. */
static long
take(struct farm *m)
{
	long i = -1;

	pthread_mutex_lock(&m->lock);
	if (!m->error.code && m->next < m->todo_nr)
		i = (long)m->todo[m->next++];
	pthread_mutex_unlock(&m->lock);
	return i;
}

static void
report(struct farm *m, const struct part *p, int made, const struct err *e)
{
	pthread_mutex_lock(&m->lock);
	if (e->code && !m->error.code)
		m->error = *e;
	m->made += made;
	m->frames += p->frames;
	progress_show(m->progress, m->frames);
	pthread_mutex_unlock(&m->lock);
}

static int
make_part(struct farm *m, struct composer *c, const struct part *p,
    struct err *e)
{
	struct encoded r = ENCODED_INIT;
	char *path = part_path(p, m->dir);
	int slot, ret = -1;

	slot = lock_slot(m->slots, m->cores, e);
	if (slot >= 0) {
		/* Another program may have made it while this one waited. */
		if (part_is_there(path, p->frames))
			ret = 0;
		else
			ret = compose_part(c, p, &m->list->settings, &r, e);
		close(slot);
		if (ret == 0 && r.nr)
			ret = part_save(path, &r, e) < 0 ? -1 : 1;
	}
	encoded_release(&r);
	free(path);
	return ret;
}

static void *
work(void *arg)
{
	struct farm *m = arg;
	struct composer *c = composer_new(m->film, m->timeline, m->stills);
	long i;

	while ((i = take(m)) >= 0) {
		const struct part *p = &m->list->part[i];
		struct err e = ERR_INIT;
		int made = make_part(m, c, p, &e);

		report(m, p, made > 0, &e);
	}
	composer_free(c);
	return NULL;
}

/* List what is missing; returns its frames. */
static size_t
find_todo(struct farm *m)
{
	size_t i, frames = 0;

	m->todo = xcalloc(m->list->nr + 1, sizeof(*m->todo));
	for (i = 0; i < m->list->nr; i++) {
		const struct part *p = &m->list->part[i];
		char *path = part_path(p, m->dir);

		if (!part_is_there(path, p->frames)) {
			m->todo[m->todo_nr++] = i;
			frames += p->frames;
		}
		free(path);
	}
	return frames;
}

static void
run(struct farm *m, int workers)
{
	pthread_t thread[WORKERS_MAX];
	int i, started = 0;

	if (workers < 1 || workers > m->cores)
		workers = m->cores;
	if ((size_t)workers > m->todo_nr)
		workers = (int)m->todo_nr;
	for (i = 1; i < workers; i++)
		if (pthread_create(&thread[started], NULL, work, m) == 0)
			started++;
	work(m);
	for (i = 0; i < started; i++)
		pthread_join(thread[i], NULL);
}

int
film_make_parts(const struct film *f, const struct timeline *t,
    const struct part_list *l, const char *dir, int workers, struct err *e)
{
	struct farm m = { .film = f, .timeline = t, .list = l, .dir = dir };
	char *home;
	size_t frames;

	if (file_mkdirs(dir, e) < 0)
		return -1;
	/* Pictures and encoders' frames go back to the system: left to itself,
	 * glibc keeps them in heaps that grew to twice what is in use. */
	mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK);
	home = path_run_home();
	m.slots = path_join(home, "cpu");
	free(home);
	m.cores = cores();
	m.stills = stills_new(t->width, t->height);
	pthread_mutex_init(&m.lock, NULL);
	frames = find_todo(&m);
	m.progress = progress_start("frames", frames);
	if (m.todo_nr) {
		movie_broker_open();
		run(&m, workers);
		movie_broker_close();
	}
	progress_end(m.progress);
	pthread_mutex_destroy(&m.lock);
	stills_free(m.stills);
	free(m.slots);
	free(m.todo);
	if (m.error.code) {
		if (e)
			*e = m.error;
		return -1;
	}
	return m.made;
}

/* The sound, made while the pictures are. */
struct sound_job {
	const struct film *film;
	const struct timeline *timeline;
	const char *dir;
	pthread_t thread;
	int started;
	struct err error;
};

static void *
make_sound(void *arg)
{
	struct sound_job *j = arg;
	char *path = NULL;

	if (file_mkdirs(j->dir, &j->error) == 0)
		mix_track(j->film, j->timeline, j->dir, &path, &j->error);
	free(path);
	return NULL;
}

/* Wait for it; film_join() makes it where no thread could be had. */
static int
finish_sound(struct sound_job *j, struct err *e)
{
	if (j->started)
		pthread_join(j->thread, NULL);
	j->started = 0;
	if (j->error.code && e)
		*e = j->error;
	return j->error.code ? -1 : 0;
}

int
film_make(const struct film *f, const struct timeline *t, const char *dir,
    const char *out, int workers, struct err *e)
{
	struct sound_job job = { .film = f, .timeline = t, .dir = dir };
	struct err ignored;
	struct part_list l;
	int tries, ret = -1;

	if (part_list_make(&l, f, t, NULL, 0, e) < 0)
		return -1;
	/* before there are threads: children read voices and clips */
	movie_broker_open();
	job.started = pthread_create(&job.thread, NULL, make_sound, &job) == 0;
	for (tries = 0; ret < 0 && tries < 2; tries++) {
		if (e)
			e->code = 0;
		if (film_make_parts(f, t, &l, dir, workers, e) < 0 ||
		    finish_sound(&job, e) < 0)
			break;
		ret = film_join(f, t, &l, dir, out, e);
		if (ret < 0 && e && e->code != EX_LATER)
			break;
	}
	finish_sound(&job, &ignored);
	movie_broker_close();
	part_list_release(&l);
	return ret;
}
