/*
 * studio doctor: what it looks at, each part in a file of its own. What is
 * mended is what cannot lose anything: the rest is named with its cure.
 */
#ifndef STUDIO_DOCTOR_H
#define STUDIO_DOCTOR_H

#include "store/stock.h"
#include "studio/finding.h"
#include "studio/studio.h"

struct doctor {
	const char *root;
	int fix;
	struct findings found;
	struct plan *plan;  /* NULL where the project cannot be read */
	struct stock stock;
};

/* Of the files alone, so that a project which cannot be read will do: merge
 * markers, two scenes of one id, folders of another name. Returns how many
 * things it found that keep the project from being read. */
size_t doctor_files(struct doctor *d);
/* Temp files of dead programs, in the project and the store. */
void doctor_leftovers(struct doctor *d);
/* Each folder of the project that temp files can be in; see nobody of what is
 * behind a link. */
void project_leftovers(const char *root, void (*each)(void *ctx,
	const char *path), void *ctx);

/* Of a project that can be read: media without a record, records without
 * media, replies that were not installed. */
void doctor_media(struct doctor *d);

/* Calls whose outcome is open, replies nobody wants yet, the ledger, replies
 * that rotted, halves. */
void doctor_store(struct doctor *d);

#endif
