#include "record/project.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/caption_style.h"
#include "record/project_part.h"
#include "record/schema.h"
#include "record/yaml.h"

/* Bumped when a file is read or checked in another way than its fields say. */
#define KEPT_VERSION 1

char *
project_find(const char *from, struct err *e)
{
	char *dir = xrealpath(from), *file, *slash;
	int found;

	if (!dir) {
		if (errno != ENOENT && errno != ENOTDIR)
			err_errno(e, "%s: cannot open", from);
		else
			err_set(e, EX_CONF, "%s: there is no such folder; "
			    "make a project with \"studio new\"", from);
		return NULL;
	}
	for (;;) {
		file = path_join(dir, "project.yaml");
		found = file_exists(file);
		free(file);
		if (found)
			return dir;
		slash = strrchr(dir, '/');
		if (!slash || !slash[1])
			break;
		slash[slash == dir] = '\0';
	}
	free(dir);
	err_set(e, EX_CONF, "%s: no project.yaml here or in a folder above; "
	    "make a project with \"studio new\"", from);
	return NULL;
}

char *
project_path(const struct project *p, const char *fmt, ...)
{
	char *rel, *path;
	va_list ap;

	va_start(ap, fmt);
	rel = xvasprintf(fmt, ap);
	va_end(ap);
	path = path_join(p->root, rel);
	free(rel);
	return path;
}

struct node *
project_yaml(const char *root, const char *rel, int *missing, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char *path = path_join(root, rel);
	struct node *n = NULL;

	*missing = 0;
	errno = 0;
	if (file_read(path, YAML_BYTES, &b, e) == 0)
		n = yaml_parse(rel, b.buf, b.len, e);
	else if (errno == ENOENT)
		*missing = 1;
	strbuf_release(&b);
	free(path);
	return n;
}

const char *
project_setting(const struct project *p, const char *path,
	const char *fallback)
{
	return node_str(p->settings, path, fallback);
}

/* A field of project.yaml, else the setting that is its default. */
static const char *
field(const struct project *p, const char *name, const char *setting,
	const char *fallback)
{
	const char *s = node_str(p->doc, name, NULL);

	return s && *s ? s : project_setting(p, setting, fallback);
}

int
project_refuse_empty(const char *rel, const struct node *doc, struct err *e)
{
	if (doc->nr || (doc->kind != NODE_MAP && doc->kind != NODE_NULL))
		return 0;
	return err_set(e, EX_DATA, "%s: is empty; write it, or take it from "
	    "the last commit: git checkout HEAD -- %s", rel, rel);
}

static int
read_doc(struct project *p, struct err *e)
{
	int missing;

	p->doc = project_yaml(p->root, "project.yaml", &missing, e);
	if (missing)
		return err_set(e, EX_CONF, "%s: no project.yaml here; make a "
		    "project with \"studio new\"", p->root);
	if (!p->doc ||
	    project_refuse_empty("project.yaml", p->doc, e) < 0 ||
	    project_refuse_user_keys("project.yaml", p->doc, e) < 0 ||
	    schema_check(RECORD_PROJECT, "project.yaml", p->doc, e) < 0)
		return -1;
	schema_mark_text(RECORD_PROJECT, p->doc);
	return 0;
}

static void
set_fields(struct project *p)
{
	p->id = node_str(p->doc, "id", "");
	p->title = node_str(p->doc, "title", "");
	p->description = node_str(p->doc, "description", NULL);
	p->platform = node_str(p->doc, "platform", "youtube");
	p->category = node_str(p->doc, "category", "");
	p->target_length = node_str(p->doc, "targetLength", "");
	p->tone = field(p, "tone", "defaultTone", "curious");
	p->language = field(p, "language", "defaultLanguage", "en");
}

static int
load(struct project *p, const char *root, int lean, struct err *e)
{
	memset(p, 0, sizeof(*p));
	p->lean = lean;
	p->root = xrealpath(root);
	if (!p->root)
		return err_errno(e, "%s: cannot open", root);
	if (project_check_folders(p, e) < 0)
		goto fail;
	p->kept = kept_tree_open(p->root, schema_sum() + KEPT_VERSION);
	if (read_doc(p, e) < 0 || project_read_settings(p, e) < 0)
		goto fail;
	set_fields(p);
	if (project_read_scenes(p, e) < 0 || project_read_videos(p, e) < 0 ||
	    project_check_captions(p, e) < 0)
		goto fail;
	return 0;
fail:
	project_release(p);
	return -1;
}

int
project_load(struct project *p, const char *root, struct err *e)
{
	return load(p, root, 0, e);
}

int
project_open_lean(struct project *p, const char *from, struct err *e)
{
	char *root = project_find(from, e);
	int ret = root ? load(p, root, 1, e) : -1;

	free(root);
	return ret;
}

int
project_open(struct project *p, const char *from, struct err *e)
{
	char *root = project_find(from, e);
	int ret = root ? project_load(p, root, e) : -1;

	free(root);
	return ret;
}

void
project_release(struct project *p)
{
	size_t i;

	for (i = 0; i < p->nr; i++) {
		free(p->scene[i].dir);
		node_free(p->scene[i].doc);
	}
	for (i = 0; i < p->video_nr; i++)
		free(p->video[i].scene);
	free(p->scene);
	free(p->video);
	node_free(p->doc);
	node_free(p->settings);
	node_free(p->lexicon);
	node_free(p->characters);
	node_free(p->caption_styles);
	kept_tree_close(p->kept);
	free(p->root);
	memset(p, 0, sizeof(*p));
}
