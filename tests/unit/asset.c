#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "record/asset.h"
#include "record/json.h"
#include "../tests/unit/tap.h"

#define PROJECT "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
#define DIGEST                                                                \
	"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static struct err e;

static struct node *
clip(const char *voice)
{
	struct node *n = node_new(NODE_MAP);

	node_set_str(n, "url", "audio.wav");
	node_set_str(n, "voiceId", voice);
	node_set_num(n, "durationSec", 2.5);
	node_set_str(n, "status", "ready");
	node_set_str(n, "request", DIGEST);
	return n;
}

static void
content(const char *want, const char *name)
{
	struct strbuf b = STRBUF_INIT;

	file_read("audio.json", 10000, &b, &e);
	is(b.buf, want, name);
	strbuf_release(&b);
}

#define RECORD(voice, extra, made, changed)                                   \
	"{\n  \"id\": \"80c66357-cac9-5d9f-8410-dd31cf1378c7\",\n"            \
	"  \"url\": \"audio.wav\",\n  \"voiceId\": \"" voice "\",\n"          \
	"  \"durationSec\": 2.5,\n  \"status\": \"ready\",\n"                 \
	"  \"request\": \"" DIGEST "\",\n" extra                              \
	"  \"createdAt\": \"" made "\",\n  \"updatedAt\": \"" changed "\"\n}\n"

static void
test_save(void)
{
	struct node *n;
	struct asset a;
	char *path;

	setenv("SOURCE_DATE_EPOCH", "0", 1);
	ok(asset_save(RECORD_AUDIO, "audio.json", PROJECT, clip("slt"),
	    &e) == 0, "saved: %s", e.msg);
	asset_load(&a, RECORD_AUDIO, "audio.json", &e);
	ok(a.id && a.seconds == 2.5 && !strcmp(a.url, "audio.wav"), "loads");
	path = asset_media_path(&a, &e);
	is(path, "audio.wav", "media beside it");
	free(path);
	content(RECORD("slt", "", "1970-01-01T00:00:00Z",
	    "1970-01-01T00:00:00Z"), "the record");
	n = node_copy(a.doc);
	node_set_str(n, "myOwn", "kept");
	node_set_str(n, "seed", "gone");
	asset_release(&a);
	asset_save(RECORD_AUDIO, "audio.json", PROJECT, n, &e);
	setenv("SOURCE_DATE_EPOCH", "86400", 1);
	asset_save(RECORD_AUDIO, "audio.json", PROJECT, clip("rms"), &e);
	content(RECORD("rms", "  \"myOwn\": \"kept\",\n",
	    "1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z"),
	    "a change keeps id, createdAt and what is somebody's own");
}

static void
test_same(void)
{
	struct stat was, is_now;

	stat("audio.json", &was);
	setenv("SOURCE_DATE_EPOCH", "172800", 1);
	ok(asset_save(RECORD_AUDIO, "audio.json", PROJECT, clip("rms"),
	    &e) == 0, "saved again");
	stat("audio.json", &is_now);
	ok(was.st_ino == is_now.st_ino, "the same record is left alone");
}

static void
test_bad(void)
{
	struct node *n = clip("slt");
	struct asset a;

	node_set_str(n, "url", "../../../x.wav");
	ok(asset_save(RECORD_AUDIO, "b.json", PROJECT, n, &e) < 0 &&
	    !file_exists("b.json"), "a bad record is not written: %s", e.msg);
	ok(asset_load(&a, RECORD_AUDIO, "none.json", &e) == 0 && !a.doc,
	    "a missing record is none");
	ok(!asset_media_path(&a, &e), "and has no media");
	asset_release(&a);
	file_write("c.json", "{\n<<<<<<< a\n", 12, &e);
	ok(asset_save(RECORD_AUDIO, "c.json", PROJECT, clip("slt"), &e) < 0 &&
	    strstr(e.msg, "c.json:2:1"), "a broken one is not written over");
	ok(asset_load(&a, RECORD_AUDIO, "c.json", &e) < 0, "nor read");
}

int
main(void)
{
	char dir[] = "/tmp/studio-asset-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	test_save();
	test_same();
	test_bad();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
