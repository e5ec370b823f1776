/*
 * studio doctor: what crashes, merges and clones left behind.
 */
#include "studio/doctor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "base/utf8.h"
#include "record/json.h"
#include "store/git_media.h"
#include "studio/git_setup.h"

static void
look_at_git(struct doctor *d)
{
	struct strbuf line = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct finding *f;
	char *cure;

	if (git_setup_missing(d->root, &line)) {
		f = finding_add(&d->found, "git", "settings", EX_LATER);
		cure = strchr(line.buf, ':');
		cure = cure ? strstr(cure + 1, ": ") : NULL;
		finding_cure(f, "%s", cure ? cure + 2 : "");
		if (cure)
			*cure = '\0';
		finding_why(f, "%s", line.buf);
		f->fixed = d->fix && git_setup_mend(d->root, &e) == 0;
		if (e.code)
			finding_why(f, "%s", e.msg);
	}
	strbuf_release(&line);
}

/* The file that an error begins with, where git has it. */
static void
cure_file(const struct doctor *d, struct finding *f, const char *msg)
{
	char *rel = xmemdup(msg, strcspn(msg, ":"));
	struct strbuf word = STRBUF_INIT;
	char *path = path_join(d->root, rel);

	strbuf_add_shell(&word, rel);
	if (*rel && path_is_inside(rel) && git_media_tracks(path))
		finding_cure(f, "mend it, or take it from the last commit: git "
		    "checkout HEAD -- %s", word.buf);
	strbuf_release(&word);
	free(path);
	free(rel);
}

/* The records of films that cannot be read; how many. What git could not merge
 * was found before. */
static size_t
broken_films(struct doctor *d, const struct project *p)
{
	struct err e = ERR_INIT;
	struct finding *f;
	struct asset rec;
	size_t i, nr = 0;
	char *path;

	for (i = 0; i < p->video_nr; i++) {
		path = project_path(p, "video/%s.json", p->video[i].name);
		if (asset_load(&rec, RECORD_VIDEO, path, &e) == 0) {
			asset_release(&rec);
		} else {
			f = finding_add(&d->found, "broken",
			    p->video[i].name, EX_DATA);
			finding_why(f, "%s", e.msg);
			finding_cure(f, "mend it, or remove it, then: make");
			nr++;
		}
		free(path);
	}
	return nr;
}

/* Load the project, whose faults are found here rather than ending it. */
static struct plan *
load(struct doctor *d, size_t known)
{
	struct err e = ERR_INIT;
	struct project p;
	struct finding *f;
	struct plan *plan;
	size_t broken;

	if (project_load(&p, d->root, &e) < 0) {
		if (!known) {
			f = finding_add(&d->found, "broken", "project",
			    EX_DATA);
			finding_why(f, "%s", e.msg);
			cure_file(d, f, e.msg);
		}
		return NULL;
	}
	broken = broken_films(d, &p);
	project_release(&p);
	if (broken)
		return NULL;
	plan = xcalloc(1, sizeof(*plan));
	plan_make(plan, 0);
	git_media_find(&plan->project, &plan->survey);
	return plan;
}

static void
print_text(const struct doctor *d)
{
	const struct finding *f;
	char about[300], why[ERR_MAX];
	size_t left, fixed = 0;

	for (f = d->found.v; f && f < d->found.v + d->found.nr; f++) {
		utf8_printable(about, sizeof(about), f->file, strlen(f->file));
		utf8_printable(why, sizeof(why), f->why, strlen(f->why));
		printf("%-11s %s: %s\n", f->fixed ? "fixed" : f->what, about,
		    why);
		utf8_printable(why, sizeof(why), f->cure, strlen(f->cure));
		if (*f->cure && !f->fixed)
			printf("            %s\n", why);
		fixed += (size_t)f->fixed;
	}
	findings_code(&d->found, &left);
	if (fixed)
		printf("%zu mended.\n", fixed);
	if (left)
		printf("%zu thing%s to see to.\n", left, left == 1 ? "" : "s");
	else if (!fixed)
		puts(d->found.nr ? "Nothing to see to." : "Nothing is wrong.");
}

static void
print_json(const struct doctor *d)
{
	struct node *doc = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	size_t left;

	findings_code(&d->found, &left);
	node_set_whole(doc, "left", (long long)left);
	node_set(doc, "found", findings_tree(&d->found));
	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
	node_free(doc);
}

int
cmd_doctor(int argc, char **argv)
{
	int json = 0, n, code;
	struct doctor d = { .root = NULL };
	const struct option_def options[] = {
		{ 0, "fix", OPT_FLAG, &d.fix, NULL,
		    "mend what can be mended without losing anything" },
		{ 0, "json", OPT_FLAG, &json, NULL, "for programs" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--fix] [--json]", NULL };
	struct usage u = { "studio doctor", synopsis,
		"Say what crashes, merges and clones left behind, and what to "
		"do.", options };
	struct err e = ERR_INIT;
	char **operands, *root;
	size_t known;

	n = options_parse(&u, argc, argv, &operands);
	if (n)
		options_fail(&u, "'%s': takes no operands", operands[0]);
	root = project_find(".", &e);
	if (!root || stock_read(&d.stock, &e) < 0)
		die_err(&e);
	d.root = root;
	doctor_leftovers(&d);
	known = doctor_files(&d);
	look_at_git(&d);
	d.plan = load(&d, known);
	if (d.plan)
		doctor_media(&d);
	doctor_store(&d);
	if (json)
		print_json(&d);
	else
		print_text(&d);
	code = findings_code(&d.found, NULL);
	findings_release(&d.found);
	stock_release(&d.stock);
	if (d.plan)
		plan_release(d.plan);
	free(d.plan);
	free(root);
	return pipe_end(code);
}
