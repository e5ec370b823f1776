/*
 * What a call costs, from two price lists: ours (lib/prices.yaml) and the
 * user's own, $XDG_CONFIG_HOME/studio/prices.yaml. Both are a YAML list, one
 * row a line, so that a row can be appended by a shell:
 *
 *	- {model: "openai:gpt-6.2-sol", input: 2, output: 10,
 *	   date: 2026-11-25, source: "https://..."}      (on one line)
 *
 * model   TYPE:MODEL or ALIAS:MODEL; "*" at its end stands for anything, and
 *         the longest match wins, of equal ones the last. "exec:COMMAND" is
 *         taken as it is.
 * input, output   US dollars per million tokens
 * characters      per million characters spoken
 * picture, call   each; of a model that counts output tokens, picture and
 *                 characters are what to expect before they are counted
 * date, source    when and where the price was read
 *
 * The user's rows win over ours. Ours, and rows by TYPE, hold only for the
 * address that is the type's own: an alias for another server is priced by
 * rows that name the alias.
 */
#ifndef STORE_PRICE_H
#define STORE_PRICE_H

#include "base/error.h"
#include "record/node.h"
#include "store/endpoint.h"
#include "store/usage.h"

enum price_part {
	PRICE_INPUT = 1,
	PRICE_OUTPUT = 2,
	PRICE_CHARACTERS = 4,
	PRICE_PICTURE = 8,
	PRICE_CALL = 16
};

struct price {
	const char *model;    /* of the row; NULL: free without a row */
	const char *date, *source;
	double input, output; /* units as above; 0 where not set */
	double characters, picture, call;
	int set;              /* enum price_part, or-ed: what the row says */
	int free;             /* nothing is to be paid, whatever is used */
};

/*
 * The price of a provider ("openai:gpt-6.2-sol"), ep its endpoint, NULL where
 * the alias is not known. 1 known, 0 not known, -1 a list is wrong (EX_DATA
 * with file, line and cure) or ours is not there. Free without a row are the
 * embedded providers, exec: and servers on this machine. Strings are borrowed
 * as long as the program runs; the lists are read once.
 */
int price_find(const struct endpoint *ep, const char *spec,
	struct price *out, struct err *e);

/* Does the price say what this use costs? One in characters says nothing of
 * a picture. */
int price_covers(const struct price *p, const struct call_usage *u);
/* Dollars. */
double price_cost(const struct price *p, const struct call_usage *u);

/* A millionth of a dollar is the last digit that is written. */
double price_round(double dollars);
/* Up to the next cent: a ceiling that allows it. */
double price_round_up(double dollars);

/* Append the shell command that adds a row for a model whose price is not
 * known; part ("picture: 0.04") is what to price, as an example. */
void price_add_command(const char *spec, const char *part,
	struct strbuf *out);

/* One list, for price_find and its tests. A missing file is an empty list
 * where it may be missing. */
struct price_list {
	struct price *row;
	size_t nr, alloc;
	struct node *doc; /* the rows' strings point into it */
};

int price_list_read(struct price_list *l, const char *path, int may_miss,
	struct err *e);
/* The row for "NAME:MODEL"; NULL where there is none. */
const struct price *price_list_find(const struct price_list *l,
	const char *name, const char *model);
void price_list_release(struct price_list *l);

#endif
