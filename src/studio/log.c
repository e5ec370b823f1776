/*
 * studio log: the revisions of a scene, from git, and whether their media can
 * still be had.
 */
#include "studio/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "base/pipe.h"
#include "base/utf8.h"
#include "record/json.h"
#include "studio/scene_changes.h"
#include "studio/scene_name.h"
#include "studio/studio.h"

#define HASH 10 /* characters of a commit's name that are shown */

/* "moved from 000300-x, text, voice" */
static void
what_words(const struct node *n, struct strbuf *out)
{
	const char *change = node_str(n, "change", "");
	const char *was = node_str(n, "wasFolder", NULL);
	const char *now = node_str(n, "folder", NULL);

	if (!now || !strcmp(change, "added") ||
	    !strcmp(change, "oldest known")) {
		strbuf_addstr(out, change);
		return;
	}
	if (was)
		strbuf_addf(out, "moved from %s", was);
	change_names(node_get(n, "changes"), out);
}

/* "; voice and picture in git", "; voice in git, picture in the store" */
static void
media_list(const struct node *media, struct strbuf *out)
{
	const char *words, *last = NULL;
	size_t i;

	for (i = 0; i < media->nr; i++) {
		int voice = !strcmp(node_str(media->kid[i], "asset", ""),
		    "audio");

		words = node_str(media->kid[i], "words", "");
		if (last && !strcmp(words, last))
			strbuf_addstr(out, " and ");
		else if (last)
			strbuf_addf(out, " %s, ", last);
		else
			strbuf_addstr(out, "; ");
		strbuf_addstr(out, voice ? "voice" : "picture");
		last = words;
	}
	if (last)
		strbuf_addf(out, " %s", last);
}

static void
print_revision(const struct node *n)
{
	const char *date = node_str(n, "date", "");
	struct strbuf what = STRBUF_INIT;
	char safe[400];

	what_words(n, &what);
	media_list(node_get(n, "media"), &what);
	utf8_printable(safe, sizeof(safe), what.buf, what.len);
	if (node_get(n, "commit"))
		/* 2026-11-26T08:12:00+01:00 */
		printf("%.10s %.5s  %.*s  %s", date, strlen(date) > 11
		    ? date + 11 : "", HASH, node_str(n, "commit", ""), safe);
	else
		printf("%-16s  %-*s  %s", "now", HASH, "-", safe);
	puts("");
	strbuf_release(&what);
}

static void
print_text(const struct node *doc)
{
	const struct node *list = node_get(doc, "revisions");
	size_t i;

	if (!list->nr)
		puts("Nothing of it was committed yet.");
	for (i = 0; i < list->nr; i++)
		print_revision(list->kid[i]);
	if (node_bool(doc, "shallow", 0))
		puts("The history ends here: this clone is shallow. git fetch "
		    "--unshallow gets the rest.");
}

static void
print_json(const struct node *doc)
{
	struct strbuf b = STRBUF_INIT;

	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
}

int
cmd_log(int argc, char **argv)
{
	int json = 0, n;
	const struct option_def options[] = {
		{ 0, "json", OPT_FLAG, &json, NULL, "for programs" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--json] SCENE", NULL };
	struct usage u = { "studio log", synopsis, "Print the revisions of a "
		"scene, and where their media can be had.", options };
	struct err e = ERR_INIT;
	struct scene_name name;
	struct history h;
	struct node *doc = node_new(NODE_MAP);
	struct git g;
	char **operands, *root;

	n = options_parse(&u, argc, argv, &operands);
	if (n != 1)
		options_fail(&u, "name one scene");
	root = project_find(".", &e);
	if (!root || git_open(&g, root, &e) < 0 ||
	    history_read(&h, &g, &e) < 0 ||
	    scene_name_find(&name, &h, operands[0], &e) < 0)
		die_err(&e);
	node_set_str(doc, "id", name.id);
	if (name.here)
		node_set_str(doc, "folder", name.here);
	node_set_bool(doc, "shallow", g.shallow);
	node_set(doc, "revisions", log_tree(&h, name.id, name.here, &e));
	if (json)
		print_json(doc);
	else
		print_text(doc);
	node_free(doc);
	scene_name_release(&name);
	history_release(&h);
	git_release(&g);
	free(root);
	return pipe_end(EX_DONE);
}
