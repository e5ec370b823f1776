/*
 * studio check: every record, reference and digest, each fault on a line.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/pipe.h"
#include "store/clip_range.h"
#include "studio/studio.h"

struct tally {
	size_t records, files, faults;
};

/* Read the media again, whatever the cache says. */
static void
check_media(const struct asset_state *a, struct tally *t)
{
	char sum[SHA256_HEX];
	struct err e = ERR_INIT;

	if (!a->media || !a->rec.sha256 || !file_exists(a->media))
		return;
	/* a script is written on by its user, which is no fault */
	if (a->what == ASSET_SCRIPT && a->state == STATE_MODIFIED)
		return;
	t->files++;
	if (sha256_file(a->media, sum, NULL, &e) < 0)
		warning("%s", e.msg);
	else if (strcmp(sum, a->rec.sha256) != 0)
		warning("%s: is not what %s says; studio adopt keeps it, "
		    "or %s", a->media, a->rec.path, strstr(a->media, ".local.")
		    ? "remove it to have it made again"
		    : "put the recorded bytes back");
	else
		return;
	t->faults++;
}

/* Does the scene want what its moving picture does not hold? */
static void
check_clip(const struct asset_state *a, struct tally *t)
{
	struct err e = ERR_INIT;
	double from, to;

	if (a->what != ASSET_IMAGE || !a->used || a->state != STATE_FRESH ||
	    strcmp(node_str(a->rec.doc, "kind", ""), "moving") != 0)
		return;
	if (clip_range(a->scene, node_num(a->rec.doc, "seconds", 0), &from,
	    &to, &e) == 0)
		return;
	warning("%s", e.msg);
	t->faults++;
}

static void
check_asset(const struct asset_state *a, struct tally *t)
{
	char subject[64], reason[ERR_MAX];

	asset_subject(a, subject, sizeof(subject));
	asset_reason(a, reason, sizeof(reason));
	if (a->rec.doc)
		t->records++;
	check_media(a, t);
	check_clip(a, t);
	if (a->state == STATE_FAILED)
		warning("%s: %s", subject, reason);
	else if (a->state == STATE_MISSING && a->paid && !a->in_store)
		warning("%s: %s; put it back, or make it again with --regen",
		    subject, reason);
	else if (a->state == STATE_POINTER)
		warning("%s: %s; git lfs pull", subject, reason);
	else
		return;
	t->faults++;
}

/* Records of takes that nothing asks for are read too. */
static void
check_strays(const struct project *p, struct tally *t)
{
	struct err e = ERR_INIT;
	struct dirent *d;
	struct asset a;
	char *dir, *path;
	const char *dot;
	DIR *h;
	size_t i;

	for (i = 0; i < p->nr; i++) {
		dir = project_path(p, "scenes/%s", p->scene[i].dir);
		h = opendir(dir);
		while (h && (d = readdir(h))) {
			dot = strrchr(d->d_name, '.');
			if (!dot || strcmp(dot, ".json") != 0)
				continue;
			path = xasprintf("%s/%s", dir, d->d_name);
			if (asset_load(&a, strncmp(d->d_name, "audio", 5)
			    ? RECORD_IMAGE : RECORD_AUDIO, path, &e) < 0) {
				warning("%s", e.msg);
				t->faults++;
			} else {
				asset_release(&a);
			}
			free(path);
		}
		if (h)
			closedir(h);
		free(dir);
	}
}

int
cmd_check(int argc, char **argv)
{
	const struct option_def options[] = {
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "", NULL };
	struct usage u = { "studio check", synopsis,
		"Check every record, reference and digest of the project.",
		options };
	struct tally t = { 0, 0, 0 };
	struct plan p;
	char **operands;
	size_t i;
	int n;

	n = options_parse(&u, argc, argv, &operands);
	if (n)
		options_fail(&u, "'%s': takes no operands", operands[0]);
	plan_make(&p);
	for (i = 0; i < p.survey.nr; i++)
		check_asset(&p.survey.a[i], &t);
	for (i = 0; !p.phase1 && i < p.project.video_nr; i++)
		check_asset(&p.film[i].film, &t);
	check_strays(&p.project, &t);
	printf("%zu scenes, %zu records, %zu media files, %zu fault%s\n",
	    p.project.nr, t.records, t.files, t.faults,
	    t.faults == 1 ? "" : "s");
	plan_release(&p);
	return pipe_end(t.faults ? EX_DATA : EX_DONE);
}
