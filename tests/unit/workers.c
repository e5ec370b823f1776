#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "store/workers.h"
#include "../tests/unit/tap.h"

#define JOBS 50

static struct shared {
	int ran[JOBS], ended;
	pid_t by[JOBS];
} *s;

/* What the parent was told. */
static struct told {
	size_t nr, order[JOBS], bytes;
	int wrong;
} told;

static size_t big, killed;

static void
run(void *ctx, size_t job, struct strbuf *out)
{
	size_t i;

	(void)ctx;
	s->ran[job]++;
	s->by[job] = getpid();
	if (job == killed)
		raise(SIGKILL);
	/* late ones first, so that the order is not by luck */
	usleep((useconds_t)(JOBS - job) * 200);
	strbuf_addf(out, "job %zu", job);
	for (i = 0; i < big; i++)
		strbuf_addch(out, (int)(job + i));
}

static void
end(void *ctx)
{
	(void)ctx;
	__atomic_add_fetch(&s->ended, 1, __ATOMIC_SEQ_CST);
}

static void
done(void *ctx, size_t job, const struct strbuf *out)
{
	struct told *t = ctx;
	char want[30];
	size_t i, n = (size_t)snprintf(want, sizeof(want), "job %zu", job);

	t->wrong += out->len != n + big || memcmp(out->buf, want, n) != 0;
	for (i = 0; i < big && out->len == n + big; i++)
		t->wrong += out->buf[n + i] != (char)(job + i);
	t->order[t->nr++] = job;
	t->bytes += out->len;
}

static int
work(size_t jobs, int processes)
{
	struct work w = { jobs, processes, &told, run, end, done };
	struct err e = ERR_INIT;

	memset(s, 0, sizeof(*s));
	memset(&told, 0, sizeof(told));
	fflush(stdout);
	return work_run(&w, &e);
}

/* All but one, in order, each run once. */
static int
in_order(size_t jobs, size_t but)
{
	size_t i, k = 0;

	for (i = 0; i < jobs; i++) {
		if (s->ran[i] != 1)
			return 0;
		if (i != but && told.order[k++] != i)
			return 0;
	}
	return told.nr == k && !told.wrong;
}

static int
processes(size_t jobs)
{
	size_t i, k;
	int n = 0;

	for (i = 0; i < jobs; i++) {
		for (k = 0; k < i && s->by[k] != s->by[i]; k++)
			;
		n += k == i;
	}
	return n;
}

int
main(void)
{
	struct work none = { 3, 0, NULL, run, end, done };
	struct err e = ERR_INIT;

	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED |
	    MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		return 1;
	killed = JOBS;
	ok(work(JOBS, 4) == 0 && in_order(JOBS, JOBS), "more jobs than "
	    "processes, told in their order");
	ok(processes(JOBS) == 4 && s->ended == 4 && s->by[0] != getpid(),
	    "by four (%d)", processes(JOBS));
	ok(work(3, 8) == 0 && in_order(3, 3) && s->ended == 8,
	    "more processes than jobs");
	ok(work(5, 1) == 0 && in_order(5, 5) && processes(5) == 1, "one");
	ok(work(0, 2) == 0 && told.nr == 0 && s->ended == 2, "nothing to do");
	ok(work(JOBS, 1000) == 0 && s->ended == WORKERS_MAX &&
	    in_order(JOBS, JOBS), "no more processes than there may be");
	killed = 7;
	ok(work(JOBS, 4) == 0 && in_order(JOBS, 7) && s->ended == 3,
	    "one that dies takes its own job with it (%zu)", told.nr);
	killed = 0;
	ok(work(5, 1) == 0 && told.nr == 0, "when all die, nothing is told");
	killed = JOBS;
	big = 3 << 20;
	ok(work(6, 3) == 0 && in_order(6, 6) && told.bytes > 6 * big,
	    "what is larger than a pipe comes whole (%zu)", told.bytes);
	ok(work_run(&none, &e) < 0 && e.msg[0], "no process: %s", e.msg);
	return done_testing();
}
