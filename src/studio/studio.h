/*
 * The commands of studio: one file each, one function a command, which gets
 * its own argv (argv[0] is the command's name) and returns the exit code.
 */
#ifndef STUDIO_STUDIO_H
#define STUDIO_STUDIO_H

#include "base/error.h"
#include "base/options.h"
#include "base/strbuf.h"
#include "base/strvec.h"
#include "record/project.h"
#include "store/film_state.h"
#include "store/usage.h"

int cmd_add(int argc, char **argv);
int cmd_adopt(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_config(int argc, char **argv);
int cmd_cost(int argc, char **argv);
int cmd_diff(int argc, char **argv);
int cmd_log(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_gc(int argc, char **argv);
int cmd_make(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_plan(int argc, char **argv);
int cmd_refresh(int argc, char **argv);
int cmd_restore(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_store(int argc, char **argv);
int cmd_trust(int argc, char **argv);

/* Load the project that holds the current folder; ends the program with one
 * line where there is none or a record is wrong. */
void open_project(struct project *p);
/* The same with its survey. */
void open_survey(struct project *p, struct survey *v);
/* The names in a folder, as folder_list has them; ends the program where it
 * cannot be read. */
void list_folder(const char *path, struct strvec *names);

/*
 * What has to be made, film by film: for plan, refresh and status.
 */
struct film_plan {
	struct asset_state film;
	int waits;     /* something it is made from has to be made first */
	int needed;    /* it is not fresh, or waits, or has an obstacle */
	char *part;    /* one byte a scene: 1 its parts have to be made */
	const struct asset_state *obstacle; /* what needs the user first */
};

struct plan {
	struct project project;
	struct survey survey;
	struct film_plan *film; /* project.video_nr of them */
	int phase1;             /* script or scenes have to be made first */
};

/* lean: states alone are asked for, not the records' long parts, see
 * asset_load_kept. */
void plan_make(struct plan *p, int lean);
/* Can everybody be asked whom making the kinds in whats (BUDGET_OF) asks, also
 * for the scenes that will come of the script? -1: a key, a model or a server
 * is missing, and *e says whose. */
int plan_ready(const struct plan *p, int whats, struct err *e);
/* No scenes, nor a script to make them of: then no film is made, and this is
 * what to do about it. */
int plan_is_empty(const struct plan *p);
#define PLAN_NO_SCENES "no scenes, so no film is made; write what it is " \
	"to be into brief.md, or its words into script.md, then: make"
void plan_release(struct plan *p);
/* The film's state as it is told: one that waits for what it is made from is
 * stale. */
enum state film_state(const struct film_plan *f);

/* A command that makes the plan and prints it, for people or (--json) for
 * programs. u has its name and purpose. */
int plan_command(int argc, char **argv, struct usage u,
	void (*text)(const struct plan *), void (*json)(const struct plan *));

/* Append a line for each fresh film that was made with other versions of
 * libraries or fonts than there are now; that alone makes no film stale. */
void plan_versions(const struct plan *p, struct strbuf *out);
/* These lines as a list. */
struct node *plan_versions_tree(const struct plan *p);

/* The program of that name which belongs to this studio; to be freed. */
char *filter_path(const char *name);

/*
 * What the calls of a plan use and cost, as far as it is known.
 */
struct plan_cost {
	struct call_usage usage; /* of all; calls are exactly those made */
	double dollars;
	size_t stored;           /* assets that the store answers */
	size_t unknown;          /* calls whose price is not known */
	struct err over;         /* why make would stop; code 0: it would not */
};

void plan_cost(const struct plan *p, struct plan_cost *out);
/* "$0.0042", "free", "stored", "price unknown", "-": for one column. */
void asset_cost(const struct plan *p, const struct asset_state *a, char *out,
	size_t size);
/* Its calls, use and cost as a map. */
struct node *asset_cost_tree(const struct plan *p,
	const struct asset_state *a);
/* The use, without calls, as fields of a map. */
void usage_tree(struct node *map, const struct call_usage *u);

/* "3", "cover", "script": how people name what an asset belongs to. */
void asset_subject(const struct asset_state *a, char *out, size_t size);
/* What there is to do about an asset that make does not remake; "" if
 * nothing. */
void asset_cure(const struct asset_state *a, char *out, size_t size);
/* "prompt changed", "2 inputs changed", the error ...; for one column. */
void asset_reason(const struct asset_state *a, char *out, size_t size);

/* "1.5 MiB" */
void byte_words(uint64_t n, char *out, size_t size);

#endif
