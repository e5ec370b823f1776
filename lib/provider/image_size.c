#include "provider/image_size.h"

#include <string.h>

#define LIST_NR(list) (sizeof(list) / sizeof(*(list)))
#define MEGAPIXEL (1024 * 1024)
#define PLENTY_PIXELS ((int64_t)2560 * 1440) /* of gpt-image-2; see header */
#define SIDE_MOST 3840
#define SHAPE_MOST 3 /* to 1, of gpt-image-2 */

const struct image_rule image_rule_diffusion = { 8, 900000, 1100000, 2048 };

/* How far two shapes are apart: a fraction of at least 1. */
struct shape_gap {
	int64_t over, under;
};

static struct shape_gap
gap_of(struct image_size a, struct image_size b)
{
	int64_t x = (int64_t)a.w * b.h, y = (int64_t)b.w * a.h;
	struct shape_gap g = { x > y ? x : y, x > y ? y : x };

	return g;
}

static int64_t
area(struct image_size s)
{
	return (int64_t)s.w * s.h;
}

/* Is a nearer in shape to frame than b, or as near and larger? Sides have at
 * most 14 bits, so that the products fit. */
static int
is_better(struct image_size a, struct image_size b, struct image_size frame)
{
	struct shape_gap x = gap_of(a, frame), y = gap_of(b, frame);
	int64_t l = x.over * y.under, r = y.over * x.under;

	return l != r ? l < r : area(a) > area(b);
}

struct image_size
image_size_fixed(const struct image_size *list, size_t nr,
    struct image_size frame)
{
	struct image_size best = list[0];
	size_t i;

	for (i = 1; i < nr; i++)
		if (is_better(list[i], best, frame))
			best = list[i];
	return best;
}

static int
keeps(const struct image_rule *rule, int64_t min, struct image_size s)
{
	return s.h >= rule->multiple && s.h <= rule->max_side &&
	    area(s) >= min && area(s) <= rule->max_pixels;
}

/* The best with at least min pixels; its w is 0 when there is none. */
static struct image_size
best_step(const struct image_rule *rule, int64_t min, struct image_size frame)
{
	struct image_size best = { 0, 0 }, s;
	int m = rule->multiple, k;

	for (s.w = m; s.w <= rule->max_side; s.w += m) {
		/* of all heights the nearest below and above */
		k = (int)((int64_t)s.w * frame.h / frame.w / m);
		for (s.h = k * m; s.h <= (k + 1) * m; s.h += m)
			if (keeps(rule, min, s) &&
			    (!best.w || is_better(s, best, frame)))
				best = s;
	}
	return best;
}

struct image_size
image_size_step(const struct image_rule *rule, struct image_size frame)
{
	struct image_size s = best_step(rule, rule->min_pixels, frame);

	if (!s.w)
		s = best_step(rule, 0, frame);
	if (!s.w) /* a shape that no sides within the rule come near */
		s.w = s.h = rule->multiple;
	return s;
}

const char *
image_aspect_name(struct image_size frame)
{
	static const struct image_size shapes[] = { { 1, 1 }, { 2, 3 },
		{ 3, 2 }, { 3, 4 }, { 4, 3 }, { 4, 5 }, { 5, 4 }, { 9, 16 },
		{ 16, 9 }, { 21, 9 } };
	static const char *const names[] = { "1:1", "2:3", "3:2", "3:4",
		"4:3", "4:5", "5:4", "9:16", "16:9", "21:9" };
	size_t i, best = 0;

	for (i = 1; i < LIST_NR(shapes); i++)
		if (is_better(shapes[i], shapes[best], frame))
			best = i;
	return names[best];
}

static int
starts(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

/* What fills the frame with room for motion, as a model of free sizes has it;
 * less is asked for only when the model gives no more. */
static struct image_size
plenty(struct image_size frame)
{
	struct image_rule rule = { 16, 0, 0, SIDE_MOST };

	if (frame.w > frame.h * SHAPE_MOST)
		frame.w = frame.h * SHAPE_MOST;
	if (frame.h > frame.w * SHAPE_MOST)
		frame.h = frame.w * SHAPE_MOST;
	rule.max_pixels = area(frame) * 25 / 16;
	if (rule.max_pixels < MEGAPIXEL)
		rule.max_pixels = MEGAPIXEL;
	if (rule.max_pixels > PLENTY_PIXELS)
		rule.max_pixels = PLENTY_PIXELS;
	rule.min_pixels = rule.max_pixels * 3 / 4;
	return image_size_step(&rule, frame);
}

struct image_size
image_size_openai(const char *model, struct image_size frame)
{
	static const struct image_size first[] = { { 1024, 1024 },
		{ 1536, 1024 }, { 1024, 1536 } };
	static const struct image_size dalle3[] = { { 1024, 1024 },
		{ 1792, 1024 }, { 1024, 1792 } };
	static const struct image_rule local = { 16, 800000, 1100000, 2048 };
	const char *slash = model ? strrchr(model, '/') : NULL;
	const char *name = slash ? slash + 1 : model ? model : "";

	if (starts(name, "dall-e-2"))
		return first[0];
	if (starts(name, "dall-e-3"))
		return image_size_fixed(dalle3, LIST_NR(dalle3), frame);
	if (starts(name, "chatgpt-image") || !strcmp(name, "gpt-image-1") ||
	    starts(name, "gpt-image-1-") || starts(name, "gpt-image-1."))
		return image_size_fixed(first, LIST_NR(first), frame);
	if (starts(name, "gpt-image-"))
		return plenty(frame);
	return image_size_step(&local, frame);
}
