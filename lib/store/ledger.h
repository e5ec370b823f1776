/*
 * What a project paid for: one small file a call, ledger/DIGEST16.json with
 * the first 16 digits of the request's digest, or DIGEST16.N.json where the
 * same request was paid for again. Git keeps them, and since each call has a
 * file of its own, branches merge.
 */
#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include <stddef.h>

#include "base/error.h"
#include "record/project.h"
#include "store/estimate.h"
#include "store/usage.h"

struct ledger_entry {
	const char *request;  /* digest, 64 hex digits */
	const char *kind;     /* "audio", "image", "script" */
	const char *provider; /* "exec:cmd", "home:model" */
	const char *what;     /* for people: "scene 3 audio" */
	const char *scene;    /* its folder, "" where it is of none */
	const char *at;       /* RFC 3339; NULL when writing: now */
	const char *sha256;   /* of the reply */
	long long bytes;
	struct call_usage usage; /* calls is not written: a file is a call */
	double cost;          /* dollars; not written unless cost_known */
	int cost_known;
	int attempts;         /* written over 1 */
	int unknown_outcome;  /* earlier calls that may have been paid for
				 without an answer; written over 0 */
	const char *request_id; /* the provider's; NULL where it gave none */
	const char *outcome;  /* "ready" or "rejected" */
};

struct ledger {
	struct ledger_entry *entry; /* in the order of their files */
	size_t nr, alloc;
	struct node **doc;          /* the strings point into these */
	size_t doc_nr, doc_alloc;
};

/* Could a line be written, and a little beside it? Before a call is made, so
 * that none is paid for a project that is full or not ours to write. Makes the
 * folder. */
int ledger_reserve(const struct project *p, struct err *e);

/* One more file; nothing that is there is changed. */
int ledger_write(const struct project *p, const struct ledger_entry *l,
	struct err *e);

/*
 * All entries. Fields that older files lack are 0, "" or as the kind says (a
 * picture is one picture); EX_DATA names a broken file.
 */
int ledger_read(const struct project *p, struct ledger *out, struct err *e);
void ledger_release(struct ledger *l);

/* What the entry cost; where it does not say, at today's price, and *today is
 * set to 1. */
int ledger_cost(const struct ledger_entry *l, struct cost *out, int *today,
	struct err *e);

struct ledger_sum {
	double dollars;
	size_t calls;
	size_t today;   /* of them at today's price, and not free */
	size_t unknown; /* of them at a price nobody knows: not in dollars */
	size_t lost;    /* calls that may have been paid without an answer */
	struct call_usage usage;
};

int ledger_sum_add(struct ledger_sum *sum, const struct ledger_entry *l,
	struct err *e);
/* The sum of all. */
int ledger_total(const struct ledger *l, struct ledger_sum *out,
	struct err *e);

#endif
