#include "text/scene_keys.h"

#include "record/scene_new.h"

unsigned
scene_keys_step(size_t nr)
{
	static const unsigned steps[] = { SCENE_KEY_STEP, 50, 20, 10, 1 };
	size_t i;

	for (i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (nr <= SCENE_KEY_MAX / steps[i])
			return steps[i];
	return 0;
}

static int
renumber(unsigned *key, size_t nr)
{
	unsigned step = scene_keys_step(nr);
	size_t i;

	if (!step)
		return -1;
	for (i = 0; i < nr; i++)
		key[i] = (unsigned)(i + 1) * step;
	return 0;
}

/* Keys for [from, to) after lo; hi is the next key, 0 at the end. */
static int
fill_run(unsigned *key, size_t from, size_t to, unsigned lo, unsigned hi)
{
	size_t n = to - from, i;
	unsigned step = scene_keys_step(n);

	if (!hi) {
		while (step > 1 && n > (SCENE_KEY_MAX - lo) / step)
			step = step > 10 ? 10 : 1;
		if (!step || n > (SCENE_KEY_MAX - lo) / step)
			return -1;
		/* the old ones may stand anywhere: go on in round steps */
		lo -= lo % step;
		for (i = 0; i < n; i++)
			key[from + i] = lo + (unsigned)(i + 1) * step;
		return 0;
	}
	if (hi <= lo || hi - lo <= n)
		return -1;
	for (i = 0; i < n; i++)
		key[from + i] = lo + (unsigned)((unsigned long long)(hi - lo) *
		    (i + 1) / (n + 1));
	return 0;
}

int
scene_keys_fill(unsigned *key, size_t nr)
{
	size_t i, to;
	unsigned lo;

	for (i = 0; i < nr; i = to) {
		to = i + 1;
		if (key[i])
			continue;
		lo = i ? key[i - 1] : 0;
		while (to < nr && !key[to])
			to++;
		/* without room the neighbours after it move up, one by one */
		while (fill_run(key, i, to, lo, to < nr ? key[to] : 0) < 0) {
			if (to >= nr)
				return renumber(key, nr);
			for (to++; to < nr && !key[to];)
				to++;
		}
	}
	return 0;
}
