#include "render/film_fit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/picture_frame.h"
#include "render/film_read.h"
#include "render/kept_card.h"
#include "store/film_card.h"
#include "store/request.h"
#include "store/workers.h"

#define FIT_VERSION 1
#define CORES_MAX 16

struct fitted {
	char *path, sha256[SHA256_HEX];
};

struct film_fit {
	struct film *film;
	const struct project *p;
	const struct video *v;
	const struct survey *s;
	char *dir;
	int frame[2];
	struct fitted *fitted; /* of each scene of the video */
	size_t *todo, todo_nr;
};

static const struct asset_state *
picture_of(const struct film_fit *t, size_t i)
{
	return survey_used(t->s, ASSET_IMAGE, t->v->scene[i]);
}

static int
is_card_off(const struct film_fit *t, size_t i)
{
	return state_is_usable(picture_of(t, i)) && film_card_is_off(t->p,
	    picture_of(t, i), t->frame[0], t->frame[1]);
}

static int
needs_ground(const struct film_fit *t, size_t i)
{
	const struct film_scene *fs = &t->film->scene[i + t->film->before];

	return fs->image && !fs->clip.moving &&
	    !(fs->keep[2] > fs->keep[0]) && picture_needs_ground(
	    fs->image_w, fs->image_h, t->frame[0], t->frame[1]);
}

static char *
ground_path(const struct film_fit *t, const struct film_scene *fs)
{
	struct request *r = request_new("ground", FIT_VERSION);
	char *path;

	request_add(r, "picture", fs->image_sha256);
	request_add_num(r, "width", t->frame[0]);
	request_add_num(r, "height", t->frame[1]);
	request_add_num(r, "x", fs->focus_x >= 0 ? fs->focus_x : 0.5);
	request_add_num(r, "y", fs->focus_y >= 0 ? fs->focus_y : 0.5);
	request_seal(r);
	path = xasprintf("%s/%s.png", t->dir, r->digest);
	request_free(r);
	return path;
}

static int
draw_ground(const struct film_fit *t, const struct film_scene *fs,
    const char *path, struct err *e)
{
	struct picture_meta meta = { .software = "AI Studio" };
	struct picture from = PICTURE_INIT, to = PICTURE_INIT;
	struct picture_frame frame = { t->frame[0], t->frame[1],
		fs->focus_x >= 0 ? fs->focus_x : 0.5,
		fs->focus_y >= 0 ? fs->focus_y : 0.5 };
	struct strbuf b = STRBUF_INIT;
	int ret = file_read(fs->image, PICTURE_BYTES_MAX, &b, e);

	if (ret == 0)
		ret = picture_decode(&from, fs->image, b.buf, b.len, e);
	strbuf_reset(&b);
	if (ret == 0)
		ret = picture_on_ground(&from, &to, &frame, e);
	if (ret == 0)
		ret = picture_png(&to, &meta, &b, e);
	if (ret == 0)
		ret = file_write(path, b.buf, b.len, e);
	picture_release(&from);
	picture_release(&to);
	strbuf_release(&b);
	return ret;
}

/* Find or make the picture of scene i; *path stays NULL where the project's
 * own will do. */
static int
make(const struct film_fit *t, size_t i, char **path, struct err *e)
{
	const struct film_scene *fs = &t->film->scene[i + t->film->before];
	int fd, ret = 0;

	*path = NULL;
	if (is_card_off(t, i))
		return card_keep(t->p, &t->p->scene[t->v->scene[i]],
		    picture_of(t, i)->take, 0, t->frame, t->dir, path, e);
	if (!needs_ground(t, i))
		return 0;
	*path = ground_path(t, fs);
	if (file_exists(*path))
		return 0;
	fd = kept_lock(*path, e);
	ret = fd < 0 ? -1 : file_exists(*path) ? 0 :
	    draw_ground(t, fs, *path, e);
	if (fd >= 0)
		close(fd);
	return ret;
}

static void
run(void *ctx, size_t job, struct strbuf *out)
{
	const struct film_fit *t = ctx;
	struct err e = ERR_INIT;
	char *path;

	(void)out;
	make(t, t->todo[job], &path, &e); /* found again, or said, below */
	free(path);
}

static void
done(void *ctx, size_t job, const struct strbuf *out)
{
	(void)ctx;
	(void)job;
	(void)out;
}

static int
cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > CORES_MAX ? CORES_MAX : (int)n;
}

static void
add_todo(struct film_fit *t, unsigned char *seen, size_t i)
{
	if (!seen[i]++ && (is_card_off(t, i) || needs_ground(t, i)))
		t->todo[t->todo_nr++] = i;
}

static void
list_todo(struct film_fit *t, const size_t *scene, size_t nr)
{
	unsigned char *seen = xcalloc(t->v->nr + 1, 1);
	size_t i, k;

	for (i = 0; i < (scene ? nr : t->v->nr); i++) {
		k = scene ? scene[i] : i;
		if (k)
			add_todo(t, seen, k - 1);
		add_todo(t, seen, k);
	}
	free(seen);
}

/* Put the picture in place of the project's. */
static int
use(struct film_fit *t, size_t i, struct err *e)
{
	struct film_scene *fs = &t->film->scene[i + t->film->before];
	struct fitted *k = &t->fitted[i];
	int card = is_card_off(t, i);
	struct picture_frame frame = { t->frame[0], t->frame[1], 0.5, 0.5 };

	if (make(t, i, &k->path, e) < 0 || stat_cache_sha256(t->s->cache,
	    k->path, k->sha256, NULL, e) < 0)
		return -1;
	if (!card) {
		frame.fx = fs->focus_x >= 0 ? fs->focus_x : 0.5;
		frame.fy = fs->focus_y >= 0 ? fs->focus_y : 0.5;
		picture_ground_focus(fs->image_w, fs->image_h, &frame);
		fs->image_w = t->frame[0];
		fs->image_h = t->frame[1];
	}
	fs->image = k->path;
	fs->image_sha256 = k->sha256;
	fs->focus_x = card ? -1 : frame.fx;
	fs->focus_y = card ? -1 : frame.fy;
	return card ? film_use_card(fs, e) : 0;
}

int
film_fit(struct film_fit **out, struct film *f, const struct project *p,
    const struct video *v, const struct survey *s, const size_t *scene,
    size_t nr, struct err *e)
{
	struct film_fit *t = xcalloc(1, sizeof(*t));
	struct work w = { .processes = cores(), .ctx = t,
		.run = run, .done = done };
	size_t i;
	int ret = 0;

	*t = (struct film_fit){ .film = f, .p = p, .v = v, .s = s };
	film_frame(p, v, &t->frame[0], &t->frame[1]);
	if (f->width) {
		t->frame[0] = f->width;
		t->frame[1] = f->height;
	}
	t->dir = project_path(p, "build/fitted");
	t->fitted = xcalloc(v->nr + 1, sizeof(*t->fitted));
	t->todo = xcalloc(v->nr + 1, sizeof(*t->todo));
	list_todo(t, scene, nr);
	w.jobs = t->todo_nr;
	if (w.jobs > 1)
		ret = work_run(&w, e);
	for (i = 0; ret == 0 && i < t->todo_nr; i++)
		ret = use(t, t->todo[i], e);
	if (ret < 0) {
		film_fit_free(t);
		t = NULL;
	}
	*out = t;
	return ret;
}

void
film_fit_free(struct film_fit *t)
{
	size_t i;

	if (!t)
		return;
	for (i = 0; i < t->v->nr; i++)
		free(t->fitted[i].path);
	free(t->fitted);
	free(t->todo);
	free(t->dir);
	free(t);
}
