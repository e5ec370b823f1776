#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "media/voice_clip.h"
#include "media/wav.h"
#include "provider/media_kind.h"
#include "provider/speech.h"
#include "provider/speech_file.h"
#include "../tests/unit/tap.h"

/* A tone between two silences, as a WAV. */
static void
clip(struct strbuf *b, int rate, double amp, double head, double tail)
{
	struct sound s;
	size_t i, from = (size_t)(head * rate), n = (size_t)rate;

	sound_init(&s, rate, 1, from + n + (size_t)(tail * rate));
	for (i = 0; i < n; i++)
		s.sample[from + i] = (float)(amp *
		    sin(2 * M_PI * 440 * (double)i / rate));
	strbuf_reset(b);
	sound_wav(&s, b);
	sound_release(&s);
}

static int
read_it(const void *p, size_t n, struct speech_result *r, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int k;

	speech_result_init(r);
	strbuf_add(&b, p, n);
	k = speech_file_read("prov:model", &b, r, e);
	if (b.len || (k < 0 && (r->bytes.len || r->sound.sample)))
		return -2;
	return k;
}

/* Refused with this in the message. */
static void
refuses(const void *p, size_t n, const char *want, const char *name)
{
	struct speech_result r;
	struct err e = ERR_INIT;
	int k = read_it(p, n, &r, &e);

	ok(k == -1 && e.code == EX_DATA && strstr(e.msg, want) &&
	    !strncmp(e.msg, "prov:model: ", 12), "%s: %s", name, e.msg);
	speech_result_release(&r);
}

#define REFUSES(text, want, name) refuses(text, sizeof(text) - 1, want, name)

static void
test_refused(void)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;

	REFUSES("", "answered with nothing", "no bytes");
	REFUSES(" \n{\"error\": \"no such\nmodel\"}", "not sound: "
	    "\"{\"error\": \"no such model\"}\"", "an error as JSON");
	REFUSES("\xe6\xb5\xb7\xe4\xb8\x8a\xe2\x80\xae!", "\\u{202E}",
	    "what turns the text round is shown");
	REFUSES("\0\1\2\3\4\5\6\7", "no sound file", "bytes that are nothing");
	REFUSES("ab\x1b[2J", "no sound file", "controls are no text");
	REFUSES("\x89PNG\r\n\x1a\n", "a picture (png)", "a picture");
	for (i = 0; i < 79; i++)
		strbuf_addch(&b, 'x');
	strbuf_addstr(&b, "\xe6\xb5\xb7\xe6\xb5\xb7");
	refuses(b.buf, b.len, "xxx\"", "cut at a character");
	REFUSES("RIFF\0\0\0\0WAVE", "sound", "half a WAV header");
	REFUSES("ID3\4\0\0\0\0\0\0", "sound", "a tag and no frame");
	clip(&b, 24000, 0, 0.2, 0.2);
	refuses(b.buf, b.len, "nothing sounds", "silence");
	clip(&b, 24000, 0.3, 0, 0);
	memset(b.buf + 24, 0, 4);
	refuses(b.buf, b.len, "", "0 Hz");
	strbuf_setlen(&b, WAV_HEADER);
	refuses(b.buf, b.len, "", "a header alone");
	strbuf_reset(&b);
	strbuf_grow(&b, (size_t)8000 * 2 * 60 * 181);
	memset(b.buf, 0x11, (size_t)8000 * 2 * 60 * 181);
	strbuf_setlen(&b, (size_t)8000 * 2 * 60 * 181);
	wav_wrap(&b, 8000, 1);
	refuses(b.buf, b.len, "hours", "three hours and a minute");
	strbuf_release(&b);
}

static void
test_read(void)
{
	static const unsigned char lie[] = { 0xff, 0xff, 0xff, 0xff };
	struct strbuf b = STRBUF_INIT, good = STRBUF_INIT;
	struct speech_result r;
	struct err e = ERR_INIT;
	double lufs, peak;

	clip(&good, 24000, 0.05, 0.5, 0.25);
	strbuf_add(&b, good.buf, good.len);
	memcpy(b.buf + 4, lie, 4);
	memcpy(b.buf + 40, lie, 4);
	strbuf_add(&b, "LIST\010\0\0\0INFOabcd", 16);
	ok(read_it(b.buf, b.len, &r, &e) == 0, "a WAV that lies: %s", e.msg);
	is(r.extension, "wav", "is a WAV");
	ok(r.bytes.len == good.len + 16 &&
	    !memcmp(r.bytes.buf + 44, good.buf + 44, good.len - 44) &&
	    r.bytes.buf[4] != b.buf[4], "its lengths put right");
	ok(fabs(sound_seconds(&r.sound) - 1.75) < 1e-6, "as long as it is");
	ok(fabs(r.trim_start - 0.47) < 0.005 &&
	    fabs(r.trim_end - 1.53) < 0.01, "speech from %.3f to %.3f",
	    r.trim_start, r.trim_end);
	voice_clip_loudness(&r.sound, &lufs, &peak, &e);
	ok(fabs(20 * log10(r.gain) + lufs - VOICE_LUFS) < 0.01,
	    "the gain levels it");
	is(r.timing, "estimated", "times are estimated");
	is(r.source_type, "trainedAlgorithmicMedia", "a model made it");
	speech_result_release(&r);
	ok(read_it(good.buf, good.len, &r, &e) == 0 &&
	    r.bytes.len == good.len &&
	    !memcmp(r.bytes.buf, good.buf, good.len), "a good one stays");
	speech_result_release(&r);
	strbuf_release(&b);
	strbuf_release(&good);
}

#define KIND(bytes, want) \
	is(media_kind(bytes, sizeof(bytes) - 1), want, want ? want : "none")

static void
test_kind(void)
{
	KIND("RIFF\0\0\0\0WAVEfmt ", "wav");
	KIND("RIFF\0\0\0\0WEBPVP8 ", "webp");
	KIND("RIFF\0\0\0\0AVI LIST", NULL);
	KIND("the big WAVE", NULL);
	KIND("FORM\0\0\0\0AIFF", "aiff");
	KIND("FORM\0\0\0\0AIFC", "aiff");
	KIND("ID3\4", "mp3");
	KIND("\xff\xfb\x90\0", "mp3");
	KIND("\xff\xfa\x90\0", "mp3");
	KIND("\xff\xf3\x90\0", "mp3");
	KIND("\xff\xf2\x90\0", "mp3");
	KIND("\xff\xe2\x90\0", "mp3");
	KIND("\xff\xe3\x90\0", "mp3");
	KIND("\xff\xf1\x50\x80", "aac");
	KIND("\xff\xf9\x50\x80", "aac");
	KIND("\xff\xfe<\0", NULL); /* text in UTF-16 */
	KIND("\xff\xff\xff\xff", NULL);
	KIND("fLaC", "flac");
	KIND("OggS", "ogg");
	KIND("\x1a\x45\xdf\xa3", "webm");
	KIND("\0\0\0\x20" "ftypM4A ", "m4a");
	KIND("\x89PNG", "png");
	KIND("\xff\xd8\xff\xe0", "jpg");
	KIND("\xff", NULL);
	KIND("", NULL);
	ok(media_kind_is_picture("png") && !media_kind_is_picture("wav"),
	    "pictures are told from sound");
}

int
main(void)
{
	test_kind();
	test_refused();
	test_read();
	return done_testing();
}
