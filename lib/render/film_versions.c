#include "render/film_versions.h"

#include <string.h>

#include "media/font_version.h"
#include "media/versions.h"
#include "render/caption_layer.h"
#include "render/timeline.h"

static int
add_fonts(struct node *map, const struct film *f, const struct timeline *t,
    struct err *e)
{
	struct strvec names = STRVEC_INIT;
	struct font_set *set = font_set_new(e);
	struct node *fonts = node_new(NODE_MAP);
	char version[FONT_VERSION];
	size_t i;
	int ret = set ? 0 : -1;

	for (i = 0; ret == 0 && i < f->nr; i++)
		ret = caption_fonts(f, t, i, &names, e);
	strvec_sort(&names);
	for (i = 0; ret == 0 && i < names.nr; i++) {
		font_version(set, names.v[i], version);
		node_set_str(fonts, names.v[i], version);
	}
	if (ret == 0 && names.nr)
		node_set(map, "fonts", fonts);
	else
		node_free(fonts);
	strvec_release(&names);
	font_set_free(set);
	return ret;
}

struct node *
film_versions(const struct film *f, const struct timeline *t, struct err *e)
{
	struct node *map = node_new(NODE_MAP);
	const struct library_version *l;
	size_t i, nr;

	l = library_versions(&nr);
	for (i = 0; i < nr; i++)
		node_set_str(map, l[i].name, l[i].version);
	if (caption_wanted(f) && add_fonts(map, f, t, e) < 0) {
		node_free(map);
		return NULL;
	}
	return map;
}

static void
add(struct strbuf *was, struct strbuf *now, const char *name,
    const char *made_with, const char *have)
{
	if (!made_with || !strcmp(made_with, have))
		return;
	strbuf_addf(was, "%s%s %s", was->len ? ", " : "", name, made_with);
	strbuf_addf(now, "%s%s %s", now->len ? ", " : "", name,
	    *have ? have : "(not there)");
}

void
film_versions_differ(const struct node *made, struct strbuf *out)
{
	struct strbuf was = STRBUF_INIT, now = STRBUF_INIT;
	const struct node *fonts = node_get(made, "fonts");
	struct font_set *set = fonts ? font_set_new(NULL) : NULL;
	const struct library_version *l;
	char version[FONT_VERSION];
	size_t i, nr;

	l = library_versions(&nr);
	for (i = 0; made && i < nr; i++)
		add(&was, &now, l[i].name, node_str(made, l[i].name, NULL),
		    l[i].version);
	for (i = 0; set && fonts->kind == NODE_MAP && i < fonts->nr; i++) {
		font_version(set, fonts->kid[i]->key, version);
		add(&was, &now, fonts->kid[i]->key, fonts->kid[i]->str,
		    version);
	}
	if (was.len)
		strbuf_addf(out, "made with %s; now %s", was.buf, now.buf);
	font_set_free(set);
	strbuf_release(&was);
	strbuf_release(&now);
}
