/*
 * Parts of reading a project, shared by the project_*.c files only.
 */
#ifndef RECORD_PROJECT_PART_H
#define RECORD_PROJECT_PART_H

#include "record/project.h"

/* Fill p->scene from scenes/, in order. */
int project_read_scenes(struct project *p, struct err *e);
/* Set what points into s->doc. */
void project_scene_fields(struct scene *s);
/* Fill p->video from project.yaml; scenes have been read. */
int project_read_videos(struct project *p, struct err *e);
/* Set p->settings, p->lexicon and p->characters, with those of the parents. */
int project_read_settings(struct project *p, struct err *e);

/* EX_DATA where build/, ledger/, media/, video/ or a folder of build/ is a
 * symbolic link. */
int project_check_folders(const struct project *p, struct err *e);

/* EX_CONF where a file of a project sets what only a user may. */
int project_refuse_user_keys(const char *file, const struct node *n,
	struct err *e);

/* EX_DATA where the file that was read has nothing in it: not its fields are
 * to be written one by one, as the last commit has them. */
int project_refuse_empty(const char *rel, const struct node *doc,
	struct err *e);
/* yaml_load of ROOT/rel with rel in messages; *missing is set (and NULL
 * returned) where there is no such file. */
struct node *project_yaml(const char *root, const char *rel, int *missing,
	struct err *e);

#endif
