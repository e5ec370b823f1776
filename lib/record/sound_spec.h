/*
 * What a project says of the sound of a film: its music, and the sounds of its
 * scenes.
 */
#ifndef RECORD_SOUND_SPEC_H
#define RECORD_SOUND_SPEC_H

#include <stddef.h>

#include "base/error.h"
#include "record/node.h"

#define SCENE_SOUNDS_MAX 16      /* of one scene */
#define SOUND_LEVEL_DEFAULT (-6.0) /* dB, of a scene's sound */
#define MUSIC_LEVEL_DEFAULT 20.0 /* LU below the voice */
#define MUSIC_LEVEL_LIVELY 15.0  /* "lively" */

struct music_spec {
	const char *file;
	double level;    /* LU below the voice */
	double from;     /* s into the file; 0: where it is best */
	double fade_in, fade_out; /* s; negative: not said */
	int once;        /* loop: false */
};

struct sound_spec {
	const char *file;
	double at;       /* s after the scene's start */
	double level;    /* dB */
	int through;
};

/* The music of a video whose entry is video (may be NULL), else the project's.
 * Returns 0 where there is none. Both were checked. */
int music_spec_read(struct music_spec *m, const struct node *project,
	const struct node *video);

/* How many sounds a scene has, and the i-th of them (from 0). */
size_t sound_spec_nr(const struct node *scene);
void sound_spec_read(struct sound_spec *s, const struct node *scene,
	size_t i);

/* Check music: of project.yaml (index 0), or of the index-th of videos:. */
int schema_check_music(const char *file, const struct node *doc,
	size_t index, struct err *e);
/* Check sound: of a scene.yaml. */
int schema_check_sound(const char *file, const struct node *doc,
	struct err *e);

#endif
