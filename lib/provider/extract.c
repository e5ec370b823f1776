#include "provider/extract.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "provider/script_finish.h"
#include "text/outline.h"
#include "text/phrase.h"
#include "text/summary.h"

#define EXTRACT_VERSION "extract 1"
#define DESCRIPTION_MAX 300 /* bytes */

/* Made by an algorithm from the user's own words: no trained model. */
#define SOURCE_TYPE "algorithmicMedia"

static int
is_blank(const char *s)
{
	return !s || !s[strspn(s, " \t\r\n")];
}

static void
finish(const struct script_request *q, const struct script *s,
    struct script_result *r)
{
	script_finish(q, s, r);
	r->source_type = SOURCE_TYPE;
	snprintf(r->version, sizeof(r->version), "%s", EXTRACT_VERSION);
}

static void
write_outline(const struct script_request *q, struct script_result *r)
{
	struct script s = SCRIPT_INIT;
	double seconds = q->seconds;

	if (seconds <= 0 && q->words)
		seconds = (double)q->words / 2.5;
	outline_make(q->brief, strlen(q->brief), q->language, seconds, &s);
	r->placeholder = 1;
	strbuf_addstr(&r->warnings, "there is no source to extract from; the "
	    "script is an outline of placeholders to be filled in\n");
	finish(q, &s, r);
	script_release(&s);
}

/* The lead sentence, if it is of a length for a description. */
static char *
describe(const char *lead)
{
	return lead && strlen(lead) <= DESCRIPTION_MAX ? xstrdup(lead) : NULL;
}

static int
write_summary(const struct script_request *q, struct script_result *r,
    struct err *e)
{
	struct summary_request sq;
	struct summary s;

	memset(&sq, 0, sizeof(sq));
	sq.source = q->source;
	sq.len = strlen(q->source);
	sq.language = q->language;
	sq.platform = q->platform;
	sq.seconds = q->words ? 0 : q->seconds;
	sq.words = q->words;
	sq.pace = pace_for(q->language, q->voice_provider, q->speed);
	if (summary_make(&sq, &s, e) < 0)
		return -1;
	if (!s.script.title && s.script.nr)
		s.script.title = phrase_key(s.script.v[0].text, q->language,
		    7);
	r->description = describe(s.lead);
	finish(q, &s.script, r);
	summary_release(&s);
	return 0;
}

static int
extract_write(const struct script_request *q, struct script_result *r,
    struct err *e)
{
	const char *name = is_blank(q->source) ? "brief" : "source";
	const char *text = is_blank(q->source) ? q->brief : q->source;
	size_t bad = is_blank(text) ? 0 : utf8_check(text, strlen(text));

	script_result_init(r);
	if (is_blank(text))
		return err_set(e, EX_DATA, "there is neither a source nor a "
		    "brief; write one, such as \"why the sea is salt\"");
	if (bad < strlen(text))
		return err_set(e, EX_DATA, "%s: byte %zu is not UTF-8; save "
		    "the text as UTF-8", name, bad + 1);
	if (is_blank(q->source)) {
		write_outline(q, r);
		return 0;
	}
	return write_summary(q, r, e);
}

const struct script_provider extract_script = {
	.name = "extract", .write = extract_write
};
