#include "record/schema_map.h"

#include <string.h>

#include "base/utf8.h"
#include "record/schema_value.h"

#define CHARACTER "a description such as \"a tall man with a white beard\", " \
	"or {description: TEXT, picture: media/otto.png}"

static const struct field speaker_fields[] = {
	{ "provider", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "voice", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "speed", VALUE_NUMBER, 0, NULL, 0.5, 2 },
	FIELDS_END
};

static const struct field character_fields[] = {
	{ "description", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "picture", VALUE_PATH, 0, NULL, 0, 0 },
	FIELDS_END
};

int
schema_check_speakers(const char *file, const struct node *doc,
    const char *field, struct err *e)
{
	const struct node *map = node_get(doc, field);
	struct place one = { file, field, NULL, 0 };
	size_t i;

	for (i = 0; map && i < map->nr; i++) {
		one.name = map->kid[i]->key;
		if (map->kid[i]->kind == NODE_MAP &&
		    value_check_fields(speaker_fields, map->kid[i], &one,
		    e) < 0)
			return -1;
		if (map->kid[i]->kind == NODE_LIST)
			return value_wrong(&one, map->kid[i], "",
			    "a voice, or {voice: NAME, speed: 1.0}", e);
	}
	return 0;
}

/* The name as a message shows it. */
static const char *
shown(const char *name, char *out, size_t size)
{
	utf8_printable(out, size, name, strlen(name));
	return out;
}

/* A digest has "character.NAME" and "character.NAME.picture". */
static int
is_taken(const char *name)
{
	static const char end[] = ".picture";
	size_t n = strlen(name), k = sizeof(end) - 1;

	return n >= k && !strcmp(name + n - k, end);
}

int
schema_check_characters(const char *file, const struct node *doc,
    const char *field, struct err *e)
{
	const struct node *map = node_get(doc, field), *kid;
	struct place one = { file, field, NULL, 0 };
	char name[61];
	size_t i;

	for (i = 0; map && i < map->nr; i++) {
		kid = map->kid[i];
		one.name = kid->key;
		if (is_taken(kid->key))
			return err_set(e, EX_DATA, "%s:%zu: %s: the name "
			    "\"%s\" ends in .picture; give another", file,
			    kid->line, field, shown(kid->key, name,
			    sizeof(name)));
		if (kid->kind == NODE_MAP &&
		    value_check_fields(character_fields, kid, &one, e) < 0)
			return -1;
		if (kid->kind != NODE_SCALAR &&
		    !node_str(kid, "description", NULL) &&
		    !node_str(kid, "picture", NULL))
			return value_wrong(&one, kid, "", CHARACTER, e);
	}
	return 0;
}

static int
is_option_name(const char *s)
{
	size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789_.-");

	return n > 0 && n <= OPTION_NAME_MOST && !s[n];
}

int
schema_check_options(const char *file, const struct node *doc,
    const char *field, struct err *e)
{
	const struct node *map = node_get(doc, field), *kid;
	struct place one = { file, field, NULL, 0 };
	char name[61];
	size_t i;

	if (map && map->nr > OPTIONS_MOST)
		return err_set(e, EX_DATA, "%s:%zu: %s: has %zu options, more "
		    "than %d; keep those that count", file, map->line, field,
		    map->nr, OPTIONS_MOST);
	for (i = 0; map && i < map->nr; i++) {
		kid = map->kid[i];
		one.name = kid->key;
		if (!is_option_name(kid->key))
			return err_set(e, EX_DATA, "%s:%zu: %s: found the name "
			    "'%s'; must be up to %d of A-Z, a-z, 0-9, _, . and "
			    "-, as the provider calls it", file, kid->line,
			    field, shown(kid->key, name, sizeof(name)),
			    OPTION_NAME_MOST);
		if (kid->kind != NODE_SCALAR || kid->len > OPTION_MOST)
			return value_wrong(&one, kid, "", "a number, true, "
			    "false, or a text of up to 8192 bytes", e);
	}
	return 0;
}
