#include "store/user.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/yaml.h"

char *
user_settings_path(void)
{
	char *home = path_config_home();
	char *path = path_join(home, "settings.yaml");

	free(home);
	return path;
}

struct node *
user_settings(struct err *e)
{
	char *path = user_settings_path();
	struct node *doc;

	if (file_exists(path))
		doc = yaml_load(path, e);
	else
		doc = node_new(NODE_MAP);
	free(path);
	return doc;
}

/* storeDir:, read once: every look into the store asks for it. */
static const char *
own_store(void)
{
	static char *read, *own;
	char *path = user_settings_path();
	struct node *doc;
	const char *dir;

	if (read && !strcmp(read, path)) {
		free(path);
		return own;
	}
	free(read);
	free(own);
	read = path;
	doc = user_settings(NULL);
	dir = node_str(doc, "storeDir", NULL);
	own = dir ? xstrdup(dir) : NULL;
	node_free(doc);
	return own;
}

char *
store_dir(void)
{
	const char *own = own_store();
	char *home, *dir;

	if (own)
		return xstrdup(own);
	home = path_data_home();
	dir = path_join(home, "store");
	free(home);
	return dir;
}

int
trust_list(struct strvec *out, struct err *e)
{
	struct node *doc = user_settings(e);
	const struct node *list;
	size_t i;

	if (!doc)
		return -1;
	list = node_get(doc, "trust");
	for (i = 0; list && i < list->nr; i++)
		if (list->kid[i]->kind == NODE_SCALAR)
			strvec_push(out, list->kid[i]->str);
	node_free(doc);
	return 0;
}

int
trust_check(const char *command, struct err *e)
{
	struct strvec list = STRVEC_INIT;
	struct strbuf quoted = STRBUF_INIT;
	int ok;

	if (trust_list(&list, e) < 0)
		return -1;
	ok = strvec_has(&list, command);
	strvec_release(&list);
	if (ok)
		return 0;
	strbuf_add_shell(&quoted, command);
	err_set(e, EX_CONF, "the project wants to run %s, which you did not "
	    "trust; read it, then: studio trust --add %s", quoted.buf,
	    quoted.buf);
	strbuf_release(&quoted);
	return -1;
}

int
trust_add(const char *command, struct err *e)
{
	struct strvec list = STRVEC_INIT;
	struct node *value;
	char *path, *dir;
	size_t i;
	int ret;

	if (trust_list(&list, e) < 0)
		return -1;
	if (strvec_has(&list, command)) {
		strvec_release(&list);
		return 0;
	}
	strvec_push(&list, command);
	value = node_new(NODE_LIST);
	for (i = 0; i < list.nr; i++)
		node_push(value, node_text(list.v[i]));
	path = user_settings_path();
	dir = path_dirname(path);
	ret = file_mkdirs(dir, e);
	if (ret == 0)
		ret = yaml_edit_file(path, "trust", value, e);
	free(dir);
	free(path);
	node_free(value);
	strvec_release(&list);
	return ret < 0 ? -1 : 0;
}
