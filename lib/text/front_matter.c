#include "text/front_matter.h"

#include <string.h>
#include <strings.h>

#include "base/strbuf.h"

size_t
front_matter_skip(const char *text, size_t len, struct markdown *m,
    size_t *lines)
{
	const char *p, *end, *nl, *fence;
	size_t n;

	if (len < 8 || (memcmp(text, "---\n", 4) && memcmp(text, "---\r\n", 5)
	    && memcmp(text, "+++\n", 4)))
		return 0;
	fence = text[0] == '-' ? "\n---" : "\n+++";
	end = memmem(text + 3, len - 3, fence, 4);
	if (!end || (end + 4 < text + len && end[4] != '\n' && end[4] != '\r'))
		return 0;
	for (p = text; p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p) + 1);
		(*lines)++;
		if (!nl)
			break;
		n = (size_t)(nl - p);
		if (n > 6 && !m->title && !strncasecmp(p, "title", 5) &&
		    strchr(":= ", p[5])) {
			struct strbuf b = STRBUF_INIT;

			for (p += 5; p < nl && strchr(":= \"'", *p);)
				p++;
			strbuf_add(&b, p, (size_t)(nl - p));
			while (b.len && strchr("\"' \r", b.buf[b.len - 1]))
				strbuf_setlen(&b, b.len - 1);
			m->title = strbuf_detach(&b, NULL);
		}
	}
	nl = memchr(end + 1, '\n', (size_t)(text + len - end) - 1);
	(*lines)++;
	return nl ? (size_t)(nl - text) + 1 : len;
}
