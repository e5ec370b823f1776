/*
 * What stands around a film: a card before it and one after it, a logo and a
 * bar over it, its thumbnail. As the video's entry says, or else project.yaml;
 * "false" in the entry turns off what the project has.
 */
#ifndef STORE_AROUND_H
#define STORE_AROUND_H

#include "base/strvec.h"
#include "store/request.h"
#include "store/state.h"

#define AROUND_CREDITS 3 /* lines that a user gives */

struct around_card {
	int on;
	int unwise;          /* on in a short vertical film, where people leave
				within a second */
	double seconds;
	const char *text;    /* the title, or the thanks; NULL: ours */
	const char *eyebrow; /* may be NULL */
	const char *image;   /* in the project, what the title is set on; NULL:
				drawn */
	const char *credit[AROUND_CREDITS]; /* NULL: none */
};

struct around_logo {
	int on;
	const char *file;    /* in the project; NULL: not said */
	const char *corner;  /* top-left top-right bottom-left bottom-right */
	double size;         /* height, as a part of the frame's shorter side */
	double opacity;      /* 0..1 */
	int cards;           /* over the two cards too */
};

struct around_bar {
	int on, top;
	double height;       /* as a part of the frame's */
	const char *color;   /* "#rrggbb"; NULL: the palette's accent */
};

struct around_thumb {
	int on;
	const char *text;    /* NULL: of the title */
	const char *scene;   /* NULL: the best */
};

struct around {
	struct around_card title, end;
	struct around_logo logo;
	struct around_bar bar;
	struct around_thumb thumb;
};

/* Strings are borrowed from the project. */
void around_choose(struct around *a, const struct project *p,
	const struct video *v);

/* The title that is set: the card's, the video's or the project's. */
const char *around_title(const struct around *a, const struct project *p,
	const struct video *v);

/* The photographers of the film's pictures, each once. */
void around_photographers(const struct video *v, const struct survey *s,
	struct strvec *names);

/* Add to a film's request, or to that of the parts of its scene i (from 0),
 * what is used of all this; nothing where nothing is. The cards' parts are
 * those of the first scene and of the last. -1 where a file cannot be read. */
int around_add_video(struct request *r, const struct project *p,
	const struct video *v, const struct survey *s, struct err *e);
void around_add_part(struct request *r, const struct project *p,
	const struct video *v, const struct survey *s, size_t i);

/* Do the parts of scene i depend on other scenes than the one before? */
int around_spreads(const struct project *p, const struct video *v, size_t i);

#endif
