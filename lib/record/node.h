/*
 * A document as a tree: what YAML and JSON files are read into, and what JSON
 * is written from. Unknown keys stay in the tree, so they are kept.
 */
#ifndef RECORD_NODE_H
#define RECORD_NODE_H

#include <stddef.h>

enum node_kind {
	NODE_NULL,   /* YAML null, ~ or nothing; JSON null */
	NODE_SCALAR, /* text, a number or a truth value */
	NODE_LIST,
	NODE_MAP
};

struct node {
	enum node_kind kind;
	char *key;         /* in a map: its key; else NULL */
	char *str;         /* scalar: its decoded text (UTF-8, no NUL inside) */
	size_t len;        /* bytes of str */
	int quoted;        /* scalar: written in quotes or as a block, so it is
			      text and never a number, a truth value or null */
	int fixed;         /* it is somebody else's: not to be changed */
	struct node **kid; /* list: items; map: values, in the file's order */
	size_t nr, alloc;
	size_t line, col;  /* where it stands, from 1; 0 when made by us */
	size_t start, end; /* byte range of the value in the file */
	size_t key_start;  /* where its key starts in the file */
};

struct node *node_new(enum node_kind kind);
struct node *node_text(const char *s);   /* quoted scalar */
struct node *node_real(double d);        /* shortest form that reads back; null
					    for what is not finite */
struct node *node_whole(long long n);
struct node *node_truth(int b);
void node_free(struct node *n);          /* with all below; NULL is fine, one
					    that is fixed is left */
struct node *node_copy(const struct node *n);

/* Same meaning: kinds, texts, numbers as text and truth values as text; maps
 * in any order. Where it stands and how it is quoted do not count. */
int node_equal(const struct node *a, const struct node *b);
/* The second of two values with one key in a map; NULL where there are none. */
const struct node *node_duplicate(const struct node *map);

/* Value of exactly this key (dots are part of it); NULL where there is none. */
struct node *node_child(const struct node *map, const char *key);
/* Value of a key of a map, NULL where there is none (or n is NULL or no map).
 * path may have dots: "image.prompt". */
struct node *node_get(const struct node *n, const char *path);
/* Scalar text at path, or fallback (also for NODE_NULL). */
const char *node_str(const struct node *n, const char *path,
	const char *fallback);
/* Number at path, or fallback where it is none. */
double node_num(const struct node *n, const char *path, double fallback);
/* true, yes, on or 1 at path; fallback where it is none of these nor their
 * opposites. */
int node_bool(const struct node *n, const char *path, int fallback);
/* Is this unquoted scalar true, yes, on or false, no, off (in small letters,
 * capitals, or with a first capital)? Sets *b. */
int node_is_bool(const struct node *n, int *b);
/* Is this unquoted scalar a finite number? Sets *d (may be NULL). */
int node_is_num(const struct node *n, double *d);

/* Put value under key (replacing, else at the end); takes value over. */
void node_set(struct node *map, const char *key, struct node *value);
/* The same at the end without looking for an older one: for maps that are
 * built from keys known to differ. */
void node_append(struct node *map, const char *key, struct node *value);
void node_set_str(struct node *map, const char *key, const char *s);
void node_set_num(struct node *map, const char *key, double d);
void node_set_whole(struct node *map, const char *key, long long n);
void node_set_bool(struct node *map, const char *key, int b);
void node_drop(struct node *map, const char *key); /* fine if not there */
void node_push(struct node *list, struct node *value);

#endif
