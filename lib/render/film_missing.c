/*
 * What a film still lacks, as the program that wants it says (film_read.h).
 */
#include <stdlib.h>
#include <string.h>

#include "render/film_read.h"
#include "store/git_media.h"

static int
check_asset(const struct asset_state *a, size_t index, const char *program,
    struct err *e)
{
	const char *allow = getenv("ALLOW_PLACEHOLDER");
	const char *dir = a->scene ? a->scene->dir : "";
	const char *what = asset_what_name(a->what);

	/* what make does not do by itself has to be asked for */
	if (a->state == STATE_POINTER)
		return err_set(e, EX_LATER, "scene %zu (%s): its %s is a Git "
		    "LFS pointer; git lfs pull", index, dir, what);
	if (state_is_faulty(a))
		return err_set(e, EX_DATA, "scene %zu: %s", index, a->why);
	if (e && a->state == STATE_MISSING && git_media_of(a))
		return err_set(e, EX_LATER, "scene %zu (%s): its %s is missing"
		    "; git has it: studio restore %zu", index, dir, what,
		    index);
	if (!state_is_usable(a))
		return err_set(e, EX_LATER, "scene %zu (%s): its %s %s%s%s; "
		    "studio %s %zu%s", index, dir, what,
		    a->why ? "failed" : a->state == STATE_ABSENT ? "was " :
		    "is ", a->why ? ": " : "",
		    a->why ? a->why : state_name(a->state), program, index,
		    state_needs_making(a) ? "" : a->state == STATE_FAILED
		    ? " --retry" : " --regen");
	if (node_bool(a->rec.doc, "placeholder", 0) &&
	    a->state == STATE_FRESH && (!allow || strcmp(allow, "1")))
		return err_set(e, EX_LATER, "scene %zu (%s): its %s is a "
		    "placeholder; make a real one, or set "
		    "ALLOW_PLACEHOLDER=1", index, dir, what);
	return 0;
}

int
film_missing(const struct video *v, const struct survey *s, size_t i,
    int sound_only, struct err *e)
{
	size_t at = v->scene[i];

	if (check_asset(survey_used(s, ASSET_AUDIO, at), at + 1, "tts", e) < 0)
		return -1;
	return sound_only ? 0 : check_asset(survey_used(s, ASSET_IMAGE, at),
	    at + 1, "image", e);
}
