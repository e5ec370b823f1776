/*
 * studio doctor: the user's store. Calls whose outcome is open, replies that
 * nobody installed, halves, rot, and what the ledger names and nobody has.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "store/git_media.h"
#include "store/intent.h"
#include "store/ledger.h"
#include "store/object.h"
#include "studio/doctor.h"

/* The asset here that wants this very request; NULL: none. */
static const struct asset_state *
wanted_by(const struct doctor *d, const char *digest)
{
	const struct asset_state *a;
	size_t i;

	for (i = 0; d->plan && i < d->plan->survey.nr; i++) {
		a = &d->plan->survey.a[i];
		if (a->want && !strcmp(a->want->digest, digest))
			return a;
	}
	return NULL;
}

/* "2026-11-26T08:00:00Z, home:m, about $0.0120" */
static char *
call_words(const struct stock_item *i)
{
	double estimate = node_num(i->doc, "estimate", -1);
	char at[TIME_LEN], dollars[40] = "price unknown";

	if (estimate >= 0)
		dollar_words(estimate, dollars, sizeof(dollars));
	time_format(i->at, at);
	return xasprintf("asked of %.80s at %s (%s%s)", node_str(i->doc,
	    "provider", "?"), at, estimate >= 0 ? "about " : "", dollars);
}

static void
cure_forget(struct finding *f, const char *path)
{
	struct strbuf word = STRBUF_INIT;

	strbuf_add_shell(&word, path);
	finding_cure(f, "of another project, an older text or a piece of one; "
	    "to forget it: rm %s", word.buf);
	strbuf_release(&word);
}

static void
look_at_intent(struct doctor *d, const struct stock_item *i)
{
	const struct asset_state *a = wanted_by(d, i->digest);
	const char *note = node_str(i->doc, "note", NULL);
	int unknown = (int)node_num(i->doc, "unknown", 0) + !note;
	int again = a && state_needs_making(a);
	char *words = call_words(i);
	struct finding *f;

	if (!file_exists(i->path)) {
		/* its reply was installed just now */
	} else if (object_is_held(i->digest)) {
		f = finding_add(&d->found, "under way", node_str(i->doc, "for",
		    "a call"), EX_DONE);
		finding_why(f, "%s", words);
	} else if (object_is_there(i->digest)) {
		/* its program died after all was done */
		f = finding_add(&d->found, "answered", node_str(i->doc, "for",
		    "a call"), EX_DONE);
		finding_why(f, "%s; its reply is in the store", words);
		if (d->fix) {
			intent_remove(i->digest);
			f->fixed = 1;
		}
	} else if (!object_is_kept(i->digest)) {
		f = finding_add(&d->found, "open call", node_str(i->doc, "for",
		    "a call"), again ? EX_LATER : EX_DONE);
		finding_why(f, note ? "%s; it was accepted as a job, and its "
		    "result was not fetched" : "%s; no answer came, so nobody "
		    "knows whether it was paid for", words);
		if (note)
			finding_cure(f, "%s asks for that result, and for "
			    "nothing new", again ? "make" :
			    "the next such call");
		else if (again)
			finding_cure(f, "see what the provider says of it; "
			    "make asks again, and the ledger will say that %d "
			    "more may have been paid for", unknown);
		else
			cure_forget(f, i->path);
	}
	free(words);
}

/* What an asset here wants was told by doctor_media. */
static void
look_at_reply(struct doctor *d, const struct stock_item *i)
{
	struct finding *f;

	if (wanted_by(d, i->digest) || object_is_held(i->digest) ||
	    (i->shelf == STOCK_JOURNAL && object_is_there(i->digest)))
		return;
	f = finding_add(&d->found, "journalled", node_str(i->doc, "for",
	    "a reply"), EX_DONE);
	finding_why(f, "the reply of %.80s came and was not installed; it is "
	    "of another project, an older text or a piece of one",
	    node_str(i->doc, "provider", "a provider"));
	finding_cure(f, "it is kept, and answers when the same is asked");
}

/* A record without its reply means nothing; programs die between the two. */
static void
look_at_half(struct doctor *d, const struct stock_item *i)
{
	struct err e = ERR_INIT;
	struct finding *f;
	char *record;

	if (file_exists(i->path)) {
		look_at_reply(d, i); /* it lacks the record: as if journalled */
		return;
	}
	if (object_is_held(i->digest))
		return;
	record = object_path(i->digest, ".json");
	f = finding_add(&d->found, "leftover", record, EX_LATER);
	finding_why(f, "is a record without its reply");
	finding_cure(f, "studio doctor --fix");
	if (d->fix)
		f->fixed = stock_remove(i, &e) == 0;
	if (e.code)
		finding_why(f, "%s", e.msg);
	free(record);
}

/* What is rotten is moved, not removed: it was paid for. */
static int
put_aside(const char *digest, struct err *e)
{
	char *object = object_path(digest, ""), *to, *name;
	char *record = object_path(digest, ".json");
	int lock = object_lock_now(digest, e), ret = lock < 0 ? -1 : 0;

	name = xasprintf("%s.rotten", digest);
	to = object_aside("rejected", name);
	if (ret == 0 && object_verify(digest, NULL) >= 0)
		ret = err_set(e, EX_LATER, "%s: is whole now", object);
	if (ret == 0)
		ret = object_mkdir_for(to, e);
	/* the record last: alone it means nothing, and a reply alone would be
	 * taken for one that came just now */
	if (ret == 0 && rename(object, to) < 0)
		ret = err_errno(e, "%s: cannot move away", object);
	if (ret == 0)
		ret = file_sync_parent(to, e);
	if (ret == 0 && unlink(record) < 0 && errno != ENOENT)
		ret = err_errno(e, "%s: cannot remove", record);
	if (lock >= 0)
		close(lock);
	free(record);
	free(name);
	free(to);
	free(object);
	return ret;
}

/* Media here that is whole, made by this request and not adopted for it, takes
 * the place of a rotten reply. */
static const struct asset_state *
kept_here(const struct doctor *d, const char *digest)
{
	const struct asset_state *a;
	size_t i;

	for (i = 0; d->plan && i < d->plan->survey.nr; i++) {
		a = &d->plan->survey.a[i];
		if (a->scene && a->media && a->rec.request && a->rec.sha256 &&
		    !strcmp(a->rec.request, digest) &&
		    !strcmp(a->media_sha256, a->rec.sha256) &&
		    !node_bool(a->rec.doc, "adopted", 0))
			return a;
	}
	return NULL;
}

/* Media that git has, made by this request. */
static const struct asset_state *
kept_in_git(const struct doctor *d, const char *digest)
{
	const struct asset_state *a;
	size_t i;

	for (i = 0; d->plan && i < d->plan->survey.nr; i++) {
		a = &d->plan->survey.a[i];
		if (a->scene && a->rec.request &&
		    !strcmp(a->rec.request, digest) && git_media_of(a))
			return a;
	}
	return NULL;
}

static void
look_at_rot(struct doctor *d, const struct stock_item *i)
{
	const struct asset_state *a, *git;
	struct err e = ERR_INIT;
	struct finding *f;

	if (object_verify(i->digest, &e) >= 0)
		return;
	e.code = 0;
	a = kept_here(d, i->digest);
	f = finding_add(&d->found, "rotten", i->path, EX_LATER);
	finding_why(f, "its bytes changed on the disk%s", a ? "; the project "
	    "has its media, which are kept in its place" : "");
	git = a ? NULL : kept_in_git(d, i->digest);
	if (git)
		finding_cure(f, "git has what it made: studio restore %zu, "
		    "then studio doctor --fix, which keeps it in its place",
		    git->scene->index);
	else
		finding_cure(f, "studio doctor --fix puts it aside%s", a ? "" :
		    "; the same call is then made, and paid for, again");
	if (d->fix && put_aside(i->digest, &e) == 0) {
		f->fixed = 1;
		if (a)
			object_keep(i->digest, a->media, a->rec.doc, &e);
	}
	if (e.code)
		finding_why(f, "%s", e.msg);
}

static int
is_named(const struct doctor *d, const char *digest)
{
	size_t i;

	for (i = 0; i < d->plan->survey.nr; i++)
		if (d->plan->survey.a[i].rec.request &&
		    !strcmp(d->plan->survey.a[i].rec.request, digest))
			return 1;
	return 0;
}

/* What the ledger says was paid for and nobody has: as a sum, since older
 * texts and voices of a clone are all like that. */
static void
look_at_ledger(struct doctor *d)
{
	struct ledger_sum sum;
	struct err e = ERR_INIT;
	struct finding *f;
	struct ledger l;
	char dollars[40];
	size_t i;

	memset(&sum, 0, sizeof(sum));
	if (ledger_read(&d->plan->project, &l, &e) < 0) {
		f = finding_add(&d->found, "broken", "ledger", EX_DATA);
		finding_why(f, "%s", e.msg);
		return;
	}
	for (i = 0; i < l.nr; i++)
		if (strcmp(l.entry[i].outcome, "ready") == 0 &&
		    !object_is_kept(l.entry[i].request) &&
		    !is_named(d, l.entry[i].request))
			ledger_sum_add(&sum, &l.entry[i], &e);
	if (sum.calls) {
		dollar_words(sum.dollars, dollars, sizeof(dollars));
		f = finding_add(&d->found, "ledger", "ledger", EX_DONE);
		finding_why(f, "%zu repl%s that it names (%s) are in neither "
		    "the store nor a record here: asked for again, they are "
		    "paid for again", sum.calls, sum.calls == 1 ? "y" : "ies",
		    dollars);
		finding_cure(f, "studio store import, where another machine "
		    "has them");
	}
	ledger_release(&l);
}

void
doctor_store(struct doctor *d)
{
	const struct stock_item *i;

	for (i = d->stock.item; i && i < d->stock.item + d->stock.nr; i++) {
		if (i->shelf == STOCK_INTENTS)
			look_at_intent(d, i);
		else if (i->shelf == STOCK_JOURNAL)
			look_at_reply(d, i);
		else if (i->shelf == STOCK_OBJECTS && !i->there)
			look_at_half(d, i);
		else if (i->shelf == STOCK_OBJECTS)
			look_at_rot(d, i);
	}
	if (d->plan)
		look_at_ledger(d);
}
