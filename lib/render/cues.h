/*
 * Cues: what is shown of the spoken text, and when. One list for a film; the
 * sidecars and the burned captions are both made from it.
 *
 * A scene's cues depend on that scene alone: they lie inside its body, never
 * in a transition, so no neighbour can change them. (cues_film adds the few
 * mends that need neighbours, for sidecars only.)
 *
 * The rules: at most 2 lines; columns by script and shape of the frame; 5/6 to
 * 7 seconds; 2 frames or more between two cues, and exactly 2 where less than
 * half a second would be left; breaks after punctuation or before a
 * conjunction or preposition, never after an article, inside a name or between
 * a number and its unit.
 */
#ifndef RENDER_CUES_H
#define RENDER_CUES_H

#include <stddef.h>

#include "base/error.h"
#include "render/film.h"

struct timeline;

#define CUE_GAP 2             /* frames between two cues */
#define CUE_MIN_MS 834        /* 5/6 s */
#define CUE_MAX_MS 7000
#define CUE_LINGER 12         /* frames a cue may stay after its last word */
#define CUE_SCENE_WORDS 20000 /* more in one scene is refused */

/* A piece of a cue's text that no line break can part, and when it is
 * spoken. */
struct cue_word {
	long start, end; /* ms from where the list's times count */
	size_t off, len; /* bytes in the cue's text, no space at either end */
};

struct cue {
	size_t scene;        /* index in the film, from 0 */
	long start, end;     /* frames; shown from start, gone at end */
	char *text;          /* one line, or two with '\n' between */
	size_t word, word_nr; /* its words: list->word[word ...] */
	int music;           /* no speech: "[music]" */
};

struct cue_list {
	int fps;
	struct cue *cue;     /* in order */
	size_t nr, alloc;
	struct cue_word *word;
	size_t word_nr, word_alloc;
};

#define CUE_LIST_INIT { 0, NULL, 0, 0, NULL, 0, 0 }

/* All that a scene's cues need to know of the timeline. */
struct cue_place {
	int fps;
	long frames;         /* the length of the scene's body */
	long voice_ms;       /* its voice starts this long after the body */
};

/* How text is cut. */
struct cue_rules {
	int columns;         /* of a line; a full-width character is 2 */
	int longest;         /* a word with more columns is cut; one with more
				than a line has is alone on its line */
	int lines;           /* 1: one line a cue; 0 or 2: two at most */
	int words;           /* of a cue, spaces between; 0: any number */
	int clauses;         /* 1: a comma, too, is a reason to end a cue */
	long least;           /* ms that a cue is best shown at least */
	double speed;        /* graphemes a second aimed at */
	const struct cue_rules *groups; /* not NULL: cues are made of whole
				groups cut by these rules, 3 at most, since
				that is how they are burned in */
};

/* The rules for a language ("en", "zh-TW") on a frame of w x h pixels: 42
 * columns, 32 where the frame is taller than wide; zh and ko 32 (16
 * full-width), ja 26. */
void cue_rules_for(const char *language, int w, int h, struct cue_rules *r);

/* The rules for groups of at most so many words (0: 5), burned in large. */
void cue_rules_groups(const char *language, int words, struct cue_rules *r);

/* Where scene i stands. */
void cue_place_of(const struct timeline *t, size_t i, struct cue_place *p);

/* Append the cues of one scene, times from its body's start. EX_DATA where
 * the text is no UTF-8 or has too many words, without the scene's number: a
 * title card counts too. A scene without text gives none, nor does a card. */
int cues_scene(const struct film_scene *s, const struct cue_place *p,
	const struct cue_rules *r, size_t scene, struct cue_list *out,
	struct err *e);

/*
 * The cues of the film, times from the film's start, for sidecars: the scenes'
 * cues one after the other, those shorter than 5/6 s stretched into free time
 * after them, and "[music]" where music plays and nobody speaks for 3 s.
 */
int cues_film(const struct film *f, const struct timeline *t,
	struct cue_list *out, struct err *e);

void cue_list_release(struct cue_list *l);

#endif
