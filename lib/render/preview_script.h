/*
 * Scenes for the preview of a project that has none yet: of script.md where
 * there is one, else of the script that the embedded "extract" makes of
 * brief.md and source.md. Nothing is written.
 */
#ifndef RENDER_PREVIEW_SCRIPT_H
#define RENDER_PREVIEW_SCRIPT_H

#include "record/project.h"

/* Lend p, which has no scenes, those scenes. *from says what they are from:
 * "script.md", "source.md" ...; static. EX_DATA where there is nothing to make
 * them from, or a file is no UTF-8. */
int preview_script(struct project *p, const char **from, struct err *e);

#endif
