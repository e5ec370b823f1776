#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/project_part.h"
#include "record/schema.h"

/* Folders above a project that are looked at for shared settings. */
#define PARENTS 64

/* Add to map what it does not have of more; maps inside are joined too. The
 * depth of both was limited when they were read. */
static void
merge(struct node *map, const struct node *more)
{
	struct node *mine;
	size_t i, had = map->nr;

	for (i = 0; more && i < more->nr; i++) {
		mine = had ? node_child(map, more->kid[i]->key) : NULL;
		if (!mine)
			node_push(map, node_copy(more->kid[i]));
		else if (mine->kind == NODE_MAP &&
		    more->kid[i]->kind == NODE_MAP)
			merge(mine, more->kid[i]);
	}
}

static int
check_lexicon(const char *file, const struct node *n, struct err *e)
{
	size_t i;

	if (n->kind != NODE_MAP)
		return err_set(e, EX_DATA, "%s:%zu: is not a map; write "
		    "\"word: how it is spoken\" lines", file, n->line);
	for (i = 0; i < n->nr; i++)
		if (n->kid[i]->kind != NODE_SCALAR)
			return err_set(e, EX_DATA, "%s:%zu: %.60s: must be a "
			    "text; write how the word is spoken", file,
			    n->kid[i]->line, n->kid[i]->key);
	return 0;
}

/* What decides where keys go, what is run and what is spent is the user's own:
 * a project that came from somewhere has no say in it, and says so loudly. */
int
project_refuse_user_keys(const char *file, const struct node *n, struct err *e)
{
	static const char *const keys[] = { "providers", "trust", "storeDir",
		"maxCost", "prices" };
	const struct node *v;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		v = node_get(n, keys[i]);
		if (v)
			return err_set(e, EX_CONF, "%s:%zu: %s: is read from "
			    "your own settings only, never from a project; "
			    "remove it here (studio config --user sets it)",
			    file, v->line, keys[i]);
	}
	return 0;
}

static int
check_settings(const char *file, const struct node *n, struct err *e)
{
	if (project_refuse_user_keys(file, n, e) < 0)
		return -1;
	return schema_check(RECORD_SETTINGS, file, n, e);
}

/* Merge the file into map, where it is there. */
static int
read_into(struct project *p, const char *file, struct node *map,
	int (*check)(const char *, const struct node *, struct err *),
	struct err *e)
{
	int missing, bad;
	struct node *n = project_yaml(p->root, file, &missing, e);

	if (!n)
		return missing ? 0 : -1;
	bad = check(file, n, e);
	if (!bad)
		merge(map, n);
	node_free(n);
	return bad;
}

/* One folder's files; prefix ("", "../") says which. */
static int
read_folder(struct project *p, const char *prefix, struct err *e)
{
	char *settings = xasprintf("%ssettings.yaml", prefix);
	char *lexicon = xasprintf("%slexicon.yaml", prefix);
	int bad;

	bad = read_into(p, settings, p->settings, check_settings, e) < 0 ||
	    read_into(p, lexicon, p->lexicon, check_lexicon, e) < 0;
	free(settings);
	free(lexicon);
	return bad ? -1 : 0;
}

static int
holds_git(const char *dir)
{
	char *git = path_join(dir, ".git");
	int found = file_exists(git);

	free(git);
	return found;
}

/* How many folders above root lie in the same git work tree; 0 without git. */
static int
count_parents(const char *root)
{
	char *dir = xstrdup(root), *slash;
	int n;

	for (n = 0; n < PARENTS; n++) {
		if (holds_git(dir)) {
			free(dir);
			return n;
		}
		slash = strrchr(dir, '/');
		if (!slash || !slash[1])
			break;
		slash[slash == dir] = '\0';
	}
	free(dir);
	return 0;
}

int
project_read_settings(struct project *p, struct err *e)
{
	int parents = count_parents(p->root), i;
	struct strbuf prefix = STRBUF_INIT;
	int bad = 0;

	p->settings = node_new(NODE_MAP);
	p->lexicon = node_new(NODE_MAP);
	for (i = 0; i <= parents && !bad; i++) {
		bad = read_folder(p, prefix.buf, e);
		strbuf_addstr(&prefix, "../");
	}
	strbuf_release(&prefix);
	if (bad)
		return bad;
	schema_mark_text(RECORD_SETTINGS, p->settings);
	p->characters = node_new(NODE_MAP);
	merge(p->characters, node_get(p->doc, "characters"));
	merge(p->characters, node_get(p->settings, "characters"));
	p->caption_styles = node_new(NODE_MAP);
	merge(p->caption_styles, node_get(p->doc, "captionStyles"));
	merge(p->caption_styles, node_get(p->settings, "captionStyles"));
	return 0;
}
