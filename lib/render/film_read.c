#include "render/film_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/path.h"
#include "media/picture.h"
#include "media/recording.h"
#include "provider/word_list.h"
#include "record/preset.h"
#include "render/film_cards.h"
#include "render/film_read_clip.h"
#include "render/film_read_look.h"
#include "render/film_read_sound.h"
#include "render/motion_window.h"
#include "render/film_words.h"

/* A narrated film is put together from parts that models may have made. */
#define SOURCE_TYPE "compositeWithTrainedAlgorithmicMedia"

struct film_source {
	struct film_scene *scene;
	struct word_time **word; /* of each scene */
	size_t nr;
	struct film_cards *cards;
	struct film_look look;
	struct film_sounds *sounds;
	struct strbuf description; /* with the photographers */
	int lock; /* keeps gc from what the film is made of; -1: none */
};

/* A folder that cannot be written needs none: gc cannot write there either. */
static int
hold_build(const struct project *p)
{
	char *path = project_path(p, "build/gc.lock");
	int fd = lock_share(path, NULL);

	free(path);
	return fd;
}

void
film_source_free(struct film_source *src)
{
	size_t i;

	if (!src)
		return;
	for (i = 0; i < src->nr; i++)
		free(src->word[i]);
	free(src->word);
	free(src->scene);
	film_look_release(&src->look);
	film_sounds_free(src->sounds);
	film_cards_free(src->cards);
	if (src->lock >= 0)
		close(src->lock);
	strbuf_release(&src->description);
	free(src);
}

static int
named(const char *name, const char *const *list)
{
	int i;

	for (i = 0; list[i]; i++)
		if (!strcmp(list[i], name))
			return i;
	return -1;
}

int
film_captions_named(const char *name)
{
	static const char *const names[] = { "none", "sidecar", "burned",
		"both", NULL };

	return named(name, names);
}

static int
read_choices(struct film *f, const struct project *p, const struct video *v,
    struct err *e)
{
	static const char *const qualities[] = { "draft", "standard", "high",
		NULL };
	const struct preset *preset = preset_find(v->preset, e);
	const char *s;

	if (!preset)
		return err_prefix(e, "video %s", v->name);
	s = video_setting(p, v, "quality", "standard");
	f->quality = named(s, qualities);
	if (f->quality < 0)
		return err_set(e, EX_CONF, "video %s: quality \"%s\" is not "
		    "draft, standard or high; mend it in project.yaml or "
		    "settings.yaml", v->name, s);
	s = video_setting(p, v, "size", "");
	if (*s && frame_size_parse(s, &f->width, &f->height) < 0)
		return err_set(e, EX_CONF, "video %s: size \"%s\" is not as "
		    "1280x720, both even, 16 to 7680; mend it in "
		    "project.yaml", v->name, s);
	f->captions = preset->captions;
	s = video_setting(p, v, "captions", "");
	if (*s)
		f->captions = film_captions_named(s);
	if (f->captions < 0)
		return err_set(e, EX_CONF, "video %s: captions \"%s\" is not "
		    "none, sidecar, burned or both; mend it in project.yaml "
		    "or settings.yaml", v->name, s);
	s = video_setting(p, v, "captionStyle", "");
	f->caption_style = *s ? s : NULL;
	f->transition_seconds = video_number(p, v, "transitionSeconds", 0);
	f->name = v->name;
	f->preset = v->preset;
	f->title = node_str(v->doc, "title", p->title);
	f->description = p->description;
	f->language = v->language ? v->language : p->language;
	f->tone = p->tone;
	f->source_type = SOURCE_TYPE;
	return 0;
}

/* Voice: as recorded, or measured where the user put another file there, whose
 * word times nobody knows. */
static int
read_voice(struct film_scene *fs, struct word_time **word,
    const struct asset_state *a, struct err *e)
{
	struct recording rec;
	struct sound sound = SOUND_INIT;
	int ret;

	if (!state_is_usable(a) || !a->media)
		return 0;
	fs->audio = a->media;
	fs->audio_sha256 = a->media_sha256;
	if (a->state == STATE_MODIFIED || a->rec.seconds <= 0) {
		if (sound_load(&sound, a->media, e) < 0)
			return -1;
		ret = recording_measure(&sound, a->media, &rec, e);
		sound_release(&sound);
		fs->audio_start = rec.start;
		fs->audio_seconds = rec.end - rec.start;
		fs->audio_gain = rec.gain;
		return ret;
	}
	/* a provider's file is kept as it came; what is used of it is noted */
	fs->audio_start = node_num(a->rec.doc, "trimStart", 0);
	fs->audio_seconds = node_num(a->rec.doc, "trimEnd", a->rec.seconds) -
	    fs->audio_start;
	fs->audio_gain = node_num(a->rec.doc, "gain", 1);
	if (word_list_of(&a->rec, strlen(fs->spoken), word, &fs->word_nr,
	    e) < 0)
		return -1;
	fs->word = *word;
	return 0;
}

/* A drawn card has its phrase in a box of its own, from 0.105 and 0.11 (0.10
 * and 0.135 upright), which has to stay 5 % clear of the frame's edge. */
static void
keep_phrase(struct film_scene *fs)
{
	static const double wide[4] = { 0.06, 0.06, 0.62, 0.65 };
	static const double tall[4] = { 0.05, 0.04, 0.90, 0.65 };
	/* as the card is laid out: a square is upright */
	int upright = fs->image_w < 1.2 * fs->image_h;
	double left;

	memcpy(fs->keep, upright ? tall : wide, sizeof(fs->keep));
	if (!upright && film_is_right_to_left(fs->language)) {
		left = fs->keep[0];
		fs->keep[0] = 1 - fs->keep[2];
		fs->keep[2] = 1 - left;
	}
}

/* Its size, from the file's head. */
static int
read_size(struct film_scene *fs, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret = file_read(fs->image, PICTURE_BYTES_MAX, &b, e);

	if (ret == 0)
		ret = picture_size(fs->image, b.buf, b.len, &fs->image_w,
		    &fs->image_h, e);
	strbuf_release(&b);
	return ret;
}

/* As recorded, where the file is what the record is about: with a hundred
 * scenes, and a program for the parts of each, reading all is much. */
static int
known_size(struct film_scene *fs, const struct asset_state *a)
{
	if (a->state != STATE_FRESH || node_bool(a->rec.doc, "adopted", 0))
		return -1;
	fs->image_w = (int)node_num(a->rec.doc, "width", 0);
	fs->image_h = (int)node_num(a->rec.doc, "height", 0);
	return fs->image_w > 0 && fs->image_h > 0 ? 0 : -1;
}

int
film_use_card(struct film_scene *fs, struct err *e)
{
	if (read_size(fs, e) < 0)
		return -1;
	keep_phrase(fs);
	return 0;
}

static int
read_picture(struct film_scene *fs, const struct scene *sc,
    const struct asset_state *a, struct err *e)
{
	const struct node *focus = node_get(a->rec.doc, "focus");

	fs->focus_x = fs->focus_y = -1;
	if (!state_is_usable(a) || !a->media)
		return 0;
	if (film_read_clip(fs, sc, a, e) < 0)
		return -1;
	fs->image = a->media;
	fs->image_sha256 = a->media_sha256;
	if (!fs->clip.moving && known_size(fs, a) < 0 && read_size(fs, e) < 0)
		return -1;
	if (sc->has_focus) {
		fs->focus_x = sc->focus_x;
		fs->focus_y = sc->focus_y;
	} else if (focus && focus->kind == NODE_LIST && focus->nr == 2 &&
	    a->state == STATE_FRESH) {
		node_is_num(focus->kid[0], &fs->focus_x);
		node_is_num(focus->kid[1], &fs->focus_y);
	}
	if (a->state == STATE_FRESH &&
	    !strcmp(node_str(a->rec.doc, "provider", ""), "card"))
		keep_phrase(fs);
	return 0;
}

static void
read_motion(struct film_scene *fs, const struct motion_spec *m)
{
	static const char *const easings[] = { "smooth", "linear", "in",
		"out", NULL };
	int easing = named(m->easing ? m->easing : "smooth", easings);

	fs->motion = m->word;
	fs->easing = easing < 0 ? EASING_SMOOTH : easing;
	fs->has_windows = m->has_windows;
	memcpy(fs->window[0], m->from, sizeof(m->from));
	memcpy(fs->window[1], m->to, sizeof(m->to));
}

static int
read_scene(struct film_scene *fs, struct word_time **word,
    const struct project *p, const struct video *v, const struct survey *s,
    size_t i, struct err *e)
{
	const struct scene *sc = &p->scene[v->scene[i]];
	const char *transition = sc->transition ? sc->transition :
	    video_setting(p, v, "transition", "fade");

	fs->title = node_str(sc->doc, "heading", NULL);
	fs->text = sc->text;
	fs->spoken = sc->say ? sc->say : sc->text;
	fs->language = v->language ? v->language : p->language;
	read_motion(fs, &sc->motion);
	fs->transition = transition_named(transition);
	if (fs->transition < 0)
		return err_set(e, EX_CONF, "video %s: there is no transition "
		    "\"%s\"; mend it in project.yaml or settings.yaml",
		    v->name, transition);
	fs->transition_seconds = sc->transition_seconds;
	fs->seconds = sc->duration;
	if (read_voice(fs, word, survey_used(s, ASSET_AUDIO, v->scene[i]),
	    e) < 0 || read_picture(fs, sc, survey_used(s, ASSET_IMAGE,
	    v->scene[i]), e) < 0)
		return -1;
	return 0;
}

int
film_read(struct film *f, struct film_source **out, const struct project *p,
    const struct video *v, const struct survey *s, struct err *e)
{
	struct film_source *src = xcalloc(1, sizeof(*src));
	size_t i, k, cards = 0;
	int ret;

	memset(f, 0, sizeof(*f));
	strbuf_init(&src->description);
	src->lock = hold_build(p);
	ret = read_choices(f, p, v, e);
	if (ret == 0)
		ret = film_read_captions(f, &src->look, p, v, s, e);
	if (ret == 0 && v->pictures)
		ret = film_cards_read(&src->cards, f, p, v, s, &cards, e);
	src->nr = v->nr + cards;
	src->scene = xcalloc(src->nr + 1, sizeof(*src->scene));
	src->word = xcalloc(src->nr + 1, sizeof(*src->word));
	if (ret == 0)
		ret = film_read_sounds(f, src->scene + f->before,
		    &src->sounds, p, v, s, e);
	for (i = 0; ret == 0 && i < v->nr; i++) {
		k = i + f->before;
		ret = read_scene(&src->scene[k], &src->word[k], p, v, s, i, e);
	}
	if (ret < 0) {
		film_source_free(src);
		*out = NULL;
		return -1;
	}
	film_credits(v, s, f->description, &src->description);
	if (src->description.len)
		f->description = src->description.buf;
	f->scene = src->scene;
	f->nr = v->nr ? src->nr : 0;
	if (f->nr && src->cards)
		film_cards_place(src->cards, f);
	*out = src;
	return 0;
}

int
film_draw_cards(struct film *f, struct film_source *src, const size_t *scene,
    size_t nr, struct err *e)
{
	size_t i, n = scene ? nr : f->nr, k;

	for (i = 0; src->cards && i < n; i++) {
		k = scene ? scene[i] : i;
		/* the transition shows the scene before too */
		if (film_card_draw(src->cards, f, k, e) < 0 ||
		    (k && film_card_draw(src->cards, f, k - 1, e) < 0))
			return -1;
	}
	return 0;
}

void
film_warnings(const struct film *f, const struct film_source *src,
    const struct timeline *t, struct strvec *lines)
{
	if (src->cards)
		film_cards_warn(src->cards, f, lines);
	motion_warnings(f, t, lines);
}
