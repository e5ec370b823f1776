#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "render/caption_layer.h"
#include "render/caption_spec.h"
#include "render/cues.h"
#include "render/timeline.h"

#define MUSIC_SECONDS 3 /* so long without speech, and the music is named */

static const struct {
	const char *language, *text;
} music_words[] = {
	{ "en", "[music]" }, { "de", "[Musik]" }, { "fr", "[musique]" },
	{ "es", "[música]" }, { "pt", "[música]" }, { "it", "[musica]" },
	{ "nl", "[muziek]" }, { "pl", "[muzyka]" }, { "ru", "[музыка]" },
	{ "uk", "[музика]" }, { "tr", "[müzik]" }, { "ar", "[موسيقى]" },
	{ "hi", "[संगीत]" }, { "th", "[ดนตรี]" }, { "ja", "[音楽]" },
	{ "zh", "[音乐]" }, { "ko", "[음악]" },
};

static const char *
music_word(const char *language)
{
	size_t i, n;

	language = language ? language : "";
	n = strcspn(language, "-_");
	for (i = 0; i < sizeof(music_words) / sizeof(music_words[0]); i++)
		if (n == 2 && !strncmp(music_words[i].language, language, 2))
			return music_words[i].text;
	return music_words[0].text;
}

/* Take back the cue's last frames or give it more, up to `limit`. */
static void
extend(struct cue *c, long to, long limit, int fps)
{
	long most = c->start + CUE_MAX_MS / 1000 * fps;

	if (to > limit)
		to = limit;
	if (to > most)
		to = most;
	if (to > c->end)
		c->end = to;
}

/* The mends at the end of a scene, where the next cue stands after a cut. */
static void
mend_ends(struct cue_list *l, const struct timeline *t)
{
	long least = (5 * t->fps + 5) / 6, limit, cut;
	size_t i;

	for (i = 0; i < l->nr; i++) {
		struct cue *c = &l->cue[i];

		if (i + 1 < l->nr) {
			limit = c[1].start - CUE_GAP;
			cut = (long)timeline_scene_begin(t, c[1].scene);
			if (c[1].scene != c->scene &&
			    c[1].start - c->end < t->fps / 2)
				extend(c, cut - CUE_GAP, limit, t->fps);
		} else {
			limit = (long)t->frames;
		}
		if (c->end - c->start < least)
			extend(c, c->start + least, limit, t->fps);
	}
}

static int
fits_one_line(const struct cue *c, int columns)
{
	return !strchr(c->text, '\n') &&
	    (int)utf8_columns(c->text, strlen(c->text)) <= columns;
}

/* Join cue i + 1 to cue i as its second line. */
static void
join(struct cue_list *l, size_t i)
{
	struct cue *c = &l->cue[i];
	size_t x, shift = strlen(c->text) + 1;
	char *text = xasprintf("%s\n%s", c->text, c[1].text);

	for (x = c[1].word; x < c[1].word + c[1].word_nr; x++)
		l->word[x].off += shift;
	c->word_nr += c[1].word_nr;
	c->end = c[1].end;
	free(c->text);
	free(c[1].text);
	c->text = text;
	l->nr--;
	memmove(c + 1, c + 2, (l->nr - i - 1) * sizeof(*c));
}

/* A cue that is too short even so shares the screen with a neighbour. */
static void
join_short(struct cue_list *l, int columns)
{
	long least = (5 * l->fps + 5) / 6;
	long most = CUE_MAX_MS / 1000 * l->fps;
	size_t i;

	for (i = 0; i + 1 < l->nr;) {
		struct cue *c = &l->cue[i];

		if ((c->end - c->start < least ||
		    c[1].end - c[1].start < least) &&
		    c[1].end - c->start <= most && fits_one_line(c, columns) &&
		    fits_one_line(c + 1, columns))
			join(l, i);
		else
			i++;
	}
}

/* Put "[music]" at place i of the list, for the stretch from..to. */
static void
insert_music(struct cue_list *l, size_t i, long from, long to,
    const char *text)
{
	struct cue *c;

	ALLOC_GROW(l->cue, l->nr, l->alloc);
	c = &l->cue[i];
	memmove(c + 1, c, (l->nr - i) * sizeof(*c));
	l->nr++;
	memset(c, 0, sizeof(*c));
	c->scene = i ? c[-1].scene : 0;
	c->start = from;
	c->end = to;
	c->text = xstrdup(text);
	c->word = i ? c[-1].word + c[-1].word_nr : 0;
	c->music = 1;
}

static void
name_music(struct cue_list *l, const struct film *f, const struct timeline *t)
{
	long from = 0, to, most = CUE_MAX_MS / 1000 * t->fps;
	size_t i;

	for (i = 0; i <= l->nr; i++) {
		to = i < l->nr ? l->cue[i].start - CUE_GAP : (long)t->frames;
		if (to - from >= MUSIC_SECONDS * t->fps) {
			insert_music(l, i, from, to - from > most ?
			    from + most : to, music_word(f->language));
			i++;
		}
		if (i < l->nr)
			from = l->cue[i].end + CUE_GAP;
	}
}

/* Are the cues also burned in as groups of a few words? Then by which rules. */
static int
in_groups(const struct film *f, const struct timeline *t,
    struct cue_rules *groups, int *yes, struct err *e)
{
	struct caption_look k;

	*yes = 0;
	if (!caption_wanted(f))
		return 0;
	if (caption_look_of(f, &k, e) < 0)
		return -1;
	*yes = caption_rules_of(&k, t, f->language, groups);
	return 0;
}

int
cues_film(const struct film *f, const struct timeline *t,
    struct cue_list *out, struct err *e)
{
	struct cue_place place;
	struct cue_rules r, groups;
	size_t i, first, word;
	int grouped;
	long ms;

	if (in_groups(f, t, &groups, &grouped, e) < 0)
		return -1;
	out->fps = t->fps;
	cue_rules_for(f->language, t->width, t->height, &r);
	if (grouped) {
		r.groups = &groups;
		r.longest = groups.longest;
	}
	for (i = 0; i < t->nr; i++) {
		cue_place_of(t, i, &place);
		first = out->nr;
		word = out->word_nr;
		if (cues_scene(&f->scene[i], &place, &r, i, out, e) < 0) {
			err_prefix(e, "scene %zu", i + 1 - f->before);
			cue_list_release(out);
			return -1;
		}
		for (; first < out->nr; first++) {
			out->cue[first].start += (long)t->scene[i].body;
			out->cue[first].end += (long)t->scene[i].body;
		}
		ms = (long)(t->scene[i].body * 1000 / t->fps);
		for (; word < out->word_nr; word++) {
			out->word[word].start += ms;
			out->word[word].end += ms;
		}
	}
	mend_ends(out, t);
	join_short(out, r.columns);
	if (f->music.path)
		name_music(out, f, t);
	return 0;
}
