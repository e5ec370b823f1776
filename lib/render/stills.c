#include "render/stills.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "media/picture.h"
#include "render/clips.h"

/* Source pixels a frame pixel that the widest window may have; under
 * SAMPLER_STEP_MAX, as scaling rounds. */
#define STEP 1.25

struct entry {
	struct still still; /* first, so that a still leads to its entry */
	char sha256[SHA256_HEX];
	int users;
	unsigned used; /* when last, for choosing what goes */
	struct entry *next;
};

struct stills {
	pthread_mutex_t lock;
	int w, h;
	unsigned clock;
	struct entry *first;
	struct clips *clips;
};

struct stills *
stills_new(int w, int h)
{
	struct stills *s = xcalloc(1, sizeof(*s));

	pthread_mutex_init(&s->lock, NULL);
	s->w = w;
	s->h = h;
	s->clips = clips_new(w, h);
	return s;
}

static void
entry_free(struct entry *n)
{
	yuv_free(n->still.yuv);
	free(n);
}

void
stills_free(struct stills *s)
{
	struct entry *n;

	if (!s)
		return;
	while ((n = s->first)) {
		s->first = n->next;
		entry_free(n);
	}
	clips_free(s->clips);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

struct clips *
stills_clips(struct stills *s)
{
	return s->clips;
}

/* Scale down a picture of which the frame would step over too much. */
static int
shrink(struct picture *p, int w, int h, struct err *e)
{
	double sx = (double)p->w / w, sy = (double)p->h / h;
	double step = sx < sy ? sx : sy;
	struct picture small = PICTURE_INIT;

	if (step <= STEP + 0.01)
		return 0;
	if (picture_scale(p, &small, (int)lrint(p->w * STEP / step),
	    (int)lrint(p->h * STEP / step), e) < 0)
		return -1;
	picture_release(p);
	*p = small;
	return 0;
}

static int
decode(struct picture *p, const struct film_scene *f, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char sha256[SHA256_HEX];
	int ret;

	ret = file_read(f->image, PICTURE_BYTES_MAX, &b, e);
	if (ret == 0) {
		sha256_hex(b.buf, b.len, sha256);
		if (strcmp(sha256, f->image_sha256))
			ret = err_set(e, EX_LATER, "%s: the picture is not "
			    "the one of its record; run studio image for its "
			    "scene, or studio adopt", f->image);
	}
	if (ret == 0)
		ret = picture_decode(p, f->image, b.buf, b.len, e);
	strbuf_release(&b);
	if (ret == 0 && (p->w != f->image_w || p->h != f->image_h)) {
		picture_release(p);
		return err_set(e, EX_LATER, "%s: the picture has changed; "
		    "run this again", f->image);
	}
	return ret;
}

static struct entry *
load(const struct stills *s, const struct film_scene *f, struct err *e)
{
	struct picture p = PICTURE_INIT;
	struct entry *n;

	if (decode(&p, f, e) < 0)
		return NULL;
	if (shrink(&p, s->w, s->h, e) < 0) {
		picture_release(&p);
		return NULL;
	}
	n = xcalloc(1, sizeof(*n));
	n->still.yuv = yuv_from_picture(&p);
	n->still.scale_x = (double)p.w / f->image_w;
	n->still.scale_y = (double)p.h / f->image_h;
	memcpy(n->sha256, f->image_sha256, sizeof(n->sha256));
	picture_release(&p);
	return n;
}

/* Let the one go that was not used for longest, when there are too many. */
static void
evict(struct stills *s)
{
	struct entry **at, **oldest = NULL, *n;
	int idle = 0;

	for (at = &s->first; *at; at = &(*at)->next)
		if (!(*at)->users) {
			idle++;
			if (!oldest || (*at)->used < (*oldest)->used)
				oldest = at;
		}
	if (idle <= STILLS_KEPT)
		return;
	n = *oldest;
	*oldest = n->next;
	entry_free(n);
}

const struct still *
stills_get(struct stills *s, const struct film_scene *f, struct err *e)
{
	struct entry *n;

	if (strlen(f->image_sha256) != SHA256_HEX - 1) {
		err_set(e, EX_DATA, "%s: its record's sha256 is no SHA-256",
		    f->image);
		return NULL;
	}
	/* Decoding under the lock: one large picture in memory at a time. */
	pthread_mutex_lock(&s->lock);
	for (n = s->first; n; n = n->next)
		if (!strcmp(n->sha256, f->image_sha256))
			break;
	if (!n && (n = load(s, f, e))) {
		n->next = s->first;
		s->first = n;
	}
	if (n) {
		n->users++;
		n->used = ++s->clock;
	}
	pthread_mutex_unlock(&s->lock);
	return n ? &n->still : NULL;
}

void
stills_done(struct stills *s, const struct still *st)
{
	struct entry *n = (struct entry *)st;

	if (!st)
		return;
	pthread_mutex_lock(&s->lock);
	n->users--;
	evict(s);
	pthread_mutex_unlock(&s->lock);
}
