#include "record/motion_spec.h"

#include <string.h>

#include "record/schema_value.h"

#define WINDOW_MIN 0.02 /* of the picture's width or height */
#define SLACK 1e-6      /* that sums of decimals are off by */
#define MOTIONS "in out left right up down still"
#define MOTION "one of: in, out, left, right, up, down, still, or a map " \
	"such as {from: [0, 0, 1], to: [0.2, 0.1, 0.6]}"
#define WINDOW "a list of left, top, width and perhaps height of what is " \
	"seen, in parts of the picture, inside it and at least 0.02 wide"

static const struct field motion_fields[] = {
	{ "from", VALUE_LIST, 1, NULL, 0, 0 },
	{ "to", VALUE_LIST, 1, NULL, 0, 0 },
	FIELDS_END
};

static const struct field word_fields[] = {
	{ "motion", VALUE_WORD, 0, MOTIONS, 0, 0 },
	FIELDS_END
};

static int
read_window(const struct node *n, double out[4])
{
	size_t i;

	memset(out, 0, 4 * sizeof(*out));
	if (!n || n->kind != NODE_LIST || n->nr < 3 || n->nr > 4)
		return -1;
	for (i = 0; i < n->nr; i++)
		if (!node_is_num(n->kid[i], &out[i]) || !(out[i] >= 0) ||
		    !(out[i] <= 1))
			return -1;
	if (out[2] < WINDOW_MIN || out[0] + out[2] > 1 + SLACK ||
	    (n->nr == 4 && out[3] < WINDOW_MIN) ||
	    out[1] + out[3] > 1 + SLACK)
		return -1;
	return 0;
}

void
motion_spec_read(struct motion_spec *m, const struct node *scene)
{
	const struct node *n = node_get(scene, "motion");

	memset(m, 0, sizeof(*m));
	m->easing = node_str(scene, "easing", NULL);
	m->word = node_str(scene, "motion", NULL);
	m->has_windows = n && n->kind == NODE_MAP &&
	    read_window(node_get(n, "from"), m->from) == 0 &&
	    read_window(node_get(n, "to"), m->to) == 0;
}

int
schema_check_motion(const char *file, const struct node *doc, struct err *e)
{
	static const char *const ends[] = { "from", "to" };
	const struct node *n = node_get(doc, "motion"), *one;
	struct place at = { file, NULL, NULL, 0 };
	double window[4];
	int i;

	if (!n || n->kind == NODE_NULL)
		return 0;
	if (n->kind == NODE_SCALAR)
		return value_check_fields(word_fields, doc, &at, e);
	if (n->kind != NODE_MAP)
		return value_wrong(&at, n, "motion", MOTION, e);
	at.list = "motion";
	if (value_check_fields(motion_fields, n, &at, e) < 0)
		return -1;
	for (i = 0; i < 2; i++) {
		one = node_get(n, ends[i]);
		if (read_window(one, window) < 0)
			return value_wrong(&at, one, ends[i], WINDOW, e);
	}
	return 0;
}
