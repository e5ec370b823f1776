/*
 * H.264 by libx264, one closed run of frames at a time: the same frames and
 * settings give the same bytes, on any number of cores, since one encoder uses
 * one thread.
 */
#ifndef MEDIA_ENCODE_H
#define MEDIA_ENCODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "media/yuv.h"

struct encode_settings {
	int w, h, fps;
	const char *preset;   /* x264's: "veryfast" */
	int crf;
	int maxrate, bufsize; /* kbit/s, kbit */
	int keyint;           /* most frames from key frame to key frame */
	int level;            /* times 10 */
};

/* A finished run: packets in decoding order, their presentation as the number
 * of the frame within the run. */
struct encoded_packet {
	int32_t frame;
	uint32_t size;
	size_t offset; /* in data */
	int key;
};

struct encoded {
	int frames;
	int delay;             /* frames by which decoding runs ahead */
	struct strbuf header;  /* SPS and PPS, the same for equal settings */
	struct strbuf data;
	struct encoded_packet *packet;
	size_t nr, alloc;
};

#define ENCODED_INIT { 0, 0, STRBUF_INIT, STRBUF_INIT, NULL, 0, 0 }

void encoded_release(struct encoded *r);

struct encoder;

/* The first frame will be a key frame. */
struct encoder *encoder_open(const struct encode_settings *s, struct err *e);
/* Where the next frame is to be drawn. */
struct yuv *encoder_frame(struct encoder *c, struct err *e);
/* Encode what was drawn; key 1 makes it a key frame. */
int encoder_push(struct encoder *c, int key, struct encoded *out,
	struct err *e);
/* The rest of the packets. */
int encoder_finish(struct encoder *c, struct encoded *out, struct err *e);
void encoder_close(struct encoder *c); /* c may be NULL */

/* Name and version of the encoding library, for digests and records. */
const char *encoder_version(void);

#endif
