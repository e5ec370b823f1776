/*
 * studio adopt: take an asset as it is for fresh, so that a mended typo or an
 * edited file costs nothing.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "base/spawn.h"
#include "store/commit.h"
#include "store/git_media.h"
#include "studio/studio.h"

#define SAID_BYTES 65536 /* what a filter may print */

/* What the record says of the sound or picture that was there before. */
static void
forget_media(struct node *doc)
{
	static const char *const said[] = { "durationSec", "words", "timing",
		"trimStart", "trimEnd", "gain", "loudness", "truePeak",
		"width", "height", "kind", "seconds", "fps", "loops",
		"hasSound", "soundAt", "seed", "revisedPrompt", "credit",
		"creditUrl" };
	size_t i;

	for (i = 0; i < sizeof(said) / sizeof(*said); i++)
		node_drop(doc, said[i]);
}

/* Words are places in the text that was spoken. */
static int
has_new_text(const struct asset_state *a)
{
	size_t i;

	for (i = 0; i < a->changes.nr; i++)
		if (!strcmp(a->changes.v[i].key, "text"))
			return 1;
	return 0;
}

/* Git ignores "audio.local.wav", as it is free to make again. What is adopted
 * is not: a copy gets the name that git keeps. NULL on error. */
static char *
lasting(const char *media, const char *sha256, struct err *e)
{
	const char *base = path_basename(media), *at = strstr(base, ".local.");
	char *path, sum[SHA256_HEX];

	if (!at)
		return xstrdup(media);
	path = xasprintf("%.*s%s", (int)(at - media), media, at + 6);
	if (file_exists(path) && (sha256_file(path, sum, NULL, e) < 0 ||
	    strcmp(sum, sha256) != 0)) {
		err_set(e, EX_LATER, "%s: is there already, and git would keep "
		    "what is adopted under this name; move it away", path);
		free(path);
		return NULL;
	}
	if (file_copy(media, path, e) < 0) {
		free(path);
		return NULL;
	}
	return path;
}

/* Is what is there other bytes than the record's? A missing one that is there
 * is of another branch. */
static int
is_other(const struct asset_state *a)
{
	return a->state == STATE_MODIFIED || a->state == STATE_MISSING ||
	    !a->rec.sha256 || strcmp(a->media_sha256, a->rec.sha256) != 0;
}

/* What cannot be heard or seen would stop the film, and be called right.
 * studio decodes nothing, so the program that made it is asked. */
static int
can_be_used(const struct asset_state *a, struct err *e)
{
	char *path = filter_path(a->what == ASSET_AUDIO ? "tts" : "image");
	const char *argv[] = { path, "--check", a->media, NULL };
	struct strbuf out = STRBUF_INIT, said = STRBUF_INIT;
	struct spawn c = SPAWN_INIT;
	char *back, *why;
	int status;

	c.argv = argv;
	c.out = &out;
	c.out_limit = SAID_BYTES;
	c.errout = &said;
	status = spawn_run(&c, e);
	if (status > 0) {
		strbuf_trim(&said);
		why = strstr(said.buf, a->media);
		back = git_media_cure(a);
		err_set(e, EX_DATA, "%s; not adopted: put one there that can "
		    "be used, or%s: %s", why ? why : *said.buf ? said.buf :
		    "it cannot be read", back ? "" : " move it away and",
		    back ? back : "make");
		free(back);
	}
	strbuf_release(&said);
	strbuf_release(&out);
	free(path);
	return status ? -1 : 0;
}

static int
adopt(const struct project *p, struct asset_state *a, struct stat_cache *c,
    struct err *e)
{
	char *old, *path;
	struct strbuf line = STRBUF_INIT;
	struct node *doc;
	int ret;

	if (a->state == STATE_FRESH)
		return 0;
	/* its record is another than of what was made */
	if (scene_file(a->scene, a->what))
		return err_set(e, EX_LATER, "%s: it is a file of yours, which "
		    "is taken as it is; run make", asset_what_name(a->what));
	if (!a->rec.doc || !a->media || !file_exists(a->media) || !a->want ||
	    a->state == STATE_POINTER)
		return err_set(e, EX_LATER, "%s: there is no file to adopt; "
		    "make it, or give one with --file",
		    asset_what_name(a->what));
	if (is_other(a) && can_be_used(a, e) < 0)
		return -1;
	path = lasting(a->media, a->media_sha256, e);
	if (!path)
		return -1;
	old = xstrdup(a->media);
	doc = node_copy(a->rec.doc);
	node_set_str(doc, "request", a->want->digest);
	node_set(doc, "inputs", request_inputs(a->want));
	node_set_bool(doc, "adopted", 1);
	node_drop(doc, "error");
	if (is_other(a))
		forget_media(doc);
	if (a->what == ASSET_AUDIO && has_new_text(a)) {
		node_drop(doc, "words");
		node_drop(doc, "timing");
	}
	ret = commit_file(p, a, doc, path, c, e);
	if (strcmp(old, path) != 0)
		unlink(ret == 0 ? old : path);
	free(old);
	free(path);
	if (ret == 0) {
		record_line(p, a, &line);
		puts(line.buf);
	}
	strbuf_release(&line);
	return ret;
}

/* Of one scene, or (s NULL) of the cover; the code of what was wrong, and
 * is told. */
static int
adopt_all(const struct project *p, const struct survey *v,
    const struct scene *s, int whats, const char *name)
{
	struct err e = ERR_INIT;
	struct asset_state *a;
	int code = EX_DONE;
	size_t k;

	for (k = 0; k < v->nr; k++) {
		a = &v->a[k];
		if (!(whats & 1 << a->what) || a->scene != s || !a->used)
			continue;
		if (adopt(p, a, v->cache, &e) < 0) {
			warning("%s: %s", name, e.msg);
			code = e.code;
		}
	}
	return code;
}

/* As the user names them: "3", "3-5", a folder, "cover". */
static int
adopt_named(const struct project *p, const struct survey *v,
    const char *name, int whats)
{
	struct err e = ERR_INIT;
	size_t *list = NULL, nr = 0, i;
	int code = EX_DONE, ret;
	char at[24];

	if (!strcmp(name, "cover"))
		return adopt_all(p, v, NULL, 1 << ASSET_COVER, name);
	if (project_scenes(p, name, &list, &nr, &e) < 0)
		die_err(&e);
	for (i = 0; i < nr; i++) {
		snprintf(at, sizeof(at), "%zu", list[i] + 1);
		ret = adopt_all(p, v, &p->scene[list[i]], whats, nr > 1 ? at
		    : name);
		if (ret)
			code = ret;
	}
	free(list);
	return code;
}

int
cmd_adopt(int argc, char **argv)
{
	int audio = 0, image = 0, whats, i, n, ret, code = EX_DONE;
	const struct option_def options[] = {
		{ 0, "audio", OPT_FLAG, &audio, NULL, "only the voice" },
		{ 0, "image", OPT_FLAG, &image, NULL, "only the picture" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = {
		"[--audio | --image] SCENE...", "cover", NULL };
	struct usage u = { "studio adopt", synopsis,
		"Take what is there for fresh, without making it again.",
		options };
	struct project p;
	struct survey v;
	char **operands;

	n = options_parse(&u, argc, argv, &operands);
	if (!n)
		options_fail(&u, "name a scene");
	open_survey(&p, &v);
	whats = (audio || !image ? 1 << ASSET_AUDIO : 0) |
	    (image || !audio ? 1 << ASSET_IMAGE : 0);
	for (i = 0; i < n; i++) {
		ret = adopt_named(&p, &v, operands[i], whats);
		if (ret)
			code = ret;
	}
	survey_release(&v);
	project_release(&p);
	return pipe_end(code);
}
