#include <string.h>

#include "render/film_read.h"

/* "Photographs: A (URL), B (URL)" of the pictures that the film shows, each
 * name once, after the project's own description; "" where nobody is to be
 * named. */
static void
add_credits(const struct video *v, const struct survey *s, struct strbuf *out)
{
	const struct asset_state *a;
	const char *name, *url;
	size_t i;

	for (i = 0; i < v->nr; i++) {
		a = survey_used(s, ASSET_IMAGE, v->scene[i]);
		name = state_is_usable(a) ? node_str(a->rec.doc, "credit",
		    NULL) : NULL;
		if (!name || a->state == STATE_MODIFIED)
			continue;
		url = node_str(a->rec.doc, "creditUrl", NULL);
		if (url && strstr(out->buf, url))
			continue;
		strbuf_addf(out, "%s%s%s%s%s", out->len ? ", "
		    : "Photographs: ", name, url ? " (" : "", url ? url : "",
		    url ? ")" : "");
	}
}

void
film_credits(const struct video *v, const struct survey *s,
    const char *description, struct strbuf *out)
{
	struct strbuf names = STRBUF_INIT;

	add_credits(v, s, &names);
	if (names.len && description && *description)
		strbuf_addf(out, "%s\n\n", description);
	strbuf_add(out, names.buf, names.len);
	strbuf_release(&names);
}
