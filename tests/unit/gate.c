#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/gate.h"
#include "../tests/unit/tap.h"

/* Shared by the processes of a test. */
static struct shared {
	int inside, most, refused, code;
	int alone_broken; /* someone was in before the first was answered */
	int answered;
	char msg[ERR_MAX];
} *s;

static void
new_run(const char *id)
{
	memset(s, 0, sizeof(*s));
	setenv("STUDIO_RUN", id, 1);
}

static int
add(int *n, int by)
{
	return __atomic_add_fetch(n, by, __ATOMIC_SEQ_CST);
}

/* A call as a process of its own: in, a moment, out. */
static void
one_call(const char *provider, int limit, enum gate_end end)
{
	struct err e = ERR_INIT, why = { EX_NOQUOTA, "no money" };
	struct gate g = GATE_INIT;
	int now, most;

	if (gate_enter(&g, provider, limit, &e) < 0) {
		add(&s->refused, 1);
		s->code = e.code;
		memcpy(s->msg, e.msg, sizeof(e.msg));
		_exit(g.name || g.slot >= 0 || g.first >= 0);
	}
	now = add(&s->inside, 1);
	do
		most = s->most;
	while (now > most && !__sync_bool_compare_and_swap(&s->most, most,
	    now));
	if (!s->answered && now > 1)
		s->alone_broken = 1;
	usleep(30000);
	if (end == GATE_ANSWERED)
		s->answered = 1;
	add(&s->inside, -1);
	gate_leave(&g, end, end == GATE_STOPPED ? &why : NULL);
	_exit(0);
}

/* So many at once; returns how many ended well. */
static int
run(int n, const char *provider, int limit, enum gate_end end)
{
	int i, status, good = 0;

	fflush(stdout);
	for (i = 0; i < n; i++)
		if (fork() == 0)
			one_call(provider, limit, end);
	while (wait(&status) > 0)
		good += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return good;
}

static void
test_limit(void)
{
	new_run("limit");
	ok(run(12, "home", 3, GATE_ANSWERED) == 12 && s->most <= 3 &&
	    s->most > 1, "several, never more than the limit (%d)", s->most);
	ok(!s->alone_broken, "the first one went alone");
	new_run("another");
	ok(run(6, "home", 1, GATE_ANSWERED) == 6 && s->most == 1, "one");
	new_run("unsure");
	ok(run(4, "home", 4, GATE_UNSURE) == 4 && s->most == 1,
	    "as long as nothing is known they go one by one");
	new_run("free");
	ok(run(8, "exec:x", 0, GATE_UNSURE) == 8 && s->most > 1,
	    "without a limit nobody waits (%d)", s->most);
}

static void
test_stop(void)
{
	struct err e = ERR_INIT, why = { EX_IO, "the disk is full" };
	struct gate g = GATE_INIT;

	new_run("stopped");
	ok(run(8, "home", 4, GATE_STOPPED) == 8 && s->refused == 7 &&
	    s->most == 1, "those waiting see the stop (%d)", s->refused);
	ok(s->code == EX_NOQUOTA && !strcmp(s->msg, "not asked, since this "
	    "run met: no money"), "with its reason: %s", s->msg);
	ok(gate_is_stopped("home", &e) && e.code == EX_NOQUOTA &&
	    gate_is_stopped("home", NULL) && !gate_is_stopped("other", &e),
	    "one provider is stopped");
	ok(run(1, "other", 4, GATE_ANSWERED) == 1 && s->answered,
	    "another is not");
	new_run("next");
	ok(!gate_is_stopped("home", &e), "the next run is not");
	gate_stop_all(&why);
	ok(gate_is_stopped("home", &e) && e.code == EX_IO &&
	    gate_is_stopped("exec:rm -rf /", &e), "all: %s", e.msg);
	ok(gate_enter(&g, "exec:x", 0, &e) < 0 && !g.name, "nobody enters");
	new_run("names");
	ok(run(1, "disk", 1, GATE_STOPPED) == 1 &&
	    gate_is_stopped("disk", &e) && !gate_is_stopped("home", &e) &&
	    run(1, "all.providers", 1, GATE_STOPPED) == 1 &&
	    !gate_is_stopped("home", &e),
	    "no alias stops the others by its name");
	/* on a full disk a flag has no bytes */
	new_run("empty");
	gate_stop_all(&why);
	file_write("run/studio/runs/empty/all.providers.stop", "", 0, &e);
	ok(gate_is_stopped("x", &e) && e.code == EX_LATER &&
	    strstr(e.msg, "a fault"), "a flag without bytes: %d", e.code);
	file_write("run/studio/runs/empty/all.providers.stop", "-7 x", 4, &e);
	ok(gate_is_stopped("x", &e) && e.code == EX_LATER, "and a wrong one");
	/* the first fault is told */
	new_run("twice");
	gate_stop_all(&why);
	why.code = EX_CONF;
	gate_stop_all(&why);
	ok(gate_is_stopped("x", &e) && e.code == EX_IO, "the first one counts");
	gate_leave(&g, GATE_STOPPED, &why);
	ok(gate_is_stopped("y", NULL), "leaving from outside is fine");
}

/* Spent is added up over processes. */
static void
test_spent(void)
{
	int i;

	new_run("spending");
	ok(gate_spent() == 0, "nothing yet");
	fflush(stdout);
	for (i = 0; i < 10; i++)
		if (fork() == 0) {
			gate_spend(0.25);
			gate_spend(0.000001);
			_exit(0);
		}
	while (wait(NULL) > 0)
		;
	ok(fabs(gate_spent() - 2.50001) < 1e-9, "over all: %.9f",
	    gate_spent());
	gate_spend(1e300);
	ok(gate_spent() >= 1e300, "a sum with many digits");
	new_run("many");
	for (i = 0; i < 5; i++)
		gate_spend(1);
	ok(truncate("run/studio/runs/many/spent", 0) == 0 && gate_spent() == 0,
	    "an emptied file");
	file_write("run/studio/runs/many/spent", "1.5\nx\n2\n", 8, NULL);
	ok(gate_spent() == 1.5, "up to what is no number");
	new_run("fresh");
	ok(gate_spent() == 0, "another run has spent nothing");
}

static void
test_run_id(void)
{
	static const char *const bad[] = { "", "../../x", "a/b", ".", "..",
		"A", "a b", "a\n", "a.b",
		"0123456789012345678901234567890123456789012345678901234567890"
	};
	char *first;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		setenv("STUDIO_RUN", bad[i], 1);
		ok(strcmp(gate_run(), bad[i]) != 0 &&
		    !strpbrk(gate_run(), "/.") && *gate_run(),
		    "no name of a run: \"%s\"", bad[i]);
	}
	setenv("STUDIO_RUN", "0-good-1", 1);
	is(gate_run(), "0-good-1", "a good one is kept");
	unsetenv("STUDIO_RUN");
	first = xstrdup(gate_run());
	is(gate_run(), first, "made once");
	is(getenv("STUDIO_RUN"), first, "and children have it");
	free(first);
	ok(!file_exists("run/studio/runs/..x") && !file_exists("run/x") &&
	    !file_exists("x"), "nothing was made elsewhere");
}

static void
test_looking(void)
{
	struct err e = ERR_INIT;

	new_run("looker");
	ok(!gate_is_stopped("home", &e) && gate_spent() == 0 &&
	    !file_exists("run/studio"), "who only looks leaves nothing");
	gate_spend(1);
	ok(file_exists("run/studio/runs/looker"), "who spends does");
}

int
main(void)
{
	char dir[] = "/tmp/studio-gate-XXXXXX", *home;
	struct err e = ERR_INIT;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	home = xasprintf("%s/run", dir);
	file_mkdirs(home, &e);
	setenv("XDG_RUNTIME_DIR", home, 1);
	free(home);
	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED |
	    MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		return 1;
	test_looking();
	test_run_id();
	test_limit();
	test_stop();
	test_spent();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
