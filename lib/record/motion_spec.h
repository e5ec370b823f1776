/*
 * What a scene says of its picture's motion: a word, or the windows that it
 * goes from and to.
 */
#ifndef RECORD_MOTION_SPEC_H
#define RECORD_MOTION_SPEC_H

#include "base/error.h"
#include "record/node.h"

#define MOTION_EASINGS "smooth linear in out"

/* left, top, width, height in parts of the picture's; height 0: as the film's
 * frame has it. */
struct motion_spec {
	const char *word; /* NULL: not said, or windows */
	int has_windows;
	double from[4], to[4];
	const char *easing; /* NULL: not said */
};

/* Of a scene.yaml that was checked. */
void motion_spec_read(struct motion_spec *m, const struct node *scene);

/* Check motion: and easing: of a scene.yaml. */
int schema_check_motion(const char *file, const struct node *doc,
	struct err *e);

#endif
