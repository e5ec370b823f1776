/*
 * What a call of a provider used, or is expected to use; 0 where it does not
 * apply. (struct usage is the usage of a program, in base/options.h.)
 */
#ifndef STORE_USAGE_H
#define STORE_USAGE_H

#include <stddef.h>

#include "base/strbuf.h"

struct call_usage {
	long long characters; /* code points spoken */
	long long input_tokens, output_tokens;
	long long pictures;
	long long calls;
};

#define CALL_USAGE_INIT { 0, 0, 0, 0, 0 }

static inline void
usage_add(struct call_usage *sum, const struct call_usage *u)
{
	sum->characters += u->characters;
	sum->input_tokens += u->input_tokens;
	sum->output_tokens += u->output_tokens;
	sum->pictures += u->pictures;
	sum->calls += u->calls;
}

/* "1,234 characters, 2 pictures, 3,400 tokens" without what is 0. */
void usage_words(const struct call_usage *u, struct strbuf *out);
/* 12345 as "12,345". */
void number_words(long long n, char *out, size_t size);
/* Dollars to the cent, or to the digits that a small sum has; "$0.0042". */
void dollar_words(double dollars, char *out, size_t size);

#endif
