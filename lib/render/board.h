/*
 * The storyboard: a project on one page of HTML, without a script and without
 * a request to anywhere. board_read gathers everything, board_print only
 * writes. Same project, same bytes.
 */
#ifndef RENDER_BOARD_H
#define RENDER_BOARD_H

#include "base/strbuf.h"
#include "render/film_read.h"
#include "render/motion.h"

/* Worst last. */
enum board_level {
	BOARD_FRESH,
	BOARD_ABSENT,   /* never made */
	BOARD_MODIFIED,
	BOARD_WARNING,
	BOARD_STALE,
	BOARD_POINTER,
	BOARD_MISSING,
	BOARD_FAILED,
	BOARD_LEVELS
};

#define BOARD_NONE ((size_t)-1)

/* One thing that a person may have to decide. Texts are owned. */
struct board_problem {
	enum board_level level;
	size_t scene;     /* from 0; BOARD_NONE: of the project */
	char *what;       /* "Picture stale" */
	char *why;        /* "the prompt changed", no full stop */
	char *meanwhile;  /* a sentence; NULL: none */
	char *command;    /* to copy; NULL: none */
	const char *cost; /* static: "free", "1 call" ... */
	const struct asset_state *asset; /* NULL for warnings */
};

struct board_take {
	const struct asset_state *a;
	struct strbuf picture; /* data: address; "" when there is none */
	int w, h;              /* pixels of that picture */
};

struct board_scene {
	const struct scene *s;
	const struct asset_state *audio, *image; /* the used takes */
	size_t film;           /* place in the film, BOARD_NONE: not in it */
	double from, to;       /* seconds of the film */
	struct board_take shown; /* the picture at most 480 pixels wide */
	struct strbuf thumb;   /* the same for the strip */
	int earlier;           /* that picture was made for something else */
	int has_motion;
	struct window a, b;    /* fractions of the picture */
	char *wave;            /* d of an SVG path, 0 0 180 32; NULL: none */
	struct board_take *take; /* all takes where there are several */
	size_t take_nr;
	size_t words;          /* spoken */
	double seconds;        /* of the voice; 0: none yet */
	double per_second;     /* characters a second; 0: no voice yet */
	double limit, target;  /* of those, for the language */
	char *cue;             /* the first cue, lines parted by '\n' */
	enum board_level level; /* its worst problem */
	unsigned levels;       /* all of them, 1 << level */
};

/* A title or end card of the film. */
struct board_card {
	int card;              /* enum film_card; FILM_SCENE: there is none */
	double from, to;       /* seconds of the film */
	struct strbuf picture; /* data: address; "" for none */
};

/* Calls to providers and what they cost. */
struct board_cost {
	size_t calls;
	size_t unknown; /* of them at a price nobody knows: not in dollars */
	double dollars;
};

struct board {
	const struct project *project;
	const struct survey *survey;
	const struct video *video;   /* the first film */
	struct asset_state *films;   /* one for each video */
	struct film film;
	struct film_source *source;
	struct timeline time;
	int has_time;                /* time and film are filled */
	const struct preset *preset;
	struct board_scene *scene;   /* of the project, in its order */
	size_t nr;
	struct board_card card[2];   /* before the scenes, and after them */
	struct board_problem *problem; /* worst first */
	size_t problem_nr, problem_alloc;
	size_t assets, fresh;        /* voices, pictures and films */
	size_t absent;               /* voices and pictures never made */
	int cover_absent;
	struct board_cost next, user, spent; /* by make, by decision, so far */
	size_t blocked;              /* scenes that keep the film back */
	char *media;                 /* prefix of relative addresses */
	struct strbuf poster, captions; /* data: addresses; "" for none */
};

/* Gather; out_dir is the folder that the page will be in. What is wrong with
 * one asset is a problem on the page and no error. */
int board_read(struct board *b, const struct project *p,
	const struct survey *s, const char *out_dir, struct err *e);
void board_release(struct board *b);

/* Append the page. */
void board_print(const struct board *b, struct strbuf *out);

#endif
