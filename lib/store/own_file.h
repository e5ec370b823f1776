/*
 * The user's own pictures and recordings, named on a command line.
 */
#ifndef STORE_OWN_FILE_H
#define STORE_OWN_FILE_H

#include "base/error.h"
#include "record/project.h"

/* Make the file at path (from the current folder) one of the project's: as it
 * is where it lies in the project, else as a copy in media/. Returns its path
 * in the project, to be freed; NULL on error, EX_DATA where media/ holds
 * another file of that name. */
char *own_file_take(const struct project *p, const char *path, struct err *e);

#endif
