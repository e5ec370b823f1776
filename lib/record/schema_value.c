#include "record/schema_value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "record/caption_style.h"
#include "record/kept_tree.h"
#include "record/preset.h"
#include "record/schema.h"

#define SHOWN 60 /* bytes of a wrong value in its message */

/* A number of up to 9 digits on each side of a point at *s, which is moved
 * behind it. */
static int
take_decimal(const char **s, double *out)
{
	size_t n = strspn(*s, "0123456789"), part;
	char copy[24];

	if (!n || n > 9)
		return -1;
	if ((*s)[n] == '.') {
		part = strspn(*s + n + 1, "0123456789");
		if (!part || part > 9)
			return -1;
		n += 1 + part;
	}
	memcpy(copy, *s, n);
	copy[n] = '\0';
	*out = strtod(copy, NULL);
	*s += n;
	return 0;
}

int
duration_parse(const char *s, double *out)
{
	static const char unit[] = "hms";
	static const double factor[] = { 3600, 60, 1 };
	const char *u, *last = unit;
	double sum = 0, v;

	if (take_decimal(&s, &v) < 0)
		return -1;
	if (!*s) {
		sum = v;
	} else for (;;) {
		u = *s ? strchr(last, *s) : NULL;
		if (!u)
			return -1;
		sum += v * factor[u - unit];
		last = u + 1;
		if (!*++s)
			break;
		if (take_decimal(&s, &v) < 0)
			return -1;
	}
	if (!(sum > 0))
		return -1;
	*out = sum;
	return 0;
}

int
moment_parse(const char *s, double *out)
{
	size_t n = strspn(s, "0.");

	if (*s != '0' || n > 9 || (s[n] && strcmp(s + n, "s") != 0))
		return duration_parse(s, out);
	*out = 0;
	return 0;
}

static int
is_length(const char *s)
{
	double seconds;
	size_t n = strspn(s, "0123456789");

	if (duration_parse(s, &seconds) == 0)
		return 1;
	return n > 0 && n < 8 && s[n] == ' ' && !strcmp(s + n + 1, "words");
}

int
value_is_slug(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return n > 0 && n <= 64 && !s[n] && *s != '-';
}

/* Letters, then parts of 1 to 8 letters or digits, as in "zh-Hant-TW". */
static int
is_language(const char *s)
{
	size_t n, total = strlen(s);

	for (n = 0; isalpha((unsigned char)s[n]); n++)
		;
	if (n < 2 || n > 8 || total > 35)
		return 0;
	while (s[n] == '-') {
		s += n + 1;
		for (n = 0; isalnum((unsigned char)s[n]); n++)
			;
		if (n < 1 || n > 8)
			return 0;
	}
	return !s[n];
}

static int
is_url(const char *s)
{
	int up;

	if (strncmp(s, "https://", 8)) {
		/* A scene's record lies two folders deep, and may point at
		 * the user's own file. */
		for (up = 0; up < 2 && !strncmp(s, "../", 3); up++)
			s += 3;
		return path_is_inside(s);
	}
	for (s += 8; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7F)
			return 0;
	return s[-1] != '/';
}

static int
is_digest(const char *s)
{
	return strspn(s, "0123456789abcdef") == 64 && !s[64];
}

int
value_is_word(const char *s, const char *words)
{
	size_t len = strlen(s), n;

	for (; *words; words += n + (words[n] == ' ')) {
		n = strcspn(words, " ");
		if (n == len && !strncmp(words, s, n))
			return 1;
	}
	return 0;
}

static int
in_range(const struct field *f, const struct node *n, int whole)
{
	double d;

	return node_is_num(n, &d) && d >= f->min && d <= f->max &&
	    (!whole || d == (double)(long long)d);
}

static int
is_point(const struct field *f, const struct node *n)
{
	return n->kind == NODE_LIST && n->nr == 2 &&
	    in_range(f, n->kid[0], 0) && in_range(f, n->kid[1], 0);
}

static int
is_texts(const struct node *n)
{
	size_t i;

	for (i = 0; n->kind == NODE_LIST && i < n->nr; i++)
		if (n->kid[i]->kind != NODE_SCALAR)
			return 0;
	return n->kind == NODE_LIST;
}

static int
is_color(const char *s)
{
	s += *s == '#';
	return strspn(s, "0123456789abcdefABCDEF") == 6 && !s[6];
}

static int
value_good(const struct field *f, const struct node *n)
{
	time_t when;
	double d;
	int b, w, h;

	if (f->kind == VALUE_ANY)
		return 1;
	if (f->kind == VALUE_MAP)
		return n->kind == NODE_MAP;
	if (f->kind == VALUE_LIST)
		return n->kind == NODE_LIST;
	if (f->kind == VALUE_POINT)
		return is_point(f, n);
	if (f->kind == VALUE_TEXTS)
		return is_texts(n);
	if (f->kind == VALUE_SWITCH && n->kind == NODE_MAP)
		return 1;
	if (n->kind != NODE_SCALAR)
		return 0;
	switch (f->kind) {
	case VALUE_UUID: return uuid_valid(n->str);
	case VALUE_TIME: return time_parse(n->str, &when) == 0;
	case VALUE_URL: return is_url(n->str);
	case VALUE_PATH: return path_is_inside(n->str);
	case VALUE_WORD: return value_is_word(n->str, f->words);
	case VALUE_SLUG: return value_is_slug(n->str);
	case VALUE_LANGUAGE: return is_language(n->str);
	case VALUE_NUMBER: return in_range(f, n, 0);
	case VALUE_WHOLE: return in_range(f, n, 1);
	case VALUE_COLOR: return is_color(n->str);
	case VALUE_SWITCH:
	case VALUE_TRUTH: return node_is_bool(n, &b);
	case VALUE_DURATION: return duration_parse(n->str, &d) == 0;
	case VALUE_MOMENT: return moment_parse(n->str, &d) == 0;
	case VALUE_LEVEL:
		return in_range(f, n, 0) || !strcmp(n->str, "lively");
	case VALUE_LENGTH: return is_length(n->str);
	case VALUE_DIGEST: return is_digest(n->str);
	case VALUE_COLOUR: return caption_colour(n->str) >= 0;
	case VALUE_SIZE: return frame_size_parse(n->str, &w, &h) == 0;
	default: return 1;
	}
}

/* What the field allows, in words. */
static void
describe(const struct field *f, char *out, size_t size)
{
	static const char *const words[] = {
		[VALUE_TEXT] = "a text",
		[VALUE_UUID] = "a UUID, such as uuidgen(1) prints",
		[VALUE_TIME] = "a time such as 2026-11-22T15:57:02Z",
		[VALUE_URL] = "a path inside the project or https://...",
		[VALUE_PATH] = "a path inside the project, such as "
		    "media/own.png; copy the file there",
		[VALUE_SLUG] = "a name of a-z, 0-9 and -",
		[VALUE_LANGUAGE] = "a language tag such as en or pt-BR",
		[VALUE_TRUTH] = "true or false",
		[VALUE_DURATION] = "a duration such as 4s or 1m30s",
		[VALUE_MOMENT] = "a time such as 0.5s or 1m30s",
		[VALUE_LENGTH] = "a length such as 45s, 3m, 1m30s or "
		    "300 words",
		[VALUE_DIGEST] = "64 hex digits; remove the file to have it "
		    "made again",
		[VALUE_COLOUR] = "a colour such as \"#ff9f6e\", in quotes",
		[VALUE_SIZE] = "a frame such as 1280x720, both even",
		[VALUE_COLOR] = "a colour such as \"#ff7a59\", in quotes",
		[VALUE_SWITCH] = "true, false or a map such as {name: value}",
		[VALUE_TEXTS] = "a list of texts such as [a, b]",
		[VALUE_MAP] = "a map such as {name: value}",
		[VALUE_LIST] = "a list such as [a, b]"
	};

	if (f->kind == VALUE_WORD)
		snprintf(out, size, "one of: %s", f->words);
	else if (f->kind == VALUE_NUMBER || f->kind == VALUE_WHOLE ||
	    f->kind == VALUE_LEVEL)
		snprintf(out, size, "a %snumber from %.15g to %.15g%s",
		    f->kind == VALUE_WHOLE ? "whole " : "", f->min, f->max,
		    f->words ? f->words : "");
	else if (f->kind == VALUE_POINT)
		snprintf(out, size, "two numbers from %.15g to %.15g, such as "
		    "[0.5, 0.4]", f->min, f->max);
	else
		snprintf(out, size, "%s", f->words ? f->words : words[f->kind]);
}

/* "videos[2].", "speakers.host." or nothing. */
static void
item_prefix(const struct place *at, char *out, size_t size)
{
	out[0] = '\0';
	if (at->list && !at->name && !at->index)
		snprintf(out, size, "%s.", at->list);
	else if (at->list && at->name)
		snprintf(out, size, "%s.%.40s.", at->list, at->name);
	else if (at->list && at->index)
		snprintf(out, size, "%s[%zu].", at->list, at->index);
}

/* "file:line", or "file" where the value was made by us. */
static void
where(const struct place *at, size_t line, char *out, size_t size)
{
	if (line)
		snprintf(out, size, "%.500s:%zu", at->file, line);
	else
		snprintf(out, size, "%.500s", at->file);
}

int
value_wrong(const struct place *at, const struct node *n, const char *field,
	const char *want, struct err *e)
{
	char prefix[100], shown[SHOWN + 1], file[530];

	where(at, n->line, file, sizeof(file));
	item_prefix(at, prefix, sizeof(prefix));
	if (!*field && *prefix)
		prefix[strlen(prefix) - 1] = '\0';
	if (n->kind == NODE_SCALAR)
		utf8_printable(shown, sizeof(shown), n->str, n->len);
	else
		snprintf(shown, sizeof(shown), "%s", n->kind == NODE_MAP ?
		    "a map" : n->kind == NODE_LIST ? "a list" : "nothing");
	return err_set(e, EX_DATA, "%s: %s%s: found '%s'; must be %s", file,
	    prefix, field, shown, want);
}

int
value_check_fields(const struct field *table, const struct node *doc,
	const struct place *at, struct err *e)
{
	const struct field *f;
	const struct node *n;
	char want[200], prefix[100], file[530];

	for (f = table; f->path; f++) {
		n = node_get(doc, f->path);
		if (n && n->kind != NODE_NULL) {
			if (value_good(f, n))
				continue;
			describe(f, want, sizeof(want));
			return value_wrong(at, n, f->path, want, e);
		}
		if (!f->required)
			continue;
		item_prefix(at, prefix, sizeof(prefix));
		describe(f, want, sizeof(want));
		where(at, n ? n->line : doc->line, file, sizeof(file));
		return err_set(e, EX_DATA, "%s: %s%s: is missing; add %s",
		    file, prefix, f->path, want);
	}
	return 0;
}

uint64_t
value_table_sum(uint64_t h, const struct field *table)
{
	const struct field *f;
	double num[4];

	for (f = table; f->path; f++) {
		num[0] = f->kind;
		num[1] = f->required;
		num[2] = f->min;
		num[3] = f->max;
		h = kept_tree_sum(h, f->path, strlen(f->path) + 1);
		if (f->words)
			h = kept_tree_sum(h, f->words, strlen(f->words) + 1);
		h = kept_tree_sum(h, num, sizeof(num));
	}
	return h;
}
