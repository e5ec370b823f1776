#include "provider/flite_token.h"

#include <flite/flite.h>
#include <string.h>

#define TOKEN_BYTES 64 /* longer "words" are cut: no word is so long */

void
flite_add_tokens(cst_utterance *u, const struct spoken *sp, size_t from,
    size_t to)
{
	cst_relation *r = utt_relation_create(u, "Token");
	char name[TOKEN_BYTES + 1], punc[8];
	const char *s;
	cst_item *t;
	size_t i, k, p;

	for (i = from; i < to; i++) {
		for (s = sp->word[i].say; *s; s += k + p) {
			s += strspn(s, " \"()");
			k = strcspn(s, " \"(),.;:!?");
			/* A stop or comma inside a number belongs to it. */
			while (s[k] && strchr(".,:", s[k]) && s[k + 1] &&
			    !strchr(" \"(),.;:!?", s[k + 1]))
				k += 1 + strcspn(s + k + 1, " \"(),.;:!?");
			if (k > TOKEN_BYTES)
				k = TOKEN_BYTES;
			p = strspn(s + k, "\"(),.;:!?");
			if (!k)
				continue;
			memcpy(name, s, k);
			name[k] = '\0';
			punc[0] = s[k + strspn(s + k, "\"()")];
			punc[0] = punc[0] && strchr(",.;:!?", punc[0]) && p ?
			    punc[0] : '\0';
			punc[1] = '\0';
			t = relation_append(r, NULL);
			item_set_string(t, "name", name);
			item_set_string(t, "whitespace", " ");
			item_set_string(t, "prepunctuation", "");
			item_set_string(t, "punc", punc);
			item_set_int(t, FLITE_WORD, (int)i);
		}
	}
}
