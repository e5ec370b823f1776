/*
 * Any reply of any server is read or refused, and what is read has no more in
 * it than the reply. The first byte chooses whose: below READERS a provider's
 * read, else reply_error_read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "provider/provider.h"
#include "provider/reply_error.h"
#include "provider/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

extern const struct script_provider openai_script, anthropic_script,
    gemini_script, exec_script;
extern const struct speech_provider openai_speech, gemini_speech,
    elevenlabs_speech, kokoro_speech, piper_speech, exec_speech;
extern const struct image_provider openai_image, gemini_image, a1111_image,
    sdcpp_image, pexels_image, exec_image;

static const struct script_provider *const scripts[] = { &openai_script,
	&anthropic_script, &gemini_script, &exec_script };
static const struct speech_provider *const voices[] = { &openai_speech,
	&gemini_speech, &elevenlabs_speech, &kokoro_speech, &piper_speech,
	&exec_speech };
static const struct image_provider *const pictures[] = { &openai_image,
	&gemini_image, &a1111_image, &sdcpp_image, &pexels_image,
	&exec_image };

#define SCRIPTS (sizeof(scripts) / sizeof(*scripts))
#define VOICES (sizeof(voices) / sizeof(*voices))
#define PICTURES (sizeof(pictures) / sizeof(*pictures))
#define READERS (SCRIPTS + VOICES + PICTURES)

/* A refusal says why and has a code; a good one has neither. */
static void
check(int ret, const struct err *e, const struct call_usage *u,
    const char *model)
{
	if (ret < 0 ? !e->code || !e->msg[0] : e->code)
		abort();
	if (u->input_tokens < 0 || u->input_tokens > WIRE_TOKENS ||
	    u->output_tokens < 0 || u->output_tokens > 2LL * WIRE_TOKENS)
		abort();
	if (strlen(model) > 99 || utf8_check(model, strlen(model)) !=
	    strlen(model))
		abort();
}

static void
read_script(const struct script_provider *p, const struct strbuf *b)
{
	struct script_answer a;
	struct err e = ERR_INIT;
	int ret;

	memset(&a, 0, sizeof(a));
	strbuf_init(&a.text);
	ret = p->read(b, &a, &e);
	check(ret, &e, &a.used, a.model);
	if (a.text.len > b->len || (ret == 0 && !a.text.len &&
	    p != &exec_script))
		abort();
	strbuf_release(&a.text);
}

static void
read_voice(const struct speech_provider *p, const struct strbuf *b)
{
	struct speech_reply r;
	struct err e = ERR_INIT;
	size_t i;

	memset(&r, 0, sizeof(r));
	strbuf_init(&r.bytes);
	check(speech_reply_read(p, b, &r, &e), &e, &r.used, r.model);
	/* a header may come before it */
	if (r.bytes.len > b->len + 64 || r.heard_nr > b->len)
		abort();
	for (i = 0; i < r.heard_nr; i++)
		if (!r.heard[i].text || !(r.heard[i].start <= 1e308) ||
		    !(r.heard[i].end <= 1e308))
			abort();
	speech_reply_release(&r);
}

static void
read_picture(const struct image_provider *p, const struct strbuf *b)
{
	struct image_reply r;
	struct err e = ERR_INIT;

	memset(&r, 0, sizeof(r));
	strbuf_init(&r.bytes);
	check(image_reply_read(p, b, &r, &e), &e, &r.used, r.model);
	if (r.bytes.len > b->len || r.seed > WIRE_SEED)
		abort();
	image_reply_release(&r);
}

static void
read_error(const struct strbuf *b)
{
	struct reply_error r;

	reply_error_read(b, &r);
	if (utf8_check(r.text, strlen(r.text)) != strlen(r.text) ||
	    utf8_check(r.code, strlen(r.code)) != strlen(r.code) ||
	    strpbrk(r.text, "\n\r\t\x1b\x7f") ||
	    strpbrk(r.code, "\n\r\t\x1b\x7f") ||
	    !(r.wait == -1 || (r.wait >= 0 && r.wait < 1e9)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf b = STRBUF_INIT;
	size_t k;

	if (!size)
		return 0;
	k = data[0] % (READERS + 1);
	strbuf_add(&b, data + 1, size - 1);
	if (k < SCRIPTS)
		read_script(scripts[k], &b);
	else if (k < SCRIPTS + VOICES)
		read_voice(voices[k - SCRIPTS], &b);
	else if (k < READERS)
		read_picture(pictures[k - SCRIPTS - VOICES], &b);
	else
		read_error(&b);
	strbuf_release(&b);
	return 0;
}
