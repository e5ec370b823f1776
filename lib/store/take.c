/* The takes of a scene, and where their records are (store/state.h). */
#include "store/state.h"

#include <stdio.h>
#include <string.h>

int
scene_use(const struct scene *s, enum asset_what w)
{
	int use = w == ASSET_AUDIO ? s->audio_use : s->image_use;

	return use > 0 ? use : 1;
}

const char *
scene_file(const struct scene *s, enum asset_what w)
{
	if (!s)
		return NULL;
	return w == ASSET_AUDIO ? s->audio_file : s->image_file;
}

int
scene_takes(const struct scene *s, enum asset_what w)
{
	int takes = w == ASSET_AUDIO ? s->audio_takes : s->image_takes;

	return takes < 1 || scene_file(s, w) ? 1 : takes;
}

int
scene_is_silent(const struct scene *s)
{
	const char *spoken = s->say ? s->say : s->text;

	return !s->audio_file && !spoken[strspn(spoken, " \t\r\n")];
}

char *
asset_record_path(const struct project *p, enum asset_what w,
    const struct scene *s, int take)
{
	char n[16] = "";

	if (take > 1)
		snprintf(n, sizeof(n), ".%d", take);
	switch (w) {
	case ASSET_SCRIPT:
		return project_path(p, "script.json");
	case ASSET_SPLIT:
		return project_path(p, "scenes/split.json");
	case ASSET_COVER:
		return project_path(p, "cover.json");
	default:
		return project_path(p, "scenes/%s/%s%s.json", s->dir,
		    asset_what_name(w), n);
	}
}
