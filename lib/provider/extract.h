/*
 * The embedded script provider: condenses the source to the target length by
 * choosing its own sentences (text/summary.h); a brief alone becomes an
 * outline marked as placeholder (text/outline.h). No model, no network.
 */
#ifndef PROVIDER_EXTRACT_H
#define PROVIDER_EXTRACT_H

#include "provider/provider.h"

extern const struct script_provider extract_script;

#endif
