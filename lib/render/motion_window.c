#include "render/motion_window.h"

static double
clamp(double v, double lo, double hi)
{
	return v < lo ? lo : v > hi ? hi : v;
}

/* Where along one side, `side` pixels long, a window of that size stands: on
 * the middle of what is asked for, or on the focus within it. */
static double
stand(double at, double asked, double size, double side, double focus)
{
	double middle = at + asked / 2;

	if (size < asked && focus >= 0)
		middle = clamp(focus * side, at + size / 2,
		    at + asked - size / 2);
	return clamp(middle - size / 2, 0, side - size);
}

struct window
motion_window(const struct film_scene *s, int which, const struct timeline *t,
    int *widened)
{
	double aspect = (double)t->width / t->height;
	double w = s->image_w, h = s->image_h;
	double most = w > h * aspect ? h * aspect : w;
	double least = t->width * MOTION_STEP_MIN;
	const double *in = s->window[which];
	double asked_w = in[2] * w;
	double asked_h = in[3] > 0 ? in[3] * h : asked_w / aspect;
	struct window r;

	r.w = asked_w > asked_h * aspect ? asked_w : asked_h * aspect;
	if (least > most)
		least = most;
	/* a pixel of rounding is nothing to speak of */
	if (r.w < least - 1)
		*widened = 1;
	r.w = clamp(r.w, least, most);
	r.h = r.w / aspect;
	r.x = stand(in[0] * w, asked_w, r.w, w, s->focus_x);
	r.y = stand(in[1] * h, asked_h, r.h, h, s->focus_y);
	return r;
}

int
motion_is_widened(const struct film_scene *s, const struct timeline *t)
{
	int widened = 0;

	if (!s->has_windows || s->image_w < 1 || s->image_h < 1)
		return 0;
	motion_window(s, 0, t, &widened);
	motion_window(s, 1, t, &widened);
	return widened;
}

void
motion_warnings(const struct film *f, const struct timeline *t,
    struct strvec *lines)
{
	const struct film_scene *s;
	size_t i;

	for (i = 0; i < f->nr; i++) {
		s = &f->scene[i];
		if (motion_is_widened(s, t))
			strvec_pushf(lines, "video %s: scene %zu: a window of "
			    "its motion is too narrow for a picture %d pixels "
			    "wide in a frame of %d, and was made wider",
			    f->name, i + 1 - f->before, s->image_w, t->width);
	}
}
