/*
 * Words in time: each gets a start and an end, whatever little is known.
 */
#ifndef PROVIDER_WORD_PLACE_H
#define PROVIDER_WORD_PLACE_H

#include <stddef.h>

#include "provider/provider.h"

/* When an engine said a word, in seconds of its own sound; start < 0 when it
 * did not say. An end < 0 is where the next one starts. */
struct spoken_time {
	double start, end;
};

/*
 * Set start and end of each of the nr words from time (of nr entries), less
 * head, within 0..seconds, in order. Words without a time get their part, by
 * their len, of the span from the word before that has one up to the next.
 */
void word_place(struct word_time *w, size_t nr,
	const struct spoken_time *time, double head, double seconds);

/*
 * Make what a server said usable by word_place: what is no number or lies
 * outside 0..seconds by more than half a second is taken as not said, the rest
 * put into that range. Of starts that go back in time the fewest are dropped
 * that leave the others in order, so that one wrong time does not move all
 * words behind it.
 */
void word_straighten(struct spoken_time *time, size_t nr, double seconds);

#endif
