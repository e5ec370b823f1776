/*
 * Progress on stderr, only where it is a terminal, after half a second.
 */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <stddef.h>

struct progress;

/* what is a short title such as "frames"; copied. */
struct progress *progress_start(const char *what, size_t total);
/* done of total; cheap to call often, safe from several threads. */
void progress_show(struct progress *p, size_t done);
/* Clears the line and frees p; p may be NULL. */
void progress_end(struct progress *p);

#endif
