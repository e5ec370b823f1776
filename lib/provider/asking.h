/*
 * Ask a paid provider, whatever the stage: trust, endpoint, price, the paid
 * call. For the obtain_*.c files.
 */
#ifndef PROVIDER_ASKING_H
#define PROVIDER_ASKING_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "provider/call.h"
#include "provider/obtain.h"
#include "store/usage.h"

struct asking {
	struct obtain *o;
	enum provider_stage stage;
	const char *kind;          /* in ledger and store: "audio" */
	const char *setting;       /* that names the provider */
	const char *digest;        /* NULL: nothing is kept */
	struct request *own;       /* asking_own's; of a filter */
	size_t reserve;            /* bytes that the reply may have */
	struct call_usage expect;  /* what it is expected to take */
	void *ctx;
	/* As in struct paid_call, with the call to be made. */
	int (*ask)(void *ctx, struct call *c, struct strbuf *reply,
		struct err *e);
	int (*verify)(void *ctx, const struct strbuf *reply,
		struct call_usage *used, struct err *e);
	struct endpoint *ep;       /* set by asking_start */
	int seen;                  /* verify saw this reply */
};

/* Is the provider there and allowed? Before anything is asked. */
int asking_start(struct asking *a, struct err *e);

/* A request for a filter that asks a server, made of pairs of key and value
 * that end with { NULL } (a value may be NULL), so that its reply is kept too;
 * it becomes a->o->want. Nothing where there is one, or for a command. */
void asking_own(struct asking *a, const char *pair[][2]);
/* Take it back; a->o->want is what it was. */
void asking_end(struct asking *a);

/* Get the reply, from the store or by the call; verify saw it in any case.
 * *reply is empty before. */
int asking_run(struct asking *a, struct strbuf *reply, struct err *e);

/* "openai:tts-1", or "exec:sh x" cut short: for messages. */
void asking_name(const struct asking *a, char *out, size_t size);

/* A line to warnings when a server says it used another model than the one
 * asked for ("gpt-5-2026-01-01" is gpt-5). */
void asking_check_model(const struct asking *a, const char *said,
	struct strbuf *warnings);

#endif
