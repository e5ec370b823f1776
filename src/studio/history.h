/*
 * The history of scenes, from git: which commits changed a scene, wherever its
 * folder was then. A scene is its id, as its scene.yaml has it.
 */
#ifndef STUDIO_HISTORY_H
#define STUDIO_HISTORY_H

#include <stddef.h>

#include "base/uuid.h"
#include "store/git.h"

#define NO_COMMIT ((size_t)-1)

struct history_commit {
	char id[GIT_ID], tree[GIT_ID];
	char *date;       /* of its author, RFC 3339 */
	char *author, *subject;
	size_t *parent;   /* indices of commits; NO_COMMIT: older than all */
	size_t parents;
	size_t pair;      /* first of its pairs, as many as parents (one
			     where it has none) */
};

/* A file of a scene's folder that differs between a commit and a parent. */
struct history_change {
	char *dir;                     /* below scenes/ */
	const char *file;              /* in dir */
	char was[GIT_ID], now[GIT_ID]; /* blobs; zeros: no file */
};

struct history_pair {
	size_t from, to; /* its changes */
};

struct history_head {
	char *dir;
	char id[UUID_LEN];
};

struct history {
	const struct git *git;
	struct history_commit *commit; /* children before their parents */
	size_t nr, alloc;
	struct history_pair *pair;
	size_t pairs;
	struct history_change *change;
	size_t changes, change_alloc;
	struct git_blobs blobs;        /* of each scene.yaml */
	struct history_head *head;     /* the scenes at HEAD */
	size_t heads, head_alloc;
};

/* Read what HEAD's commits did below scenes/. EX_CONF where nothing was
 * committed yet. */
int history_read(struct history *h, const struct git *g, struct err *e);
void history_release(struct history *h);

/* The id that a scene.yaml says, also one that is no valid YAML: 1, else 0. */
int scene_id_in(const char *text, size_t len, char out[UUID_LEN]);

/* "scenes/000100-x/scene.yaml": *file is what is behind the folder, and the
 * length of its name is returned; 0 where path is in no scene's folder. *dir
 * is where the name begins. */
size_t scene_dir_in(const char *path, const char **dir, const char **file);

/* The id of the scene that name means: "@" and the start of an id, the start
 * of an id of at least four characters, or the name of a folder, be it at HEAD
 * or, else, only in history. EX_BADUSE where there is none, or several. */
int history_find(const struct history *h, const char *name,
	char id[UUID_LEN], struct err *e);

/* The folder of a scene at HEAD; NULL: it is not there. */
const char *history_at_head(const struct history *h, const char *id);

struct history_step {
	size_t commit;   /* changed the scene, against each of its parents */
	size_t parent;   /* the first; NO_COMMIT: there is none */
	const char *was, *now; /* its folder; NULL: it was not there */
};

struct history_steps {
	struct history_step *v; /* newest first */
	size_t nr, alloc;
};

void history_steps(const struct history *h, const char *id,
	struct history_steps *out);

#endif
