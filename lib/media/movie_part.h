/*
 * Shared by the movie_*.c files only: the child that reads, and what it says.
 */
#ifndef MEDIA_MOVIE_PART_H
#define MEDIA_MOVIE_PART_H

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <sys/types.h>

#include "media/movie.h"

#define MOVIE_WHY 200

/* The file as libavformat sees it; in the child. */
struct movie_file {
	AVIOContext *io;
	AVFormatContext *format;
	int64_t pos, len;
	int fd;
	int stream, sound; /* indices; sound -1: none */
	int is_gif;
};

/* Open and find the streams. -1 with why filled. */
int movie_file_open(struct movie_file *f, int fd, char *why);
void movie_file_close(struct movie_file *f);
/* A decoder of the picture, one thread; NULL with why filled. */
AVCodecContext *movie_codec_open(const struct movie_file *f, int delay,
	char *why);
/* why = text, -1. */
int movie_why(char *why, const char *text);

/* Child processes: run(ctx, socket, fd) in one, with nothing open but those
 * two, bound to bytes of memory over what it has and to seconds of work. */
struct movie_child {
	pid_t pid;
	int socket; /* -1: none */
};
struct movie_bounds {
	uint64_t bytes;
	unsigned seconds;
};
int movie_child_start(struct movie_child *c, int fd,
	const struct movie_bounds *b, void (*run)(void *ctx, int socket,
	int fd), void *ctx);
/* Read exactly n bytes, -1 where the child ended or was idle for too long. */
int movie_child_read(const struct movie_child *c, void *p, size_t n);
/* Kill it, and reap it. */
void movie_child_stop(struct movie_child *c);

/* What the child of a reader is to do. */
struct movie_job {
	const struct movie *m;
	const struct movie_want *want;
	size_t nr;
	char *why;         /* MOVIE_WHY bytes that both see */
	struct yuv *slot;  /* the same */
};
#define MOVIE_FAILED 255 /* in place of a slot's number */
void movie_decode(void *job, int socket, int fd);
/* The last key frame, in the order of the file, that is shown at or before
 * the tick; what it leads is shown after it. */
size_t movie_key_for(const struct movie *m, int64_t at);

/* Frames as decoded to yuv of BT.709 in limited range, upright. */
struct movie_convert;
struct movie_convert *movie_convert_new(const struct movie *m, int w, int h);
void movie_convert_free(struct movie_convert *c);
/* -1 with why filled. */
int movie_convert_run(struct movie_convert *c, const AVFrame *f,
	struct yuv *out, char *why);
/* Can its colours be shown? 0, or -1 with why; warning is filled or "". */
int movie_colour_check(const AVFrame *f, char *warning, char *why);

/* Remove combs of two fields in one plane, in place. */
void movie_weave_plane(uint8_t *p, int stride, int w, int h);

/* From any of the matrices to BT.709, and to limited range, in place. */
struct movie_matrix {
	int same;       /* nothing to do */
	int y, cb, cr;  /* to luma, times 2^14 */
	int y_in, y_out;
	int bb, br, rb, rr; /* Cb from Cb, from Cr; Cr from Cb, from Cr */
};
void movie_matrix_set(struct movie_matrix *m, double kr, double kb, int full);
void movie_matrix_run(const struct movie_matrix *m, struct yuv *v);

#endif
