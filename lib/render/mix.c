#include "render/mix.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "media/aac.h"
#include "media/limiter.h"
#include "media/loudness.h"
#include "media/sound_reader.h"
#include "render/mix_source.h"
#include "render/timeline.h"
#include "store/request.h"

#define MIX_VERSION 1
#define MUSIC_SILENT (-60.0)  /* LUFS; music below is refused */
#define MUSIC_MARGIN 0.5      /* LU, so that the level is kept when measured */
#define MUSIC_FREE_DB 8.0     /* louder while nobody speaks */
#define GAIN_MOST 30.0        /* dB */
#define GAIN_EXACT 0.05       /* LU; nearer to the target is near enough */

/* Peaks that AAC adds to, by its rate. */
#define LIMIT_DB(kbit) ((kbit) >= 192 ? -1.5 : -2.0)

struct mix {
	const struct film *film;
	const struct timeline *timeline;
	struct mix_music music;
};

static double
factor(double db)
{
	return pow(10, db / 20);
}

/* Loudness of the parts of the film, in LUFS. */
static int
measure(const struct mix *m, int parts, double *lufs, struct err *e)
{
	struct mix_source *s = mix_source_open(m->film, m->timeline, &m->music,
	    parts);
	struct loudness *l = loudness_new(0);
	float *block = xcalloc(2 * MIX_BLOCK, sizeof(*block));
	long n;

	while ((n = mix_source_read(s, block, e)) > 0)
		loudness_add(l, block, (size_t)n);
	*lufs = loudness_end(l, NULL);
	free(block);
	mix_source_close(s);
	return n < 0 ? -1 : 0;
}

/* Loudness and length of the music file, as far as the film needs it. */
static int
measure_music(const struct mix *m, double *lufs, int64_t *frames,
    struct err *e)
{
	struct sound_reader *r = sound_reader_open(m->film->music.path, e);
	struct loudness *l;
	float *block;
	long n = 0;

	if (!r)
		return -1;
	l = loudness_new(0);
	block = xcalloc(2 * MIX_BLOCK, sizeof(*block));
	*frames = 0;
	while (*frames < m->timeline->samples &&
	    (n = sound_reader_read(r, block, MIX_BLOCK, e)) > 0) {
		loudness_add(l, block, (size_t)n);
		*frames += n;
	}
	*lufs = loudness_end(l, NULL);
	free(block);
	sound_reader_close(r);
	return n < 0 ? -1 : 0;
}

/* Set the music's level by that of the voices (-HUGE_VAL: nobody speaks). */
static int
set_music(struct mix *m, double voice, struct err *e)
{
	const struct film_music *f = &m->film->music;
	double level = f->level > 0 ? f->level : MIX_MUSIC_LEVEL, lufs;
	int64_t frames;

	if (measure_music(m, &lufs, &frames, e) < 0)
		return -1;
	if (frames < m->timeline->samples && frames <
	    (int64_t)(MIX_MUSIC_MIN * SOUND_RATE))
		return err_set(e, EX_DATA, "%s: music of %.1f s cannot be "
		    "played on and on; give a file of %.0f s or more", f->path,
		    (double)frames / SOUND_RATE, MIX_MUSIC_MIN);
	if (lufs < MUSIC_SILENT)
		return err_set(e, EX_DATA, "%s: the music is silent; give "
		    "another file or take music: out of project.yaml",
		    f->path);
	m->music.frames = frames < m->timeline->samples ? frames : -1;
	m->music.gain = 1;
	m->music.free = 1;
	if (voice > MUSIC_SILENT) {
		m->music.gain = factor(voice - level - MUSIC_MARGIN - lufs);
		m->music.free = factor(MUSIC_FREE_DB);
	}
	return 0;
}

/* Where the finished sound goes: to be measured, or to be encoded. */
struct sink {
	struct loudness *loudness;
	struct aac *aac;
	int64_t skip; /* frames to leave out */
};

static int
put(struct sink *k, const float *in, long n, struct err *e)
{
	long off = n < k->skip ? n : (long)k->skip;

	k->skip -= off;
	if (k->loudness)
		loudness_add(k->loudness, in + 2 * off, (size_t)(n - off));
	return k->aac ? aac_write(k->aac, in + 2 * off, (size_t)(n - off), e) :
	    0;
}

/* The whole film through gain and limiter. */
static int
run(const struct mix *m, double db, struct sink *k, struct err *e)
{
	struct mix_source *s = mix_source_open(m->film, m->timeline, &m->music,
	    MIX_VOICE | MIX_MUSIC);
	struct limiter *l = limiter_new(factor(LIMIT_DB(
	    m->timeline->preset->audio_kbit)));
	float *block = xcalloc(2 * MIX_BLOCK, sizeof(*block));
	double gain = factor(db);
	long n;
	int ret = 0;

	k->skip += LIMITER_DELAY;
	while (ret == 0 && (n = mix_source_read(s, block, e)) != 0) {
		if (n < 0) {
			ret = -1;
			break;
		}
		limiter_run(l, block, (size_t)n, gain, block);
		ret = put(k, block, n, e);
	}
	memset(block, 0, 2 * LIMITER_DELAY * sizeof(*block));
	limiter_run(l, block, LIMITER_DELAY, gain, block);
	if (ret == 0)
		ret = put(k, block, LIMITER_DELAY, e);
	free(block);
	limiter_free(l);
	mix_source_close(s);
	return ret;
}

int
mix_music_set(const struct film *f, const struct timeline *t,
    struct mix_music *out, struct err *e)
{
	struct mix m = { f, t, { 0, 0, 0 } };
	double voice;

	if (measure(&m, MIX_VOICE, &voice, e) < 0 ||
	    set_music(&m, voice, e) < 0)
		return -1;
	*out = m.music;
	return 0;
}

/* The gain that brings the film to the preset's loudness: one, corrected once
 * for what the limiter takes. */
static int
find_gain(struct mix *m, double *db, struct err *e)
{
	double target = m->timeline->preset->lufs, voice, whole, got;
	struct sink k = { NULL, NULL, 0 };

	*db = 0;
	if (measure(m, MIX_VOICE, &voice, e) < 0)
		return -1;
	whole = voice;
	if (m->film->music.path && (set_music(m, voice, e) < 0 ||
	    measure(m, MIX_VOICE | MIX_MUSIC, &whole, e) < 0))
		return -1;
	if (whole < -70)
		return 0; /* silence stays silence */
	*db = target - whole < GAIN_MOST ? target - whole : GAIN_MOST;
	k.loudness = loudness_new(0);
	if (run(m, *db, &k, e) < 0) {
		loudness_end(k.loudness, NULL);
		return -1;
	}
	got = loudness_end(k.loudness, NULL);
	if (fabs(target - got) > GAIN_EXACT && fabs(target - got) < 6)
		*db += target - got;
	return 0;
}

static int
make(const struct film *f, const struct timeline *t, const char *path,
    struct err *e)
{
	struct mix m = { f, t, { 0, 0, 0 } };
	struct sink k = { NULL, NULL, AAC_DELAY };
	struct tempfile *tmp;
	double db;
	int ret = -1;

	if (find_gain(&m, &db, e) < 0)
		return -1;
	tmp = tempfile_new(path, e);
	if (!tmp)
		return -1;
	k.aac = aac_open(tempfile_path(tmp), t->preset->audio_kbit, e);
	if (k.aac && run(&m, db, &k, e) == 0)
		ret = aac_finish(k.aac, e);
	aac_close(k.aac);
	if (ret < 0) {
		tempfile_abandon(tmp);
		return -1;
	}
	return tempfile_commit(tmp, e);
}

static void
add_scene(struct request *q, const struct film_scene *s,
    const struct timeline_scene *t, size_t i)
{
	char key[40], value[160];

	if (!t->voice_samples)
		return;
	snprintf(key, sizeof(key), "voice.%06zu.sha256", i);
	request_add(q, key, s->audio_sha256 ? s->audio_sha256 : "");
	snprintf(key, sizeof(key), "voice.%06zu.place", i);
	snprintf(value, sizeof(value), "%lld %lld %.9g %.9g",
	    (long long)t->voice_at, (long long)t->voice_samples,
	    s->audio_start, s->audio_gain);
	request_add(q, key, value);
}

void
mix_key(const struct film *f, const struct timeline *t, struct strbuf *out)
{
	struct request *q = request_new("sound", MIX_VERSION);
	size_t i;

	request_add(q, "library", aac_version());
	request_add_num(q, "kbit", t->preset->audio_kbit);
	request_add_num(q, "lufs", t->preset->lufs);
	request_add_num(q, "samples", (double)t->samples);
	for (i = 0; i < t->nr; i++)
		add_scene(q, &f->scene[i], &t->scene[i], i);
	if (f->music.path) {
		request_add(q, "music.sha256", f->music.sha256 ?
		    f->music.sha256 : "");
		request_add_num(q, "music.level", f->music.level);
	}
	request_seal(q);
	strbuf_addstr(out, q->digest);
	request_free(q);
}

int
mix_track(const struct film *f, const struct timeline *t, const char *dir,
    char **path, struct err *e)
{
	struct strbuf name = STRBUF_INIT;
	int ret;

	*path = NULL;
	mix_key(f, t, &name);
	strbuf_addstr(&name, ".m4a");
	*path = path_join(dir, name.buf);
	strbuf_release(&name);
	if (file_exists(*path))
		return 0;
	ret = file_mkdirs(dir, e);
	if (ret == 0)
		ret = make(f, t, *path, e);
	if (ret < 0) {
		free(*path);
		*path = NULL;
	}
	return ret;
}
