/*
 * How states are told to people: subject, reason, cure.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/path.h"
#include "store/git_media.h"
#include "studio/studio.h"

void
asset_subject(const struct asset_state *a, char *out, size_t size)
{
	if (a->scene)
		snprintf(out, size, "%zu %s", a->scene->index,
		    asset_what_name(a->what));
	else if (a->video)
		snprintf(out, size, "%s", a->video->name);
	else
		snprintf(out, size, "%s", asset_what_name(a->what));
	if (a->take > 1)
		snprintf(out + strlen(out), size - strlen(out), ".%d", a->take);
}

enum state
film_state(const struct film_plan *f)
{
	return f->needed && f->film.state == STATE_FRESH ? STATE_STALE
	    : f->film.state;
}

static const char *
program_of(const struct asset_state *a)
{
	return a->what == ASSET_AUDIO ? "tts" : "image";
}

void
asset_reason(const struct asset_state *a, char *out, size_t size)
{
	const struct changes *c = &a->changes;

	switch (a->state) {
	case STATE_FRESH:
		snprintf(out, size, "fresh");
		break;
	case STATE_ABSENT:
		snprintf(out, size, "never made");
		break;
	case STATE_MISSING:
		if (a->media && file_exists(a->media) && !a->video)
			snprintf(out, size, "%s is that of another branch",
			    a->rec.url);
		else
			snprintf(out, size, "%s is not in the folder%s",
			    a->rec.url ? a->rec.url : "its file",
			    !a->paid ? "" : a->in_store
			    ? "; the store has it" : " or the store");
		break;
	case STATE_MODIFIED:
		if (a->what != ASSET_SCRIPT)
			snprintf(out, size, "your file is kept and used%s",
			    a->media && strstr(path_basename(a->media),
			    ".local.") ? "; git ignores its name until you "
			    "adopt it" : "");
		else
			snprintf(out, size, "you edited it; %s", c->nr
			    ? "brief, source or a setting changed since"
			    : "it is kept and used");
		break;
	case STATE_POINTER:
		snprintf(out, size, "is a Git LFS pointer");
		break;
	case STATE_FAILED:
		snprintf(out, size, "%s", a->why ? a->why : "it failed");
		break;
	case STATE_STALE:
		if (!c->nr && a->what == ASSET_SPLIT && a->rec.request &&
		    !strcmp(a->rec.request, a->want->digest))
			snprintf(out, size, "a new scene folder has no id yet");
		else if (c->nr == 1)
			snprintf(out, size, "%s changed", c->v[0].key);
		else if (c->nr == 2)
			snprintf(out, size, "%s and %s changed", c->v[0].key,
			    c->v[1].key);
		else if (c->nr > 2)
			snprintf(out, size, "%s and %zu more changed",
			    c->v[0].key, c->nr - 1);
		else
			snprintf(out, size, "not as its record says");
		break;
	}
}

/* A link, folder or the like in the place of a file. */
static int
is_no_file(const char *path)
{
	struct stat st;

	return path && lstat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

/* The record or the media cannot be read. Nothing but a file is written over,
 * so what is none has to make way first. */
static void
cure_fault(const struct asset_state *a, char *out, size_t size)
{
	const char *media = is_no_file(a->media) ? a->media : NULL;
	const char *bad = media ? media : a->rec.path;
	int git = bad && git_media_tracks(bad);
	char back[40] = "make";

	if (!bad) {
		snprintf(out, size, "mend it, then: make");
		return;
	}
	if (git && a->scene)
		snprintf(back, sizeof(back), "studio restore %zu",
		    a->scene->index);
	else if (git)
		snprintf(back, sizeof(back), "git checkout HEAD -- %.16s",
		    path_basename(bad));
	if (is_no_file(bad))
		snprintf(out, size, "move %.60s away, then: %s",
		    path_basename(bad), back);
	else if (git)
		snprintf(out, size, "mend that file, or: %s", back);
	else
		snprintf(out, size, "mend that file, or move it away, then: "
		    "make");
}

/* What git has costs nothing; only then is paying again an answer. */
static void
cure_missing(const struct asset_state *a, char *out, size_t size)
{
	char *way = git_media_cure(a);

	if (way)
		snprintf(out, size, "git has it: %s", way);
	else if (a->scene)
		snprintf(out, size, "put it back, or: studio %s %zu --regen",
		    program_of(a), a->scene->index);
	else
		snprintf(out, size, "put it back, or: studio image --cover "
		    "--regen");
	free(way);
}

void
asset_cure(const struct asset_state *a, char *out, size_t size)
{
	size_t n = a->scene ? a->scene->index : 0;

	out[0] = '\0';
	switch (a->state) {
	case STATE_FAILED:
		if (a->what == ASSET_SCRIPT)
			snprintf(out, size, "edit brief.md or source.md, or: "
			    "studio gen-script --again");
		else if (!a->want && a->scene)
			snprintf(out, size, "mend scenes/%s/scene.yaml",
			    a->scene->dir);
		else if (!a->rec.doc || state_is_faulty(a))
			cure_fault(a, out, size);
		else if (!a->scene)
			snprintf(out, size, "mend it, then: make");
		else
			snprintf(out, size, "edit %s, or: studio %s %zu "
			    "--retry", a->what == ASSET_AUDIO ? "text"
			    : "image.prompt", program_of(a), n);
		break;
	case STATE_MISSING:
		if (a->paid && !a->in_store)
			cure_missing(a, out, size);
		break;
	case STATE_POINTER:
		snprintf(out, size, "git lfs pull");
		break;
	case STATE_MODIFIED:
		if (a->what == ASSET_SCRIPT && a->changes.nr)
			snprintf(out, size, "studio gen-script --again");
		else if (a->what == ASSET_SCRIPT)
			break; /* what it was made from is as it was */
		else if (a->scene)
			snprintf(out, size, "studio adopt %zu", n);
		else
			snprintf(out, size, "studio adopt %s",
			    asset_what_name(a->what));
		break;
	default:
		break;
	}
}
