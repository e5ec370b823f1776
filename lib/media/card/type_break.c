#include "media/card/type.h"

struct search {
	const struct type_words *w;
	double space, pitch, head;
	const struct type_frame *f;
	double best, size;
	int lines;
	int first[TYPE_LINES_MAX + 1];
};

static double
line_width(const struct search *s, int from, int to)
{
	double w = 0;
	int i;

	for (i = from; i < to; i++)
		w += s->w->v[i].w + (s->w->v[i].space && i + 1 < to ?
		    s->space : 0);
	return w;
}

/* Size times what the partition loses by rag, lines and poor line ends. */
static void
consider(struct search *s, const int *first, int lines)
{
	double w[TYPE_LINES_MAX], most = 1e-9, rag = 0, size, k, d;
	const struct type_word *last;
	int i, thin = 0;

	for (i = 0; i < lines; i++) {
		w[i] = line_width(s, first[i], first[i + 1]);
		most = w[i] > most ? w[i] : most;
	}
	size = 100 * s->f->w / most;
	k = s->f->h / (s->pitch * (lines - 1) + 1 + s->head);
	size = size > k ? k : size;
	size = size > s->f->cap ? s->f->cap : size;
	k = 1 - 0.06 * (lines - 1);
	for (i = 0; i < lines; i++) {
		d = 1 - w[i] / most;
		rag += d * d / lines;
		thin |= w[i] < 0.44 * most;
		last = &s->w->v[first[i + 1] - 1];
		if (i + 1 < lines)
			k -= last->cost + (last->stop ? 0.22 : 0);
	}
	k -= rag / 2 + (thin ? 0.20 : 0);
	if (size * k <= s->best)
		return;
	s->best = size * k;
	s->size = size;
	s->lines = lines;
	for (i = 0; i <= lines; i++)
		s->first[i] = first[i];
}

int
type_break(const struct type_words *w, double space,
	const struct type_frame *f, const double em[2], int first[],
	double *size)
{
	struct search s = { w, space, em[0], em[1], f, -1e9, 0, 1, { 0 } };
	int n = w->nr, a, b, c, i;

	for (a = 1; a <= n; a++) {
		int one[] = { 0, a, a, a, a };

		if (a == n) {
			consider(&s, one, 1);
			break;
		}
		one[2] = n;
		consider(&s, one, 2);
		for (b = a + 1; b < n; b++) {
			int three[] = { 0, a, b, n, n };

			consider(&s, three, 3);
			for (c = b + 1; c < n; c++) {
				int four[] = { 0, a, b, c, n };

				consider(&s, four, 4);
			}
		}
	}
	for (i = 0; i <= s.lines; i++)
		first[i] = s.first[i];
	*size = s.size;
	return s.lines;
}
