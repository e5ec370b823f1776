#include "render/film_audio.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/m4a.h"
#include "media/mp4.h"
#include "media/picture.h"
#include "media/xmp.h"
#include "render/chapters.h"
#include "render/mix.h"
#include "render/film_used.h"

#define TOOL "AI Studio"
#define COVER_QUALITY 88

/* The middle square of a picture. */
static void
cut_square(const struct picture *from, struct picture *to)
{
	int side = from->w < from->h ? from->w : from->h, y;
	size_t left = (size_t)(from->w - side) / 2;
	size_t top = (size_t)(from->h - side) / 2;

	picture_init(to, side, side);
	for (y = 0; y < side; y++)
		memcpy(to->rgb + (size_t)y * (size_t)side * 3, from->rgb +
		    ((top + (size_t)y) * (size_t)from->w + left) * 3,
		    (size_t)side * 3);
}

static int
make_cover(const struct film *f, const struct film_audio *a,
    struct strbuf *out, int *side, struct err *e)
{
	struct picture_meta meta = { .software = TOOL, .title = f->title,
		.source_type = a->cover_type };
	struct picture from = PICTURE_INIT, square = PICTURE_INIT;
	struct picture to = PICTURE_INIT;
	struct strbuf b = STRBUF_INIT;
	int ret = file_read(a->cover, PICTURE_BYTES_MAX, &b, e);

	if (ret == 0)
		ret = picture_decode(&from, a->cover, b.buf, b.len, e);
	strbuf_release(&b);
	if (ret == 0) {
		cut_square(&from, &square);
		*side = square.w < COVER_LEAST ? COVER_LEAST :
		    square.w > COVER_MOST ? COVER_MOST : square.w;
		ret = picture_scale(&square, &to, *side, *side, e);
	}
	if (ret == 0)
		ret = picture_jpeg(&to, COVER_QUALITY, &meta, out, e);
	picture_release(&from);
	picture_release(&square);
	picture_release(&to);
	return ret;
}

static int
write_file(const struct film *f, const struct m4a *m, const char *path,
    struct err *e)
{
	struct picture_meta meta = { .software = TOOL, .title = f->title,
		.source_type = f->source_type };
	struct strbuf xmp = STRBUF_INIT;
	int ret = m4a_write(path, m, e);

	if (ret == 0 && f->source_type) {
		xmp_packet(&meta, &xmp);
		ret = mp4_append_xmp(path, xmp.buf, xmp.len, e);
	}
	strbuf_release(&xmp);
	return ret;
}

/* With the chapters and the cover there are. */
static int
write_with(const struct film *f, const struct timeline *t,
    const struct film_audio *a, struct m4a *m, const char *path,
    struct err *e)
{
	struct strbuf cover = STRBUF_INIT;
	struct mux_chapter *list = NULL;
	struct chapter *named = NULL;
	size_t nr = 0, i;
	int ret = chapters_make(f, t, &named, &nr, e);

	if (ret == 0 && a->cover)
		ret = make_cover(f, a, &cover, &m->cover_side, e);
	if (ret == 0) {
		list = xcalloc(nr + 1, sizeof(*list));
		for (i = 0; i < nr; i++) {
			list[i].start_ms = named[i].start * 1000L / t->fps;
			list[i].end_ms = named[i].end * 1000L / t->fps;
			list[i].title = named[i].title;
		}
		m->chapter = list;
		m->chapter_nr = nr;
		m->cover = cover.len ? cover.buf : NULL;
		m->cover_len = cover.len;
		ret = write_file(f, m, path, e);
	}
	free(list);
	chapters_free(named, nr);
	strbuf_release(&cover);
	return ret;
}

int
film_audio_write(const struct film *f, const struct timeline *t,
    const struct film_audio *a, const char *out, struct err *e)
{
	struct m4a m = { .title = f->title, .artist = a->artist,
		.description = f->description, .date = f->date,
		.language = f->language };
	struct tempfile *temp = NULL;
	char *track = NULL;
	int ret = mix_track(f, t, a->dir, &track, e);

	m.track = track;
	if (ret == 0)
		ret = (temp = tempfile_new(out, e)) ? 0 : -1;
	if (ret == 0)
		ret = write_with(f, t, a, &m, tempfile_path(temp), e);
	if (ret == 0)
		ret = film_used_note(f, NULL, a->dir, (const char *[2]){
		    track, a->cover }, out, e);
	if (ret == 0)
		ret = tempfile_commit(temp, e);
	else
		tempfile_abandon(temp);
	free(track);
	return ret;
}
