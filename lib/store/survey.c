/*
 * All assets of a project at once (store/state.h).
 */
#include "store/state.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static struct asset_state *
next(struct survey *v)
{
	ALLOC_GROW(v->a, v->nr, v->alloc);
	return &v->a[v->nr++];
}

/* A fault of one asset is its state, not the survey's end. */
static void
keep_fault(struct asset_state *a, int ret, const struct err *e)
{
	if (ret == 0)
		return;
	a->state = STATE_FAILED;
	free(a->why);
	a->why = xstrdup(e->msg);
}

/* Of ten thousand that are fresh nobody asks for the inputs. */
static void
keep_little(const struct project *p, struct asset_state *a)
{
	if (p->lean && a->state == STATE_FRESH && a->want)
		request_trim(a->want);
}

static void
take_scene(struct survey *v, const struct project *p, size_t i)
{
	const struct scene *s = &p->scene[i];
	struct err e = ERR_INIT;
	struct asset_state *a;
	int t, ret;

	for (t = 1; t <= scene_takes(s, ASSET_AUDIO); t++) {
		a = next(v);
		ret = state_audio(p, s, t, v->cache, a, &e);
		keep_fault(a, ret, &e);
		keep_little(p, a);
		if (a->used)
			v->scene_audio[i] = v->nr - 1;
	}
	for (t = 1; t <= scene_takes(s, ASSET_IMAGE); t++) {
		a = next(v);
		ret = state_image(p, s, t, v->cache, a, &e);
		keep_fault(a, ret, &e);
		if (!project_has_pictures(p))
			a->state = STATE_FRESH; /* nothing shows it */
		keep_little(p, a);
		if (a->used)
			v->scene_image[i] = v->nr - 1;
	}
}

static int
by_request(const void *pa, const void *pb)
{
	const struct asset_state *a = *(struct asset_state *const *)pa;
	const struct asset_state *b = *(struct asset_state *const *)pb;
	int order = strcmp(a->want->digest, b->want->digest);

	return order ? order : (a > b) - (a < b);
}

/* Two scenes that say the same are one call. */
static void
find_shared(struct survey *v)
{
	struct asset_state **call = xcalloc(v->nr, sizeof(*call));
	size_t i, n = 0;

	for (i = 0; i < v->nr; i++)
		if (v->a[i].paid && v->a[i].want && !v->a[i].in_store &&
		    state_needs_making(&v->a[i]))
			call[n++] = &v->a[i];
	if (n)
		qsort(call, n, sizeof(*call), by_request);
	for (i = 1; i < n; i++)
		call[i]->shared = !strcmp(call[i]->want->digest,
		    call[i - 1]->want->digest);
	free(call);
}

int
survey_take(struct survey *v, const struct project *p, struct err *e)
{
	struct err fault = ERR_INIT;
	struct asset_state *a;
	size_t i;

	memset(v, 0, sizeof(*v));
	v->cache = stat_cache_open(p->root);
	v->lengths = xcalloc(1, sizeof(*v->lengths));
	v->scene_audio = xcalloc(p->nr, sizeof(*v->scene_audio));
	v->scene_image = xcalloc(p->nr, sizeof(*v->scene_image));
	a = next(v);
	if (state_script(p, a, e) < 0)
		return -1;
	a = next(v);
	if (state_split(p, a, e) < 0)
		return -1;
	a = next(v);
	keep_fault(a, state_cover(p, v->cache, a, &fault), &fault);
	for (i = 0; i < p->nr; i++)
		take_scene(v, p, i);
	if (p->lean)
		kept_tree_saw_all(p->kept);
	find_shared(v);
	return 0;
}

void
survey_release(struct survey *v)
{
	size_t i;

	for (i = 0; i < v->nr; i++)
		asset_state_release(&v->a[i]);
	free(v->a);
	free(v->scene_audio);
	free(v->scene_image);
	free(v->lengths);
	stat_cache_close(v->cache);
	memset(v, 0, sizeof(*v));
}

struct asset_state *
survey_used(const struct survey *v, enum asset_what w, size_t i)
{
	return &v->a[w == ASSET_AUDIO ? v->scene_audio[i] : v->scene_image[i]];
}

const struct asset_state *
survey_takes(const struct survey *v, enum asset_what w, size_t i, size_t *nr)
{
	const struct asset_state *used = survey_used(v, w, i), *first = used;
	const struct asset_state *end = v->a + v->nr;

	while (first > v->a && first[-1].scene == used->scene &&
	    first[-1].what == w)
		first--;
	for (*nr = 0; first + *nr < end && first[*nr].scene == used->scene &&
	    first[*nr].what == w; ++*nr)
		;
	return first;
}
