/*
 * Music and sounds among a film's inputs.
 */
#ifndef STORE_FILM_SOUND_H
#define STORE_FILM_SOUND_H

#include "base/hash.h"
#include "store/film_state.h"
#include "store/request.h"

/* A file that project.yaml (scene NULL) or a scene.yaml names under key: its
 * path, to be freed, and SHA-256; NULL where it leads out of the project, is
 * no plain file or is not there. */
char *film_sound_file(const struct project *p, const struct scene *scene,
	const char *key, const char *file, struct stat_cache *c,
	char sha[SHA256_HEX], struct err *e);

/* Add "music", "music.level" and, where they are not the usual, "music.from",
 * "music.loop", "music.fade". */
int film_sound_add_music(struct request *r, const struct project *p,
	const struct video *v, const struct survey *s, struct err *e);

/* Add "00001.sound.1" for each sound of the film's scene i (from 0): its
 * SHA-256 and how it is played. */
int film_sound_add_scene(struct request *r, const struct project *p,
	const struct video *v, const struct survey *s, size_t i,
	struct err *e);

#endif
