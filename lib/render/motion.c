#include "render/motion.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "render/motion_window.h"

#define EASE 0.15         /* of the way, at both ends */
#define SPEED_MIN 0.03    /* zoom in 5 s */
#define SPEED_MAX 0.06
#define ZOOM_MAX 1.22     /* the tightest window shows 82 % */
#define PAN_SPEED 0.018   /* of the width in a second */
#define PAN_MAX 0.12      /* of the width in all */
#define SAME_SIZE 1e-4    /* of the width: no zoom, so no division by it */
#define KEPT_MARGIN 0.05
#define ZOOM_POOR 1.05    /* for pictures that are too small for more */

enum kind { IN, OUT, LEFT, RIGHT, UP, DOWN, STILL, KINDS };

static const char *const kind_name[KINDS] = {
	"in", "out", "left", "right", "up", "down", "still"
};

/*
 * exp and log by series, for arguments near 0 and 1: the C library's differ
 * in the last bit from version to version, ours are sums and products.
 */
static double
small_exp(double x)
{
	double sum = 1, term = 1;
	int i;

	for (i = 1; i < 16; i++) {
		term *= x / i;
		sum += term;
	}
	return sum;
}

static double
small_log(double x)
{
	double y, power, sum = 0, factor = 2;
	int i;

	for (; x > 1.5 || x < 0.67; factor *= 2)
		x = sqrt(x);
	y = power = (x - 1) / (x + 1);
	for (i = 1; i < 32; i += 2) {
		sum += power / i;
		power *= y * y;
	}
	return factor * sum;
}

/* The way gone at u: smoothstep in speed over both ends, steady between. */
static double
ease(double u)
{
	double x;

	if (u <= 0)
		return 0;
	if (u >= 1)
		return 1;
	if (u > 0.5)
		return 1 - ease(1 - u);
	if (u < EASE) {
		x = u / EASE;
		return EASE * (x * x * x - x * x * x * x / 2) / (1 - EASE);
	}
	return (u - EASE / 2) / (1 - EASE);
}

static double
eased(double u, int easing)
{
	if (easing == EASING_SMOOTH)
		return ease(u);
	u = u < 0 ? 0 : u > 1 ? 1 : u;
	if (easing == EASING_IN)
		return u * u;
	return easing == EASING_OUT ? u * (2 - u) : u;
}

static double
clamp(double v, double lo, double hi)
{
	if (hi < lo)
		return (lo + hi) / 2;
	return v < lo ? lo : v > hi ? hi : v;
}

/*
 * A window of size ww x wh as near as can be to having the focus where it
 * stands in the whole, inside the picture and around what must be kept.
 */
static struct window
around(const struct film_scene *s, double ww, double wh, int w, int h)
{
	double fx = s->focus_x >= 0 ? s->focus_x : 0.5;
	double fy = s->focus_y >= 0 ? s->focus_y : 0.5;
	struct window r = { 0, 0, ww, wh };

	r.x = fx * (w - ww);
	r.y = fy * (h - wh);
	if (s->keep[2] > s->keep[0] && s->keep[3] > s->keep[1]) {
		r.x = clamp(r.x, s->keep[2] * w - ww, s->keep[0] * w);
		r.y = clamp(r.y, s->keep[3] * h - wh, s->keep[1] * h);
	}
	r.x = clamp(r.x, 0, w - ww);
	r.y = clamp(r.y, 0, h - wh);
	return r;
}

static enum kind
choose(const struct film_scene *s, unsigned pick, int vertical)
{
	static const enum kind wide[8] = {
		IN, OUT, IN, RIGHT, OUT, IN, LEFT, OUT
	};
	static const enum kind tall[8] = {
		IN, OUT, IN, UP, OUT, IN, DOWN, OUT
	};
	int i;

	for (i = 0; s->motion && i < KINDS; i++)
		if (!strcmp(s->motion, kind_name[i]))
			return (enum kind)i;
	return (vertical ? tall : wide)[pick % 8];
}

/* Let a window pan by way (a fraction) between two ends of the picture that
 * both still hold what must be kept. */
static void
pan(struct motion *m, const struct film_scene *s, enum kind k, double way,
    const struct window *base, int w, int h)
{
	struct window c = around(s, base->w * (1 - way), base->h * (1 - way),
	    w, h);
	int across = k == LEFT || k == RIGHT;
	int kept = across ? s->keep[2] > s->keep[0] : s->keep[3] > s->keep[1];
	double focus = across ? s->focus_x : s->focus_y;
	double size = across ? c.w : c.h, side = across ? w : h;
	double lo = 0, hi = side - size, at = across ? c.x : c.y;
	double from, to, half = size * way / 2;

	if (focus >= 0) {
		lo = clamp(focus * side - size, lo, hi);
		hi = clamp(focus * side, lo, hi);
	}
	if (kept) {
		double near = s->keep[across ? 0 : 1] * side;
		double far = s->keep[across ? 2 : 3] * side - size;

		if (near < hi)
			hi = near;
		if (far > lo)
			lo = far;
	}
	if (hi < lo)
		lo = hi = at;
	if (hi - lo < 2 * half)
		half = (hi - lo) / 2;
	at = clamp(at, lo + half, hi - half);
	from = k == LEFT || k == UP ? at + half : at - half;
	to = k == LEFT || k == UP ? at - half : at + half;
	m->from = m->to = c;
	if (across) {
		m->from.x = from;
		m->to.x = to;
	} else {
		m->from.y = from;
		m->to.y = to;
	}
}

static void
zoom(struct motion *m, const struct film_scene *s, enum kind k, double z,
    const struct window *base, int w, int h)
{
	struct window tight = around(s, base->w / z, base->h / z, w, h);

	m->from = k == OUT ? tight : *base;
	m->to = k == OUT ? *base : tight;
	m->log_zoom = k == OUT ? -small_log(z) : small_log(z);
}

/* As the scene says: from one window to the other. */
static void
between(struct motion *m, const struct film_scene *s, const struct timeline *t)
{
	int widened = 0;
	double ratio;

	m->from = motion_window(s, 0, t, &widened);
	m->to = motion_window(s, 1, t, &widened);
	ratio = m->from.w / m->to.w;
	if (ratio < 1 + SAME_SIZE && ratio > 1 - SAME_SIZE) {
		m->to.w = m->from.w;
		m->to.h = m->from.h;
		m->log_zoom = 0;
	} else {
		m->log_zoom = small_log(ratio);
	}
}

/* What is kept stays clear of the edges by KEPT_MARGIN; where a platform lays
 * its buttons over more than that, it has to stay clear of them, too. */
static struct film_scene
clear_of_buttons(const struct film_scene *s, const double safe[4])
{
	struct film_scene r = *s;

	if (!(s->keep[2] > s->keep[0]))
		return r;
	r.keep[0] = fmax(0, s->keep[0] - fmax(0, safe[0] - KEPT_MARGIN));
	r.keep[1] = fmax(0, s->keep[1] - fmax(0, safe[1] - KEPT_MARGIN));
	r.keep[2] = fmin(1, s->keep[2] + fmax(0, safe[2] - KEPT_MARGIN));
	return r;
}

void
motion_choose(struct motion *m, const struct film_scene *scene,
    const struct timeline *t, int64_t voice_frames, int w, int h)
{
	const struct film_scene held = clear_of_buttons(scene,
	    t->preset->safe), *s = &held;
	int64_t lead = t->before + (t->head > t->fade ? t->head : t->fade);
	int64_t trail = t->after + (t->tail > t->fade ? t->tail : t->fade);
	double aspect = (double)t->width / t->height, seconds, speed, z, most;
	uint8_t hash[SHA256_BYTES];
	struct window base;
	enum kind k;

	memset(m, 0, sizeof(*m));
	sha256_raw(s->text ? s->text : "", s->text ? strlen(s->text) : 0, hash);
	m->first = -lead;
	m->length = lead + voice_frames + trail;
	seconds = (double)m->length / t->fps;
	base = w > h * aspect ? around(s, h * aspect, h, w, h) :
	    around(s, w, w / aspect, w, h);
	speed = SPEED_MIN + (SPEED_MAX - SPEED_MIN) * hash[1] / 255;
	most = base.w / t->width / MOTION_STEP_MIN;
	most = clamp(most, ZOOM_POOR, ZOOM_MAX);
	if (s->keep[2] > s->keep[0])
		most = fmin(most, 1 / (s->keep[2] - s->keep[0]));
	z = 1 + speed * seconds / 5;
	if (z > most)
		z = most;
	m->easing = s->easing;
	if (s->has_windows) {
		between(m, s, t);
		return;
	}
	m->from = m->to = base;
	k = choose(s, hash[0], t->height > t->width);
	if (k == IN || k == OUT) {
		zoom(m, s, k, z, &base, w, h);
	} else if (k != STILL) {
		double way = PAN_SPEED * seconds;

		if (way > PAN_MAX)
			way = PAN_MAX;
		if (way > 1 - 1 / most)
			way = 1 - 1 / most;
		pan(m, s, k, way, &base, w, h);
		/* words in the way leave it no room: rather that than rest */
		if (!s->motion && fabs(m->to.x - m->from.x) +
		    fabs(m->to.y - m->from.y) < way * m->from.w / 2)
			zoom(m, s, IN, z, &base, w, h);
	}
}

struct window
motion_at(const struct motion *m, int64_t n)
{
	double u = ((double)(n - m->first) + 0.5) / (double)m->length;
	double e = eased(u, m->easing), share = e, span = m->from.w - m->to.w;
	struct window r;

	r.w = m->from.w;
	r.h = m->from.h;
	if (m->log_zoom != 0) {
		r.w = m->from.w * small_exp(-m->log_zoom * e);
		r.h = r.w * (m->from.h / m->from.w);
		/* The corner keeps the fixed point of the zoom in place. */
		share = (m->from.w - r.w) / span;
	}
	r.x = m->from.x + (m->to.x - m->from.x) * share;
	r.y = m->from.y + (m->to.y - m->from.y) * share;
	return r;
}
