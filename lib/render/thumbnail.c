#include "render/thumbnail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/card/card.h"
#include "media/segment.h"
#include "render/still_load.h"
#include "store/around.h"
#include "store/inputs.h"
#include "text/phrase.h"
#include "text/word.h"

#define LOOKED_AT 48    /* pictures, evenly over the film: each is decoded */
#define SCORE_WIDE 360  /* pixels at which they are compared */
#define QUALITY_BEST 92
#define QUALITY_LEAST 50
#define BYTES_MOST 1900000     /* YouTube takes under 2 MB */
#define BYTES_PODCAST 4000000

static const struct shape {
	const char *preset;
	int w, h;
} shapes[] = {
	{ "youtube", 1280, 720 },
	{ "linkedin", 1080, 1350 },
	{ "square", 1080, 1080 },
	{ "podcast", 3000, 3000 },
	{ "shorts", 1080, 1920 }, /* and the others that are upright */
};

/* The platform's size; a preview, smaller than the platform's film, has it
 * smaller by as much, in steps of 10 pixels. */
static struct shape
shape_of(const struct timeline *t)
{
	const struct preset *p = t->preset;
	int least = p->width < p->height ? p->width : p->height, film, whole;
	size_t i, last = sizeof(shapes) / sizeof(*shapes) - 1;
	struct shape s;

	for (i = 0; i < last; i++)
		if (!strcmp(shapes[i].preset, p->name))
			break;
	s = shapes[i];
	whole = s.w < s.h ? s.w : s.h;
	whole = whole < least ? whole : least;
	film = t->width < t->height ? t->width : t->height;
	if (film < whole) {
		s.w = (s.w * film / whole + 5) / 10 * 10;
		s.h = (s.h * film / whole + 5) / 10 * 10;
	}
	s.w = s.w < 20 ? 20 : s.w;
	s.h = s.h < 20 ? 20 : s.h;
	return s;
}

static double
luma(const struct picture *p, int x, int y)
{
	const uint8_t *c = p->rgb + ((size_t)y * (size_t)p->w + (size_t)x) * 3;

	return (0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]) / 255;
}

double
thumbnail_score(const struct picture *p)
{
	double sum = 0, square = 0, edge = 0, v, n = 0, mean, spread;
	int x, y;

	for (y = 1; y < p->h - 1; y++)
		for (x = 1; x < p->w - 1; x++, n++) {
			v = luma(p, x, y);
			sum += v;
			square += v * v;
			v = 4 * v - luma(p, x - 1, y) - luma(p, x + 1, y) -
			    luma(p, x, y - 1) - luma(p, x, y + 1);
			edge += v < 0 ? -v : v;
		}
	if (n < 1)
		return 0;
	mean = sum / n;
	spread = square / n - mean * mean;
	spread = spread > 0 ? sqrt(spread) : 0;
	/* Nearly black and nearly white pictures say nothing small. */
	if (mean < 0.12)
		spread *= mean / 0.12;
	if (mean > 0.88)
		spread *= (1 - mean) / 0.12;
	return spread * sqrt(edge / n);
}

/* Of a clip, the moment at which it begins. */
static int
load(const struct asset_state *a, struct picture *p, struct err *e)
{
	return still_load(p, a->media, a->scene ? a->scene->clip_from : 0, e);
}

static int
is_drawn(const struct asset_state *a)
{
	return a->state == STATE_FRESH &&
	    !strcmp(node_str(a->rec.doc, "provider", ""), "card");
}

static int
score_of(const struct asset_state *a, double *score, struct err *e)
{
	struct picture p = PICTURE_INIT, small = PICTURE_INIT;
	int h, ret = load(a, &p, e);

	if (ret == 0) {
		h = (int)((long)p.h * SCORE_WIDE / p.w);
		ret = picture_scale(&p, &small, SCORE_WIDE, h > 3 ? h : 3, e);
	}
	if (ret == 0)
		*score = thumbnail_score(&small);
	picture_release(&p);
	picture_release(&small);
	return ret;
}

/* The scene (of the project) to show: the one asked for, or the best that has
 * a picture which is no card; -1 where all are cards. */
static int
choose_scene(const struct thumbnail_job *j, const struct around *a, long *out,
    struct err *e)
{
	const struct asset_state *image;
	const struct scene *sc;
	double best = -1, score = -1;
	size_t i, step = j->video->nr / LOOKED_AT + 1;

	*out = -1;
	if (a->thumb.scene) {
		sc = project_scene(j->project, a->thumb.scene, e);
		if (!sc)
			return err_prefix(e, "thumbnail.scene");
		*out = sc - j->project->scene;
		return 0;
	}
	for (i = 0; i < j->video->nr; i += step) {
		image = survey_used(j->survey, ASSET_IMAGE,
		    j->video->scene[i]);
		if (!state_is_usable(image) || !image->media ||
		    is_drawn(image))
			continue;
		/* one that cannot be read now must not let another be shown */
		if (score_of(image, &score, e) < 0)
			return -1;
		if (score > best) {
			best = score;
			*out = (long)j->video->scene[i];
		}
	}
	return 0;
}

/* The picture of a scene as what the words stand on. */
static int
set_back(const struct thumbnail_job *j, size_t scene, struct card_spec *s,
    struct picture *back, struct err *e)
{
	const struct asset_state *a = survey_used(j->survey, ASSET_IMAGE,
	    scene);
	const struct scene *sc = &j->project->scene[scene];
	const struct node *focus = node_get(a->rec.doc, "focus");

	s->back_x = s->back_y = -1;
	if (!state_is_usable(a) || !a->media)
		return err_set(e, EX_LATER, "scene %zu has no picture",
		    scene + 1);
	if (load(a, back, e) < 0)
		return -1;
	s->back = back;
	if (sc->has_focus) {
		s->back_x = sc->focus_x;
		s->back_y = sc->focus_y;
	} else if (focus && focus->kind == NODE_LIST && focus->nr == 2 &&
	    a->state == STATE_FRESH) {
		node_is_num(focus->kid[0], &s->back_x);
		node_is_num(focus->kid[1], &s->back_y);
	}
	return 0;
}

/* What the picture says of its origin, now that words are on it. */
static const char *
source_type(const struct thumbnail_job *j, long scene)
{
	const struct asset_state *a;
	const char *type;

	if (scene < 0)
		return "algorithmicMedia";
	a = survey_used(j->survey, ASSET_IMAGE, (size_t)scene);
	type = a->state == STATE_FRESH ? node_str(a->rec.doc,
	    "digitalSourceType", NULL) : NULL;
	if (!type)
		return "composite"; /* somebody's own, of unknown origin */
	return !strcmp(type, "trainedAlgorithmicMedia") ?
	    "compositeWithTrainedAlgorithmicMedia" : type;
}

static int
write_jpeg(const struct picture *p, const struct picture_meta *m, size_t most,
    const char *path, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int quality, ret = 0;

	for (quality = QUALITY_BEST; ret == 0; quality -= 6) {
		strbuf_reset(&b);
		ret = picture_jpeg(p, quality, m, &b, e);
		if (b.len <= most || quality - 6 < QUALITY_LEAST)
			break;
	}
	if (ret == 0)
		ret = file_write_changed(path, b.buf, b.len, e);
	strbuf_release(&b);
	return ret < 0 ? -1 : 0;
}

/* The title's first part where a sign divides it. */
static size_t
first_part(const char *title)
{
	static const char *const sign[] = { ": ", " - ", " \xe2\x80\x93 ",
		" \xe2\x80\x94 ", NULL };
	size_t n = strlen(title), i;
	const char *p;

	for (i = 0; sign[i]; i++) {
		p = strstr(title, sign[i]);
		if (p && p > title && (size_t)(p - title) < n)
			n = (size_t)(p - title);
	}
	return n;
}

/* The title in a few words: whole; or its first part; or without its article;
 * or its key phrase. To be freed. */
static char *
few_words(const char *title, const char *language)
{
	struct word_list l = WORD_LIST_INIT;
	size_t n = first_part(title), from = 0, nr;
	struct strbuf b = STRBUF_INIT;

	word_split(title, n, language, &l);
	nr = l.nr;
	if (nr == THUMBNAIL_WORDS + 1 && word_is_determiner(title + l.v[0].off,
	    l.v[0].len, language)) {
		from = l.v[1].off;
		nr--;
	}
	word_list_release(&l);
	if (nr < 2 || nr > THUMBNAIL_WORDS)
		return phrase_key(title, language, THUMBNAIL_WORDS);
	strbuf_add(&b, title + from, n - from);
	segment_capitalise(&b, 0);
	return strbuf_detach(&b, NULL);
}

/* Draw what scene shows (-1: what the title says) with the words over it. */
static int
draw(const struct thumbnail_job *j, const char *words, long scene,
    struct picture *out, struct err *e)
{
	struct picture back = PICTURE_INIT;
	struct image_choice look;
	struct card_spec s = { .use = CARD_THUMB, .is_light = word_is_stop };
	struct shape shape = shape_of(j->time);
	int drawn, ret = 0;

	image_choose(j->project, scene < 0 ? NULL :
	    &j->project->scene[scene], &look);
	/* a card is so much larger than the frame that it is for */
	s.width = shape.w * 4 / 5;
	s.height = shape.h * 4 / 5;
	s.phrase = words;
	s.language = j->film->language;
	s.tone = j->film->tone;
	s.style = look.style;
	s.look = look.look;
	drawn = scene < 0 || is_drawn(survey_used(j->survey, ASSET_IMAGE,
	    (size_t)scene));
	s.text = scene < 0 ? j->film->title : look.prompt;
	if (!drawn)
		ret = set_back(j, (size_t)scene, &s, &back, e);
	if (ret == 0)
		ret = card_draw(&s, out, NULL, e);
	picture_release(&back);
	image_choice_release(&look);
	return ret;
}

int
thumbnail_make(const struct thumbnail_job *j, const char *path, struct err *e)
{
	struct picture p = PICTURE_INIT;
	struct picture_meta m = { .title = j->film->title };
	struct around a;
	char *words;
	long scene;
	int ret;

	around_choose(&a, j->project, j->video);
	if (!a.thumb.on)
		return 0;
	words = a.thumb.text ? xstrdup(a.thumb.text) : few_words(
	    j->film->title, j->film->language);
	ret = choose_scene(j, &a, &scene, e);
	if (ret == 0)
		ret = draw(j, words, scene, &p, e);
	if (ret == 0) {
		m.source_type = source_type(j, scene);
		ret = write_jpeg(&p, &m, !strcmp(j->film->preset, "podcast") ?
		    BYTES_PODCAST : BYTES_MOST, path, e);
	}
	picture_release(&p);
	free(words);
	return ret < 0 ? -1 : 1;
}
