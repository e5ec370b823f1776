/*
 * How an English text is pronounced: each word as it is spoken ("1969" is
 * three), with phones of the CMU set ("W EY L").
 */
#ifndef PROVIDER_PHONES_H
#define PROVIDER_PHONES_H

#include <stddef.h>

#include "base/error.h"
#include "provider/spoken.h"

#define PHONES_NAME_MAX 64  /* bytes of a name, with its zero */
#define PHONES_TEXT_MAX 400 /* bytes of its phones, with their zero */

struct phone_word {
	char name[PHONES_NAME_MAX];   /* small letters, "whale's" */
	char phones[PHONES_TEXT_MAX]; /* by rule where no dictionary has it */
	size_t word;                  /* of the spoken text */
};

struct phone_list {
	struct phone_word *v;
	size_t nr, alloc;
};

/*
 * Append those of all words of sp, in order; a word may have none, where
 * nothing is said for it. By flite's own reading and dictionary, which keep
 * global state that must not be used by two threads at once. EX_FAILED where
 * flite gives up.
 */
int phones_read(const struct spoken *sp, struct phone_list *out,
	struct err *e);
void phones_release(struct phone_list *l);

#endif
