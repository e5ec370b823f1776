/* exec: for scripts; alone, so that a program links only its own stage. */
#include "provider/exec.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "provider/exec_call.h"
#include "text/script.h"

#define BRIEF_BYTES 100000 /* Linux takes 128 KiB in one variable */

static int
fetch_script(const struct script_request *q, struct strbuf *reply,
    struct err *e)
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
	return exec_run(&c, reply, e);
}

static int
parse_script(const struct script_request *q, const struct strbuf *reply,
    struct script_result *r, struct err *e)
{
	size_t bad = utf8_check(reply->buf, reply->len);
	struct script s = SCRIPT_INIT;

	script_result_init(r);
	if (bad != reply->len)
		return err_set(e, EX_DATA, "exec:%s: byte %zu of its output is "
		    "not UTF-8 text; correct the command",
		    q->model ? q->model : "", bad);
	strbuf_add(&r->markdown, reply->buf, reply->len);
	script_parse(reply->buf, reply->len, &s);
	r->title = s.title;
	r->description = s.description;
	r->tags = s.tags;
	s.title = s.description = s.tags = NULL;
	script_release(&s);
	r->source_type = "trainedAlgorithmicMedia";
	snprintf(r->version, sizeof(r->version), "exec");
	return 0;
}

const struct script_provider exec_script = {
	"exec", 1, NULL, fetch_script, parse_script
};
