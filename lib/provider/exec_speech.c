/* exec: for speech; alone, so that a program links only its own stage. */
#include "provider/exec.h"

#include <stdio.h>

#include "provider/exec_call.h"
#include "provider/speech_file.h"

static int
fetch_speech(const struct speech_request *q, struct strbuf *reply,
    struct err *e)
{
	struct exec_call c = exec_begin(q->model, "speech", q->language,
	    q->text, EXEC_SOUND_BYTES);

	exec_put(&c, "VOICE", q->voice);
	exec_put_num(&c, "SPEED", q->speed);
	exec_put_options(&c, q->options);
	return exec_run(&c, reply, e);
}

static int
parse_speech(const struct speech_request *q, const struct strbuf *reply,
    struct speech_result *r, struct err *e)
{
	struct strbuf bytes = STRBUF_INIT;
	char name[128];

	speech_result_init(r);
	snprintf(name, sizeof(name), "exec:%.100s", q->model ? q->model : "");
	strbuf_add(&bytes, reply->buf, reply->len);
	if (speech_file_read(name, &bytes, r, e) < 0)
		return -1;
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
