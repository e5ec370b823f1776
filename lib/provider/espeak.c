/*
 * espeak-ng: over a hundred languages, a mark before each word giving its
 * time. Its library keeps state from one text to the next, so that the second
 * clip of a process would differ from the same clip made first; therefore each
 * text is spoken in a child process of its own, which also keeps a fault in
 * the library away from the caller.
 */
#include <ctype.h>
#include <errno.h>
#include <espeak-ng/speak_lib.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/strvec.h"
#include "base/utf8.h"
#include "provider/speech.h"

#define WORDS_A_MINUTE 175 /* at speed 1 */
#define CHILD_SECONDS 600
#define REPLY_BYTES_MAX (1u << 30)
#define VOICE_LEN 64
#define NOISE_SEED 1

#define MARK_POSITION (-1) /* a word that starts at position */
#define QUIET 0.003f       /* of full scale: a pause of the engine */
#define PAUSE 0.06         /* seconds of it that end a word */

enum reply_status { REPLY_DONE, REPLY_NO_ENGINE, REPLY_NO_VOICE };

struct reply {
	int status, rate;
	size_t samples, events;
	char version[64];
};

struct event {
	int mark;     /* number of the word; or MARK_POSITION */
	int position; /* in characters of the given text, from 1 */
	int sample;
};

/* What the child collects, for the callback. */
static struct {
	struct strbuf samples, events;
} heard;

static int
on_sound(short *wav, int n, espeak_EVENT *ev)
{
	struct event one;

	if (wav && n > 0)
		strbuf_add(&heard.samples, wav, (size_t)n * sizeof(*wav));
	for (; ev->type != espeakEVENT_LIST_TERMINATED; ev++) {
		if (ev->type == espeakEVENT_MARK)
			one.mark = atoi(ev->id.name);
		else if (ev->type == espeakEVENT_WORD)
			one.mark = MARK_POSITION;
		else
			continue;
		one.position = ev->text_position;
		one.sample = ev->sample;
		strbuf_add(&heard.events, &one, sizeof(one));
	}
	return heard.samples.len > REPLY_BYTES_MAX;
}

static int
start_engine(struct reply *r)
{
	r->rate = espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL,
	    espeakINITIALIZE_DONT_EXIT);
	if (r->rate <= 0)
		return -1;
	snprintf(r->version, sizeof(r->version), "espeak-ng %s",
	    espeak_Info(NULL));
	return 0;
}

/* By name; a language that no voice is named after ("fr-fr") by language. */
static int
set_voice(const char *voice)
{
	espeak_VOICE by = { 0 };

	if (espeak_SetVoiceByName(voice) == EE_OK)
		return 0;
	by.languages = voice;
	return espeak_SetVoiceByProperties(&by) == EE_OK ? 0 : -1;
}

/* In the child: speak, and write reply, samples and events to fd. */
static void
child_speak(int fd, const char *voice, int rate, const char *ssml)
{
	struct reply r = { 0 };

	strbuf_init(&heard.samples);
	strbuf_init(&heard.events);
	r.status = REPLY_NO_ENGINE;
	if (start_engine(&r) == 0) {
		r.status = REPLY_NO_VOICE;
		if (set_voice(voice) == 0) {
			r.status = REPLY_DONE;
			srand(NOISE_SEED);
			espeak_SetSynthCallback(on_sound);
			espeak_SetParameter(espeakRATE, rate, 0);
			espeak_Synth(ssml, strlen(ssml) + 1, 0, POS_CHARACTER,
			    0, espeakCHARS_UTF8 | espeakSSML, NULL, NULL);
		}
	}
	r.samples = heard.samples.len / sizeof(short);
	r.events = heard.events.len / sizeof(struct event);
	if (file_write_all(fd, &r, sizeof(r)) == 0 &&
	    file_write_all(fd, heard.samples.buf, heard.samples.len) == 0)
		file_write_all(fd, heard.events.buf, heard.events.len);
}

/* In the child: every language of every voice, one a line. A voice's list
 * is a byte of priority and a string each, ended by a zero byte. */
static void
child_list(int fd)
{
	const espeak_VOICE **v;
	const char *l;
	struct reply r = { 0 };
	struct strbuf out = STRBUF_INIT;

	if (start_engine(&r) < 0)
		return;
	for (v = espeak_ListVoices(NULL); *v; v++)
		for (l = (*v)->languages; l && *l; l += strlen(l) + 1)
			strbuf_addf(&out, "%s\n", l + 1);
	file_write_all(fd, out.buf, out.len);
}

/* Run child_speak (voice not NULL) or child_list, and read what it writes. */
static int
in_child(const char *voice, int rate, const char *ssml, struct strbuf *out,
    struct err *e)
{
	int p[2], status, k, quiet;
	pid_t pid;

	if (pipe2(p, O_CLOEXEC) < 0)
		return err_errno(e, "espeak: cannot make a pipe");
	pid = fork();
	if (pid < 0) {
		close(p[0]);
		close(p[1]);
		return err_errno(e, "espeak: cannot start a process");
	}
	if (pid == 0) {
		quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
		if (quiet >= 0)
			dup2(quiet, 2);
		alarm(CHILD_SECONDS);
		if (voice)
			child_speak(p[1], voice, rate, ssml);
		else
			child_list(p[1]);
		_exit(0);
	}
	close(p[1]);
	k = fd_read(p[0], "espeak", REPLY_BYTES_MAX, out, e);
	close(p[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!k && (!WIFEXITED(status) || WEXITSTATUS(status)))
		return err_set(e, EX_FAILED, "espeak stopped on this text; "
		    "write it another way or choose another voice");
	return k;
}

/* The languages espeak has, asked once. */
static const struct strvec *
languages(void)
{
	static struct strvec known;
	struct strbuf list = STRBUF_INIT;
	char *line, *rest;

	if (known.nr || in_child(NULL, 0, NULL, &list, NULL) < 0)
		return &known;
	for (line = strtok_r(list.buf, "\n", &rest); line;
	    line = strtok_r(NULL, "\n", &rest))
		if (!strvec_has(&known, line))
			strvec_push(&known, line);
	strvec_sort(&known);
	strbuf_release(&list);
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

static void
take_reply(const struct strbuf *b, const int *at, size_t words,
    struct spoken_time *time, struct speech_result *r)
{
	struct reply head;
	struct event ev;
	const char *p = b->buf + sizeof(head);
	size_t i, k = 0;
	short v;

	memcpy(&head, b->buf, sizeof(head));
	sound_init(&r->sound, head.rate, 1, head.samples);
	for (i = 0; i < head.samples; i++) {
		memcpy(&v, p + i * sizeof(v), sizeof(v));
		r->sound.sample[i] = (float)(v / 32768.0);
	}
	p += head.samples * sizeof(v);
	for (i = 0; i < head.events; i++) {
		memcpy(&ev, p + i * sizeof(ev), sizeof(ev));
		/* A mark after a full stop is lost now and then; the word's
		 * own event stands in for it. Events come in order. */
		for (; k + 1 < words && at[k + 1] <= ev.position; k++)
			;
		if (ev.mark >= 0)
			k = (size_t)ev.mark < words ? (size_t)ev.mark : k;
		if (time[k].start < 0 && ev.position < at[words])
			time[k].start = (double)ev.sample / head.rate;
	}
	snprintf(r->version, sizeof(r->version), "%s", head.version);
	find_ends(&r->sound, time, words);
}

static int
check_reply(const struct strbuf *b, const char *voice, struct err *e)
{
	struct reply head;

	if (b->len < sizeof(head))
		return err_set(e, EX_FAILED, "espeak gave no answer; try "
		    "again");
	memcpy(&head, b->buf, sizeof(head));
	if (head.status == REPLY_NO_ENGINE)
		return err_set(e, EX_CONF, "espeak cannot start; install the "
		    "package espeak-ng-data");
	if (head.status == REPLY_NO_VOICE)
		return err_set(e, EX_CONF, "espeak cannot load voice \"%s\"; "
		    "choose another by --voice", voice);
	if (head.samples > b->len / sizeof(short) || b->len != sizeof(head) +
	    head.samples * sizeof(short) + head.events * sizeof(struct event))
		return err_set(e, EX_FAILED, "espeak's answer was cut; try "
		    "again");
	return 0;
}

static int
speak_words(const struct spoken *sp, const struct speech_request *q,
    const char *voice, struct speech_result *r, struct err *e)
{
	struct strbuf ssml = STRBUF_INIT, reply = STRBUF_INIT;
	struct spoken_time *time = xcalloc(sp->nr, sizeof(*time));
	int *at = xcalloc(sp->nr + 1, sizeof(*at));
	double speed = q->speed > 0 ? q->speed : 1;
	size_t i;
	int k;

	for (i = 0; i < sp->nr; i++)
		time[i].start = time[i].end = -1;
	make_ssml(sp, &ssml, at);
	k = in_child(voice, (int)(WORDS_A_MINUTE * speed + 0.5), ssml.buf,
	    &reply, e);
	if (!k)
		k = check_reply(&reply, voice, e);
	if (!k) {
		take_reply(&reply, at, sp->nr, time, r);
		k = speech_finish(r, sp, time, "espeak", e);
	}
	strbuf_release(&ssml);
	strbuf_release(&reply);
	free(time);
	free(at);
	return k;
}

static int
espeak_speak(const struct speech_request *q, struct speech_result *r,
    struct err *e)
{
	struct spoken_engine engine = { "espeak", 0, 0 };
	const char *voice = q->voice;
	struct spoken sp;
	int k;

	speech_result_init(r);
	if (!voice)
		voice = espeak_voice_for(q->language);
	if (!voice)
		return err_set(e, EX_CONF, "espeak does not speak \"%.40s\"; "
		    "correct language: or name a voice", q->language);
	if (check_voice(voice, e) < 0)
		return -1;
	engine.cjk = !strncmp(voice, "cmn", 3) || !strncmp(voice, "yue", 3) ||
	    !strncmp(voice, "hak", 3) || !strncmp(voice, "ja", 2);
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

const struct speech_provider speech_espeak = {
	.name = "espeak",
	.voice_for = espeak_voice_for,
	.speak = espeak_speak
};
