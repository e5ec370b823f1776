#include "store/object.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/json.h"
#include "store/kept.h"
#include "store/price.h"
#include "store/user.h"

char *
object_path(const char *digest, const char *ext)
{
	char *dir = store_dir();
	char *path = xasprintf("%s/objects/%.2s/%s%s", dir, digest, digest,
	    ext);

	free(dir);
	return path;
}

char *
object_aside(const char *kind, const char *name)
{
	char *dir = store_dir(), *path = xasprintf("%s/%s/%s", dir, kind, name);

	free(dir);
	return path;
}

int
object_mkdir_for(const char *path, struct err *e)
{
	char *dir = path_dirname(path);
	int ret = file_mkdirs(dir, e);

	free(dir);
	return ret;
}

/* A file of a digest's own would be left behind by each. */
static char *
lock_of(const char *digest, unsigned long long *part)
{
	char start[16], *dir = store_dir(), *path = path_join(dir, "lock");

	snprintf(start, sizeof(start), "%s", digest);
	*part = strtoull(start, NULL, 16);
	free(dir);
	return path;
}

int
object_lock(const char *digest, struct err *e)
{
	unsigned long long part;
	char *path = lock_of(digest, &part);
	int fd = lock_part(path, part, e);

	free(path);
	return fd;
}

int
object_lock_now(const char *digest, struct err *e)
{
	unsigned long long part;
	char *path = lock_of(digest, &part);
	int fd = lock_part_now(path, part, e);

	free(path);
	return fd;
}

int
object_is_held(const char *digest)
{
	unsigned long long part;
	char *path = lock_of(digest, &part);
	int held = lock_part_is_held(path, part);

	free(path);
	return held;
}

int
object_is_there(const char *digest)
{
	char *meta = object_path(digest, ".json");
	char *path = object_path(digest, "");
	int yes = file_exists(meta) && file_exists(path);

	free(meta);
	free(path);
	return yes;
}

int
object_is_kept(const char *digest)
{
	char *path = object_path(digest, "");
	char *journalled = object_aside("journal", digest);
	int yes = file_exists(path) || file_exists(journalled);

	free(journalled);
	free(path);
	return yes;
}

static int
rotten(const char *path, struct err *e)
{
	return err_set(e, EX_IO, "%s: its bytes changed on the disk; \"studio "
	    "doctor --fix\" puts it aside, and the call is made again", path);
}

/* The SHA-256 that its record says: 1, 0 where there is no whole object. */
static int
recorded(const char *digest, char sum[SHA256_HEX], struct err *e)
{
	char *meta = object_path(digest, ".json");
	struct node *doc = NULL;
	int ret = object_is_there(digest);

	if (ret && !(doc = json_load(meta, e)))
		ret = -1;
	if (ret > 0)
		snprintf(sum, SHA256_HEX, "%s", node_str(doc, "sha256", ""));
	node_free(doc);
	free(meta);
	return ret;
}

int
object_read(const char *digest, struct strbuf *reply, struct err *e)
{
	char *path = object_path(digest, "");
	char sum[SHA256_HEX], want[SHA256_HEX];
	int ret = recorded(digest, want, e);

	if (ret > 0 && file_read(path, OBJECT_BYTES, reply, e) < 0)
		ret = -1;
	if (ret > 0) {
		sha256_hex(reply->buf, reply->len, sum);
		ret = !strcmp(sum, want) ? 1 : rotten(path, e);
	}
	free(path);
	return ret;
}

int
object_verify(const char *digest, struct err *e)
{
	char *path = object_path(digest, "");
	char sum[SHA256_HEX], want[SHA256_HEX];
	int ret = recorded(digest, want, e);

	if (ret > 0 && sha256_file(path, sum, NULL, e) < 0)
		ret = -1;
	if (ret > 0)
		ret = !strcmp(sum, want) ? 1 : rotten(path, e);
	free(path);
	return ret;
}

/* The record that makes an object whole. */
static int
write_meta(const char *digest, const struct object_meta *m,
    const char *sha256, uint64_t bytes, struct err *e)
{
	char *path = object_path(digest, ".json");
	struct node *doc = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	char now[TIME_LEN];
	int ret;

	time_stamp(now);
	node_set_str(doc, "kind", m->kind);
	node_set_str(doc, "provider", m->provider);
	node_set_str(doc, "sha256", sha256);
	node_set_whole(doc, "bytes", (long long)bytes);
	node_set_str(doc, "at", now);
	if (m->cost >= 0)
		node_set_num(doc, "cost", price_round(m->cost));
	json_print(doc, &b);
	ret = file_write(path, b.buf, b.len, e);
	strbuf_release(&b);
	node_free(doc);
	free(path);
	return ret;
}

int
object_take(const char *digest, const char *path, const struct object_meta *m,
    const struct strbuf *reply, struct err *e)
{
	char *object = object_path(digest, ""), *meta;
	char sum[SHA256_HEX];
	int ret = object_mkdir_for(object, e);

	/* an older one is no longer whole from here on */
	meta = object_path(digest, ".json");
	unlink(meta);
	free(meta);
	if (ret == 0 && rename(path, object) < 0)
		ret = err_errno(e, "%s: cannot put in place", object);
	if (ret == 0)
		ret = file_sync_parent(object, e);
	if (ret == 0) {
		sha256_hex(reply->buf, reply->len, sum);
		ret = write_meta(digest, m, sum, reply->len, e);
	}
	free(object);
	return ret;
}

void
object_take_back(const char *digest, const char *path)
{
	char *object = object_path(digest, "");
	char *meta = object_path(digest, ".json");

	if (file_exists(object) && !file_exists(meta) &&
	    object_mkdir_for(path, NULL) == 0 && rename(object, path) == 0)
		file_sync_parent(path, NULL);
	free(object);
	free(meta);
}

int
object_keep(const char *digest, const char *path, const struct node *rec,
    struct err *e)
{
	static const struct object_meta m = { "media", "clone", -1 };
	struct strbuf file = STRBUF_INIT, reply = STRBUF_INIT;
	char *object = object_path(digest, ""), sum[SHA256_HEX];
	int lock = object_lock(digest, e), ret = lock < 0 ? -1 : 0;

	if (ret == 0 && !object_is_there(digest)) {
		ret = file_read(path, OBJECT_BYTES, &file, e);
		if (ret == 0)
			ret = object_mkdir_for(object, e);
		/* a record alone means nothing; a reply alone would be taken
		 * for one that was paid for just now */
		if (ret == 0) {
			kept_pack(rec, file.buf, file.len, &reply);
			sha256_hex(reply.buf, reply.len, sum);
			ret = write_meta(digest, &m, sum, reply.len, e);
		}
		if (ret == 0)
			ret = file_write(object, reply.buf, reply.len, e);
	}
	if (lock >= 0)
		close(lock);
	strbuf_release(&file);
	strbuf_release(&reply);
	free(object);
	return ret;
}
