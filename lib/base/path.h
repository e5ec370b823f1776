/*
 * Paths as text, and paths that must stay inside a folder.
 */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/error.h"

/* dir/name; name as it is when absolute or dir is "" or ".". To be freed. */
char *path_join(const char *dir, const char *name);
/* Folder part ("." where there is none), to be freed. */
char *path_dirname(const char *path);
/* Last component: a pointer into path. */
const char *path_basename(const char *path);
/* Extension without the dot, "" where there is none; points into path. */
const char *path_extension(const char *path);
/* An absolute path as it is seen from the current folder, where it lies in or
 * below it, else as it is; points into path. */
const char *path_from_here(const char *path);

/* Is rel a plain relative path: not empty, not absolute, no "..", no "."
 * component, no NUL or control character, no scheme such as "file:"? */
int path_is_inside(const char *rel);

/* Open rel beneath the folder root for reading: no component may be a
 * symbolic link or lead out, and the file must be a regular one. Names the
 * path and the cure. Returns a descriptor. */
int path_open_beneath(const char *root, const char *rel, struct err *e);

/* XDG folders with "/studio" added, to be freed. */
char *path_config_home(void); /* $XDG_CONFIG_HOME or ~/.config */
char *path_data_home(void);   /* $XDG_DATA_HOME or ~/.local/share */
char *path_run_home(void);    /* $XDG_RUNTIME_DIR, else under data home */

/* The folder of the running program, to be freed; NULL if unknown. */
char *path_program_dir(void);

/* A file that comes with the programs (studio.mk, prices.yaml), to be freed:
 * in lib/ of the source tree that they were built in, else in share/studio of
 * where they are installed. Where it is in neither, the last is given. */
char *path_share(const char *name);

#endif
