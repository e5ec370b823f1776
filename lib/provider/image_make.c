#include "provider/image_make.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "media/movie.h"
#include "provider/image.h"
#include "provider/image_clip.h"
#include "provider/image_reference.h"
#include "provider/obtain.h"
#include "record/spec.h"
#include "store/clip_range.h"
#include "store/inputs.h"

/* Motion needs more than the frame; less than it is stretched. */
static void
warn_small(struct strbuf *warnings, const char *what, int w, int h,
	const struct image_choice *c)
{
	if (w < c->width || h < c->height)
		strbuf_addf(warnings, "%s: %dx%d is smaller than the film's "
		    "%dx%d and will look soft\n", what, w, h, c->width,
		    c->height);
}

/* What the record says whether or not a picture comes of it. */
static struct node *
begin(const struct asset_state *a, const struct image_choice *c)
{
	struct node *doc = commit_begin(a);

	node_set_str(doc, "prompt", c->prompt);
	node_set_str(doc, "model", c->provider);
	return doc;
}

static void
describe(struct node *doc, const struct image_result *r)
{
	char seed[32];
	size_t i;

	node_set_whole(doc, "width", r->picture.w);
	node_set_whole(doc, "height", r->picture.h);
	for (i = 0; r->clip && i < r->clip->nr; i++)
		node_set(doc, r->clip->kid[i]->key,
		    node_copy(r->clip->kid[i]));
	if (r->seed) {
		/* as text: a JSON number holds 53 bits; that of a server as it
		 * takes it */
		snprintf(seed, sizeof(seed), r->bytes.len ? "%" PRIu64
		    : "%016" PRIx64, r->seed);
		node_set_str(doc, "seed", seed);
	}
	if (r->revised)
		node_set_str(doc, "revisedPrompt", r->revised);
	if (r->credit)
		node_set_str(doc, "credit", r->credit);
	if (r->credit_url)
		node_set_str(doc, "creditUrl", r->credit_url);
	node_set_str(doc, "version", r->version);
	node_set_str(doc, "digitalSourceType", r->source_type);
	commit_warnings(doc, r->warnings.buf);
}

static int
ask(const struct project *p, const struct asset_state *a,
	const struct image_choice *c, struct image_result *r, struct err *e)
{
	struct image_reference refs[IMAGE_REFERENCES];
	struct strbuf warnings = STRBUF_INIT;
	const struct image_provider *provider;
	struct image_request q = { 0 };
	struct obtain o = { 0 };
	char what[64] = "cover";
	int nr, k;

	provider = image_provider_find(c->provider, e);
	if (!provider)
		return -1;
	if (a->scene)
		snprintf(what, sizeof(what), "scene %zu image",
		    a->scene->index);
	q.prompt = c->prompt;
	q.style = c->style;
	q.tone = c->tone;
	q.language = c->language;
	q.look = c->look;
	q.title = a->scene ? NULL : p->title;
	q.model = spec_model(c->provider);
	q.width = c->width;
	q.height = c->height;
	q.take = a->take;
	q.narrated = c->narrated;
	q.options = c->options;
	o.project = p;
	o.want = a->want;
	o.spec = c->provider;
	o.what = what;
	o.scene = a->scene ? a->scene->dir : NULL;
	if (c->characters && c->characters->nr)
		q.characters = c->characters;
	nr = image_references_read(p->root, q.characters, refs, &warnings, e);
	if (nr < 0) {
		strbuf_release(&warnings);
		return -1;
	}
	q.references = refs;
	q.reference_nr = (size_t)nr;
	k = image_obtain(provider, &o, &q, r, e);
	strbuf_add(&r->warnings, warnings.buf, warnings.len);
	strbuf_release(&warnings);
	image_references_release(refs, (size_t)nr);
	return k;
}

static int
make_picture(const struct project *p, struct asset_state *a,
	struct stat_cache *c, struct strbuf *warnings, struct err *e)
{
	struct strbuf file = STRBUF_INIT;
	struct image_choice choice;
	struct image_result r;
	struct media_bytes m;
	struct node *doc;
	struct err why;
	int k;

	image_choose(p, a->scene, &choice);
	doc = begin(a, &choice);
	image_result_init(&r);
	k = ask(p, a, &choice, &r, e);
	if (k < 0) {
		why = *e;
		commit_failure(p, a, doc, &why, e);
		*e = why;
		doc = NULL;
	} else {
		warn_small(&r.warnings, choice.provider, r.picture.w,
		    r.picture.h, &choice);
		describe(doc, &r);
		strbuf_add(warnings, r.warnings.buf, r.warnings.len);
		k = image_result_file(&r, &file, &m.ext, e);
	}
	if (!k) {
		m.p = file.buf;
		m.n = file.len;
		k = commit_media(p, a, doc, &m, c, e);
		doc = NULL;
	}
	node_free(doc);
	strbuf_release(&file);
	image_result_release(&r);
	image_choice_release(&choice);
	return k;
}

static int
check_clip(const char *name, int fd, int *w, int *h, struct err *e)
{
	struct movie m;

	if (movie_scan(&m, name, fd, e) < 0)
		return -1;
	if (w)
		*w = m.w;
	if (h)
		*h = m.h;
	movie_release(&m);
	return 0;
}

int
image_check_file(const char *root, const char *path, int *w, int *h,
	struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct picture pic = PICTURE_INIT;
	int fd = path_open_beneath(root, path, e), k;

	if (fd < 0)
		return -1;
	if (movie_is(fd)) {
		k = check_clip(path, fd, w, h, e);
		close(fd);
		return k;
	}
	k = fd_read(fd, path, PICTURE_BYTES_MAX, &b, e);
	close(fd);
	if (!k)
		k = picture_decode(&pic, path, b.buf, b.len, e);
	if (!k && w)
		*w = pic.w;
	if (!k && h)
		*h = pic.h;
	picture_release(&pic);
	strbuf_release(&b);
	return k;
}

/* Note what the file is: a still, or a picture that moves. */
static int
describe_file(const struct project *p, const char *rel, struct node *doc,
	struct strbuf *warnings, struct err *e)
{
	int fd = path_open_beneath(p->root, rel, e), w = 0, h = 0, k;

	if (fd < 0)
		return -1;
	if (movie_is(fd)) {
		k = image_clip_describe(rel, fd, doc, warnings, e);
		close(fd);
		return k;
	}
	close(fd);
	if (image_check_file(p->root, rel, &w, &h, e) < 0)
		return -1;
	node_set_whole(doc, "width", w);
	node_set_whole(doc, "height", h);
	return 0;
}

/* The user's own picture: never changed, its size and hash noted. */
static int
use_file(const struct project *p, struct asset_state *a, struct stat_cache *c,
	struct strbuf *warnings, struct err *e)
{
	const char *rel = a->scene->image_file;
	struct image_choice choice;
	double from, to;
	struct node *doc;
	char *path;
	int k;

	image_choose(p, a->scene, &choice);
	doc = begin(a, &choice);
	k = describe_file(p, rel, doc, warnings, e);
	if (k == 0 && node_get(doc, "kind"))
		k = clip_range(a->scene, node_num(doc, "seconds", 0), &from,
		    &to, e);
	if (k == 0)
		warn_small(warnings, rel, (int)node_num(doc, "width", 0),
		    (int)node_num(doc, "height", 0), &choice);
	image_choice_release(&choice);
	if (k < 0) {
		node_free(doc);
		return -1;
	}
	commit_warnings(doc, warnings->buf);
	path = path_join(p->root, rel);
	k = commit_file(p, a, doc, path, c, e);
	free(path);
	return k;
}

int
image_make(const struct project *p, struct asset_state *a,
	struct stat_cache *c, struct strbuf *warnings, struct err *e)
{
	if (a->scene && a->scene->image_file)
		return use_file(p, a, c, warnings, e);
	return make_picture(p, a, c, warnings, e);
}
