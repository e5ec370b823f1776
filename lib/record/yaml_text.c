#include "record/yaml_text.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* Does a character need an escape wherever it stands? These are what YAML
 * does not print, and the breaks that YAML 1.1 has beside the newline. */
static int
needs_escape(uint32_t c)
{
	return (c < 0x20 && c != '\t') || (c >= 0x7F && c < 0xA0) ||
	    c == 0x2028 || c == 0x2029 || c == 0xFEFF || c == 0xFFFE ||
	    c == 0xFFFF || (c >= 0x202A && c <= 0x202E) ||
	    (c >= 0x2066 && c <= 0x2069);
}

static int
has_escapes(const char *s, size_t len, int newline_is_fine)
{
	size_t i = 0, k;
	uint32_t c;

	while (i < len) {
		k = utf8_decode(s + i, len - i, &c);
		if (!k || (needs_escape(c) && !(c == '\n' && newline_is_fine)))
			return 1;
		i += k;
	}
	return 0;
}

/* Would some reader of YAML (1.1 or 1.2) take this text for something else: a
 * number in any base, a date, a time, a truth value, null? */
static int
is_typed(const char *s)
{
	static const char *const word[] = { "~", "null", "true", "false",
		"yes", "no", "on", "off", "y", "n", ".inf", ".nan", "-.inf",
		"+.inf", "=", "<<" };
	struct node n = { .kind = NODE_SCALAR, .str = (char *)s };
	size_t i;

	for (i = 0; i < sizeof(word) / sizeof(*word); i++)
		if (!strcasecmp(s, word[i]))
			return 1;
	if (node_is_num(&n, NULL) || !s[strspn(s, "0123456789_.:+-")])
		return 1;
	return s[0] == '0' && strchr("xXoObB", s[1]);
}

/* May it stand without quotes? Careful rather than complete. */
static int
is_plain(const char *s, size_t len, int flow)
{
	size_t i;

	if (len == 0 || s[0] == ' ' || s[len - 1] == ' ' ||
	    strchr("-?:,[]{}#&*!|>'\"%@`=<", s[0]) || s[len - 1] == ':' ||
	    is_typed(s) || has_escapes(s, len, 0) || strchr(s, '\t'))
		return 0;
	if (!strncmp(s, "...", 3))
		return 0;
	for (i = 0; i < len; i++) {
		if (s[i] == ':' && (s[i + 1] == ' ' || flow))
			return 0;
		if (s[i] == '#' && s[i - 1] == ' ')
			return 0;
		if (flow && strchr(",[]{}?", s[i]))
			return 0;
	}
	return 1;
}

static void
put_escaped(uint32_t c, struct strbuf *out)
{
	static const char from[] = "\a\b\t\n\v\f\r\x1b\"\\";
	static const char to[] = "abtnvfre\"\\";
	const char *f = c < 0x80 ? strchr(from, (int)c) : NULL;

	if (f)
		strbuf_addf(out, "\\%c", to[f - from]);
	else if (c < 0x100)
		strbuf_addf(out, "\\x%02X", (unsigned)c);
	else
		strbuf_addf(out, "\\u%04X", (unsigned)c);
}

static void
put_double(const char *s, size_t len, struct strbuf *out)
{
	size_t i = 0, k;
	uint32_t c;

	strbuf_addch(out, '"');
	while (i < len) {
		k = utf8_decode(s + i, len - i, &c);
		if (!k) /* callers have checked text; keep going all the same */
			c = (unsigned char)s[i];
		if (!k || needs_escape(c) || c == '"' || c == '\\' ||
		    c == '\t')
			put_escaped(c, out);
		else
			strbuf_add(out, s + i, k);
		i += k ? k : 1;
	}
	strbuf_addch(out, '"');
}

static void
put_single(const char *s, struct strbuf *out)
{
	strbuf_addch(out, '\'');
	for (; *s; s++) {
		strbuf_addch(out, *s);
		if (*s == '\'')
			strbuf_addch(out, '\'');
	}
	strbuf_addch(out, '\'');
}

void
yaml_put_text(const char *s, size_t len, int flow, enum yaml_quote wish,
	struct strbuf *out)
{
	if (wish == YAML_PLAIN && is_plain(s, len, flow))
		strbuf_add(out, s, len);
	else if (wish == YAML_SINGLE && !has_escapes(s, len, 0))
		put_single(s, out);
	else
		put_double(s, len, out);
}

void
yaml_put_flow(const struct node *n, int flow, enum yaml_quote wish,
	struct strbuf *out)
{
	int b, map = n->kind == NODE_MAP;
	size_t i;

	if (n->kind == NODE_NULL) {
		strbuf_addstr(out, "null");
	} else if (n->kind == NODE_SCALAR) {
		if (node_is_num(n, NULL) || node_is_bool(n, &b))
			strbuf_add(out, n->str, n->len);
		else
			yaml_put_text(n->str, n->len, flow, wish, out);
	} else {
		strbuf_addch(out, map ? '{' : '[');
		for (i = 0; i < n->nr; i++) {
			if (i)
				strbuf_addstr(out, ", ");
			if (map) {
				yaml_put_text(n->kid[i]->key,
				    strlen(n->kid[i]->key), 1, YAML_PLAIN,
				    out);
				strbuf_addstr(out, ": ");
			}
			yaml_put_flow(n->kid[i], 1, YAML_PLAIN, out);
		}
		strbuf_addch(out, map ? '}' : ']');
	}
}

int
yaml_is_literal(const struct node *n)
{
	const char *s = n->str, *line, *nl;

	if (n->kind != NODE_SCALAR || !memchr(s, '\n', n->len) ||
	    has_escapes(s, n->len, 1))
		return 0;
	if (n->len > 1 && s[n->len - 1] == '\n' && s[n->len - 2] == '\n')
		return 0; /* would need "|+", which eats what follows */
	if (*s == ' ' || *s == '\n' || *s == '\t')
		return 0; /* would need its indentation said */
	for (line = s; line; line = nl ? nl + 1 : NULL) {
		nl = strchr(line, '\n');
		if (*line && *line != '\n' &&
		    line[strspn(line, " \t")] == (nl ? '\n' : '\0'))
			return 0; /* a line of spaces only */
	}
	return 1;
}

const char *
yaml_literal_header(const struct node *n)
{
	return n->str[n->len - 1] == '\n' ? "|" : "|-";
}

void
yaml_put_literal(const struct node *n, size_t indent, const char *eol,
	struct strbuf *out)
{
	const char *line = n->str, *nl;
	size_t len;

	while (*line) {
		nl = strchr(line, '\n');
		len = nl ? (size_t)(nl - line) : strlen(line);
		strbuf_addstr(out, eol);
		if (len)
			strbuf_addf(out, "%*s", (int)indent, "");
		strbuf_add(out, line, len);
		line += len + (nl != NULL);
	}
}
