/* Markdown's blocks, one line after another. */
#include "text/markdown.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "text/front_matter.h"
#include "text/line.h"

struct reader {
	struct markdown *out;
	const char *const *directives;
	struct strbuf para;      /* the open paragraph, with newlines */
	enum markdown_kind kind; /* its kind */
	size_t para_line;
	char fence;              /* '`' or '~' inside a code block */
	size_t fence_len;
	const char *raw_end;     /* "</script>" inside such an element */
	int comment;             /* inside an HTML comment */
	int blank;               /* the line above is empty */
	int in_list;
	int footnote;            /* inside a footnote's text */
	int table;
};

static void
block_add(struct reader *r, enum markdown_kind kind, int level, size_t line,
    const char *s, size_t n)
{
	struct markdown *m = r->out;
	struct strbuf b = STRBUF_INIT;
	struct markdown_block *k;

	if (kind == MARKDOWN_DIRECTIVE)
		strbuf_add(&b, s, n);
	else
		markdown_inline(s, n, &b);
	strbuf_trim(&b);
	if (!b.len && kind != MARKDOWN_HEADING) {
		strbuf_release(&b);
		return;
	}
	ALLOC_GROW(m->v, m->nr, m->alloc);
	k = &m->v[m->nr++];
	k->kind = kind;
	k->level = level;
	k->line = line;
	k->text = strbuf_detach(&b, NULL);
}

static void
flush(struct reader *r)
{
	if (r->para.len)
		block_add(r, r->kind, 0, r->para_line, r->para.buf,
		    r->para.len);
	strbuf_reset(&r->para);
	r->kind = MARKDOWN_TEXT;
	r->table = 0;
}

static void
para_add(struct reader *r, const char *s, size_t n, size_t line)
{
	if (!r->para.len)
		r->para_line = line;
	else
		strbuf_addch(&r->para, '\n');
	strbuf_add(&r->para, s, n);
}

static int
in_fence(struct reader *r, const struct line *l)
{
	size_t n;

	if (r->fence) {
		n = line_run(l, r->fence);
		if (n >= r->fence_len && n == l->n && l->indent < 4)
			r->fence = 0;
		return 1;
	}
	if (!l->n || l->indent > 3 + 4 * (size_t)r->in_list)
		return 0;
	n = line_run(l, l->s[0]);
	if ((l->s[0] != '`' && l->s[0] != '~') || n < 3 ||
	    (l->s[0] == '`' && memchr(l->s + n, '`', l->n - n)))
		return 0;
	flush(r);
	r->fence = l->s[0];
	r->fence_len = n;
	return 1;
}

/* Elements whose contents are no text, and comments. Returns 1 when the line
 * is used up; else cuts what was skipped off its front. */
static int
in_html(struct reader *r, struct line *l)
{
	static const char *const raw[] = { "<script", "</script>", "<style",
		"</style>", "<pre", "</pre>", "<svg", "</svg>", NULL };
	const char *end;
	size_t i;

	if (!r->raw_end && !r->comment) {
		if (l->n >= 4 && !memcmp(l->s, "<!--", 4))
			r->comment = 1;
		for (i = 0; raw[i] && !r->comment && !r->raw_end; i += 2)
			if (l->n >= strlen(raw[i]) && !strncasecmp(l->s,
			    raw[i], strlen(raw[i])))
				r->raw_end = raw[i + 1];
		if (!r->raw_end && !r->comment)
			return 0;
		flush(r);
	}
	end = r->comment ? memmem(l->s, l->n, "-->", 3) :
	    line_find(l, r->raw_end);
	if (!end)
		return 1;
	end += r->comment ? 3 : strlen(r->raw_end);
	l->n -= (size_t)(end - l->s);
	l->s = end;
	r->comment = 0;
	r->raw_end = NULL;
	line_dedent(l);
	return !l->n;
}

static int
heading(struct reader *r, const struct line *l)
{
	size_t level = line_run(l, '#'), n = l->n;

	if (!level || level > 6 || l->indent > 3 ||
	    (level < n && !isspace((unsigned char)l->s[level])))
		return 0;
	flush(r);
	while (n > level && l->s[n - 1] == '#')
		n--;
	if (n > level && n < l->n && !isspace((unsigned char)l->s[n - 1]))
		n = l->n; /* "C#" keeps its sign */
	block_add(r, MARKDOWN_HEADING, (int)level, l->no, l->s + level,
	    n - level);
	r->in_list = 0;
	return 1;
}

/* A heading by the line below it. */
static int
underline(struct reader *r, const struct line *l)
{
	struct strbuf b = STRBUF_INIT;
	int level = l->n && l->s[0] == '=' ? 1 : 2;

	if (!r->para.len || r->kind != MARKDOWN_TEXT || l->indent > 3 ||
	    line_run(l, level == 1 ? '=' : '-') != l->n)
		return 0;
	strbuf_add(&b, r->para.buf, r->para.len);
	strbuf_reset(&r->para);
	block_add(r, MARKDOWN_HEADING, level, r->para_line, b.buf, b.len);
	strbuf_release(&b);
	return 1;
}

static int
item(struct reader *r, const struct line *l)
{
	size_t n = line_bullet(l);

	if (!n || (l->indent > 3 && !r->in_list))
		return 0;
	/* within a paragraph, a number other than 1 is just a number */
	if (r->para.len && r->kind == MARKDOWN_TEXT &&
	    isdigit((unsigned char)l->s[0]) &&
	    !(l->s[0] == '1' && !isdigit((unsigned char)l->s[1])))
		return 0;
	flush(r);
	r->kind = MARKDOWN_ITEM;
	r->in_list = 1;
	para_add(r, l->s + n, l->n - n, l->no);
	return 1;
}

static int
directive(struct reader *r, const char *s, size_t n, size_t line)
{
	const char *const *d = r->directives;
	size_t k;

	for (; d && *d; d++) {
		k = strlen(*d);
		if (n <= k || s[k] != ':' || strncasecmp(s, *d, k))
			continue;
		flush(r);
		block_add(r, MARKDOWN_DIRECTIVE, 0, line, s, n);
		return 1;
	}
	return 0;
}

static int
quote(struct reader *r, struct line *l)
{
	int last = r->kind == MARKDOWN_QUOTE && r->para.len;
	size_t bullet;

	if (!l->n || l->s[0] != '>' || l->indent > 3)
		return 0;
	while (l->n && (*l->s == '>' || isspace((unsigned char)*l->s))) {
		l->s++;
		l->n--;
	}
	if (directive(r, l->s, l->n, l->no))
		return 1;
	if (!last || !l->n)
		flush(r);
	if (!l->n || heading(r, l))
		return 1;
	bullet = line_bullet(l);
	l->s += bullet;
	l->n -= bullet;
	r->kind = MARKDOWN_QUOTE;
	para_add(r, l->s, l->n, l->no);
	return 1;
}

static int
table(struct reader *r, const struct line *l)
{
	if (r->table || (l->n && l->s[0] == '|')) {
		if (!r->table)
			flush(r);
		r->table = 1;
		return 1;
	}
	if (line_is_table_rule(l) && r->para.len &&
	    memchr(r->para.buf, '|', r->para.len)) {
		strbuf_reset(&r->para);
		r->table = 1;
		return 1;
	}
	return 0;
}

/* "[label]: address" and "[^1]: note". */
static int
definition(struct reader *r, const struct line *l)
{
	const char *end;

	if (!l->n || l->s[0] != '[' || l->indent > 3 || r->para.len)
		return 0;
	end = memchr(l->s, ']', l->n < 1000 ? l->n : 1000);
	if (!end || end + 1 >= l->s + l->n || end[1] != ':' || end == l->s + 1)
		return 0;
	if (l->s[1] == '^')
		r->footnote = 1;
	return 1;
}

static void
read_line(struct reader *r, struct line *l)
{
	int blank = r->blank;

	line_dedent(l);
	r->blank = !l->n;
	if (in_fence(r, l) || in_html(r, l))
		return;
	if (!l->n) {
		flush(r);
		return;
	}
	if (r->footnote && (l->indent > 1 || !blank))
		return;
	r->footnote = 0;
	if (l->indent > 3 && !r->para.len && !r->in_list)
		return; /* code */
	if (blank && !l->indent && !line_bullet(l))
		r->in_list = 0;
	if (table(r, l) || definition(r, l) || heading(r, l) ||
	    underline(r, l))
		return;
	if (line_is_rule(l, '-', 3) || line_is_rule(l, '*', 3) ||
	    line_is_rule(l, '_', 3)) {
		flush(r);
		return;
	}
	if (quote(r, l) || item(r, l))
		return;
	para_add(r, l->s, l->n, l->no);
}

void
markdown_parse(const char *text, size_t len, const char *const *directives,
    struct markdown *out)
{
	struct reader r;
	struct line l;
	size_t off, no = 0;
	const char *nl;

	memset(&r, 0, sizeof(r));
	strbuf_init(&r.para);
	r.out = out;
	r.directives = directives;
	r.kind = MARKDOWN_TEXT;
	r.blank = 1;
	off = len > 2 && !memcmp(text, "\xef\xbb\xbf", 3) ? 3 : 0;
	off += front_matter_skip(text + off, len - off, out, &no);
	for (; off < len; off += (size_t)(nl - (text + off)) + 1) {
		nl = memchr(text + off, '\n', len - off);
		if (!nl)
			nl = text + len;
		l.s = text + off;
		l.n = (size_t)(nl - l.s);
		l.no = ++no;
		read_line(&r, &l);
	}
	flush(&r);
	strbuf_release(&r.para);
}

void
markdown_release(struct markdown *m)
{
	size_t i;

	for (i = 0; i < m->nr; i++)
		free(m->v[i].text);
	free(m->v);
	free(m->title);
	memset(m, 0, sizeof(*m));
}
