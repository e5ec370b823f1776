/*
 * replay [-m N] FILE|FOLDER ...: give a fuzz target each file, each line of a
 * file NAME.inputs as the base64 of an input, and N inputs that are made of
 * these by a fixed seed. It needs no libFuzzer, so that the
 * normal sanitized objects can be tested with what fuzzing found. A bad input
 * is kept as "bad-input" in the current folder.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "base/strvec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define INPUT_MAX (1u << 20)
#define LINES_MAX (4u << 20)
#define SECONDS 20 /* for one input */
#define CHANGES 4  /* at most, to make an input of another */

static const struct strbuf *current;

/* Also of the sanitizers', which end a program by abort(). */
static void
keep_input(int signal_nr)
{
	int fd = open("bad-input", O_WRONLY | O_CREAT | O_TRUNC, 0666);

	if (fd >= 0 && current)
		(void)!write(fd, current->buf, current->len);
	signal(signal_nr, SIG_DFL);
	raise(signal_nr);
}

static void
run(const struct strbuf *b)
{
	/* a block of its very size, so that reading past its end is seen */
	uint8_t *exact = malloc(b->len ? b->len : 1);

	if (b->len)
		memcpy(exact, b->buf, b->len);
	current = b;
	alarm(SECONDS);
	LLVMFuzzerTestOneInput(exact, b->len);
	alarm(0);
	free(exact);
}

struct inputs {
	struct strbuf *v;
	size_t nr, alloc;
};

static struct strbuf *
add(struct inputs *in)
{
	ALLOC_GROW(in->v, in->nr, in->alloc);
	strbuf_init(&in->v[in->nr]);
	return &in->v[in->nr++];
}

static void
add_lines(struct inputs *in, const char *path)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	char *rest, *line;

	if (file_read(path, LINES_MAX, &b, &e) < 0)
		die_err(&e);
	for (rest = b.buf; (line = strsep(&rest, "\n"));)
		if (*line && base64_decode(line, strlen(line), add(in), &e) < 0)
			die_err(&e);
	strbuf_release(&b);
}

static void
add_path(struct inputs *in, const char *path)
{
	DIR *d = opendir(path);
	const struct dirent *entry;
	struct strvec names = STRVEC_INIT;
	struct err e = ERR_INIT;
	size_t i;

	if (!d && !strcmp(path_extension(path), "inputs"))
		add_lines(in, path);
	else if (!d && file_read(path, INPUT_MAX, add(in), &e) < 0)
		die_err(&e);
	while (d && (entry = readdir(d)))
		if (entry->d_name[0] != '.')
			strvec_pushf(&names, "%s/%s", path, entry->d_name);
	if (d)
		closedir(d);
	strvec_sort(&names);
	for (i = 0; i < names.nr; i++)
		if (file_read(names.v[i], INPUT_MAX, add(in), &e) < 0)
			die_err(&e);
	strvec_release(&names);
}

/* Overwrite, insert, take out or repeat some bytes. */
static void
change(struct strbuf *b, struct rng *r)
{
	static const uint8_t odd[] = { 0, 1, 0x7F, 0x80, 0xFF, '\n', '"', '\\',
		'[', '{', ':', '-', '<', '%', '0', '9' };
	size_t n = b->len, at = n ? rng_below(r, (uint32_t)n) : 0, k;
	char piece[64];

	switch (rng_below(r, 5)) {
	case 0:
		if (n)
			b->buf[at] = (char)rng_below(r, 256);
		break;
	case 1:
		if (n)
			b->buf[at] = (char)odd[rng_below(r, sizeof(odd))];
		break;
	case 2:
		if (n)
			b->buf[at] ^= (char)(1 << rng_below(r, 8));
		break;
	case 3:
		k = rng_below(r, 32);
		if (at + k < n) {
			memmove(b->buf + at, b->buf + at + k, n - at - k);
			strbuf_setlen(b, n - k);
		}
		break;
	default:
		k = rng_below(r, sizeof(piece));
		if (at + k > n)
			k = n - at;
		memcpy(piece, b->buf + at, k);
		strbuf_add(b, piece, k);
		at = n ? rng_below(r, (uint32_t)n) : 0;
		memmove(b->buf + at + k, b->buf + at, n - at);
		memcpy(b->buf + at, piece, k);
	}
}

static void
run_changed(const struct inputs *in, unsigned long times)
{
	struct strbuf b = STRBUF_INIT;
	const struct strbuf *from;
	struct rng r;
	uint32_t k;

	rng_seed(&r, 1, 0);
	for (; times; times--) {
		from = &in->v[rng_below(&r, (uint32_t)in->nr)];
		strbuf_reset(&b);
		strbuf_add(&b, from->buf, from->len);
		for (k = rng_below(&r, CHANGES) + 1; k; k--)
			change(&b, &r);
		run(&b);
	}
	strbuf_release(&b);
}

int
main(int argc, char **argv)
{
	struct inputs in = { NULL, 0, 0 };
	unsigned long times = 0;
	int i = 1;
	size_t k;

	if (argc > 2 && !strcmp(argv[1], "-m")) {
		times = strtoul(argv[2], NULL, 10);
		i = 3;
	}
	for (; i < argc; i++)
		add_path(&in, argv[i]);
	if (!in.nr)
		die(EX_BADUSE, "replay [-m N] FILE|FOLDER ...");
	signal(SIGABRT, keep_input);
	signal(SIGALRM, keep_input);
	for (k = 0; k < in.nr; k++)
		run(&in.v[k]);
	run_changed(&in, times);
	printf("%zu inputs, %lu more made of them\n", in.nr, times);
	for (k = 0; k < in.nr; k++)
		strbuf_release(&in.v[k]);
	free(in.v);
	return 0;
}
