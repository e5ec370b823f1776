/*
 * What a call of a provider used, or is expected to use; 0 where it does not
 * apply. (struct usage is the usage of a program, in base/options.h.)
 */
#ifndef STORE_USAGE_H
#define STORE_USAGE_H

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

#endif
