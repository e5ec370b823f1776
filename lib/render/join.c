#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/mp4.h"
#include "media/mux.h"
#include "media/xmp.h"
#include "render/chapters.h"
#include "render/film_make.h"
#include "render/film_used.h"
#include "render/mix.h"

#define TOOL "AI Studio"

/* A film that is being joined. */
struct join {
	const struct film *film;
	const struct timeline *timeline;
	const struct part_list *list;
	const char *dir;
	struct mux_settings set;
	struct mux_chapter *chapter;
	struct chapter *named; /* what owns the chapters' titles */
	size_t named_nr;
	char *audio;
	struct strbuf header; /* of the first part */
};

static int
load(const struct join *j, size_t i, struct encoded *r, struct err *e)
{
	const struct part *p = &j->list->part[i];
	char *path = part_path(p, j->dir);
	int ret = part_load(path, r, e);

	if (ret == 0 && r->frames != p->frames)
		ret = err_set(e, EX_DATA, "%s: %d frames where %d were "
		    "wanted", path, r->frames, p->frames);
	if (ret < 0) {
		/* Parts are cheap: remove it, and it is made again. */
		unlink(path);
		if (e)
			e->code = EX_LATER;
	}
	free(path);
	return ret;
}

static int
copy_part(const struct join *j, size_t i, struct mux *m, struct err *e)
{
	struct encoded r = ENCODED_INIT;
	size_t k;
	int ret = load(j, i, &r, e);

	if (ret == 0 && (r.delay != j->set.delay ||
	    r.header.len != j->header.len ||
	    memcmp(r.header.buf, j->header.buf, r.header.len)))
		ret = err_set(e, EX_FAILED, "%s: its parts were made with "
		    "different encoders; make clean, then run this again",
		    j->dir);
	for (k = 0; ret == 0 && k < r.nr; k++)
		ret = mux_video(m, r.data.buf + r.packet[k].offset,
		    r.packet[k].size, j->list->part[i].at + r.packet[k].frame,
		    r.packet[k].key, e);
	encoded_release(&r);
	return ret;
}

static int
add_chapters(struct join *j, struct err *e)
{
	size_t i;
	int fps = j->timeline->fps;

	if (!j->timeline->preset->chapters)
		return 0;
	if (chapters_make(j->film, j->timeline, &j->named, &j->named_nr,
	    e) < 0)
		return -1;
	j->chapter = xcalloc(j->named_nr + 1, sizeof(*j->chapter));
	for (i = 0; i < j->named_nr; i++) {
		j->chapter[i].start_ms = j->named[i].start * 1000L / fps;
		j->chapter[i].end_ms = j->named[i].end * 1000L / fps;
		j->chapter[i].title = j->named[i].title;
	}
	j->set.chapter = j->chapter;
	j->set.chapter_nr = j->named_nr;
	return 0;
}

static int
prepare(struct join *j, struct err *e)
{
	struct encoded r = ENCODED_INIT;

	if (mix_track(j->film, j->timeline, j->dir, &j->audio, e) < 0 ||
	    add_chapters(j, e) < 0 || load(j, 0, &r, e) < 0)
		return -1;
	strbuf_add(&j->header, r.header.buf, r.header.len);
	j->set.w = j->timeline->width;
	j->set.h = j->timeline->height;
	j->set.fps = j->timeline->fps;
	j->set.header = j->header.buf;
	j->set.header_len = j->header.len;
	j->set.delay = r.delay;
	j->set.audio = j->audio;
	j->set.title = j->film->title;
	j->set.description = j->film->description;
	j->set.date = j->film->date;
	j->set.language = j->film->language;
	encoded_release(&r);
	return 0;
}

static int
write_film(const struct join *j, const char *path, struct err *e)
{
	struct strbuf xmp = STRBUF_INIT;
	struct mux *m = mux_open(path, &j->set, e);
	size_t i;
	int ret = m ? 0 : -1;

	for (i = 0; ret == 0 && i < j->list->nr; i++)
		ret = copy_part(j, i, m, e);
	if (ret == 0)
		ret = mux_finish(m, e);
	mux_close(m);
	if (ret == 0 && j->film->source_type) {
		struct picture_meta meta = { .software = TOOL,
			.source_type = j->film->source_type,
			.title = j->film->title };

		xmp_packet(&meta, &xmp);
		ret = mp4_append_xmp(path, xmp.buf, xmp.len, e);
		strbuf_release(&xmp);
	}
	return ret;
}

int
film_join(const struct film *f, const struct timeline *t,
    const struct part_list *l, const char *dir, const char *out,
    struct err *e)
{
	struct join j = { .film = f, .timeline = t, .list = l, .dir = dir,
		.header = STRBUF_INIT };
	struct tempfile *temp = NULL;
	int ret = prepare(&j, e);

	if (ret == 0)
		ret = (temp = tempfile_new(out, e)) ? 0 : -1;
	if (ret == 0)
		ret = write_film(&j, tempfile_path(temp), e);
	if (ret == 0)
		ret = film_used_note(f, l, dir, (const char *[2]){ j.audio,
		    NULL }, out, e);
	if (ret == 0)
		ret = tempfile_commit(temp, e);
	else
		tempfile_abandon(temp);
	chapters_free(j.named, j.named_nr);
	free(j.chapter);
	free(j.audio);
	strbuf_release(&j.header);
	return ret;
}
