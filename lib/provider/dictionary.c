#include "provider/dictionary.h"

#include <string.h>

#include "base/file.h"
#include "base/strbuf.h"

/* The index of the word in asked; nr when it is none of them. */
static size_t
index_of(const char *word, size_t len, const char *const *asked, size_t nr)
{
	size_t lo = 0, hi = nr, mid;
	int k;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		k = strncmp(asked[mid], word, len);
		if (!k && asked[mid][len])
			k = 1;
		if (!k)
			return mid;
		if (k < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return nr;
}

int
dictionary_look_up(const char *path, const char *const *asked, size_t nr,
    const struct dictionary_reader *r, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char *line, *end, *space;
	size_t i;

	if (file_read(path, DICTIONARY_BYTES_MAX, &b, e) < 0) {
		strbuf_release(&b);
		return -1;
	}
	for (line = b.buf; *line; line = end) {
		end = line + strcspn(line, "\n");
		if (*end)
			*end++ = '\0';
		space = strchr(line, ' ');
		if (!space || space == line)
			continue;
		i = index_of(line, strcspn(line, " ("), asked, nr);
		if (i == nr)
			continue;
		*space = '\0';
		r->found(r->ctx, i, line, space + 1 + strspn(space + 1, " "));
	}
	strbuf_release(&b);
	return 0;
}
