#include "render/clip_time.h"

#include <math.h>
#include <string.h>

#define MICRO 1000000
#define SLOWEST 2       /* times the clip's own length */
#define SEAM_MS 400
#define SEAM_SHARE 4    /* at most this part of a round */
#define ROUND_UP 4      /* tenths of a frame: more is a frame of its own */
#define OFFSET 3        /* tenths of a frame, see the header */

static int64_t
micro(double seconds)
{
	return llround(seconds * MICRO);
}

int64_t
clip_frames(const struct film_clip *c, int fps)
{
	int64_t length = micro(c->to) - micro(c->from);
	int64_t n = (length * fps * 10 + ROUND_UP * MICRO) / (10 * MICRO);

	return n < 1 ? 1 : n;
}

int64_t
clip_lead(const struct film *f, const struct timeline *t, size_t i)
{
	int64_t fade = i ? t->fade : t->head;

	if (i && f->scene[i].transition == TRANSITION_CUT)
		fade -= fade / 2;
	return fade + t->before;
}

int64_t
clip_trail(const struct film *f, const struct timeline *t, size_t i)
{
	return (i + 1 < f->nr ? t->fade : t->tail) + t->after;
}

static void
fit(struct clip_plan *p, const struct film_clip *c)
{
	int slow_does = p->frames * SLOWEST >= p->shown;

	p->fit = c->fit;
	if (p->fit == CLIP_AUTO)
		p->fit = c->loops || !slow_does ? CLIP_LOOP : CLIP_SLOW;
	if (p->shown <= p->frames)
		return;
	if (p->fit == CLIP_SLOW)
		p->stretch = slow_does ? p->shown : p->frames * SLOWEST;
	if (p->fit != CLIP_LOOP)
		return;
	/* what was made to be played on and on has no seam to hide */
	p->seam = c->loops ? 0 : (int64_t)SEAM_MS * p->fps / 1000;
	if (p->seam > p->frames / SEAM_SHARE)
		p->seam = p->frames / SEAM_SHARE;
	p->round = p->frames - p->seam;
}

void
clip_plan_make(struct clip_plan *p, const struct film_scene *s,
    const struct timeline *t, size_t scene)
{
	const struct timeline_scene *ts = &t->scene[scene];

	memset(p, 0, sizeof(*p));
	p->fps = t->fps;
	p->from = micro(s->clip.from);
	p->length = micro(s->clip.to) - p->from;
	p->frames = clip_frames(&s->clip, t->fps);
	p->skip = ts->cut_in ? ts->fade_in / 2 : 0;
	p->shown = ts->end - ts->start - p->skip;
	fit(p, &s->clip);
}

int64_t
clip_frame(const struct clip_plan *p, const struct timeline_scene *t,
    int64_t from_voice)
{
	int64_t k = from_voice + t->voice - t->start - p->skip;

	return k < 0 ? 0 : k;
}

void
clip_moment(const struct clip_plan *p, int64_t u, int64_t *num, int64_t *den)
{
	int64_t last = (p->stretch ? p->stretch : p->frames) - 1;

	if (u > last)
		u = last;
	if (p->stretch) {
		/* the last frame shows the clip's last, which has one more
		 * before its end */
		*den = (int64_t)MICRO * p->stretch;
		*num = p->from * p->stretch + u * p->length;
	} else {
		*den = (int64_t)MICRO * 10 * p->fps;
		*num = p->from * 10 * p->fps + (10 * u + OFFSET) * MICRO;
	}
}

double
clip_held(const struct clip_plan *p, int64_t k)
{
	int64_t last = (p->stretch ? p->stretch : p->frames) - 1;

	return p->round || k <= last ? 0 : (double)(k - last) / p->fps;
}

void
clip_key(const struct clip_plan *p, int64_t k, struct strbuf *out)
{
	strbuf_addf(out, "%lld %lld us, at %lld of %lld, ",
	    (long long)p->from, (long long)p->length, (long long)k,
	    (long long)p->frames);
	if (p->stretch)
		strbuf_addf(out, "slow %lld", (long long)p->stretch);
	else if (p->round)
		strbuf_addf(out, "loop %lld %lld", (long long)p->round,
		    (long long)p->seam);
	else
		strbuf_addstr(out, "once");
}
