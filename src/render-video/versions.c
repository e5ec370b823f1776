/*
 * render-video --versions: which films are fresh by what they are made from,
 * but would be other bytes if they were made now.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "render-video/render-video.h"
#include "render/film_versions.h"

void
versions_say(const struct asset_state *film, FILE *f)
{
	struct strbuf line = STRBUF_INIT;
	char safe[ERR_MAX];

	film_versions_differ(node_get(film->rec.doc, "versions"), &line);
	utf8_printable(safe, sizeof(safe), line.buf, line.len);
	if (line.len)
		fprintf(f, "video %s: %s; studio render-video --again %s makes "
		    "it of these\n", film->video->name, safe,
		    film->video->name);
	strbuf_release(&line);
}

int
versions_film(const struct project *p, const struct survey *s,
    const struct video *v, struct err *e)
{
	struct asset_state a;

	if (state_video(p, v, s, &a, e) < 0)
		return -1;
	if (a.state == STATE_FRESH)
		versions_say(&a, stdout);
	asset_state_release(&a);
	return 0;
}
