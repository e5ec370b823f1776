/*
 * The captions of a film, beside it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "render-video/render-video.h"
#include "render/cues.h"
#include "render/sidecar.h"
#include "render/sidecar_ass.h"
#include "store/aside.h"
#include "store/made.h"

/* One file's text: kind is a bit of enum film_sidecars. */
static int
write_text(const struct film *f, const struct timeline *t,
    const struct cue_list *cues, int kind, struct strbuf *b, struct err *e)
{
	if (kind == SIDECAR_SRT)
		sidecar_srt(cues, b);
	else if (kind == SIDECAR_VTT)
		sidecar_vtt(cues, t->height > t->width, b);
	else
		return sidecar_ass(cues, f, t, b, e);
	return 0;
}

/* What the film's record says of this file; NULL: nothing. */
static const char *
sum_before(const struct node *record, const char *name)
{
	const struct node *names = node_get(record, "captions");
	const struct node *sums = node_get(record, "captionsSha256");
	size_t i;

	for (i = 0; names && sums && i < names->nr && i < sums->nr; i++)
		if (!strcmp(names->kid[i]->str ? names->kid[i]->str : "", name))
			return sums->kid[i]->str;
	return NULL;
}

static int
put(const struct sidecars *s, const char *name, const struct strbuf *b,
    struct err *e)
{
	char *path = path_join(s->folder, name), sum[SHA256_HEX];
	int ret = 0;

	sha256_hex(b->buf, b->len, sum);
	if (s->project)
		ret = aside_keep(s->project, path, sum_before(s->record, name),
		    sum, e);
	/* its sum is in the record only when the film is whole */
	if (ret == 0 && s->project)
		ret = made_note(s->project->id, sum, e);
	if (ret == 0 && file_write_changed(path, b->buf, b->len, e) < 0)
		ret = -1;
	if (s->names)
		node_push(s->names, node_text(name));
	if (s->sums)
		node_push(s->sums, node_text(sum));
	free(path);
	return ret;
}

int
film_sidecars(const struct film *f, const struct timeline *t,
    const struct sidecars *s, struct err *e)
{
	static const char *const ends[] = { "srt", "vtt", "ass" };
	struct cue_list cues = CUE_LIST_INIT;
	struct strbuf b = STRBUF_INIT;
	int i, ret = cues_film(f, t, &cues, e);

	for (i = 0; ret >= 0 && i < 3; i++) {
		char *name;

		if (!(f->sidecars & 1 << i))
			continue;
		strbuf_reset(&b);
		name = xasprintf("%s.%s.%s", f->name, f->language, ends[i]);
		ret = write_text(f, t, &cues, 1 << i, &b, e);
		if (ret == 0)
			ret = put(s, name, &b, e);
		free(name);
	}
	strbuf_release(&b);
	cue_list_release(&cues);
	return ret < 0 ? -1 : 0;
}
