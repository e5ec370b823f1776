/*
 * Pronunciations from a dictionary file in the form of the CMU Pronouncing
 * Dictionary as Sphinx has it: a line a word, "read R EH D", further ones as
 * "read(2) R IY D".
 */
#ifndef PROVIDER_DICTIONARY_H
#define PROVIDER_DICTIONARY_H

#include <stddef.h>

#include "base/error.h"

#define DICTIONARY_BYTES_MAX (32u << 20)

struct dictionary_reader {
	/* One line's word ("read(2)") and phones, for the i-th word asked
	 * for. Both are gone when it returns. */
	void (*found)(void *ctx, size_t i, const char *word,
		const char *phones);
	void *ctx;
};

/* Look all nr words up in one reading; they are found in the file's order.
 * asked is in strcmp's order, each once. */
int dictionary_look_up(const char *path, const char *const *asked, size_t nr,
	const struct dictionary_reader *r, struct err *e);

#endif
