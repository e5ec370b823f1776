/*
 * Shared by the movie_*.c, sound_*.c and picture_child.c files only: the child
 * that reads, and what it says.
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

/*
 * Child processes, with nothing open but a socket and the file, bound to bytes
 * of memory over what they have and to seconds of work. job (may be -1) is
 * memory that both share.
 */
enum movie_kind { MOVIE_SCAN, MOVIE_DECODE, SOUND_STREAM, SOUND_WHOLE,
	PICTURE_DECODE };
struct movie_task {
	int kind;
	unsigned seconds;
	uint64_t bytes;
};
struct movie_child {
	pid_t pid;  /* 0: the broker's */
	int socket; /* -1: none */
	int leash;  /* -1: none; to the broker, which kills it when this ends */
};
int movie_child_start(struct movie_child *c, int fd, int job,
	const struct movie_task *t);
/* Read exactly n bytes, -1 where the child ended or was idle for too long. */
int movie_child_read(const struct movie_child *c, void *p, size_t n);
/* Kill it. */
void movie_child_stop(struct movie_child *c);
/* Be that child; never comes back. */
void movie_child_run(int socket, int fd, int job, const struct movie_task *t)
	__attribute__((noreturn));
/* The broker starts it: 0. -1: there is none. */
int movie_broker_start(struct movie_child *c, int fd, int job,
	const struct movie_task *t);

/* What the two kinds do. */
void movie_scan_run(int socket, int fd);
void movie_decode_run(int socket, int fd, void *job, size_t len);

/* What lies in the memory that a reader and its child share: this, the key
 * frames, the wanted frames and MOVIE_SLOTS frames. */
struct movie_job {
	struct movie m;          /* without its keys */
	int w, h;
	size_t nr;               /* of wanted frames */
	size_t wants, slots;     /* where they are */
	size_t slot_bytes;       /* of one */
	char why[MOVIE_WHY];     /* what is wrong, from the child */
};
#define MOVIE_FAILED 255 /* in place of a slot's number */
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
