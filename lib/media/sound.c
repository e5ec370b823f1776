#include "media/sound.h"

#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "media/cpu.h"
#include "media/wav.h"

#define SILENCE 0.001f /* -60 dBFS */
#define DITHER_SEED 0x736f756e64u

void
sound_init(struct sound *s, int rate, int channels, size_t frames)
{
	s->rate = rate;
	s->channels = channels;
	s->frames = frames;
	s->sample = xcalloc(frames ? frames * (size_t)channels : 1,
	    sizeof(*s->sample));
}

void
sound_release(struct sound *s)
{
	free(s->sample);
	memset(s, 0, sizeof(*s));
}

double
sound_seconds(const struct sound *s)
{
	return s->rate > 0 ? (double)s->frames / s->rate : 0;
}

int
sound_is_silent(const struct sound *s)
{
	size_t i, n = s->frames * (size_t)s->channels;

	for (i = 0; i < n; i++)
		if (fabsf(s->sample[i]) > SILENCE)
			return 0;
	return 1;
}

void
sound_wav(const struct sound *s, struct strbuf *out)
{
	size_t i, n = s->frames * (size_t)s->channels;
	struct rng r;
	double v;
	long k;
	char *p;

	strbuf_grow(out, WAV_HEADER + n * 2);
	wav_header(out, s->rate, s->channels, (uint64_t)n * 2);
	rng_seed(&r, DITHER_SEED, 0);
	p = out->buf + out->len;
	for (i = 0; i < n; i++) {
		v = s->sample[i] * 32767.0;
		/* Exact silence stays so: a clip's faded ends join clean. */
		if (s->sample[i] != 0)
			v += rng_unit(&r) - rng_unit(&r);
		k = lrint(v);
		k = k > 32767 ? 32767 : k < -32768 ? -32768 : k;
		*p++ = (char)(k & 0xff);
		*p++ = (char)(k >> 8 & 0xff);
	}
	strbuf_setlen(out, out->len + n * 2);
}

/* Room in frames beyond what is wanted, for each that one frame becomes: soxr
 * writes to nowhere at its end where it has more to give than fits. */
#define SPARE 8192

/* soxr at 28 bits where this libswresample has it, else its own filter. */
static struct SwrContext *
resampler(const struct sound *s, int rate, int channels)
{
	static const char *const engine[] = { "soxr", "swr" };
	struct SwrContext *c;
	AVChannelLayout in, out;
	size_t i;

	av_channel_layout_default(&in, s->channels);
	av_channel_layout_default(&out, channels);
	for (i = 0; i < 2; i++) {
		c = NULL;
		cpu_level();
		if (swr_alloc_set_opts2(&c, &out, AV_SAMPLE_FMT_FLT, rate,
		    &in, AV_SAMPLE_FMT_FLT, s->rate, 0, NULL) < 0)
			break;
		av_opt_set(c, "resampler", engine[i], 0);
		if (!i)
			av_opt_set_double(c, "precision", 28, 0);
		if (swr_init(c) >= 0)
			return c;
		swr_free(&c);
	}
	return NULL;
}

int
sound_resample(struct sound *s, int rate, int channels, struct err *e)
{
	struct sound to = SOUND_INIT;
	struct SwrContext *c;
	const uint8_t *in[1];
	uint8_t *out[1];
	size_t want, at = 0, got = 0, n;
	int k, spare = SPARE * (1 + rate / s->rate);

	if (s->rate == rate && s->channels == channels)
		return 0;
	c = resampler(s, rate, channels);
	if (!c)
		return err_set(e, EX_FAILED, "cannot resample %d Hz to %d Hz; "
		    "check the installed libswresample", s->rate, rate);
	want = (size_t)(((__int128)s->frames * rate + s->rate / 2) / s->rate);
	sound_init(&to, rate, channels, want + (size_t)spare);
	do {
		n = s->frames - at > 1 << 16 ? 1 << 16 : s->frames - at;
		in[0] = (const uint8_t *)(s->sample + at * s->channels);
		out[0] = (uint8_t *)(to.sample + got * channels);
		k = swr_convert(c, out, want - got > 1 << 20 ? 1 << 20 :
		    (int)(want - got) + spare, n ? in : NULL, (int)n);
		at += n;
		got += k > 0 ? (size_t)k : 0;
	} while (k >= 0 && got < want && n); /* one call without input */
	swr_free(&c);
	if (k < 0) {
		sound_release(&to);
		return err_set(e, EX_FAILED, "cannot resample %d Hz to %d Hz; "
		    "check the installed libswresample", s->rate, rate);
	}
	/* What the filter still held back at the very end stays silence. */
	to.frames = want;
	sound_release(s);
	*s = to;
	return 0;
}
