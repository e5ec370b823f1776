#include "text/script.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "text/markdown.h"

static const char *const directives[] = { "description", "tags", "image",
	"notes", "speaker", "say", NULL };

struct script_part *
script_add(struct script *s, const char *heading, const char *text)
{
	struct script_part *p;

	ALLOC_GROW(s->v, s->nr, s->alloc);
	p = &s->v[s->nr++];
	memset(p, 0, sizeof(*p));
	p->heading = heading ? xstrdup(heading) : NULL;
	p->text = xstrdup(text ? text : "");
	return p;
}

static char **
directive_slot(struct script_part *p, const char *key, size_t n)
{
	if (n == 5 && !strncasecmp(key, "image", n))
		return &p->image;
	if (n == 5 && !strncasecmp(key, "notes", n))
		return &p->notes;
	if (n == 7 && !strncasecmp(key, "speaker", n))
		return &p->speaker;
	return &p->say;
}

/* What is given again is added after between; between NULL: it replaces. */
static void
set_or_add(char **slot, const char *value, const char *between)
{
	char *was = *slot, *p;

	if (!*value)
		return;
	*slot = was && between ? xasprintf("%s%s%s", was, between, value)
			       : xstrdup(value);
	for (p = strchr(*slot, '\r'); p; p = strchr(p, '\r'))
		*p = ' '; /* one inside a line is no line end */
	free(was);
}

static const char *
value_of(const char *text)
{
	text += strcspn(text, ":");
	text += *text == ':';
	return text + strspn(text, " \t\r");
}

/* "key: value" of a scene. */
static void
directive(struct script_part *p, const char *text)
{
	char **slot = directive_slot(p, text, strcspn(text, ":"));

	set_or_add(slot, value_of(text), slot == &p->speaker ? NULL
	    : slot == &p->notes ? "\n" : " ");
}

/* Is this one of those that tell of the whole film? */
static int
is_of_film(const char *text)
{
	return !strncasecmp(text, "description:", 12) ||
	    !strncasecmp(text, "tags:", 5);
}

static void
film_directive(struct script *s, const char *text)
{
	if (!strncasecmp(text, "tags:", 5))
		set_or_add(&s->tags, value_of(text), ", ");
	else
		set_or_add(&s->description, value_of(text), " ");
}

/* Below a scene a quotation that starts with "Tags:" is one. */
static void
quoted(struct script *s, const char *heading, const struct markdown_block *b)
{
	struct strbuf text = STRBUF_INIT;

	markdown_inline(b->text, strlen(b->text), &text);
	script_add(s, heading, text.buf)->line = b->line;
	strbuf_release(&text);
}

void
script_parse(const char *text, size_t len, struct script *out)
{
	struct markdown m = MARKDOWN_INIT;
	const struct markdown_block *b;
	struct script_part *p = NULL;
	const char *heading = NULL;
	size_t i;

	markdown_parse(text, len, directives, &m);
	for (i = 0; i < m.nr; i++) {
		b = &m.v[i];
		if (b->kind == MARKDOWN_HEADING && b->level == 1 &&
		    !out->title && !out->nr && !heading) {
			out->title = xstrdup(b->text);
		} else if (b->kind == MARKDOWN_HEADING) {
			heading = b->text;
			p = NULL;
		} else if (b->kind == MARKDOWN_DIRECTIVE &&
		    is_of_film(b->text)) {
			if (!heading && !out->nr) {
				film_directive(out, b->text);
				continue;
			}
			quoted(out, heading, b);
			p = &out->v[out->nr - 1];
			heading = NULL;
		} else if (b->kind == MARKDOWN_DIRECTIVE) {
			if (!p && heading && *value_of(b->text)) {
				/* a scene without words */
				p = script_add(out, heading, "");
				p->line = b->line;
				heading = NULL;
			}
			if (p)
				directive(p, b->text);
		} else {
			p = script_add(out, heading, b->text);
			p->line = b->line;
			heading = NULL;
		}
	}
	if (!out->title && m.title) {
		out->title = m.title;
		m.title = NULL;
	}
	markdown_release(&m);
}

static void
print_directive(const char *key, const char *value, struct strbuf *out)
{
	size_t n;

	for (; value && *value; value += n + (value[n] == '\n')) {
		n = strcspn(value, "\r\n");
		if (n)
			strbuf_addf(out, "> %s: %.*s\n", key, (int)n, value);
		if (value[n] == '\r')
			n++;
	}
}

void
script_print(const struct script *s, struct strbuf *out)
{
	const struct script_part *p;
	size_t i;

	if (s->title) {
		strbuf_addstr(out, "# ");
		markdown_escape(s->title, strlen(s->title), out);
		strbuf_addch(out, '\n');
	}
	print_directive("description", s->description, out);
	print_directive("tags", s->tags, out);
	for (i = 0; i < s->nr; i++) {
		p = &s->v[i];
		if (out->len)
			strbuf_addch(out, '\n');
		if (p->heading || !*p->text) {
			strbuf_addstr(out, "##");
			if (p->heading && *p->heading) {
				strbuf_addch(out, ' ');
				markdown_escape(p->heading,
				    strlen(p->heading), out);
			}
			strbuf_addstr(out, *p->text ? "\n\n" : "\n");
		}
		if (*p->text) {
			markdown_escape(p->text, strlen(p->text), out);
			strbuf_addch(out, '\n');
		}
		print_directive("speaker", p->speaker, out);
		print_directive("say", p->say, out);
		print_directive("image", p->image, out);
		print_directive("notes", p->notes, out);
	}
}

void
script_release(struct script *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++) {
		free(s->v[i].heading);
		free(s->v[i].text);
		free(s->v[i].image);
		free(s->v[i].notes);
		free(s->v[i].speaker);
		free(s->v[i].say);
	}
	free(s->v);
	free(s->title);
	free(s->description);
	free(s->tags);
	memset(s, 0, sizeof(*s));
}
