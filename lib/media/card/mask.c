#include <stdlib.h>

#include "base/mem.h"
#include "media/card/canvas.h"
#include "media/card/dmath.h"

cairo_t *
mask_begin(struct mask *m, int x, int y, int w, int h)
{
	cairo_t *cr;

	m->x = x;
	m->y = y;
	m->w = w < 1 ? 1 : w;
	m->h = h < 1 ? 1 : h;
	m->surface = cairo_image_surface_create(CAIRO_FORMAT_A8, m->w, m->h);
	cr = cairo_create(m->surface);
	cairo_translate(cr, -x, -y);
	cairo_set_source_rgba(cr, 0, 0, 0, 1);
	return cr;
}

cairo_t *
mask_begin_all(struct mask *m, const struct canvas *c, int margin)
{
	return mask_begin(m, -margin, -margin, c->w + 2 * margin,
	    c->h + 2 * margin);
}

void
mask_end(struct mask *m, cairo_t *cr)
{
	cairo_destroy(cr);
	cairo_surface_flush(m->surface);
	m->a = cairo_image_surface_get_data(m->surface);
	m->stride = cairo_image_surface_get_stride(m->surface);
	if (!m->a) /* no memory, or a size that Cairo refuses: draw nothing */
		m->w = m->h = 0;
}

void
mask_release(struct mask *m)
{
	cairo_surface_destroy(m->surface);
	m->surface = NULL;
	m->a = NULL;
}

/* First and last+1 pixel of a mask's row that is not 0; 0 when all are. */
static int
row_extent(const uint8_t *a, int w, int *from, int *to)
{
	int i = 0, j = w;

	while (i < w && !a[i])
		i++;
	while (j > i && !a[j - 1])
		j--;
	*from = i;
	*to = j;
	return j > i;
}

void
canvas_mask(struct canvas *c, const struct mask *m, struct rgb colour,
	float opacity, enum blend mode)
{
	float *a = xmalloc((size_t)(m->w + 1) * sizeof(*a));
	float k = opacity / 255.0f;
	const uint8_t *row;
	int x, y, from, to;

	for (y = 0; y < m->h; y++) {
		row = m->a + (size_t)y * (size_t)m->stride;
		if (m->y + y < 0 || m->y + y >= c->h ||
		    !row_extent(row, m->w, &from, &to))
			continue;
		for (x = from; x < to; x++)
			a[x] = (float)row[x] * k;
		canvas_row(c, m->x + from, m->y + y, to - from, a + from,
		    colour, mode);
	}
	free(a);
}

void
canvas_shadow(struct canvas *c, const struct mask *m, const struct shadow *s)
{
	struct field f;
	int step = s->radius >= 48 ? 8 : s->radius >= 16 ? 4 :
	    s->radius >= 5 ? 2 : 1;

	if (!m->w || !m->h)
		return;
	field_from_mask(&f, m, step, (int)(s->radius * 2) + step);
	field_blur(&f, s->radius);
	f.x += (int)(s->dx + 0.5f);
	f.y += (int)(s->dy + 0.5f);
	canvas_field(c, &f, s->colour, s->opacity, BLEND_OVER);
	field_release(&f);
}

void
canvas_paper_shadow(struct canvas *c, const struct mask *m,
	const struct palette *p)
{
	struct shadow s;

	s.colour = rgb_scale(p->deep, 0.6f);
	s.radius = 30 * c->u;
	s.dx = 5 * c->u;
	s.dy = 8 * c->u;
	s.opacity = 0.40f;
	canvas_shadow(c, m, &s);
	s.radius = 8 * c->u;
	s.dx = 1.5f * c->u;
	s.dy = 2.5f * c->u;
	s.opacity = 0.28f;
	canvas_shadow(c, m, &s);
}
