#include "provider/speech_file.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "media/voice_clip.h"
#include "media/wav.h"
#include "provider/media_kind.h"

#define GAIN_MOST 8.0 /* a clip that is quieter than this is left so */
#define QUOTED 80     /* bytes of an answer that is no sound */
#define READABLE 8    /* less of it than this is by chance */

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

/* Bytes at the start of b that a person can read: at most QUOTED, no code
 * point cut. 0 where there are hardly any before something else. */
static size_t
readable(const char *s, size_t n)
{
	size_t i, k;
	uint32_t cp;

	for (i = 0; i < n && i < QUOTED; i += k) {
		k = utf8_decode(s + i, n - i, &cp);
		if (!k || (cp < ' ' && cp != '\n' && cp != '\t' && cp != '\r'))
			return i < READABLE ? 0 : i;
		if (i + k > QUOTED)
			break;
	}
	return i;
}

static int
not_sound(const char *name, const struct strbuf *b, const char *kind,
    struct err *e)
{
	const char *s = b->buf + strspn(b->buf, " \t\r\n");
	size_t n = readable(s, b->len - (size_t)(s - b->buf));
	char quote[QUOTED * 4 + 1];

	if (kind)
		return err_set(e, EX_DATA, "%s: answered with a picture (%s), "
		    "not sound; correct the model, or the command", name,
		    kind);
	if (!b->len)
		return err_set(e, EX_DATA, "%s: answered with nothing; "
		    "correct the model, or the command", name);
	if (!n)
		return err_set(e, EX_DATA, "%s: answered with no sound file "
		    "(WAV, MP3, FLAC, Ogg, M4A); correct the format asked "
		    "for, or the command", name);
	while (n && strchr(" \t\r\n", s[n - 1]))
		n--;
	utf8_printable(quote, sizeof(quote), s, n);
	return err_set(e, EX_DATA, "%s: answered with text, not sound: "
	    "\"%s\"; correct the model, or the command", name, quote);
}

static int
read_sound(const char *name, struct strbuf *b, struct speech_result *r,
    struct err *e)
{
	r->extension = media_kind(b->buf, b->len);
	if (!r->extension || media_kind_is_picture(r->extension))
		return not_sound(name, b, r->extension, e);
	if (!strcmp(r->extension, "wav"))
		(void)wav_mend(b); /* what it refuses, the decoder names */
	if (sound_decode(&r->sound, name, b->buf, b->len, e) < 0)
		return -1;
	if (sound_seconds(&r->sound) > SPEECH_FILE_SECONDS_MAX)
		return err_set(e, EX_DATA, "%s: answered with %.1f hours of "
		    "sound, more than the %.0f that one clip may have; split "
		    "the text", name, sound_seconds(&r->sound) / 3600,
		    SPEECH_FILE_SECONDS_MAX / 3600);
	return measure(r, name, e);
}

int
speech_file_read(const char *name, struct strbuf *bytes,
    struct speech_result *r, struct err *e)
{
	if (read_sound(name, bytes, r, e) < 0) {
		strbuf_release(bytes);
		speech_result_release(r);
		return -1;
	}
	strbuf_release(&r->bytes);
	r->bytes = *bytes;
	strbuf_init(bytes);
	r->timing = "estimated";
	r->source_type = "trainedAlgorithmicMedia";
	return 0;
}
