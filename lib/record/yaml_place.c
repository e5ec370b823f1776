#include "record/yaml_place.h"

#include <string.h>

#include "base/utf8.h"

void
yaml_source_init(struct yaml_source *s, const char *buf, size_t len)
{
	const char *nl = memchr(buf, '\n', len);

	s->buf = buf;
	s->len = len;
	s->bom = len >= 3 && !memcmp(buf, "\xEF\xBB\xBF", 3) ? 3 : 0;
	s->eol = nl && nl > buf && nl[-1] == '\r' ? "\r\n" : "\n";
}

size_t
yaml_break(const struct yaml_source *s, size_t pos)
{
	const char *p = s->buf + pos;
	size_t left = s->len - pos;

	if (left >= 2 && p[0] == '\r' && p[1] == '\n')
		return 2;
	if (left >= 1 && (*p == '\r' || *p == '\n'))
		return 1;
	if (left >= 2 && !memcmp(p, "\xC2\x85", 2))
		return 2;
	return left >= 3 && (!memcmp(p, "\xE2\x80\xA8", 3) ||
	    !memcmp(p, "\xE2\x80\xA9", 3)) ? 3 : 0;
}

/* Is pos right behind a break? */
static int
is_behind_break(const struct yaml_source *s, size_t pos)
{
	size_t k;

	for (k = 1; k <= 3 && k <= pos; k++)
		if (yaml_break(s, pos - k) == k)
			return 1;
	return 0;
}

size_t
yaml_line_start(const struct yaml_source *s, size_t pos)
{
	while (pos > s->bom && !is_behind_break(s, pos))
		pos--;
	return pos;
}

size_t
yaml_line_end(const struct yaml_source *s, size_t pos)
{
	while (pos < s->len && !yaml_break(s, pos))
		pos++;
	return pos;
}

size_t
yaml_indent(const struct yaml_source *s, size_t pos)
{
	size_t start = yaml_line_start(s, pos);

	return start < pos ? utf8_length(s->buf + start, pos - start) : 0;
}

static char
first(const struct yaml_source *s, const struct node *n)
{
	return n->start < s->len ? s->buf[n->start] : '\0';
}

int
yaml_is_flow(const struct yaml_source *s, const struct node *n)
{
	return (n->kind == NODE_MAP && first(s, n) == '{') ||
	    (n->kind == NODE_LIST && first(s, n) == '[');
}

int
yaml_is_block_collection(const struct yaml_source *s, const struct node *n)
{
	return (n->kind == NODE_MAP || n->kind == NODE_LIST) &&
	    !yaml_is_flow(s, n);
}

int
yaml_is_block_scalar(const struct yaml_source *s, const struct node *n)
{
	return n->kind == NODE_SCALAR && n->quoted &&
	    (first(s, n) == '|' || first(s, n) == '>');
}

size_t
yaml_header_end(const struct yaml_source *s, const struct node *n)
{
	size_t pos = n->start;

	while (pos < s->len && strchr("|>+-0123456789", s->buf[pos]))
		pos++;
	return pos;
}

size_t
yaml_real_end(const struct yaml_source *s, const struct node *n)
{
	size_t header, end;

	while (yaml_is_block_collection(s, n) && n->nr)
		n = n->kid[n->nr - 1];
	if (!yaml_is_block_scalar(s, n))
		return n->end;
	header = yaml_line_end(s, yaml_header_end(s, n));
	end = n->end;
	while (end > header && strchr(" \t\r\n", s->buf[end - 1]))
		end--;
	return end > header ? yaml_line_end(s, end) : header;
}

size_t
yaml_after_key(const struct yaml_source *s, const struct node *n)
{
	size_t pos = n->key_start;
	char quote = s->buf[pos];

	if (quote == '"' || quote == '\'')
		for (pos++; pos < n->start && s->buf[pos] != quote; pos++)
			pos += quote == '"' && s->buf[pos] == '\\';
	while (pos < n->start && !(s->buf[pos] == ':' &&
	    strchr(" \t\r\n", s->buf[pos + 1])))
		pos++;
	return pos < n->start ? pos + 1 : n->start;
}

const char *
yaml_joint(const struct yaml_source *s, size_t pos)
{
	size_t k = pos;

	while (k > s->bom && strchr(" \t\r\n", s->buf[k - 1]))
		k--;
	if (k > s->bom && s->buf[k - 1] != ':')
		return ": "; /* a bare key in brackets */
	return k < pos ? "" : " ";
}
