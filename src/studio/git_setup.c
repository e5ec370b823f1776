#include "studio/git_setup.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/git.h"

#define FILE_BYTES (1u << 20)

static const char gitignore[] =
    "# made again by make\n"
    "/build/\n"
    "/storyboard.html\n"
    "/video/*.mp4\n"
    "/video/*.jpg\n"
    "/video/*.m4a\n"
    "*.local.*\n"
    "# left by an interrupted write\n"
    ".*.tmp\n";

#define WHOLE(ext) "*." ext " -diff -merge -text\n"

static const char gitattributes[] =
    "# media are taken whole, from one side or the other\n"
    WHOLE("wav") WHOLE("mp3") WHOLE("flac") WHOLE("m4a") WHOLE("aac")
    WHOLE("ogg") WHOLE("opus")
    WHOLE("png") WHOLE("jpg") WHOLE("jpeg") WHOLE("webp") WHOLE("gif")
    WHOLE("tif") WHOLE("tiff") WHOLE("avif")
    WHOLE("mp4") WHOLE("mov") WHOLE("webm") WHOLE("mkv")
    WHOLE("ttf") WHOLE("otf")
    "# records and texts are merged line by line\n"
    "*.json text eol=lf\n"
    "*.md -text\n"
    "*.yaml -text\n"
    "# a call that was paid for is never mixed with another\n"
    "/ledger/*.json -merge\n"
    "# what is said of a film is made again with it\n"
    "/video/* merge=ours\n";

static int
is_true(const char *s)
{
	return !strcasecmp(s, "true") || !strcmp(s, "1") ||
	    !strcasecmp(s, "yes") || !strcasecmp(s, "on");
}

/* Does core.fsync hold what was committed and what was added? */
static int
is_whole(const char *s)
{
	return (strstr(s, "all") || strstr(s, "added") ||
	    strstr(s, "committed")) && !strstr(s, "-loose-object");
}

static int
is_any(const char *s)
{
	return *s != '\0';
}

static const struct {
	const char *key, *value;
	int (*fits)(const char *value);
	const char *why;
} settings[] = {
	{ "merge.directoryRenames", "true", is_true,
	    "a file added to a scene follows when another branch moves it" },
	{ "merge.ours.driver", "true", is_any,
	    "records of films that both branches made are no conflict" },
	{ "core.fsync", "all", is_whole,
	    "a commit is on the disk when git says so" }
};

#define SETTINGS (sizeof(settings) / sizeof(*settings))

/* Is line, of n bytes, one of text's? */
static int
has_line(const struct strbuf *text, const char *line, size_t n)
{
	const char *s = text->buf;
	size_t len;

	for (; *s; s += len, s += *s == '\n') {
		len = strcspn(s, "\n");
		if (len == n + 1 && s[n] == '\r' && !memcmp(s, line, n))
			return 1;
		if (len == n && !memcmp(s, line, n))
			return 1;
	}
	return 0;
}

/* Before those that are there: of lines that disagree git takes the last. */
static int
put_lines(const char *dir, const char *name, const char *lines, struct err *e)
{
	char *path = path_join(dir, name);
	struct strbuf old = STRBUF_INIT, b = STRBUF_INIT;
	size_t n;
	int ret = 0;

	if (file_exists(path))
		ret = file_read(path, FILE_BYTES, &old, e);
	for (; *lines; lines += n) {
		n = strcspn(lines, "\n") + 1;
		if (!has_line(&old, lines, n - 1))
			strbuf_add(&b, lines, n);
	}
	strbuf_add(&b, old.buf, old.len);
	if (ret == 0 && file_write_changed(path, b.buf, b.len, e) < 0)
		ret = -1;
	strbuf_release(&old);
	strbuf_release(&b);
	free(path);
	return ret;
}

int
git_setup_files(const char *dir, struct err *e)
{
	if (put_lines(dir, ".gitignore", gitignore, e) < 0)
		return -1;
	return put_lines(dir, ".gitattributes", gitattributes, e);
}

static int
set(const char *dir, size_t i, struct err *e)
{
	const char *args[] = { "config", settings[i].key, settings[i].value,
		NULL };
	struct git_call c = GIT_CALL_INIT;

	c.dir = dir;
	c.args = args;
	return git_run(&c, e);
}

/* The last value of each setting, which wins, of "KEY\nVALUE\0..."; git writes
 * keys in small letters. */
static int
is_set(const struct strbuf *all, size_t i)
{
	const char *s = all->buf, *end = s + all->len, *value = NULL;
	size_t n = strlen(settings[i].key);

	for (; s < end; s += strlen(s) + 1)
		if (!strncasecmp(s, settings[i].key, n) &&
		    (s[n] == '\n' || !s[n]))
			value = s[n] ? s + n + 1 : "true"; /* key alone */
	return value && settings[i].fits(value);
}

/* Which are not set, a bit each. */
static unsigned
missing(const struct git *g)
{
	static const char *const args[] = { "config", "-z", "--get-regexp",
		"^(merge\\.(directoryrenames|ours\\.driver)|core\\.fsync)$",
		NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf all = STRBUF_INIT;
	unsigned bits = 0;
	size_t i;

	c.dir = g->root;
	c.args = args;
	c.out = &all;
	if (git_ask(&c, NULL, NULL) < 0)
		return 0;
	for (i = 0; i < SETTINGS; i++)
		if (!is_set(&all, i))
			bits |= 1u << i;
	strbuf_release(&all);
	return bits;
}

int
git_setup_missing(const char *root, struct strbuf *line)
{
	struct git g;
	unsigned bits;
	size_t i;

	if (git_open(&g, root, NULL) < 0)
		return 0;
	bits = missing(&g);
	for (i = 0; i < SETTINGS; i++)
		if (bits & 1u << i)
			strbuf_addf(line, "%s%s", line->len ? ", " : "git: ",
			    settings[i].key);
	if (bits)
		strbuf_addstr(line, " not set in this clone:");
	for (i = 0; i < SETTINGS; i++)
		if (bits & 1u << i)
			strbuf_addf(line, " git config %s %s;",
			    settings[i].key, settings[i].value);
	if (bits)
		strbuf_setlen(line, line->len - 1);
	git_release(&g);
	return bits != 0;
}

int
git_setup_mend(const char *root, struct err *e)
{
	struct git g;
	unsigned bits;
	size_t i;
	int ret = 0;

	if (git_open(&g, root, NULL) < 0)
		return 0;
	bits = missing(&g);
	for (i = 0; ret == 0 && i < SETTINGS; i++)
		if (bits & 1u << i)
			ret = set(root, i, e);
	git_release(&g);
	return ret;
}

/* The repository is not ours alone: its owner sets it. */
static void
say_larger(const char *dir, const struct git *g)
{
	unsigned bits = missing(g);
	struct strbuf line = STRBUF_INIT;
	size_t i;

	for (i = 0; i < SETTINGS; i++) {
		if (!(bits & 1u << i))
			continue;
		strbuf_reset(&line);
		strbuf_addstr(&line, "git -C ");
		strbuf_add_shell(&line, dir);
		strbuf_addf(&line, " config %s %s", settings[i].key,
		    settings[i].value);
		warning("%s lies in a git repository that is there already; "
		    "so that %s, run: %s", dir, settings[i].why, line.buf);
	}
	strbuf_release(&line);
}

void
git_setup_new(const char *dir)
{
	static const char *const init[] = { "init", "-q", NULL };
	struct git_call c = GIT_CALL_INIT;
	struct err e = ERR_INIT;
	struct git g;
	size_t i;
	int ret;

	if (git_open(&g, dir, &e) == 0) {
		say_larger(dir, &g);
		git_release(&g);
		return;
	}
	if (!g.none) {
		warning("%s (the project works without)", e.msg);
		return;
	}
	c.dir = dir;
	c.args = init;
	ret = git_run(&c, &e);
	for (i = 0; ret == 0 && i < SETTINGS; i++)
		ret = set(dir, i, &e);
	if (ret < 0)
		warning("%s: %s (the project works without)", dir, e.msg);
}
