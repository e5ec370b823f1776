#include "text/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "text/markdown.h"
#include "text/phrase.h"
#include "text/sentence.h"

#define POINT_SECONDS 15.0 /* of film for one point */
#define POINTS_MOST 12
#define BRIEF_SHOWN 200    /* bytes of the brief in the opening */

/* What a brief is about stands after that word. */
static const char *
after_about(const char *s, const char *language)
{
	static const char *const about[] = { "en", " about ", "de",
		" \xc3\xbc" "ber ", "fr", " sur ", "es", " sobre ", "pt",
		" sobre ", "it", " su ", NULL };
	const char *p;
	size_t i;

	for (i = 0; about[i]; i += 2) {
		p = language_is(language, about[i]) ?
		    strstr(s, about[i + 1]) : NULL;
		if (p)
			return p + strlen(about[i + 1]);
	}
	return s;
}

/* The key phrase of what a brief is about, without whom it is for. */
static char *
subject_of(const char *text, const char *language)
{
	static const char *const to[] = { "en", ", for ", "de",
		", f\xc3\xbcr ", "fr", ", pour ", "es", ", para ", "pt",
		", para ", "it", ", per ", NULL };
	char *s = xstrdup(after_about(text, language)), *p, *phrase;
	size_t i;

	for (i = 0; to[i]; i += 2) {
		p = language_is(language, to[i]) ? strstr(s, to[i + 1]) : NULL;
		if (p && p > s)
			*p = '\0';
	}
	phrase = phrase_key(s, language, 7);
	free(s);
	return phrase;
}

/* The brief's heading, or the key phrase of its first sentence. */
static char *
title_of(const struct markdown *m, const char *language)
{
	size_t i;

	if (m->title && *m->title)
		return xstrdup(m->title);
	for (i = 0; i < m->nr; i++)
		if (m->v[i].kind == MARKDOWN_HEADING && *m->v[i].text)
			return xstrdup(m->v[i].text);
	for (i = 0; i < m->nr; i++)
		if (*m->v[i].text)
			return subject_of(m->v[i].text, language);
	return xstrdup("");
}

/* The brief's first sentence, cut to a length; to be freed. */
static char *
first_sentence(const struct markdown *m, const char *language)
{
	struct word_list l = WORD_LIST_INIT;
	const char *first;
	char *s = NULL;
	size_t i, n;

	for (i = 0; i < m->nr && !s; i++) {
		if (m->v[i].kind == MARKDOWN_HEADING)
			continue;
		sentence_split(m->v[i].text, strlen(m->v[i].text), language,
		    &l);
		if (!l.nr)
			continue;
		n = l.v[0].len < BRIEF_SHOWN ? l.v[0].len : BRIEF_SHOWN;
		first = m->v[i].text + l.v[0].off;
		while (n < l.v[0].len && n &&
		    ((unsigned char)first[n] & 0xc0) == 0x80)
			n--;
		s = xmemdup(first, n);
	}
	word_list_release(&l);
	return s;
}

static void
add(struct script *out, const char *heading, const char *what,
    const char *more)
{
	char *text = xasprintf(OUTLINE_MARK " %s%s%s]", what,
	    more ? " " : "", more ? more : "");
	char *p;

	for (p = text + strlen(OUTLINE_MARK); p[0] && p[1]; p++)
		if (*p == '[' || *p == ']')
			*p = ' ';
	script_add(out, heading, text);
	free(text);
}

void
outline_make(const char *brief, size_t len, const char *language,
    double seconds, struct script *out)
{
	struct markdown m = MARKDOWN_INIT;
	char *asked, *heading;
	int i, points;

	markdown_parse(brief, len, NULL, &m);
	out->title = title_of(&m, language);
	asked = first_sentence(&m, language);
	points = (int)((seconds > 0 ? seconds : 60) / POINT_SECONDS) - 1;
	points = points < 1 ? 1 : points > POINTS_MOST ? POINTS_MOST : points;
	add(out, "Opening", "one sentence that says what this is about and "
	    "why it matters. The brief:", asked ? asked : out->title);
	for (i = 1; i <= points; i++) {
		heading = xasprintf("Point %d", i);
		add(out, heading, "a fact, with where it comes from, and an "
		    "example that can be seen", NULL);
		free(heading);
	}
	add(out, "Close", "what to remember, in one sentence", NULL);
	free(asked);
	markdown_release(&m);
}

int
outline_is_unfilled(const struct script *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (strstr(s->v[i].text, OUTLINE_MARK))
			return 1;
	return 0;
}
