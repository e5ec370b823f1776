/*
 * The rules of script_prompt.h that depend on platform, tone and language.
 */
#ifndef PROVIDER_SCRIPT_RULES_H
#define PROVIDER_SCRIPT_RULES_H

#include "base/strbuf.h"

/* Append "German (de)" of a BCP 47 tag. */
void script_rules_language(const char *tag, struct strbuf *out);
/* Append a line on this tone; nothing for "" or NULL. */
void script_rules_tone(const char *tone, struct strbuf *out);
/* Append a section on how such a film opens and ends. A platform that is not
 * known is youtube. */
void script_rules_platform(const char *platform, struct strbuf *out);
/* The shape of its frame, "upright, 9:16". Static. */
const char *script_rules_frame(const char *platform);

#endif
