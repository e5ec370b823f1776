/*
 * Ledgers added up, for studio cost: rows by provider, scene, day or stage. A
 * call that several clones of a project hold is counted once in rows and total.
 */
#ifndef STUDIO_COST_H
#define STUDIO_COST_H

#include <stddef.h>

#include "base/strvec.h"
#include "store/ledger.h"

struct cost_row {
	char *key;
	struct ledger_sum sum;
};

struct cost_project {
	char *id, *title, *root;
	const char *folder;    /* the end of root that tells it from others */
	double budget;         /* dollars; below 0 without one */
	struct ledger ledger;
	struct ledger_sum sum; /* of its own ledger, which its budget is for */
};

enum cost_by { BY_PROVIDER, BY_SCENE, BY_DAY, BY_STAGE };

struct account {
	enum cost_by by;
	struct cost_row *row;
	size_t nr, alloc;
	struct cost_project *project;
	size_t project_nr;
	struct ledger_sum total;
	size_t repeated;    /* calls that were counted in another clone */
	char *unknown;      /* a provider whose price is not known, or NULL */
	char *unknown_kind; /* and what it made */
	double ceiling;     /* INFINITY without one */
};

extern const char *const cost_by_names[]; /* NULL at the end */

/* The project folders at dir: itself, else those two levels below it; ends the
 * program where a folder cannot be read. */
void cost_projects(const char *dir, struct strvec *roots);
/* Has another one its title? */
int cost_title_is_shared(const struct account *a, const struct cost_project *p);
/* Read each; ends the program where one is wrong. */
void cost_read(struct account *a, const struct strvec *roots);
void cost_release(struct account *a);

void cost_print(const struct account *a);
void cost_print_json(const struct account *a);

#endif
