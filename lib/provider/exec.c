#include "provider/exec.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/spawn.h"
#include "base/strvec.h"
#include "base/utf8.h"
#include "media/voice_clip.h"

#define GAIN_MOST 8.0 /* a clip that is quieter than this is left so */
#define BRIEF_BYTES 100000 /* Linux takes 128 KiB in one variable */

struct call {
	const char *command;
	const char *in;
	size_t limit;
	struct strvec env;
};

static void
put(struct call *c, const char *name, const char *value)
{
	strvec_pushf(&c->env, "STUDIO_%s=%s", name, value ? value : "");
}

static void
put_num(struct call *c, const char *name, double d)
{
	strvec_pushf(&c->env, "STUDIO_%s=%.10g", name, d);
}

/* What an exit status means, with the command's own words. */
static int
failed(const struct call *c, int status, const struct strbuf *said,
    struct err *e)
{
	static const int known[] = { EX_REFUSED, EX_LATER, EX_NOQUOTA,
		EX_CONF };
	size_t n = strcspn(said->buf, "\r\n"), i;
	int code = EX_FAILED;

	if (status == 127)
		return err_set(e, EX_CONF, "exec:%s: command not found; "
		    "install it, or correct the name", c->command);
	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (status == known[i])
			code = status;
	if (n > 300)
		n = 300;
	return err_set(e, code, "exec:%s: exit %d%s%.*s; run it by hand to see",
	    c->command, status, n ? ": " : "", (int)n, said->buf);
}

static int
run(struct call *c, struct strbuf *reply, struct err *e)
{
	const char *argv[] = { "sh", "-c", c->command, NULL };
	struct strbuf said = STRBUF_INIT;
	struct spawn s = SPAWN_INIT;
	int status, ret = 0;

	s.argv = argv;
	s.env = &c->env;
	s.in = c->in;
	s.in_len = strlen(c->in);
	s.out = reply;
	s.out_limit = c->limit;
	s.errout = &said;
	status = spawn_run(&s, e);
	if (status < 0)
		ret = err_prefix(e, "exec:%s", c->command);
	else if (status > 0)
		ret = failed(c, status, &said, e);
	else if (!reply->len)
		ret = err_set(e, EX_DATA, "exec:%s: gave nothing on stdout; "
		    "run it by hand to see", c->command);
	strbuf_release(&said);
	strvec_release(&c->env);
	return ret;
}

static struct call
begin(const char *command, const char *stage, const char *language,
    const char *in, size_t limit)
{
	struct call c = { command ? command : "", in, limit, STRVEC_INIT };

	put(&c, "STAGE", stage);
	put(&c, "LANGUAGE", language);
	return c;
}

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
	struct call c = begin(q->model, "speech", q->language, q->text,
	    EXEC_SOUND_BYTES);

	put(&c, "VOICE", q->voice);
	put_num(&c, "SPEED", q->speed);
	return run(&c, reply, e);
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
	struct call c = begin(q->model, "image", q->language, q->prompt,
	    EXEC_PICTURE_BYTES);

	/* a quarter more than the frame, so that motion has room */
	put_num(&c, "WIDTH", (q->width * 5 + 3) / 4);
	put_num(&c, "HEIGHT", (q->height * 5 + 3) / 4);
	put(&c, "STYLE", q->style);
	put(&c, "TONE", q->tone);
	put(&c, "LOOK", q->look);
	put_num(&c, "TAKE", q->take);
	return run(&c, reply, e);
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

static int
fetch_script(const struct script_request *q, struct strbuf *reply,
    struct err *e)
{
	struct call c = begin(q->model, "script", q->language,
	    *q->source ? q->source : q->brief, EXEC_SCRIPT_BYTES);

	put_num(&c, "SECONDS", q->seconds);
	put_num(&c, "WORDS", (double)q->words);
	put(&c, "TONE", q->tone);
	put(&c, "CATEGORY", q->category);
	put(&c, "PLATFORM", q->platform);
	if (strlen(q->brief) < BRIEF_BYTES)
		put(&c, "BRIEF", q->brief);
	return run(&c, reply, e);
}

static int
parse_script(const struct script_request *q, const struct strbuf *reply,
    struct script_result *r, struct err *e)
{
	size_t bad = utf8_check(reply->buf, reply->len);

	memset(r, 0, sizeof(*r));
	strbuf_init(&r->warnings);
	strbuf_init(&r->markdown);
	if (bad != reply->len)
		return err_set(e, EX_DATA, "exec:%s: byte %zu of its output is "
		    "not UTF-8 text; correct the command",
		    q->model ? q->model : "", bad);
	strbuf_add(&r->markdown, reply->buf, reply->len);
	r->source_type = "trainedAlgorithmicMedia";
	snprintf(r->version, sizeof(r->version), "exec");
	return 0;
}

static int
write_script(const struct script_request *q, struct script_result *r,
    struct err *e)
{
	struct strbuf reply = STRBUF_INIT;
	int ret = fetch_script(q, &reply, e);

	if (ret == 0)
		ret = parse_script(q, &reply, r, e);
	strbuf_release(&reply);
	return ret;
}

const struct script_provider exec_script = {
	"exec", 1, write_script, fetch_script, parse_script
};
