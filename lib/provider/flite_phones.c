/*
 * Pronunciations by flite: its reading of numbers, signs and abbreviations,
 * its dictionary, and its letter-to-sound rules.
 */
#include <ctype.h>
#include <flite/flite.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/flite_token.h"
#include "provider/phones.h"

#define BATCH 60 /* words in one utterance */

cst_voice *register_cmu_us_kal16(const char *voxdir);

void
phones_release(struct phone_list *l)
{
	free(l->v);
	memset(l, 0, sizeof(*l));
}

/* flite has one phone more than the set: its schwa. */
static void
add_phone(struct phone_word *w, const char *name)
{
	size_t n = strlen(w->phones);
	char one[8];
	size_t i;

	if (!strcmp(name, "pau"))
		return;
	if (!strcmp(name, "ax"))
		name = "ah";
	for (i = 0; i < sizeof(one) - 1 && name[i]; i++)
		one[i] = (char)toupper((unsigned char)name[i]);
	one[i] = '\0';
	if (n + i + 2 > sizeof(w->phones))
		return;
	if (n)
		w->phones[n++] = ' ';
	memcpy(w->phones + n, one, i + 1);
}

/* A word of flite's; "'s" belongs to the one before. */
static void
add_word(struct phone_list *out, size_t word, cst_item *d)
{
	const char *name = item_feat_string(d, "name");
	cst_item *syl, *seg;
	struct phone_word *w;
	size_t n;

	if (name[0] == '\'' && out->nr && out->v[out->nr - 1].word == word) {
		w = &out->v[out->nr - 1];
	} else {
		ALLOC_GROW(out->v, out->nr, out->alloc);
		w = &out->v[out->nr++];
		memset(w, 0, sizeof(*w));
		w->word = word;
	}
	n = strlen(w->name);
	for (; *name && n < sizeof(w->name) - 1; name++)
		w->name[n++] = (char)tolower((unsigned char)*name);
	w->name[n] = '\0';
	syl = item_daughter(item_as(d, "SylStructure"));
	for (; syl; syl = item_next(syl))
		for (seg = item_daughter(syl); seg; seg = item_next(seg))
			add_phone(w, item_feat_string(seg, "name"));
	if (!*w->phones)
		out->nr--;
}

static int
read_batch(cst_voice *voice, const struct spoken *sp, size_t from,
    struct phone_list *out, struct err *e)
{
	size_t to = sp->nr - from > BATCH ? from + BATCH : sp->nr;
	jmp_buf on_error, *before = cst_errjmp;
	cst_utterance *u;
	cst_item *t, *d;

	cst_errjmp = &on_error;
	if (setjmp(on_error)) {
		cst_errjmp = before;
		return err_set(e, EX_FAILED, "flite cannot read \"%.60s\"",
		    sp->word[from].say);
	}
	u = new_utterance();
	utt_init(u, voice);
	flite_add_tokens(u, sp, from, to);
	default_textanalysis(u);
	default_pos_tagger(u);
	default_lexical_insertion(u);
	for (t = relation_head(utt_relation(u, "Token")); t; t = item_next(t))
		for (d = item_daughter(t); d; d = item_next(d))
			add_word(out, (size_t)item_feat_int(t, FLITE_WORD), d);
	delete_utterance(u);
	cst_errjmp = before;
	return 0;
}

int
phones_read(const struct spoken *sp, struct phone_list *out, struct err *e)
{
	static cst_voice *voice;
	size_t i;

	if (!voice) {
		flite_init();
		voice = register_cmu_us_kal16(NULL);
	}
	for (i = 0; i < sp->nr; i += BATCH)
		if (read_batch(voice, sp, i, out, e) < 0)
			return -1;
	return 0;
}
