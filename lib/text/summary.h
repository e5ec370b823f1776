/*
 * An extractive summary: whole sentences of a source, chosen by how much they
 * say (rank.h) against how much of it was said already (maximal marginal
 * relevance, Carbonell and Goldstein, SIGIR 1998, with 0.7), in the order of
 * the source, fitted to a length. It selects and does not rewrite, but for
 * links such as "However," whose other end was left out.
 */
#ifndef TEXT_SUMMARY_H
#define TEXT_SUMMARY_H

#include <stddef.h>

#include "base/error.h"
#include "text/pace.h"
#include "text/script.h"

struct summary_request {
	const char *source;   /* Markdown, UTF-8 */
	size_t len;
	const char *language; /* BCP 47 */
	const char *platform; /* its gaps and scene lengths; may be NULL */
	double seconds;       /* of the film; 0: see words */
	size_t words;         /* 0 and seconds 0: all that fits to be said */
	struct pace pace;
};

struct summary {
	struct script script; /* a paragraph a scene, under the source's
				 headings */
	double seconds;       /* of the film, as predicted */
	size_t words;
	size_t chosen, of;    /* sentences */
	char *lead;           /* the source's first sentence */
};

/* EX_DATA where the source has no sentence that can be spoken. */
int summary_make(const struct summary_request *q, struct summary *out,
	struct err *e);
void summary_release(struct summary *s);

/* Seconds of a film of this script: voices, gaps, head and tail. */
double summary_film_seconds(const struct script *s, const struct pace *pace,
	const char *platform);

#endif
