#include "text/opener.h"

#include <string.h>

#include "base/strbuf.h"
#include "media/segment.h"
#include "text/stopword.h"
#include "text/word.h"

#define OPENER_MAX 40 /* bytes looked at */

/* Conjunctions that need no comma to be a link. */
static int
is_conjunction(const char *s, size_t n)
{
	static const char list[] = " and but und aber et mais y pero e ma mas "
		"or oder ou ";
	char key[12];

	if (n > sizeof(key) - 3)
		return 0;
	key[0] = ' ';
	memcpy(key + 1, s, n);
	key[n + 1] = ' ';
	key[n + 2] = '\0';
	return strstr(list, key) != NULL;
}

/* Length of the phrase in text, when the folded text starts with it. The
 * phrases are such that folding keeps their length. */
static size_t
starts_with(const char *folded, const char *phrase, size_t n)
{
	return !strncmp(folded, phrase, n) &&
	    (folded[n] == ',' || folded[n] == ' ') ? n : 0;
}

size_t
opener_link(const char *s, size_t len, const char *language)
{
	const struct stopword_table *t = stopword_table(language);
	struct strbuf b = STRBUF_INIT;
	const char *p;
	size_t n, used = 0, k;

	if (!t)
		return 0;
	k = len < OPENER_MAX ? len : OPENER_MAX;
	while (k && k < len && ((unsigned char)s[k] & 0xc0) == 0x80)
		k--;
	segment_fold(s, k, &b);
	for (p = t->opener; *p; p += n + (p[n] == '|')) {
		n = strcspn(p, "|");
		k = starts_with(b.buf, p, n);
		if (!k || (b.buf[k] != ',' && !is_conjunction(p, n)))
			continue;
		k += strspn(b.buf + k, ", ");
		if (k > used && k < len)
			used = k;
	}
	strbuf_release(&b);
	return used;
}

int
opener_points_back(const char *s, size_t len, const char *language)
{
	const struct stopword_table *t = stopword_table(language);
	size_t off = opener_link(s, len, language), n;
	struct strbuf b = STRBUF_INIT;
	int yes;

	if (!t)
		return 0;
	while (off < len && (s[off] == '"' || s[off] == '(' || s[off] == '['))
		off++;
	for (n = off; n < len && !strchr(" ,.;:'!?", s[n]); n++)
		;
	strbuf_addch(&b, ' ');
	segment_fold(s + off, n - off, &b);
	strbuf_addch(&b, ' ');
	yes = n > off && n - off < OPENER_MAX && strstr(t->pronoun, b.buf);
	strbuf_release(&b);
	return yes;
}
