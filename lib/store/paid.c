#include "store/paid.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/hold.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/intent.h"
#include "store/ledger.h"
#include "store/object.h"

/* One call while it is made. */
struct making {
	const struct paid_call *c;
	struct intent intent;
	struct paid_progress pp;
	struct gate gate;
	struct call_usage used;
	char *journalled; /* where the reply goes first */
	int recovered;    /* it was there: an earlier program's call */
};

/* A file of the expected size, so that a full disk is met before paying. */
static struct tempfile *
reserve(const char *path, size_t expect, struct err *e)
{
	struct tempfile *t;
	int errnum;

	if (object_mkdir_for(path, e) < 0)
		return NULL;
	t = tempfile_new(path, e);
	if (!t)
		return NULL;
	errnum = expect ? posix_fallocate(tempfile_fd(t), 0, (off_t)expect) : 0;
	if (errnum && errnum != EOPNOTSUPP && errnum != EINVAL) {
		errno = errnum;
		err_errno(e, "%s: no room for the reply, so nothing was asked "
		    "or paid", path);
		tempfile_abandon(t);
		return NULL;
	}
	return t;
}

/* Fill the reserved file and put it in place. */
static int
fill(struct tempfile *t, const char *path, const struct strbuf *reply,
    struct err *e)
{
	if (file_write_all(tempfile_fd(t), reply->buf, reply->len) < 0 ||
	    ftruncate(tempfile_fd(t), (off_t)reply->len) < 0) {
		err_errno(e, "%s: cannot write", path);
		tempfile_abandon(t);
		return -1;
	}
	return tempfile_commit(t, e);
}

/* It was paid for: where the disk fails once, a new file may still go well. */
static int
journal(struct tempfile *t, const char *path, const struct strbuf *reply,
    struct err *e)
{
	struct err first = ERR_INIT;
	int ret = fill(t, path, reply, &first);

	if (ret < 0)
		ret = file_write(path, reply->buf, reply->len, e);
	return ret;
}

static int
keep_note(struct paid_progress *pp, const char *note, struct err *e)
{
	struct making *m = pp->keeper;
	char *copy = note ? xstrdup(note) : NULL; /* it may be the old one */

	free(m->intent.note);
	m->intent.note = copy;
	pp->note = m->intent.note;
	return intent_write(&m->intent, e);
}

/* Room and intent, then the call itself. Only what was asked leaves an intent
 * behind, and only while its outcome is open. */
static int
ask(struct making *m, struct strbuf *reply, struct err *e)
{
	const struct paid_call *c = m->c;
	struct tempfile *t = NULL;
	int ret = c->project ? ledger_reserve(c->project, e) : 0;

	if (ret == 0 && !(t = reserve(m->journalled, c->expect, e)))
		ret = -1;
	if (ret == 0)
		ret = intent_write(&m->intent, e);
	if (ret < 0) {
		gate_stop_all(e);
		tempfile_abandon(t);
		return -1;
	}
	ret = c->send(c->ctx, &m->pp, reply, e);
	hold_signals(); /* a command's reply came without */
	/* the next one need not wait until this reply is on the disk */
	gate_leave(&m->gate, m->pp.end, ret < 0 ? e : NULL);
	if (ret == 0) {
		ret = journal(t, m->journalled, reply, e);
		if (ret < 0)
			gate_stop_all(e);
		return ret;
	}
	tempfile_abandon(t);
	m->intent.unknown += m->pp.unknown;
	if (m->intent.unknown || m->intent.note) {
		/* the file itself stands for one: see intent_recall */
		m->intent.unknown -= !m->intent.note;
		intent_write(&m->intent, NULL);
	} else {
		intent_remove(c->digest);
	}
	return -1;
}

static int
pass_and_ask(struct making *m, struct strbuf *reply, struct err *e)
{
	int ret;

	if (gate_enter(&m->gate, m->c->gate, m->c->limit, e) < 0)
		return -1;
	m->pp.end = GATE_UNSURE;
	ret = ask(m, reply, e);
	gate_leave(&m->gate, GATE_UNSURE, NULL); /* it was not asked */
	return ret;
}

/* Was this reply written into the ledger by a program that died then? */
static int
is_in_ledger(const struct making *m, const char *sha256)
{
	struct ledger l;
	size_t i;
	int yes = 0;

	if (!m->recovered || ledger_read(m->c->project, &l, NULL) < 0)
		return 0;
	for (i = 0; i < l.nr && !yes; i++)
		yes = !strcmp(l.entry[i].request, m->c->digest) &&
		    !strcmp(l.entry[i].sha256, sha256);
	ledger_release(&l);
	return yes;
}

/* The call's line in the project's ledger, and its part of what the run
 * spent. */
static int
account(const struct making *m, const struct strbuf *reply,
    const char *outcome, struct err *e)
{
	const struct paid_call *c = m->c;
	double dollars = c->cost ? c->cost(c->ctx, &m->used) : -1;
	struct ledger_entry l = { .request = c->digest, .kind = c->kind,
		.provider = c->provider, .what = c->what,
		.scene = c->scene ? c->scene : "",
		.bytes = (long long)reply->len, .usage = m->used,
		.cost = dollars, .cost_known = dollars >= 0,
		.attempts = m->pp.attempts,
		.unknown_outcome = m->intent.unknown + m->pp.unknown,
		.outcome = outcome };
	char sum[SHA256_HEX];

	if (dollars > 0 && !m->recovered)
		gate_spend(dollars);
	sha256_hex(reply->buf, reply->len, sum);
	if (!c->project || is_in_ledger(m, sum))
		return 0;
	l.sha256 = sum;
	l.request_id = *m->pp.request_id ? m->pp.request_id : NULL;
	return ledger_write(c->project, &l, e);
}

/* What was paid for and is not what was asked for is kept aside. The message
 * goes into a record too, and so names no folder of this machine. */
static void
reject(const struct making *m, const struct strbuf *reply, struct err *e)
{
	char *rejected = object_aside("rejected", m->c->digest);

	if (object_mkdir_for(rejected, NULL) == 0 &&
	    rename(m->journalled, rejected) == 0)
		err_append(e, " (the store keeps the reply, as "
		    "rejected/%.16s...)", m->c->digest);
	account(m, reply, "rejected", NULL);
	free(rejected);
}

/* Verify a journalled reply and make it an object, or set it aside. The ledger
 * comes before the object: a reply in the store has its line. */
static int
settle(struct making *m, const struct strbuf *reply, struct err *e)
{
	const struct paid_call *c = m->c;
	struct object_meta meta = { c->kind, c->provider, -1 };

	if (c->verify && c->verify(c->ctx, reply, &m->used, e) < 0) {
		/* want of memory says nothing of the reply: it stays in the
		 * journal, and the next run looks at it again */
		if (e->code == EX_FAILED)
			return -1;
		reject(m, reply, e);
		intent_remove(c->digest);
		return -1;
	}
	if (c->cost)
		meta.cost = c->cost(c->ctx, &m->used);
	if (account(m, reply, "ready", e) < 0 ||
	    object_take(c->digest, m->journalled, &meta, reply, e) < 0) {
		gate_stop_all(e);
		return -1;
	}
	intent_remove(c->digest);
	return 0;
}

/* What was half written by a program that was killed while it asked for the
 * same, with all the room that it had reserved, is nobody's now. */
static void
sweep(const char *digest)
{
	const char *kind[] = { "journal", "intents", "objects" };
	char shelf[3], *dir;
	size_t i;

	snprintf(shelf, sizeof(shelf), "%.2s", digest);
	for (i = 0; i < sizeof(kind) / sizeof(*kind); i++) {
		dir = object_aside(kind[i], i == 2 ? shelf : "");
		tempfile_sweep(dir, digest);
		free(dir);
	}
}

/* Under the lock and with nothing stored: a reply that was journalled before
 * a crash is settled; else the call is made. */
static int
call(const struct paid_call *c, struct strbuf *reply, int *stored,
    struct err *e)
{
	struct making m;
	int ret;

	memset(&m, 0, sizeof(m));
	m.c = c;
	m.intent.digest = c->digest;
	m.intent.kind = c->kind;
	m.intent.provider = c->provider;
	m.intent.what = c->what;
	m.intent.estimate = c->estimate;
	intent_recall(&m.intent);
	m.pp.keep = keep_note;
	m.pp.keeper = &m;
	m.pp.note = m.intent.note;
	m.journalled = object_aside("journal", c->digest);
	if (!file_exists(m.journalled))
		object_take_back(c->digest, m.journalled);
	if (file_exists(m.journalled)) {
		ret = file_read(m.journalled, OBJECT_BYTES, reply, e);
		/* it was this one's intent, so its outcome is known now */
		m.intent.unknown -= m.intent.unknown > 0 && !m.intent.note;
		m.recovered = *stored = 1;
	} else {
		ret = pass_and_ask(&m, reply, e);
	}
	if (ret == 0)
		ret = settle(&m, reply, e);
	hold_release();
	free(m.journalled);
	free(m.intent.note);
	return ret;
}

int
paid_get(const struct paid_call *c, struct strbuf *reply, int *stored,
    struct err *e)
{
	int fd = object_lock(c->digest, e), ret, kept = 0;

	ret = fd < 0 ? -1 : c->again ? 0 : object_read(c->digest, reply, e);
	if (ret == 0) {
		sweep(c->digest);
		ret = call(c, reply, &kept, e);
	} else if (ret == 1) {
		kept = 1;
	}
	if (fd >= 0)
		close(fd);
	ret = ret == 1 ? 0 : ret;
	if (ret < 0)
		strbuf_reset(reply);
	if (stored)
		*stored = kept;
	return ret;
}
