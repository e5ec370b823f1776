#include "render/film_preview.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "render/film_read.h"
#include "render/kept_card.h"
#include "render/kept_voice.h"
#include "store/film_card.h"
#include "store/workers.h"
#include "text/pace.h"

#define CORES_MAX 16
#define SIDE_MIN 64 /* of a frame: timeline.h */

struct stand_in {
	struct kept_voice voice;
	char *picture, sha256[SHA256_HEX];
};

struct film_preview {
	struct film *film;
	const struct project *p;
	const struct video *v;
	const struct survey *s;
	char *dir, *title;
	int frame[2];
	struct stand_in *scene; /* of each of the video */
	size_t *todo, nr;       /* 2 n: the voice of scene n; 2 n + 1: its
				   picture */
};

static int
needs_voice(const struct survey *s, const struct project *p, size_t at)
{
	return !scene_is_silent(&p->scene[at]) && !state_is_usable(survey_used(
	    s, ASSET_AUDIO, at));
}

static int
needs_picture(const struct survey *s, size_t at)
{
	return !state_is_usable(survey_used(s, ASSET_IMAGE, at));
}

static const struct scene *
scene_of(const struct film_preview *w, size_t i)
{
	return &w->p->scene[w->v->scene[i]];
}

/* A card that make would draw is drawn as make would; for what a model or a
 * photographer makes, the spoken words say more than the prompt. */
static int
shows_spoken(const struct film_preview *w, size_t i)
{
	const char *provider = survey_used(w->s, ASSET_IMAGE,
	    w->v->scene[i])->provider;

	return !provider || strcmp(provider, "card") != 0;
}

static int
make_picture(const struct film_preview *w, size_t i, char **path,
    struct err *e)
{
	return card_keep(w->p, scene_of(w, i), scene_use(scene_of(w, i),
	    ASSET_IMAGE), shows_spoken(w, i), w->frame, w->dir, path, e);
}

static void
run(void *ctx, size_t job, struct strbuf *out)
{
	const struct film_preview *w = ctx;
	size_t i = w->todo[job] / 2;
	struct kept_voice voice;
	struct err e = ERR_INIT;
	char *path = NULL;

	(void)out;
	if (w->todo[job] % 2) {
		make_picture(w, i, &path, &e); /* found again, or said, below */
		free(path);
	} else if (voice_keep(w->p, scene_of(w, i), w->dir, &voice, &e) == 0) {
		kept_voice_release(&voice);
	}
}

static void
done(void *ctx, size_t job, const struct strbuf *out)
{
	(void)ctx;
	(void)job;
	(void)out;
}

static int
make_all(struct film_preview *w, struct err *e)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	struct work work = { .jobs = w->nr, .ctx = w, .run = run,
		.done = done };

	work.processes = n < 1 ? 1 : n > CORES_MAX ? CORES_MAX : (int)n;
	return w->nr > 1 ? work_run(&work, e) : 0;
}

/* Nobody speaks it: as long as it would take. */
static void
stay_silent(const struct film_preview *w, struct film_scene *fs)
{
	struct pace pace = pace_for(fs->language, project_setting(w->p,
	    "ttsProvider", NULL), 1);
	double s = pace_seconds(&pace, fs->spoken, strlen(fs->spoken)) + 0.4;

	if (fs->seconds < s)
		fs->seconds = s;
}

static void
use_voice(struct film_preview *w, size_t i)
{
	struct film_scene *fs = &w->film->scene[i + w->film->before];
	struct kept_voice *k = &w->scene[i].voice;
	struct err e = ERR_INIT;

	fs->audio = NULL;
	fs->word = NULL;
	fs->word_nr = 0;
	fs->audio_start = fs->audio_seconds = fs->audio_gain = 0;
	if (voice_keep(w->p, scene_of(w, i), w->dir, k, &e) < 0) {
		warning("scene %zu has no stand-in voice: %s",
		    scene_of(w, i)->index, e.msg);
		stay_silent(w, fs);
		return;
	}
	fs->audio = k->path;
	fs->audio_sha256 = k->sha256;
	fs->audio_seconds = k->seconds;
	fs->word = k->word;
	fs->word_nr = k->word_nr;
}

static int
use_picture(struct film_preview *w, size_t i, struct err *e)
{
	struct film_scene *fs = &w->film->scene[i + w->film->before];
	struct stand_in *k = &w->scene[i];

	if (make_picture(w, i, &k->picture, e) < 0 ||
	    stat_cache_sha256(w->s->cache, k->picture, k->sha256, NULL, e) < 0)
		return -1;
	fs->image = k->picture;
	fs->image_sha256 = k->sha256;
	memset(&fs->clip, 0, sizeof(fs->clip)); /* a still */
	fs->focus_x = fs->focus_y = -1;
	return film_use_card(fs, e);
}

static void
shrink(int frame[2])
{
	int w, h;

	do {
		w = frame[0] / 4 * 2;
		h = frame[1] / 4 * 2;
		if (w < SIDE_MIN || h < SIDE_MIN)
			return;
		frame[0] = w;
		frame[1] = h;
	} while (w > PREVIEW_SIDE || h > PREVIEW_SIDE);
}

static void
prepare(struct film_preview *w, struct film *f)
{
	size_t i;

	film_frame(w->p, w->v, &w->frame[0], &w->frame[1]);
	shrink(w->frame);
	f->width = w->frame[0];
	f->height = w->frame[1];
	f->quality = QUALITY_DRAFT;
	w->title = f->title && *f->title ? xasprintf("%s (preview)", f->title)
					 : xstrdup("preview");
	f->title = w->title;
	for (i = 0; i < w->v->nr; i++) {
		if (needs_voice(w->s, w->p, w->v->scene[i]))
			w->todo[w->nr++] = 2 * i;
		if (needs_picture(w->s, w->v->scene[i]))
			w->todo[w->nr++] = 2 * i + 1;
	}
}

int
film_preview(struct film_preview **out, struct film *f,
    const struct project *p, const struct video *v, const struct survey *s,
    struct err *e)
{
	struct film_preview *w = xcalloc(1, sizeof(*w));
	size_t i;
	int ret;

	*w = (struct film_preview){ .film = f, .p = p, .v = v, .s = s };
	w->dir = project_path(p, "build/preview");
	w->scene = xcalloc(v->nr + 1, sizeof(*w->scene));
	w->todo = xcalloc(2 * v->nr + 1, sizeof(*w->todo));
	prepare(w, f);
	ret = make_all(w, e);
	for (i = 0; ret == 0 && i < w->nr; i++)
		if (w->todo[i] % 2)
			ret = use_picture(w, w->todo[i] / 2, e);
		else
			use_voice(w, w->todo[i] / 2);
	if (ret < 0) {
		film_preview_free(w);
		w = NULL;
	}
	*out = w;
	return ret;
}

void
film_preview_free(struct film_preview *w)
{
	size_t i;

	if (!w)
		return;
	for (i = 0; i < w->v->nr; i++) {
		kept_voice_release(&w->scene[i].voice);
		free(w->scene[i].picture);
	}
	free(w->scene);
	free(w->todo);
	free(w->title);
	free(w->dir);
	free(w);
}

/* "scenes 3, 7-9 with stand-in pictures" */
static void
say(const unsigned char *marked, size_t nr, const char *one, const char *many,
    struct strbuf *out)
{
	struct strbuf list = STRBUF_INIT;
	size_t i, from, count = 0;

	for (i = 0; i < nr; i++) {
		if (!marked[i])
			continue;
		for (from = i; i + 1 < nr && marked[i + 1]; i++)
			count++;
		count++;
		strbuf_addf(&list, "%s%zu", list.len ? ", " : "", from + 1);
		if (i > from)
			strbuf_addf(&list, "%s%zu", i > from + 1 ? "-" : ", ",
			    i + 1);
	}
	if (count)
		strbuf_addf(out, "%sscene%s %s with %s", out->len ? "; " : "",
		    count > 1 ? "s" : "", list.buf, count > 1 ? many : one);
	strbuf_release(&list);
}

void
film_preview_words(const struct project *p, const struct survey *s,
    const struct video *const *v, size_t nr, struct strbuf *out)
{
	unsigned char *picture = xcalloc(p->nr + 1, 1);
	unsigned char *voice = xcalloc(p->nr + 1, 1);
	size_t i, k;

	for (i = 0; i < nr; i++)
		for (k = 0; k < v[i]->nr; k++) {
			size_t at = v[i]->scene[k];

			picture[at] = (unsigned char)needs_picture(s, at);
			voice[at] = (unsigned char)needs_voice(s, p, at);
		}
	say(picture, p->nr, "a stand-in picture", "stand-in pictures", out);
	say(voice, p->nr, "a stand-in voice", "stand-in voices", out);
	free(picture);
	free(voice);
}
