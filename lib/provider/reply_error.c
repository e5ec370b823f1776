#include "provider/reply_error.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wait_time.h"
#include "record/json.h"

#define BODY_SHOWN 200 /* bytes of a body that is no JSON */
#define BODY_READ (1u << 20)

/* The first text there is among these. */
static const char *
first_text(const struct node *doc, const char *const *paths)
{
	const char *s;

	for (; *paths; paths++) {
		s = node_str(doc, *paths, NULL);
		if (s && *s)
			return s;
	}
	return NULL;
}

static const char *
message(const struct node *doc)
{
	static const char *const paths[] = { "error.message", "error",
		"detail.message", "detail.error.message", "detail", "message",
		"errors", NULL };
	const struct node *list = node_get(doc, "detail");
	const char *s = first_text(doc, paths);

	if (!s && list && list->kind == NODE_LIST && list->nr)
		s = node_str(list->kid[0], "msg", NULL);
	return s;
}

/* Google says how long to wait in a list of details of any kind, and that a key
 * is wrong, which comes as a 400. */
static void
read_details(const struct node *list, struct reply_error *out)
{
	const char *s;
	size_t i;

	if (!list || list->kind == NODE_MAP) {
		s = node_str(list, "error_code", NULL);
		if (s)
			utf8_printable(out->code, sizeof(out->code), s,
			    strlen(s));
		return;
	}
	for (i = 0; i < list->nr; i++) {
		s = node_str(list->kid[i], "retryDelay", NULL);
		if (s)
			out->wait = wait_time_duration(s);
		if (!strcmp(node_str(list->kid[i], "reason", ""),
		    "API_KEY_INVALID"))
			out->is_key = 1;
	}
}

static int
has_any(const char *s, const char *const *words)
{
	for (; *words; words++)
		if (strcasestr(s, *words))
			return 1;
	return 0;
}

/* Codes that say that a person has to act: OpenAI's and Anthropic's lists of
 * spending faults, ElevenLabs' quota, Google's "limit: 0". */
static void
classify(struct reply_error *out)
{
	static const char *const quota[] = { "insufficient_quota",
		"credit_balance", "spend_limit", "usage_limit_exceeded",
		"quota_exceeded", "billing", NULL };
	static const char *const none[] = { "credit balance", NULL };
	static const char *const model[] = { "model_not_found",
		"model_deprecated", "model_not_available", NULL };
	static const char *const gone[] = { "not found", "does not exist",
		"deprecated", "no longer", "not available", "retired",
		"not supported", "unknown", "no such", NULL };
	/* what a model does not take says nothing against the model */
	static const char *const field[] = { "parameter", "response_format",
		"json_schema", "output_", "unsupported value", NULL };

	/* Google says it of a minute's quota too, and then how long to wait */
	out->is_quota = has_any(out->code, quota) || has_any(out->text, none) ||
	    (strcasestr(out->text, "quota") &&
	    strcasestr(out->text, "limit: 0")) || (out->wait < 0 &&
	    strcasestr(out->text, "exceeded your current quota"));
	out->is_model = has_any(out->code, model) ||
	    (strcasestr(out->text, "model") && has_any(out->text, gone) &&
	    !has_any(out->text, field));
}

void
reply_error_read(const struct strbuf *body, struct reply_error *out)
{
	static const char *const codes[] = { "error.code", "error.type",
		"error.status", "detail.status", "detail.code", "code", "type",
		NULL };
	struct node *doc = body->len <= BODY_READ ? json_parse("reply",
	    body->buf, body->len, NULL) : NULL;
	const char *s = message(doc);
	size_t n = s ? strlen(s) : body->len;

	memset(out, 0, sizeof(*out));
	out->wait = -1;
	if (!s)
		s = body->buf;
	if (n > BODY_SHOWN) /* not in the midst of a character */
		for (n = BODY_SHOWN; n > BODY_SHOWN - 3 &&
		    (s[n] & 0xc0) == 0x80; n--)
			;
	utf8_printable(out->text, sizeof(out->text), s, n);
	n = strlen(out->text); /* what to do follows, in the same line */
	if (n > 1 && out->text[n - 1] == '.' && out->text[n - 2] != '.')
		out->text[n - 1] = '\0';
	s = first_text(doc, codes);
	if (s)
		utf8_printable(out->code, sizeof(out->code), s, strlen(s));
	/* the type says more where the code is only the status */
	if (strspn(out->code, "0123456789") == strlen(out->code)) {
		s = node_str(doc, "error.status", node_str(doc, "error.type",
		    NULL));
		if (s)
			utf8_printable(out->code, sizeof(out->code), s,
			    strlen(s));
	}
	read_details(node_get(doc, "error.details"), out);
	classify(out);
	node_free(doc);
}
