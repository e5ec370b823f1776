#include "render/chapters.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/segment.h"
#include "render/timeline.h"
#include "text/phrase.h"

#define PHRASE_WORDS 6
/* A film with headings has a chapter for each; one without has one for about
 * each so many seconds, and so many at most. */
#define SPREAD_SECONDS 30
#define SPREAD_MOST 20

/* Cut to CHAPTER_TITLE graphemes, at a space where there is one. */
static void
shorten(struct strbuf *b)
{
	uint8_t *mark;
	size_t i, n = 0, cut = 0;

	if (segment_graphemes(b->buf, b->len, NULL) <= CHAPTER_TITLE)
		return;
	mark = xcalloc(b->len + 1, 1);
	segment_text(b->buf, b->len, NULL, mark);
	for (i = 1; i < b->len && n < CHAPTER_TITLE - 1; i++) {
		if (!(mark[i] & SEGMENT_GRAPHEME))
			continue;
		n++;
		if (b->buf[i] == ' ' || n == CHAPTER_TITLE - 1)
			cut = cut && b->buf[i] != ' ' && i - cut < 16 ? cut :
			    i;
	}
	free(mark);
	strbuf_setlen(b, cut);
	strbuf_addstr(b, "\xE2\x80\xA6");
}

/* The first scene's heading, else the key phrase of the first of the nr scenes
 * that has words, else a number; on one line, without controls. */
static char *
title_of(const struct film_scene *s, size_t nr, size_t number)
{
	struct strbuf b = STRBUF_INIT;
	char *phrase;
	size_t i;

	if (nr > 1 && s->card == FILM_TITLE) {
		s++;
		nr--;
	}
	if (s->title)
		strbuf_addstr(&b, s->title);
	for (i = 0; !b.len && i < nr; i++) {
		phrase = phrase_key(s[i].text, s[i].language, PHRASE_WORDS);
		strbuf_addstr(&b, phrase);
		free(phrase);
	}
	for (i = 0; i < b.len; i++)
		if ((unsigned char)b.buf[i] < 0x20 || b.buf[i] == 0x7F)
			b.buf[i] = ' ';
	strbuf_trim(&b);
	if (!b.len)
		strbuf_addf(&b, "%zu", number);
	shorten(&b);
	return strbuf_detach(&b, NULL);
}

static int
has_titles(const struct film *f)
{
	size_t i, n = 0;

	for (i = 0; i < f->nr; i++)
		n += f->scene[i].title && *f->scene[i].title;
	return n >= CHAPTER_LEAST;
}

/* Choose the scenes at which chapters begin: *nr of them, to begin[]. */
static void
choose(const struct film *f, const struct timeline *t, size_t *begin,
    size_t *nr)
{
	long least = (long)CHAPTER_SECONDS * t->fps, at, last = 0;
	long spread = (long)SPREAD_SECONDS * t->fps;
	int titles = has_titles(f);
	size_t i;

	if (spread < t->frames / SPREAD_MOST)
		spread = (long)(t->frames / SPREAD_MOST);
	/* Short films: closer together, so that there are three. */
	if (spread > t->frames / CHAPTER_LEAST)
		spread = (long)(t->frames / (CHAPTER_LEAST + 1));
	if (titles || spread < least)
		spread = least;
	*nr = 0;
	begin[(*nr)++] = 0;
	for (i = 1; i < f->nr; i++) {
		/* The first chapter begins with the title card. */
		if (i == f->before || f->scene[i].card == FILM_END)
			continue;
		at = (long)timeline_scene_begin(t, i);
		if (titles && !(f->scene[i].title && *f->scene[i].title))
			continue;
		if (at - last < spread || t->frames - at < least)
			continue;
		begin[(*nr)++] = i;
		last = at;
	}
}

int
chapters_make(const struct film *f, const struct timeline *t,
    struct chapter **out, size_t *nr, struct err *e)
{
	size_t *begin = xcalloc(f->nr + 1, sizeof(*begin)), i;
	struct chapter *c;

	(void)e;
	choose(f, t, begin, nr);
	*out = NULL;
	if (*nr < CHAPTER_LEAST)
		*nr = 0;
	if (*nr)
		*out = xcalloc(*nr, sizeof(**out));
	for (i = 0; i < *nr; i++) {
		c = &(*out)[i];
		c->start = (long)timeline_scene_begin(t, begin[i]);
		c->end = i + 1 < *nr ? (long)timeline_scene_begin(t,
		    begin[i + 1]) : (long)t->frames;
		c->title = title_of(&f->scene[begin[i]], (i + 1 < *nr ?
		    begin[i + 1] : f->nr) - begin[i], i + 1);
	}
	free(begin);
	return 0;
}

void
chapters_free(struct chapter *c, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		free(c[i].title);
	free(c);
}

void
chapters_text(const struct chapter *c, size_t nr, int fps,
    struct strbuf *out)
{
	int hours = nr && c[nr - 1].end / fps >= 3600;
	long s;
	size_t i;

	for (i = 0; i < nr; i++) {
		s = c[i].start / fps;
		if (hours)
			strbuf_addf(out, "%ld:%02ld:%02ld", s / 3600,
			    s / 60 % 60, s % 60);
		else
			strbuf_addf(out, "%ld:%02ld", s / 60, s % 60);
		strbuf_addf(out, " %s\n", c[i].title);
	}
}

struct node *
chapters_node(const struct film *f, const struct timeline *t)
{
	struct strbuf text = STRBUF_INIT;
	struct chapter *c = NULL;
	struct node *list = NULL;
	char *line, *rest;
	size_t nr = 0;

	if (!t->preset->chapters || chapters_make(f, t, &c, &nr, NULL) < 0 ||
	    !nr)
		return NULL;
	list = node_new(NODE_LIST);
	chapters_text(c, nr, t->fps, &text);
	for (line = strtok_r(text.buf, "\n", &rest); line;
	    line = strtok_r(NULL, "\n", &rest))
		node_push(list, node_text(line));
	strbuf_release(&text);
	chapters_free(c, nr);
	return list;
}
