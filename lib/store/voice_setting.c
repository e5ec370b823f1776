#include "store/voice_setting.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/spec.h"
#include "record/yaml.h"

int
voice_setting_follow(const struct project *p, const char *spec,
    char **dropped, struct err *e)
{
	const char *was = project_setting(p, "ttsProvider", "flite");
	const char *voice = project_setting(p, "defaultTtsVoice", "");
	size_t n = strcspn(was, ":");
	char *path;
	int changed;

	if (dropped)
		*dropped = NULL;
	if (!*voice || spec_is(spec, "exec") || spec_is(was, "exec") ||
	    (!strncmp(was, spec, n) && strcspn(spec, ":") == n))
		return 0;
	path = project_path(p, "settings.yaml");
	changed = yaml_edit_file(path, "defaultTtsVoice", NULL, e);
	free(path);
	if (changed > 0 && dropped)
		*dropped = xstrdup(voice);
	return changed < 0 ? -1 : 0;
}
