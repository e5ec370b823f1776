/*
 * Any text is a document, and any plain text can be written so that it is read
 * back as itself.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "text/front_matter.h"
#include "text/markdown.h"
#include "text/material.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_doc(const struct markdown *m, size_t size)
{
	size_t i, line = 0;

	for (i = 0; i < m->nr; i++) {
		if (!m->v[i].text || strchr(m->v[i].text, '\n') ||
		    m->v[i].line < line || m->v[i].line > size + 1 ||
		    m->v[i].level < 0 || m->v[i].level > 6 ||
		    (m->v[i].level > 0) != (m->v[i].kind == MARKDOWN_HEADING))
			abort();
		line = m->v[i].line;
	}
}

static void
read_material(const char *s, size_t n)
{
	struct pace pace = pace_for("en", "flite", 1);
	struct material m;
	size_t i;

	memset(&m, 0, sizeof(m));
	material_read(s, n, "en", &pace, &m);
	for (i = 0; i < m.nr; i++)
		if (m.v[i].section >= m.section_nr || !(m.v[i].seconds >= 0) ||
		    !m.v[i].len)
			abort();
	material_release(&m);
}

/* One line of plain words, with single spaces, and none before a stop, where
 * reading takes it away. */
static int
is_plain_line(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7F ||
		    (s[i] == ' ' && (!i || i + 1 == n ||
		    strchr(" .,;", s[i + 1]))))
			return 0;
	return n > 0 && utf8_check(s, n) == n;
}

static void
round_trip(const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT, back = STRBUF_INIT;

	markdown_escape(s, n, &b);
	markdown_inline(b.buf, b.len, &back);
	if (back.len != n || memcmp(back.buf, s, n) != 0)
		abort();
	strbuf_release(&b);
	strbuf_release(&back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const keys[] = { "image", "notes", NULL };
	struct markdown m = MARKDOWN_INIT;
	char *s = xmemdup(data, size);
	size_t lines = 0;

	if (front_matter_skip(s, size, &m, &lines) > size || lines > size)
		abort();
	markdown_release(&m);
	memset(&m, 0, sizeof(m));
	markdown_parse(s, size, keys, &m);
	check_doc(&m, size);
	markdown_release(&m);
	if (utf8_check(s, size) == size)
		read_material(s, size);
	if (is_plain_line(s, size))
		round_trip(s, size);
	free(s);
	return 0;
}
