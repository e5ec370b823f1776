/*
 * A reply on its way: what reply.c, which does the steps, and sender.c, which
 * makes the head, share.
 */
#ifndef SERVER_SENDER_H
#define SERVER_SENDER_H

#include "reply.h"

struct sender {
	struct reply *r;
	struct wire *w;
	struct strbuf text; /* of the step at hand */
	int sent;           /* is the head? */
	int chunked, no_body;
	int keep;
};

/* Send the head, where it is not sent yet: 0, or -1 when the client is gone.
 * Sets chunked and keep. */
int sender_head(struct sender *s);
/* The text with %PORT%, %N% and %COUNT% put in, into s->text. */
void sender_expand(struct sender *s, const struct strbuf *in);
/* The usual words for a status. */
const char *sender_reason(uint64_t code);

#endif
