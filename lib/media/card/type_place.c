#include "media/card/type.h"

void
type_ink(PangoLayout *l, double *x, double *y, double *w, double *h)
{
	PangoRectangle r;
	PangoLayoutLine *line = pango_layout_get_line_readonly(l, 0);

	pango_layout_line_get_extents(line, &r, NULL);
	*x = (double)r.x / PANGO_SCALE;
	*y = (double)r.y / PANGO_SCALE;
	*w = (double)r.width / PANGO_SCALE;
	*h = (double)r.height / PANGO_SCALE;
}

static void
place_line(struct type_line *t, const struct type_frame *f, int rtl)
{
	double x, y, w, h;

	type_ink(t->layout, &x, &y, &w, &h);
	if (f->centred)
		t->x = f->x + (f->w - w) / 2 - x;
	else if (rtl)
		t->x = f->x + f->w - w - x;
	else
		t->x = f->x - x;
}

static void
grow_ink(struct type_block *b, const struct type_line *t, int word)
{
	double x, y, w, h;

	type_ink(t->layout, &x, &y, &w, &h);
	x += t->x;
	y += t->y;
	b->x0 = x < b->x0 ? x : b->x0;
	b->y0 = y < b->y0 ? y : b->y0;
	b->x1 = x + w > b->x1 ? x + w : b->x1;
	b->y1 = y + h > b->y1 ? y + h : b->y1;
	if (!word)
		return;
	b->tx0 = x < b->tx0 ? x : b->tx0;
	b->ty0 = y < b->ty0 ? y : b->ty0;
	b->tx1 = x + w > b->tx1 ? x + w : b->tx1;
	b->ty1 = y + h > b->ty1 ? y + h : b->ty1;
}

void
type_place(struct type_block *b, const struct type_frame *f, double pitch,
	int rtl)
{
	double x, y, w, h, top, head, bottom;
	int i;

	type_ink(b->line[0].layout, &x, &top, &w, &h);
	type_ink(b->line[b->nr - 1].layout, &x, &y, &w, &h);
	bottom = y + h;
	head = f->plain ? 0 : b->size * (b->eyebrow.layout ?
	    TYPE_HEAD_EYEBROW : TYPE_HEAD_RULE);
	h = head - top + pitch * b->size * (b->nr - 1) + bottom;
	y = f->y + (f->h > h ? (f->h - h) * f->anchor : 0);
	for (i = 0; i < b->nr; i++) {
		b->line[i].y = y + head - top + pitch * b->size * i;
		place_line(&b->line[i], f, rtl);
		grow_ink(b, &b->line[i], 1);
	}
	if (b->eyebrow.layout) {
		type_ink(b->eyebrow.layout, &x, &top, &w, &h);
		b->eyebrow.y = y - top;
		place_line(&b->eyebrow, f, rtl);
		grow_ink(b, &b->eyebrow, 0);
		return;
	}
	if (f->plain)
		return;
	b->rule[2] = 0.9 * b->size;
	b->rule[3] = 0.055 * b->size;
	b->rule[1] = y;
	b->rule[0] = f->centred ? f->x + (f->w - b->rule[2]) / 2 :
	    rtl ? f->x + f->w - b->rule[2] : f->x;
	b->y0 = y;
}
