/* exec: for speech; alone, so that a program links only its own stage. */
#include "provider/exec.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "media/voice_clip.h"
#include "provider/exec_call.h"

#define GAIN_MOST 8.0 /* a clip that is quieter than this is left so */

static int
fetch_speech(const struct speech_request *q, struct strbuf *reply,
    struct err *e)
{
	struct exec_call c = exec_begin(q->model, "speech", q->language,
	    q->text, EXEC_SOUND_BYTES);

	exec_put(&c, "VOICE", q->voice);
	exec_put_num(&c, "SPEED", q->speed);
	return exec_run(&c, reply, e);
}

/* Where speech lies in the clip, and what levels it. */
static int
measure(struct speech_result *r, const char *name, struct err *e)
{
	struct voice_level level;
	struct sound copy;
	double lufs, peak;
	int ret;

	sound_init(&copy, r->sound.rate, r->sound.channels, r->sound.frames);
	memcpy(copy.sample, r->sound.sample, r->sound.frames *
	    (size_t)r->sound.channels * sizeof(*copy.sample));
	ret = voice_clip_clean(&copy, name, &level, e);
	if (ret == 0)
		ret = voice_clip_loudness(&r->sound, &lufs, &peak, e);
	if (ret == 0) {
		r->trim_start = level.head;
		r->trim_end = level.head + sound_seconds(&copy);
		if (r->trim_end > sound_seconds(&r->sound))
			r->trim_end = sound_seconds(&r->sound);
		r->gain = exp2((VOICE_LUFS - lufs) / 6.0205999132796239);
		if (!(r->gain < GAIN_MOST))
			r->gain = GAIN_MOST;
	}
	sound_release(&copy);
	return ret;
}

static int
parse_speech(const struct speech_request *q, const struct strbuf *reply,
    struct speech_result *r, struct err *e)
{
	char name[128];

	speech_result_init(r);
	snprintf(name, sizeof(name), "exec:%.100s", q->model ? q->model : "");
	r->extension = exec_kind(reply);
	if (!r->extension)
		return err_set(e, EX_DATA, "%s: its output is no sound file "
		    "(WAV, MP3, FLAC, Ogg, M4A); correct the command", name);
	if (sound_decode(&r->sound, name, reply->buf, reply->len, e) < 0)
		return -1;
	if (measure(r, name, e) < 0) {
		sound_release(&r->sound);
		return -1;
	}
	strbuf_add(&r->bytes, reply->buf, reply->len);
	r->timing = "estimated";
	r->source_type = "trainedAlgorithmicMedia";
	snprintf(r->voice, sizeof(r->voice), "%.60s", q->voice ? q->voice : "");
	snprintf(r->version, sizeof(r->version), "exec");
	return 0;
}

static const char *
any_voice(const char *language)
{
	(void)language;
	return "";
}

const struct speech_provider exec_speech = {
	"exec", 1, any_voice, NULL, fetch_speech, parse_speech
};
