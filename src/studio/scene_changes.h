/*
 * What differs between two states of a scene, or of the settings, in words. A
 * change is a map: "what" it is, what it "was" and what it is "now"; one of
 * these is missing where there was nothing.
 */
#ifndef STUDIO_SCENE_CHANGES_H
#define STUDIO_SCENE_CHANGES_H

#include "base/strbuf.h"
#include "studio/snapshot.h"

/* Append to list: "text", "say", "notes", "prompt" and other keys as in
 * scene.yaml ("audio.speed"); "voice" and "picture" where other media is used.
 * Either may be NULL: then what the other has is new or gone. */
void scene_changes(const struct snap_scene *was, const struct snap_scene *now,
	struct node *list);

/* Append what differs between two maps, key by key; what is over maps of maps
 * is named "a.b". prefix ("image.") is put before the keys. */
void map_changes(const struct node *was, const struct node *now,
	const char *prefix, struct node *list);

/* A picture's or voice's record in a few words; "" for none. */
void media_words(const struct node *rec, struct strbuf *out);

/* Append a change. Either value may be NULL. */
void change_add(struct node *list, const char *what, const char *was,
	const char *now);

/* Append the "what" of all, separated by ", ". */
void change_names(const struct node *list, struct strbuf *out);

/* Print what each was and is, a line each, indented. */
void change_print_values(const struct node *list, int indent);

#endif
