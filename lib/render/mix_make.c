#include "render/mix_make.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "media/aac.h"
#include "media/limiter.h"
#include "media/loudness.h"
#include "media/sound_reader.h"
#include "media/spool.h"
#include "media/true_peak.h"
#include "render/mix.h"
#include "render/mix_clip.h"

#define MUSIC_SILENT (-60.0)  /* LUFS; voices below do not turn it down */
#define MUSIC_MARGIN 0.5      /* LU, so that the level is kept when measured */
#define MUSIC_FREE_DB 8.0     /* louder while nobody speaks */
#define GAIN_MOST 40.0        /* dB */
#define GAIN_EXACT 0.05       /* LU; nearer to the target is near enough */
#define PEAK_SPARE 0.05       /* dB under the preset's peak; meters differ */
#define AAC_EXACT 0.15        /* LU that it may take */
#define ENCODINGS 4           /* tried before it is given up */

/* Peaks that AAC adds to, by its rate. */
#define LIMIT_DB(kbit) ((kbit) >= 192 ? -1.5 : -2.0)

struct mix {
	const struct film *film;
	const struct timeline *timeline;
	struct mix_music music;
	struct spool *voice, *tune; /* tune: the music at gain 1 */
	double voice_lufs;
	double db;                  /* gain of the whole */
	double limit;               /* dB */
	struct aac *aac;            /* while it is encoded */
	float block[2 * MIX_BLOCK], other[2 * MIX_BLOCK];
};

static double
factor(double db)
{
	return pow(10, db / 20);
}

/* Is anything heard beside voices and music? */
static int
has_effects(const struct film *f)
{
	size_t i;

	if (mix_clips_wanted(f))
		return 1;
	for (i = 0; i < f->nr; i++)
		if (f->scene[i].sound_nr)
			return 1;
	return 0;
}

/* Read the voices, and the effects into the same spool; measure the voices
 * alone. */
static int
take_voices(struct mix *m, struct err *e)
{
	struct mix_source *s, *more = NULL;
	struct loudness *l = loudness_new(0);
	long n, k, i;

	s = mix_source_open(m->film, m->timeline, NULL, MIX_VOICE);
	if (has_effects(m->film))
		more = mix_source_open(m->film, m->timeline, NULL,
		    MIX_EFFECT | MIX_CLIP);
	while ((n = mix_source_read(s, m->block, e)) > 0) {
		loudness_add(l, m->block, (size_t)n);
		k = more ? mix_source_read(more, m->other, e) : 0;
		for (i = 0; i < 2 * k; i++)
			m->block[i] += m->other[i];
		if (k < 0 || (m->voice && spool_write(m->voice, m->block,
		    (size_t)n, e) < 0)) {
			n = -1;
			break;
		}
	}
	m->voice_lufs = loudness_end(l, NULL);
	mix_source_close(s);
	mix_source_close(more);
	return n < 0 ? -1 : 0;
}

/* Measure what of a block lies in somebody's speech; *scene is the first that
 * may do so. */
static void
measure_spoken(const struct timeline *t, size_t *scene, int64_t at,
    const float *block, long n, struct loudness *l)
{
	const struct timeline_scene *v;
	int64_t from, to;
	size_t i;

	for (i = *scene; i < t->nr && t->scene[i].voice_at < at + n; i++) {
		v = &t->scene[i];
		from = v->voice_at > at ? v->voice_at : at;
		to = v->voice_at + v->voice_samples;
		if (to <= at)
			*scene = i;
		to = to < at + n ? to : at + n;
		if (to > from)
			loudness_add(l, block + 2 * (from - at),
			    (size_t)(to - from));
	}
}

/* Read the music as it is played at gain 1; set its gain from what it is under
 * the voices. Where nobody speaks it stays as it is. */
static int
take_music(struct mix *m, struct err *e)
{
	const struct timeline *t = m->timeline;
	const struct film_music *f = &m->film->music;
	double level = f->level > 0 ? f->level : MIX_MUSIC_LEVEL, lufs;
	int speaks = m->voice_lufs > MUSIC_SILENT;
	struct mix_source *s;
	struct loudness *l;
	size_t scene = 0;
	int64_t at;
	long n;

	if (music_find(f, t->samples, &m->music.span, e) < 0)
		return -1;
	m->music.gain = 1;
	m->music.free = speaks ? factor(MUSIC_FREE_DB) : 1;
	l = loudness_new(0);
	s = mix_source_open(m->film, t, &m->music, MIX_MUSIC);
	for (at = 0; (n = mix_source_read(s, m->block, e)) > 0; at += n) {
		if (speaks)
			measure_spoken(t, &scene, at, m->block, n, l);
		if (m->tune && spool_write(m->tune, m->block, (size_t)n,
		    e) < 0) {
			n = -1;
			break;
		}
	}
	mix_source_close(s);
	lufs = loudness_end(l, NULL);
	if (speaks && lufs > -70)
		m->music.gain = factor(m->voice_lufs - level - MUSIC_MARGIN -
		    lufs);
	return n < 0 ? -1 : 0;
}

static int
rewind_all(struct mix *m, struct err *e)
{
	if (spool_rewind(m->voice, e) < 0)
		return -1;
	return m->tune ? spool_rewind(m->tune, e) : 0;
}

/* The next block of the whole, as mix_source_read(). */
static long
next_block(struct mix *m, struct err *e)
{
	long n = spool_read(m->voice, m->block, MIX_BLOCK, e), i;
	float gain = (float)m->music.gain;

	if (n <= 0 || !m->tune)
		return n;
	if (spool_read(m->tune, m->other, (size_t)n, e) != n)
		return -1;
	for (i = 0; i < 2 * n; i++)
		m->block[i] += gain * m->other[i];
	return n;
}

static int
measure_whole(struct mix *m, double *lufs, struct err *e)
{
	struct loudness *l = loudness_new(0);
	long n;

	if (rewind_all(m, e) < 0)
		n = -1;
	else
		while ((n = next_block(m, e)) > 0)
			loudness_add(l, m->block, (size_t)n);
	*lufs = loudness_end(l, NULL);
	return n < 0 ? -1 : 0;
}

/* Hand on n frames but the first *skip: to be measured, or to be encoded. */
static int
put(struct mix *m, struct loudness *l, int64_t *skip, long n, struct err *e)
{
	long off = n < *skip ? n : (long)*skip;
	const float *in = m->block + 2 * off;

	*skip -= off;
	if (l)
		loudness_add(l, in, (size_t)(n - off));
	return m->aac ? aac_write(m->aac, in, (size_t)(n - off), e) : 0;
}

/* The whole film through gain and limiter, without the first skip frames. */
static int
run(struct mix *m, int64_t skip, struct loudness *out, struct err *e)
{
	struct limiter *l = limiter_new(factor(m->limit));
	double gain = factor(m->db);
	long n = 0;
	int ret = rewind_all(m, e);

	skip += LIMITER_DELAY;
	while (ret == 0 && (n = next_block(m, e)) > 0) {
		limiter_run(l, m->block, (size_t)n, gain, m->block);
		ret = put(m, out, &skip, n, e);
	}
	if (n < 0)
		ret = -1;
	memset(m->block, 0, 2 * LIMITER_DELAY * sizeof(*m->block));
	limiter_run(l, m->block, LIMITER_DELAY, gain, m->block);
	if (ret == 0)
		ret = put(m, out, &skip, LIMITER_DELAY, e);
	limiter_free(l);
	return ret;
}

/* The gain that brings the film to the preset's loudness: one, corrected for
 * what the limiter takes. */
static int
find_gain(struct mix *m, struct err *e)
{
	double target = m->timeline->preset->lufs, whole = m->voice_lufs, off;
	struct loudness *l;
	int i, ret;

	if ((m->tune || has_effects(m->film)) &&
	    measure_whole(m, &whole, e) < 0)
		return -1;
	if (whole < -70)
		return 0; /* silence stays silence */
	m->db = target - whole < GAIN_MOST ? target - whole : GAIN_MOST;
	for (i = 0; i < 2; i++) {
		l = loudness_new(0);
		ret = run(m, 0, l, e);
		off = target - loudness_end(l, NULL);
		if (ret < 0)
			return -1;
		if (fabs(off) <= GAIN_EXACT || fabs(off) > 6)
			break;
		m->db += off;
		if (fabs(off) < 0.5)
			break; /* so little is taken up as it is given */
	}
	return 0;
}

/* What a finished track is when it is decoded: true peak in dB, loudness. */
static int
measure_track(struct mix *m, const char *path, double *peak, double *lufs,
    struct err *e)
{
	struct sound_reader *r = sound_reader_open(path, e);
	struct loudness *l;
	struct true_peak t;
	long n;

	if (!r)
		return -1;
	true_peak_init(&t);
	l = loudness_new(0);
	while ((n = sound_reader_read(r, m->block, MIX_BLOCK, e)) > 0) {
		true_peak_add(&t, m->block, (size_t)n);
		loudness_add(l, m->block, (size_t)n);
	}
	*lufs = loudness_end(l, NULL);
	sound_reader_close(r);
	*peak = t.peak > 0 ? 20 * log10(t.peak) : -HUGE_VAL;
	return n < 0 ? -1 : 0;
}

static int
encode(struct mix *m, const char *path, struct err *e)
{
	int ret = -1;

	m->aac = aac_open(path, m->timeline->preset->audio_kbit, e);
	if (m->aac && run(m, AAC_DELAY, NULL, e) == 0)
		ret = aac_finish(m->aac, e);
	aac_close(m->aac);
	m->aac = NULL;
	return ret;
}

/* Encode to path until what comes out keeps the preset's peak and loudness:
 * low rates lose some of noise, and add to peaks. */
static int
encode_right(struct mix *m, const char *path, struct err *e)
{
	const struct preset *p = m->timeline->preset;
	double peak, lufs, over, off;
	int i;

	for (i = 0; i < ENCODINGS; i++) {
		if (encode(m, path, e) < 0 ||
		    measure_track(m, path, &peak, &lufs, e) < 0)
			return -1;
		over = peak - (p->peak - PEAK_SPARE);
		off = p->lufs - lufs;
		if (over <= 0 && (fabs(off) < AAC_EXACT || fabs(off) > 3))
			break;
		if (over > 0)
			m->limit -= over + PEAK_SPARE;
		if (fabs(off) <= 3)
			m->db += off;
	}
	return 0;
}

static int
take_all(struct mix *m, const char *path, struct err *e)
{
	char *dir = path_dirname(path);
	int ret = -1;

	m->voice = spool_new(dir, e);
	if (m->voice && m->film->music.path)
		m->tune = spool_new(dir, e);
	if (m->voice && (m->tune || !m->film->music.path))
		ret = take_voices(m, e);
	if (ret == 0 && m->tune)
		ret = take_music(m, e);
	free(dir);
	return ret;
}

int
mix_make(const struct film *f, const struct timeline *t, const char *path,
    struct err *e)
{
	struct mix *m = xcalloc(1, sizeof(*m));
	struct tempfile *tmp = NULL;
	int ret;

	m->film = f;
	m->timeline = t;
	m->limit = LIMIT_DB(t->preset->audio_kbit);
	ret = take_all(m, path, e);
	if (ret == 0)
		ret = find_gain(m, e);
	if (ret == 0)
		ret = (tmp = tempfile_new(path, e)) ? 0 : -1;
	if (ret == 0)
		ret = encode_right(m, tempfile_path(tmp), e);
	if (ret == 0)
		ret = tempfile_commit(tmp, e);
	else
		tempfile_abandon(tmp);
	spool_free(m->voice);
	spool_free(m->tune);
	free(m);
	return ret;
}

int
mix_music_set(const struct film *f, const struct timeline *t,
    struct mix_music *out, struct err *e)
{
	struct mix *m = xcalloc(1, sizeof(*m));
	int ret;

	m->film = f;
	m->timeline = t;
	ret = take_voices(m, e);
	if (ret == 0)
		ret = take_music(m, e);
	*out = m->music;
	free(m);
	return ret;
}
