/*
 * Times as RFC 3339 in UTC, to the second.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <time.h>

#define TIME_LEN 21 /* 2026-11-22T15:57:02Z and NUL */

/* Now, or SOURCE_DATE_EPOCH where it is set to a number. */
time_t clock_now(void);
void time_format(time_t t, char out[TIME_LEN]);
/* clock_now() formatted. */
void time_stamp(char out[TIME_LEN]);
/* Read what time_format writes, also with an offset or a fraction (which is
 * dropped). Returns -1 where s is no RFC 3339 time. */
int time_parse(const char *s, time_t *out);

#endif
