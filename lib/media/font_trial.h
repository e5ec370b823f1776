/*
 * A stranger's font is tried in a child before this process reads it.
 */
#ifndef MEDIA_FONT_TRIAL_H
#define MEDIA_FONT_TRIAL_H

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Read the font file, load glyphs from all over it as they will be drawn, and
 * shape a text with its tables, in a child that is shut in (base/jail.h). -1
 * with EX_DATA where it is no font, or one that breaks what reads it; a file
 * over FONT_OWN_MAX is refused.
 */
int font_trial(const char *file, struct err *e);

/* What the child does: 0 where the bytes are no font. */
int font_trial_here(const struct strbuf *file);

#endif
