/*
 * What a card shows: the look picks palette, type and home family; the text's
 * own words may swap the family, and its seed picks everything small.
 */
#ifndef MEDIA_CARD_PICK_H
#define MEDIA_CARD_PICK_H

#include "media/card/card.h"
#include "media/card/family.h"

struct pick {
	const struct family *family;
	int which;         /* palette A (0) or B (1) */
	uint64_t look;     /* seed of what all scenes of the project share */
	uint64_t seed;     /* of this scene in this family */
	enum card_time time;
	enum card_variant variant;
};

/* Fill *k. A family that the style names is drawn. Without a look the text's
 * cues choose, then the tone; with one, cues choose in three scenes of five,
 * and the others show the home family or, every second one, another of the
 * tone's. What stands around a film shows home; a thumbnail what its text is
 * about; an end card comes later in the day. */
void pick_make(struct pick *k, const struct card_spec *s);

#endif
