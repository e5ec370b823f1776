/*
 * Shared by the sound_*.c files only: sound files are decoded in a child (see
 * movie_part.h), which may open nothing and whose memory and time are bound,
 * and come back through a socket, a struct sound_block and its samples after
 * the other.
 */
#ifndef MEDIA_SOUND_PART_H
#define MEDIA_SOUND_PART_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "media/movie_part.h"
#include "media/sound.h"

/* Of frames * channels floats, or of a message where code is not 0; none of
 * both ends the sound, or says that it can be read. */
#define SOUND_BLOCK_FRAMES (1u << 25)
struct sound_block {
	uint32_t frames, channels;
	int32_t rate, code;
};

/* ---- the child's side; none of these comes back where the parent is gone */

/* Be the child: decode what fd holds and write it. */
void sound_child_run(int kind, int socket, int fd) __attribute__((noreturn));
/* As 48 kHz stereo; at its own rate with 1 or 2 channels. -1: EX_DATA, without
 * the file's name. */
int sound_stream(int socket, int fd, struct err *e);
int sound_whole(int socket, int fd, struct err *e);
void sound_say(int socket, int rate, int channels);
void sound_give(int socket, const float *p, size_t frames, int channels);
/* EX_DATA: what is wrong with the file, and the kinds that are read. */
int sound_bad(const char *what, struct err *e);

/* ---- the parent's side */

struct sound_child {
	struct movie_child child;
	const char *name; /* of the file, for messages; borrowed */
	int lost;         /* it ended without having said why */
};

/* Start it for the file that fd holds; kind is SOUND_STREAM or SOUND_WHOLE. */
int sound_child_start(struct sound_child *c, int fd, int kind, struct err *e);
/* The next block's head. What the child says is bounded, and not believed
 * beyond that. */
int sound_child_next(struct sound_child *c, struct sound_block *b,
	struct err *e);
/* Its samples, or a part of them: n floats. */
int sound_child_data(struct sound_child *c, float *p, size_t n,
	struct err *e);
void sound_child_stop(struct sound_child *c);

#endif
