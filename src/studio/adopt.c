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
#include "store/commit.h"
#include "studio/studio.h"

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
	path = lasting(a->media, a->media_sha256, e);
	if (!path)
		return -1;
	old = xstrdup(a->media);
	doc = node_copy(a->rec.doc);
	node_set_str(doc, "request", a->want->digest);
	node_set(doc, "inputs", request_inputs(a->want));
	node_set_bool(doc, "adopted", 1);
	node_drop(doc, "error");
	if (a->state == STATE_MODIFIED)
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

int
cmd_adopt(int argc, char **argv)
{
	int audio = 0, image = 0, i, n, code = EX_DONE;
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
	struct err e = ERR_INIT;
	struct project p;
	struct survey v;
	struct scene *s;
	char **operands;
	size_t k;

	n = options_parse(&u, argc, argv, &operands);
	if (!n)
		options_fail(&u, "name a scene");
	open_survey(&p, &v);
	for (i = 0; i < n; i++) {
		int cover = !strcmp(operands[i], "cover");

		s = cover ? NULL : project_scene(&p, operands[i], &e);
		if (!cover && !s)
			die_err(&e);
		for (k = 0; k < v.nr; k++) {
			struct asset_state *a = &v.a[k];

			if (cover ? a->what != ASSET_COVER
			    : a->scene != s || !a->used ||
			    (a->what == ASSET_AUDIO && image && !audio) ||
			    (a->what == ASSET_IMAGE && audio && !image))
				continue;
			if (adopt(&p, a, v.cache, &e) < 0) {
				warning("%s: %s", operands[i], e.msg);
				code = e.code;
			}
		}
	}
	survey_release(&v);
	project_release(&p);
	return pipe_end(code);
}
