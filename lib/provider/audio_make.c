#include "provider/audio_make.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "media/recording.h"
#include "media/voice_clip.h"
#include "provider/align.h"
#include "provider/obtain.h"
#include "provider/speech.h"
#include "provider/word_list.h"
#include "record/spec.h"
#include "store/inputs.h"

static double
rounded(double d, double unit)
{
	return round(d * unit) / unit;
}

static int
add_level(struct node *doc, const struct sound *s, struct err *e)
{
	double lufs, peak;

	if (voice_clip_loudness(s, &lufs, &peak, e) < 0)
		return -1;
	if (lufs == -HUGE_VAL)
		return 0;
	node_set_num(doc, "loudness", rounded(lufs, 100));
	if (peak > 0)
		node_set_num(doc, "truePeak", rounded(20 * log10(peak), 100));
	return 0;
}

static int
describe(struct node *doc, const struct voice_choice *v,
    const struct speech_result *r, struct err *e)
{
	node_set_str(doc, "voiceId", r->voice);
	node_set_num(doc, "speed", v->speed);
	node_set_str(doc, "language", v->language);
	node_set_num(doc, "durationSec",
	    rounded(sound_seconds(&r->sound), 1e6));
	if (r->bytes.len) {
		node_set_num(doc, "trimStart", rounded(r->trim_start, 1000));
		node_set_num(doc, "trimEnd", rounded(r->trim_end, 1000));
		node_set_num(doc, "gain", rounded(r->gain, 10000));
	}
	node_set_str(doc, "version", r->version);
	node_set_str(doc, "digitalSourceType", r->source_type);
	node_set_str(doc, "timing", r->timing ? r->timing : "estimated");
	if (r->word_nr)
		node_set(doc, "words", word_list_node(r->word, r->word_nr));
	commit_warnings(doc, r->warnings.buf);
	return add_level(doc, &r->sound, e);
}

/* The provider's answer to the scene's choice. */
static int
speak(const struct project *p, const struct asset_state *a,
    const struct voice_choice *v, struct speech_result *r, struct err *e)
{
	const struct speech_provider *provider;
	struct speech_request q = { 0 };
	struct obtain o = { 0 };
	char what[64];

	provider = speech_provider_find(v->provider, e);
	if (!provider)
		return -1;
	snprintf(what, sizeof(what), "scene %zu audio", a->scene->index);
	q.text = v->spoken;
	q.language = v->language;
	q.voice = *v->voice ? v->voice : NULL;
	q.model = spec_model(v->provider);
	q.speed = v->speed;
	q.lexicon = v->lexicon;
	q.before = v->before;
	q.after = v->after;
	q.options = v->options;
	q.of_scene = 1;
	o.project = p;
	o.want = a->want;
	o.spec = v->provider;
	o.what = what;
	o.scene = a->scene->dir;
	if (speech_obtain(provider, &o, &q, r, e) < 0)
		return -1;
	if (a->scene->speaker && !voice_has_speaker(p, a->scene))
		strbuf_addf(&r->warnings, "speaker \"%s\" is not among "
		    "speakers: of the settings; the usual voice speaks\n",
		    a->scene->speaker);
	return 0;
}

static int
make_voice(const struct project *p, struct asset_state *a,
    struct stat_cache *c, struct strbuf *warnings, struct err *e)
{
	struct node *doc = commit_begin(a);
	struct voice_choice v;
	struct speech_result r;
	struct strbuf wav = STRBUF_INIT;
	struct media_bytes m;
	struct err why;
	int k;

	voice_choose(p, a->scene, &v);
	speech_result_init(&r);
	k = speak(p, a, &v, &r, e);
	if (k < 0) {
		why = *e;
		commit_failure(p, a, doc, &why, e);
		*e = why;
		doc = NULL;
	} else {
		k = describe(doc, &v, &r, e);
	}
	if (!k) {
		strbuf_add(warnings, r.warnings.buf, r.warnings.len);
		if (!r.bytes.len)
			sound_wav(&r.sound, &wav);
		m.p = r.bytes.len ? r.bytes.buf : wav.buf;
		m.n = r.bytes.len ? r.bytes.len : wav.len;
		m.ext = r.bytes.len ? r.extension : "wav";
		k = commit_media(p, a, doc, &m, c, e);
		doc = NULL;
	}
	node_free(doc);
	strbuf_release(&wav);
	speech_result_release(&r);
	voice_choice_release(&v);
	return k;
}

/* When the scene's words are said in a recording of its own. */
static void
find_words(const struct project *p, const struct asset_state *a,
    struct sound *s, struct node *doc, struct strbuf *warnings)
{
	struct speech_request q = { 0 };
	struct speech_result r;
	struct voice_choice v;

	voice_choose(p, a->scene, &v);
	speech_result_init(&r);
	q.text = v.spoken;
	q.language = v.language;
	q.lexicon = v.lexicon;
	q.speed = 1;
	r.sound = *s; /* lent */
	r.trim_start = node_num(doc, "trimStart", 0);
	r.trim_end = node_num(doc, "trimEnd", 0);
	align_words(&q, &r);
	memset(&r.sound, 0, sizeof(r.sound));
	node_set_str(doc, "timing", r.timing);
	if (r.word_nr)
		node_set(doc, "words", word_list_node(r.word, r.word_nr));
	strbuf_add(warnings, r.warnings.buf, r.warnings.len);
	speech_result_release(&r);
	voice_choice_release(&v);
}

/* The user's own recording: never changed. What of it is used, and the gain
 * that levels it, is noted. */
static int
use_file(const struct project *p, struct asset_state *a, struct stat_cache *c,
    struct strbuf *warnings, struct err *e)
{
	char *path = path_join(p->root, a->scene->audio_file);
	struct node *doc = commit_begin(a);
	struct sound s = SOUND_INIT;
	struct recording rec = { 0 };
	int k;

	k = sound_load(&s, path, e);
	if (!k)
		k = recording_measure(&s, a->scene->audio_file, &rec, e);
	if (!k) {
		node_set_num(doc, "durationSec",
		    rounded(sound_seconds(&s), 1e6));
		node_set_num(doc, "trimStart", rec.start);
		node_set_num(doc, "trimEnd", rec.end);
		node_set_num(doc, "gain", rec.gain);
		find_words(p, a, &s, doc, warnings);
		commit_warnings(doc, warnings->buf);
		k = add_level(doc, &s, e);
	}
	sound_release(&s);
	if (!k) {
		k = commit_file(p, a, doc, path, c, e);
		doc = NULL;
	}
	node_free(doc);
	free(path);
	return k;
}

int
audio_make(const struct project *p, struct asset_state *a,
    struct stat_cache *c, struct strbuf *warnings, struct err *e)
{
	if (a->scene->audio_file)
		return use_file(p, a, c, warnings, e);
	return make_voice(p, a, c, warnings, e);
}
