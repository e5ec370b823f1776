/*
 * The voice that a project's settings name, when its provider changes.
 */
#ifndef STORE_VOICE_SETTING_H
#define STORE_VOICE_SETTING_H

#include "base/error.h"
#include "record/project.h"

/*
 * p, as it was read before the change, gets spec as its ttsProvider: remove
 * defaultTtsVoice from its settings.yaml where it was a voice of another
 * provider. A command (exec:) takes any voice, so with one it stays. *dropped
 * (may be NULL) gets what was removed, to be freed, or NULL.
 */
int voice_setting_follow(const struct project *p, const char *spec,
	char **dropped, struct err *e);

#endif
