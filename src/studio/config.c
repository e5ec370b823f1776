/*
 * studio config: show a project's settings, or set one in place.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "record/schema.h"
#include "record/yaml.h"
#include "store/budget.h"
#include "store/user.h"
#include "store/voice_setting.h"
#include "studio/studio.h"

/* A word of the command line as YAML reads it: a number, a truth value, a
 * flow list or map; else text. */
static struct node *
read_value(const char *s)
{
	char *line = xasprintf("v: %s\n", s);
	struct node *doc = yaml_parse("value", line, strlen(line), NULL);
	struct node *v = node_get(doc, "v");

	v = v && v->kind != NODE_NULL ? node_copy(v) : node_text(s);
	node_free(doc);
	free(line);
	return v;
}

/* What is on a command line is seen by everyone on this machine. */
static void
refuse_key(const char *key, const struct node *value)
{
	size_t n = strlen(key);

	if (strncmp(key, "providers.", 10) != 0 ||
	    (!node_get(value, "key") && (n < 4 ||
	    strcmp(key + n - 4, ".key") != 0)))
		return;
	die(EX_BADUSE, "a key does not belong on a command line; let "
	    "keyCommand: print it, put it into a file of mode 600 that "
	    "keyFile: names, or write it into your settings.yaml, of mode 600, "
	    "by an editor");
}

/* The file with the change must still be good settings before it is kept. */
static void
set(const char *path, const char *key, const char *text)
{
	struct strbuf old = STRBUF_INIT, next = STRBUF_INIT;
	struct node *value = text ? read_value(text) : NULL, *doc;
	struct err e = ERR_INIT;

	refuse_key(key, value);
	if (file_exists(path) && file_read(path, YAML_BYTES, &old, &e) < 0)
		die_err(&e);
	if (yaml_edit(path, old.buf, old.len, key, value, &next, &e) < 0)
		die_err(&e);
	doc = yaml_parse(path, next.buf, next.len, &e);
	if (!doc || schema_check(RECORD_SETTINGS, path, doc, &e) < 0)
		die_err(&e);
	if (file_write_changed(path, next.buf, next.len, &e) < 0)
		die_err(&e);
	node_free(doc);
	node_free(value);
	strbuf_release(&old);
	strbuf_release(&next);
}

/* What is the user's own business, and is never read from a project. */
static int
is_users(const char *name)
{
	static const char *const names[] = { "maxCost", "providers", "storeDir",
		"trust" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return 1;
	return 0;
}

/* A name that nothing reads is a slip of the pen. */
static void
check_name(const char *key, int user)
{
	char *top = xstrdup(key);
	const char *home;

	top[strcspn(top, ".")] = '\0';
	home = schema_home(top);
	if (is_users(top) && !user)
		die(EX_BADUSE, "%s: is never read from a project; studio "
		    "config --user %s VALUE sets yours", key, key);
	if (!schema_has(RECORD_SETTINGS, top) && !is_users(top) && home)
		die(EX_BADUSE, "%s: is no setting; write it into %s", key,
		    home);
	if (!schema_has(RECORD_SETTINGS, top) && !is_users(top))
		die(EX_BADUSE, "%s: there is no such setting; man "
		    "studio-project lists them", key);
	free(top);
}

static void
check_value(const char *key, const char *value)
{
	if (!strcmp(key, "maxCost") && !budget_is_ceiling(value))
		die(EX_DATA, "maxCost: found '%s'; must be dollars such as "
		    "2.50, or unlimited", value);
}

/* Keys that stand in the settings are not shown. */
static void
hide_keys(struct node *doc)
{
	const struct node *all = node_get(doc, "providers");
	size_t i;

	for (i = 0; all && i < all->nr; i++)
		if (node_get(all->kid[i], "key"))
			node_set_str(all->kid[i], "key", "(not shown)");
}

/* A voice of one provider means nothing to another. */
static void
follow_provider(const struct project *p, const char *spec)
{
	struct err e = ERR_INIT;
	char *dropped = NULL;

	if (voice_setting_follow(p, spec, &dropped, &e) < 0)
		die_err(&e);
	if (dropped)
		warning("defaultTtsVoice: \"%s\" was a voice of the provider "
		    "before and is removed; set one of the new one's, or "
		    "leave it to its own", dropped);
	free(dropped);
}

static void
print_all(const struct node *doc)
{
	struct strbuf b = STRBUF_INIT;

	yaml_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
}

/* The user's own settings; made with their folder when they are not there. */
static char *
user_file(void)
{
	char *path = user_settings_path(), *dir = path_dirname(path);
	struct err e = ERR_INIT;

	if (file_mkdirs(dir, &e) < 0)
		die_err(&e);
	free(dir);
	return path;
}

int
cmd_config(int argc, char **argv)
{
	int user = 0, unset = 0, n;
	const struct option_def options[] = {
		{ 0, "user", OPT_FLAG, &user, NULL,
		    "your own settings: new projects start with them" },
		{ 0, "unset", OPT_FLAG, &unset, NULL, "remove KEY" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--user]",
		"[--user] KEY [VALUE]", "[--user] --unset KEY", NULL };
	struct usage u = { "studio config", synopsis,
		"Show the settings, one of them, or set one.", options };
	struct err e = ERR_INIT;
	struct node *doc;
	const struct node *v;
	struct project p;
	char **operands, *path;

	n = options_parse(&u, argc, argv, &operands);
	if (n > 2 || (unset && n != 1))
		options_fail(&u, "give a key, and a value to set it");
	if (user) {
		memset(&p, 0, sizeof(p));
		path = user_file();
		doc = user_settings(&e);
	} else {
		open_project(&p);
		path = project_path(&p, "settings.yaml");
		doc = node_copy(p.settings);
	}
	if (!doc)
		die_err(&e);
	hide_keys(doc);
	if (n == 2) {
		check_name(operands[0], user);
		check_value(operands[0], operands[1]);
	}
	if (n == 2 || unset) {
		set(path, operands[0], n == 2 ? operands[1] : NULL);
		if (!user && n == 2 && !strcmp(operands[0], "ttsProvider"))
			follow_provider(&p, operands[1]);
	} else if (n == 0) {
		print_all(doc);
	} else {
		v = node_get(doc, operands[0]);
		if (!v)
			check_name(operands[0], user);
		if (!v)
			die(EX_FAILED, "%s: is not set; studio config %s VALUE "
			    "sets it", operands[0], operands[0]);
		if (v->kind == NODE_SCALAR)
			puts(v->str);
		else
			print_all(v);
	}
	node_free(doc);
	free(path);
	if (!user)
		project_release(&p);
	return pipe_end(EX_DONE);
}
