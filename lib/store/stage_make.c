/*
 * The making of a stage's assets: one after the other, or, where servers make
 * them, as many at once as these allow.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/progress.h"
#include "store/budget.h"
#include "store/commit.h"
#include "store/endpoint.h"
#include "store/estimate.h"
#include "store/gate.h"
#include "store/git_media.h"
#include "store/stage.h"
#include "store/workers.h"

#define SPARE 2       /* workers beside those that wait on a server: they decode
			 and write what came */
#define LISTED 12     /* scenes that the summary names */

/* What is to be made: a take of a scene. */
struct job {
	const struct scene *scene; /* NULL: the cover */
	int take;
	int network; /* a server makes it */
	int stored;  /* the store answers it */
};

/* What became of it. */
enum end {
	END_DONE,
	END_FAILED,
	END_NOT_ASKED /* the run was stopped before it */
};

/* A stage while it is made. */
struct batch {
	struct stage *s;
	struct job *job;
	size_t nr, alloc;
	struct progress *bar;
	size_t told, failed, not_asked;
	struct strbuf names; /* of the scenes that failed */
	const struct scene *last; /* of them: its takes fail together */
};

/* What was paid for is gone: git's is free, so paying comes last. */
static int
is_gone(const struct asset_state *a, const char *what, struct err *e)
{
	char *way = git_media_cure(a);

	err_set(e, EX_LATER, way ? "%s is missing; git has it: %s" :
	    "%s is missing, in the folder, the store and the last commit; put "
	    "it back, or pay for it again with --regen", what, way);
	free(way);
	return -1;
}

/* Why this one is not made, where something has to be done about it: -1. */
static int
obstacle(const struct stage *s, const struct asset_state *a, struct err *e)
{
	const char *what = a->rec.url ? a->rec.url : "its file";

	switch (a->state) {
	case STATE_POINTER:
		return err_set(e, EX_LATER, "%s is a Git LFS pointer; run git "
		    "lfs pull", what);
	case STATE_FAILED:
		return err_set(e, EX_REFUSED, "%s; change %s, or try the same "
		    "again with --retry", a->why, s->cure);
	case STATE_MISSING:
		if (state_needs_making(a))
			return 0;
		return is_gone(a, what, e);
	default:
		return 0;
	}
}

static void
met(struct stage *s, int code)
{
	if (code > s->worst)
		s->worst = code;
}

/* What the user asks for once more (--retry, --regen) is made, and counts
 * against the ceiling, as if it had never been there. */
static int
state_of(const struct stage *s, const struct job *j, struct asset_state *a,
    struct err *e)
{
	int ret;

	if (!j->scene)
		ret = state_cover(&s->p, s->cache, a, e);
	else if (s->what == ASSET_AUDIO)
		ret = state_audio(&s->p, j->scene, j->take, s->cache, a, e);
	else
		ret = state_image(&s->p, j->scene, j->take, s->cache, a, e);
	if (ret == 0 && ((s->retry && a->state == STATE_FAILED) ||
	    (s->regen && a->state == STATE_MISSING)))
		a->state = STATE_ABSENT;
	return ret;
}

/* The run was stopped, by this one or another: more of the same would only be
 * repeated. */
static int
was_not_asked(const struct asset_state *a, const struct err *e)
{
	size_t n = a->provider ? strcspn(a->provider, ":") : 0;
	char *name;
	int yes;

	if (!n || strncmp(e->msg, "not asked", 9) != 0)
		return 0;
	name = n == 4 && !strncmp(a->provider, "exec", 4)
	    ? xstrdup(a->provider) : xmemdup(a->provider, n);
	yes = gate_is_stopped(name, NULL);
	free(name);
	return yes;
}

/* Make one; its record is appended as a line, unless it is to be quiet. */
static enum end
make_job(struct stage *s, const struct job *j, struct strbuf *line)
{
	char *about = j->scene ? xasprintf("scene %zu (scenes/%s)",
	    j->scene->index, j->scene->dir) : xstrdup("cover");
	struct strbuf warnings = STRBUF_INIT;
	struct asset_state a;
	struct err e = ERR_INIT;
	enum end end = END_DONE;
	int k;

	memset(&a, 0, sizeof(a));
	k = state_of(s, j, &a, &e);
	if (!k)
		k = obstacle(s, &a, &e);
	if (!k && !state_is_usable(&a))
		k = s->make(&s->p, &a, s->cache, &warnings, &e);
	warning_lines(about, warnings.buf);
	if (k < 0) {
		end = was_not_asked(&a, &e) ? END_NOT_ASKED : END_FAILED;
		if (end == END_FAILED)
			warning("%s: %s", about, e.msg);
		met(s, e.code);
	} else if (a.rec.doc && !s->quiet) {
		record_line(&s->p, &a, line);
		strbuf_addch(line, '\n');
	}
	strbuf_release(&warnings);
	asset_state_release(&a);
	free(about);
	return end;
}

static void
count(struct batch *b, const struct job *j, enum end end)
{
	b->told++;
	progress_show(b->bar, b->told);
	b->not_asked += end == END_NOT_ASKED;
	if (end != END_FAILED)
		return;
	b->failed++;
	if (!j->scene || b->failed > LISTED || b->last == j->scene)
		return;
	b->last = j->scene;
	strbuf_addf(&b->names, "%s%zu", b->names.len ? ", " : "",
	    j->scene->index);
}

/* A report: the exit code, how it ended, the line. */
static void
run_job(void *ctx, size_t i, struct strbuf *out)
{
	struct batch *b = ctx;
	struct strbuf line = STRBUF_INIT;
	enum end end;

	b->s->worst = 0;
	end = make_job(b->s, &b->job[i], &line);
	strbuf_addch(out, b->s->worst);
	strbuf_addch(out, end);
	strbuf_add(out, line.buf, line.len);
	strbuf_release(&line);
}

static void
end_worker(void *ctx)
{
	struct batch *b = ctx;

	stat_cache_close(b->s->cache);
}

static void
job_done(void *ctx, size_t i, const struct strbuf *out)
{
	struct batch *b = ctx;

	if (out->len < 2)
		return;
	met(b->s, (unsigned char)out->buf[0]);
	fwrite(out->buf + 2, 1, out->len - 2, stdout);
	count(b, &b->job[i], (enum end)out->buf[1]);
}

/* How many to have under way: what the servers take, and some that work on
 * what came. 1 where nothing is asked over a network. Keys are read here, once
 * for all. */
static int
processes(struct batch *b)
{
	const struct endpoint *seen[16];
	size_t nr = 0, i, k;
	struct endpoint *ep;
	struct asset_state a;
	struct err e = ERR_INIT;
	int sum = 0, waiting = 0;

	for (i = 0; i < b->nr; i++) {
		int ret = state_of(b->s, &b->job[i], &a, &e);

		b->job[i].stored = ret == 0 && a.in_store;
		if (ret == 0 && !state_is_usable(&a) &&
		    provider_is_paid(a.provider) &&
		    (ep = endpoint_known(a.provider, asset_stage(a.what), &e))
		    && ep->type->kind == PROVIDER_NETWORK) {
			/* also to say what stands in the way of one */
			b->job[i].network = state_needs_making(&a) || a.used;
			waiting += state_needs_making(&a);
			for (k = 0; k < nr && seen[k] != ep; k++)
				;
			if (k == nr && nr < 16) {
				seen[nr++] = ep;
				endpoint_key(ep, &e);
				sum += ep->limit;
			}
		}
		asset_state_release(&a);
	}
	if (waiting < 2)
		return 1;
	return waiting < sum + SPARE ? waiting : sum + SPARE;
}

/* A run that would cost too much stops before its first call. */
static void
check_budget(const struct batch *b)
{
	struct strvec asked = STRVEC_INIT; /* the same is one call */
	struct cost_sum sum = COST_SUM_INIT;
	struct asset_state a;
	struct err e = ERR_INIT;
	size_t i;

	sum.asked = &asked;
	for (i = 0; i < b->nr; i++) {
		memset(&a, 0, sizeof(a));
		if (state_of(b->s, &b->job[i], &a, &e) == 0 &&
		    budget_add(&b->s->p, &a, &sum, &e) < 0)
			die_err(&e);
		asset_state_release(&a);
	}
	if (sum.calls && budget_check(&b->s->p, &sum, gate_spent(), &e) < 0)
		die_err(&e);
	strvec_release(&asked);
}

static void
add_job(struct batch *b, const struct scene *sc, int take)
{
	ALLOC_GROW(b->job, b->nr, b->alloc);
	b->job[b->nr].scene = sc;
	b->job[b->nr].network = b->job[b->nr].stored = 0;
	b->job[b->nr++].take = take;
}

/* Where those of servers alone are wanted, or those that the store answers. */
static void
choose(struct batch *b)
{
	size_t i, n = 0;

	for (i = 0; i < b->nr; i++)
		if ((!b->s->network || b->job[i].network) &&
		    (!b->s->stored || b->job[i].stored))
			b->job[n++] = b->job[i];
	b->nr = n;
}

/* One failure has its own line already. */
static void
summary(const struct batch *b)
{
	int several = strchr(b->names.buf, ',') != NULL;

	if (b->failed + b->not_asked < 2)
		return;
	if (b->failed)
		warning("%s: %zu of %zu failed%s%s%s%s", b->s->title,
		    b->failed, b->nr, !b->names.len ? "" : several
		    ? " (scenes " : " (scene ", b->names.buf,
		    b->failed > LISTED ? ", ..." : "",
		    b->names.len ? ")" : "");
	if (b->not_asked)
		warning("%s: %zu%s not asked for, since %s would meet %s "
		    "too", b->s->title, b->not_asked, !b->failed ? " were"
		    : b->not_asked == 1 ? " more was" : " more were",
		    b->failed ? "that fault" : "a fault of this run",
		    b->not_asked == 1 ? "it" : "them");
}

static void
run_jobs(struct batch *b, int nr)
{
	struct work w = { b->nr, nr, b, run_job, end_worker, job_done };
	struct strbuf line = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i;

	if (nr > 1) {
		fflush(stdout);
		if (work_run(&w, &e) < 0)
			die_err(&e);
		if (b->told < b->nr) {
			warning("%s: %zu were not made, since the process "
			    "that made them ended; run it again", b->s->title,
			    b->nr - b->told);
			met(b->s, EX_FAILED);
		}
		return;
	}
	for (i = 0; i < b->nr; i++) {
		strbuf_reset(&line);
		count(b, &b->job[i], make_job(b->s, &b->job[i], &line));
		fputs(line.buf, stdout);
	}
	strbuf_release(&line);
}

static void
make(struct batch *b)
{
	int nr = processes(b);

	choose(b);
	check_budget(b);
	gate_run(); /* one name for all workers */
	b->bar = progress_start(b->s->title, b->nr);
	run_jobs(b, nr);
	progress_end(b->bar);
	summary(b);
	free(b->job);
	strbuf_release(&b->names);
}

void
stage_make(struct stage *s)
{
	struct batch b = { .s = s };
	const struct scene *sc;
	size_t i;
	int take;

	strbuf_init(&b.names);
	for (i = 0; i < s->nr; i++) {
		sc = &s->p.scene[s->scene[i]];
		if (!sc->id) {
			warning("scenes/%s: has no id yet; run studio "
			    "split-scenes first", sc->dir);
			met(s, EX_DATA);
			continue;
		}
		if (s->what == ASSET_AUDIO && scene_is_silent(sc))
			continue;
		for (take = 1; take <= scene_takes(sc, s->what); take++)
			add_job(&b, sc, take);
	}
	make(&b);
}

void
stage_make_cover(struct stage *s)
{
	struct batch b = { .s = s };

	strbuf_init(&b.names);
	add_job(&b, NULL, 1);
	make(&b);
}
