#include "parse.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"

#define PIECE 32768 /* what a repeated text is grown to */

/* What follows a step's word. */
enum operand { NOTHING, TEXT, NUMBER, NUMBER_TEXT, MS, NUMBER_MS, PATH, BODY };
/* Where it may stand: before the head is sent, anywhere, or as the last. The
 * steps of FIRST_BYTES send the head. */
enum place { BEFORE_HEAD, ANYWHERE, FIRST_BYTES, LAST };

struct word {
	const char *name;
	enum step_kind kind;
	enum operand operand;
	enum place place;
};

static const struct word words[] = {
	{ "status", STEP_STATUS, NUMBER_TEXT, BEFORE_HEAD },
	{ "header", STEP_HEADER, TEXT, BEFORE_HEAD },
	{ "headers", STEP_HEADERS, NUMBER, BEFORE_HEAD },
	{ "length", STEP_LENGTH, NUMBER, BEFORE_HEAD },
	{ "chunked", STEP_CHUNKED, NOTHING, BEFORE_HEAD },
	{ "head", STEP_HEAD, NOTHING, FIRST_BYTES },
	{ "text", STEP_TEXT, TEXT, FIRST_BYTES },
	{ "json", STEP_JSON, TEXT, FIRST_BYTES },
	{ "file", STEP_FILE, PATH, FIRST_BYTES },
	{ "base64", STEP_BASE64, PATH, FIRST_BYTES },
	{ "echo", STEP_ECHO, BODY, FIRST_BYTES },
	{ "zeros", STEP_ZEROS, NUMBER, FIRST_BYTES },
	{ "repeat", STEP_REPEAT, NUMBER_TEXT, FIRST_BYTES },
	{ "badchunk", STEP_BADCHUNK, NOTHING, FIRST_BYTES },
	{ "raw", STEP_RAW, TEXT, FIRST_BYTES },
	{ "delay", STEP_DELAY, MS, ANYWHERE },
	{ "drip", STEP_DRIP, NUMBER_MS, ANYWHERE },
	{ "close", STEP_CLOSE, NOTHING, LAST },
	{ "reset", STEP_RESET, NOTHING, LAST },
	{ "hang", STEP_HANG, NOTHING, LAST }
};

int
parse_bad(const struct parse *p, const char *what, const char *about)
{
	return err_set(p->e, EX_BADUSE, "%s:%d: %s%s%s", p->path, p->line,
	    what, *about ? ": " : "", about);
}

char *
parse_word(char **at)
{
	char *start = *at + strspn(*at, " \t");
	char *end = start + strcspn(start, " \t");

	*at = *end ? end + 1 : end;
	*end = '\0';
	return start;
}

static int
hex_digit(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = tolower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte of the escape after the backslash, which is stepped over. */
static int
escape(const char **at)
{
	static const char names[] = "nrt\\0", bytes[] = "\n\r\t\\\0";
	const char *s = *at, *f;
	int c;

	if (*s == 'x' && hex_digit(s[1]) >= 0 && hex_digit(s[2]) >= 0) {
		c = hex_digit(s[1]) * 16 + hex_digit(s[2]);
		*at += 3;
		return c;
	}
	f = *s ? strchr(names, *s) : NULL;
	if (!f)
		return -1;
	*at += 1;
	return bytes[f - names];
}

int
parse_text(const struct parse *p, const char *s, struct strbuf *out)
{
	int c;

	while (*s) {
		c = (unsigned char)*s++;
		if (c == '\\' && (c = escape(&s)) < 0)
			return parse_bad(p, "an unknown escape, not "
			    "\\n \\r \\t \\\\ \\0 \\xHH", s - 1);
		strbuf_addch(out, c);
	}
	return 0;
}

int
parse_number(const struct parse *p, const char *s, uint64_t *n)
{
	unsigned long long v;
	char *end;
	int shift = 0;

	errno = 0;
	v = strtoull(s, &end, 10);
	if (!isdigit((unsigned char)*s) || errno)
		return parse_bad(p, "not a number", s);
	if (*end)
		shift = *end == 'k' ? 10 : *end == 'M' ? 20 : 30;
	if (*end && (!strchr("kMG", *end) || end[1]))
		return parse_bad(p, "not a number, perhaps with k, M or G", s);
	if (v > (1ULL << 62) >> shift)
		return parse_bad(p, "too large a number", s);
	*n = (uint64_t)v << shift;
	return 0;
}

static int
parse_ms(const struct parse *p, const char *s, int *ms)
{
	uint64_t n;

	if (parse_number(p, s, &n) < 0)
		return -1;
	if (n > SCRIPT_MS_MAX)
		return parse_bad(p, "more than 600000 ms", s);
	*ms = (int)n;
	return 0;
}

static void
to_base64(struct strbuf *b)
{
	unsigned char *out = xmalloc(b->len / 3 * 4 + 5);
	int n = EVP_EncodeBlock(out, (unsigned char *)b->buf, (int)b->len);

	strbuf_reset(b);
	strbuf_add(b, out, (size_t)n);
	free(out);
}

static int
load(const struct parse *p, const char *rest, struct strbuf *out)
{
	char *dir, *path;
	struct err why = ERR_INIT;
	int ret;

	dir = path_dirname(p->path);
	path = path_join(dir, rest);
	free(dir);
	ret = file_read(path, SCRIPT_FILE_MAX, out, &why);
	free(path);
	return ret < 0 ? parse_bad(p, "cannot be served", why.msg) : 0;
}

/* The text of a repeat: n times it, sent from a longer piece. */
static int
prepare_repeat(const struct parse *p, struct step *s)
{
	char *unit;
	size_t len = s->text.len;

	if (!len)
		return parse_bad(p, "nothing to repeat", "");
	if (s->n > (1ULL << 62) / len)
		return parse_bad(p, "too large a number", "repeat");
	s->n *= len;
	unit = xmemdup(s->text.buf, len);
	while (s->text.len < PIECE)
		strbuf_add(&s->text, unit, len);
	free(unit);
	return 0;
}

static int
parse_operand(const struct parse *p, const struct word *w, char *rest,
	struct step *s)
{
	switch (w->operand) {
	case NOTHING:
		if (*parse_word(&rest))
			return parse_bad(p, "takes nothing", w->name);
		return 0;
	case TEXT:
		return parse_text(p, rest, &s->text);
	case NUMBER:
		if (s->kind == STEP_LENGTH && !strcmp(rest, "none")) {
			s->n = LENGTH_NONE;
			return 0;
		}
		return parse_number(p, rest, &s->n);
	case NUMBER_TEXT:
		if (parse_number(p, parse_word(&rest), &s->n) < 0)
			return -1;
		return parse_text(p, rest, &s->text);
	case MS:
		return parse_ms(p, rest, &s->ms);
	case NUMBER_MS:
		if (parse_number(p, parse_word(&rest), &s->n) < 0)
			return -1;
		return parse_ms(p, rest, &s->ms);
	case PATH:
		return load(p, rest, &s->text);
	case BODY:
		if (strcmp(rest, "body") != 0)
			return parse_bad(p, "not \"echo body\"", rest);
		return 0;
	}
	return -1;
}

static int
check_step(const struct parse *p, struct step *s)
{
	switch (s->kind) {
	case STEP_STATUS:
		if (s->n < 100 || s->n > 999)
			return parse_bad(p, "a status has three digits", "");
		return 0;
	case STEP_DRIP:
		if (s->n < 1 || s->n > DRIP_MAX)
			return parse_bad(p, "drip takes 1 to 65536 bytes", "");
		return 0;
	case STEP_BADCHUNK:
		if (!p->chunked)
			return parse_bad(p, "badchunk needs chunked", "");
		return 0;
	case STEP_BASE64:
		to_base64(&s->text);
		return 0;
	case STEP_ZEROS:
		strbuf_addch(&s->text, 0);
		return prepare_repeat(p, s);
	case STEP_REPEAT:
		return prepare_repeat(p, s);
	default:
		return 0;
	}
}

int
parse_step(struct parse *p, char *line)
{
	char *name = parse_word(&line);
	const struct word *w = NULL;
	struct rule *r;
	struct step *s;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].name, name))
			w = &words[i];
	if (!w)
		return parse_bad(p, "no such step", name);
	if (!p->script->rules)
		return parse_bad(p, "a step before the first rule", name);
	if (p->ended)
		return parse_bad(p, "nothing may follow close, reset, hang",
		    name);
	if (w->place == BEFORE_HEAD && p->sent)
		return parse_bad(p, "the head is already sent here", name);
	if (w->kind == STEP_RAW && p->headed && !p->sent)
		return parse_bad(p, "raw is in the head's place: no status, no "
		    "header before it, or \"head\"", "");
	r = &p->script->rule[p->script->rules - 1];
	ALLOC_GROW(r->step, r->steps, r->alloc);
	s = &r->step[r->steps++];
	memset(s, 0, sizeof(*s));
	strbuf_init(&s->text);
	s->kind = w->kind;
	p->headed |= w->place == BEFORE_HEAD;
	p->chunked |= w->kind == STEP_CHUNKED;
	p->sent |= w->place == FIRST_BYTES;
	p->ended |= w->place == LAST;
	if (parse_operand(p, w, line, s) < 0)
		return -1;
	return check_step(p, s);
}

