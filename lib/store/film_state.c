#include "store/film_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/caption_style.h"
#include "record/json.h"
#include "record/preset.h"
#include "store/around.h"
#include "store/film_audio.h"
#include "store/film_card.h"
#include "store/film_look.h"
#include "store/film_sound.h"

#define VIDEO_VERSION 1
#define PART_VERSION 1

double
video_number(const struct project *p, const struct video *v, const char *key,
    double fallback)
{
	return node_num(v->doc, key, node_num(p->doc, key,
	    node_num(p->settings, key, fallback)));
}

const char *
video_setting(const struct project *p, const struct video *v, const char *key,
    const char *fallback)
{
	const char *s = node_str(v->doc, key, NULL);

	if (!s)
		s = node_str(p->doc, key, NULL);
	return s ? s : project_setting(p, key, fallback);
}

/* SHA-256 of a subtree as JSON; "" where it is not there. */
static void
tree_digest(const struct node *n, char out[SHA256_HEX])
{
	struct strbuf b = STRBUF_INIT;

	out[0] = '\0';
	if (n) {
		json_print_line(n, &b);
		sha256_hex(b.buf, b.len, out);
	}
	strbuf_release(&b);
}

/* Of a voice's words; "" where there are none. */
static void
words_digest(const struct asset_state *a, char out[SHA256_HEX])
{
	struct strbuf b = STRBUF_INIT;

	out[0] = '\0';
	if (asset_words(&a->rec, &b))
		sha256_hex(b.buf, b.len, out);
	strbuf_release(&b);
}

/* The definition of the user's own style, and its font's file. What is wrong
 * with that file, film_read says. */
static void
add_style(struct request *r, const struct project *p, const struct video *v,
    const struct survey *s)
{
	const struct node *style = video_caption_style(p, v);
	const char *font = node_str(style, "font", "");
	char sum[SHA256_HEX], *path;
	int fd;

	if (!style)
		return;
	tree_digest(style, sum);
	request_add(r, "captionStyles", sum);
	if (!caption_font_is_file(font))
		return;
	fd = path_open_beneath(p->root, font, NULL);
	if (fd < 0)
		return;
	close(fd);
	path = path_join(p->root, font);
	if (stat_cache_sha256(s->cache, path, sum, NULL, NULL) == 0)
		request_add(r, "captionStyles.font", sum);
	free(path);
}

static void
add_choices(struct request *r, const struct project *p, const struct video *v)
{
	double seconds = video_number(p, v, "transitionSeconds", 0);

	request_add(r, "preset", v->preset);
	request_add(r, "size", video_setting(p, v, "size", ""));
	request_add(r, "quality", video_setting(p, v, "quality", "standard"));
	request_add(r, "captions", video_setting(p, v, "captions", ""));
	request_add(r, "captionStyle", video_setting(p, v, "captionStyle", ""));
	if (seconds > 0)
		request_add_num(r, "transitionSeconds", seconds);
	request_add(r, "tone", p->tone);
	request_add(r, "language", v->language ? v->language : p->language);
}

/* A card that is drawn again for the film comes of what the one in the project
 * came of. */
static void
add_card(struct request *r, const char *key, const struct project *p,
    const struct video *v, const struct asset_state *a)
{
	int w, h;

	film_frame(p, v, &w, &h);
	if (film_card_is_off(p, a, w, h))
		request_add(r, key, a->rec.request ? a->rec.request : "");
}

/* The inputs of one scene under the prefix "00001.". */
static void
add_scene(struct request *r, const struct project *p, const struct video *v,
    const struct survey *s, size_t i)
{
	const struct scene *sc = &p->scene[v->scene[i]];
	const struct asset_state *a;
	struct strbuf b = STRBUF_INIT;
	char key[40], sum[SHA256_HEX];

	a = survey_used(s, ASSET_AUDIO, v->scene[i]);
	snprintf(key, sizeof(key), "%05zu.audio", i + 1);
	request_add(r, key, a->media_sha256);
	words_digest(a, sum);
	snprintf(key, sizeof(key), "%05zu.words", i + 1);
	request_add(r, key, sum);
	a = survey_used(s, ASSET_IMAGE, v->scene[i]);
	snprintf(key, sizeof(key), "%05zu.image", i + 1);
	request_add(r, key, a->media_sha256);
	snprintf(key, sizeof(key), "%05zu.card", i + 1);
	add_card(r, key, p, v, a);
	snprintf(key, sizeof(key), "%05zu.text", i + 1);
	request_add(r, key, sc->text);
	snprintf(key, sizeof(key), "%05zu.look", i + 1);
	film_look(p, v, sc, &b);
	request_add(r, key, b.buf);
	if (node_get(sc->doc, "heading")) {
		snprintf(key, sizeof(key), "%05zu.heading", i + 1);
		request_add(r, key, node_str(sc->doc, "heading", ""));
	}
	strbuf_release(&b);
}

/* Inputs are preset, quality, captions, music, titles, and for each scene
 * "00001.audio", "00001.image" (SHA-256 of the media there now),
 * "00001.words", "00001.text", "00001.look" (motion, transition, focus,
 * duration), "00001.sound.1" where it has sounds. */
static struct request *
request_video(const struct project *p, const struct video *v,
    const struct survey *s, struct err *e)
{
	struct request *r = request_new("video", VIDEO_VERSION);
	char sum[SHA256_HEX];
	size_t i;
	int ret;

	add_choices(r, p, v);
	add_style(r, p, v, s);
	if (video_sidecars(p, v)) {
		tree_digest(video_sidecars(p, v), sum);
		request_add(r, "sidecars", sum);
	}
	if (v->audio_file)
		film_audio_add(r, p, v, s);
	request_add(r, "title", node_str(v->doc, "title", p->title));
	request_add(r, "description", p->description ? p->description : "");
	ret = film_sound_add_music(r, p, v, s, e);
	for (i = 0; ret == 0 && i < v->nr; i++) {
		add_scene(r, p, v, s, i);
		ret = film_sound_add_scene(r, p, v, s, i, e);
	}
	if (ret == 0)
		ret = around_add_video(r, p, v, s, e);
	if (ret < 0) {
		request_free(r);
		return NULL;
	}
	request_seal(r);
	return r;
}

static int
burns_captions(const struct project *p, const struct video *v)
{
	const struct preset *preset = preset_find(v->preset, NULL);
	const char *c = video_setting(p, v, "captions", "");

	if (!*c)
		return preset && (preset->captions & CAPTIONS_BURNED);
	return !strcmp(c, "burned") || !strcmp(c, "both");
}

/* A picture that moves begins with its scene, which at the film's start is
 * shown for a little longer or shorter. Of another file in its place nobody
 * noted whether it moves. */
static void
add_start(struct request *r, const char *key, const struct survey *s,
    size_t scene)
{
	const struct asset_state *a = survey_used(s, ASSET_IMAGE, scene);

	if (a->state == STATE_MODIFIED ||
	    !strcmp(node_str(a->rec.doc, "kind", ""), "moving"))
		request_add(r, key, "here");
}

/* The picture parts of the film's scene i (from 0): its body and the
 * transition into it, so the scene before enters by its picture and look. */
static struct request *
request_part(const struct project *p, const struct video *v,
    const struct survey *s, size_t i)
{
	struct request *r = request_new("part", PART_VERSION);
	const struct scene *sc = &p->scene[v->scene[i]];
	const struct asset_state *a = survey_used(s, ASSET_AUDIO, v->scene[i]);
	struct strbuf b = STRBUF_INIT;
	char sum[SHA256_HEX];

	add_choices(r, p, v);
	add_style(r, p, v, s);
	request_add_num(r, "seconds", a->rec.seconds);
	/* another file in its place has another length, which is not noted */
	request_add(r, "audio", a->media && (a->state == STATE_MODIFIED ||
	    a->rec.seconds <= 0) ? a->media_sha256 : "");
	request_add(r, "image",
	    survey_used(s, ASSET_IMAGE, v->scene[i])->media_sha256);
	add_card(r, "card", p, v, survey_used(s, ASSET_IMAGE, v->scene[i]));
	film_look(p, v, sc, &b);
	request_add(r, "look", b.buf);
	/* motion is chosen by the text, captions show it */
	request_add(r, "text", film_motion_is_said(sc) && !burns_captions(p, v)
	    ? "" : sc->text);
	if (burns_captions(p, v)) {
		words_digest(a, sum);
		request_add(r, "words", sum);
	}
	if (i > 0) {
		sc = &p->scene[v->scene[i - 1]];
		request_add(r, "before.image", survey_used(s, ASSET_IMAGE,
		    v->scene[i - 1])->media_sha256);
		add_card(r, "before.card", p, v, survey_used(s, ASSET_IMAGE,
		    v->scene[i - 1]));
		film_look(p, v, sc, &b);
		request_add(r, "before.look", b.buf);
		request_add(r, "before.text", film_motion_is_said(sc) ? ""
		    : sc->text);
		request_add_num(r, "before.seconds", survey_used(s,
		    ASSET_AUDIO, v->scene[i - 1])->rec.seconds);
	}
	if (i == 0)
		add_start(r, "starts", s, v->scene[i]);
	if (i == 1)
		add_start(r, "before.starts", s, v->scene[0]);
	request_add(r, "ends", i + 1 == v->nr ? "here" : "");
	around_add_part(r, p, v, s, i);
	strbuf_release(&b);
	request_seal(r);
	return r;
}

static int
has_file(const struct project *p, const char *name)
{
	char *path = project_path(p, "video/%s", name);
	int there = !path_is_inside(name) || file_exists(path);

	free(path);
	return there;
}

/* What lies beside the film: captions and thumbnail. */
static int
has_sidecars(const struct project *p, const struct asset_state *a)
{
	const struct node *list = node_get(a->rec.doc, "captions");
	const char *thumbnail = node_str(a->rec.doc, "thumbnail", NULL);
	int all = !thumbnail || has_file(p, thumbnail);
	size_t i;

	for (i = 0; list && i < list->nr && all; i++)
		if (list->kid[i]->kind == NODE_SCALAR)
			all = has_file(p, list->kid[i]->str);
	if (all && node_str(a->rec.doc, "audio", NULL))
		all = has_file(p, node_str(a->rec.doc, "audio", ""));
	return all;
}

int
state_video(const struct project *p, const struct video *v,
    const struct survey *s, struct asset_state *a, struct err *e)
{
	char *path = project_path(p, "video/%s.json", v->name);
	int ret;

	memset(a, 0, sizeof(*a));
	a->what = ASSET_VIDEO;
	a->video = v;
	a->take = a->used = 1;
	a->provider = "local";
	a->media = project_path(p, "video/%s.%s", v->name, v->pictures ?
	    "mp4" : "m4a");
	a->want = v->pictures ? request_video(p, v, s, e) :
	    film_audio_request(p, v, s, e);
	ret = a->want ? asset_load_kept(&a->rec, RECORD_VIDEO, path,
	    p->lean ? p->kept : NULL, e) : -1;
	free(path);
	if (ret < 0) {
		if (a->want && e->code == EX_DATA)
			err_append(e, "; or remove it, and make makes the film "
			    "again");
		asset_state_release(a);
		return -1;
	}
	if (!a->rec.doc) {
		a->state = STATE_ABSENT;
		return 0;
	}
	if (!a->rec.request || strcmp(a->rec.request, a->want->digest) != 0) {
		a->state = STATE_STALE;
		if (asset_whole(&a->rec, e) < 0)
			return -1;
		changes_find(a->want, node_get(a->rec.doc, "inputs"),
		    &a->changes);
		return 0;
	}
	if (!file_exists(a->media) || !has_sidecars(p, a)) {
		a->state = STATE_MISSING;
		return 0;
	}
	if (stat_cache_sha256(s->cache, a->media, a->media_sha256, NULL, e) < 0)
		return -1;
	/* A film that is not what the record says is made again: it is free,
	 * and the record's bytes are what was promised. */
	if (a->rec.sha256 && strcmp(a->media_sha256, a->rec.sha256) != 0)
		a->state = STATE_STALE;
	return 0;
}

static char *
stamp_path(const struct project *p, const struct video *v, size_t i)
{
	return project_path(p, "build/parts/%s/%s.json", v->name,
	    p->scene[v->scene[i]].dir);
}

int
part_is_fresh(const struct project *p, const struct video *v,
    const struct survey *s, size_t i, char **path)
{
	struct request *want = request_part(p, v, s, i);
	struct node *doc = NULL;
	int fresh = 0;

	*path = stamp_path(p, v, i);
	if (file_exists(*path))
		doc = json_load(*path, NULL);
	if (doc)
		fresh = !strcmp(node_str(doc, "request", ""), want->digest);
	node_free(doc);
	request_free(want);
	return fresh;
}

int
part_stamp(const struct project *p, const struct video *v,
    const struct survey *s, size_t i, struct err *e)
{
	struct request *want = request_part(p, v, s, i);
	char *path = stamp_path(p, v, i), *dir = path_dirname(path);
	struct strbuf b = STRBUF_INIT;
	struct node *doc = node_new(NODE_MAP);
	int ret = file_mkdirs(dir, e);

	if (ret == 0) {
		node_set_str(doc, "request", want->digest);
		json_print(doc, &b);
		ret = file_write(path, b.buf, b.len, e);
	}
	node_free(doc);
	strbuf_release(&b);
	request_free(want);
	free(dir);
	free(path);
	return ret;
}
