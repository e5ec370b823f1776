#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/strbuf.h"
#include "media/sound.h"
#include "media/sound_reader.h"
#include "media/voice_clip.h"
#include "../tests/unit/tap.h"

/* A tone of freq Hz and level amp from .. to seconds of s. */
static void
tone(struct sound *s, double freq, double amp, double from, double to)
{
	size_t i;

	for (i = (size_t)(from * s->rate); i < (size_t)(to * s->rate); i++)
		s->sample[i] += (float)(amp * sin(2 * M_PI * freq *
		    (double)i / s->rate));
}

/* A WAV header with any claim, then n bytes of body. */
static void
wav(struct strbuf *b, int format, int bits, uint32_t rate, uint32_t claim,
    const void *body, size_t n)
{
	uint32_t h[] = { 0x46464952, claim, 0x45564157, 0x20746d66, 16,
		(uint32_t)format | 1 << 16, rate, rate * (uint32_t)bits / 8,
		(uint32_t)bits / 8 | (uint32_t)bits << 16, 0x61746164,
		claim };

	strbuf_reset(b);
	strbuf_add(b, h, sizeof(h));
	strbuf_add(b, body, n);
}

static int
decodes(const struct strbuf *b, struct sound *s)
{
	struct err e = ERR_INIT;

	if (sound_decode(s, "x.wav", b->buf, b->len, &e) == 0)
		return 0;
	printf("# %s\n", e.msg);
	return strstr(e.msg, "x.wav: ") ? e.code : -1;
}

static void
test_bad(void)
{
	static float body[4800];
	static short pcm[4800];
	struct strbuf b = STRBUF_INIT;
	struct sound s = SOUND_INIT;
	size_t i;

	ok(decodes(&b, &s) == EX_DATA, "an empty file is refused");
	strbuf_addstr(&b, "this is no sound at all, whatever its name says");
	ok(decodes(&b, &s) == EX_DATA, "text is refused");
	wav(&b, 1, 16, 16000, 0, "", 0);
	ok(decodes(&b, &s) == EX_DATA, "a header alone is refused");
	wav(&b, 1, 16, 0, 9600, pcm, sizeof(pcm));
	ok(decodes(&b, &s) == EX_DATA, "0 Hz is refused");
	wav(&b, 1, 16, 300000, 9600, pcm, sizeof(pcm));
	ok(decodes(&b, &s) == EX_DATA, "300 kHz is refused");
	for (i = 0; i < 4800; i++) {
		body[i] = i == 99 ? NAN : 0.1f;
		pcm[i] = (short)(i % 100 * 100);
	}
	wav(&b, 3, 32, 48000, sizeof(body), body, sizeof(body));
	ok(decodes(&b, &s) == EX_DATA, "samples that are no numbers");
	wav(&b, 1, 16, 48000, 0xFFFFFFFF, pcm, sizeof(pcm));
	ok(decodes(&b, &s) == 0 && s.frames == 4800,
	    "a header that lies of hours gives what is there");
	sound_release(&s);
	strbuf_setlen(&b, b.len - 2001);
	ok(decodes(&b, &s) == 0 && s.frames == 3799,
	    "a truncated file gives its whole samples");
	sound_release(&s);
	memset(pcm, 0, sizeof(pcm));
	wav(&b, 1, 16, 48000, sizeof(pcm), pcm, sizeof(pcm));
	ok(decodes(&b, &s) == 0 && sound_is_silent(&s), "silence is silent");
	sound_release(&s);
	strbuf_release(&b);
}

static void
test_wav(void)
{
	struct sound s, t;
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct err e = ERR_INIT;
	double worst = 0;
	size_t i;

	sound_init(&s, 44100, 1, 44100);
	tone(&s, 440, 0.5, 0, 1);
	sound_wav(&s, &a);
	sound_wav(&s, &b);
	ok(a.len == 44 + 88200 && b.len == a.len &&
	    !memcmp(a.buf, b.buf, a.len), "dither is the same each time");
	ok(sound_decode(&t, "a", a.buf, a.len, &e) == 0 && t.rate == 44100 &&
	    t.channels == 1 && t.frames == 44100, "reads back");
	for (i = 0; i < t.frames; i++)
		worst = fmax(worst, fabs(t.sample[i] - s.sample[i]));
	ok(worst < 3 / 32768.0, "within the dither (%.6f)", worst);
	ok(sound_resample(&t, 48000, 2, &e) == 0 && t.frames == 48000 &&
	    t.channels == 2, "resampled to 48 kHz stereo");
	ok(t.sample[2 * 12345] == t.sample[2 * 12345 + 1],
	    "mono goes to both sides");
	sound_release(&s);
	sound_release(&t);
	strbuf_release(&a);
	strbuf_release(&b);
}

static void
test_clip(void)
{
	struct voice_level l;
	struct sound s;
	struct err e = ERR_INIT;
	double lufs, peak, dc = 0, rumble;
	size_t i;

	sound_init(&s, 16000, 1, 48000);
	for (i = 0; i < s.frames; i++)
		s.sample[i] = 0.05f;
	tone(&s, 300, 0.1, 1, 2);
	ok(voice_clip_clean(&s, "x", &l, &e) == 0, "cleaned");
	ok(s.rate == 48000 && s.channels == 1, "48 kHz mono");
	ok(fabs(l.head - 0.97) < 0.005, "30 ms kept before (%.4f)", l.head);
	ok(fabs(sound_seconds(&s) - 1.06) < 0.02, "and after (%.4f)",
	    sound_seconds(&s));
	voice_clip_loudness(&s, &lufs, &peak, &e);
	ok(fabs(lufs + 18) < 0.2, "at -18 LUFS (%.2f)", lufs);
	for (i = 0; i < s.frames; i++)
		dc += s.sample[i];
	ok(fabs(dc / (double)s.frames) < 0.001, "DC is gone");
	ok(s.sample[0] == 0 && s.sample[s.frames - 1] == 0, "faded");
	sound_release(&s);

	sound_init(&s, 48000, 1, 4800);
	tone(&s, 500, 0.02, 0, 0.1);
	ok(voice_clip_clean(&s, "x", &l, &e) == 0 && fabs(l.lufs + 18) < 0.5,
	    "100 ms are levelled too (%.2f)", l.lufs);
	sound_release(&s);

	sound_init(&s, 48000, 1, 96000);
	tone(&s, 300, 0.05, 0, 2);
	tone(&s, 900, 0.9, 1, 1.001);
	ok(voice_clip_clean(&s, "x", &l, &e) == 0 && l.peak <= -2.99,
	    "a single click is eased under -3 dBTP (%.2f)", l.peak);
	ok(fabs(l.lufs + 18) < 0.5 && l.eased > 3,
	    "and does not set the level (%.2f, eased %.1f dB)", l.lufs,
	    l.eased);
	sound_release(&s);

	sound_init(&s, 48000, 1, 48000);
	tone(&s, 20, 0.3, 0, 1);
	tone(&s, 1000, 0.03, 0, 1);
	voice_clip_clean(&s, "x", &l, &e);
	for (rumble = 0, i = 0; i < s.frames; i++)
		rumble += s.sample[i] * sin(2 * M_PI * 20 * (double)i / 48000);
	rumble = 2 * fabs(rumble) / (double)s.frames;
	voice_clip_loudness(&s, &lufs, &peak, &e);
	ok(rumble < peak, "rumble is cut (%.3f of %.3f)", rumble, peak);
	sound_release(&s);

	sound_init(&s, 48000, 1, 48000);
	e.code = 0;
	ok(voice_clip_clean(&s, "x", &l, &e) < 0 && e.code == EX_DATA,
	    "silence is refused");
	sound_release(&s);
	sound_init(&s, 48000, 1, 0);
	ok(voice_clip_clean(&s, "x", &l, &e) < 0 && e.code == EX_DATA,
	    "nothing is refused");
	sound_release(&s);
}

/* Through a file and the reader: frames that come out at SOUND_RATE. */
static size_t
reads(const struct sound *s)
{
	static float out[2 * 4096];
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct sound_reader *r;
	size_t got = 0;
	long k;

	sound_wav(s, &b);
	file_write("rate.wav", b.buf, b.len, &e);
	strbuf_release(&b);
	r = sound_reader_open("rate.wav", &e);
	while (r && (k = sound_reader_read(r, out, 4096, &e)) > 0)
		got += (size_t)k;
	sound_reader_close(r);
	unlink("rate.wav");
	return got;
}

/* The resampler's end once wrote to nowhere: for some lengths only. */
static void
test_rates(void)
{
	static const int from[] = { 11025, 44100, 96000, 192000 };
	static const int to[] = { 8000, 16000, 44100, 48000 };
	struct err e = ERR_INIT;
	struct sound s;
	size_t i, k, n, bad = 0, short_of = 0, got;

	for (i = 0; i < 4; i++)
		for (n = 1; n < 100000; n = n * 3 / 2 + 1) {
			for (k = 0; k < 4; k++) {
				sound_init(&s, from[i], 1, n);
				bad += sound_resample(&s, to[k], 1, &e) < 0 ||
				    s.rate != to[k];
				sound_release(&s);
			}
			sound_init(&s, from[i], 1, n);
			tone(&s, 440, 0.5, 0, (double)n / from[i]);
			got = n > 4096 ? reads(&s) : n;
			short_of += n > 4096 && fabs((double)got - (double)n *
			    SOUND_RATE / from[i]) > 2;
			sound_release(&s);
		}
	ok(bad == 0, "any length is resampled from any rate to any");
	ok(short_of == 0, "and read at its length");
}

int
main(void)
{
	test_bad();
	test_wav();
	test_clip();
	test_rates();
	return done_testing();
}
