#include "render/film_cards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "media/card/card.h"
#include "media/card/palette.h"
#include "media/font_version.h"
#include "media/versions.h"
#include "record/preset.h"
#include "render/film_words.h"
#include "store/film_state.h"
#include "store/inputs.h"
#include "text/word.h"

/* Raise when the same words come to another picture. */
#define CARD_VERSION 1
#define TITLE_SECONDS_MOST 2.0 /* YouTube's advice to its creators */

/* One card: what it is drawn from and where that goes. */
struct one {
	char *phrase, *path;
	char *line[CARD_LINES];
	char *image, image_sha256[SHA256_HEX];
	char sha256[SHA256_HEX];
	const char *eyebrow;
	double seconds;
	int use; /* of card_spec; 0: there is no such card */
};

struct film_cards {
	const struct project *project;
	struct image_choice look;
	struct one title, end;
	const struct preset *preset;
	const char *title_text; /* of the film */
	int width, height;      /* of the frame */
	int unwise;
	int transition; /* into the end card: the film's */
	char *logo, logo_sha256[SHA256_HEX];
};

static void
one_release(struct one *o)
{
	int i;

	for (i = 0; i < CARD_LINES; i++)
		free(o->line[i]);
	free(o->phrase);
	free(o->path);
	free(o->image);
}

void
film_cards_free(struct film_cards *c)
{
	if (!c)
		return;
	one_release(&c->title);
	one_release(&c->end);
	image_choice_release(&c->look);
	free(c->logo);
	free(c);
}

/* A file of the project: its path, and its sum. */
static int
find_file(const struct project *p, const struct survey *s, const char *key,
    const char *file, char **path, char *sha256, struct err *e)
{
	int fd = path_open_beneath(p->root, file, e);

	if (fd < 0)
		return err_prefix(e, "project.yaml: %s", key);
	close(fd);
	*path = path_join(p->root, file);
	if (stat_cache_sha256(s->cache, *path, sha256, NULL, e) < 0)
		return err_prefix(e, "project.yaml: %s", key);
	return 0;
}

static void
set_lines(struct one *o, const struct around_card *a, const struct video *v,
    const struct survey *s, const char *language)
{
	struct strvec names = STRVEC_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i, k = 0;

	for (i = 0; i < AROUND_CREDITS; i++)
		if (a->credit[i])
			o->line[k++] = xstrdup(a->credit[i]);
	around_photographers(v, s, &names);
	for (i = 0; i < names.nr; i++)
		strbuf_addf(&b, "%s%s", i ? ", " : "", names.v[i]);
	if (names.nr)
		o->line[k] = xasprintf("%s: %s", film_word(WORD_PHOTOGRAPHS,
		    language), b.buf);
	strvec_release(&names);
	strbuf_release(&b);
}

/* The picture's name says all that it is drawn from. */
static void
set_path(const struct film_cards *c, struct one *o, const struct film *f)
{
	struct request *q = request_new("filmcard", CARD_VERSION);
	char value[64];
	int i;

	snprintf(value, sizeof(value), "%d %dx%d", o->use, c->width,
	    c->height);
	request_add(q, "shape", value);
	request_add(q, "library", drawing_version());
	request_add(q, "fonts", font_set_version());
	request_add(q, "phrase", o->phrase);
	request_add(q, "eyebrow", o->eyebrow ? o->eyebrow : "");
	for (i = 0; i < CARD_LINES && o->line[i]; i++) {
		snprintf(value, sizeof(value), "line.%d", i);
		request_add(q, value, o->line[i]);
	}
	request_add(q, "title", c->title_text);
	request_add(q, "language", f->language);
	request_add(q, "tone", f->tone);
	request_add(q, "look", c->look.look);
	request_add(q, "style", c->look.style);
	request_add(q, "image", o->image_sha256);
	request_seal(q);
	o->path = project_path(c->project, "build/cards/%s.png", q->digest);
	request_free(q);
}

static int
read_title(struct film_cards *c, const struct around *a, struct film *f,
    const struct video *v, const struct survey *s, struct err *e)
{
	struct one *o = &c->title;

	if (!a->title.on)
		return 0;
	o->use = CARD_TITLE;
	o->seconds = a->title.seconds;
	o->eyebrow = a->title.eyebrow;
	o->phrase = xstrdup(around_title(a, c->project, v));
	if (a->title.image && find_file(c->project, s, "titleCard.image",
	    a->title.image, &o->image, o->image_sha256, e) < 0)
		return -1;
	f->before = 1;
	c->unwise = a->title.unwise;
	return 0;
}

static void
read_end(struct film_cards *c, const struct around *a, const struct film *f,
    const struct video *v, const struct survey *s)
{
	const char *thanks = film_word(WORD_THANKS, f->language);
	struct one *o = &c->end;

	if (!a->end.on)
		return;
	o->use = CARD_END;
	o->seconds = a->end.seconds;
	o->phrase = xstrdup(a->end.text ? a->end.text :
	    thanks ? thanks : around_title(a, c->project, v));
	set_lines(o, &a->end, v, s, f->language);
}

static int
read_over(struct film_cards *c, const struct around *a, struct film *f,
    const struct survey *s, struct err *e)
{
	struct palette pal;
	const char *color;

	if (a->bar.on) {
		f->bar.on = 1;
		f->bar.top = a->bar.top;
		f->bar.height = a->bar.height;
		palette_get(&pal, f->tone, 0);
		f->bar.color = (uint32_t)(pal.accent.r * 255.0f + 0.5f) << 16 |
		    (uint32_t)(pal.accent.g * 255.0f + 0.5f) << 8 |
		    (uint32_t)(pal.accent.b * 255.0f + 0.5f);
		color = a->bar.color;
		if (color)
			f->bar.color = (uint32_t)strtoul(color + (*color ==
			    '#'), NULL, 16);
	}
	if (!a->logo.on || !a->logo.file)
		return 0;
	if (find_file(c->project, s, "logo.file", a->logo.file, &c->logo,
	    c->logo_sha256, e) < 0)
		return -1;
	f->logo.path = c->logo;
	f->logo.sha256 = c->logo_sha256;
	f->logo.corner = a->logo.corner;
	f->logo.size = a->logo.size;
	f->logo.opacity = a->logo.opacity;
	f->logo.cards = a->logo.cards;
	return 0;
}

int
film_cards_read(struct film_cards **out, struct film *f,
    const struct project *p, const struct video *v, const struct survey *s,
    size_t *nr, struct err *e)
{
	const struct preset *preset = preset_find(f->preset, e);
	struct film_cards *c;
	struct around a;

	if (!preset)
		return -1;
	c = xcalloc(1, sizeof(*c));
	around_choose(&a, p, v);
	c->project = p;
	c->transition = transition_named(video_setting(p, v,
	    "transition", "fade"));
	if (c->transition < 0) /* whoever reads the scenes says so */
		c->transition = TRANSITION_FADE;
	image_choose(p, NULL, &c->look);
	c->preset = preset;
	/* a preview has another one */
	c->title_text = f->title;
	if (read_title(c, &a, f, v, s, e) < 0 ||
	    read_over(c, &a, f, s, e) < 0) {
		film_cards_free(c);
		return -1;
	}
	read_end(c, &a, f, v, s);
	*nr = (size_t)(c->title.use != 0) + (c->end.use != 0);
	*out = c;
	return 0;
}

/* Its words lie in their box, see media/card/layout.c, which has to stay in
 * view while it moves. */
static void
keep_words(struct film_scene *fs, const struct film_cards *c, int rtl)
{
	static const double keep[2][2][4] = {
		{ { 0.08, 0.06, 0.92, 0.46 }, { 0.05, 0.10, 0.95, 0.48 } },
		{ { 0.05, 0.07, 0.57, 0.85 }, { 0.05, 0.10, 0.90, 0.66 } },
	};
	double left;

	memcpy(fs->keep, keep[fs->card == FILM_END][c->height > c->width],
	    sizeof(fs->keep));
	if (rtl) {
		left = fs->keep[0];
		fs->keep[0] = 1 - fs->keep[2];
		fs->keep[2] = 1 - left;
	}
}

static void
place(struct film_scene *fs, const struct film_cards *c, const struct one *o,
    int card, const char *language)
{
	fs->card = card;
	fs->text = fs->spoken = "";
	fs->language = language;
	fs->motion = card == FILM_END ? "out" : "in";
	fs->focus_x = fs->focus_y = 0.5;
	fs->seconds = o->seconds;
	if (card == FILM_END)
		fs->transition = c->transition;
	keep_words(fs, c, film_is_right_to_left(language));
}

void
film_cards_place(struct film_cards *c, struct film *f)
{
	c->width = f->width ? f->width : c->preset->width;
	c->height = f->height ? f->height : c->preset->height;
	if (c->title.use)
		place(&f->scene[0], c, &c->title, FILM_TITLE, f->language);
	if (c->end.use)
		place(&f->scene[f->nr - 1], c, &c->end, FILM_END,
		    f->language);
}

/* Read a PNG that stands there whole; -1: there is none. */
static int
read_drawn(const struct one *o, struct film_scene *fs, char *sha256)
{
	struct strbuf b = STRBUF_INIT;
	struct err ignored = ERR_INIT;
	int ret = file_read(o->path, PICTURE_BYTES_MAX, &b, &ignored);

	if (ret == 0)
		ret = picture_size(o->path, b.buf, b.len, &fs->image_w,
		    &fs->image_h, &ignored);
	if (ret == 0)
		sha256_hex(b.buf, b.len, sha256);
	strbuf_release(&b);
	return ret;
}

static int
read_back(struct picture *p, const struct one *o, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret = file_read(o->image, PICTURE_BYTES_MAX, &b, e);

	if (ret == 0)
		ret = picture_decode(p, o->image, b.buf, b.len, e);
	strbuf_release(&b);
	return ret;
}

static int
draw(const struct film_cards *c, const struct one *o, const struct film *f,
    struct err *e)
{
	struct picture p = PICTURE_INIT, back = PICTURE_INIT;
	struct strbuf b = STRBUF_INIT;
	struct card_spec s = { .use = o->use, .back_x = -1, .back_y = -1 };
	char *dir = path_dirname(o->path);
	int i, ret;

	s.width = c->width;
	s.height = c->height;
	s.phrase = o->phrase;
	s.is_light = word_is_stop;
	/* the film's title, so that both cards show the same place */
	s.text = c->title_text;
	s.language = f->language;
	s.tone = f->tone;
	s.style = c->look.style;
	s.look = c->look.look;
	s.eyebrow = o->eyebrow;
	for (i = 0; i < CARD_LINES; i++)
		s.line[i] = o->line[i];
	ret = o->image ? read_back(&back, o, e) : 0;
	s.back = o->image ? &back : NULL;
	if (ret == 0)
		ret = card_draw(&s, &p, NULL, e);
	if (ret == 0)
		ret = picture_png(&p, NULL, &b, e);
	if (ret == 0)
		ret = file_mkdirs(dir, e);
	if (ret == 0)
		ret = file_write(o->path, b.buf, b.len, e);
	picture_release(&p);
	picture_release(&back);
	strbuf_release(&b);
	free(dir);
	return ret;
}

int
film_card_draw(struct film_cards *c, struct film *f, size_t i, struct err *e)
{
	struct film_scene *fs = &f->scene[i];
	struct one *o = fs->card == FILM_TITLE ? &c->title : &c->end;

	if (fs->card == FILM_SCENE || fs->image)
		return 0;
	c->width = f->width ? f->width : c->preset->width;
	c->height = f->height ? f->height : c->preset->height;
	set_path(c, o, f);
	if (read_drawn(o, fs, o->sha256) < 0 && (draw(c, o, f, e) < 0 ||
	    read_drawn(o, fs, o->sha256) < 0))
		return err_prefix(e, "video %s: %s card", f->name,
		    fs->card == FILM_TITLE ? "title" : "end");
	fs->image = o->path;
	fs->image_sha256 = o->sha256;
	return 0;
}

void
film_cards_warn(const struct film_cards *c, const struct film *f,
    struct strvec *lines)
{
	if (c->unwise)
		strvec_pushf(lines, "video %s: a title card before a short "
		    "vertical film loses those who decide in its first second",
		    f->name);
	else if (c->title.use && c->title.seconds > TITLE_SECONDS_MOST)
		strvec_pushf(lines, "video %s: a title card of %.1f s; over "
		    "%.0f s people leave before the film begins", f->name,
		    c->title.seconds, TITLE_SECONDS_MOST);
}
