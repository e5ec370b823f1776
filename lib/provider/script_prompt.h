/*
 * What a language model is asked for a script: a system turn with the rules, a
 * user turn with the material, and one more where the length is off. The same
 * request gives the same bytes.
 */
#ifndef PROVIDER_SCRIPT_PROMPT_H
#define PROVIDER_SCRIPT_PROMPT_H

#include "base/strbuf.h"
#include "provider/provider.h"
#include "record/node.h"

/* Append the rules: form, language, length, platform, narration, pictures,
 * and what may be said. */
void script_prompt_system(const struct script_request *q, struct strbuf *out);

/* Append brief and source, each between tags that are not in it, and last the
 * user's own instructions. */
void script_prompt_user(const struct script_request *q, struct strbuf *out);

/* Append the turn after an answer whose film would last got seconds, where
 * want are needed (as script_seconds() reckons; see script_finish.h). */
void script_prompt_repair(const struct script_request *q, double got,
	double want, struct strbuf *out);

/* The JSON Schema of the answer, as strict modes take it: all properties are
 * required, and no others allowed. To be freed. */
struct node *script_prompt_schema(void);

#endif
