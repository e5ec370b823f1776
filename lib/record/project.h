/*
 * A project folder, read whole: project.yaml, pinned settings, lexicon,
 * characters and the scenes in order. Nothing is written here but by the
 * functions that say so.
 */
#ifndef RECORD_PROJECT_H
#define RECORD_PROJECT_H

#include "base/error.h"
#include "base/uuid.h"
#include "record/kept_tree.h"
#include "record/motion_spec.h"
#include "record/node.h"

struct scene {
	char *dir;        /* folder name below scenes/, "000100-3f9a1c2e" */
	unsigned key;     /* its order key, 100 */
	size_t index;     /* position, from 1 */
	struct node *doc; /* scene.yaml; the strings below point into it */
	const char *id;   /* UUID; NULL while the scene is not completed */
	const char *text; /* never NULL */
	const char *say;  /* these are NULL when not set: */
	const char *notes, *speaker;
	const char *voice;
	const char *audio_file, *image_file;
	const char *prompt, *style;
	const char *transition;
	double speed;     /* 0 when not set */
	int audio_takes, audio_use; /* 0 when not set; use counts from 1 */
	int image_takes, image_use;
	int has_focus;
	double focus_x, focus_y; /* 0..1 of the picture */
	/* of a picture that moves: */
	double clip_from, clip_to; /* seconds; clip_to 0 when not set */
	const char *clip_fit, *clip_sound;
	double duration;  /* seconds; 0 when not set */
	double transition_seconds; /* 0 when not set */
	struct motion_spec motion;
};

struct video {
	const char *name;   /* [a-z0-9-]+ */
	const char *preset;
	const char *language;
	struct node *doc;   /* its entry in videos:, NULL for the default one */
	int pictures;       /* 0: it is sound alone, NAME.m4a */
	int audio_file;     /* 1: there is a NAME.m4a, alone or beside */
	size_t *scene;      /* indices into scenes (from 0), in film order */
	size_t nr;
};

struct project {
	char *root;            /* absolute */
	struct node *doc;      /* project.yaml */
	struct node *settings; /* settings.yaml, parents' values merged in */
	struct node *lexicon;  /* merged map, word to how it is spoken */
	struct node *characters; /* merged map */
	struct node *caption_styles; /* merged map */
	const char *id, *title, *description; /* description may be NULL */
	/* never NULL; category and target_length are "" when not set */
	const char *platform, *category, *tone, *target_length, *language;
	struct scene *scene;
	size_t nr;             /* of scenes */
	struct video *video;   /* of videos:, or the one default film */
	size_t video_nr;
	struct kept_tree *kept; /* what is known of its files */
	int lean;              /* of project_open_lean */
};

/* The nearest folder at or above from that holds project.yaml; to be freed.
 * NULL with EX_CONF when there is none. */
char *project_find(const char *from, struct err *e);

/* Read and check everything. A folder of the project's that is a symbolic link
 * is EX_DATA: what is written there would lie elsewhere. Scene folders that
 * have no id yet are listed with id NULL (split-scenes completes them). Two
 * equal ids are EX_DATA and the message names both folders and the cure. */
int project_load(struct project *p, const char *root, struct err *e);
/* Both: load the project in or above from. */
int project_open(struct project *p, const char *from, struct err *e);
/* The same for who asks for states alone and changes no tree: those of the
 * scenes are lent by what is kept, and records are loaded without their long
 * parts (asset_load_kept). */
int project_open_lean(struct project *p, const char *from, struct err *e);
void project_release(struct project *p);

/* Lend a project that has none the scenes of a list of maps, each as a
 * scene.yaml has it; the list's items are taken over, and nothing is written.
 * A film whose scenes: do not fit them has them all. */
void project_lend_scenes(struct project *p, struct node *list);

/* Path in the project, to be freed:
 * project_path(p, "scenes/%s/audio.json", d) */
char *project_path(const struct project *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* A scene by position ("3"), folder name, or "@" and the start of its id;
 * NULL with EX_BADUSE naming what there is. */
struct scene *project_scene(const struct project *p, const char *name,
	struct err *e);
/* Append to list (indices from 0) the scenes of "3", "3-5", "2,4-6", a folder
 * or @id. */
int project_scenes(const struct project *p, const char *spec, size_t **list,
	size_t *nr, struct err *e);
struct video *project_video(const struct project *p, const char *name,
	struct err *e);
/* Set pictures and audio_file from the video's format and preset: "audio" has
 * no pictures; without a format a podcast has both files. */
void video_set_format(struct video *v);
/* Has any film of the project pictures? */
int project_has_pictures(const struct project *p);

/* Setting as text: the scene's speaker, then settings, then fallback. */
const char *project_setting(const struct project *p, const char *path,
	const char *fallback);

/* The records as trees with what is derived (index, projectId, updatedAt,
 * status) laid in; to be freed. status is given by the caller. */
struct node *project_json(const struct project *p, const char *status);
struct node *scene_json(const struct project *p, const struct scene *s);

#endif
