/*
 * studio new: a project folder with its settings pinned, ready for make.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "base/uuid.h"
#include "record/schema.h"
#include "record/yaml.h"
#include "store/user.h"
#include "studio/git_setup.h"
#include "studio/studio.h"

#define TEXT_BYTES (8u << 20)

static const char makefile[] =
    "include $(or $(shell studio --mk),"
    "$(error studio is not in PATH))\n";

static const char brief[] =
    "<!-- Say what to make, for whom, in what tone. With material of your own\n"
    "in source.md the film is condensed from it; without, you get an outline\n"
    "to fill in. Then: make -->\n";

struct choices {
	const char *title, *brief, *source, *language, *platform, *length,
	    *tone, *from;
};

/* "deep-sea_vents" to "Deep sea vents". */
static char *
title_of_folder(const char *dir)
{
	struct strbuf b = STRBUF_INIT;
	char *s, *p;

	strbuf_addstr(&b, dir);
	while (b.len > 1 && b.buf[b.len - 1] == '/')
		strbuf_setlen(&b, b.len - 1);
	s = xstrdup(path_basename(b.buf));
	strbuf_release(&b);
	if (!strcmp(s, ".") || !*s) {
		free(s);
		s = xstrdup("Untitled");
	}
	s[0] = (char)toupper((unsigned char)s[0]);
	for (p = s; *p; p++)
		if (*p == '-' || *p == '_')
			*p = ' ';
	return s;
}

static void
put(const char *dir, const char *name, const char *text, size_t n)
{
	char *path = path_join(dir, name);
	struct err e = ERR_INIT;

	if (file_write(path, text, n, &e) < 0)
		die_err(&e);
	free(path);
}

static int
is_there(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	int yes = file_exists(path);

	free(path);
	return yes;
}

/* What is in the folder already is not written over, unless it is what this
 * command wrote before it was interrupted. */
static void
refuse_taken(const char *dir, const char *name, const char *text, size_t n)
{
	char *path = path_join(dir, name);
	struct strbuf b = STRBUF_INIT;

	if (file_exists(path) && (file_read(path, TEXT_BYTES, &b, NULL) < 0 ||
	    b.len != n || memcmp(b.buf, text, n) != 0))
		die(EX_BADUSE, "%s: is there already; move it away, or choose "
		    "another folder", path);
	strbuf_release(&b);
	free(path);
}

/* The same for settings, which have the time at which they were made. */
static void
refuse_settings(const char *dir, const struct node *settings)
{
	char *path = path_join(dir, "settings.yaml");
	struct node *old = file_exists(path) ? yaml_load(path, NULL) : NULL;
	struct node *now = node_copy(settings);
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	if (old && old->kind == NODE_MAP) {
		node_set_str(now, "createdAt", node_str(old, "createdAt", ""));
		node_set_str(now, "updatedAt", node_str(old, "updatedAt", ""));
		yaml_print(old, &a);
	}
	yaml_print(now, &b);
	if (file_exists(path) && (!old || strcmp(a.buf, b.buf) != 0))
		die(EX_BADUSE, "%s: is there already; move it away, or choose "
		    "another folder", path);
	strbuf_release(&a);
	strbuf_release(&b);
	node_free(old);
	node_free(now);
	free(path);
}

static void
copy_text(const char *dir, const char *name, const char *from)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;

	if (file_read(from, TEXT_BYTES, &b, &e) < 0)
		die_err(&e);
	put(dir, name, b.buf, b.len);
	strbuf_release(&b);
}

static void
refuse_lexicon(const char *dir, const char *from)
{
	char *path = from ? path_join(from, "lexicon.yaml") : NULL;
	struct strbuf b = STRBUF_INIT;

	if (path && file_exists(path) &&
	    file_read(path, TEXT_BYTES, &b, NULL) == 0)
		refuse_taken(dir, "lexicon.yaml", b.buf, b.len);
	strbuf_release(&b);
	free(path);
}

/* A file that the user named; "" where none is. Read before anything is made,
 * so that a wrong name leaves no folder behind, and once: it may be a pipe. */
static void
read_typed(const char *from, struct strbuf *out)
{
	struct err e = ERR_INIT;

	if (from && file_read_typed(from, TEXT_BYTES, out, &e) < 0)
		die_err(&e);
}

/* The first that is set: option, the other project, the user, built in. */
static const char *
choose(const char *option, const struct node *other, const char *key,
    const char *fallback)
{
	return option ? option : node_str(other, key, fallback);
}

/* What providers are handed: of the other project, else of the user. */
static void
pin_options(struct node *s, const struct node *from, const struct node *user)
{
	static const char *const keys[] = { "scriptOptions", "ttsOptions",
		"imageOptions" };
	const struct node *n;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		n = node_get(from, keys[i]);
		if (!n)
			n = node_get(user, keys[i]);
		if (n)
			node_set(s, keys[i], node_copy(n));
	}
}

static struct node *
settings_of(const struct choices *c, const struct node *from,
    const struct node *user, const char *title)
{
	static const char *const pinned[][2] = {
		{ "defaultImageStyle", "" }, { "scriptModel", "extract" },
		{ "imageModel", "card" }, { "videoProvider", "local" },
	};
	struct node *s = node_new(NODE_MAP);
	const char *language, *provider;
	char sum[SHA256_HEX], look[9], now[TIME_LEN];
	size_t i;
	int english;

	language = choose(c->language, from, "defaultLanguage",
	    node_str(user, "defaultLanguage", "en"));
	english = !strcmp(language, "en") || !strncmp(language, "en-", 3);
	node_set_str(s, "defaultLanguage", language);
	node_set_str(s, "defaultTone", choose(c->tone, from, "defaultTone",
	    node_str(user, "defaultTone", "curious")));
	for (i = 0; i < sizeof(pinned) / sizeof(*pinned); i++)
		node_set_str(s, pinned[i][0], choose(NULL, from, pinned[i][0],
		    node_str(user, pinned[i][0], pinned[i][1])));
	provider = choose(NULL, from, "ttsProvider",
	    node_str(user, "ttsProvider", english ? "flite" : "espeak"));
	if (!english && !strcmp(provider, "flite"))
		provider = "espeak"; /* flite speaks English only */
	node_set_str(s, "ttsProvider", provider);
	node_set_str(s, "defaultTtsVoice", choose(NULL, from,
	    "defaultTtsVoice", node_str(user, "defaultTtsVoice",
	    !strcmp(provider, "flite") ? "slt" : !strcmp(provider, "espeak")
	    ? language : "")));
	sha256_hex(title, strlen(title), sum);
	snprintf(look, sizeof(look), "%.8s", sum);
	node_set_str(s, "look", choose(NULL, from, "look", look));
	pin_options(s, from, user);
	time_stamp(now);
	node_set_str(s, "createdAt", now);
	node_set_str(s, "updatedAt", now);
	return s;
}

static struct node *
project_of(const struct choices *c, const struct node *from,
    const struct node *settings, const char *title)
{
	static const char *const kept[] = { "category", "characters", "music",
		"captions", "captionStyle", "captionStyles", "sidecars",
		"quality" };
	struct node *p = node_new(NODE_MAP);
	char id[UUID_LEN], now[TIME_LEN];
	const struct node *v;
	size_t i;

	uuid_random(id);
	time_stamp(now);
	node_set_str(p, "id", id);
	node_set_str(p, "title", title);
	node_set_str(p, "platform", choose(c->platform, from, "platform",
	    "youtube"));
	node_set_str(p, "category", "explainer");
	node_set_str(p, "tone", choose(c->tone, from, "tone",
	    node_str(settings, "defaultTone", "curious")));
	node_set_str(p, "targetLength", choose(c->length, from, "targetLength",
	    "60s"));
	node_set_str(p, "language", choose(c->language, from, "language",
	    node_str(settings, "defaultLanguage", "en")));
	for (i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		v = node_get(from, kept[i]);
		if (v)
			node_set(p, kept[i], node_copy(v));
	}
	node_set_str(p, "createdAt", now);
	return p;
}

static void
put_yaml(const char *dir, const char *name, enum record_kind kind,
    struct node *doc)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;

	if (schema_check(kind, name, doc, &e) < 0)
		die_err(&e);
	yaml_print(doc, &b);
	put(dir, name, b.buf, b.len);
	strbuf_release(&b);
}

static struct node *
load_other(const char *from, const char *name, struct err *e)
{
	char *path = path_join(from, name);
	struct node *doc = file_exists(path) ? yaml_load(path, e)
					     : node_new(NODE_MAP);

	free(path);
	if (!doc)
		die_err(e);
	return doc;
}

static void
create(const char *dir, const struct choices *c)
{
	struct node *user, *from_project, *from_settings, *settings, *project;
	struct strbuf own_brief = STRBUF_INIT, source = STRBUF_INIT;
	char *title = c->title ? xstrdup(c->title) : title_of_folder(dir);
	struct err e = ERR_INIT;
	char *lexicon;

	user = user_settings(&e);
	if (!user)
		die_err(&e);
	from_project = c->from ? load_other(c->from, "project.yaml", &e)
			       : node_new(NODE_MAP);
	from_settings = c->from ? load_other(c->from, "settings.yaml", &e)
				: node_new(NODE_MAP);
	if (c->from && !node_get(from_project, "id"))
		die(EX_DATA, "%s: holds no project.yaml; name a project folder",
		    c->from);
	settings = settings_of(c, from_settings, user, title);
	refuse_taken(dir, "Makefile", makefile, sizeof(makefile) - 1);
	refuse_settings(dir, settings);
	read_typed(c->brief, &own_brief);
	read_typed(c->source, &source);
	if (c->brief)
		refuse_taken(dir, "brief.md", own_brief.buf, own_brief.len);
	if (c->source)
		refuse_taken(dir, "source.md", source.buf, source.len);
	refuse_lexicon(dir, c->from);
	if (file_mkdirs(dir, &e) < 0)
		die_err(&e);
	project = project_of(c, from_project, settings, title);
	put(dir, "Makefile", makefile, sizeof(makefile) - 1);
	if (git_setup_files(dir, &e) < 0)
		die_err(&e);
	put_yaml(dir, "settings.yaml", RECORD_SETTINGS, settings);
	if (c->brief)
		put(dir, "brief.md", own_brief.buf, own_brief.len);
	else if (!is_there(dir, "brief.md"))
		put(dir, "brief.md", brief, sizeof(brief) - 1);
	if (c->source)
		put(dir, "source.md", source.buf, source.len);
	lexicon = c->from ? path_join(c->from, "lexicon.yaml") : NULL;
	if (lexicon && file_exists(lexicon))
		copy_text(dir, "lexicon.yaml", lexicon);
	git_setup_new(dir);
	/* last: with it the folder is a project */
	put_yaml(dir, "project.yaml", RECORD_PROJECT, project);
	strbuf_release(&own_brief);
	strbuf_release(&source);
	free(lexicon);
	free(title);
	node_free(project);
	node_free(settings);
	node_free(from_settings);
	node_free(from_project);
	node_free(user);
}

int
cmd_new(int argc, char **argv)
{
	struct choices c = { NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL };
	const struct option_def options[] = {
		{ 0, "title", OPT_STRING, &c.title, "T", "else from DIR" },
		{ 0, "brief", OPT_STRING, &c.brief, "FILE",
		    "what to make, for whom" },
		{ 0, "source", OPT_STRING, &c.source, "FILE",
		    "the material to make it from" },
		{ 0, "language", OPT_STRING, &c.language, "L",
		    "en, de, pt-BR" },
		{ 0, "platform", OPT_STRING, &c.platform, "P",
		    "youtube, shorts, tiktok, reels, linkedin, square, "
		    "podcast" },
		{ 0, "target-length", OPT_STRING, &c.length, "T",
		    "45s, 3m, 1m30s, or a number of words" },
		{ 0, "tone", OPT_STRING, &c.tone, "T", "curious, serious, "
		    "playful, calm, dramatic, technical" },
		{ 0, "from", OPT_STRING, &c.from, "PROJECT",
		    "with that one's settings, look and lexicon" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[OPTIONS] DIR", NULL };
	struct usage u = { "studio new", synopsis, "Make a project folder.",
		options };
	char **operands, *path;
	int n;

	n = options_parse(&u, argc, argv, &operands);
	if (n != 1)
		options_fail(&u, "name one folder to make");
	path = path_join(operands[0], "project.yaml");
	if (file_exists(path))
		die(EX_BADUSE, "%s: is a project already; choose another "
		    "folder", operands[0]);
	free(path);
	create(operands[0], &c);
	printf("%s\n", operands[0]);
	if (!c.brief && !c.source)
		fprintf(stderr, "Now write %s/brief.md, put your material in "
		    "%s/source.md, then: make -C %s\n", operands[0],
		    operands[0], operands[0]);
	return pipe_end(EX_DONE);
}
