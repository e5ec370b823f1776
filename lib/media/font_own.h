/*
 * A font file of the user's own beside the named ones. For font.c only.
 */
#ifndef MEDIA_FONT_OWN_H
#define MEDIA_FONT_OWN_H

#include <fontconfig/fontconfig.h>

#include "base/error.h"

/* A configuration by the rules, an XML text, and with that file as the family
 * FONT_OWN. One for a file and process, never freed, since Pango's threads
 * keep references. NULL with EX_DATA where it is no font, or more than
 * FONT_OWN_FILES are used. */
#define FONT_OWN_FILES 16
FcConfig *font_own_config(const char *file, const char *rules,
	struct err *e);

#endif
