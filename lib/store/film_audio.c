#include "store/film_audio.h"

#include <stdio.h>

#include "store/film_sound.h"

#define AUDIO_VERSION 1

static int
has_picture(const struct asset_state *a)
{
	return state_is_usable(a) && a->media && *a->media_sha256;
}

const struct asset_state *
film_audio_cover(const struct video *v, const struct survey *s)
{
	const struct asset_state *a = &s->a[SURVEY_COVER];
	size_t i;

	if (has_picture(a))
		return a;
	for (i = 0; i < v->nr; i++) {
		a = survey_used(s, ASSET_IMAGE, v->scene[i]);
		if (has_picture(a))
			return a;
	}
	return NULL;
}

void
film_audio_add(struct request *r, const struct project *p,
    const struct video *v, const struct survey *s)
{
	const struct asset_state *cover = film_audio_cover(v, s);
	const char *artist = node_str(p->doc, "artist", NULL);

	request_add(r, "cover", cover ? cover->media_sha256 : "");
	if (artist)
		request_add(r, "artist", artist);
}

/* Everything heard of a scene, and its words for the transcript. */
static void
add_scene(struct request *r, const struct project *p, const struct video *v,
    const struct survey *s, size_t i)
{
	const struct scene *sc = &p->scene[v->scene[i]];
	const struct asset_state *a = survey_used(s, ASSET_AUDIO, v->scene[i]);
	struct strbuf b = STRBUF_INIT;
	char key[40];

	snprintf(key, sizeof(key), "%05zu.audio", i + 1);
	request_add(r, key, a->media_sha256);
	if (asset_words(&a->rec, &b)) {
		snprintf(key, sizeof(key), "%05zu.words", i + 1);
		request_add(r, key, b.buf);
	}
	strbuf_release(&b);
	snprintf(key, sizeof(key), "%05zu.text", i + 1);
	request_add(r, key, sc->text);
	if (sc->duration > 0) {
		snprintf(key, sizeof(key), "%05zu.duration", i + 1);
		request_add_num(r, key, sc->duration);
	}
	if (node_get(sc->doc, "heading")) {
		snprintf(key, sizeof(key), "%05zu.heading", i + 1);
		request_add(r, key, node_str(sc->doc, "heading", ""));
	}
}

struct request *
film_audio_request(const struct project *p, const struct video *v,
    const struct survey *s, struct err *e)
{
	struct request *r = request_new("audio film", AUDIO_VERSION);
	size_t i;
	int ret;

	film_audio_add(r, p, v, s);
	request_add(r, "preset", v->preset);
	request_add(r, "language", v->language ? v->language : p->language);
	request_add(r, "title", node_str(v->doc, "title", p->title));
	request_add(r, "description", p->description ? p->description : "");
	ret = film_sound_add_music(r, p, v, s, e);
	for (i = 0; ret == 0 && i < v->nr; i++) {
		add_scene(r, p, v, s, i);
		ret = film_sound_add_scene(r, p, v, s, i, e);
	}
	if (ret < 0) {
		request_free(r);
		return NULL;
	}
	request_seal(r);
	return r;
}
