#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/secret.h"
#include "base/spawn.h"
#include "record/spec.h"
#include "store/endpoint.h"
#include "store/user.h"

#define KEY_BYTES 8192
#define PARENTS 64 /* folders above a key file that are looked at */

/* "~/x" is the home's. To be freed. */
static char *
expand(const char *path)
{
	const char *home = getenv("HOME");

	if (!strncmp(path, "~/", 2) && home)
		return path_join(home, path + 2);
	return xstrdup(path);
}

/* Only this user may read it. */
static int
check_mode(const char *path, const char *what, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_errno(e, "%s: cannot read it, and %s names it",
		    path, what);
	if (st.st_mode & 077)
		return err_set(e, EX_CONF, "%s: holds a key and others may "
		    "read it; run: chmod 600 %s", path, path);
	return 0;
}

/* A key that git could publish, or that goes with a project, is no secret. */
static int
check_outside(const char *path, struct err *e)
{
	static const char *const marks[] = { ".git", "project.yaml" };
	char *dir = path_dirname(path), *mark, *up;
	int i, found = 0;

	for (i = 0; i < 2 * PARENTS && !found && strcmp(dir, "/") != 0; i++) {
		mark = path_join(dir, marks[i % 2]);
		found = file_exists(mark) ? 1 + i % 2 : 0;
		free(mark);
		if (i % 2 == 0)
			continue;
		up = path_dirname(dir);
		free(dir);
		dir = up;
	}
	free(dir);
	if (found)
		return err_set(e, EX_CONF, "%s: a key file in a %s may be "
		    "published; move it out and correct keyFile:", path,
		    found == 1 ? "git repository" : "project");
	return 0;
}

static int
from_file(const char *name, struct strbuf *out, struct err *e)
{
	char *path = expand(name), *real = xrealpath(path);
	int ret;

	/* a stranger's folder must not lend its own file */
	if (*path != '/')
		ret = err_set(e, EX_CONF, "keyFile: %s: must begin with / or "
		    "~/, so that it is one file wherever you are", name);
	else
		ret = check_mode(path, "keyFile:", e);
	if (ret == 0)
		ret = check_outside(real ? real : path, e);
	if (ret == 0)
		ret = file_read(path, KEY_BYTES, out, e);
	free(real);
	free(path);
	return ret;
}

static int
from_command(const char *command, struct strbuf *out, struct err *e)
{
	const char *argv[] = { "sh", "-c", command, NULL };
	struct spawn s = SPAWN_INIT;
	int status;

	endpoint_hide_variables();
	s.argv = argv;
	s.in = "";
	s.out = out;
	s.out_limit = KEY_BYTES;
	status = spawn_run(&s, e);
	if (status > 0)
		return err_set(e, EX_NOQUOTA, "keyCommand: exit %d; run it by "
		    "hand to see", status);
	return status < 0 ? err_prefix(e, "keyCommand") : 0;
}

static int
from_settings(const char *key, struct strbuf *out, struct err *e)
{
	char *path = user_settings_path();
	int ret = check_mode(path, "key:", e);

	if (ret == 0)
		strbuf_addstr(out, key);
	free(path);
	return ret;
}

/* A variable of the type's is for the type's own address, or for one that the
 * user moved by a variable too; never for another server of the same type. */
static int
is_own_address(const struct endpoint *ep)
{
	return !strcmp(ep->alias, ep->type->name) ||
	    !strcmp(ep->base_url, ep->type->base_url);
}

int
endpoint_needs_key(const struct endpoint *ep)
{
	return node_get(ep->doc, "keyEnv") ||
	    (ep->type->key_var && !ep->local && is_own_address(ep));
}

static const char *
variable_of(const struct endpoint *ep)
{
	const char *name = node_str(ep->doc, "keyEnv", NULL);

	if (!name && ep->type->key_var && is_own_address(ep))
		name = ep->type->key_var;
	return name;
}

static int
missing(const struct endpoint *ep, const char *var, struct err *e)
{
	if (!endpoint_needs_key(ep)) {
		e->code = 0;
		return -1;
	}
	return err_set(e, EX_NOQUOTA, "%s: there is no key; set %s, or: studio "
	    "config --user providers.%s.keyCommand 'COMMAND THAT PRINTS IT'",
	    ep->alias, var ? var : "keyEnv:", ep->alias);
}

static int
read_key(const struct endpoint *ep, struct strbuf *out, struct err *e)
{
	const char *key = node_str(ep->doc, "key", NULL), *var, *v;
	const char *file = node_str(ep->doc, "keyFile", NULL);
	const char *command = node_str(ep->doc, "keyCommand", NULL);

	if (key)
		return from_settings(key, out, e);
	if (file)
		return from_file(file, out, e);
	if (command && from_command(command, out, e) < 0)
		return err_prefix(e, "%s", ep->alias);
	if (command)
		return 0;
	var = variable_of(ep);
	v = var ? getenv(var) : NULL;
	if (!v || !*v)
		return missing(ep, var, e);
	strbuf_addstr(out, v);
	return 0;
}

const char *
endpoint_key(struct endpoint *ep, struct err *e)
{
	struct strbuf b = STRBUF_INIT;

	if (ep->key)
		return ep->key;
	e->code = 0;
	if (read_key(ep, &b, e) < 0) {
		strbuf_release(&b);
		return NULL;
	}
	strbuf_trim(&b);
	if (!b.len || strpbrk(b.buf, "\r\n") || strlen(b.buf) != b.len)
		err_set(e, EX_NOQUOTA, "%s: the key is empty or has more than "
		    "one line; correct it", ep->alias);
	else
		ep->key = xstrdup(b.buf);
	if (ep->key)
		secret_add(ep->key);
	explicit_bzero(b.buf, b.len);
	strbuf_release(&b);
	return ep->key;
}

int
endpoint_ready(const char *spec, enum provider_stage stage, struct err *e)
{
	struct endpoint *ep = endpoint_get(spec, stage, e);
	const char *model = spec_model(spec);
	char *source;
	int ret = 0;

	if (!ep)
		return -1;
	if (ep->type->kind != PROVIDER_NETWORK)
		return 0;
	if (ep->type->needs_model && (!model || !*model))
		return err_set(e, EX_CONF, "%s: which model? studio config %s "
		    "%s:MODEL (studio providers %s lists them)", ep->alias,
		    stage == PROVIDER_SCRIPT ? "scriptModel"
		    : stage == PROVIDER_SPEECH ? "ttsProvider" : "imageModel",
		    ep->alias, ep->alias);
	source = endpoint_key_source(ep);
	if (!source && missing(ep, variable_of(ep), e) < 0)
		ret = e->code ? -1 : 0;
	free(source);
	return ret;
}

char *
endpoint_key_source(const struct endpoint *ep)
{
	const char *file = node_str(ep->doc, "keyFile", NULL);
	const char *var = variable_of(ep), *v;

	if (node_get(ep->doc, "key"))
		return xstrdup("key: of your settings");
	if (file)
		return xasprintf("keyFile %s", file);
	if (node_get(ep->doc, "keyCommand"))
		return xstrdup("keyCommand");
	v = var ? getenv(var) : NULL;
	return v && *v ? xstrdup(var) : NULL;
}
