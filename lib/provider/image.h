/*
 * The list of picture providers, and what they share.
 */
#ifndef PROVIDER_IMAGE_H
#define PROVIDER_IMAGE_H

#include "provider/provider.h"

#define IMAGE_PROMPT_BYTES (1u << 20)

/* The file that a result is kept as: the bytes as they came, or a PNG that
 * says how it was made. Appended to out; *ext is static. */
int image_result_file(const struct image_result *r, struct strbuf *out,
	const char **ext, struct err *e);

#endif
