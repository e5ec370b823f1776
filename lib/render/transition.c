#include "render/transition.h"

#include <string.h>

#include "media/card/palette.h"
#include "media/picture.h"

#define SOFT 0.16       /* of the frame: how wide the edge of a wipe is */
#define DARK_SHARE 0.1  /* of a dip is all dark, two frames at most */
#define DARK_FRAMES 2

static const char *const names[TRANSITIONS] = {
	"fade", "cut", "dip", "wipe-left", "wipe-right", "wipe-up",
	"wipe-down", "slide-left", "slide-right", "slide-up", "slide-down",
	"push-left", "push-right", "push-up", "push-down"
};

int
transition_named(const char *name)
{
	size_t len = strlen(name);
	int i;

	for (i = 0; i < TRANSITIONS; i++)
		if (!strcmp(names[i], name) || (!strncmp(names[i], name, len)
		    && !strcmp(names[i] + len, "-left")))
			return i;
	return -1;
}

const char *
transition_name(int transition)
{
	return names[transition];
}

/* From rest to rest. */
static double
ease(double u)
{
	return u * u * (3 - 2 * u);
}

/* Out to the dark, a moment there, and in: no longer than that, so that a film
 * never stands still in black. */
static void
dip(struct transition_step *s, int n, int frames)
{
	double dark = frames * DARK_SHARE, half, at = n + 0.5;

	if (dark > DARK_FRAMES)
		dark = DARK_FRAMES;
	half = (frames - dark) / 2;
	s->how = at < frames / 2.0 ? STEP_DARK_A : STEP_DARK_B;
	if (at > frames / 2.0)
		at = frames - at;
	s->weight = at >= half ? BLEND_ALL : (int)(at / half * BLEND_ALL);
}

/* The edge runs over the whole frame and its own width. */
static void
wipe(struct transition_step *s, double way, double size)
{
	double soft = size * SOFT, run = size + soft;

	s->how = STEP_EDGE;
	s->edge.width = soft;
	s->edge.at = s->edge.side == BLEND_RIGHT || s->edge.side == BLEND_DOWN
	    ? way * run - soft / 2 : size + soft / 2 - way * run;
}

/* b comes in over a, which stands or is pushed. */
static void
move(struct transition_step *s, double way, double size, int push)
{
	int upright = s->edge.side == BLEND_UP || s->edge.side == BLEND_DOWN;
	int forth = s->edge.side == BLEND_RIGHT || s->edge.side == BLEND_DOWN;
	double sign = forth ? 1 : -1, b = -sign * size * (1 - way);
	double a = push ? sign * size * way : 0;

	s->how = STEP_EDGE;
	s->edge.width = 1;
	s->edge.at = forth ? way * size : size - way * size;
	if (upright) {
		s->a_y = a;
		s->b_y = b;
	} else {
		s->a_x = a;
		s->b_x = b;
	}
}

void
transition_step(struct transition_step *s, int transition, int n, int frames,
    const struct yuv *frame)
{
	double u = (double)(n + 1) / (frames + 1), size;

	memset(s, 0, sizeof(*s));
	s->how = n < 0 ? STEP_A : STEP_B;
	if (transition == TRANSITION_CUT)
		s->how = n < frames / 2 ? STEP_A : STEP_B;
	if (n < 0 || n >= frames || transition == TRANSITION_CUT)
		return;
	if (transition == TRANSITION_FADE) {
		s->how = STEP_EVEN;
		s->weight = 32768 * (n + 1) / (frames + 1);
		return;
	}
	if (transition == TRANSITION_DIP) {
		dip(s, n, frames);
		return;
	}
	s->edge.side = (enum blend_side)((transition - TRANSITION_WIPE) % 4);
	size = s->edge.side < BLEND_UP ? frame->w : frame->h;
	if (transition < TRANSITION_SLIDE)
		wipe(s, ease(u), size);
	else
		move(s, ease(u), size, transition >= TRANSITION_PUSH);
}

static uint8_t
darkened(float v)
{
	return (uint8_t)((int)(v * 255 + 0.5f) / 2);
}

void
transition_dark(const char *tone, uint8_t dark[3])
{
	struct picture p;
	struct palette pal;
	struct yuv *v;
	int i;

	palette_get(&pal, tone, 0);
	picture_init(&p, 2, 2);
	for (i = 0; i < 4; i++) {
		p.rgb[3 * i] = darkened(pal.deep.r);
		p.rgb[3 * i + 1] = darkened(pal.deep.g);
		p.rgb[3 * i + 2] = darkened(pal.deep.b);
	}
	v = yuv_from_picture(&p);
	for (i = 0; i < 3; i++)
		dark[i] = v->plane[i][0];
	yuv_free(v);
	picture_release(&p);
}
