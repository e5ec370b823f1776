#include "store/paid.h"

#include <errno.h>
#include <fcntl.h>
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
#include "store/user.h"

#define REPLY_BYTES (1u << 30)

static char *
object_path(const char *dir, const char *digest, const char *ext)
{
	return xasprintf("%s/objects/%.2s/%s%s", dir, digest, digest, ext);
}

static char *
aside_path(const char *dir, const char *kind, const char *digest)
{
	return xasprintf("%s/%s/%s", dir, kind, digest);
}

static int
mkdir_for(const char *path, struct err *e)
{
	char *dir = path_dirname(path);
	int ret = file_mkdirs(dir, e);

	free(dir);
	return ret;
}

int
paid_is_stored(const char *digest)
{
	char *dir = store_dir(), *meta = object_path(dir, digest, ".json");
	int yes = file_exists(meta);

	free(meta);
	free(dir);
	return yes;
}

/* Read an object and check it against its record: 1 found, 0 not there (or
 * rotten: then it is set aside, and the call is made again). */
static int
read_object(const char *dir, const char *digest, struct strbuf *reply,
    struct err *e)
{
	char *path = object_path(dir, digest, "");
	char *meta = object_path(dir, digest, ".json");
	char sum[SHA256_HEX];
	struct node *doc = NULL;
	int ret = 0;

	if (file_exists(meta)) {
		doc = json_load(meta, e);
		if (!doc || file_read(path, REPLY_BYTES, reply, e) < 0)
			ret = -1;
	}
	if (doc && ret == 0) {
		sha256_hex(reply->buf, reply->len, sum);
		ret = !strcmp(sum, node_str(doc, "sha256", "")) ? 1
		    : err_set(e, EX_IO, "%s: its bytes changed on the disk; "
		      "move it away, and the call is made again", path);
	}
	node_free(doc);
	free(meta);
	free(path);
	return ret;
}

/* The record that makes an object whole. */
static int
write_meta(const char *dir, const struct paid_call *c, const char *sha256,
    size_t bytes, struct err *e)
{
	char *path = object_path(dir, c->digest, ".json");
	struct node *doc = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	int ret;

	node_set_str(doc, "kind", c->kind);
	node_set_str(doc, "provider", c->provider);
	node_set_str(doc, "sha256", sha256);
	node_set_whole(doc, "bytes", (long long)bytes);
	json_print(doc, &b);
	ret = file_write(path, b.buf, b.len, e);
	strbuf_release(&b);
	node_free(doc);
	free(path);
	return ret;
}

/* One small file a call, in the project; a digest paid for again (its store
 * was lost) gets a number. */
static int
write_ledger(const struct paid_call *c, const char *sha256, size_t bytes,
    struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char now[TIME_LEN], *path;
	struct node *doc;
	int ret, n = 1;

	if (!c->project)
		return 0;
	path = project_path(c->project, "ledger/%.16s.json", c->digest);
	while (file_exists(path)) {
		free(path);
		path = project_path(c->project, "ledger/%.16s.%d.json",
		    c->digest, ++n);
	}
	time_stamp(now);
	doc = node_new(NODE_MAP);
	node_set_str(doc, "request", c->digest);
	node_set_str(doc, "kind", c->kind);
	node_set_str(doc, "provider", c->provider);
	node_set_str(doc, "for", c->what);
	node_set_str(doc, "at", now);
	node_set_str(doc, "sha256", sha256);
	node_set_whole(doc, "bytes", (long long)bytes);
	json_print(doc, &b);
	ret = mkdir_for(path, e);
	if (ret == 0)
		ret = file_write(path, b.buf, b.len, e);
	node_free(doc);
	strbuf_release(&b);
	free(path);
	return ret;
}

/* A file of the expected size, so that a full disk is met before paying. */
static struct tempfile *
reserve(const char *path, size_t expect, struct err *e)
{
	struct tempfile *t;
	int errnum;

	if (mkdir_for(path, e) < 0)
		return NULL;
	t = tempfile_new(path, e);
	if (!t)
		return NULL;
	errnum = expect ? posix_fallocate(tempfile_fd(t), 0, (off_t)expect) : 0;
	if (errnum && errnum != EOPNOTSUPP && errnum != EINVAL) {
		errno = errnum;
		err_errno(e, "%s: no room for the reply, so nothing was asked "
		    "or paid", path);
		tempfile_abandon(t);
		return NULL;
	}
	return t;
}

/* Fill the reserved file and put it in place. */
static int
journal(struct tempfile *t, const char *path, const struct strbuf *reply,
    struct err *e)
{
	if (file_write_all(tempfile_fd(t), reply->buf, reply->len) < 0 ||
	    ftruncate(tempfile_fd(t), (off_t)reply->len) < 0) {
		err_errno(e, "%s: cannot write", path);
		tempfile_abandon(t);
		return -1;
	}
	return tempfile_commit(t, e);
}

static int
write_intent(const char *path, const struct paid_call *c, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct node *doc = node_new(NODE_MAP);
	char now[TIME_LEN];
	int ret = mkdir_for(path, e);

	time_stamp(now);
	node_set_str(doc, "request", c->digest);
	node_set_str(doc, "kind", c->kind);
	node_set_str(doc, "provider", c->provider);
	node_set_str(doc, "for", c->what);
	node_set_str(doc, "at", now);
	json_print(doc, &b);
	if (ret == 0)
		ret = file_write(path, b.buf, b.len, e);
	strbuf_release(&b);
	node_free(doc);
	return ret;
}

/* Verify a journalled reply and make it an object, or set it aside. */
static int
settle(const char *dir, const struct paid_call *c, const char *journalled,
    const struct strbuf *reply, struct err *e)
{
	char *object = object_path(dir, c->digest, "");
	char *rejected = aside_path(dir, "rejected", c->digest);
	char sum[SHA256_HEX];
	struct err io = ERR_INIT;
	int ret;

	sha256_hex(reply->buf, reply->len, sum);
	ret = c->verify ? c->verify(c->ctx, reply, e) : 0;
	if (ret < 0) {
		if (mkdir_for(rejected, &io) == 0 &&
		    rename(journalled, rejected) == 0)
			err_prefix(e, "the reply is kept as %s", rejected);
	} else if (mkdir_for(object, e) < 0) {
		ret = -1;
	} else if (rename(journalled, object) < 0) {
		ret = err_errno(e, "%s: cannot put in place", object);
	} else {
		ret = file_sync_parent(object, e);
	}
	if (write_ledger(c, sum, reply->len, ret < 0 ? NULL : e) < 0 &&
	    ret == 0)
		ret = -1;
	if (ret == 0)
		ret = write_meta(dir, c, sum, reply->len, e);
	free(rejected);
	free(object);
	return ret;
}

/* Under the lock and with nothing stored: a reply that was journalled before
 * a crash is settled; else the call is made. */
static int
call(const char *dir, const struct paid_call *c, struct strbuf *reply,
    int *stored, struct err *e)
{
	char *journalled = aside_path(dir, "journal", c->digest);
	char *intent = aside_path(dir, "intents", c->digest);
	struct tempfile *t = NULL;
	int ret = -1;

	if (file_exists(journalled)) {
		ret = file_read(journalled, REPLY_BYTES, reply, e);
		*stored = 1;
	} else {
		t = reserve(journalled, c->expect, e);
		if (t && write_intent(intent, c, e) == 0)
			ret = c->send(c->ctx, reply, e);
		if (t && ret < 0)
			tempfile_abandon(t);
		else if (t)
			ret = journal(t, journalled, reply, e);
	}
	if (ret == 0)
		ret = settle(dir, c, journalled, reply, e);
	if (!file_exists(journalled))
		unlink(intent);
	free(intent);
	free(journalled);
	return ret;
}

int
paid_get(const struct paid_call *c, struct strbuf *reply, int *stored,
    struct err *e)
{
	/* One lock a digest would leave a file a digest behind; three digits of
	 * it are enough to keep strangers apart. */
	char *dir = store_dir();
	char *lock = xasprintf("%s/locks/%.3s", dir, c->digest);
	int fd, ret, kept = 0;

	fd = lock_take(lock, 1, e);
	ret = fd < 0 ? -1 : read_object(dir, c->digest, reply, e);
	if (ret == 0)
		ret = call(dir, c, reply, &kept, e);
	else if (ret == 1)
		kept = 1;
	if (fd >= 0)
		close(fd);
	ret = ret == 1 ? 0 : ret;
	if (ret < 0)
		strbuf_reset(reply);
	if (stored)
		*stored = kept;
	free(lock);
	free(dir);
	return ret;
}

int
paid_keep(const char *digest, const char *path, struct err *e)
{
	struct paid_call c = { NULL, digest, "media", "clone", "", 0, NULL,
		NULL, NULL };
	char sum[SHA256_HEX], *dir, *object;
	uint64_t bytes;
	int ret;

	if (paid_is_stored(digest))
		return 0;
	dir = store_dir();
	object = object_path(dir, digest, "");
	ret = mkdir_for(object, e);
	if (ret == 0)
		ret = file_copy(path, object, e);
	if (ret == 0)
		ret = sha256_file(object, sum, &bytes, e);
	if (ret == 0)
		ret = write_meta(dir, &c, sum, (size_t)bytes, e);
	free(object);
	free(dir);
	return ret;
}
