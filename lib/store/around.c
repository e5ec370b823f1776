#include "store/around.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "record/preset.h"
#include "store/film_state.h"
#include "store/inputs.h"

#define TITLE_SECONDS 2.0
#define END_SECONDS 5.0
#define LOGO_SIZE 0.08
#define LOGO_OPACITY 0.8
#define BAR_HEIGHT 0.006

/* The value of a key in the entry, else in project.yaml; *own: it is said of
 * this film and no other. */
static const struct node *
find(const struct project *p, const struct video *v, const char *key, int *own)
{
	const struct node *n = node_get(v->doc, key);

	*own = 1;
	if (!n || n->kind == NODE_NULL) {
		n = node_get(p->doc, key);
		*own = !v->doc;
	}
	return n && n->kind != NODE_NULL ? n : NULL;
}

static int
is_on(const struct node *n, int fallback)
{
	int b = fallback;

	if (!n)
		return fallback;
	return n->kind == NODE_MAP || (node_is_bool(n, &b) && b);
}

/* Shorts, TikTok, Reels. */
static int
is_short(const struct video *v)
{
	const struct preset *p = preset_find(v->preset, NULL);

	return p && p->height * 9 == p->width * 16;
}

static void
choose_card(struct around_card *c, const struct project *p,
    const struct video *v, const char *key, double seconds)
{
	const struct node *n, *list;
	size_t i, k = 0;
	int own;

	n = find(p, v, key, &own);
	c->on = is_on(n, 0);
	/* such a film has none unless it is asked for by name */
	if (c->on && is_short(v)) {
		c->on = own;
		c->unwise = own;
	}
	c->seconds = node_num(n, "seconds", seconds);
	c->text = node_str(n, "title", node_str(n, "text", NULL));
	c->eyebrow = node_str(n, "eyebrow", NULL);
	c->image = node_str(n, "image", NULL);
	list = node_get(n, "credits");
	for (i = 0; list && i < list->nr && k < AROUND_CREDITS; i++)
		if (list->kid[i]->kind == NODE_SCALAR && *list->kid[i]->str)
			c->credit[k++] = list->kid[i]->str;
}

void
around_choose(struct around *a, const struct project *p,
    const struct video *v)
{
	const struct node *n;
	const char *place;
	int own;

	memset(a, 0, sizeof(*a));
	choose_card(&a->title, p, v, "titleCard", TITLE_SECONDS);
	choose_card(&a->end, p, v, "endCard", END_SECONDS);
	n = find(p, v, "logo", &own);
	a->logo.on = is_on(n, 0);
	a->logo.file = node_str(n, "file", NULL);
	a->logo.corner = node_str(n, "corner", "top-right");
	a->logo.size = node_num(n, "size", LOGO_SIZE);
	a->logo.opacity = node_num(n, "opacity", LOGO_OPACITY);
	a->logo.cards = node_bool(n, "cards", 0);
	n = find(p, v, "progressBar", &own);
	a->bar.on = is_on(n, 0);
	place = node_str(n, "position", is_short(v) ? "top" : "bottom");
	a->bar.top = !strcmp(place, "top");
	a->bar.height = node_num(n, "height", BAR_HEIGHT);
	a->bar.color = node_str(n, "color", NULL);
	n = find(p, v, "thumbnail", &own);
	a->thumb.on = is_on(n, 1);
	a->thumb.text = node_str(n, "text", NULL);
	a->thumb.scene = node_str(n, "scene", NULL);
}

const char *
around_title(const struct around *a, const struct project *p,
    const struct video *v)
{
	return a->title.text ? a->title.text : node_str(v->doc, "title",
	    p->title);
}

void
around_photographers(const struct video *v, const struct survey *s,
    struct strvec *names)
{
	const struct asset_state *a;
	const char *name;
	size_t i, k;

	for (i = 0; i < v->nr; i++) {
		a = survey_used(s, ASSET_IMAGE, v->scene[i]);
		name = state_is_usable(a) && a->state != STATE_MODIFIED ?
		    node_str(a->rec.doc, "credit", NULL) : NULL;
		for (k = 0; name && k < names->nr; k++)
			if (!strcmp(names->v[k], name))
				name = NULL;
		if (name)
			strvec_push(names, name);
	}
}

/* SHA-256 of a file of the project under key. */
static int
add_file(struct request *r, const struct project *p, const struct survey *s,
    const char *key, const char *file, struct err *e)
{
	char sha[SHA256_HEX] = "", *path;
	int fd = path_open_beneath(p->root, file, e), ret;

	if (fd < 0)
		return err_prefix(e, "project.yaml: %s", key);
	close(fd);
	path = path_join(p->root, file);
	ret = stat_cache_sha256(s->cache, path, sha, NULL, e);
	free(path);
	if (ret < 0)
		return err_prefix(e, "project.yaml: %s", key);
	request_add(r, key, sha);
	return 0;
}

/* What a card is drawn from, one a line, as its words cannot hold one. */
static void
add_words(struct request *r, const struct project *p, const char *key,
    const struct around_card *c, const char *text, const struct strvec *names)
{
	struct strbuf b = STRBUF_INIT;
	struct image_choice look;
	size_t i;

	image_choose(p, NULL, &look);
	strbuf_addf(&b, "%s\n%s\n%.6g s\n%s\n%s", text ? text : "",
	    c->eyebrow ? c->eyebrow : "", c->seconds, look.look, look.style);
	image_choice_release(&look);
	for (i = 0; i < AROUND_CREDITS; i++)
		strbuf_addf(&b, "\n%s", c->credit[i] ? c->credit[i] : "");
	for (i = 0; names && i < names->nr; i++)
		strbuf_addf(&b, "\n%s", names->v[i]);
	request_add_bytes(r, key, b.buf, b.len);
	strbuf_release(&b);
}

static int
add_title(struct request *r, const struct around *a, const struct project *p,
    const struct video *v, const struct survey *s, struct err *e)
{
	if (!a->title.on)
		return 0;
	add_words(r, p, "titleCard", &a->title, around_title(a, p, v), NULL);
	return a->title.image ? add_file(r, p, s, "titleCard.image",
	    a->title.image, e) : 0;
}

static void
add_end(struct request *r, const struct around *a, const struct project *p,
    const struct video *v, const struct survey *s)
{
	const char *into = video_setting(p, v, "transition", "fade");
	struct strvec names = STRVEC_INIT;

	if (!a->end.on)
		return;
	if (strcmp(into, "fade") != 0)
		request_add(r, "endCard.transition", into);
	around_photographers(v, s, &names);
	add_words(r, p, "endCard", &a->end, a->end.text ? a->end.text :
	    around_title(a, p, v), &names);
	strvec_release(&names);
}

static int
add_over(struct request *r, const struct around *a, const struct project *p,
    const struct survey *s, struct err *e)
{
	struct strbuf b = STRBUF_INIT;

	if (a->bar.on) {
		strbuf_addf(&b, "%s %.6g %s", a->bar.top ? "top" : "bottom",
		    a->bar.height, a->bar.color ? a->bar.color : "");
		request_add(r, "progressBar", b.buf);
		strbuf_reset(&b);
	}
	if (a->logo.on) {
		strbuf_addf(&b, "%s %.6g %.6g%s", a->logo.corner,
		    a->logo.size, a->logo.opacity,
		    a->logo.cards ? " cards" : "");
		request_add(r, "logo.look", b.buf);
	}
	strbuf_release(&b);
	if (!a->logo.on)
		return 0;
	if (!a->logo.file)
		return err_set(e, EX_CONF, "project.yaml: logo: it names no "
		    "file; write logo: {file: media/logo.png}");
	return add_file(r, p, s, "logo.file", a->logo.file, e);
}

int
around_add_video(struct request *r, const struct project *p,
    const struct video *v, const struct survey *s, struct err *e)
{
	struct around a;

	around_choose(&a, p, v);
	add_end(r, &a, p, v, s);
	if (!a.thumb.on)
		request_add(r, "thumbnail", "none");
	if (a.thumb.text)
		request_add(r, "thumbnail.text", a.thumb.text);
	if (a.thumb.scene)
		request_add(r, "thumbnail.scene", a.thumb.scene);
	if (add_title(r, &a, p, v, s, e) < 0)
		return -1;
	return add_over(r, &a, p, s, e);
}

/* What every scene's length comes from: a bar grows by the whole film. The
 * same for each of its parts, so it is said as a digest that is made once. */
static void
add_lengths(struct request *r, const struct project *p, const struct video *v,
    const struct survey *s)
{
	struct survey_lengths once = { NULL, "" };
	struct survey_lengths *l = s->lengths ? s->lengths : &once;
	struct strbuf b = STRBUF_INIT;
	size_t i;

	if (l->of != v) {
		for (i = 0; i < v->nr; i++)
			strbuf_addf(&b, "%s %.6g\n", survey_used(s,
			    ASSET_AUDIO, v->scene[i])->media_sha256,
			    p->scene[v->scene[i]].duration);
		sha256_hex(b.buf, b.len, l->sha256);
		l->of = v;
		strbuf_release(&b);
	}
	request_add(r, "lengths", l->sha256);
}

void
around_add_part(struct request *r, const struct project *p,
    const struct video *v, const struct survey *s, size_t i)
{
	struct err e = ERR_INIT; /* the film's own request says it */
	struct around a;

	around_choose(&a, p, v);
	if (i == 0)
		add_title(r, &a, p, v, s, &e);
	if (i + 1 == v->nr)
		add_end(r, &a, p, v, s);
	if (a.bar.on) {
		add_lengths(r, p, v, s);
		request_add_num(r, "place", (double)i);
		if (a.title.on)
			request_add_num(r, "title.seconds", a.title.seconds);
		if (a.end.on)
			request_add_num(r, "end.seconds", a.end.seconds);
	}
	add_over(r, &a, p, s, &e);
}

int
around_spreads(const struct project *p, const struct video *v, size_t i)
{
	struct around a;

	around_choose(&a, p, v);
	return a.bar.on || (a.end.on && i + 1 == v->nr);
}
