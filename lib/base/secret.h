/*
 * Keys of providers: kept out of everything that is written.
 *
 * A key that was read is registered here. From then on err_set, warning and
 * whoever calls secret_hide show asterisks in its place, and the process leaves
 * no core file and cannot be traced by another of the same user.
 */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>

#include "base/strvec.h"

#define SECRET_MIN 6 /* bytes; a shorter key would hide common words */

/* Register a key; copied. */
void secret_add(const char *key);
/* Put asterisks in place of every key in these n bytes, and of one that was cut
 * off at their end and shows SECRET_MIN bytes; returns how many places there
 * were, keys that overlap being one. */
size_t secret_hide(char *p, size_t n);

/* Name a variable of the environment that holds a key, beside those whose names
 * tell (secret_is_variable); children do not get it. */
void secret_add_variable(const char *name);
/* Does "NAME=value" or "NAME" hold a key: one named, or a name that ends in
 * _API_KEY, _TOKEN or _SECRET? */
int secret_is_variable(const char *var);

#endif
