/* Sound and pictures together to the sample; readers, seams and stretches of
 * music. */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/rng.h"
#include "media/highpass.h"
#include "media/picture.h"
#include "media/sound.h"
#include "media/sound_reader.h"
#include "media/true_peak.h"
#include "render/film_make.h"
#include "render/music_find.h"
#include "tap.h"

#define CLICK 2400 /* frame of the clip at which it clicks */
#define SCENES_MOST 100

static char dir[] = "/tmp/sync.XXXXXX", clip[64], picture[64], music[64];
static char clip_sha[SHA256_HEX], picture_sha[SHA256_HEX];

static void
save(struct sound *s, const char *path, char sha[SHA256_HEX])
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;

	sound_wav(s, &b);
	if (file_write(path, b.buf, b.len, &e) < 0)
		printf("# %s\n", e.msg);
	if (sha)
		sha256_hex(b.buf, b.len, sha);
	strbuf_release(&b);
	sound_release(s);
}

static void
make_media(void)
{
	struct picture p;
	struct picture_meta meta = { 0 };
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct sound s;
	size_t i;

	snprintf(clip, sizeof(clip), "%s/clip.wav", dir);
	snprintf(picture, sizeof(picture), "%s/picture.png", dir);
	snprintf(music, sizeof(music), "%s/music.wav", dir);
	sound_init(&s, SOUND_RATE, 1, 13000);
	for (i = 0; i < s.frames; i++)
		s.sample[i] = (float)(0.05 * sin((double)i * 0.0576));
	s.sample[CLICK] = 0.9f;
	save(&s, clip, clip_sha);
	picture_init(&p, 64, 64);
	picture_png(&p, &meta, &b, &e);
	file_write(picture, b.buf, b.len, &e);
	sha256_hex(b.buf, b.len, picture_sha);
	strbuf_release(&b);
	picture_release(&p);
}

static int64_t
loudest(const struct sound *s, int64_t from, int64_t to)
{
	int64_t i, best = from;
	double most = -1;

	for (i = from; i < to && i < (int64_t)s->frames; i++)
		if (fabs(s->sample[i * s->channels]) > most) {
			most = fabs(s->sample[i * s->channels]);
			best = i;
		}
	return best;
}

/* A film whose every voice clicks: where does it click? */
static void
test_film(size_t nr)
{
	struct film f = { .name = "youtube", .preset = "youtube", .width = 64,
		.height = 64, .quality = QUALITY_DRAFT, .nr = nr,
		.language = "en" };
	static struct film_scene scene[SCENES_MOST];
	struct timeline t;
	struct sound s = SOUND_INIT;
	struct err e = ERR_INIT;
	int64_t at, off = 0;
	size_t i, framed = 0;
	char out[64];

	memset(scene, 0, sizeof(scene));
	for (i = 0; i < nr; i++) {
		scene[i].text = scene[i].spoken = "";
		scene[i].language = "en";
		scene[i].audio = clip;
		scene[i].audio_sha256 = clip_sha;
		scene[i].audio_seconds = 0.27 + 0.001 * (double)(i % 2);
		scene[i].image = picture;
		scene[i].image_sha256 = picture_sha;
		scene[i].image_w = scene[i].image_h = 64;
		scene[i].motion = "still";
		scene[i].focus_x = scene[i].focus_y = -1;
	}
	f.scene = scene;
	snprintf(out, sizeof(out), "%s/film.mp4", dir);
	file_write(out, "", 0, &e);
	ok(timeline_make(&t, &f, &e) == 0 && film_make(&f, &t, dir, out, 0,
	    &e) == 0, "a film of %zu scenes %s", nr, e.msg);
	ok(sound_load(&s, out, &e) == 0, "decodes %s", e.msg);
	for (i = 0; i < nr; i++) {
		at = t.scene[i].voice_at + CLICK;
		at = loudest(&s, at - 2000, at + 2000) - at;
		off = llabs(at) > llabs(off) ? at : off;
		framed += t.scene[i].voice_at == t.scene[i].voice *
		    t.samples_per_frame;
	}
	ok(framed == nr, "each of its voices begins with a frame");
	ok(off == 0, "%zu clicks where the timeline has them: %lld off", nr,
	    (long long)off);
	sound_release(&s);
	timeline_release(&t);
}

/* A tone of another rate, read in small pieces, stays a tone. */
static void
test_reader(void)
{
	static const int rates[] = { 44100, 22050, 96000, 48000 };
	struct sound s;
	struct err e = ERR_INIT;
	struct sound_reader *r;
	double w = 2 * M_PI * 1000 / SOUND_RATE, d, off, p1, p2;
	float b[2 * 777];
	long n, i, at;
	size_t k, j;

	for (k = 0; k < 4; k++) {
		sound_init(&s, rates[k], 1, (size_t)rates[k] * 2);
		for (j = 0; j < s.frames; j++)
			s.sample[j] = (float)(0.5 * sin(2 * M_PI * 1000 *
			    (double)j / rates[k]));
		save(&s, music, NULL);
		r = sound_reader_open(music, &e);
		p1 = p2 = off = 0;
		for (at = 0; (n = sound_reader_read(r, b, 777, &e)) > 0;)
			for (i = 0; i < n; i++, at++) {
				d = fabs(b[2 * i] - 2 * cos(w) * p1 + p2);
				if (at > 200 && at < 2 * SOUND_RATE - 200)
					off = fmax(off, d);
				p2 = p1;
				p1 = b[2 * i];
			}
		ok(n == 0 && labs(at - 2L * SOUND_RATE) <= 2 && off < 1e-3,
		    "%d Hz: %ld frames, a tone but for %.6f", rates[k], at,
		    off);
		sound_reader_close(r);
	}
}

/* Notes every half second, eight of them over and over; noise makes each
 * time a little different. seconds from the start of the first. */
static void
make_tune(struct sound *s, double lead, double seconds)
{
	static const double note[] = { 220, 262, 330, 262, 294, 220, 247, 196 };
	size_t i, from = (size_t)(lead * SOUND_RATE);
	double t, local;
	struct rng r;

	rng_seed(&r, 5, 1);
	sound_init(s, SOUND_RATE, 2, from + (size_t)(seconds * SOUND_RATE) +
	    SOUND_RATE);
	for (i = from; i < s->frames - SOUND_RATE; i++) {
		t = (double)(i - from) / SOUND_RATE;
		local = fmod(t, 0.5);
		s->sample[2 * i] = s->sample[2 * i + 1] = (float)(0.3 *
		    exp(-5 * local) * sin(2 * M_PI * note[(size_t)(t * 2) %
		    8] * local) + rng_range(&r, -0.003, 0.003));
	}
}

static void
test_loop(void)
{
	struct film_music m = { .path = music };
	struct music_span a;
	struct err e = ERR_INIT;
	struct sound s;
	double round;

	make_tune(&s, 0.8, 14.7);
	save(&s, music, NULL);
	ok(music_find(&m, 60LL * SOUND_RATE, &a, &e) == 0, "a loop %s", e.msg);
	ok(llabs(a.from - (int64_t)(0.8 * SOUND_RATE)) <= 480,
	    "silence before is left out: %.2f s", (double)a.from / SOUND_RATE);
	ok(a.to <= (int64_t)(15.5 * SOUND_RATE) + 480, "and behind");
	round = (double)(a.to - a.back) / (4.0 * SOUND_RATE);
	ok(a.back > 0 && round > 0.5 && fabs(round - floor(round + 0.5)) * 4 *
	    SOUND_RATE < 2, "it is taken up %.5f rounds of the tune before",
	    round);
	ok(a.match > 0.95, "where it is like itself: %.3f", a.match);
	m.once = 1;
	ok(music_find(&m, 60LL * SOUND_RATE, &a, &e) == 0 && a.back < 0,
	    "loop: false");
	m.once = 0;
	m.from = 3;
	ok(music_find(&m, 5LL * SOUND_RATE, &a, &e) == 0 && a.from ==
	    3 * SOUND_RATE && a.back < 0, "from 3 s, long enough");
	m.from = 30;
	ok(music_find(&m, 5LL * SOUND_RATE, &a, &e) < 0 &&
	    strstr(e.msg, "lower music.from"), "from behind the end: %s",
	    e.msg);
}

/* Of a long piece: ten quiet seconds, twenty that rise and fall, thirty that
 * stay, ten that rise and fall. */
static void
test_stretch(void)
{
	struct film_music m = { .path = music };
	struct music_span a;
	struct err e = ERR_INIT;
	struct sound s;
	size_t i;
	double t, g;

	make_tune(&s, 0, 70);
	for (i = 0; i < s.frames; i++) {
		t = (double)i / SOUND_RATE;
		g = t < 10 ? 0.05 : t > 30 && t < 60 ? 1 :
		    0.15 + 0.85 * pow(sin(t), 2);
		s.sample[2 * i] *= (float)g;
		s.sample[2 * i + 1] *= (float)g;
	}
	save(&s, music, NULL);
	ok(music_find(&m, 25LL * SOUND_RATE, &a, &e) == 0 && a.back < 0,
	    "a stretch %s", e.msg);
	t = (double)a.from / SOUND_RATE;
	ok(t > 29 && t < 36, "of the steady part: from %.2f s", t);
	ok(fabs(t * 2 - round(t * 2)) < 0.05, "and from a note on: %.3f", t);
}

static void
test_filters(void)
{
	struct highpass h = { 0 };
	struct true_peak p;
	float b[2 * 480];
	double most = 0, sum = 0;
	int i, k;

	for (k = 0; k < 100; k++) {
		for (i = 0; i < 480; i++) {
			b[2 * i] = 0.3f;
			b[2 * i + 1] = (float)(0.3 + 0.2 * sin(2 * M_PI *
			    1000 * (k * 480 + i) / SOUND_RATE));
		}
		highpass_run(&h, b, 480);
		for (i = 0; i < 480; i++) {
			most = fmax(most, fabs(b[2 * i]));
			sum += b[2 * i + 1];
		}
	}
	ok(most < 1e-6, "an offset is gone from the first sample: %g", most);
	ok(fabs(sum / 48000) < 0.005, "and under a tone: %g", sum / 48000);
	true_peak_init(&p);
	for (i = 0; i < 480; i++)
		b[2 * i] = b[2 * i + 1] = (float)(0.5 * sin(M_PI / 2 * i +
		    M_PI / 4));
	true_peak_add(&p, b, 480);
	ok(fabs(p.peak - 0.5) < 0.01, "a peak between samples: %.4f", p.peak);
}

int
main(void)
{
	struct err e = ERR_INIT;

	if (!mkdtemp(dir))
		return 1;
	make_media();
	test_filters();
	test_reader();
	test_loop();
	test_stretch();
	test_film(12);
	test_film(SCENES_MOST);
	file_remove_tree(dir, &e);
	return done_testing();
}
