/*
 * What is in a folder.
 */
#ifndef BASE_FOLDER_H
#define BASE_FOLDER_H

#include "base/error.h"
#include "base/strvec.h"

/* Append the names in the folder at path, without "." and "..", and sort the
 * list by bytes. Where nothing is there, or no folder, there are no names;
 * where it cannot be read to its end, that is EX_IO and never an empty or a
 * shorter list. Over FOLDER_NAMES are EX_DATA. */
int folder_list(const char *path, struct strvec *names, struct err *e);

#define FOLDER_NAMES 4000000

#endif
