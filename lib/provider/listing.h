/*
 * What a server says of itself: its models and voices. Nothing is paid for.
 */
#ifndef PROVIDER_LISTING_H
#define PROVIDER_LISTING_H

#include "base/error.h"
#include "base/strvec.h"
#include "store/endpoint.h"

#define LISTING_SECONDS 5.0 /* until an answer begins */

/* Append the names that "how" (see provider.def) leads to, as the server
 * orders them. Errors are those of a call (call.h): an address that is not
 * there, a key that is not accepted. *status is what HTTP says of the answer,
 * 0 where there was none. */
int listing_get(struct endpoint *ep, const char *how, struct strvec *out,
	int *status, struct err *e);

#endif
