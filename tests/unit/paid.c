#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hold.h"
#include "base/mem.h"
#include "store/gate.h"
#include "store/intent.h"
#include "store/ledger.h"
#include "store/object.h"
#include "store/paid.h"
#include "store/user.h"
#include "../tests/unit/tap.h"

/* What the call is to do, and what it saw; shared with children. */
static struct shared {
	int calls;       /* times that send was called */
	int die;         /* _exit in it */
	int spoil;       /* no ledger from then on */
	int fail;        /* -1 from it, with these: */
	int unknown;
	enum gate_end end;
	char note[64];   /* keep this; "-": forget it */
	char had[64];    /* the note it found */
	int reject;      /* verify says no, with this code */
	int verified;
} *s;

static struct project project;
static double price = 0.01;
static char digest[65];

static int send(void *ctx, struct paid_progress *pp, struct strbuf *reply,
	struct err *e);

/* As a command that asks a server by one of our programs. */
static int
send_within(void *ctx, struct paid_progress *pp, struct strbuf *reply,
    struct err *e)
{
	char other[65];
	struct paid_call c = { .digest = other, .kind = "audio",
		.provider = "home:m", .what = "piece", .gate = "home",
		.limit = 2, .send = send };

	(void)ctx;
	(void)pp;
	snprintf(other, sizeof(other), "%s", digest);
	other[14] = '9';
	return paid_get(&c, reply, NULL, e);
}

static int
send(void *ctx, struct paid_progress *pp, struct strbuf *reply, struct err *e)
{
	(void)ctx;
	s->calls++;
	pp->attempts++;
	pp->end = s->end;
	snprintf(s->had, sizeof(s->had), "%s", pp->note ? pp->note : "");
	hold_signals();
	if (!strcmp(s->note, "same") && pp->note)
		pp->keep(pp, pp->note, e);
	else if (*s->note && pp->keep(pp, *s->note == '-' ? NULL : s->note,
	    e) < 0)
		return -1;
	if (s->die)
		_exit(3);
	if (s->spoil && (rename("ledger", "aside") < 0 ||
	    file_write("ledger", "", 0, e) < 0))
		return -1;
	pp->unknown = s->unknown;
	snprintf(pp->request_id, sizeof(pp->request_id), "req-%d", s->calls);
	if (s->fail)
		return err_set(e, EX_REFUSED, "refused");
	strbuf_addf(reply, "reply %d", s->calls);
	return 0;
}

static int
verify(void *ctx, const struct strbuf *reply, struct call_usage *used,
    struct err *e)
{
	(void)ctx;
	s->verified++;
	used->characters = (long long)reply->len;
	return s->reject ? err_set(e, s->reject, "not it") : 0;
}

static double
cost(void *ctx, const struct call_usage *used)
{
	(void)ctx;
	(void)used;
	return price;
}

/* Another request: nothing is known of it yet. */
static void
new_request(void)
{
	static unsigned char n;

	memset(s, 0, sizeof(*s));
	memset(digest, '0', sizeof(digest) - 1);
	digest[2] = "0123456789abcdef"[++n >> 4];
	digest[3] = "0123456789abcdef"[n & 15];
}

static struct strbuf reply = STRBUF_INIT;
static struct err e;
static int stored;

static int
get(void)
{
	struct paid_call c = { .project = &project, .digest = digest,
		.kind = "audio", .provider = "home:m", .what = "scene 1 audio",
		.gate = "home", .limit = 2, .expect = 1 << 16, .send = send,
		.verify = verify, .cost = cost };

	memset(&e, 0, sizeof(e));
	strbuf_reset(&reply);
	return paid_get(&c, &reply, &stored, &e);
}

/* A program that dies in the middle. */
static void
get_and_die(void)
{
	int status;
	pid_t pid;

	fflush(stdout);
	s->die = 1;
	pid = fork();
	if (pid == 0) {
		get();
		_exit(0);
	}
	waitpid(pid, &status, 0);
	ok(WEXITSTATUS(status) == 3, "a program died in its call");
	s->die = 0;
}

static int
left(const char *kind)
{
	char *path = object_aside(kind, digest);
	int yes = file_exists(path);

	free(path);
	return yes;
}

/* The ledger's entries of this request; the last one's unknown. */
static size_t
entries(int *unknown, char outcome[20])
{
	struct ledger l;
	size_t i, n = 0;

	if (ledger_read(&project, &l, &e) < 0)
		return 99;
	for (i = 0; i < l.nr; i++)
		if (!strcmp(l.entry[i].request, digest)) {
			n++;
			*unknown = l.entry[i].unknown_outcome;
			snprintf(outcome, 20, "%s", l.entry[i].outcome);
		}
	ledger_release(&l);
	return n;
}

static void
in_ledger(size_t want, int unknown, const char *outcome)
{
	char was[20] = "";
	int u = -1;
	size_t n = entries(&u, was);

	ok(n == want && (!n || (u == unknown && !strcmp(was, outcome))),
	    "%zu in the ledger, %d unknown, %s (%zu, %d, %s)", want, unknown,
	    outcome, n, u, was);
}

static void
test_good(void)
{
	new_request();
	s->end = GATE_ANSWERED;
	ok(get() == 0 && s->calls == 1 && !stored, "called");
	is(reply.buf, "reply 1", "its reply");
	ok(!left("intents") && !left("journal") && object_is_there(digest),
	    "it is in the store and nowhere else");
	in_ledger(1, 0, "ready");
	ok(get() == 0 && s->calls == 1 && stored && !strcmp(reply.buf,
	    "reply 1") && s->verified == 1, "then it is stored");
	in_ledger(1, 0, "ready");
	ok(gate_spent() > 0.0099 && gate_spent() < 0.0101, "spent once");
}

static void
test_deaths(void)
{
	new_request();
	get_and_die();
	ok(left("intents") && !left("journal"), "its intent is left");
	get_and_die();
	get_and_die();
	ok(get() == 0 && s->calls == 4 && !stored, "called again");
	in_ledger(1, 3, "ready");
	ok(!left("intents"), "nothing is open");
	/* one unknown by its own word, then a death, then a clean refusal */
	new_request();
	s->fail = s->unknown = 1;
	ok(get() < 0 && left("intents"), "unknown by its own word");
	get_and_die();
	s->fail = 1;
	s->unknown = 0;
	ok(get() < 0 && left("intents"), "a refusal does not settle these");
	s->fail = 0;
	ok(get() == 0, "at last");
	in_ledger(1, 2, "ready");
	new_request();
	s->fail = 1;
	ok(get() < 0 && !left("intents") && e.code == EX_REFUSED &&
	    !reply.len, "a clean refusal leaves nothing");
	in_ledger(0, 0, "");
}

static void
test_notes(void)
{
	new_request();
	snprintf(s->note, sizeof(s->note), "job-1");
	get_and_die();
	s->note[0] = '\0';
	ok(get() == 0 && !strcmp(s->had, "job-1"), "the next has the note");
	in_ledger(1, 0, "ready");
	/* kept again while it is the same string */
	new_request();
	snprintf(s->note, sizeof(s->note), "job-2");
	s->fail = 1;
	ok(get() < 0 && left("intents"), "a job that is not done yet");
	snprintf(s->note, sizeof(s->note), "same");
	ok(get() < 0 && !strcmp(s->had, "job-2"), "asked for");
	ok(get() < 0 && !strcmp(s->had, "job-2"), "and again");
	/* lost: of unknown outcome */
	snprintf(s->note, sizeof(s->note), "-");
	s->unknown = 1;
	ok(get() < 0 && !strcmp(s->had, "job-2") && left("intents"),
	    "lost");
	memset(s->note, 0, sizeof(s->note));
	s->unknown = s->fail = 0;
	ok(get() == 0 && !*s->had, "asked anew");
	in_ledger(1, 1, "ready");
}

/* A program that died between any two steps after its call. */
static void
test_recovery(void)
{
	char *journal, *meta, *object, *dir = store_dir();
	struct intent in = { digest, "audio", "home:m", "x", -1,
		NULL, 0 };
	int unknown;
	char outcome[20];

	new_request();
	journal = object_aside("journal", digest);
	ok(intent_write(&in, &e) == 0 && object_mkdir_for(journal, &e) == 0 &&
	    file_write(journal, "reply 9", 7, &e) == 0, "died after journal");
	ok(get() == 0 && s->calls == 0 && stored && !strcmp(reply.buf,
	    "reply 9") && !left("journal") && !left("intents"),
	    "the journal is used");
	in_ledger(1, 0, "ready");
	/* died after the ledger: the object is back in the journal */
	object = xasprintf("%s/objects/%.2s/%s", dir, digest, digest);
	meta = xasprintf("%s.json", object);
	ok(rename(object, journal) == 0 && unlink(meta) == 0 && get() == 0 &&
	    s->calls == 0, "died after the ledger");
	in_ledger(1, 0, "ready");
	ok(unlink(meta) == 0 && intent_write(&in, &e) == 0 && get() == 0 &&
	    s->calls == 0 && !strcmp(reply.buf, "reply 9") &&
	    object_is_there(digest) && !left("journal"),
	    "died before the object's record: not paid again");
	in_ledger(1, 0, "ready");
	/* rot, and its cure */
	file_write(object, "reply 8", 7, &e);
	ok(get() < 0 && e.code == EX_IO && strstr(e.msg, object) &&
	    s->calls == 0 && !reply.len, "rot is seen: %s", e.msg);
	ok(unlink(object) == 0 && !object_is_there(digest) && get() == 0 &&
	    s->calls == 1 && !stored && object_is_there(digest),
	    "moved away, it is called again: %s", e.msg);
	ok(entries(&unknown, outcome) == 2, "and that is in the ledger");
	free(journal);
	free(meta);
	free(object);
	free(dir);
}

static void
test_rejected(void)
{
	double before = gate_spent();
	char *kept;

	new_request();
	s->reject = EX_DATA;
	kept = object_aside("rejected", digest);
	ok(get() < 0 && e.code == EX_DATA && file_exists(kept) &&
	    strstr(e.msg, "rejected/") && strstr(e.msg, "not it"),
	    "kept: %s", e.msg);
	ok(!left("journal") && !left("intents") && !object_is_there(digest) &&
	    !reply.len, "and not taken");
	in_ledger(1, 0, "rejected");
	ok(gate_spent() > before + 0.009, "it was paid all the same");
	free(kept);
	price = -1;
	before = gate_spent();
	new_request();
	ok(get() == 0 && gate_spent() < before + 0.001,
	    "what costs nobody knows is not summed");
	price = 0.01;
}

/* It could not be looked at, so nobody knows yet what it is. */
static void
test_no_memory(void)
{
	new_request();
	s->reject = EX_FAILED;
	ok(get() < 0 && e.code == EX_FAILED && s->calls == 1 &&
	    left("journal") && !reply.len, "without memory it waits");
	s->reject = 0;
	ok(get() == 0 && s->calls == 1 && stored && !left("journal") &&
	    !left("intents"), "and is taken by the next run, not bought again");
	in_ledger(1, 0, "ready");
}

static void
test_stopped(void)
{
	struct err why = { EX_NOQUOTA, "no money" };

	setenv("STUDIO_RUN", "stopping", 1);
	new_request();
	s->fail = 1;
	s->end = GATE_STOPPED;
	ok(get() < 0 && s->calls == 1 && gate_is_stopped("home", NULL),
	    "a fault of the key stops the run");
	s->fail = 0;
	ok(get() < 0 && s->calls == 1 && strstr(e.msg, "refused") &&
	    !left("intents"), "no call is made in it: %s", e.msg);
	setenv("STUDIO_RUN", "stopping-2", 1);
	ok(get() == 0 && s->calls == 2, "another run calls");
	gate_stop_all(&why);
	ok(get() == 0 && s->calls == 2 && stored, "the store still answers");
	new_request();
	ok(get() < 0 && s->calls == 0 && e.code == EX_NOQUOTA, "stopped");
	setenv("STUDIO_RUN", "stopping-3", 1);
	ok(get() == 0, "and on");
}

/* A full disk is met before anything is paid. */
static void
test_no_room(void)
{
	struct rlimit was, small = { 1024, 1024 };
	char *dir = object_aside("journal", "x"), *intents;

	new_request();
	setenv("STUDIO_RUN", "full", 1);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &was);
	small.rlim_max = was.rlim_max;
	setrlimit(RLIMIT_FSIZE, &small);
	ok(get() < 0 && s->calls == 0 && e.code == EX_IO &&
	    strstr(e.msg, "nothing was asked"), "no room: %s", e.msg);
	setrlimit(RLIMIT_FSIZE, &was);
	ok(!left("intents") && !left("journal") &&
	    gate_is_stopped("other", NULL), "all is as it was, the run stops");
	setenv("STUDIO_RUN", "full-2", 1);
	intents = object_aside("intents", "x");
	*strrchr(intents, '/') = '\0';
	ok(file_remove_tree(intents, &e) == 0 &&
	    file_write(intents, "", 0, &e) == 0 && get() < 0 &&
	    s->calls == 0, "no intent, no call: %s", e.msg);
	unlink(intents);
	setenv("STUDIO_RUN", "full-3", 1);
	ok(get() == 0 && s->calls == 1, "then there is room");
	free(intents);
	free(dir);
}

/* A reply that cannot be written down stops the run, and is not paid twice. */
static void
test_no_ledger(void)
{
	new_request();
	setenv("STUDIO_RUN", "no-ledger", 1);
	ok(rename("ledger", "aside") == 0 &&
	    file_write("ledger", "", 0, &e) == 0 && get() < 0 &&
	    s->calls == 0 && strstr(e.msg, "nothing was asked"),
	    "no ledger before a call: %s", e.msg);
	ok(unlink("ledger") == 0 && rename("aside", "ledger") == 0, "back");
	setenv("STUDIO_RUN", "no-ledger-1", 1);
	s->spoil = 1;
	ok(get() < 0 && s->calls == 1 && left("journal"),
	    "no ledger after it: %s", e.msg);
	ok(gate_is_stopped("home", NULL), "no further call is made");
	ok(unlink("ledger") == 0 && rename("aside", "ledger") == 0 &&
	    get() == 0 && s->calls == 1, "then it goes on from the journal");
	in_ledger(1, 0, "ready");
	setenv("STUDIO_RUN", "no-ledger-2", 1);
}

/* Signals are let through once what was paid is kept. */
static volatile sig_atomic_t came;

static void
on_signal(int sig)
{
	came = sig + (object_is_there(digest) ? 1000 : 0);
}

static int
send_and_raise(void *ctx, struct paid_progress *pp, struct strbuf *out,
    struct err *err)
{
	int ret = send(ctx, pp, out, err);

	raise(SIGTERM);
	return ret;
}

static void
test_signal(void)
{
	struct paid_call c = { .digest = digest, .kind = "audio",
		.provider = "home:m", .what = "x", .gate = "home",
		.expect = 1, .send = send_and_raise };

	new_request();
	signal(SIGTERM, on_signal);
	strbuf_reset(&reply);
	ok(paid_get(&c, &reply, NULL, &e) == 0 && came == SIGTERM + 1000,
	    "a signal waits until the reply is in the store (%d)", (int)came);
	signal(SIGTERM, SIG_DFL);
}

/* Send SIGTERM to the program as soon as a reply is being written. */
static void
kill_while_written(pid_t pid)
{
	char *dir = object_aside("journal", ""), *path;
	const struct dirent *ent;
	struct stat st;
	DIR *d;
	int i, seen = 0;

	for (i = 0; i < 2000000 && !seen; i++) {
		d = opendir(dir);
		while (d && (ent = readdir(d))) {
			path = xasprintf("%s%s", dir, ent->d_name);
			seen |= strstr(ent->d_name, digest) &&
			    stat(path, &st) == 0 && st.st_size > 4096;
			free(path);
		}
		if (d)
			closedir(d);
	}
	kill(pid, SIGTERM);
	free(dir);
}

/* What a command printed was received without holding back a signal. */
static int
send_much(void *ctx, struct paid_progress *pp, struct strbuf *out,
    struct err *err)
{
	static char zeros[1 << 20];
	int i;

	(void)ctx;
	(void)pp;
	(void)err;
	for (i = 0; i < 64; i++)
		strbuf_add(out, zeros, sizeof(zeros));
	return 0;
}

static void
test_command_signal(void)
{
	struct paid_call c = { .digest = digest, .kind = "audio",
		.provider = "exec:x", .what = "x", .gate = "exec:x",
		.expect = 1, .send = send_much };
	int status;
	pid_t pid;

	new_request();
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		paid_get(&c, &reply, NULL, &e);
		pause();
		_exit(0);
	}
	kill_while_written(pid);
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM &&
	    object_is_there(digest), "nor is a command's reply lost");
}

/* Several programs that want the same: one call. */
static void
test_at_once(void)
{
	int i, status, good = 0;

	new_request();
	fflush(stdout);
	for (i = 0; i < 6; i++)
		if (fork() == 0)
			_exit(get() != 0 || strcmp(reply.buf, "reply 1") != 0);
	while (wait(&status) > 0)
		good += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	ok(good == 6 && s->calls == 1, "one call for six (%d)", s->calls);
	in_ledger(1, 0, "ready");
}

/* A call that makes a call of another digest, however like its own. */
static void
test_within(void)
{
	struct paid_call c = { .digest = digest, .kind = "audio",
		.provider = "exec:x", .what = "scene 1 audio",
		.gate = "exec:x", .send = send_within };

	new_request();
	alarm(20);
	strbuf_reset(&reply);
	ok(paid_get(&c, &reply, NULL, &e) == 0 && s->calls == 1 &&
	    !strcmp(reply.buf, "reply 1"), "a call in a call");
	alarm(0);
}

/* A clone's media does not get in the way of a program that asks for the
 * same. */
static void
test_clone(void)
{
	struct node *rec = node_new(NODE_MAP);
	int fd, status;
	pid_t pid;

	new_request();
	file_write("clone.wav", "bytes", 5, &e);
	fd = object_lock(digest, &e);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(fd); /* it would hold the lock too */
		_exit(object_keep(digest, "clone.wav", rec, &e) != 0);
	}
	usleep(100000);
	ok(!object_is_there(digest) && !left("journal"), "it waits");
	close(fd);
	waitpid(pid, &status, 0);
	ok(status == 0 && object_is_there(digest) && !left("journal"),
	    "then it is kept");
	ok(get() == 0 && s->calls == 0 && stored && reply.len > 5 &&
	    !strcmp(reply.buf + reply.len - 5, "bytes"), "and is the answer");
	node_free(rec);
}

int
main(void)
{
	char dir[] = "/tmp/studio-paid-XXXXXX", *home;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	home = xasprintf("%s/home", dir);
	setenv("XDG_DATA_HOME", home, 1);
	setenv("XDG_CONFIG_HOME", home, 1);
	unsetenv("XDG_RUNTIME_DIR");
	free(home);
	project.root = dir;
	s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED |
	    MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		return 1;
	setenv("STUDIO_RUN", "paid", 1);
	test_good();
	test_deaths();
	test_notes();
	test_recovery();
	test_rejected();
	test_no_memory();
	test_stopped();
	test_no_room();
	test_no_ledger();
	test_signal();
	test_command_signal();
	test_at_once();
	test_within();
	test_clone();
	strbuf_release(&reply);
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
