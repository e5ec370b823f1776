/*
 * A language model's answer to script_prompt.h, read as a script.
 *
 * Models do as they are told most of the time, so this is tolerant: thoughts,
 * fences and greetings round the JSON, trailing commas, raw newlines in texts,
 * keys in another case or by a usual other name, scenes that are plain texts,
 * and a script in Markdown instead. What a voice would stumble over goes:
 * markup, stage directions, labels such as "Narrator:".
 */
#ifndef PROVIDER_SCRIPT_REPLY_H
#define PROVIDER_SCRIPT_REPLY_H

#include "base/error.h"
#include "base/strbuf.h"
#include "text/script.h"

#define REPLY_BYTES (1u << 20)
#define REPLY_SCENES 1000

/*
 * Read the text of an answer into *out (empty before, and after an error).
 * name is for messages: "openai:MODEL". cut: the server says that it stopped
 * at its limit of length. Texts of scenes are one paragraph each; a scene
 * without words stays when it has an image. What script_print makes of *out
 * parses to the same script.
 *
 * Errors: EX_REFUSED where the answer was cut off (it says what to set);
 * EX_DATA where it is no script, quoting its start, or is over the limits.
 */
int script_reply_read(const char *name, const struct strbuf *text, int cut,
	struct script *out, struct err *e);

#endif
