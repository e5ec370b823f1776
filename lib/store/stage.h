/*
 * One stage of a project (its voices, its pictures) as a program runs it. For
 * programs only: what is wrong is said on stderr, each record is printed on
 * stdout as one JSON line, and what cannot be gone on with exits.
 *
 *	struct stage s = { .what = ASSET_AUDIO, .make = audio_make, ... };
 *	stage_open(&s, ".", names, nr);
 *	stage_set_scene(&s, scene, "voice", node_text("slt"));
 *	stage_reload(&s);
 *	stage_make(&s);
 *	return stage_close(&s);
 */
#ifndef STORE_STAGE_H
#define STORE_STAGE_H

#include "base/strbuf.h"
#include "store/state.h"

struct stage {
	/* Set by the program: */
	enum asset_what what; /* ASSET_AUDIO or ASSET_IMAGE */
	const char *title;    /* of the progress: "pictures" */
	const char *cure;     /* what to change after a refusal: "the prompt" */
	int retry;            /* ask again where a provider refused */
	int regen;            /* pay again for what was lost */
	int network;          /* only what a server makes: for make, which runs
				 the others one by one */
	int stored;           /* only what the store answers: nobody is asked */
	int quiet;            /* print no records */
	/* Make one asset; its warnings are appended, a line each. */
	int (*make)(const struct project *p, struct asset_state *a,
		struct stat_cache *c, struct strbuf *warnings, struct err *e);

	/* Set by stage_open: */
	const char *dir;
	char **name;          /* of scenes, as given; borrowed */
	int name_nr;
	struct project p;
	size_t *scene, nr;    /* those asked for: indices into p.scene */
	struct stat_cache *cache;
	int worst;            /* exit code so far */
};

/* Load the project in or above dir and choose the scenes named, in the order
 * given; all when n is 0. */
void stage_open(struct stage *s, const char *dir, char **names, int n);
/* Read it again, after values were set. */
void stage_reload(struct stage *s);

/* What enters a digest is first written where the project keeps it: one value
 * of a file of the project. Takes value over. */
void stage_set(struct stage *s, const char *file, const char *key,
	struct node *value);
/* The same for this stage of a scene: key "voice" is its audio.voice. */
void stage_set_scene(struct stage *s, const struct scene *sc, const char *key,
	struct node *value);
/* A scene is to use the user's file at path, which becomes the project's. */
void stage_set_file(struct stage *s, const struct scene *sc, const char *path);
/* A further take of a scene, to be used from now on. */
void stage_add_take(struct stage *s, const struct scene *sc);

/* Make what is not fresh of the chosen scenes; or the cover. What servers make
 * is asked for at once, up to their limits; one failure hides no other. A run
 * over its ceiling or the budget exits before its first call. */
void stage_make(struct stage *s);
void stage_make_cover(struct stage *s);

/* Release all; the exit code: the worst of what was met. */
int stage_close(struct stage *s);

#endif
