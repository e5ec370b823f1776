#include "store/lexicon.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "base/spoken_char.h"

/* A letter or digit to which a lexicon entry must not be cut. */
static int
is_word_char(uint32_t cp)
{
	return cp == '_' || (spoken_sounds(cp) && !spoken_is_cjk(cp) &&
	    !(cp < 0x80 && strchr("%&+=@$<>", (int)cp)));
}

static int
bounds_ok(const char *text, size_t len, size_t at, size_t n)
{
	uint32_t edge = 0, out = 0;
	size_t k;

	if (at > 0) {
		k = 1;
		while (k < at && k < 4 && (text[at - k] & 0xc0) == 0x80)
			k++;
		utf8_decode(text + at - k, k, &out);
		utf8_decode(text + at, n, &edge);
		if (is_word_char(out) && is_word_char(edge))
			return 0;
	}
	if (at + n < len) {
		k = 1;
		while (k < n && k < 4 && (text[at + n - k] & 0xc0) == 0x80)
			k++;
		utf8_decode(text + at + n - k, k, &edge);
		utf8_decode(text + at + n, len - at - n, &out);
		if (is_word_char(out) && is_word_char(edge))
			return 0;
	}
	return 1;
}

const struct node *
lexicon_at(const struct node *lexicon, const char *text, size_t len, size_t at)
{
	const struct node *best = NULL, *n;
	size_t i, k, longest = 0;
	int any;

	for (any = 0; lexicon && any < 2 && !best; any++) {
		for (i = 0; i < lexicon->nr; i++) {
			n = lexicon->kid[i];
			k = n->key ? strlen(n->key) : 0;
			if (n->kind != NODE_SCALAR || k <= longest ||
			    k > len - at)
				continue;
			if (any ? strncasecmp(text + at, n->key, k) :
			    strncmp(text + at, n->key, k))
				continue;
			if (!bounds_ok(text, len, at, k))
				continue;
			best = n;
			longest = k;
		}
	}
	return best;
}
