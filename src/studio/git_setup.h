/*
 * What git should know of a project: what to ignore, what to take whole, and
 * two settings, which a clone does not bring along.
 */
#ifndef STUDIO_GIT_SETUP_H
#define STUDIO_GIT_SETUP_H

#include "base/error.h"
#include "base/strbuf.h"

/* Write .gitignore and .gitattributes; to those that are there the lines that
 * they lack are added. */
int git_setup_files(const char *dir, struct err *e);

/* Make a repository for a new project and set it up. In one that is there
 * already nothing is set; what it lacks is said, as that git is missing. */
void git_setup_new(const char *dir);

/* Append one line, without newline, that names the settings which the
 * repository of the project at root lacks and how they are set: 1. Nothing and
 * 0 where all is well, or there is no git or no repository. */
int git_setup_missing(const char *root, struct strbuf *line);
/* Set them. Fine where there is no repository. */
int git_setup_mend(const char *root, struct err *e);

#endif
