#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "provider/speech.h"
#include "provider/speech_file.h"
#include "provider/speech_join.h"
#include "../tests/unit/tap.h"

/* A piece: a tone with silence around it, cut in the tone at its highest; one
 * word from 0.4 to 1.1 s. */
static void
piece(struct speech_piece *p, int rate, int channels, double amp,
    const char *warning)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct sound s;
	size_t i, from = (size_t)rate / 4;

	sound_init(&s, rate, channels, (size_t)rate * 3 / 2);
	for (i = from * (size_t)channels; i < (size_t)(rate + rate / 4) *
	    (size_t)channels; i++)
		s.sample[i] = (float)(amp * cos(2 * M_PI * 200 *
		    (double)(i / (size_t)channels - from) / rate));
	sound_wav(&s, &b);
	sound_release(&s);
	memset(p, 0, sizeof(*p));
	speech_result_init(&p->r);
	ok(speech_file_read("x", &b, &p->r, &e) == 0, "a piece %s", e.msg);
	p->r.word = xcalloc(1, sizeof(*p->r.word));
	p->r.word_nr = 1;
	p->r.trim_start = 0.3;
	p->r.trim_end = 1.2;
	p->r.word[0].start = 0.4;
	p->r.word[0].end = 1.1;
	p->r.word[0].len = 3;
	snprintf(p->r.voice, sizeof(p->r.voice), "alloy");
	strbuf_addstr(&p->r.warnings, warning);
}

static double
rms(const struct sound *s, double from, double to)
{
	size_t i, a = (size_t)(from * s->rate), b = (size_t)(to * s->rate);
	double sum = 0;

	for (i = a; i < b; i++)
		sum += (double)s->sample[i] * s->sample[i];
	return sqrt(sum / (double)(b - a));
}

static void
test_join(void)
{
	struct speech_piece p[3];
	struct speech_result r;
	struct err e = ERR_INIT;
	double len[3], total, step = 0, inner, at;
	size_t i;

	piece(&p[0], 24000, 1, 0.1, "one\n");
	piece(&p[1], 24000, 2, 0.3, "one\ntwo\n");
	piece(&p[2], 44100, 1, 0.04, "");
	p[0].inside = 1;
	p[1].shift = 10;
	p[2].shift = 20;
	for (i = 0; i < 3; i++)
		len[i] = p[i].r.trim_end - p[i].r.trim_start;
	total = len[0] + 0.15 + len[1] + 0.35 + len[2];
	speech_result_init(&r);
	if (!ok(speech_join("x", p, 3, &r, &e) == 0, "joined %s", e.msg))
		return;
	ok(r.sound.rate == 24000 && r.sound.channels == 1, "24 kHz, mono");
	ok(fabs(sound_seconds(&r.sound) - total) < 3.0 / 24000,
	    "%.4f s of %.4f", sound_seconds(&r.sound), total);
	is(r.extension, "wav", "a WAV");
	ok(r.bytes.len == 44 + r.sound.frames * 2, "of 16 bits");
	/* Inside a tone of amplitude 0.1 at 200 Hz a step is 2 pi 200 / rate
	 * of it; a cut without a fade would be all of it. */
	inner = 0.1 * 2 * M_PI * 200 / 24000;
	for (i = 1; i < r.sound.frames; i++)
		step = fmax(step, fabs(r.sound.sample[i] -
		    r.sound.sample[i - 1]));
	ok(step < inner * 1.3 + 2 / 32767.0, "no step at a seam: %.4f (%.4f)",
	    step, inner);
	ok(r.sound.sample[0] == 0, "it begins at nothing");
	ok(r.word_nr == 3, "three words");
	is(r.timing, "tts", "their times were given");
	at = 0;
	for (i = 0; i < 3; i++) {
		ok(fabs(r.word[i].start - (at + 0.1)) < 1e-4 &&
		    fabs(r.word[i].end - (at + 0.8)) < 1e-4 &&
		    r.word[i].off == i * 10 && r.word[i].len == 3,
		    "word %zu: %.3f-%.3f", i, r.word[i].start, r.word[i].end);
		ok(fabs(20 * log10(rms(&r.sound, at + 0.1, at + 0.8) /
		    (0.1 / M_SQRT2))) < 0.3, "as loud as the first");
		at += len[i] + (i ? 0.35 : 0.15);
	}
	ok(rms(&r.sound, len[0] + 0.01, len[0] + 0.14) == 0, "a pause");
	is(r.warnings.buf, "one\ntwo\n", "each warning once");
	is(r.voice, "alloy", "the voice");
	ok(!p[0].r.sound.sample && !p[2].r.word, "the pieces are gone");
	speech_result_release(&r);
}

static void
test_edges(void)
{
	struct speech_piece p[2];
	struct speech_result r;
	struct err e = ERR_INIT;
	size_t n;

	piece(&p[0], 16000, 2, 0.1, "");
	n = p[0].r.bytes.len;
	p[0].shift = 7;
	speech_result_init(&r);
	ok(speech_join("x", p, 1, &r, &e) == 0 && r.bytes.len == n &&
	    r.sound.channels == 2 && r.word[0].off == 7 &&
	    !p[0].r.bytes.len, "one piece is handed on");
	speech_result_release(&r);

	piece(&p[0], 16000, 1, 0.1, "");
	piece(&p[1], 16000, 1, 0.1, "");
	free(p[1].r.word);
	p[1].r.word = NULL;
	p[1].r.word_nr = 0;
	p[0].r.word[0].start = -3;
	p[0].r.word[0].end = 99;
	ok(speech_join("x", p, 2, &r, &e) == 0 && r.word_nr == 1 &&
	    !strcmp(r.timing, "estimated"), "a piece without words");
	ok(r.word[0].start == 0 && r.word[0].end < 0.91,
	    "a word stays in its piece");
	speech_result_release(&r);

	piece(&p[0], 16000, 1, 0.9, "");
	piece(&p[1], 16000, 1, 0.9, "");
	p[1].r.gain *= 4;
	speech_result_init(&r);
	ok(speech_join("x", p, 2, &r, &e) == 0, "a gain that would clip");
	ok(fabs(rms(&r.sound, 0.1, 0.8) * 4 / rms(&r.sound, 1.4, 2.1) - 1) <
	    0.01, "does not");
	speech_result_release(&r);

	piece(&p[0], 16000, 1, 0.1, "");
	piece(&p[1], 16000, 1, 0.1, "");
	p[0].r.trim_start = 99;
	p[0].r.trim_end = -1;
	speech_result_init(&r);
	ok(speech_join("x", p, 2, &r, &e) == 0, "any trim");
	speech_result_release(&r);
}

int
main(void)
{
	test_join();
	test_edges();
	return done_testing();
}
