/*
 * The state of each asset: what its record says against what is there.
 */
#ifndef STORE_STATE_H
#define STORE_STATE_H

#include "base/strvec.h"
#include "record/asset.h"
#include "store/inputs.h"

enum state {
	STATE_FRESH,
	STATE_ABSENT,   /* never made */
	STATE_STALE,    /* its request changed; not an unused take, if paid */
	STATE_MISSING,  /* recorded, but the media is not there */
	STATE_MODIFIED, /* the user put other bytes there: kept and used */
	STATE_POINTER,  /* the media is a Git LFS pointer */
	STATE_FAILED    /* a provider refused this very request */
};

const char *state_name(enum state s); /* "fresh", "never made", ... */

enum asset_what {
	ASSET_SCRIPT,
	ASSET_SPLIT,
	ASSET_AUDIO,
	ASSET_IMAGE,
	ASSET_COVER,
	ASSET_VIDEO
};

const char *asset_what_name(enum asset_what w); /* "script" ... */

struct asset_state {
	enum asset_what what;
	const struct scene *scene; /* NULL for those of the project */
	const struct video *video; /* ASSET_VIDEO only */
	int take;                  /* from 1 */
	int used;                  /* this take is the one in the film */
	enum state state;
	struct asset rec;          /* the record; rec.doc NULL: none, or (when
				      STATE_FAILED) it cannot be read */
	struct request *want;      /* NULL where it could not be formed */
	struct changes changes;    /* STATE_STALE: which inputs */
	char *why;                 /* of STATE_FAILED, in words; else NULL */
	const char *provider;      /* that would make it */
	int paid;                  /* making it costs */
	int in_store;              /* a stored reply answers it */
	int in_git;                /* its media: 1 they are in the last commit,
				      -1 not, 0 not asked (git_media.h) */
	int shared;                /* another before it asks for the same (a
				      survey's only) */
	char media_sha256[SHA256_HEX]; /* of what is there now; "" if nothing */
	char *media;               /* path of the media; NULL without one */
};

/* Will make (or the filter) make this one without being asked? Missing ones
 * only when free or in the store. */
int state_needs_making(const struct asset_state *a);
/* Can the film use what is there as it is? */
int state_is_usable(const struct asset_state *a);

/* Has the store a reply, or one for each piece, to what is wanted of it? (In
 * in_store for those that are not usable.) */
int state_is_stored(const struct project *p, const struct asset_state *a);
/* Append the requests of the pieces that a long voice is asked for in; how
 * many, 0 where it is asked for as a whole. */
int state_pieces(const struct project *p, const struct asset_state *a,
	struct strvec *out);

void asset_state_release(struct asset_state *a);

int state_script(const struct project *p, struct asset_state *a,
	struct err *e);
int state_split(const struct project *p, struct asset_state *a,
	struct err *e);
/* A silent scene is STATE_FRESH without a record. */
int state_audio(const struct project *p, const struct scene *s, int take,
	struct stat_cache *c, struct asset_state *a, struct err *e);
int state_image(const struct project *p, const struct scene *s, int take,
	struct stat_cache *c, struct asset_state *a, struct err *e);
int state_cover(const struct project *p, struct stat_cache *c,
	struct asset_state *a, struct err *e);

/* Takes wanted, and the one used (the first when the scene does not say). */
int scene_takes(const struct scene *s, enum asset_what w);
int scene_use(const struct scene *s, enum asset_what w);
/* The user's own recording or picture that the scene names, a path in the
 * project; NULL where there is none, and for what is of no scene (s NULL). */
const char *scene_file(const struct scene *s, enum asset_what w);

/* Is it STATE_FAILED since its files could not be read or are wrong, and not
 * since a provider refused? Then why says what to do. */
int state_is_faulty(const struct asset_state *a);

/* A scene without a word to say and without a recording has no AudioClip. */
int scene_is_silent(const struct scene *s);

/* The record's path, to be freed: "ROOT/scenes/x/audio.2.json". */
char *asset_record_path(const struct project *p, enum asset_what w,
	const struct scene *s, int take);

/* Everything of a project, in order: script, split, cover, then each scene's
 * audio and image takes. One wrong asset (a file that it names is gone) is
 * STATE_FAILED with why set, so that it never hides the others. */
#define SURVEY_COVER 2 /* its place */

/* Of a film as a whole, asked for each of its parts. */
struct survey_lengths {
	const struct video *of; /* NULL: not known yet */
	char sha256[SHA256_HEX];
};

struct survey {
	struct survey_lengths *lengths;
	struct asset_state *a;
	size_t nr, alloc;
	struct stat_cache *cache;
	size_t *scene_audio, *scene_image; /* index of the take used, of each */
};

int survey_take(struct survey *v, const struct project *p, struct err *e);
void survey_release(struct survey *v);
/* All takes of one kind of scene index i (from 0), which stand side by side. */
const struct asset_state *survey_takes(const struct survey *v,
	enum asset_what w, size_t i, size_t *nr);
/* The used take of scene index i (from 0), ASSET_AUDIO or ASSET_IMAGE. */
struct asset_state *survey_used(const struct survey *v, enum asset_what w,
	size_t i);

/* Is this file, bytes long, a Git LFS pointer in place of what it names? */
int state_is_pointer(const char *path, uint64_t bytes);

#endif
