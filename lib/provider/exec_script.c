/* exec: for scripts; what it prints is script.md. */
#include "provider/exec.h"

#include <string.h>

#include "provider/exec_call.h"

#define BRIEF_BYTES 100000 /* Linux takes 128 KiB in one variable */

static int
ask(const struct script_request *q, const struct script_chat *t,
    struct call *call, struct strbuf *reply, struct err *e)
{
	struct exec_call c = exec_begin(q->model, "script", q->language,
	    *q->source ? q->source : q->brief, EXEC_SCRIPT_BYTES);

	exec_put_num(&c, "SECONDS", q->seconds);
	exec_put_num(&c, "WORDS", (double)q->words);
	exec_put(&c, "TONE", q->tone);
	exec_put(&c, "CATEGORY", q->category);
	exec_put(&c, "PLATFORM", q->platform);
	if (strlen(q->brief) < BRIEF_BYTES)
		exec_put(&c, "BRIEF", q->brief);
	exec_put_options(&c, q->options);
	(void)t;
	(void)call;
	return exec_run(&c, reply, e);
}

static int
read_reply(const struct strbuf *reply, struct script_answer *a, struct err *e)
{
	(void)e;
	strbuf_add(&a->text, reply->buf, reply->len);
	a->is_markdown = 1;
	return 0;
}

const struct script_provider exec_script = {
	.name = "exec", .ask = ask, .read = read_reply
};
