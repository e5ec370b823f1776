#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/board_part.h"
#include "store/git_media.h"

static void
mark_scene(struct board_scene *s, enum board_level level)
{
	s->levels |= 1u << level;
	if (s->level < level)
		s->level = level;
}

struct board_problem *
board_add_problem(struct board *b, enum board_level level, size_t scene)
{
	struct board_problem *q;

	ALLOC_GROW(b->problem, b->problem_nr, b->problem_alloc);
	q = &b->problem[b->problem_nr++];
	memset(q, 0, sizeof(*q));
	q->level = level;
	q->scene = scene;
	q->cost = "free";
	if (scene != BOARD_NONE)
		mark_scene(&b->scene[scene], level);
	return q;
}

#define SPEED_LEAST 0.75 /* slower sounds slow */

static const char *
noun(const struct asset_state *a)
{
	static const char *const names[] = { "Script", "Split", "Voice",
		"Picture", "Cover", "Film" };

	return names[a->what];
}

static const char *
program(const struct asset_state *a)
{
	return a->what == ASSET_AUDIO ? "tts" : "image";
}

static const char *
call_cost(const struct asset_state *a)
{
	return !a->paid ? "free" : a->in_store ? "stored" : "1 call";
}

static int
is_word_of(const char *key, const char *end)
{
	size_t n = strlen(key), m = strlen(end);

	return n >= m && !strcmp(key + n - m, end);
}

/* Which input changed, in words. */
static char *
change_words(const struct asset_state *a)
{
	const struct changes *c = &a->changes;

	if (c->nr == 0)
		return xstrdup("it is not as its record says");
	if (c->nr == 2)
		return xasprintf("the %s and %s changed", c->v[0].key,
		    c->v[1].key);
	if (c->nr > 2)
		return xasprintf("%s and %zu more inputs changed",
		    c->v[0].key, c->nr - 1);
	return xasprintf("the %s changed", is_word_of(c->v[0].key, "sha256") ?
	    "file" : c->v[0].key);
}

static void
set_failed(struct board_problem *q, const struct asset_state *a)
{
	q->why = xstrdup(a->why ? a->why : "the provider refused");
	if (!a->rec.doc || !a->want) {
		q->meanwhile = xstrdup("It could not even be asked for.");
		if (a->scene)
			q->command = xasprintf("scenes/%s/scene.yaml",
			    a->scene->dir);
		return;
	}
	if (state_is_faulty(a)) {
		q->meanwhile = xstrdup("Mend that file, or (after what is "
		    "no plain file was moved away) take it from the last "
		    "commit:");
		if (a->scene)
			q->command = xasprintf("studio restore %zu",
			    a->scene->index);
		return;
	}
	q->meanwhile = xasprintf("%sEdit %s in scene.yaml and run make, or "
	    "ask again as it is:", a->media && *a->media_sha256 ?
	    "What was made before is kept. " : "",
	    a->what == ASSET_AUDIO ? "text or say" : "image.prompt");
	if (a->scene)
		q->command = xasprintf("studio %s %zu --retry", program(a),
		    a->scene->index);
}

static void
set_missing(struct board_problem *q, const struct asset_state *a)
{
	q->why = xasprintf("the file%s%s is missing", a->rec.url ? " " : "",
	    a->rec.url ? a->rec.url : "");
	if (state_needs_making(a)) {
		q->meanwhile = xstrdup(a->paid ? "The store has it; make puts "
		    "it back." : "It is free; make makes it again.");
		q->command = xstrdup("make");
		return;
	}
	q->command = git_media_cure(a);
	if (q->command) {
		q->meanwhile = xstrdup("The last commit has it, for nothing:");
		q->cost = "free";
		return;
	}
	q->meanwhile = xstrdup("The record is here; the file is not in the "
	    "folder or the store. It was paid for, so make does not buy it "
	    "again by itself. Put the file back, or pay again:");
	if (a->scene)
		q->command = xasprintf("studio %s %zu --regen", program(a),
		    a->scene->index);
}

static void
set_texts(struct board_problem *q, const struct asset_state *a)
{
	switch (a->state) {
	case STATE_FAILED:
		set_failed(q, a);
		break;
	case STATE_MISSING:
		set_missing(q, a);
		break;
	case STATE_POINTER:
		q->why = xstrdup("it is a Git LFS pointer");
		q->meanwhile = xstrdup("The file itself was not fetched.");
		q->command = xstrdup("git lfs pull");
		q->cost = "free";
		break;
	case STATE_STALE:
		q->why = change_words(a);
		if (a->media && *a->media_sha256)
			q->meanwhile = xasprintf("The older %s is shown and "
			    "stays until it is remade.", a->what ==
			    ASSET_AUDIO ? "voice" : "one");
		q->command = xstrdup("make");
		break;
	default: /* modified */
		q->why = xstrdup(a->what == ASSET_SCRIPT ? "you edited it, and "
		    "brief or source changed since" :
		    "your file is kept and used");
		q->meanwhile = xstrdup("It differs from what its record "
		    "says.");
		q->cost = "free";
		q->command = a->scene ? xasprintf("studio adopt %zu",
		    a->scene->index) : xstrdup("studio gen-script --again");
		break;
	}
}

static enum board_level
level_of(const struct asset_state *a)
{
	static const enum board_level level[] = { BOARD_FRESH, BOARD_ABSENT,
		BOARD_STALE, BOARD_MISSING, BOARD_MODIFIED, BOARD_POINTER,
		BOARD_FAILED };

	return level[a->state];
}

static int
is_news(const struct asset_state *a)
{
	if (a->what == ASSET_SCRIPT && a->state == STATE_MODIFIED)
		return a->changes.nr > 0;
	if (a->what == ASSET_SPLIT && a->state == STATE_ABSENT)
		return 0;
	return a->state != STATE_FRESH;
}

/* What make does not do by itself is paid for as if it had never been there,
 * once the user says so. */
static void
cost_user(struct board *b, const struct asset_state *a)
{
	struct asset_state again = *a;

	if (a->state == STATE_POINTER || state_is_faulty(a) ||
	    (a->state == STATE_MISSING && git_media_of(a)))
		return;
	again.state = STATE_ABSENT;
	board_cost_asset(&b->user, b->project, &again);
}

static void
look_at(struct board *b, const struct asset_state *a)
{
	size_t scene = a->scene ? a->scene->index - 1 : BOARD_NONE;
	struct board_problem *q;

	if (a->scene) {
		b->assets++;
		b->fresh += (size_t)(state_is_usable(a) != 0);
	}
	if (state_needs_making(a))
		board_cost_asset(&b->next, b->project, a);
	else if (!state_is_usable(a))
		cost_user(b, a);
	if (a->state == STATE_ABSENT && (a->scene || a->what == ASSET_COVER)) {
		if (a->scene)
			mark_scene(&b->scene[scene], BOARD_ABSENT);
		b->absent += a->scene != NULL;
		b->cover_absent |= !a->scene;
		return;
	}
	if (!is_news(a))
		return;
	q = board_add_problem(b, level_of(a), scene);
	q->asset = a;
	q->cost = call_cost(a);
	q->what = a->take > 1 ? xasprintf("%s %d %s", noun(a), a->take,
	    state_name(a->state)) : xasprintf("%s %s", noun(a),
	    state_name(a->state));
	if (a->state == STATE_ABSENT) {
		q->why = xstrdup("make writes it");
		q->command = xstrdup("make");
	} else {
		set_texts(q, a);
	}
}

/* The speed that brings a scene to the limit, 0 where that is too slow. */
static double
slower(const struct board_scene *s)
{
	double now = node_num(s->audio->rec.doc, "speed", 1);
	double v = floor(now * s->limit / s->per_second * 20) / 20;

	return v >= SPEED_LEAST ? v : 0;
}

/* What is fresh and all the same worth a look. */
static void
warn(struct board *b, size_t i)
{
	struct board_scene *s = &b->scene[i];
	struct board_problem *q;
	double speed;

	if (s->audio->state != STATE_ABSENT && s->per_second > s->limit) {
		q = board_add_problem(b, BOARD_WARNING, i);
		q->what = xstrdup("Reads too fast");
		q->why = xasprintf("%.1f characters a second", s->per_second);
		q->meanwhile = xasprintf("Target %.0f, limit %.0f. A slower "
		    "voice or a shorter text helps.", s->target, s->limit);
		speed = slower(s);
		if (speed > 0)
			q->command = xasprintf("studio tts %zu --speed %.2g",
			    i + 1, speed);
		q->cost = s->audio->paid ? "1 call" : "free";
	}
	if (node_bool(s->image->rec.doc, "placeholder", 0) ||
	    node_bool(s->audio->rec.doc, "placeholder", 0)) {
		q = board_add_problem(b, BOARD_WARNING, i);
		q->what = xstrdup("Placeholder");
		q->why = xasprintf("made by %s", node_str(s->image->rec.doc,
		    "provider", "a stand-in"));
		q->meanwhile = xstrdup("It is refused as final without "
		    "ALLOW_PLACEHOLDER=1.");
	}
}

/* Worst first; among equals those of the project, then in scene order. */
static int
by_weight(const void *pa, const void *pb)
{
	const struct board_problem *a = pa, *b = pb;
	size_t x = a->scene + 1, y = b->scene + 1; /* BOARD_NONE is 0 */

	if (a->level != b->level)
		return a->level > b->level ? -1 : 1;
	if (x != y)
		return x < y ? -1 : 1;
	return strcmp(a->what, b->what);
}

/* Films and the scenes that keep the first one back. */
static void
count_films(struct board *b)
{
	const struct project *p = b->project;
	size_t i;

	for (i = 0; i < p->video_nr; i++) {
		b->assets++;
		b->fresh += b->films[i].state == STATE_FRESH;
	}
	for (i = 0; i < b->nr; i++)
		b->blocked += b->scene[i].film != BOARD_NONE &&
		    ((!state_is_usable(b->scene[i].audio) &&
		    !state_needs_making(b->scene[i].audio)) ||
		    (!state_is_usable(b->scene[i].image) &&
		    !state_needs_making(b->scene[i].image)));
}

void
board_find_problems(struct board *b)
{
	size_t i;

	for (i = 0; i < b->survey->nr; i++)
		look_at(b, &b->survey->a[i]);
	for (i = 0; i < b->nr; i++)
		warn(b, i);
	count_films(b);
	if (b->problem_nr)
		qsort(b->problem, b->problem_nr, sizeof(*b->problem),
		    by_weight);
}
