#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/json.h"
#include "store/lfs.h"
#include "store/object.h"
#include "store/paid.h"
#include "store/request.h"
#include "store/stat_cache.h"
#include "store/user.h"
#include "../tests/unit/tap.h"

static struct request *
sample(const char *text)
{
	struct request *r = request_new("audio", 1);

	request_add(r, "voice", "slt");
	request_add(r, "text", text);
	request_add_num(r, "speed", 1.1);
	request_seal(r);
	return r;
}

static void
test_request(void)
{
	static const char longtext[] = "a text that is longer than the sixty "
	    "bytes that a record shows of it";
	struct request *a = sample("hello"), *b = sample("hello"), *c;
	struct changes ch = { NULL, 0, 0 };
	struct node *inputs;

	is(a->digest, b->digest, "same inputs, same digest");
	request_free(b);
	b = request_new("audio", 1);
	request_add(b, "text", "hello");
	request_add_num(b, "speed", 1.1);
	request_add(b, "voice", "slt");
	request_seal(b);
	is(a->digest, b->digest, "the order of adding does not count");
	c = sample(longtext);
	ok(strcmp(a->digest, c->digest) != 0, "another text, another digest");
	inputs = request_inputs(a);
	changes_find(c, inputs, &ch);
	ok(ch.nr == 1 && !strcmp(ch.v[0].key, "text"), "one input changed");
	is(ch.v[0].was, "hello", "it was");
	ok(strstr(ch.v[0].now, "... sha256:") != NULL, "now is cut: %s",
	    ch.v[0].now);
	changes_release(&ch);
	changes_find(a, inputs, &ch);
	ok(ch.nr == 0, "no change against its own inputs");
	changes_release(&ch);
	node_free(inputs);
	request_free(a);
	request_free(b);
	request_free(c);
	/* "ab" + "c" must not read as "a" + "bc" */
	a = request_new("x", 1);
	request_add(a, "ab", "c");
	request_seal(a);
	b = request_new("x", 1);
	request_add(b, "a", "bc");
	request_seal(b);
	ok(strcmp(a->digest, b->digest) != 0, "lengths keep fields apart");
	request_free(a);
	request_free(b);
}

static void
test_cache(void)
{
	struct err e = ERR_INIT;
	struct stat_cache *c;
	char one[SHA256_HEX], two[SHA256_HEX];
	struct strbuf b = STRBUF_INIT;

	file_write("f", "one", 3, &e);
	usleep(50000);
	c = stat_cache_open(".");
	ok(stat_cache_sha256(c, "f", one, NULL, &e) == 0, "hashed");
	stat_cache_close(c);
	ok(file_read("build/stat-cache", 1000, &b, &e) == 0 && b.len > 64,
	    "kept");
	c = stat_cache_open(".");
	ok(rename("f", "g") == 0 &&
	    stat_cache_sha256(c, "g", two, NULL, &e) == 0 &&
	    !strcmp(one, two), "a moved file keeps its hash");
	file_write("g", "two", 3, &e);
	ok(stat_cache_sha256(c, "g", two, NULL, &e) == 0 &&
	    strcmp(one, two) != 0, "other bytes of the same length are seen");
	stat_cache_close(c);
	strbuf_release(&b);
}

#define LFS "version https://git-lfs.github.com/spec/v1\n"
#define OID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_lfs(void)
{
	static const char good[] = LFS "oid sha256:" OID "\nsize 9\n";
	static const char other[] = LFS "oid sha1:" OID "\nsize 9\n";
	static const char cut[] = LFS "oid sha256:0123\nsize 9\n";
	static const char text[] = "one\n" LFS;
	char sum[SHA256_HEX], big[LFS_POINTER_BYTES + 1];

	ok(lfs_is_pointer(good, sizeof(good) - 1, NULL), "a pointer");
	ok(lfs_is_pointer(good, sizeof(good) - 1, sum) && !strcmp(sum, OID),
	    "stands for a file");
	ok(lfs_is_pointer(other, sizeof(other) - 1, sum) && !*sum &&
	    lfs_is_pointer(cut, sizeof(cut) - 1, sum) && !*sum,
	    "or names none that is known");
	ok(!lfs_is_pointer(text, sizeof(text) - 1, sum) &&
	    !lfs_is_pointer("", 0, sum), "others are none");
	memset(big, ' ', sizeof(big));
	memcpy(big, LFS, sizeof(LFS) - 1);
	big[sizeof(big) - 1] = '\0';
	ok(!lfs_is_pointer(big, sizeof(big) - 1, NULL), "nor what is large");
}

static int calls, refuse;

static int
send_hello(void *ctx, struct paid_progress *pp, struct strbuf *reply,
    struct err *e)
{
	(void)ctx;
	(void)e;
	(void)pp;
	calls++;
	strbuf_addstr(reply, "hello");
	return 0;
}

static int
check_hello(void *ctx, const struct strbuf *reply, struct call_usage *used,
    struct err *e)
{
	(void)ctx;
	used->characters = 5;
	if (refuse || strcmp(reply->buf, "hello") != 0)
		return err_set(e, EX_DATA, "no hello");
	return 0;
}

static void
test_paid(void)
{
	static const char one[] = "11aa", two[] = "22bb", three[] = "33cc";
	struct paid_call c;
	struct strbuf reply = STRBUF_INIT;
	struct err e = ERR_INIT;
	int stored = -1;
	char *dir = store_dir(), *path;

	memset(&c, 0, sizeof(c));
	c.digest = one;
	c.kind = "audio";
	c.provider = "exec:x";
	c.what = "test";
	c.expect = 4096;
	c.gate = "exec:x";
	c.send = send_hello;
	c.verify = check_hello;
	ok(paid_get(&c, &reply, &stored, &e) == 0 && calls == 1 && !stored,
	    "the first time there is a call");
	strbuf_reset(&reply);
	ok(paid_get(&c, &reply, &stored, &e) == 0 && calls == 1 && stored,
	    "the second time there is none");
	is(reply.buf, "hello", "and the same reply");
	ok(object_is_there(one) && !object_is_there(two), "what is stored");
	/* a crash after the journal, before the object */
	path = xasprintf("%s/journal/%s", dir, two);
	file_write(path, "hello", 5, &e);
	free(path);
	c.digest = two;
	strbuf_reset(&reply);
	ok(paid_get(&c, &reply, &stored, &e) == 0 && calls == 1,
	    "a journalled reply is not paid for again");
	/* a reply that is not what was asked for */
	c.digest = three;
	refuse = 1;
	strbuf_reset(&reply);
	ok(paid_get(&c, &reply, &stored, &e) < 0 && e.code == EX_DATA,
	    "a wrong reply is refused");
	path = xasprintf("%s/rejected/%s", dir, three);
	ok(file_exists(path) && strstr(e.msg, "rejected/"),
	    "and kept: %s", e.msg);
	free(path);
	refuse = 0;
	/* rot */
	path = xasprintf("%s/objects/11/%s", dir, one);
	file_write(path, "hellO", 5, &e);
	free(path);
	c.digest = one;
	strbuf_reset(&reply);
	ok(paid_get(&c, &reply, &stored, &e) < 0 && e.code == EX_IO &&
	    calls == 2, "rot is seen: %s", e.msg);
	strbuf_release(&reply);
	free(dir);
}

static void
test_trust(void)
{
	struct err e = ERR_INIT;

	ok(trust_check("it's x", &e) < 0 && e.code == EX_CONF,
	    "nothing is trusted: %s", e.msg);
	ok(strstr(e.msg, "--add 'it'\\''s x'") != NULL,
	    "the cure can be pasted");
	ok(trust_add("it's x", &e) == 0 && trust_check("it's x", &e) == 0,
	    "added");
	ok(trust_check("it's y", &e) < 0, "byte for byte");
}

int
main(void)
{
	char dir[] = "/tmp/studio-store-XXXXXX", *home;
	struct err e = ERR_INIT;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	home = xasprintf("%s/home", dir);
	setenv("XDG_DATA_HOME", home, 1);
	unsetenv("XDG_RUNTIME_DIR");
	setenv("XDG_CONFIG_HOME", home, 1);
	free(home);
	test_request();
	test_cache();
	test_lfs();
	test_paid();
	test_trust();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
