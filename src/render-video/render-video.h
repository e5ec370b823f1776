/*
 * Shared by the files of render-video.
 */
#ifndef RENDER_VIDEO_RENDER_VIDEO_H
#define RENDER_VIDEO_RENDER_VIDEO_H

#include <stdio.h>

#include "render/film.h"
#include "render/timeline.h"
#include "store/film_state.h"

/* A film that need not be in project.yaml. */
struct choice {
	/* Set by the caller; NULL: as in project.yaml. The list of scenes is
	 * "3-5" or "2,4", that of pictures the starts of their ids. */
	const char *preset, *scenes, *images;
	/* Set by choice_make: */
	struct video video;
	char *name; /* video.name: "youtube-3-5" */
};

/* The film that c chooses of from; the survey then shows the chosen pictures.
 * To be released also after a failure. */
int choice_make(struct choice *c, const struct project *p, struct survey *s,
	const struct video *from, struct err *e);
void choice_release(struct choice *c);

/* Write the captions of a film beside it, NAME.LANGUAGE.srt and so on. */
struct sidecars {
	const char *folder;
	const struct project *project; /* one that was changed by hand is kept
					  aside; NULL: of a preview */
	const struct node *record; /* of the film before; NULL: none */
	struct node *names, *sums; /* appended: the files, their SHA-256; may
				      be NULL */
};
int film_sidecars(const struct film *f, const struct timeline *t,
	const struct sidecars *s, struct err *e);

/* Where a fresh film was made with other versions of libraries or fonts than
 * there are now: a line to f that says so. */
void versions_say(const struct asset_state *film, FILE *f);
/* The same to stdout, for a film that may be fresh. */
int versions_film(const struct project *p, const struct survey *s,
	const struct video *v, struct err *e);

/* Write video/NAME.m4a from the film's sound. */
int audio_beside(const struct film *f, const struct timeline *t,
	const struct project *p, const struct video *v,
	const struct survey *s, struct err *e);
/* Its name, for the film's record. */
struct node *audio_node(const struct film *f);
/* Make a film that is sound alone: that file, its transcript as WebVTT, the
 * record. */
int audio_film(struct film *f, const struct timeline *t,
	const struct project *p, struct asset_state *a, struct survey *s,
	struct err *e);

/* Before the survey: scenes for a project that has none, and what there is to
 * say about that. */
int preview_begin(struct project *p, struct err *e);
/* Say in one line what stand-ins the films of these names have; n 0: all. */
void preview_say(const struct project *p, const struct survey *s,
	char **names, int n);
/* Make build/preview/NAME.mp4 and print its path; copy may be NULL. */
int preview_film(const struct project *p, struct survey *s,
	const struct video *v, const char *copy, struct err *e);

#endif
