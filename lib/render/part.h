/*
 * Parts: the pieces of a film that are encoded each on its own, kept by
 * digest, and joined by copying. A part's digest holds what its pictures are
 * made of and nothing else: not its place in the film, no path, no neighbour
 * but the other side of a transition.
 */
#ifndef RENDER_PART_H
#define RENDER_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"
#include "media/encode.h"
#include "render/film.h"
#include "render/motion.h"
#include "render/timeline.h"

#define PART_FRAMES 90      /* of a body's chunk; its last: 60 to 120 */
#define PART_FRAMES_MAX 4096 /* more in a file is refused */
#define PART_BYTES_MAX (512u << 20)

/* One picture moving, from its frame `first` (counted from its voice). */
struct shot {
	size_t scene;
	int64_t first;
	struct motion motion;
};

struct part {
	int64_t at;       /* its first frame in the film */
	int frames;
	size_t scene;     /* the scene it is made for */
	struct shot a, b; /* b only in a transition */
	int transition;   /* 1: from a to b */
	int cut;          /* that is a step in its middle */
	int kind;         /* enum film_transition */
	int cross, lead;  /* it takes so many frames, after lead of a alone */
	char key[SHA256_HEX];
};

struct part_list {
	struct part *part;
	size_t nr, alloc;
	struct encode_settings settings;
};

/* The film's parts in order: those made for the nr scenes at scene, or all
 * where scene is NULL. EX_DATA for a scene that they show without a picture or
 * whose image_w and image_h are not set. */
int part_list_make(struct part_list *l, const struct film *f,
	const struct timeline *t, const size_t *scene, size_t nr,
	struct err *e);
void part_list_release(struct part_list *l);

/* dir/KEY.part, to be freed. */
char *part_path(const struct part *p, const char *dir);

/*
 * The file: "STUDPART", a version, frames, delay, lengths of header and data,
 * all as 32-bit big endian; a line of 12 bytes a packet (frame, size, key);
 * header; data; SHA-256 of all that. part_save is atomic. part_load refuses
 * (EX_DATA) a file that is not whole.
 */
int part_save(const char *path, const struct encoded *r, struct err *e);
int part_load(const char *path, struct encoded *r, struct err *e);

/* Is a part of that many frames there and whole, as far as its size and head
 * say? (Its hash is checked when it is joined.) */
int part_is_there(const char *path, int frames);

#endif
