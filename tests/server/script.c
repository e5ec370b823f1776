#include "script.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "parse.h"

/* A rule without a group, or the first of it, is counted under its own
 * number, others under that of the first. */
static void
set_group(struct script *s, struct rule *r, const char *name)
{
	size_t i;

	r->group = xstrdup(name);
	for (i = s->rules; i-- > 0;)
		if (s->rule[i].group && !strcmp(s->rule[i].group, name))
			r->flight = s->rule[i].flight;
}

static int
parse_option(struct parse *p, struct rule *r, const char *word, char **line)
{
	char *value;

	if (!strcmp(word, "having")) {
		if (parse_text(p, *line, &r->having) < 0)
			return -1;
		*line += strlen(*line);
		return r->having.len ? 0 : parse_bad(p, "having what?", "");
	}
	value = parse_word(line);
	if (!*value)
		return parse_bad(p, "without a value", word);
	if (!strcmp(word, "times")) {
		if (parse_number(p, value, &r->times) < 0)
			return -1;
		return r->times ? 0 : parse_bad(p, "times 0 is never", "");
	}
	if (strcmp(word, "group"))
		return parse_bad(p, "not times, group or having", word);
	if (r->group)
		return parse_bad(p, "a second group", value);
	set_group(p->script, r, value);
	return 0;
}

static int
parse_rule(struct parse *p, char *line)
{
	struct script *s = p->script;
	struct rule *r;
	char *word;

	ALLOC_GROW(s->rule, s->rules, s->alloc);
	r = &s->rule[s->rules];
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->having);
	r->nr = r->flight = (int)++s->rules;
	p->headed = p->sent = p->ended = p->chunked = 0;
	r->method = xstrdup(parse_word(&line));
	r->pattern = xstrdup(parse_word(&line));
	if (!*r->pattern)
		return parse_bad(p, "a rule is: on METHOD PATTERN", "");
	while (*(word = parse_word(&line)))
		if (parse_option(p, r, word, &line) < 0)
			return -1;
	return 0;
}

static int
parse_line(struct parse *p, char *line)
{
	char *first = line + strspn(line, " \t");

	if (!*first || *first == '#')
		return 0;
	if (first > line)
		return parse_step(p, first);
	if (!strcmp(parse_word(&line), "on"))
		return parse_rule(p, line);
	return parse_bad(p, "neither a rule (on ...) nor an indented step",
	    first);
}

int
script_read(const char *path, struct script *s, struct err *e)
{
	struct parse p = { path, 0, s, 0, 0, 0, 0, e };
	struct strbuf text = STRBUF_INIT;
	char *at, *end;
	int ret;

	memset(s, 0, sizeof(*s));
	ret = file_read(path, SCRIPT_MAX, &text, e);
	if (ret < 0 && e)
		e->code = EX_BADUSE;
	else if (ret == 0 && strlen(text.buf) < text.len)
		ret = parse_bad(&p, "a NUL in the script; write \\0", "");
	for (at = text.buf; ret == 0 && *at; at = end) {
		end = at + strcspn(at, "\n");
		if (*end)
			*end++ = '\0';
		p.line++;
		ret = parse_line(&p, at);
	}
	strbuf_release(&text);
	if (ret < 0)
		script_release(s);
	return ret;
}

void
script_release(struct script *s)
{
	struct rule *r;
	size_t i, j;

	for (i = 0; i < s->rules; i++) {
		r = &s->rule[i];
		for (j = 0; j < r->steps; j++)
			strbuf_release(&r->step[j].text);
		free(r->step);
		free(r->method);
		free(r->pattern);
		free(r->group);
		strbuf_release(&r->having);
	}
	free(s->rule);
	memset(s, 0, sizeof(*s));
}
