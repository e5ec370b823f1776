/*
 * The captions of a film, beside it.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "render-video/render-video.h"
#include "render/cues.h"
#include "render/sidecar.h"

int
film_sidecars(const struct film *f, const struct timeline *t,
    const char *folder, struct node *list, struct err *e)
{
	struct cue_list cues = CUE_LIST_INIT;
	struct strbuf b = STRBUF_INIT;
	int i, ret = cues_film(f, t, &cues, e);

	for (i = 0; ret >= 0 && i < 2; i++) {
		const char *kind = i ? "vtt" : "srt";
		char *name = xasprintf("%s.%s.%s", f->name, f->language, kind);
		char *path = path_join(folder, name);

		strbuf_reset(&b);
		if (i)
			sidecar_vtt(&cues, t->height > t->width, &b);
		else
			sidecar_srt(&cues, &b);
		ret = file_write_changed(path, b.buf, b.len, e);
		if (list)
			node_push(list, node_text(name));
		free(path);
		free(name);
	}
	strbuf_release(&b);
	cue_list_release(&cues);
	return ret < 0 ? -1 : 0;
}
