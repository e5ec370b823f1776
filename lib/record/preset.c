#include "record/preset.h"

#include <stdio.h>
#include <string.h>

#include "base/strbuf.h"

static const struct preset table[] = {
#define PRESET(...) { __VA_ARGS__ },
#include "record/preset.def"
#undef PRESET
};

#define ROWS (sizeof(table) / sizeof(*table))

const struct preset *
preset_at(unsigned i)
{
	return i < ROWS ? &table[i] : NULL;
}

const struct preset *
preset_find(const char *name, struct err *e)
{
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; name && i < ROWS; i++)
		if (!strcmp(table[i].name, name))
			return &table[i];
	for (i = 0; i < ROWS; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", table[i].name);
	err_set(e, EX_CONF, "there is no preset \"%s\"; choose one of %s",
	    name ? name : "", names.buf);
	strbuf_release(&names);
	return NULL;
}

int
frame_size_parse(const char *s, int *w, int *h)
{
	int n = 0;

	if (sscanf(s, "%4dx%4d%n", w, h, &n) != 2 || s[n] || *w < 16 ||
	    *h < 16 || *w > 7680 || *h > 7680 || *w % 2 || *h % 2)
		return -1;
	return 0;
}
