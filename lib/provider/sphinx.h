/*
 * When the words of a known text are spoken, by PocketSphinx: a forced
 * alignment with its model of American English.
 */
#ifndef PROVIDER_SPHINX_H
#define PROVIDER_SPHINX_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "provider/phones.h"

#define SPHINX_RATE 16000 /* Hz of the samples */

struct sphinx_span {
	double start, end; /* seconds */
};

/*
 * Find each of the words of list in the n samples, mono at SPHINX_RATE; span
 * has list->nr entries. A word that its dictionary lacks has the phones of the
 * list. It takes about 0.02 s and 10 KB a second of sound. The library ends the
 * program on some faults: call it in a process of its own. EX_CONF without the
 * model, EX_FAILED when these words are not what is heard.
 */
int sphinx_align(const struct phone_list *list, const int16_t *pcm, size_t n,
	struct sphinx_span *span, struct err *e);

#endif
