#include "provider/script_finish.h"

#include <string.h>

#include "base/mem.h"
#include "text/check.h"
#include "text/pace.h"
#include "text/summary.h"

static int
is_blank(const char *s)
{
	return !s || !s[strspn(s, " \t\r\n")];
}

double
script_seconds(const struct script_request *q, const struct script *s)
{
	struct pace pace = pace_for(q->language, q->voice_provider, q->speed);

	return summary_film_seconds(s, &pace, q->platform);
}

static void
set_once(char **to, const char *value)
{
	if (!*to && !is_blank(value))
		*to = xstrdup(value);
}

static void
check(const struct script_request *q, const struct script *s,
    struct script_result *r)
{
	struct strbuf material = STRBUF_INIT;
	struct check_request c = {
		.language = q->language, .platform = q->platform,
		.target = q->seconds, .got = r->seconds,
		.target_words = q->words
	};

	if (!is_blank(q->source)) {
		strbuf_addf(&material, "%s\n\n%s\n\n%s\n", q->source,
		    q->brief ? q->brief : "", q->instructions ?
		    q->instructions : "");
		c.source = material.buf;
	}
	check_script(s, &c, &r->warnings);
	strbuf_release(&material);
}

void
script_finish(const struct script_request *q, const struct script *s,
    struct script_result *r)
{
	set_once(&r->title, s->title);
	set_once(&r->description, s->description);
	set_once(&r->tags, s->tags);
	script_print(s, &r->markdown);
	if (r->placeholder)
		return;
	r->seconds = script_seconds(q, s);
	check(q, s, r);
}
