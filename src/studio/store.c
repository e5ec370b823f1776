/*
 * studio store: where what was paid for is kept, how much there is; export and
 * import carry it to another machine.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "record/json.h"
#include "store/price.h"
#include "store/stock.h"
#include "store/stock_tar.h"
#include "store/user.h"
#include "studio/studio.h"

struct shelf_sum {
	size_t nr;
	uint64_t bytes;
};

struct store_sum {
	struct shelf_sum shelf[STOCK_SHELVES];
	struct shelf_sum kept; /* files of the user's (store/aside.h) */
	double dollars;
	size_t unpriced; /* objects whose record says no cost */
	size_t half;     /* replies or records that are alone */
};

void
byte_words(uint64_t n, char *out, size_t size)
{
	static const char *const units[] = { "bytes", "KiB", "MiB", "GiB",
		"TiB" };
	double d = (double)n;
	size_t i = 0;

	for (; d >= 1024 && i < 4; i++)
		d /= 1024;
	snprintf(out, size, i ? "%.1f %s" : "%.0f %s", d, units[i]);
}

static void
sum_up(const struct stock *s, struct store_sum *out)
{
	const struct stock_item *i;
	double cost;

	memset(out, 0, sizeof(*out));
	for (i = s->item; i && i < s->item + s->nr; i++) {
		if (!i->there) {
			out->half++;
			continue;
		}
		out->shelf[i->shelf].nr++;
		out->shelf[i->shelf].bytes += i->bytes;
		if (i->shelf != STOCK_OBJECTS)
			continue;
		cost = stock_cost(i);
		out->dollars += cost > 0 ? cost : 0;
		out->unpriced += cost < 0;
	}
}

/* Nothing but this tells of them later. */
static int
sum_kept(const char *dir, struct shelf_sum *out, struct err *e)
{
	struct strvec names = STRVEC_INIT;
	char *kept = path_join(dir, "kept"), *path;
	struct stat st;
	size_t i;
	int ret = folder_list(kept, &names, e);

	for (i = 0; ret == 0 && i < names.nr; i++) {
		path = path_join(kept, names.v[i]);
		if (lstat(path, &st) == 0 && S_ISREG(st.st_mode)) {
			out->nr++;
			out->bytes += (uint64_t)st.st_size;
		}
		free(path);
	}
	strvec_release(&names);
	free(kept);
	return ret;
}

static void
set_shelf(struct node *doc, const char *name, const struct shelf_sum *s)
{
	struct node *n = node_new(NODE_MAP);

	node_set_whole(n, "number", (long long)s->nr);
	node_set_whole(n, "bytes", (long long)s->bytes);
	node_set(doc, name, n);
}

static void
print_json(const char *dir, const struct store_sum *s)
{
	struct node *doc = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	int i;

	node_set_str(doc, "folder", dir);
	for (i = 0; i < STOCK_SHELVES; i++)
		set_shelf(doc, stock_shelf_names[i], &s->shelf[i]);
	set_shelf(doc, "kept", &s->kept);
	node_set_num(doc, "cost", price_round(s->dollars));
	node_set_whole(doc, "unknown", (long long)s->unpriced);
	json_print(doc, &b);
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
	node_free(doc);
}

static void
print_shelf(const struct shelf_sum *s, const char *what)
{
	char size[40];

	if (!s->nr)
		return;
	byte_words(s->bytes, size, sizeof(size));
	printf("%zu %s, %s\n", s->nr, what, size);
}

static void
print_text(const char *dir, const struct store_sum *s)
{
	const struct shelf_sum *shelf = s->shelf;
	char size[40], dollars[40];

	printf("%s\n", dir);
	byte_words(shelf[STOCK_OBJECTS].bytes, size, sizeof(size));
	dollar_words(s->dollars, dollars, sizeof(dollars));
	printf("%zu repl%s, %s, paid for with %s", shelf[STOCK_OBJECTS].nr,
	    shelf[STOCK_OBJECTS].nr == 1 ? "y" : "ies", size, dollars);
	if (s->unpriced)
		printf("; of %zu it is not known here", s->unpriced);
	puts("");
	print_shelf(&shelf[STOCK_JOURNAL], "journalled and not yet in use; "
	    "studio doctor says of what");
	print_shelf(&shelf[STOCK_REJECTED], "refused, and kept since they "
	    "were paid for");
	if (shelf[STOCK_INTENTS].nr)
		printf("%zu call%s whose outcome is not known; studio doctor "
		    "says which\n", shelf[STOCK_INTENTS].nr,
		    shelf[STOCK_INTENTS].nr == 1 ? "" : "s");
	byte_words(s->kept.bytes, size, sizeof(size));
	if (s->kept.nr)
		printf("%zu replaced file%s of your own, %s, in kept/ until "
		    "you remove %s\n", s->kept.nr, s->kept.nr == 1 ? "" : "s",
		    size, s->kept.nr == 1 ? "it" : "them");
}

static int
show(int json)
{
	struct err e = ERR_INIT;
	struct store_sum sum;
	struct stock s;
	char *dir = store_dir();

	if (stock_read(&s, &e) < 0)
		die_err(&e);
	sum_up(&s, &sum);
	if (sum_kept(dir, &sum.kept, &e) < 0)
		die_err(&e);
	if (json)
		print_json(dir, &sum);
	else
		print_text(dir, &sum);
	stock_release(&s);
	free(dir);
	return pipe_end(EX_DONE);
}

/* How much was moved, to stderr where stdout is the file. */
static void
tell(const struct stock_moved *m, FILE *f, const char *verb)
{
	char size[40];

	byte_words(m->bytes, size, sizeof(size));
	fprintf(f, "%s %zu repl%s, %s", verb, m->taken,
	    m->taken == 1 ? "y" : "ies", size);
	if (m->there)
		fprintf(f, "; %zu were here", m->there);
	if (m->kept)
		fprintf(f, "; %zu have another reply here, which stays",
		    m->kept);
	if (m->mended)
		fprintf(f, "; %zu of them in place of rotten ones", m->mended);
	if (m->intents)
		fprintf(f, "; %zu open call%s", m->intents,
		    m->intents == 1 ? "" : "s");
	fputs("\n", f);
}

static int
export_to(const char *file)
{
	int to_stdout = !strcmp(file, "-"), ret;
	struct err e = ERR_INIT;
	struct stock_moved m;
	struct tempfile *t = NULL;
	struct stat st;
	size_t i;

	if (to_stdout && isatty(STDOUT_FILENO))
		die(EX_BADUSE, "will not write a tar file to a terminal; send "
		    "it to a file");
	if (!to_stdout && lstat(file, &st) == 0 && !S_ISREG(st.st_mode))
		die(EX_BADUSE, "%s: is there and is no plain file; name "
		    "another, or - for stdout", file);
	/* it may be the one copy of what was paid for on another machine */
	if (!to_stdout && lstat(file, &st) == 0)
		die(EX_BADUSE, "%s: is there already; name another, remove "
		    "it, or - for stdout", file);
	if (!to_stdout && !(t = tempfile_new(file, &e)))
		die_err(&e);
	ret = stock_export(t ? tempfile_fd(t) : STDOUT_FILENO,
	    t ? file : "stdout", &m, &e);
	if (ret == 0 && t)
		ret = tempfile_commit(t, &e);
	else
		tempfile_abandon(t);
	if (ret < 0)
		die_err(&e);
	for (i = 0; i < m.faults.nr; i++)
		warning("%s", m.faults.v[i]);
	tell(&m, to_stdout ? stderr : stdout, "exported");
	ret = m.faults.nr ? EX_IO : EX_DONE;
	stock_moved_release(&m);
	return pipe_end(ret);
}

static int
import_from(const char *file)
{
	int from_stdin = !strcmp(file, "-"), ret;
	struct err e = ERR_INIT;
	struct stock_moved m;
	int fd = STDIN_FILENO;

	if (from_stdin && isatty(fd))
		die(EX_BADUSE, "stdin is a terminal; name a file");
	if (!from_stdin)
		fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		err_errno(&e, "%s: cannot open", file);
		die_err(&e);
	}
	ret = stock_import(fd, from_stdin ? "stdin" : file, &m, &e);
	tell(&m, stdout, "imported");
	if (!from_stdin)
		close(fd);
	stock_moved_release(&m);
	if (ret < 0)
		die_err(&e);
	return pipe_end(EX_DONE);
}

int
cmd_store(int argc, char **argv)
{
	int json = 0, n;
	const struct option_def options[] = {
		{ 0, "json", OPT_FLAG, &json, NULL, "for programs" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--json]",
		"export FILE | -", "import FILE | -", NULL };
	struct usage u = { "studio store", synopsis,
		"Say where what was paid for is kept, and how much; or carry "
		"it away and back\nas a tar file.", options };
	char **operands;

	n = options_parse(&u, argc, argv, &operands);
	if (!n)
		return show(json);
	if (json || n != 2)
		options_fail(&u, "name what to do and one file");
	if (!strcmp(operands[0], "export"))
		return export_to(operands[1]);
	if (!strcmp(operands[0], "import"))
		return import_from(operands[1]);
	options_fail(&u, "'%s': is neither export nor import", operands[0]);
}
