#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "base/spawn.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "../tests/unit/tap.h"

static void
test_text(void)
{
	struct strbuf b = STRBUF_INIT;
	char safe[64];

	strbuf_addf(&b, " %d-%s ", 7, "x");
	strbuf_trim(&b);
	is(b.buf, "7-x", "strbuf formats and trims");
	strbuf_release(&b);
	ok(utf8_check("a\xc0\xaf", 3) == 1, "an overlong form is refused");
	ok(utf8_check("\xed\xa0\x80", 3) == 0, "a surrogate is refused");
	ok(utf8_check("\xfa\xab\x97\x9a", 4) == 0 &&
	    utf8_check("\xf5\x80\x80\x80", 4) == 0,
	    "a first byte that none begins with is refused");
	ok(utf8_check("gr\xc3\xbc\xc3\x9f", 6) == 6, "good text passes");
	utf8_printable(safe, sizeof(safe), "a\x1b[2J\xff", 6);
	is(safe, "a\\x1B[2J\\xFF", "escapes cannot reach the terminal");
	ok(utf8_columns("\xe6\xb5\xb7" "a", 4) == 3, "CJK takes two columns");
}

static void
test_names(void)
{
	char u[UUID_LEN], h[SHA256_HEX], t[TIME_LEN];
	time_t when;

	uuid_named("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com",
	    15, u);
	is(u, "2ed6657d-e927-568b-95e1-2665a8aea6a2", "UUIDv5 of RFC 4122");
	sha256_hex("abc", 3, h);
	is(h, "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad",
	    "SHA-256 of abc");
	ok(time_parse("2026-11-22T17:57:02.5+02:00", &when) == 0, "RFC 3339");
	time_format(when, t);
	is(t, "2026-11-22T15:57:02Z", "in UTC");
	ok(time_parse("2026-11-22T-1:00:00Z", &when) < 0 &&
	    time_parse("\n026-11-22T01:00:00Z", &when) < 0 &&
	    time_parse("2026-11-22T01:00:00+-1:00", &when) < 0,
	    "a sign or a space is no digit of a time");
	ok(time_parse("2026-13-01T00:00:00Z", &when) < 0,
	    "month 13 is refused");
	ok(time_parse("0226-11-22T15:57:02+01:00", &when) == 0,
	    "a year before 1000");
	time_format(when, t);
	is(t, "0226-11-22T14:57:02Z", "has its zero");
	ok(time_parse("9999-12-31T23:59:59-00:01", &when) < 0 &&
	    time_parse("0000-01-01T00:00:00+00:01", &when) < 0,
	    "a year that its offset moves out of four digits is refused");
}

static void
test_paths(void)
{
	static const char *const bad[] = { "../x", "/etc/passwd", "a/../b",
		"file:x", "~/x", "a//b", "./a", "", "a\nb", "c:\\x" };
	struct err e = ERR_INIT;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(!path_is_inside(bad[i]), "path %zu leads out", i);
	ok(path_is_inside("media/dock..jpg"), "dots within a name are fine");
	ok(symlink("/etc/passwd", "link") == 0 &&
	    path_open_beneath(".", "link", &e) < 0 && e.code == EX_DATA,
	    "a symbolic link is refused: %s", e.msg);
}

static void
test_files(void)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	const char *argv[] = { "sh", "-c", "cat; echo \"$X_API_KEY\"", NULL };
	struct spawn s = SPAWN_INIT;

	ok(file_mkdirs("a/b/c", &e) == 0, "mkdir -p");
	ok(file_write("a/b/c/f", "hello", 5, &e) == 0, "atomic write");
	ok(file_write_changed("a/b/c/f", "hello", 5, &e) == 0, "same: left");
	ok(file_copy("a/b/c/f", "a/g", &e) == 0 &&
	    file_read("a/g", 10, &b, &e) == 0, "copy");
	is(b.buf, "hello", "what was written is read");
	ok(file_read("a/g", 4, &b, &e) < 0 && e.code == EX_DATA, "limit");
	ok(file_open_regular("a", &e) < 0, "a folder is no file");
	ok(file_remove_tree("a", &e) == 0 && !file_exists("a"), "rm -r");
	strbuf_reset(&b);
	setenv("X_API_KEY", "canary", 1);
	s.argv = argv;
	s.in = "in";
	s.in_len = 2;
	s.out = &b;
	s.out_limit = 100;
	ok(spawn_run(&s, &e) == 0, "spawn");
	is(b.buf, "in\n", "bytes in and out, keys left behind");
	strbuf_release(&b);
}

/* Half-written files of killed programs, also of one that had our pid. */
static void
test_tempfiles(void)
{
	char mine[100];
	struct tempfile *t;
	struct err e = ERR_INIT;
	unsigned i;

	for (i = 0; i < 100; i++) {
		snprintf(mine, sizeof(mine), ".abc1.%ld.%u.tmp", (long)getpid(),
		    i);
		if (file_write(mine, "dead", 4, &e) < 0)
			break;
	}
	ok(i == 100, "as many as a hundred");
	t = tempfile_new("abc1", &e);
	ok(t != NULL, "another name is found");
	ok(t && tempfile_commit(t, &e) == 0, "and kept");
	ok(file_write(".abd.1.1.tmp", "", 0, &e) == 0, "a stranger's");
	tempfile_sweep(".", "abc");
	ok(!file_exists(mine), "those are swept");
	ok(file_exists("abc1") && file_exists(".abd.1.1.tmp"), "only those");
	tempfile_sweep("nowhere", "abc");
}

int
main(void)
{
	char dir[] = "/tmp/studio-base-XXXXXX";
	struct err e = ERR_INIT;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	test_text();
	test_names();
	test_paths();
	test_files();
	test_tempfiles();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
