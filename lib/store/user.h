/*
 * What belongs to the user and not to a project: settings, the store's place,
 * trust.
 */
#ifndef STORE_USER_H
#define STORE_USER_H

#include "base/error.h"
#include "base/strvec.h"
#include "record/node.h"

/* May a project run this command? It may when it is in the user's trust: list
 * (byte for byte); else EX_CONF with the command that adds it. */
int trust_check(const char *command, struct err *e);
/* Every trusted command; the caller releases. */
int trust_list(struct strvec *out, struct err *e);
int trust_add(const char *command, struct err *e);

/* The user's settings.yaml as a tree (an empty map when there is none); NULL
 * on error. To be freed. */
struct node *user_settings(struct err *e);
/* Its path, to be freed. */
char *user_settings_path(void);
/* The store's folder, to be freed. */
char *store_dir(void);

#endif
