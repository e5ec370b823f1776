#include "render/caption_layer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/caption_draw.h"
#include "media/font.h"
#include "media/font_version.h"
#include "media/versions.h"
#include "render/caption_spec.h"
#include "render/cues.h"
#include "render/timeline.h"

#define CAPTION_VERSION 4
#define WORD_MS 120 /* a word is marked so long at least */

struct caption_state {
	struct overlay *overlay;
};

/* What is laid out together: a cue, or a few words of "big". */
struct group {
	long start, end;    /* frames from the scene's start */
	const char *text;   /* the cue list's */
	struct caption_span *word;
	long *at;           /* frame at which each word is marked */
	size_t nr;
	struct caption_draw *draw;
};

struct caption_layer {
	struct cue_list cues;
	struct group *group;
	size_t nr;
	struct font_set *fonts;
	struct caption_look look;
	struct caption_spec spec;
	struct caption_state state;
	size_t shown;  /* group and word that state holds; nr: none */
	long word;
};

int
caption_wanted(const struct film *f)
{
	return (f->captions & CAPTIONS_BURNED) != 0;
}

/* When each word of the group is marked: at its start, not before the group,
 * and not before the last one has been seen. */
static void
time_words(struct group *g, const struct cue_word *w, long shift, int fps)
{
	long least = (WORD_MS * fps + 999) / 1000, at;
	size_t i;

	for (i = 0; i < g->nr; i++) {
		at = w[i].start * fps / 1000 + shift;
		if (at < g->start)
			at = g->start;
		if (i && at < g->at[i - 1] + least)
			at = g->at[i - 1] + least;
		g->at[i] = at;
	}
}

/* The scene's groups: its cues, cut small for "big", without blinks between
 * those that follow each other closely. */
static int
make_groups(struct caption_layer *l, const struct film *f,
    const struct timeline *t, size_t scene, struct err *e)
{
	const struct film_scene *s = &f->scene[scene];
	long shift = (long)(t->scene[scene].body - t->scene[scene].start);
	struct cue_place place;
	struct cue_rules r;
	size_t i, x;
	int groups;

	cue_place_of(t, scene, &place);
	groups = caption_rules_of(&l->look, t, s->language, &r);
	if (cues_scene(s, &place, &r, scene, &l->cues, e) < 0)
		return err_prefix(e, "scene %zu", scene + 1 - f->before);
	l->nr = l->cues.nr;
	l->group = xcalloc(l->nr, sizeof(*l->group));
	for (i = 0; i < l->nr; i++) {
		const struct cue *c = &l->cues.cue[i];
		struct group *g = &l->group[i];

		g->text = c->text;
		g->start = c->start + shift;
		g->end = c->end + shift;
		if (groups && i + 1 < l->nr &&
		    c[1].start - c->end < t->fps / 2)
			g->end = c[1].start + shift;
		g->nr = c->word_nr;
		g->word = xcalloc(g->nr, sizeof(*g->word));
		g->at = xcalloc(g->nr, sizeof(*g->at));
		for (x = 0; x < g->nr; x++) {
			g->word[x].off = l->cues.word[c->word + x].off;
			g->word[x].len = l->cues.word[c->word + x].len;
		}
		time_words(g, l->cues.word + c->word, shift, t->fps);
	}
	return 0;
}

int
caption_layer_new(struct caption_layer **out, const struct film *f,
    const struct timeline *t, size_t scene, struct err *e)
{
	struct caption_layer *l;
	size_t i;

	l = xcalloc(1, sizeof(*l));
	if (caption_look_of(f, &l->look, e) < 0 ||
	    make_groups(l, f, t, scene, e) < 0)
		goto fail;
	l->shown = l->nr;
	caption_spec_of(&l->spec, &l->look, f, t, scene);
	l->fonts = l->look.font_file ? font_set_new_with(l->look.font_file,
	    e) : font_set_new(e);
	if (!l->fonts)
		goto fail;
	for (i = 0; i < l->nr; i++)
		if (caption_draw_new(&l->group[i].draw, l->fonts, &l->spec,
		    l->group[i].text, l->group[i].word, l->group[i].nr,
		    e) < 0) {
			err_prefix(e, "scene %zu: text", scene + 1 -
			    f->before);
			goto fail;
		}
	*out = l;
	return 0;
fail:
	caption_layer_free(l);
	return -1;
}

void
caption_layer_free(struct caption_layer *l)
{
	size_t i;

	if (!l)
		return;
	for (i = 0; i < l->nr; i++) {
		caption_draw_free(l->group[i].draw);
		free(l->group[i].word);
		free(l->group[i].at);
	}
	free(l->group);
	overlay_free(l->state.overlay);
	font_set_free(l->fonts);
	cue_list_release(&l->cues);
	free(l);
}

const struct caption_state *
caption_layer_at(struct caption_layer *l, long frame)
{
	long word = -1;
	size_t i;

	for (i = 0; i < l->nr; i++)
		if (frame >= l->group[i].start && frame < l->group[i].end)
			break;
	if (i == l->nr)
		return NULL;
	if (caption_draw_follows(l->group[i].draw))
		while (word + 1 < (long)l->group[i].nr &&
		    l->group[i].at[word + 1] <= frame)
			word++;
	if (l->shown != i || l->word != word) {
		overlay_free(l->state.overlay);
		l->state.overlay = caption_draw_state(l->group[i].draw, word);
		l->shown = i;
		l->word = word;
	}
	return &l->state;
}

void
caption_blend(const struct caption_state *s, uint8_t *const plane[3],
    const int stride[3])
{
	if (s)
		overlay_blend(s->overlay, plane, stride);
}

/* All of the user's own style that can change a pixel. */
static void
add_look(struct strbuf *out, const struct caption_look *k,
    const struct caption_spec *q)
{
	strbuf_addf(out, "look %s %s %d %.4f %.3f %.3f %lx %lx %lx %lx\n",
	    k->family ? k->family : "", k->font_file ? k->font_sha256 : "",
	    k->weight, k->size, k->pitch, k->gap, k->colour & 0x1ffffff,
	    k->spoken & 0x1ffffff, k->outline_colour & 0x1ffffff,
	    k->plate_colour & 0x1ffffff);
	strbuf_addf(out, "look %.4f %.4f %.4f %d %d %d %d %d %.3f %.3f %.3f\n",
	    k->outline, k->shadow, k->plate, k->mark, k->uppercase, k->anchor,
	    k->align, k->lines, q->middle, q->top, q->floor);
}

int
caption_key(const struct film *f, const struct timeline *t, size_t scene,
    struct strbuf *out, struct err *e)
{
	long shift = (long)(t->scene[scene].body - t->scene[scene].start);
	struct caption_layer *l;
	int ret;
	size_t i, x;

	if (!caption_wanted(f))
		return 0;
	l = xcalloc(1, sizeof(*l));
	ret = caption_look_of(f, &l->look, e);
	if (ret == 0)
		ret = make_groups(l, f, t, scene, e);
	if (ret == 0)
		caption_spec_of(&l->spec, &l->look, f, t, scene);
	if (ret == 0)
		strbuf_addf(out, "%s, fonts %s\ncaptions %d %d %s %s %dx%d "
		    "%.3f %.3f %.3f %.3f\n", drawing_version(),
		    font_set_version(), CAPTION_VERSION, l->look.base,
		    f->tone ? f->tone : "",
		    l->spec.language ? l->spec.language : "", l->spec.w,
		    l->spec.h, l->spec.size, l->spec.left, l->spec.right,
		    l->spec.bottom);
	if (ret == 0 && f->look)
		add_look(out, &l->look, &l->spec);
	for (i = 0; ret == 0 && i < l->nr; i++) {
		const struct group *g = &l->group[i];

		/* From the body: where the scene stands is not in a digest. */
		strbuf_addf(out, "%ld %ld", g->start - shift, g->end - shift);
		for (x = 0; x < g->nr; x++)
			strbuf_addf(out, " %ld:%zu+%zu", g->at[x] - shift,
			    g->word[x].off, g->word[x].len);
		strbuf_addf(out, " %zu %s\n", strlen(g->text), g->text);
	}
	caption_layer_free(l);
	return ret;
}

int
caption_fonts(const struct film *f, const struct timeline *t, size_t scene,
    struct strvec *out, struct err *e)
{
	struct caption_layer *l;
	size_t i;

	if (caption_layer_new(&l, f, t, scene, e) < 0)
		return -1;
	for (i = 0; i < l->nr; i++)
		font_names_of_caption(l->group[i].draw, out);
	caption_layer_free(l);
	return 0;
}
