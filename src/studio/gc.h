/*
 * studio gc: what can go, and why. Nothing is removed but by --force, nothing
 * that a program holds, and nothing that was paid for unless that is asked.
 */
#ifndef STUDIO_GC_H
#define STUDIO_GC_H

#include <stdint.h>
#include <time.h>

#include "base/mem.h"
#include "store/stock.h"
#include "studio/studio.h"

enum gc_why {
	GC_PART,     /* no film needs it */
	GC_PREVIEW,  /* of a preview, and the films are there */
	GC_PAGE,     /* of a picture that the storyboard has no more */
	GC_LEFTOVER, /* of a program that died */
	GC_FREE,     /* a reply that cost nothing and that no record names */
	GC_PAID,     /* one that was paid for: only where it is asked */
	GC_WHYS
};

struct gc_item {
	enum gc_why why;
	char *path;
	uint64_t bytes;
	double cost;                   /* GC_PAID; < 0: nobody knows */
	const struct stock_item *item; /* of the store; NULL: a file */
	int gone;
};

struct gc {
	struct plan *plan;
	struct stock *stock;
	int force;
	int paid;          /* what was paid for too, */
	time_t before;     /* when it is older than this */
	struct gc_item *v;
	size_t nr, alloc;
	struct strvec notes; /* what was left, and why */
	int code;          /* of what could not be removed */
};

/* One more; the path is taken over. */
struct gc_item *gc_add(struct gc *g, enum gc_why why, char *path);

/* Below build/. */
void gc_build(struct gc *g);
/* Of the store, and temp files. */
void gc_store(struct gc *g);

#endif
