#include "base/progress.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

struct progress {
	char *what;
	size_t total;
	double next; /* seconds on the monotonic clock */
	int shown, tty;
	pthread_mutex_t guard;
};

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

struct progress *
progress_start(const char *what, size_t total)
{
	struct progress *p = xcalloc(1, sizeof(*p));

	p->what = xstrdup(what);
	p->total = total ? total : 1;
	p->tty = isatty(STDERR_FILENO);
	p->next = seconds() + 0.5;
	pthread_mutex_init(&p->guard, NULL);
	return p;
}

void
progress_show(struct progress *p, size_t done)
{
	if (!p || !p->tty)
		return;
	pthread_mutex_lock(&p->guard);
	if (seconds() >= p->next) {
		fprintf(stderr, "\r%s %zu of %zu (%zu %%)\033[K", p->what,
		    done, p->total, done * 100 / p->total);
		p->next = seconds() + 0.1;
		p->shown = 1;
	}
	pthread_mutex_unlock(&p->guard);
}

void
progress_end(struct progress *p)
{
	if (!p)
		return;
	if (p->shown)
		fputs("\r\033[K", stderr);
	pthread_mutex_destroy(&p->guard);
	free(p->what);
	free(p);
}
