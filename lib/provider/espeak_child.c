/*
 * The library keeps state from one text to the next, so that the second clip
 * of a process would differ from the same clip made first; therefore each text
 * is spoken in a process of its own, which also keeps a fault in the library
 * away from the caller.
 */
#include "provider/espeak_child.h"

#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/strbuf.h"

#define CHILD_SECONDS 600
#define REPLY_BYTES_MAX (1u << 30)
#define NOISE_SEED 1

enum reply_status { REPLY_DONE, REPLY_NO_ENGINE, REPLY_NO_VOICE };

/* What the child writes first; samples and events follow. */
struct reply {
	int status, rate;
	size_t samples, events;
	char version[64];
};

/* In the child: collected by the callback. */
static struct {
	struct strbuf samples, events;
} heard;

static int
on_sound(short *wav, int n, espeak_EVENT *ev)
{
	struct espeak_event one;

	if (wav && n > 0)
		strbuf_add(&heard.samples, wav, (size_t)n * sizeof(*wav));
	for (; ev->type != espeakEVENT_LIST_TERMINATED; ev++) {
		if (ev->type == espeakEVENT_MARK)
			one.mark = (int)strtol(ev->id.name, NULL, 10);
		else if (ev->type == espeakEVENT_WORD)
			one.mark = ESPEAK_POSITION;
		else
			continue;
		one.position = ev->text_position;
		one.sample = ev->sample;
		strbuf_add(&heard.events, &one, sizeof(one));
	}
	return heard.samples.len > REPLY_BYTES_MAX / 2;
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
	r.events = heard.events.len / sizeof(struct espeak_event);
	if (file_write_all(fd, &r, sizeof(r)) == 0 &&
	    file_write_all(fd, heard.samples.buf, heard.samples.len) == 0)
		file_write_all(fd, heard.events.buf, heard.events.len);
}

/* In the child: every language of every voice, one a line. A voice's list is
 * a byte of priority and a string each, ended by a zero byte. */
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

/* What child_speak (voice not NULL) or child_list is to do. */
struct order {
	const char *voice, *ssml;
	int rate;
};

static void
work(int fd, void *ctx)
{
	const struct order *o = ctx;

	if (o->voice)
		child_speak(fd, o->voice, o->rate, o->ssml);
	else
		child_list(fd);
}

static int
in_child(const char *voice, int rate, const char *ssml, struct strbuf *out,
    struct err *e)
{
	struct order o = { voice, ssml, rate };
	struct child_job job = { "espeak", CHILD_SECONDS, REPLY_BYTES_MAX,
		work, &o };
	int k = child_run(&job, out, e);

	if (k > 0)
		return err_set(e, EX_FAILED, "espeak stopped on this text; "
		    "write it another way or choose another voice");
	return k;
}

int
espeak_child_languages(struct strvec *out, struct err *e)
{
	struct strbuf list = STRBUF_INIT;
	char *line, *rest;
	int k = in_child(NULL, 0, NULL, &list, e);

	for (line = strtok_r(list.buf, "\n", &rest); line && !k;
	    line = strtok_r(NULL, "\n", &rest))
		if (!strvec_has(out, line))
			strvec_push(out, line);
	strvec_sort(out);
	strbuf_release(&list);
	return k;
}

static int
check_reply(const struct strbuf *b, struct reply *head, const char *voice,
    struct err *e)
{
	size_t room;

	if (b->len < sizeof(*head))
		return err_set(e, EX_FAILED, "espeak gave no answer; try "
		    "again");
	memcpy(head, b->buf, sizeof(*head));
	if (head->status == REPLY_NO_ENGINE)
		return err_set(e, EX_CONF, "espeak cannot start; install the "
		    "package espeak-ng-data");
	if (head->status == REPLY_NO_VOICE)
		return err_set(e, EX_CONF, "espeak cannot load voice \"%s\"; "
		    "choose another by --voice", voice);
	room = b->len - sizeof(*head);
	if (head->samples > room / sizeof(short) ||
	    room - head->samples * sizeof(short) !=
	    head->events * sizeof(struct espeak_event))
		return err_set(e, EX_FAILED, "espeak's answer was cut; try "
		    "again");
	return 0;
}

void
espeak_said_release(struct espeak_said *s)
{
	sound_release(&s->sound);
	free(s->event);
	memset(s, 0, sizeof(*s));
}

int
espeak_child_speak(const char *voice, int rate, const char *ssml,
    struct espeak_said *out, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct reply head;
	const char *p;
	size_t i;
	short v;

	memset(out, 0, sizeof(*out));
	if (in_child(voice, rate, ssml, &b, e) < 0 ||
	    check_reply(&b, &head, voice, e) < 0) {
		strbuf_release(&b);
		return -1;
	}
	p = b.buf + sizeof(head);
	sound_init(&out->sound, head.rate, 1, head.samples);
	for (i = 0; i < head.samples; i++) {
		memcpy(&v, p + i * sizeof(v), sizeof(v));
		out->sound.sample[i] = (float)(v / 32768.0);
	}
	p += head.samples * sizeof(v);
	out->event = xcalloc(head.events + 1, sizeof(*out->event));
	memcpy(out->event, p, head.events * sizeof(*out->event));
	out->event_nr = head.events;
	snprintf(out->version, sizeof(out->version), "%s", head.version);
	strbuf_release(&b);
	return 0;
}
