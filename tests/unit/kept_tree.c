/* What is kept of files that did not change, and what must not be believed. */
#include "record/kept_tree.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "record/json.h"
#include "../tests/unit/tap.h"

#define VERSION 7
#define INDEX "build/tree-index"
#define SECOND 1000000000LL

static struct kept_tree *
again(struct kept_tree *k)
{
	kept_tree_close(k);
	return kept_tree_open(".", VERSION);
}

static void
write_all(const char *path, const char *s, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (fd < 0 || file_write_all(fd, s, n) < 0)
		perror(path);
	close(fd);
}

/* A file of that text whose change is long ago, as far as we are told. */
static void
settled(const char *path, const char *s, struct file_stamp *stamp)
{
	write_all(path, s, strlen(s));
	file_stamp_get(path, stamp);
	stamp->ctime -= 10 * SECOND;
}

static void
is_tree(struct node *n, const char *json, const char *name)
{
	struct strbuf b = STRBUF_INIT;

	if (n)
		json_print_line(n, &b);
	is(n ? b.buf : NULL, json, name);
	strbuf_release(&b);
	node_free(n);
}

static const char text[] =
	"{\"a\":\"x\",\"b\":[1,true,null,{\"c\":\"\"}],\"d\":{}}";

static void
test_round(struct file_stamp *s)
{
	struct kept_tree *k = kept_tree_open(".", VERSION);
	struct node *tree = json_parse("t", text, strlen(text), NULL), *n;
	struct file_stamp other;

	settled("f", text, s);
	ok(!kept_tree_get(k, 1, s), "nothing is known at first");
	kept_tree_put(k, 1, s, file_stamp_now(), tree);
	is_tree(kept_tree_get(k, 1, s), text, "known by who put it");
	k = again(k);
	n = kept_tree_get(k, 1, s);
	ok(n && n->line == 1 && n->kid[1]->start == tree->kid[1]->start &&
	    n->kid[0]->quoted, "places in the file are kept");
	is_tree(n, text, "known by the next program");
	n = kept_tree_lend(k, 1, s);
	node_free(n);
	is_tree(n, text, "lent, and left alone by node_free");
	ok(!kept_tree_get(k, 2, s), "read in another way: another entry");
	other = *s;
	other.size++;
	ok(!kept_tree_get(k, 1, &other), "another size");
	other = *s;
	other.mtime++;
	ok(!kept_tree_get(k, 1, &other), "another mtime");
	other = *s;
	other.ctime++;
	ok(!kept_tree_get(k, 1, &other), "the same mtime, another ctime");
	kept_tree_close(k);
	node_free(tree);
}

/* A file that may change again under the same times is not remembered. */
static void
test_ticks(void)
{
	struct kept_tree *k = kept_tree_open(".", VERSION);
	struct node *tree = json_parse("t", "{}", 2, NULL);
	struct file_stamp s;

	write_all("now", "{}", 2);
	file_stamp_get("now", &s);
	kept_tree_put(k, 1, &s, s.ctime + 1, tree);
	ok(!kept_tree_get(k, 1, &s), "changed in this tick: not remembered");
	s.ctime = file_stamp_now() + 3600 * SECOND;
	kept_tree_put(k, 1, &s, file_stamp_now(), tree);
	ok(!kept_tree_get(k, 1, &s), "changed in the future: neither");
	s.ctime = 1000 * SECOND;
	kept_tree_put(k, 1, &s, 1001 * SECOND, tree);
	ok(!kept_tree_get(k, 1, &s), "whole seconds settle in seconds");
	kept_tree_put(k, 1, &s, 1004 * SECOND, tree);
	is_tree(kept_tree_get(k, 1, &s), "{}", "but they do");
	kept_tree_close(k);
	node_free(tree);
}

/* Any one byte changed, any length cut: the right tree, or none. */
static void
test_damage(const struct file_stamp *s)
{
	struct strbuf whole = STRBUF_INIT, b = STRBUF_INIT;
	struct kept_tree *k;
	struct node *n;
	size_t i, wrong = 0;

	file_read(INDEX, 1 << 20, &whole, NULL);
	for (i = 0; i < 2 * whole.len; i++) {
		if (i < whole.len) {
			whole.buf[i] ^= 0x41;
			write_all(INDEX, whole.buf, whole.len);
			whole.buf[i] ^= 0x41;
		} else {
			write_all(INDEX, whole.buf, i - whole.len);
		}
		k = kept_tree_open(".", VERSION);
		n = kept_tree_get(k, 1, s);
		strbuf_reset(&b);
		if (n)
			json_print_line(n, &b);
		wrong += n && strcmp(b.buf, text) != 0;
		node_free(n);
		kept_tree_close(k);
	}
	ok(whole.len > 100 && !wrong, "%zu kinds of damage: never another tree",
	    2 * whole.len);
	write_all(INDEX, whole.buf, whole.len);
	k = kept_tree_open(".", VERSION + 1);
	ok(!kept_tree_get(k, 1, s), "of another version: not believed");
	kept_tree_close(k);
	strbuf_release(&whole);
	strbuf_release(&b);
}

static void
test_mended(const struct file_stamp *s)
{
	struct node *tree = json_parse("t", text, strlen(text), NULL);
	struct kept_tree *k;

	write_all(INDEX, "not an index at all, but long enough", 36);
	k = kept_tree_open(".", VERSION);
	kept_tree_put(k, 1, s, file_stamp_now(), tree);
	k = again(k);
	is_tree(kept_tree_get(k, 1, s), text, "rubbish is written anew");
	kept_tree_close(k);
	unlink(INDEX);
	ok(symlink("../victim", INDEX) == 0, "a link in its place");
	k = kept_tree_open(".", VERSION);
	kept_tree_put(k, 1, s, file_stamp_now(), tree);
	kept_tree_close(k);
	ok(!file_exists("victim"), "is not followed");
	unlink(INDEX);
	node_free(tree);
}

/* Programs at once: nothing of one is lost by the other. */
static void
test_together(void)
{
	struct node *tree = json_parse("t", text, strlen(text), NULL);
	struct file_stamp s = { 0, 9, 5, 5 };
	struct kept_tree *k = kept_tree_open(".", VERSION);
	int i, j, known = 0;

	/* the file is there, so that each appends */
	kept_tree_put(k, 1, &s, file_stamp_now(), tree);
	kept_tree_close(k);
	for (i = 0; i < 8; i++) {
		if (fork())
			continue;
		k = kept_tree_open(".", VERSION);
		for (j = 0; j < 200; j++) {
			s.ino = (uint64_t)(1 + i * 200 + j);
			kept_tree_put(k, 1, &s, file_stamp_now(), tree);
		}
		kept_tree_close(k);
		_exit(0);
	}
	while (wait(NULL) > 0)
		;
	k = kept_tree_open(".", VERSION);
	for (i = 1; i <= 1600; i++) {
		struct node *n;

		s.ino = (uint64_t)i;
		n = kept_tree_lend(k, 1, &s);
		known += n && n->nr == tree->nr;
	}
	ok(known == 1600, "eight programs at once: %d of 1600 kept", known);
	kept_tree_close(k);
	node_free(tree);
}

static void
test_read_only(const struct file_stamp *s)
{
	struct node *tree = json_parse("t", "{}", 2, NULL);
	struct kept_tree *k;

	if (geteuid() == 0) {
		ok(1, "# SKIP root may write anywhere");
	} else {
		unlink(INDEX);
		chmod("build", 0555);
		k = kept_tree_open(".", VERSION);
		kept_tree_put(k, 1, s, file_stamp_now(), tree);
		is_tree(kept_tree_get(k, 1, s), "{}", "a folder that cannot "
		    "be written costs nothing but time");
		kept_tree_close(k);
		chmod("build", 0777);
	}
	node_free(tree);
}

int
main(void)
{
	char dir[] = "/tmp/studio-kept.XXXXXX";
	struct file_stamp s;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	test_round(&s);
	test_ticks();
	test_round(&s);
	test_damage(&s);
	test_mended(&s);
	test_together();
	test_read_only(&s);
	if (chdir("/") == 0)
		file_remove_tree(dir, NULL);
	return done_testing();
}
