/*
 * Splitting again, three-way: what was split last (base), the script as split
 * now (theirs), and the scenes as they are (ours, which people edit, move and
 * delete). Pure: texts in, a list of what to do out.
 *
 *	script changed it, scene not     take the script's text
 *	scene changed it, script not     keep the scene
 *	both, not alike                  conflict: keep the scene, say so
 *	gone from the script             delete; conflict where it was edited
 *	new in the script                insert
 *	moved in the script              move, unless the scene was moved too
 *	deleted by the user              stays deleted
 *	made by hand, or without words   kept
 *
 * Paragraphs are told again by their text, then by likeness, so that one that
 * was moved, edited, merged or split keeps the id of its best part.
 */
#ifndef TEXT_RESPLIT_H
#define TEXT_RESPLIT_H

#include <stddef.h>

#define RESPLIT_NONE ((size_t)-1)

struct resplit_text {
	const char *id;   /* NULL in theirs, and in ours when made by hand */
	const char *text;
};

enum resplit_kind {
	RESPLIT_KEEP,
	RESPLIT_SET,      /* give the scene the text of theirs */
	RESPLIT_INSERT,   /* a new scene of theirs */
	RESPLIT_CONFLICT  /* keep the scene; it and the script differ */
};

struct resplit_item {
	enum resplit_kind kind;
	size_t ours;   /* index, RESPLIT_NONE for an insertion */
	size_t theirs; /* index, RESPLIT_NONE where the script has none */
	size_t base;   /* index, RESPLIT_NONE where there is none */
	int moved;     /* it needs a key for its new place */
};

struct resplit {
	struct resplit_item *v; /* the scenes that there will be, in order */
	size_t nr, alloc;
	size_t *gone;           /* ours to be deleted, ascending */
	size_t *gone_base;      /* of each of these, its base */
	size_t gone_nr;
	size_t *theirs_base;    /* of each of theirs, the base it was */
	size_t conflicts;
};

void resplit_make(const struct resplit_text *base, size_t base_nr,
	const struct resplit_text *theirs, size_t theirs_nr,
	const struct resplit_text *ours, size_t ours_nr, struct resplit *out);
void resplit_release(struct resplit *r);

/* One field of a scene (notes, image.prompt ...), NULL where it is not set:
 * KEEP, SET or CONFLICT by the same rule. */
enum resplit_kind resplit_field(const char *base, const char *theirs,
	const char *ours);

/* Are two texts the same but for white space? */
int resplit_same(const char *a, const char *b);

#endif
