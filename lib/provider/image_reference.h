/*
 * Pictures of the characters of a scene, for providers that look at them.
 */
#ifndef PROVIDER_IMAGE_REFERENCE_H
#define PROVIDER_IMAGE_REFERENCE_H

#include "provider/provider.h"

#define IMAGE_REFERENCES 4 /* sent with one request */
#define IMAGE_REFERENCE_BYTES (8u << 20)

/*
 * Read the pictures of characters (as in struct image_request; NULL: none)
 * from beneath root into list and return how many. EX_DATA for what is not a
 * whole PNG, JPEG or WebP of up to IMAGE_REFERENCE_BYTES; one over
 * IMAGE_REFERENCES is left out, which adds a line to warnings. On error
 * nothing is left to be released.
 */
int image_references_read(const char *root, const struct node *characters,
	struct image_reference list[IMAGE_REFERENCES],
	struct strbuf *warnings, struct err *e);
void image_references_release(struct image_reference *list, size_t nr);

#endif
