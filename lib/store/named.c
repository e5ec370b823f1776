#include "store/named.h"

#include <ctype.h>
#include <string.h>

static int
is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 ||
	    c == '_';
}

/* Does word stand in text by itself? ASCII letters match in either case. */
static int
names_word(const char *text, const char *word)
{
	size_t n = strlen(word);
	const char *p;

	for (p = text; n && (p = strcasestr(p, word)); p++)
		if ((p == text || !is_word_byte(p[-1])) && !is_word_byte(p[n]))
			return 1;
	return 0;
}

struct node *
named_in(const struct node *map, const char *a, const char *b)
{
	struct node *found = node_new(NODE_MAP);
	size_t i;

	for (i = 0; map && i < map->nr; i++)
		if (names_word(a, map->kid[i]->key) ||
		    (b && names_word(b, map->kid[i]->key)))
			node_push(found, node_copy(map->kid[i]));
	return found;
}
