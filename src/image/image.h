/*
 * image: what the filter and the project mode share.
 */
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include "base/options.h"

struct image_options {
	const char *dir, *provider, *size, *style, *tone, *look, *title;
	const char *language, *file, *check;
	int cover, again, retry, regen, network, stored, quiet;
};

/* Make, or find fresh, the pictures of the named scenes (of all when nr is 0),
 * or the cover, and print their records unless quiet. Returns the exit code:
 * the worst of them. */
int image_project(const struct usage *u, const struct image_options *o,
	char **scenes, int nr);

#endif
