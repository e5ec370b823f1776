/*
 * Which sentences of a text say the most: directed, position-aware tf-idf
 * centrality. A sentence gains from the sentences after it that say the same
 * (PacSum: Zheng and Lapata, ACL 2019), likeness is the cosine of tf-idf
 * vectors above a threshold (LexRank: Erkan and Radev, JAIR 22, 2004).
 */
#ifndef TEXT_RANK_H
#define TEXT_RANK_H

#include <stddef.h>

struct rank_term {
	size_t id;
	double weight;
};

struct rank_sentence {
	struct rank_term *v; /* ascending ids, weights of length 1 together */
	size_t nr;
	size_t section;      /* of the text, ascending */
	double score;        /* 0..1, set by rank_score */
};

struct rank {
	struct rank_sentence *v;
	size_t nr, alloc;
	struct rank_words *words; /* ids of stems */
};

/* Add a sentence; its place is r->nr - 1 after it. */
void rank_add(struct rank *r, const char *text, size_t len,
	const char *language, size_t section);

/* Weigh terms by rarity, then score every sentence. The same input gives the
 * same scores everywhere; 10,000 sentences take well under a second. */
void rank_score(struct rank *r);

/* Cosine of two sentences after rank_score, 0..1. */
double rank_likeness(const struct rank *r, size_t a, size_t b);

void rank_release(struct rank *r);

#endif
