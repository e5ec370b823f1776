/*
 * The captions of a film, beside it.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "render-video/render-video.h"
#include "render/cues.h"
#include "render/sidecar.h"
#include "render/sidecar_ass.h"

/* One file: kind is a bit of enum film_sidecars. */
static int
write_one(const struct film *f, const struct timeline *t,
    const struct cue_list *cues, int kind, const char *path, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret = 0;

	if (kind == SIDECAR_SRT)
		sidecar_srt(cues, &b);
	else if (kind == SIDECAR_VTT)
		sidecar_vtt(cues, t->height > t->width, &b);
	else
		ret = sidecar_ass(cues, f, t, &b, e);
	if (ret == 0)
		ret = file_write_changed(path, b.buf, b.len, e);
	strbuf_release(&b);
	return ret < 0 ? -1 : 0;
}

int
film_sidecars(const struct film *f, const struct timeline *t,
    const char *folder, struct node *list, struct err *e)
{
	static const char *const ends[] = { "srt", "vtt", "ass" };
	struct cue_list cues = CUE_LIST_INIT;
	int i, ret = cues_film(f, t, &cues, e);

	for (i = 0; ret >= 0 && i < 3; i++) {
		char *name, *path;

		if (!(f->sidecars & 1 << i))
			continue;
		name = xasprintf("%s.%s.%s", f->name, f->language, ends[i]);
		path = path_join(folder, name);
		ret = write_one(f, t, &cues, 1 << i, path, e);
		if (list)
			node_push(list, node_text(name));
		free(path);
		free(name);
	}
	cue_list_release(&cues);
	return ret < 0 ? -1 : 0;
}
