#include "media/picture.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/picture_decode.h"
#include "media/picture_probe.h"

void
picture_init(struct picture *p, int w, int h)
{
	p->w = w;
	p->h = h;
	p->rgb = xcalloc((size_t)w * (size_t)h, 3);
}

void
picture_release(struct picture *p)
{
	free(p->rgb);
	p->rgb = NULL;
	p->w = p->h = 0;
}

static int
is_sideways(const struct picture_probe *p)
{
	return p->turn >= 5;
}

int
picture_size(const char *name, const void *buf, size_t len, int *w, int *h,
	struct err *e)
{
	struct picture_probe p;

	if (picture_probe(&p, name, buf, len, e) < 0)
		return -1;
	*w = is_sideways(&p) ? p.h : p.w;
	*h = is_sideways(&p) ? p.w : p.h;
	return 0;
}

/* Of RGBA: the colours times alpha and alpha itself, as a picture each. */
static void
take_alpha(struct picture *out, struct picture *alpha, const uint8_t *rgba)
{
	size_t n = (size_t)out->w * (size_t)out->h, i, k;

	picture_init(alpha, out->w, out->h);
	for (i = 0; i < n; i++, rgba += 4)
		for (k = 0; k < 3; k++) {
			out->rgb[3 * i + k] = (uint8_t)((rgba[k] * rgba[3] +
			    127) / 255);
			alpha->rgb[3 * i + k] = rgba[3];
		}
}

/* What the child decoded, into pictures of ours. */
static void
take_over(struct picture *out, struct picture *alpha,
	const struct picture_probe *p, const struct picture_shared *s)
{
	size_t n = (size_t)p->w * (size_t)p->h * 3;

	out->w = is_sideways(p) ? p->h : p->w;
	out->h = is_sideways(p) ? p->w : p->h;
	out->rgb = xmalloc(n);
	if (alpha)
		take_alpha(out, alpha, s->rgb);
	else
		memcpy(out->rgb, s->rgb, n);
}

int
picture_decode(struct picture *out, const char *name, const void *buf,
	size_t len, struct err *e)
{
	return picture_decode_alpha(out, NULL, name, buf, len, e);
}

int
picture_decode_alpha(struct picture *out, struct picture *alpha,
	const char *name, const void *buf, size_t len, struct err *e)
{
	struct picture_child c = { .name = name, .alpha = alpha != NULL };
	struct picture_probe p;

	if (picture_probe(&p, name, buf, len, e) < 0)
		return -1;
	if (!p.complete)
		return err_set(e, EX_DATA, "%s: the file is cut short; get it "
		    "again", name);
	if (picture_child_decode(&c, &p, buf, e) < 0)
		return -1;
	take_over(out, alpha, &p, c.shared);
	picture_child_release(&c);
	return 0;
}
