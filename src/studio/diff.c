/*
 * studio diff: which scenes differ between two commits, or from one to what is
 * there now, and in what; by id, in words.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/options.h"
#include "base/pipe.h"
#include "base/utf8.h"
#include "record/json.h"
#include "store/git.h"
#include "studio/diff.h"
#include "studio/scene_changes.h"
#include "studio/studio.h"

#define COLUMN 12 /* where the words begin */

static void
print_safe(const char *s)
{
	char safe[200];

	utf8_printable(safe, sizeof(safe), s, strlen(s));
	fputs(safe, stdout);
}

static void
print_settings(const struct node *settings)
{
	const struct node *n;
	const char *touches;
	size_t i;

	for (i = 0; i < settings->nr; i++) {
		n = settings->kid[i];
		touches = node_str(n, "touches", "");
		print_safe(node_str(n, "file", ""));
		if (node_get(n, "what")) {
			printf(": ");
			print_safe(node_str(n, "what", ""));
			printf(" ");
			print_safe(node_str(n, "was", "(not set)"));
			printf(" -> ");
			print_safe(node_str(n, "now", "(not set)"));
		} else {
			printf(" changed");
		}
		printf("%s%s\n", *touches ? "; touches " : "", touches);
	}
}

static void
print_scene(const struct node *n)
{
	const char *change = node_str(n, "change", "");
	const struct node *list = node_get(n, "changes");
	struct strbuf names = STRBUF_INIT;
	char label[32];

	snprintf(label, sizeof(label), "scene %lld", (long long)node_num(n,
	    !strcmp(change, "deleted") ? "wasIndex" : "index", 0));
	printf("%-*s", COLUMN, label);
	if (!strcmp(change, "changed")) {
		if (node_get(n, "moved"))
			strbuf_addf(&names, "order (it was %lld)",
			    (long long)node_num(n, "wasIndex", 0));
		change_names(list, &names);
		printf("%s\n", names.buf);
		change_print_values(list, COLUMN);
	} else {
		printf("%s: ", change);
		print_safe(node_str(n, "text", ""));
		puts("");
	}
	strbuf_release(&names);
}

static void
print_text(const struct node *doc)
{
	const struct node *scenes = node_get(doc, "scenes");
	const struct node *settings = node_get(doc, "settings");
	size_t i;

	print_settings(settings);
	for (i = 0; i < scenes->nr; i++)
		print_scene(scenes->kid[i]);
	if (!scenes->nr && !settings->nr)
		puts("No scene differs, and no setting.");
}

static void
print_json(const struct node *doc)
{
	struct strbuf b = STRBUF_INIT;

	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
}

/* The commit where the branches of a and b parted, in a. */
static int
merge_base(const struct git *g, char a[GIT_ID], const char *b, struct err *e)
{
	const char *args[] = { "merge-base", a, b, NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf out = STRBUF_INIT;
	int status;

	c.dir = g->root;
	c.args = args;
	c.out = &out;
	status = git_ask(&c, NULL, e);
	strbuf_trim(&out);
	if (status > 0 || (status == 0 && out.len >= GIT_ID))
		status = err_set(e, EX_BADUSE, "%.12s and %.12s have no commit "
		    "in common%s; name them with two dots", a, b, g->shallow
		    ? " in this clone (git fetch --unshallow gets the rest)"
		    : "");
	if (status == 0)
		snprintf(a, GIT_ID, "%s", out.buf);
	strbuf_release(&out);
	return status ? -1 : 0;
}

/* What "A", "A..B" and "A...B" mean; *to NULL is the working tree. */
static int
read_range(const struct git *g, const char *range, struct diff_ends *d,
    struct err *e)
{
	const char *dots = strstr(range, "..");
	int three = dots && dots[2] == '.', ret = 0;
	const char *right = dots ? dots + 2 + three : NULL;
	char *left = dots ? xmemdup(range, (size_t)(dots - range))
			  : xstrdup(range);

	snprintf(d->from_name, sizeof(d->from_name), "%s", *left ? left
	    : "HEAD");
	snprintf(d->to_name, sizeof(d->to_name), "%s", right && *right ? right
	    : right ? "HEAD" : "the working tree");
	d->to_commit = right != NULL;
	ret = git_commit(g, *left ? left : "HEAD", d->from, e);
	if (ret == 0 && right)
		ret = git_commit(g, *right ? right : "HEAD", d->to, e);
	if (ret == 0 && three)
		ret = merge_base(g, d->from, d->to, e);
	free(left);
	return ret ? -1 : 0;
}

int
cmd_diff(int argc, char **argv)
{
	int json = 0, n, ret;
	const struct option_def options[] = {
		{ 0, "json", OPT_FLAG, &json, NULL, "for programs" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--json]",
		"[--json] COMMIT", "[--json] COMMIT..COMMIT", NULL };
	struct usage u = { "studio diff", synopsis, "Say which scenes differ "
		"from a commit (HEAD), and in what.", options };
	struct err e = ERR_INIT;
	struct diff_ends d;
	struct snapshot was, now;
	struct node *doc;
	struct git g;
	char **operands, *root;

	n = options_parse(&u, argc, argv, &operands);
	if (n > 1)
		options_fail(&u, "'%s': name two commits as A..B",
		    operands[1]);
	root = project_find(".", &e);
	memset(&d, 0, sizeof(d));
	if (!root || git_open(&g, root, &e) < 0)
		die_err(&e);
	if (!git_has_commits(&g))
		die(EX_CONF, "%s: nothing was committed yet; git add -A, then "
		    "git commit", root);
	ret = read_range(&g, n ? operands[0] : "HEAD", &d, &e);
	if (ret < 0 || snapshot_take(&was, &g, d.from, d.from_name, &e) < 0 ||
	    snapshot_take(&now, &g, d.to_commit ? d.to : NULL, d.to_name,
	    &e) < 0)
		die_err(&e);
	doc = diff_tree(&was, &now, &d);
	if (json)
		print_json(doc);
	else
		print_text(doc);
	node_free(doc);
	snapshot_release(&was);
	snapshot_release(&now);
	git_release(&g);
	free(root);
	return pipe_end(EX_DONE);
}
