#include "render/film_read_look.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"
#include "media/font.h"
#include "record/caption_style.h"

static int
chosen(const struct node *n, const char *const *list, int fallback)
{
	const char *s = n && n->kind == NODE_SCALAR ? n->str : NULL;
	int i;

	for (i = 0; s && list[i]; i++)
		if (!strcmp(s, list[i]))
			return i;
	return fallback;
}

static int
find_family(const char *family, const char *name, struct err *e)
{
	struct font_set *f = font_set_new(e);
	int known;

	if (!f)
		return -1;
	known = font_has_family(f, family);
	font_set_free(f);
	if (known)
		return 0;
	return err_set(e, EX_CONF, "captionStyles.%s.font: there is no font "
	    "\"%.60s\" among those we open; write Inter, Inter Display, Noto "
	    "Serif Display, Noto Sans or one of its scripts, or a file such "
	    "as media/Mine.ttf", name, family);
}

static int
find_file(struct film_look *l, const char *font, const struct project *p,
    const struct survey *s, struct err *e)
{
	struct font_set *f;
	int fd = path_open_beneath(p->root, font, e);

	if (fd < 0)
		return -1;
	close(fd);
	l->font_file = path_join(p->root, font);
	if (stat_cache_sha256(s->cache, l->font_file, l->sha256, NULL, e) < 0)
		return -1;
	f = font_set_new_with(l->font_file, e);
	if (!f)
		return -1;
	font_set_free(f);
	l->look.font_file = l->font_file;
	l->look.font_sha256 = l->sha256;
	return 0;
}

/* Colours and lines; what is not said stays the base's. */
static void
read_paint(struct caption_look *k, const struct node *n)
{
	k->colour = caption_colour(node_str(n, "color", NULL));
	k->spoken = caption_colour(node_str(n, "spoken", NULL));
	k->outline_colour = caption_colour(node_str(n, "outline.color", NULL));
	k->plate_colour = caption_colour(node_str(n, "plate.color", NULL));
	k->outline = node_num(n, "outline.width", k->outline);
	k->shadow = node_num(n, "shadow", k->shadow);
	k->plate = node_num(n, "plate.opacity", k->plate > 0 ? k->plate :
	    node_get(n, "plate") ? 0.84 : 0);
	k->uppercase = node_bool(n, "uppercase", k->uppercase);
	/* A style that shows no word does so where a colour for it is given. */
	if (k->spoken >= 0 && k->mark == CAPTION_MARK_NONE) {
		k->mark = CAPTION_MARK_WORD;
		k->gap = 0.40;
	}
}

/* 1: it is the user's own, 0: a built-in one. */
static int
look_read(struct film_look *l, const struct project *p,
    const struct video *v, const struct survey *s, struct err *e)
{
	static const char *const anchors[] = { "bottom", "middle", "top",
		NULL };
	static const char *const aligns[] = { "left", "center", "right", NULL };
	const struct node *n = video_caption_style(p, v);
	struct caption_look *k = &l->look;
	const char *font;

	memset(l, 0, sizeof(*l));
	if (!n)
		return 0;
	caption_look_built_in(k, caption_draw_style(node_str(n, "base",
	    "classic")));
	font = node_str(n, "font", NULL);
	if (font && caption_font_is_file(font)) {
		if (find_file(l, font, p, s, e) < 0)
			return err_prefix(e, "captionStyles.%s.font", n->key);
	} else if (font) {
		if (find_family(font, n->key, e) < 0)
			return -1;
		k->family = font;
	}
	read_paint(k, n);
	k->weight = (int)node_num(n, "weight", k->weight);
	k->size = node_num(n, "size", 0) / 100;
	k->anchor = chosen(node_get(n, "position"), anchors, k->anchor);
	k->y = node_num(n, "y", -1);
	k->align = chosen(node_get(n, "align"), aligns, k->align);
	k->words = (int)node_num(n, "wordsPerGroup", 0);
	k->lines = (int)node_num(n, "lines", 2);
	return caption_look_check(k, n->key, p->tone, e) < 0 ? -1 : 1;
}

void
film_look_release(struct film_look *l)
{
	free(l->font_file);
	memset(l, 0, sizeof(*l));
}

int
film_read_captions(struct film *f, struct film_look *l,
    const struct project *p, const struct video *v, const struct survey *s,
    struct err *e)
{
	static const char *const kinds[] = { "srt", "vtt", "ass", NULL };
	const struct node *list = video_sidecars(p, v);
	int own = 0, kind;
	size_t i;

	f->sidecars = list ? 0 : SIDECAR_SRT | SIDECAR_VTT;
	for (i = 0; list && i < list->nr; i++) {
		kind = chosen(list->kid[i], kinds, -1);
		f->sidecars |= kind < 0 ? 0 : 1 << kind;
	}
	if ((f->captions & CAPTIONS_BURNED) ||
	    ((f->captions & CAPTIONS_SIDECAR) && (f->sidecars & SIDECAR_ASS)))
		own = look_read(l, p, v, s, e);
	if (own > 0)
		f->look = &l->look;
	return own < 0 ? err_prefix(e, "video %s", v->name) : 0;
}
