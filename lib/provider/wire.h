/*
 * What the network providers share in building requests and reading replies.
 */
#ifndef PROVIDER_WIRE_H
#define PROVIDER_WIRE_H

#include "base/error.h"
#include "base/strbuf.h"
#include "provider/call.h"
#include "provider/provider.h"
#include "record/node.h"

/* EX_CONF with the command that names one where c has no model. */
int wire_need_model(const struct call *c, struct err *e);

/* Put value (taken over) at a path, "voice_settings.speed", making the maps on
 * the way. -1 where something on the way is there and no map. */
int wire_put(struct node *doc, const char *path, struct node *value);

/* Lay the user's options over a request: "voice_settings.stability" goes into a
 * map. What the request has already may not be overridden (EX_CONF); options is
 * NULL or a map, what ("ttsOptions") names it. */
int wire_options(struct node *doc, const struct node *options,
	const char *what, struct err *e);

/* A reply of at most CALL_REPLY_BYTES as JSON, long texts left in it
 * (json_parse_lean); one that says an error with status 200 is EX_REFUSED, one
 * that is no JSON EX_DATA, quoted. To be freed. */
struct node *wire_parse(const char *name, const struct strbuf *reply,
	struct err *e);

/* The same with its texts whole, however long, where the answer is a text: at
 * most JSON_BYTES. */
struct node *wire_parse_text(const char *name, const struct strbuf *reply,
	struct err *e);

/* The whole number at path, 0 where there is none or it is not 0 .. most: what
 * a server counts is not believed without a bound. */
long long wire_whole(const struct node *doc, const char *path, long long most);

#define WIRE_TOKENS 1000000000 /* the most that one call is believed to take */
#define WIRE_SEED (1LL << 53)  /* the largest seed that a JSON number has */

/* Count tokens from the first of two paths that is there. */
void wire_tokens(const struct node *doc, const char *in, const char *out,
	struct call_usage *u);

/* Append a copy of a word or character that was heard. */
void wire_heard(struct speech_reply *r, const char *text, double start,
	double end);

/* Copy what a reply says of its model ("model" and so on) into a field. */
void wire_model(char out[100], const struct node *doc, const char *path);

/* *out gets a copy of s, unless that is NULL or "". */
void wire_copy(char **out, const char *s);

/* A seed for a request: of its digest, or of the take where it has none. */
long long wire_seed(const char *digest, int take);

/* Put a WAV header before 16-bit PCM when type, a Content-Type, says that it is
 * bare ("audio/L16;rate=24000", "audio/pcm"); rate and channels are read from
 * it, 24000 and 1 where it does not say. What is text is left as it is. */
void wire_pcm(const char *type, struct strbuf *sound);

#endif
