#include "provider/reply_words.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "text/markdown.h"
#include "text/stage.h"

static char *
result(struct strbuf *b)
{
	if (b->len)
		return strbuf_detach(b, NULL);
	strbuf_release(b);
	return NULL;
}

static int
is_space(uint32_t cp)
{
	return cp <= 32 || (cp >= 0x7f && cp <= 0x9f) || cp == 0x2028 ||
	    cp == 0x2029;
}

/* Append s with its white space squeezed; a byte order mark is none of it. */
static void
squeeze(const char *s, struct strbuf *out)
{
	size_t n = strlen(s), i, k, start = out->len;
	int space = 0;
	uint32_t cp;

	for (i = 0; i < n; i += k) {
		k = utf8_decode(s + i, n - i, &cp);
		if (!k || cp == 0xfeff) {
			k = k ? k : 1;
			continue;
		}
		if (is_space(cp)) {
			space = 1;
			continue;
		}
		if (space && out->len > start)
			strbuf_addch(out, ' ');
		strbuf_add(out, s + i, k);
		space = 0;
	}
}

char *
reply_words_line(const char *s)
{
	struct strbuf b = STRBUF_INIT;

	if (s)
		squeeze(s, &b);
	return result(&b);
}

/* As Markdown reads it, then as it reads that printed: so it stays. */
static char *
settled(const struct strbuf *b)
{
	struct strbuf line = STRBUF_INIT, escaped = STRBUF_INIT;
	struct strbuf out = STRBUF_INIT;

	squeeze(b->buf, &line);
	markdown_escape(line.buf, line.len, &escaped);
	markdown_inline(escaped.buf, escaped.len, &out);
	strbuf_release(&line);
	strbuf_release(&escaped);
	return result(&out);
}

/* Bytes of "## ", "> " or "- " at the start of a line. */
static size_t
line_mark(const char *s)
{
	size_t n = strspn(s, "#>");

	if (!n && *s && strchr("-*+", *s))
		n = 1;
	return n && (s[n] == ' ' || s[n] == '\t' || *s == '>') ? n : 0;
}

/* Append each line without its mark. */
static void
drop_line_marks(const char *s, struct strbuf *out)
{
	size_t n, mark;

	for (; *s; s += n + (s[n] == '\n')) {
		s += strspn(s, " \t\r");
		while ((mark = line_mark(s)))
			s += mark + strspn(s + mark, " \t");
		n = strcspn(s, "\n");
		strbuf_add(out, s, n);
		strbuf_addch(out, '\n');
	}
}

static char *
plain(const char *s, int spoken)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	char *ret;

	if (s && spoken)
		drop_line_marks(s, &a);
	else if (s)
		strbuf_addstr(&a, s);
	markdown_inline(a.buf, a.len, &b);
	if (spoken) {
		strbuf_reset(&a);
		stage_remove(b.buf, b.len, &a);
		ret = settled(&a);
	} else {
		ret = settled(&b);
	}
	strbuf_release(&a);
	strbuf_release(&b);
	return ret;
}

char *
reply_words_plain(const char *s)
{
	return plain(s, 0);
}

char *
reply_words_spoken(const char *s)
{
	return plain(s, 1);
}

/* Is tag in "a, b"? ASCII letters match in either case. */
static int
has_tag(const char *list, const char *tag, size_t n)
{
	const char *p;
	size_t k;

	for (p = list; *p; p += k + strspn(p + k, ", ")) {
		k = strcspn(p, ",");
		if (k == n && !strncasecmp(p, tag, n))
			return 1;
	}
	return 0;
}

char *
reply_words_tags(const char *s)
{
	char *line = reply_words_line(s), *p = line;
	const char *ends = line && *line == '#' && !strchr(line, ',') ? "#"
								      : ",;";
	struct strbuf b = STRBUF_INIT;
	size_t n, k;

	while (p && *p) {
		p += strspn(p, " ,;#");
		n = k = strcspn(p, ends);
		while (k && p[k - 1] == ' ')
			k--;
		if (k && !has_tag(b.buf, p, k)) {
			if (b.len)
				strbuf_addstr(&b, ", ");
			strbuf_add(&b, p, k);
		}
		p += n;
	}
	free(line);
	return result(&b);
}
