/*
 * studio add: a scene, from the command line or stdin.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/options.h"
#include "base/pipe.h"
#include "record/json.h"
#include "record/scene_new.h"
#include "studio/studio.h"
#include "text/scene_rekey.h"

#define TEXT_BYTES (1u << 20)

static void
read_text(struct strbuf *text)
{
	pipe_read_text(text, TEXT_BYTES, "convert it first");
	strbuf_trim(text);
	if (!text->len)
		die(EX_DATA, "stdin: is empty; give the scene's text");
}

static size_t
position(const struct project *p, int at, const char *after, struct err *e)
{
	const struct scene *s;

	if (after) {
		s = project_scene(p, after, e);
		if (!s)
			die_err(e);
		return s->index + 1;
	}
	if (at > 0 && (size_t)at <= p->nr)
		return (size_t)at;
	return p->nr + 1;
}

int
cmd_add(int argc, char **argv)
{
	const char *after = NULL, *prompt = NULL, *notes = NULL, *file = NULL;
	int at = 0, n;
	const struct option_def options[] = {
		{ 0, "at", OPT_COUNT, &at, "N", "as scene N; else at the end" },
		{ 0, "after", OPT_STRING, &after, "SCENE", "after that scene" },
		{ 0, "prompt", OPT_STRING, &prompt, "TEXT",
		    "the picture's prompt, else the text" },
		{ 0, "picture", OPT_STRING, &file, "PATH",
		    "the picture, a file of the project" },
		{ 0, "notes", OPT_STRING, &notes, "TEXT", "notes" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = {
		"[--at N | --after SCENE] TEXT...", "[OPTIONS] < text", NULL };
	struct usage u = { "studio add", synopsis, "Add a scene.", options };
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct node *doc = node_new(NODE_MAP), *image;
	struct project p;
	char **operands, *dir;
	unsigned key;
	size_t pos;
	int i;

	n = options_parse(&u, argc, argv, &operands);
	for (i = 0; i < n; i++)
		strbuf_addf(&text, "%s%s", i ? " " : "", operands[i]);
	if (!n && isatty(STDIN_FILENO))
		options_fail(&u, "give the scene's text");
	if (!n)
		read_text(&text);
	strbuf_trim(&text);
	if (!text.len)
		options_fail(&u, "the text is empty; a scene without words is "
		    "made in its scene.yaml: text: \"\", duration: 3s");
	open_project(&p);
	pos = position(&p, at, after, &e);
	key = scene_key_at(&p, pos);
	if (!key)
		key = scene_make_room(&p, pos, &e);
	if (!key)
		die_err(&e);
	node_set_str(doc, "text", text.buf);
	if (notes)
		node_set_str(doc, "notes", notes);
	if (prompt || file) {
		image = node_new(NODE_MAP);
		if (prompt)
			node_set_str(image, "prompt", prompt);
		if (file)
			node_set_str(image, "file", file);
		node_set(doc, "image", image);
	}
	if (scene_create(&p, key, doc, &dir, &e) < 0)
		die_err(&e);
	printf("scenes/%s\n", dir);
	free(dir);
	strbuf_release(&text);
	project_release(&p);
	return pipe_end(EX_DONE);
}
