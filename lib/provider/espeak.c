/*
 * espeak-ng: over a hundred languages, a mark before each word giving its
 * time.
 */
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strvec.h"
#include "base/utf8.h"
#include "provider/espeak_child.h"
#include "provider/speech.h"

#define WORDS_A_MINUTE 160 /* at speed 1: a narrator's pace */
#define VOICE_LEN 64
#define QUIET 0.003f       /* of full scale: a pause of the engine */
#define PAUSE 0.06         /* seconds of it that end a word */

/* The languages espeak has, asked once. */
static const struct strvec *
languages(void)
{
	static struct strvec known;

	if (!known.nr)
		espeak_child_languages(&known, NULL);
	return &known;
}

static const char *
known_language(const char *tag)
{
	const struct strvec *l = languages();
	size_t i;

	for (i = 0; i < l->nr; i++)
		if (!strcasecmp(l->v[i], tag))
			return l->v[i];
	return NULL;
}

/* A BCP 47 tag as espeak calls it: the whole of it, then without its last
 * part, then by the names that differ. */
static const char *
espeak_voice_for(const char *language)
{
	static const char *const alias[][2] = {
		{ "zh-hk", "yue" }, { "zh-yue", "yue" }, { "zh", "cmn" },
		{ "no", "nb" }, { "iw", "he" }, { "in", "id" }, { "en",
		"en-us" }, { "mo", "ro" }, { "fil", "tl" }
	};
	char tag[VOICE_LEN];
	const char *found;
	char *cut;
	size_t i;

	snprintf(tag, sizeof(tag), "%s", language);
	for (;;) {
		for (i = 0; i < sizeof(alias) / sizeof(*alias); i++)
			if (!strcasecmp(tag, alias[i][0]) &&
			    (found = known_language(alias[i][1])))
				return found;
		found = known_language(tag);
		if (found)
			return found;
		cut = strrchr(tag, '-');
		if (!cut)
			return NULL;
		*cut = '\0';
	}
}

/* "CN" and "Hans" of "zh-Hans-CN", but not "f3". */
static int
is_subtags(const char *s)
{
	size_t n, letters;

	while (*s++ == '-') {
		n = strcspn(s, "-");
		for (letters = 0; isalpha((unsigned char)s[letters]);)
			letters++;
		if (letters != n || (n != 2 && n != 4))
			return 0;
		s += n;
	}
	return 1;
}

/* A voice is pinned for a project by its language: so that also one that
 * espeak has under a shorter name ("de-DE"), or under a better one ("zh", of
 * which it reads no sign), is a voice of that language. */
static const char *
resolve_voice(const char *voice, char *buf, size_t size)
{
	size_t plus = strcspn(voice, "+"), dash = strcspn(voice, "-+");
	const char *found;
	char base[VOICE_LEN];

	if (plus >= sizeof(base))
		return voice;
	snprintf(base, sizeof(base), "%.*s", (int)plus, voice);
	if (!is_subtags(base + dash) || (known_language(base) &&
	    strncasecmp(base, "zh", 2) != 0))
		return voice;
	found = espeak_voice_for(base);
	if (!found)
		return voice;
	snprintf(buf, size, "%s%s", found, voice + plus);
	return buf;
}

/* Is it a language of espeak, with a variant at most ("fr+f3")? */
static int
check_voice(const char *voice, struct err *e)
{
	struct strbuf all = STRBUF_INIT;
	char base[VOICE_LEN];
	const struct strvec *l;
	size_t i;

	snprintf(base, sizeof(base), "%.*s", (int)strcspn(voice, "+"), voice);
	for (i = 0; voice[i] && (isalnum((unsigned char)voice[i]) ||
	    strchr("+-_", voice[i])); i++)
		;
	if (!voice[i] && i < VOICE_LEN && known_language(base))
		return 0;
	l = languages();
	for (i = 0; i < l->nr; i++)
		strbuf_addf(&all, " %s", l->v[i]);
	if (!l->nr)
		err_set(e, EX_CONF, "espeak has no voices; install the "
		    "package espeak-ng-data");
	else
		err_set(e, EX_CONF, "espeak has no voice \"%.60s\"; name a "
		    "language, with a variant if wanted (fr+f3):%s", voice,
		    all.buf);
	strbuf_release(&all);
	return -1;
}

/* The words as SSML; at[i] gets the position in characters, from 1, of word i
 * with its mark, at[sp->nr] that of the end. */
static void
make_ssml(const struct spoken *sp, struct strbuf *out, int *at)
{
	const struct spoken_word *w;
	size_t i, counted = 0;
	int chars = 0;
	const char *s;

	for (i = 0; i < sp->nr; i++) {
		w = &sp->word[i];
		if (i && !w->glue && !w->share)
			strbuf_addstr(out, w[-1].paragraph ? "\n\n" : " ");
		chars += (int)utf8_length(out->buf + counted,
		    out->len - counted);
		counted = out->len;
		at[i] = chars + 1;
		if (!w->glue && !w->share)
			strbuf_addf(out, "<mark name=\"%zu\"/>", i);
		for (s = w->say; *s; s++) {
			if (*s == '&')
				strbuf_addstr(out, "&amp;");
			else if (*s == '<')
				strbuf_addstr(out, "&lt;");
			else if (*s == '>')
				strbuf_addstr(out, "&gt;");
			else
				strbuf_addch(out, *s);
		}
	}
	at[i] = chars + (int)utf8_length(out->buf + counted,
	    out->len - counted) + 1;
}

/* The engine tells starts only: a word ends where the next one starts, or
 * where the pause before that begins. */
static void
find_ends(const struct sound *s, struct spoken_time *time, size_t words)
{
	size_t i, k, at, from, to = s->frames;

	for (i = words; i-- > 0; to = from) {
		if (time[i].start < 0) {
			from = to;
			continue;
		}
		from = (size_t)(time[i].start * s->rate);
		for (at = to; at > from && fabsf(s->sample[at - 1]) < QUIET;
		    at--)
			;
		if (at == from || to - at < (size_t)(PAUSE * s->rate))
			at = to;
		/* The end belongs to the last word that shares the span. */
		for (k = i; k + 1 < words && time[k + 1].start < 0; k++)
			;
		time[k].end = (double)at / s->rate;
	}
}

/* When each word starts; at is from make_ssml. */
static void
find_starts(const struct espeak_said *said, const int *at,
    struct spoken_time *time, size_t words)
{
	const struct espeak_event *ev;
	size_t i, k = 0;

	for (i = 0; i < said->event_nr; i++) {
		ev = &said->event[i];
		/* A mark after a full stop is lost now and then; the word's
		 * own event stands in for it. Events come in order. */
		for (; k + 1 < words && at[k + 1] <= ev->position; k++)
			;
		if (ev->mark >= 0)
			k = (size_t)ev->mark < words ? (size_t)ev->mark : k;
		if (time[k].start < 0 && ev->position < at[words])
			time[k].start = (double)ev->sample / said->sound.rate;
	}
}

static int
speak_words(const struct spoken *sp, const struct speech_request *q,
    const char *voice, struct speech_result *r, struct err *e)
{
	struct strbuf ssml = STRBUF_INIT;
	struct spoken_time *time = xcalloc(sp->nr, sizeof(*time));
	struct espeak_said said;
	int *at = xcalloc(sp->nr + 1, sizeof(*at));
	double speed = q->speed > 0 ? q->speed : 1;
	size_t i;
	int k;

	for (i = 0; i < sp->nr; i++)
		time[i].start = time[i].end = -1;
	make_ssml(sp, &ssml, at);
	k = espeak_child_speak(voice, (int)(WORDS_A_MINUTE * speed + 0.5),
	    ssml.buf, &said, e);
	if (!k) {
		find_starts(&said, at, time, sp->nr);
		find_ends(&said.sound, time, sp->nr);
		snprintf(r->version, sizeof(r->version), "%s", said.version);
		r->sound = said.sound;
		memset(&said.sound, 0, sizeof(said.sound));
		k = speech_finish(r, sp, time, "espeak", e);
	}
	espeak_said_release(&said);
	strbuf_release(&ssml);
	free(time);
	free(at);
	return k;
}

static int
espeak_speak(const struct speech_request *q, struct speech_result *r,
    struct err *e)
{
	struct spoken_engine engine = { "espeak", 0, 0, 0 };
	char resolved[VOICE_LEN];
	const char *voice;
	struct spoken sp;
	int k;

	speech_result_init(r);
	voice = q->voice ? resolve_voice(q->voice, resolved, sizeof(resolved))
	    : espeak_voice_for(q->language);
	if (!voice)
		return err_set(e, EX_CONF, "espeak does not speak \"%.40s\"; "
		    "correct language: or name a voice", q->language);
	if (check_voice(voice, e) < 0)
		return -1;
	engine.cjk = !strncmp(voice, "cmn", 3) || !strncmp(voice, "yue", 3) ||
	    !strncmp(voice, "hak", 3) || !strncmp(voice, "ja", 2);
	/* Of kanji it says only "Chinese letter". */
	engine.kana_only = !strncmp(voice, "ja", 2);
	k = spoken_make(&sp, q, &engine, &r->warnings, e);
	if (!k)
		k = speak_words(&sp, q, voice, r, e);
	if (!k) {
		snprintf(r->voice, sizeof(r->voice), "%s", voice);
		r->source_type = "algorithmicMedia";
	}
	spoken_release(&sp);
	if (k < 0)
		speech_result_release(r);
	return k;
}

const struct speech_provider espeak_speech = {
	.name = "espeak",
	.voice_for = espeak_voice_for,
	.speak = espeak_speak
};
