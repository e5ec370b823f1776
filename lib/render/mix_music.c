#include "render/mix_music.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/highpass.h"
#include "media/sound_reader.h"
#include "render/mix_curve.h"

#define PART 4096 /* frames read at a time */

struct mix_music_player {
	const struct film_music *music;
	const struct music_span *span;
	/* The round that plays, the next one while both sound, and the place
	 * in the file of the round's next frame. */
	struct sound_reader *round, *next;
	int64_t place;
	struct highpass highpass;
	int64_t at, length;    /* of what is heard */
	double in, out;        /* frames of the fades */
	float beneath[2 * PART];
};

struct mix_music_player *
mix_music_open(const struct film_music *m, const struct music_span *span,
    int64_t total)
{
	struct mix_music_player *p = xcalloc(1, sizeof(*p));

	p->music = m;
	p->span = span;
	p->place = span->from;
	p->length = total;
	if (span->back < 0 && span->to - span->from < total)
		p->length = span->to - span->from;
	p->in = (m->fade_in > 0 ? m->fade_in : MUSIC_FADE_IN) * SOUND_RATE;
	p->out = (m->fade_out > 0 ? m->fade_out : MUSIC_FADE_OUT) *
	    SOUND_RATE;
	/* In a short film the fades that nobody asked for are shorter. */
	if ((double)p->length < 3 * (p->in + p->out)) {
		if (!(m->fade_in > 0))
			p->in = fmin(p->in, (double)p->length / 6);
		if (!(m->fade_out > 0))
			p->out = fmin(p->out, (double)p->length / 4);
	}
	return p;
}

void
mix_music_close(struct mix_music_player *p)
{
	if (!p)
		return;
	sound_reader_close(p->round);
	sound_reader_close(p->next);
	free(p);
}

/* The file from that frame on. */
static struct sound_reader *
open_at(const struct mix_music_player *p, int64_t frame, struct err *e)
{
	struct sound_reader *r = sound_reader_open(p->music->path, e);

	if (r && sound_reader_read(r, NULL, (size_t)frame, e) < 0) {
		sound_reader_close(r);
		return NULL;
	}
	return r;
}

/* Read exactly n frames, silence after the end. */
static int
read_full(struct sound_reader *r, float *out, int64_t n, struct err *e)
{
	long k = sound_reader_read(r, out, (size_t)n, e);

	if (k < 0)
		return -1;
	memset(out + 2 * k, 0, (size_t)(n - k) * 2 * sizeof(*out));
	return 0;
}

/* The last stretch of a round, with what comes before its new start beneath.
 * What is alike would swell in the middle of a fade of equal power, by as much
 * as it is alike. */
static int
cross(struct mix_music_player *p, float *out, int64_t n, struct err *e)
{
	int64_t i, seam = p->span->to - MUSIC_SEAM;
	double x, a, b, norm;

	if (!p->next)
		p->next = open_at(p, p->span->back - MUSIC_SEAM + p->place -
		    seam, e);
	if (!p->next || read_full(p->next, p->beneath, n, e) < 0)
		return -1;
	for (i = 0; i < n; i++) {
		x = (double)(p->place + i - seam) / MUSIC_SEAM * M_PI / 2;
		a = cos(x);
		b = sin(x);
		norm = 1 / sqrt(1 + 2 * a * b * p->span->match);
		a *= norm;
		b *= norm;
		out[2 * i] = (float)(out[2 * i] * a + p->beneath[2 * i] * b);
		out[2 * i + 1] = (float)(out[2 * i + 1] * a +
		    p->beneath[2 * i + 1] * b);
	}
	return 0;
}

/* Frames up to the next change of what is played. */
static int64_t
stretch(const struct mix_music_player *p, int64_t n)
{
	int64_t seam = p->span->to - MUSIC_SEAM, k = PART;

	if (p->span->back >= 0)
		k = p->place < seam ? seam - p->place :
		    p->span->to - p->place;
	k = k < PART ? k : PART;
	return k < n ? k : n;
}

static int
play(struct mix_music_player *p, float *out, int64_t n, struct err *e)
{
	int64_t done, k;
	int loops = p->span->back >= 0;

	if (!p->round)
		p->round = open_at(p, p->place, e);
	if (!p->round)
		return -1;
	for (done = 0; done < n; done += k) {
		k = stretch(p, n - done);
		if (read_full(p->round, out + 2 * done, k, e) < 0)
			return -1;
		if (loops && p->place >= p->span->to - MUSIC_SEAM &&
		    cross(p, out + 2 * done, k, e) < 0)
			return -1;
		p->place += k;
		if (!loops || p->place != p->span->to)
			continue;
		sound_reader_close(p->round);
		p->round = p->next;
		p->next = NULL;
		p->place = p->span->back;
	}
	return 0;
}

int
mix_music_read(struct mix_music_player *p, float *out, int64_t n,
    struct err *e)
{
	int64_t i, heard = p->length - p->at;
	double g;

	heard = heard < 0 ? 0 : heard < n ? heard : n;
	if (heard && play(p, out, heard, e) < 0)
		return -1;
	memset(out + 2 * heard, 0, (size_t)(n - heard) * 2 * sizeof(*out));
	highpass_run(&p->highpass, out, (size_t)heard);
	for (i = 0; i < heard; i++) {
		g = mix_curve((double)(p->at + i) / p->in) *
		    mix_curve((double)(p->length - 1 - p->at - i) / p->out);
		out[2 * i] = (float)(out[2 * i] * g);
		out[2 * i + 1] = (float)(out[2 * i + 1] * g);
	}
	p->at += n;
	return 0;
}
