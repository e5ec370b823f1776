/*
 * How long a server says to wait, in the forms that servers use.
 */
#ifndef BASE_WAIT_TIME_H
#define BASE_WAIT_TIME_H

#include <time.h>

#define WAIT_TIME_MAX (366.0 * 86400) /* a longer one counts as this */

/* A duration in seconds: "6m0s", "46s", "1.5s", "20ms", "1h2m"; -1 where it is
 * none. As Go prints them, and Google's protobuf Duration. */
double wait_time_duration(const char *s);

/* The value of a Retry-After header (RFC 9110, 10.2.3): seconds, also with a
 * fraction, or an HTTP date, of which now is taken off; 0 for one that is past.
 * -1 for anything else, a negative number among it. */
double wait_time_retry_after(const char *s, time_t now);

#endif
