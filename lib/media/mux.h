/*
 * MP4 (ISO/IEC 14496-12 and -14): H.264 packets and a ready AAC track into one
 * file, moov first, without edit lists and without times of day.
 */
#ifndef MEDIA_MUX_H
#define MEDIA_MUX_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct mux_chapter {
	int64_t start_ms, end_ms;
	const char *title;
};

struct mux_settings {
	int w, h, fps;
	const void *header;   /* SPS and PPS as libx264 gives them */
	size_t header_len;
	int delay;            /* frames by which decoding runs ahead */
	const char *audio;    /* path of the track, NULL: no sound */
	const char *title, *description, *date; /* any may be NULL */
	const char *language; /* BCP 47 */
	const struct mux_chapter *chapter;
	size_t chapter_nr;
};

struct mux;

/* Write to path, which exists (a temp file). s is used until mux_finish. */
struct mux *mux_open(const char *path, const struct mux_settings *s,
	struct err *e);
/* Packets in decoding order; frame is the presentation's number. */
int mux_video(struct mux *m, const void *data, size_t len, int64_t frame,
	int key, struct err *e);
/* The rest of the sound, and the index moved to the front. */
int mux_finish(struct mux *m, struct err *e);
void mux_close(struct mux *m); /* m may be NULL; frees it in any case */

/* The ISO 639-2/T code ("deu") of a BCP 47 tag ("de-AT"); "und" where it is
 * not one that we know. */
const char *mux_language(const char *tag);

#endif
