#include "media/font_own.h"

#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "media/font.h"
#include "media/font_trial.h"

static struct {
	char *file;
	FcConfig *config;
} own[FONT_OWN_FILES];
static int own_nr;
static pthread_mutex_t own_lock = PTHREAD_MUTEX_INITIALIZER;

/* Every face of the file goes by our name, so that it cannot stand in for a
 * font that we know, nor one of those for it. */
static void
rename_faces(FcConfig *c)
{
	FcFontSet *s = FcConfigGetFonts(c, FcSetApplication);
	int i;

	for (i = 0; s && i < s->nfont; i++) {
		FcPatternDel(s->fonts[i], FC_FAMILY);
		FcPatternAddString(s->fonts[i], FC_FAMILY,
		    (const FcChar8 *)FONT_OWN);
	}
}

static FcConfig *
make_config(const char *file, const char *rules)
{
	FcConfig *c = FcConfigCreate();
	FcFontSet *s;

	if (!c)
		return NULL;
	/* The rules refuse files that are not in their list, so this one is
	 * added before they are read. */
	if (FcConfigAppFontAddFile(c, (const FcChar8 *)file) &&
	    FcConfigParseAndLoadFromMemory(c, (const FcChar8 *)rules,
	    FcTrue) && FcConfigBuildFonts(c)) {
		s = FcConfigGetFonts(c, FcSetApplication);
		if (s && s->nfont > 0) {
			rename_faces(c);
			return c;
		}
	}
	FcConfigDestroy(c);
	return NULL;
}

static FcConfig *
find(const char *file, const char *rules, struct err *e)
{
	FcConfig *c;
	int i;

	for (i = 0; i < own_nr; i++)
		if (!strcmp(own[i].file, file))
			return own[i].config;
	if (own_nr == FONT_OWN_FILES) {
		err_set(e, EX_DATA, "%s: more than %d fonts of your own in "
		    "one run; use fewer", file, FONT_OWN_FILES);
		return NULL;
	}
	if (font_trial(file, e) < 0)
		return NULL;
	c = make_config(file, rules);
	if (!c) {
		err_set(e, EX_DATA, "%s: is no font that can be opened; use a "
		    ".ttf or .otf file", file);
		return NULL;
	}
	own[own_nr].file = xstrdup(file);
	own[own_nr++].config = c;
	return c;
}

FcConfig *
font_own_config(const char *file, const char *rules, struct err *e)
{
	struct stat st;
	FcConfig *c;

	if (stat(file, &st) < 0) {
		err_errno(e, "%s: cannot open", file);
		return NULL;
	}
	if (!S_ISREG(st.st_mode) || st.st_size > FONT_OWN_MAX) {
		err_set(e, EX_DATA, "%s: is no file of at most %u MiB; use a "
		    "font that is", file, FONT_OWN_MAX >> 20);
		return NULL;
	}
	pthread_mutex_lock(&own_lock);
	c = find(file, rules, e);
	pthread_mutex_unlock(&own_lock);
	return c;
}
