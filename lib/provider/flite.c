/*
 * flite in process: English, with word times from the utterance's own segment
 * table. The library keeps global state, so one clip is made at a time.
 */
#include <flite/flite.h>
#include <flite/flite_version.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/flite_token.h"
#include "provider/speech.h"
#include "text/sentence.h"

#define SENTENCE_GAP 0.30   /* seconds of silence between sentences */
#define PARAGRAPH_GAP 0.60  /* between paragraphs */
#define CLAUSE_GAP 0.10     /* where a sentence is too long for one go */
#define KEEP 0.03           /* of the engine's own silence around speech */
#define EDGE 0.004          /* seconds, fade at a cut */
#define UTTERANCE_WORDS 120
#define NOISE_SEED 1        /* the voices' excitation draws from rand() */

/* The voices' entry points; flite ships no header for them. */
cst_voice *register_cmu_us_slt(const char *voxdir);
cst_voice *register_cmu_us_rms(const char *voxdir);
cst_voice *register_cmu_us_awb(const char *voxdir);
cst_voice *register_cmu_us_kal16(const char *voxdir);

/* By themselves its voices read 200 to 230 words a minute; a narrator reads
 * 150 to 180, and captions can be followed at that. */
#define NARRATION 1.18

static struct voice {
	const char *name;
	cst_voice *(*make)(const char *voxdir);
	cst_voice *voice;
	float stretch; /* its own at speed 1 */
} voices[] = {
	{ "slt", register_cmu_us_slt, NULL, 1 },
	{ "rms", register_cmu_us_rms, NULL, 1 },
	{ "awb", register_cmu_us_awb, NULL, 1 },
	{ "kal16", register_cmu_us_kal16, NULL, 1 }
};

static pthread_mutex_t engine = PTHREAD_MUTEX_INITIALIZER;

/* One clip in the making. */
struct clip {
	struct voice *voice;
	double speed;
	const struct spoken *sp;
	struct spoken_time *time;
	struct sound *sound;
	size_t alloc; /* samples */
};

static const char *
flite_voice_for(const char *language)
{
	return language_is(language, "en") ? voices[0].name : NULL;
}

static struct voice *
voice_find(const char *name, struct err *e)
{
	size_t i;

	for (i = 0; i < sizeof(voices) / sizeof(*voices); i++) {
		if (strcmp(voices[i].name, name))
			continue;
		if (!voices[i].voice) {
			flite_init();
			voices[i].voice = voices[i].make(NULL);
			voices[i].stretch = flite_get_param_float(
			    voices[i].voice->features, "duration_stretch", 1);
		}
		return &voices[i];
	}
	err_set(e, EX_CONF, "flite has no voice \"%s\"; it has slt, rms, awb "
	    "and kal16 (other languages: --provider espeak)", name);
	return NULL;
}

/* flite leaves by longjmp where it would else end the program. */
static cst_utterance *
synthesize(struct clip *c, size_t from, size_t to)
{
	jmp_buf on_error, *before = cst_errjmp;
	cst_utterance *u;

	srand(NOISE_SEED);
	flite_feat_set_float(c->voice->voice->features, "duration_stretch",
	    (float)(NARRATION * c->voice->stretch / c->speed));
	cst_errjmp = &on_error;
	if (setjmp(on_error)) {
		cst_errjmp = before;
		return NULL;
	}
	u = new_utterance();
	flite_add_tokens(u, c->sp, from, to);
	u = flite_do_synth(u, c->voice->voice, utt_synth_tokens);
	cst_errjmp = before;
	return u;
}

/* Note each word's time, within the utterance's sound. */
static void
read_times(cst_utterance *u, struct spoken_time *time)
{
	cst_item *t, *d;
	double start, end;
	int i;

	for (t = relation_head(utt_relation(u, "Token")); t; t = item_next(t)) {
		i = item_feat_int(t, FLITE_WORD);
		for (d = item_daughter(t); d; d = item_next(d)) {
			start = flite_ffeature_float(d, "R:SylStructure."
			    "daughter1.daughter1.R:Segment.p.end");
			end = flite_ffeature_float(d, "R:SylStructure."
			    "daughtern.daughtern.R:Segment.end");
			if (end <= 0)
				continue;
			if (time[i].start < 0)
				time[i].start = start;
			time[i].end = end;
		}
	}
}

static void
add_silence(struct clip *c, double seconds)
{
	size_t n = (size_t)(seconds * c->sound->rate);

	if (c->sound->frames + n > c->alloc) {
		c->alloc = (c->sound->frames + n) * 3 / 2;
		c->sound->sample = xreallocarray(c->sound->sample, c->alloc,
		    sizeof(float));
	}
	memset(c->sound->sample + c->sound->frames, 0, n * sizeof(float));
	c->sound->frames += n;
}

/* Append samples from .. to-1 of the wave, its edges faded. */
static void
add_wave(struct clip *c, const cst_wave *w, size_t from, size_t to)
{
	size_t edge = (size_t)(EDGE * w->sample_rate), i, n = to - from, at;
	float *p;
	double g;

	add_silence(c, (double)n / c->sound->rate + 1.0 / c->sound->rate);
	at = c->sound->frames - n;
	p = c->sound->sample + at;
	for (i = 0; i < n; i++) {
		g = fmin(1, (double)(i < n - i ? i : n - i) / (double)edge);
		p[i] = (float)(w->samples[from + i] / 32768.0 * g);
	}
}

/* Words from .. to-1 as one utterance, cut to where it speaks. */
static int
add_utterance(struct clip *c, size_t from, size_t to, struct err *e)
{
	cst_utterance *u = synthesize(c, from, to);
	double first = -1, last = 0, shift;
	const cst_wave *w;
	size_t i, a, b;

	if (!u)
		return err_set(e, EX_FAILED, "flite cannot speak \"%.60s\"; "
		    "write it another way", c->sp->word[from].say);
	read_times(u, c->time);
	w = utt_wave(u);
	for (i = from; i < to; i++) {
		if (c->time[i].start < 0)
			continue;
		first = first < 0 ? c->time[i].start : first;
		last = fmax(last, c->time[i].end);
	}
	if (w && first >= 0) {
		a = (size_t)(fmax(0, first - KEEP) * w->sample_rate);
		b = (size_t)((last + KEEP) * w->sample_rate);
		if (b > (size_t)w->num_samples)
			b = (size_t)w->num_samples;
		c->sound->rate = w->sample_rate;
		a = a < b ? a : b;
		add_wave(c, w, a, b);
		shift = (double)(c->sound->frames - (b - a)) / w->sample_rate -
		    (double)a / w->sample_rate;
		for (i = from; i < to; i++) {
			c->time[i].start += c->time[i].start < 0 ? 0 : shift;
			c->time[i].end += c->time[i].end < 0 ? 0 : shift;
		}
	}
	delete_utterance(u);
	return 0;
}

static int
speak_sentences(struct clip *c, const struct speech_request *q, struct err *e)
{
	struct word_list sentence = WORD_LIST_INIT;
	const struct spoken_word *w = c->sp->word;
	size_t i = 0, s = 0, from, end;
	double gap;
	int k = 0;

	sentence_split(q->text, strlen(q->text), "en", &sentence);
	while (!k && i < c->sp->nr) {
		while (s < sentence.nr &&
		    sentence.v[s].off + sentence.v[s].len <= w[i].off)
			s++;
		end = s < sentence.nr ? sentence.v[s].off + sentence.v[s].len :
		    (size_t)-1;
		for (from = i; i < c->sp->nr && w[i].off < end &&
		    i - from < UTTERANCE_WORDS; i++)
			;
		k = add_utterance(c, from, i, e);
		gap = w[i - 1].paragraph ? PARAGRAPH_GAP :
		    i < c->sp->nr && w[i].off < end ? CLAUSE_GAP :
		    SENTENCE_GAP;
		if (!k && i < c->sp->nr)
			add_silence(c, fmax(0, gap / c->speed - 2 * KEEP));
	}
	word_list_release(&sentence);
	return k;
}

static int
flite_speak(const struct speech_request *q, struct speech_result *r,
    struct err *e)
{
	static const struct spoken_engine english = { "flite", 1, 0, 0 };
	struct spoken sp;
	struct clip c = { 0 };
	size_t i;
	int k;

	speech_result_init(r);
	if (!q->voice && !flite_voice_for(q->language))
		return err_set(e, EX_CONF, "flite speaks English only, not "
		    "\"%.40s\"; use --provider espeak, in a project "
		    "ttsProvider: espeak", q->language);
	pthread_mutex_lock(&engine);
	c.voice = voice_find(q->voice ? q->voice : voices[0].name, e);
	pthread_mutex_unlock(&engine);
	if (!c.voice ||
	    spoken_make(&sp, q, &english, &r->warnings, e) < 0) {
		speech_result_release(r);
		return -1;
	}
	c.sp = &sp;
	c.speed = q->speed > 0 ? q->speed : 1;
	c.sound = &r->sound;
	r->sound.channels = 1;
	r->sound.rate = 16000;
	c.time = xcalloc(sp.nr, sizeof(*c.time));
	for (i = 0; i < sp.nr; i++)
		c.time[i].start = c.time[i].end = -1;
	pthread_mutex_lock(&engine);
	k = speak_sentences(&c, q, e);
	pthread_mutex_unlock(&engine);
	if (!k)
		k = speech_finish(r, &sp, c.time, "flite", e);
	if (!k) {
		snprintf(r->voice, sizeof(r->voice), "%s", c.voice->name);
		snprintf(r->version, sizeof(r->version), "flite %s",
		    FLITE_PROJECT_VERSION);
		r->source_type = "algorithmicMedia";
	}
	free(c.time);
	spoken_release(&sp);
	if (k < 0)
		speech_result_release(r);
	return k;
}

const struct speech_provider flite_speech = {
	.name = "flite",
	.voice_for = flite_voice_for,
	.speak = flite_speak
};
