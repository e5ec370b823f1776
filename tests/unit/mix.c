/* The sound track: levels measured on the finished file and on the stems. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/rng.h"
#include "media/limiter.h"
#include "media/loudness.h"
#include "media/sound.h"
#include "render/mix.h"
#include "render/mix_make.h"
#include "render/mix_source.h"
#include "render/timeline.h"
#include "tap.h"

#define VOICES 4

static char dir[] = "/tmp/mix.XXXXXX";
static char path[VOICES + 1][64], sha[VOICES + 1][SHA256_HEX];

/* Something like speech: a falling buzz of harmonics, four syllables a second,
 * at about -18 LUFS. */
static void
make_voice(struct sound *s, double seconds, uint64_t seed)
{
	struct rng r;
	size_t i;
	double t, f, v, a;
	int h;

	rng_seed(&r, seed, 1);
	f = rng_range(&r, 90, 180);
	sound_init(s, SOUND_RATE, 1, (size_t)(seconds * SOUND_RATE));
	for (i = 0; i < s->frames; i++) {
		t = (double)i / SOUND_RATE;
		v = rng_range(&r, -0.3, 0.3);
		for (h = 1; h < 20; h++)
			v += sin(2 * M_PI * f * h * t) / h;
		a = sin(2 * M_PI * 2 * t);
		s->sample[i] = (float)(0.27 * v * a * a);
	}
}

/* A chord, both channels different. */
static void
make_music(struct sound *s, double seconds, double level)
{
	size_t i;
	double t;

	sound_init(s, SOUND_RATE, 2, (size_t)(seconds * SOUND_RATE));
	for (i = 0; i < s->frames; i++) {
		t = (double)i / SOUND_RATE * 2 * M_PI;
		s->sample[2 * i] = (float)(level * (sin(220 * t) +
		    sin(330 * t) + sin(554 * t)));
		s->sample[2 * i + 1] = (float)(level * (sin(221 * t) +
		    sin(440 * t)));
	}
}

static void
save(struct sound *s, int i)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;

	snprintf(path[i], sizeof(path[i]), "%s/%d.wav", dir, i);
	sound_wav(s, &b);
	if (file_write(path[i], b.buf, b.len, &e) < 0)
		printf("# %s\n", e.msg);
	sha256_hex(b.buf, b.len, sha[i]);
	strbuf_release(&b);
	sound_release(s);
}

static void
make_film(struct film *f, struct film_scene *s)
{
	struct sound v;
	int i;

	memset(f, 0, sizeof(*f));
	memset(s, 0, VOICES * sizeof(*s));
	for (i = 0; i < VOICES; i++) {
		make_voice(&v, 2.2 + 0.61 * i, (uint64_t)i);
		s[i].audio_seconds = sound_seconds(&v);
		save(&v, i);
		s[i].audio = path[i];
		s[i].audio_sha256 = sha[i];
		s[i].text = s[i].spoken = "";
	}
	s[2].seconds = 6; /* a long silence inside */
	make_music(&v, 6.5, 0.2);
	save(&v, VOICES);
	f->name = f->preset = "youtube";
	f->scene = s;
	f->nr = VOICES;
	f->music.path = path[VOICES];
	f->music.sha256 = sha[VOICES];
}

static double
max_step(const struct sound *s)
{
	double most = 0;
	size_t i;

	for (i = 2; i < 2 * s->frames; i++)
		most = fmax(most, fabs(s->sample[i] - s->sample[i - 2]));
	return most;
}

/* Check the finished file's levels; returns its digest in hex. */
static void
check_track(const struct film *f, const struct timeline *t, const char *what,
    char hex[SHA256_HEX])
{
	struct err e = ERR_INIT;
	struct sound s = SOUND_INIT;
	double lufs = 0, peak = 0;
	char *out;

	hex[0] = '\0';
	if (!ok(mix_track(f, t, dir, &out, &e) == 0, "%s: made %s", what,
	    e.msg))
		return;
	ok(sha256_file(out, hex, NULL, &e) == 0 &&
	    sound_load(&s, out, &e) == 0, "%s: decodes %s", what, e.msg);
	sound_loudness(&s, &lufs, &peak, &e);
	ok(fabs(lufs - t->preset->lufs) <= 0.3, "%s: %.2f LUFS, want %.0f",
	    what, lufs, t->preset->lufs);
	ok(20 * log10(peak) <= -1.0, "%s: %.2f dBTP after AAC", what,
	    20 * log10(peak));
	ok(s.channels == 2 && s.rate == SOUND_RATE &&
	    (int64_t)s.frames >= t->samples &&
	    (int64_t)s.frames < t->samples + 2048, "%s: %zu frames for %lld",
	    what, s.frames, (long long)t->samples);
	ok(max_step(&s) < 0.5, "%s: largest step %.2f", what, max_step(&s));
	sound_release(&s);
	free(out);
}

/* Loudness of one stem, only where somebody speaks. */
static double
stem(const struct film *f, const struct timeline *t, const struct mix_music *m,
    int parts, double *step)
{
	struct mix_source *s = mix_source_open(f, t, m, parts);
	struct loudness *l = loudness_new(0);
	struct err e = ERR_INIT;
	float *b = xcalloc(2 * MIX_BLOCK, sizeof(*b)), last = 0;
	int64_t at = 0;
	size_t j;
	long n, i;

	*step = 0;
	while ((n = mix_source_read(s, b, &e)) > 0)
		for (i = 0; i < n; i++, at++) {
			*step = fmax(*step, fabs(b[2 * i] - last));
			last = b[2 * i];
			for (j = 0; j < t->nr; j++)
				if (at >= t->scene[j].voice_at && at <
				    t->scene[j].voice_at +
				    t->scene[j].voice_samples)
					loudness_add(l, b + 2 * i, 1);
		}
	if (n < 0)
		printf("# %s\n", e.msg);
	free(b);
	mix_source_close(s);
	return loudness_end(l, NULL);
}

static void
test_film(void)
{
	struct film f;
	struct film_scene s[VOICES];
	struct timeline t;
	struct err e = ERR_INIT;
	char a[SHA256_HEX], b[SHA256_HEX], *out;
	struct strbuf key = STRBUF_INIT, other = STRBUF_INIT;

	make_film(&f, s);
	ok(timeline_make(&t, &f, &e) == 0, "timeline %s", e.msg);
	check_track(&f, &t, "voices and music", a);
	mix_key(&f, &t, &key);
	out = xasprintf("%s/%s.m4a", dir, key.buf);
	unlink(out);
	check_track(&f, &t, "again", b);
	is(a, b, "made twice, the same bytes");
	s[0].image = "other.png";
	s[0].text = "other words";
	mix_key(&f, &t, &other);
	is(other.buf, key.buf, "nothing seen is in its digest");
	strbuf_reset(&other);
	s[0].audio_sha256 = "0";
	mix_key(&f, &t, &other);
	ok(strcmp(other.buf, key.buf) != 0, "a voice is");
	s[0].audio_sha256 = sha[0];
	f.music.path = NULL;
	check_track(&f, &t, "voices alone", b);
	timeline_release(&t);
	f.music.path = path[VOICES];
	f.preset = "reels";
	ok(timeline_make(&t, &f, &e) == 0, "timeline %s", e.msg);
	check_track(&f, &t, "at 128 kbit/s", b);
	timeline_release(&t);
	f.preset = "podcast";
	ok(timeline_make(&t, &f, &e) == 0, "timeline %s", e.msg);
	check_track(&f, &t, "podcast", b);
	timeline_release(&t);
	free(out);
	strbuf_release(&key);
	strbuf_release(&other);
}

static void
test_stems(void)
{
	struct film f;
	struct film_scene s[VOICES];
	struct timeline t;
	struct err e = ERR_INIT;
	struct mix_music m = { 0 };
	double voice, music, step, raw;

	make_film(&f, s);
	timeline_make(&t, &f, &e);
	ok(mix_music_set(&f, &t, &m, &e) == 0, "music is set %s", e.msg);
	voice = stem(&f, &t, &m, MIX_VOICE, &step);
	ok(step < 0.35, "voices: largest step %.3f", step);
	music = stem(&f, &t, &m, MIX_MUSIC, &step);
	ok(voice - music >= 20, "speech %.1f LU over music (20)",
	    voice - music);
	ok(voice - music < 22, "and not much more");
	raw = 2 * M_PI * 554 / SOUND_RATE * 0.6 * m.gain * m.free;
	ok(step < raw, "music: largest step %.5f, its own %.5f: no clicks "
	    "where it is looped", step, raw);
	f.music.level = 15;
	mix_music_set(&f, &t, &m, &e);
	music = stem(&f, &t, &m, MIX_MUSIC, &step);
	ok(voice - music >= 15 && voice - music < 17,
	    "level 15: speech %.1f LU over music", voice - music);
	timeline_release(&t);
}

static void
refused(struct film *f, const struct timeline *t, const char *want)
{
	struct err e = ERR_INIT;
	char *out = NULL;

	ok(mix_track(f, t, dir, &out, &e) < 0 && e.code == EX_DATA &&
	    strstr(e.msg, want) && !out, "refused: %s", e.msg);
	free(out);
}

static void
test_bad(void)
{
	struct film f;
	struct film_scene s[VOICES];
	struct timeline t;
	struct sound v;
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	char hex[SHA256_HEX], *out;

	make_film(&f, s);
	timeline_make(&t, &f, &e);
	make_music(&v, 0.2, 0.2);
	save(&v, VOICES);
	refused(&f, &t, "music of 0.2 s");
	make_music(&v, 20, 0);
	save(&v, VOICES);
	refused(&f, &t, "the music is silent");
	file_write(path[VOICES], "RIFF no sound", 13, &e);
	refused(&f, &t, "no sound");
	f.music.path = "/nonexistent/music.ogg";
	ok(mix_track(&f, &t, dir, &out, &e) < 0 && strstr(e.msg, "music.ogg"),
	    "missing: %s", e.msg);
	/* Cut in the middle: what is there is looped. */
	f.music.path = path[VOICES];
	make_music(&v, 12, 0.2);
	sound_wav(&v, &b);
	sound_release(&v);
	file_write(path[VOICES], b.buf, b.len / 2, &e);
	f.music.sha256 = "cut";
	check_track(&f, &t, "music cut in the middle", hex);
	f.music.path = NULL;
	s[1].audio_seconds += 3;
	s[1].audio_sha256 = "short";
	timeline_release(&t);
	timeline_make(&t, &f, &e);
	refused(&f, &t, "studio tts 2 --again");
	timeline_release(&t);
	strbuf_release(&b);
}

/* Bursts far over the limit come out under it, and quiet sound unchanged. */
static void
test_limiter(void)
{
	struct limiter *l = limiter_new(0.5);
	struct sound s;
	struct err e = ERR_INIT;
	double lufs, peak, off = 0;
	float *in;
	size_t i;

	sound_init(&s, SOUND_RATE, 2, SOUND_RATE);
	for (i = 0; i < s.frames; i++)
		s.sample[2 * i] = s.sample[2 * i + 1] = (float)
		    ((i > 24000 ? 0.05 : 1.6) * sin((double)i * 1.5707 +
		    0.7854));
	in = xmalloc(2 * s.frames * sizeof(*in));
	memcpy(in, s.sample, 2 * s.frames * sizeof(*in));
	limiter_run(l, in, s.frames, 1, s.sample);
	sound_loudness(&s, &lufs, &peak, &e);
	for (i = s.frames - 1000; i < s.frames; i++)
		off = fmax(off, fabs(s.sample[2 * i] -
		    in[2 * (i - LIMITER_DELAY)]));
	ok(peak <= 0.505, "true peak %.3f, limit 0.5", peak);
	ok(off < 0.001, "quiet sound comes out as it went in: %.5f off", off);
	free(in);
	sound_release(&s);
	limiter_free(l);
}

int
main(void)
{
	struct err e = ERR_INIT;

	if (!mkdtemp(dir))
		return 1;
	test_limiter();
	test_film();
	test_stems();
	test_bad();
	file_remove_tree(dir, &e);
	return done_testing();
}
