#include "text/check_prompts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/rank_words.h"
#include "text/word.h"

#define FEW 3 /* fewer words in common say nothing unless they are all */

/* The words of a prompt as sorted numbers, none twice. */
struct set {
	size_t *id;
	size_t nr;
};

static int
by_number(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static void
set_read(const char *s, const char *language, struct rank_words *words,
    struct set *out)
{
	struct word_list l = WORD_LIST_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i, k = 0;

	word_split(s, strlen(s), language, &l);
	out->id = xcalloc(l.nr + 1, sizeof(*out->id));
	for (i = 0; i < l.nr; i++) {
		if (word_is_stop(s + l.v[i].off, l.v[i].len, language))
			continue;
		strbuf_reset(&b);
		word_stem(s + l.v[i].off, l.v[i].len, language, &b);
		out->id[k++] = rank_words_id(words, b.buf, b.len);
	}
	qsort(out->id, k, sizeof(*out->id), by_number);
	for (i = 0; i < k; i++)
		if (!i || out->id[i] != out->id[out->nr - 1])
			out->id[out->nr++] = out->id[i];
	strbuf_release(&b);
	word_list_release(&l);
}

/* Does one hold over 80 % of the other? */
static int
repeats(const struct set *a, const struct set *b)
{
	size_t i = 0, k = 0, both = 0;
	size_t less = a->nr < b->nr ? a->nr : b->nr;

	while (i < a->nr && k < b->nr) {
		if (a->id[i] == b->id[k]) {
			both++;
			i++;
			k++;
		} else if (a->id[i] < b->id[k]) {
			i++;
		} else {
			k++;
		}
	}
	return both * 5 > less * 4 && (less >= FEW || a->nr == b->nr);
}

int
check_prompts(const struct script *s, const char *language, struct strbuf *out)
{
	struct rank_words *words = rank_words_new();
	struct set *set = xcalloc(s->nr + 1, sizeof(*set));
	size_t i, k;
	int bad = 0;

	for (i = 0; i < s->nr; i++)
		if (s->v[i].image)
			set_read(s->v[i].image, language, words, &set[i]);
	for (i = 1; i < s->nr; i++) {
		for (k = 0; k < i && !repeats(&set[k], &set[i]);)
			k++;
		if (k == i)
			continue;
		strbuf_addf(out, "scene %zu has nearly the image prompt of "
		    "scene %zu\n", i + 1, k + 1);
		bad++;
	}
	for (i = 0; i < s->nr; i++)
		free(set[i].id);
	free(set);
	rank_words_free(words);
	return bad;
}
