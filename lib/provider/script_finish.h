/*
 * From a script to the result of a provider: what all that write one do last.
 */
#ifndef PROVIDER_SCRIPT_FINISH_H
#define PROVIDER_SCRIPT_FINISH_H

#include "provider/provider.h"
#include "text/script.h"

/* Seconds that the film of this script will last: its voice by the pace of
 * q's voice provider, and the platform's gaps. 0 without scenes. */
double script_seconds(const struct script_request *q, const struct script *s);

/* Print s to r->markdown, set r's title, description and tags where s has them
 * and r has not yet, predict r->seconds, and add what check_script says to
 * r->warnings; a placeholder is neither timed nor checked. With a source,
 * names and numbers may be from it, the brief and the instructions. version
 * and source_type are the provider's to set. */
void script_finish(const struct script_request *q, const struct script *s,
	struct script_result *r);

#endif
