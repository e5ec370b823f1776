/*
 * studio check: every record, reference and digest, each fault on a line.
 */
#include "studio/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "base/pipe.h"
#include "base/strbuf.h"
#include "record/json.h"
#include "store/clip_range.h"
#include "store/git_media.h"

/* Does the scene want what its moving picture does not hold? */
static void
check_clip(struct check *c, const struct asset_state *a)
{
	struct err e = ERR_INIT;
	struct finding *f;
	char subject[64];
	double from, to;

	if (a->what != ASSET_IMAGE || !a->used || a->state != STATE_FRESH ||
	    strcmp(node_str(a->rec.doc, "kind", ""), "moving") != 0)
		return;
	if (clip_range(a->scene, node_num(a->rec.doc, "seconds", 0), &from,
	    &to, &e) == 0)
		return;
	asset_subject(a, subject, sizeof(subject));
	f = finding_add(&c->found, "range", subject, EX_DATA);
	finding_why(f, "%s", e.msg);
}

static void
check_asset(struct check *c, const struct asset_state *a)
{
	char subject[64], reason[ERR_MAX], cure[160];
	struct finding *f;

	if (a->rec.doc)
		c->records++;
	check_media(c, a);
	check_clip(c, a);
	if (a->state != STATE_FAILED && a->state != STATE_POINTER &&
	    (a->state != STATE_MISSING || !a->paid || a->in_store))
		return;
	asset_subject(a, subject, sizeof(subject));
	asset_reason(a, reason, sizeof(reason));
	asset_cure(a, cure, sizeof(cure));
	f = finding_add(&c->found, state_name(a->state), subject, EX_DATA);
	finding_why(f, "%s", reason);
	finding_cure(f, "%s", cure);
}

static void
print_text(const struct check *c)
{
	const struct finding *f;
	size_t i, k, nr;
	int own;

	for (k = 0; k < c->found.nr; k++) {
		f = &c->found.v[k];
		/* what names its file itself */
		own = !strcmp(f->what, "range") ||
		    !strcmp(f->what, "broken") ||
		    !strcmp(f->what, "unreadable");
		if (own)
			warning("%s", f->why);
		else
			warning("%s: %s: %s%s%s", f->file, f->what, f->why,
			    *f->cure ? "; " : "", f->cure);
	}
	findings_code(&c->found, &nr);
	printf("%zu scenes, %zu records, %zu media files, ",
	    c->plan->project.nr, c->records, c->files);
	i = c->objects;
	if (c->read_data)
		printf("%zu replies in the store, ", i);
	printf("%zu fault%s\n", nr, nr == 1 ? "" : "s");
}

static void
print_json(const struct check *c)
{
	struct node *doc = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	size_t nr;

	findings_code(&c->found, &nr);
	node_set_whole(doc, "scenes", (long long)c->plan->project.nr);
	node_set_whole(doc, "records", (long long)c->records);
	node_set_whole(doc, "files", (long long)c->files);
	node_set_whole(doc, "replies", (long long)c->objects);
	node_set_whole(doc, "faults", (long long)nr);
	node_set(doc, "found", findings_tree(&c->found));
	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
	node_free(doc);
}

int
cmd_check(int argc, char **argv)
{
	int read_data = 0, store = 0, json = 0, n, code;
	const struct option_def options[] = {
		{ 0, "read-data", OPT_FLAG, &read_data, NULL,
		    "read every byte again, of media and of their replies in "
		    "the store" },
		{ 0, "store", OPT_FLAG, &store, NULL,
		    "and of all else that the store holds" },
		{ 0, "json", OPT_FLAG, &json, NULL, "for programs" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = {
		"[--read-data [--store]] [--json]", NULL };
	struct usage u = { "studio check", synopsis,
		"Check every record, reference and digest of the project.",
		options };
	struct check c = { .plan = NULL };
	struct plan p;
	char **operands;
	size_t i;

	n = options_parse(&u, argc, argv, &operands);
	if (n)
		options_fail(&u, "'%s': takes no operands", operands[0]);
	plan_make(&p, 0);
	git_media_find(&p.project, &p.survey);
	c.plan = &p;
	c.read_data = read_data || store;
	for (i = 0; i < p.survey.nr; i++)
		check_asset(&c, &p.survey.a[i]);
	for (i = 0; !p.phase1 && i < p.project.video_nr; i++)
		check_asset(&c, &p.film[i].film);
	check_strays(&c);
	if (c.read_data)
		check_replies(&c, store);
	if (json)
		print_json(&c);
	else
		print_text(&c);
	code = findings_code(&c.found, NULL);
	findings_release(&c.found);
	strvec_release(&c.replies);
	plan_release(&p);
	return pipe_end(code);
}
