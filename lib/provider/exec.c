#include "provider/exec.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "media/voice_clip.h"
#include "provider/exec_call.h"

#define GAIN_MOST 8.0 /* a clip that is quieter than this is left so */

/* By the first bytes, not by what anyone says it is. */
static const char *
kind_of(const struct strbuf *b)
{
	static const struct {
		size_t at;
		const char *bytes;
		size_t n;
		const char *ext;
	} magic[] = {
		{ 8, "WAVE", 4, "wav" }, { 0, "ID3", 3, "mp3" },
		{ 0, "\xff\xfb", 2, "mp3" }, { 0, "\xff\xf3", 2, "mp3" },
		{ 0, "fLaC", 4, "flac" }, { 0, "OggS", 4, "ogg" },
		{ 4, "ftyp", 4, "m4a" }, { 8, "WEBP", 4, "webp" },
		{ 0, "\x89PNG", 4, "png" }, { 0, "\xff\xd8\xff", 3, "jpg" },
	};
	size_t i;

	for (i = 0; i < sizeof(magic) / sizeof(*magic); i++)
		if (b->len >= magic[i].at + magic[i].n &&
		    !memcmp(b->buf + magic[i].at, magic[i].bytes, magic[i].n))
			return magic[i].ext;
	return NULL;
}

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

	memset(r, 0, sizeof(*r));
	strbuf_init(&r->warnings);
	strbuf_init(&r->bytes);
	snprintf(name, sizeof(name), "exec:%.100s", q->model ? q->model : "");
	r->extension = kind_of(reply);
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

static int
speak(const struct speech_request *q, struct speech_result *r, struct err *e)
{
	struct strbuf reply = STRBUF_INIT;
	int ret = fetch_speech(q, &reply, e);

	if (ret == 0)
		ret = parse_speech(q, &reply, r, e);
	strbuf_release(&reply);
	return ret;
}

static const char *
any_voice(const char *language)
{
	(void)language;
	return "";
}

const struct speech_provider exec_speech = {
	"exec", 1, any_voice, speak, fetch_speech, parse_speech
};

static int
fetch_image(const struct image_request *q, struct strbuf *reply,
    struct err *e)
{
	struct exec_call c = exec_begin(q->model, "image", q->language,
	    q->prompt, EXEC_PICTURE_BYTES);

	/* a quarter more than the frame, so that motion has room */
	exec_put_num(&c, "WIDTH", (q->width * 5 + 3) / 4);
	exec_put_num(&c, "HEIGHT", (q->height * 5 + 3) / 4);
	exec_put(&c, "STYLE", q->style);
	exec_put(&c, "TONE", q->tone);
	exec_put(&c, "LOOK", q->look);
	exec_put_num(&c, "TAKE", q->take);
	return exec_run(&c, reply, e);
}

static int
parse_image(const struct image_request *q, const struct strbuf *reply,
    struct image_result *r, struct err *e)
{
	char name[128];

	memset(r, 0, sizeof(*r));
	strbuf_init(&r->warnings);
	strbuf_init(&r->bytes);
	snprintf(name, sizeof(name), "exec:%.100s", q->model ? q->model : "");
	r->extension = kind_of(reply);
	if (!r->extension)
		return err_set(e, EX_DATA, "%s: its output is no picture (PNG, "
		    "JPEG, WebP); correct the command", name);
	if (picture_decode(&r->picture, name, reply->buf, reply->len, e) < 0)
		return -1;
	strbuf_add(&r->bytes, reply->buf, reply->len);
	r->source_type = "trainedAlgorithmicMedia";
	snprintf(r->version, sizeof(r->version), "exec");
	return 0;
}

static int
draw(const struct image_request *q, struct image_result *r, struct err *e)
{
	struct strbuf reply = STRBUF_INIT;
	int ret = fetch_image(q, &reply, e);

	if (ret == 0)
		ret = parse_image(q, &reply, r, e);
	strbuf_release(&reply);
	return ret;
}

const struct image_provider exec_image = {
	"exec", 1, draw, fetch_image, parse_image
};
