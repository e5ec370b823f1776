/*
 * What a server says when it does not do what was asked, in the shapes that
 * servers use:
 *
 *	{"error": {"message", "type", "code", "status", "details"}}
 *	                                OpenAI, Anthropic, Google, llama.cpp
 *	{"error": "text"}               Ollama, AUTOMATIC1111
 *	{"detail": "text"}, {"detail": {"message", "status"}},
 *	{"detail": [{"msg", "loc"}]}    FastAPI, ElevenLabs
 *	{"message": "text"}             others
 *	anything else                   its first bytes
 */
#ifndef PROVIDER_REPLY_ERROR_H
#define PROVIDER_REPLY_ERROR_H

#include "base/strbuf.h"

#define REPLY_ERROR_TEXT 240

struct reply_error {
	char text[REPLY_ERROR_TEXT]; /* for people; printable */
	char code[80];    /* the machine's word: code, type or status */
	int is_quota;     /* money or quota: waiting does not help */
	int is_key;       /* the key is wrong, whatever the status */
	int is_model;     /* the model is unknown or was taken away */
	double wait;      /* seconds that the body says to wait; -1 */
};

void reply_error_read(const struct strbuf *body, struct reply_error *out);

#endif
