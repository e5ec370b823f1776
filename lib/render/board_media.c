#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/picture.h"
#include "media/sound.h"
#include "render/board_part.h"
#include "render/still_load.h"

#define PICTURE_WIDE 480  /* pixels */
#define PICTURE_MANY 320  /* where there are more than MANY scenes */
#define MANY 120
#define STRIP_WIDE 240
#define PICTURE_JPEG 32768 /* bytes aimed at */
#define STRIP_JPEG 6144
#define VTT_BYTES (4u << 20)

/* A picture, or of a clip the moment from, in seconds. */
struct board_file {
	const char *path, *sha256;
	double from;
};

/* The picture at most side pixels wide (or high) as a JPEG of about most
 * bytes: the quality goes down before the size does. */
static int
shrink(const struct board_file *f, int side, size_t most,
    struct strbuf *jpeg, int *w, int *h)
{
	struct picture full = PICTURE_INIT, small = PICTURE_INIT;
	struct err e = ERR_INIT;
	int quality, ret = -1, big;

	if (still_load(&full, f->path, f->from, &e) < 0)
		goto out;
	big = full.w > full.h ? full.w : full.h;
	if (big < side)
		side = big;
	*w = (full.w * side + big / 2) / big;
	*h = (full.h * side + big / 2) / big;
	*w += *w == 0;
	*h += *h == 0;
	if (picture_scale(&full, &small, *w, *h, &e) < 0)
		goto out;
	for (quality = 82; quality >= 42; quality -= 10) {
		strbuf_reset(jpeg);
		ret = picture_jpeg(&small, quality, NULL, jpeg, &e);
		if (ret < 0 || jpeg->len <= most)
			break;
	}
out:
	picture_release(&full);
	picture_release(&small);
	return ret;
}

/* The size of a JPEG that we wrote. */
static int
jpeg_size(const struct strbuf *jpeg, int *w, int *h)
{
	struct err e = ERR_INIT;

	return picture_size("", jpeg->buf, jpeg->len, w, h, &e);
}

static void
data_uri(const struct strbuf *jpeg, struct strbuf *uri)
{
	strbuf_reset(uri);
	if (!jpeg->len)
		return;
	strbuf_addstr(uri, "data:image/jpeg;base64,");
	board_base64(uri, jpeg->buf, jpeg->len);
}

/* shrink, remembered in build/board by what the picture is: decoding hundreds
 * of large pictures again is most of the time that a page takes. */
static void
load_jpeg(const struct board *b, const struct board_file *f,
    const int limit[2], struct strbuf *jpeg, int size[2])
{
	struct err e = ERR_INIT;
	char *cached, from[32] = "";

	if (f->from > 0)
		snprintf(from, sizeof(from), "-%.6g", f->from);
	cached = project_path(b->project, "build/board/%.40s-%d%s.jpg",
	    f->sha256, limit[0], from);
	if (file_read(cached, PICTURE_BYTES_MAX, jpeg, &e) < 0 ||
	    jpeg_size(jpeg, &size[0], &size[1]) < 0) {
		strbuf_reset(jpeg);
		if (shrink(f, limit[0], (size_t)limit[1], jpeg, &size[0],
		    &size[1]) < 0)
			strbuf_reset(jpeg);
		else if (file_write(cached, jpeg->buf, jpeg->len, &e) < 0)
			e.code = 0; /* a cache that cannot be written */
	}
	free(cached);
}

static void
load_picture(const struct board *b, const struct asset_state *a, int side,
    size_t most, struct strbuf *uri, int *w, int *h)
{
	struct strbuf jpeg = STRBUF_INIT;
	struct board_file from = { a->media, a->media_sha256,
		a->scene ? a->scene->clip_from : 0 };
	int limit[2] = { side, (int)most }, size[2] = { *w, *h };

	if (a->media && *a->media_sha256)
		load_jpeg(b, &from, limit, &jpeg, size);
	*w = size[0];
	*h = size[1];
	data_uri(&jpeg, uri);
	strbuf_release(&jpeg);
}

void
board_load_file(const struct board *b, const char *path, const char *sha256,
    struct strbuf *uri)
{
	static const int limit[2] = { STRIP_WIDE, STRIP_JPEG };
	struct board_file from = { path, sha256, 0 };
	struct strbuf jpeg = STRBUF_INIT;
	int size[2];

	load_jpeg(b, &from, limit, &jpeg, size);
	data_uri(&jpeg, uri);
	strbuf_release(&jpeg);
}

/* The film's thumbnail is what is seen of it before it plays. */
static void
load_thumbnail(struct board *b)
{
	const char *name = node_str(b->films[0].rec.doc, "thumbnail", NULL);
	struct board_file from = { NULL, NULL, 0 };
	struct strbuf jpeg = STRBUF_INIT;
	char *path;
	int w, h;

	if (!name || strchr(name, '/'))
		return;
	path = project_path(b->project, "video/%s", name);
	from.path = path;
	if (shrink(&from, PICTURE_WIDE, PICTURE_JPEG, &jpeg, &w, &h) == 0)
		data_uri(&jpeg, &b->poster);
	strbuf_release(&jpeg);
	free(path);
}

/* Peaks of the clip as strokes around the middle, the loudest to the edge. */
static char *
draw_wave(const struct sound *s, size_t first, size_t frames)
{
	struct strbuf d = STRBUF_INIT;
	double peak[BOARD_WAVE] = { 0 }, top = 1e-4, v;
	size_t i, k, c;

	for (i = 0; i < frames; i++) {
		k = i * BOARD_WAVE / frames;
		for (c = 0; c < (size_t)s->channels; c++) {
			v = fabs((double)s->sample[(first + i) *
			    (size_t)s->channels + c]);
			peak[k] = v > peak[k] ? v : peak[k];
		}
	}
	for (k = 0; k < BOARD_WAVE; k++)
		top = peak[k] > top ? peak[k] : top;
	for (k = 0; k < BOARD_WAVE; k++) {
		v = floor(peak[k] / top * 150 + 0.5) / 10;
		v = v < 0.5 ? 0.5 : v;
		strbuf_addf(&d, "M%zu.5 %.1fv%.1f", k, 16 - v, 2 * v);
	}
	return strbuf_detach(&d, NULL);
}

static char *
load_wave(const struct board *b, const struct board_scene *s)
{
	const struct film_scene *fs = NULL;
	struct sound snd = SOUND_INIT;
	struct err e = ERR_INIT;
	size_t first = 0, frames;
	char *wave = NULL;

	if (!s->audio->media || !*s->audio->media_sha256)
		return NULL;
	if (sound_load(&snd, s->audio->media, &e) < 0)
		return NULL;
	if (b->has_time && s->film != BOARD_NONE)
		fs = &b->film.scene[s->film];
	frames = snd.frames;
	if (fs && fs->audio && fs->audio_start >= 0 &&
	    fs->audio_start * snd.rate < (double)frames) {
		first = (size_t)(fs->audio_start * snd.rate);
		frames -= first;
		if (fs->audio_seconds * snd.rate < (double)frames)
			frames = (size_t)(fs->audio_seconds * snd.rate);
	}
	if (frames)
		wave = draw_wave(&snd, first, frames);
	sound_release(&snd);
	return wave;
}

/* A scene's takes stand side by side in the survey. */
static void
read_takes(struct board *b, struct board_scene *s, int side)
{
	const struct asset_state *end = b->survey->a + b->survey->nr;
	const struct asset_state *first = s->image, *a;
	struct board_take *t;
	size_t n = 0;

	while (first > b->survey->a && first[-1].scene == s->s &&
	    first[-1].what == ASSET_IMAGE)
		first--;
	for (a = first; a < end && a->scene == s->s; a++)
		n += a->what == ASSET_IMAGE && a->rec.doc;
	if (n < 2)
		return;
	s->take = xcalloc(n, sizeof(*s->take));
	for (a = first; a < end && a->scene == s->s; a++) {
		if (a->what != ASSET_IMAGE || !a->rec.doc)
			continue;
		t = &s->take[s->take_nr++];
		t->a = a;
		strbuf_init(&t->picture);
		load_picture(b, a, side * 2 / 3, PICTURE_JPEG / 2,
		    &t->picture, &t->w, &t->h);
	}
}

void
board_read_media(struct board *b, struct board_scene *s)
{
	int side = b->nr > MANY ? PICTURE_MANY : PICTURE_WIDE, w = 0, h = 0;

	s->shown.a = s->image;
	if (s->image->state != STATE_POINTER) {
		load_picture(b, s->image, side, PICTURE_JPEG,
		    &s->shown.picture, &s->shown.w, &s->shown.h);
		load_picture(b, s->image, STRIP_WIDE, STRIP_JPEG, &s->thumb,
		    &w, &h);
	}
	s->earlier = s->shown.picture.len && (s->image->state == STATE_FAILED ||
	    s->image->state == STATE_STALE);
	read_takes(b, s, side);
	s->wave = load_wave(b, s);
}

void
board_read_film_media(struct board *b)
{
	const struct asset_state *film = &b->films[0];
	struct strbuf vtt = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i;
	int w = 0, h = 0;
	char *path;

	load_thumbnail(b);
	for (i = 0; !b->poster.len && i < b->survey->nr; i++)
		if (b->survey->a[i].what == ASSET_COVER)
			load_picture(b, &b->survey->a[i], PICTURE_WIDE,
			    PICTURE_JPEG, &b->poster, &w, &h);
	for (i = 0; !b->poster.len && i < b->nr; i++)
		strbuf_addstr(&b->poster, b->scene[i].shown.picture.buf);
	if (!film->media)
		return;
	path = project_path(b->project, "video/%s.%s.vtt", b->video->name,
	    b->video->language);
	if (file_read(path, VTT_BYTES, &vtt, &e) == 0) {
		strbuf_addstr(&b->captions, "data:text/vtt;base64,");
		board_base64(&b->captions, vtt.buf, vtt.len);
	}
	strbuf_release(&vtt);
	free(path);
}
