/*
 * What git can put back for nothing. Each question runs git once, so ask only
 * about what is missing or wrong, and about many at once.
 */
#ifndef STORE_GIT_MEDIA_H
#define STORE_GIT_MEDIA_H

#include "store/state.h"

/* Has the last commit the file at path (its folder must be there) with these
 * bytes, or a Git LFS pointer to them? No where there is no git. */
int git_media_has(const char *path, const char *sha256);

/* Has it such a file, whatever is in it? */
int git_media_tracks(const char *path);

/* Ask for all of a survey's media that are gone, so that git_media_of knows.
 * Holds the bytes of one blob or of some, up to 64 MiB, at a time. */
void git_media_find(const struct project *p, struct survey *v);

/* Has it the media of an asset's record? */
int git_media_of(const struct asset_state *a);

/* What brings that back, to be freed: "studio restore 3" for a scene. NULL
 * where git has not. */
char *git_media_cure(const struct asset_state *a);

#endif
