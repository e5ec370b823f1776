#include "record/caption_style.h"

#include <string.h>

#include "base/path.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "record/project.h"
#include "record/schema_value.h"

#define NAME_SHOWN 40

static const struct field style_fields[] = {
	{ "base", VALUE_WORD, 0, CAPTION_STYLES, 0, 0 },
	{ "font", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "weight", VALUE_WHOLE, 0, NULL, 100, 900 },
	{ "size", VALUE_NUMBER, 0, " (per cent of the height)", 1.5, 15 },
	{ "color", VALUE_COLOUR, 0, NULL, 0, 0 },
	{ "spoken", VALUE_COLOUR, 0, NULL, 0, 0 },
	{ "outline", VALUE_MAP, 0, NULL, 0, 0 },
	{ "outline.width", VALUE_NUMBER, 0, " (of the letters' size)", 0,
	  0.25 },
	{ "outline.color", VALUE_COLOUR, 0, NULL, 0, 0 },
	{ "plate", VALUE_MAP, 0, NULL, 0, 0 },
	{ "plate.color", VALUE_COLOUR, 0, NULL, 0, 0 },
	{ "plate.opacity", VALUE_NUMBER, 0, NULL, 0, 1 },
	{ "shadow", VALUE_NUMBER, 0, " (how dark it is)", 0, 1 },
	{ "position", VALUE_WORD, 0, "bottom middle top", 0, 0 },
	{ "y", VALUE_NUMBER, 0, " (of the height)", 0, 1 },
	{ "align", VALUE_WORD, 0, "left center right", 0, 0 },
	{ "uppercase", VALUE_TRUTH, 0, NULL, 0, 0 },
	{ "wordsPerGroup", VALUE_WHOLE, 0, NULL, 1, 12 },
	{ "lines", VALUE_WHOLE, 0, NULL, 1, 2 },
	FIELDS_END
};

long
caption_colour(const char *s)
{
	static const char hex[] = "0123456789abcdef";
	const char *p;
	long v = 0;
	int i, c;

	if (!s || *s++ != '#' || strlen(s) != 6)
		return -1;
	for (i = 0; i < 6; i++) {
		c = s[i] >= 'A' && s[i] <= 'F' ? s[i] + 32 : s[i];
		p = strchr(hex, c);
		if (!p)
			return -1;
		v = v * 16 + (p - hex);
	}
	return v;
}

int
caption_font_is_file(const char *font)
{
	const char *end = path_extension(font);

	return strchr(font, '/') != NULL || !strcmp(end, "ttf") ||
	    !strcmp(end, "otf") || !strcmp(end, "ttc");
}

/* Is path a field of a style? */
static int
known(const char *path)
{
	const struct field *f;

	for (f = style_fields; f->path; f++)
		if (!strcmp(f->path, path))
			return 1;
	return 0;
}

/* The names of a style's keys below prefix ("" or "outline."). */
static void
list_keys(const char *prefix, struct strbuf *b)
{
	const struct field *f;
	size_t n = strlen(prefix);

	for (f = style_fields; f->path; f++)
		if (!strncmp(f->path, prefix, n) && !strchr(f->path + n, '.'))
			strbuf_addf(b, "%s%s", b->len ? ", " : "",
			    f->path + n);
}

/* No key of the map is unknown: a typo would silently change nothing. */
static int
check_keys(const struct node *map, const char *name, const char *prefix,
    const char *file, struct err *e)
{
	struct strbuf path = STRBUF_INIT, keys = STRBUF_INIT;
	char shown[NAME_SHOWN + 1];
	int ret = 0;
	size_t i;

	for (i = 0; i < map->nr && ret == 0; i++) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s%s", prefix, map->kid[i]->key);
		if (known(path.buf))
			continue;
		list_keys(prefix, &keys);
		utf8_printable(shown, sizeof(shown), map->kid[i]->key,
		    strlen(map->kid[i]->key));
		ret = err_set(e, EX_DATA, "%s:%zu: captionStyles.%.40s: there "
		    "is no key \"%s%s\"; there are %s", file,
		    map->kid[i]->line, name, prefix, shown, keys.buf);
	}
	strbuf_release(&path);
	strbuf_release(&keys);
	return ret;
}

static int
is_built_in(const char *name)
{
	static const struct field word = { "", VALUE_WORD, 0, CAPTION_STYLES,
		0, 0 };

	return value_is_word(name, word.words);
}

static int
check_font(const struct node *n, const struct place *at, struct err *e)
{
	/* a font of nothing is refused with all such keys */
	if (!n || n->kind != NODE_SCALAR || !caption_font_is_file(n->str) ||
	    path_is_inside(n->str))
		return 0;
	return value_wrong(at, n, "font", "a family such as Inter, or a file "
	    "inside the project such as media/Mine.ttf; copy it there", e);
}

static int
check_style(const struct node *n, const char *file, struct err *e)
{
	struct place at = { file, "captionStyles", n->key, 0 };
	const struct node *kid;
	size_t i;

	if (!value_is_slug(n->key) || is_built_in(n->key))
		return value_wrong(&at, n, "", is_built_in(n->key) ? "under "
		    "another name: this one is built in" : "under a name of "
		    "a-z, 0-9 and -", e);
	if (n->kind != NODE_MAP)
		return value_wrong(&at, n, "", "a map such as {base: karaoke, "
		    "color: \"#fff4e4\"}", e);
	if (check_keys(n, n->key, "", file, e) < 0 ||
	    value_check_fields(style_fields, n, &at, e) < 0 ||
	    check_font(node_get(n, "font"), &at, e) < 0)
		return -1;
	for (i = 0; i < n->nr; i++)
		if (n->kid[i]->kind == NODE_NULL)
			return value_wrong(&at, n->kid[i], n->kid[i]->key,
			    "given; a colour stands in quotes: \"#ff9f6e\"",
			    e);
	kid = node_get(n, "outline");
	if (kid && check_keys(kid, n->key, "outline.", file, e) < 0)
		return -1;
	kid = node_get(n, "plate");
	if (kid && check_keys(kid, n->key, "plate.", file, e) < 0)
		return -1;
	if (node_get(n, "y") && node_get(n, "position"))
		return value_wrong(&at, node_get(n, "y"), "y", "left out "
		    "where there is a position", e);
	return 0;
}

int
schema_check_caption_styles(const char *file, const struct node *doc,
    struct err *e)
{
	const struct node *map = node_get(doc, "captionStyles");
	size_t i;

	if (!map || map->kind == NODE_NULL)
		return 0;
	if (map->nr > CAPTION_STYLES_MOST)
		return err_set(e, EX_DATA, "%s:%zu: captionStyles: has %zu "
		    "styles, more than %d; keep those that are used", file,
		    map->line, map->nr, CAPTION_STYLES_MOST);
	for (i = 0; i < map->nr; i++)
		if (check_style(map->kid[i], file, e) < 0)
			return -1;
	return 0;
}

static int
check_sidecars(const struct node *doc, const struct place *at, struct err *e)
{
	const struct node *list = node_get(doc, "sidecars");
	size_t i;

	for (i = 0; list && i < list->nr; i++)
		if (list->kid[i]->kind != NODE_SCALAR ||
		    !value_is_word(list->kid[i]->str, SIDECAR_KINDS))
			return value_wrong(at, list->kid[i], "sidecars",
			    "one of: " SIDECAR_KINDS, e);
	return 0;
}

static int
check_choice(const struct project *p, const struct node *doc,
    const char *file, size_t video, struct err *e)
{
	const struct node *n = node_get(doc, "captionStyle");
	struct place at = { file, video ? "videos" : NULL, NULL, video };
	struct strbuf want = STRBUF_INIT;
	size_t i;
	int ret;

	if (check_sidecars(doc, &at, e) < 0)
		return -1;
	if (!n || n->kind != NODE_SCALAR || is_built_in(n->str) ||
	    node_child(p->caption_styles, n->str))
		return 0;
	strbuf_addstr(&want, "one of: " CAPTION_STYLES);
	for (i = 0; i < p->caption_styles->nr; i++)
		strbuf_addf(&want, " %s", p->caption_styles->kid[i]->key);
	strbuf_addstr(&want, ", or a name under captionStyles");
	ret = value_wrong(&at, n, "captionStyle", want.buf, e);
	strbuf_release(&want);
	return ret;
}

int
project_check_captions(const struct project *p, struct err *e)
{
	const struct node *videos = node_get(p->doc, "videos");
	size_t i;

	if (check_choice(p, p->doc, "project.yaml", 0, e) < 0 ||
	    check_choice(p, p->settings, "settings.yaml", 0, e) < 0)
		return -1;
	for (i = 0; videos && i < videos->nr; i++)
		if (check_choice(p, videos->kid[i], "project.yaml", i + 1,
		    e) < 0)
			return -1;
	return 0;
}

const struct node *
video_caption_style(const struct project *p, const struct video *v)
{
	const char *name = node_str(v->doc, "captionStyle", NULL);

	if (!name)
		name = node_str(p->doc, "captionStyle", NULL);
	if (!name)
		name = project_setting(p, "captionStyle", "");
	return node_child(p->caption_styles, name);
}

const struct node *
video_sidecars(const struct project *p, const struct video *v)
{
	const struct node *list = node_get(v->doc, "sidecars");

	if (!list)
		list = node_get(p->doc, "sidecars");
	return list ? list : node_get(p->settings, "sidecars");
}
