/*
 * The reading half of stock_tar.h. What comes is somebody's file: every name
 * is one of those that an export has, or nothing is taken.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/tar.h"
#include "base/uuid.h"
#include "record/json.h"
#include "store/made.h"
#include "store/object.h"
#include "store/stock.h"
#include "store/stock_tar.h"

#define TOP "studio-store/"
#define CHUNK (1 << 16)
#define RECORD_BYTES (64u << 10)
#define LIST_BYTES (64u << 20)

struct in {
	struct tar tar;
	const char *file;
	struct stock_moved *m;
	int known;        /* the version was read */
	int shelf;        /* of doc; -1: none is waiting for its reply */
	char digest[SHA256_HEX];
	struct node *doc; /* what the entry before said of the next */
};

static int
refuse(const struct in *in, const char *name, const char *why, struct err *e)
{
	return err_set(e, EX_DATA, "%s: %s: %s; it was not taken",
	    in->file, name, why);
}

static int
read_small(struct in *in, const struct tar_entry *t, size_t limit,
    struct strbuf *out, struct err *e)
{
	char *buf;
	int k;

	if (t->size > limit)
		return refuse(in, t->name, "is too large", e);
	buf = xmalloc(CHUNK);
	while ((k = tar_read(&in->tar, buf, CHUNK, e)) > 0)
		strbuf_add(out, buf, (size_t)k);
	free(buf);
	return k;
}

/* "objects/DIGEST.json" or without: the shelf, -1 where it is neither. */
static int
place(const char *name, char digest[SHA256_HEX], int *is_record)
{
	const char *rest;
	size_t n;
	int i;

	for (i = 0; i < STOCK_SHELVES; i++) {
		n = strlen(stock_shelf_names[i]);
		rest = name + n + 1;
		if (strncmp(name, stock_shelf_names[i], n) || name[n] != '/' ||
		    strspn(rest, "0123456789abcdef") != 64)
			continue;
		memcpy(digest, rest, 64);
		digest[64] = '\0';
		*is_record = !strcmp(rest + 64, ".json");
		return *is_record || !rest[64] ? i : -1;
	}
	return -1;
}

static void
forget(struct in *in)
{
	node_free(in->doc);
	in->doc = NULL;
	in->shelf = -1;
}

/* It is as old as it was where it comes from: gc asks. */
static const struct timespec *
times(time_t mtime)
{
	static struct timespec t[2] = { { 0, UTIME_OMIT }, { 0, 0 } };

	t[1].tv_sec = mtime;
	return t;
}

/* Bytes with a time, both or neither: who is killed between them would export
 * another file. */
static int
write_at(const char *path, const struct strbuf *b, time_t mtime,
    struct err *e)
{
	struct tempfile *t = tempfile_new(path, e);

	if (!t)
		return -1;
	if (file_write_all(tempfile_fd(t), b->buf, b->len) < 0) {
		err_errno(e, "%s: cannot write", path);
		tempfile_abandon(t);
		return -1;
	}
	futimens(tempfile_fd(t), times(mtime));
	return tempfile_commit(t, e);
}

/* An intent, where nothing that came later is here. */
static int
take_intent(struct in *in, const char *digest, const struct node *doc,
    time_t mtime, struct err *e)
{
	char *path = object_aside("intents", digest);
	struct strbuf b = STRBUF_INIT;
	int ret = 0;

	if (!file_exists(path) && !object_is_there(digest)) {
		json_print(doc, &b);
		ret = object_mkdir_for(path, e);
		if (ret == 0)
			ret = write_at(path, &b, mtime, e);
		in->m->intents += ret == 0;
	}
	strbuf_release(&b);
	free(path);
	return ret;
}

static int
take_record(struct in *in, const struct tar_entry *t, int shelf,
    const char *digest, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct node *doc = NULL;
	char *name = xasprintf("%s: %s", in->file, t->name);
	int ret = read_small(in, t, RECORD_BYTES, &b, e), lock;

	if (ret == 0)
		ret = (doc = json_parse(name, b.buf, b.len, e)) ? 0 : -1;
	if (ret == 0 && doc->kind != NODE_MAP)
		ret = refuse(in, t->name, "is no record", e);
	if (ret == 0 && shelf == STOCK_INTENTS) {
		lock = object_lock(digest, e);
		ret = lock < 0 ? -1 : take_intent(in, digest, doc,
		    t->mtime, e);
		if (lock >= 0)
			close(lock);
	} else if (ret == 0) {
		forget(in);
		in->doc = doc;
		in->shelf = shelf;
		memcpy(in->digest, digest, SHA256_HEX);
		doc = NULL;
	}
	node_free(doc);
	free(name);
	strbuf_release(&b);
	return ret;
}

/* Is it here? 1 the same bytes, 2 others to the same request, 3 rotten ones,
 * 0 no. */
static int
is_here(const struct in *in, const char *path)
{
	char sum[SHA256_HEX];
	int whole;

	if (in->shelf == STOCK_OBJECTS) {
		if (!object_is_there(in->digest))
			return 0;
		whole = object_verify(in->digest, NULL) > 0;
		if (!whole)
			return 3;
	} else if (in->shelf == STOCK_JOURNAL &&
	    object_is_there(in->digest)) {
		return 2;
	} else if (!file_exists(path)) {
		return 0;
	}
	if (sha256_file(path, sum, NULL, NULL) < 0)
		return 2;
	return strcmp(sum, node_str(in->doc, "sha256", "")) ? 2 : 1;
}

/* The reply's bytes to t, which is NULL where they are only passed over. */
static int
copy(struct in *in, struct tempfile *t, char sum[SHA256_HEX], struct err *e)
{
	struct sha256 *h = sha256_new();
	char *buf = xmalloc(CHUNK);
	int k;

	while ((k = tar_read(&in->tar, buf, CHUNK, e)) > 0) {
		sha256_add(h, buf, (size_t)k);
		if (t && file_write_all(tempfile_fd(t), buf, (size_t)k) < 0) {
			k = err_errno(e, "%s: cannot write", in->digest);
			break;
		}
	}
	sha256_end(h, sum);
	free(buf);
	return k < 0 ? -1 : 0;
}

/* The record that makes an object whole, before its bytes: alone it means
 * nothing. A journalled reply's intent says of whom it is. */
static int
put_record(struct in *in, const char *path, time_t mtime, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char *record;
	int ret = 0;

	if (in->shelf == STOCK_JOURNAL) {
		node_drop(in->doc, "sha256");
		node_drop(in->doc, "bytes");
		return take_intent(in, in->digest, in->doc, mtime, e);
	}
	if (in->shelf == STOCK_OBJECTS) {
		record = xasprintf("%s.json", path);
		json_print(in->doc, &b);
		ret = file_write(record, b.buf, b.len, e);
		free(record);
	}
	strbuf_release(&b);
	return ret;
}

static int
install(struct in *in, const char *path, const struct tar_entry *entry,
    struct err *e)
{
	int here = is_here(in, path), ret = 0;
	struct tempfile *t = NULL;
	char sum[SHA256_HEX];

	if (here == 0 || here == 3) {
		ret = object_mkdir_for(path, e);
		if (ret == 0)
			ret = (t = tempfile_new(path, e)) ? 0 : -1;
	}
	if (ret == 0)
		ret = copy(in, t, sum, e);
	if (ret == 0 && strcmp(sum, node_str(in->doc, "sha256", "")) != 0)
		ret = refuse(in, entry->name, "its bytes are not those that "
		    "its record says", e);
	if (ret == 0 && t)
		ret = put_record(in, path, entry->mtime, e);
	if (ret == 0 && t) {
		futimens(tempfile_fd(t), times(entry->mtime));
		ret = tempfile_commit(t, e);
		t = NULL;
	}
	tempfile_abandon(t);
	if (ret == 0) {
		in->m->taken += here == 0 || here == 3;
		in->m->there += here == 1;
		in->m->kept += here == 2;
		in->m->mended += here == 3;
		in->m->bytes += here == 0 || here == 3 ? entry->size : 0;
	}
	return ret;
}

static int
take_reply(struct in *in, const struct tar_entry *t, int shelf,
    const char *digest, struct err *e)
{
	int lock, ret;
	char *path;

	if (in->shelf != shelf || strcmp(in->digest, digest) != 0)
		return refuse(in, t->name, "its record is not before it", e);
	if (t->size > OBJECT_BYTES ||
	    node_num(in->doc, "bytes", -1) != (double)t->size ||
	    !stock_is_digest(node_str(in->doc, "sha256", "")))
		return refuse(in, t->name, "is not as its record says", e);
	lock = object_lock(digest, e);
	path = shelf == STOCK_OBJECTS ? object_path(digest, "")
	    : object_aside(stock_shelf_names[shelf], digest);
	ret = lock < 0 ? -1 : install(in, path, t, e);
	if (lock >= 0)
		close(lock);
	free(path);
	forget(in);
	return ret;
}

static int
take_made(struct in *in, const struct tar_entry *t, const char *project,
    struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	if (!uuid_valid(project))
		return refuse(in, t->name, "is no list of ours", e);
	ret = read_small(in, t, LIST_BYTES, &b, e);
	if (ret == 0)
		ret = made_add_list(project, &b, e);
	strbuf_release(&b);
	return ret;
}

static int
take_version(struct in *in, const struct tar_entry *t, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	if (strcmp(t->name, TOP "version") != 0)
		return refuse(in, t->name, "this was not written by \"studio "
		    "store export\"", e);
	ret = read_small(in, t, 100, &b, e);
	if (ret == 0 && strcmp(b.buf, "1\n") != 0)
		ret = err_set(e, EX_DATA, "%s: was written by another version "
		    "of studio; import it with that one or a newer", in->file);
	in->known = 1;
	strbuf_release(&b);
	return ret;
}

static int
take(struct in *in, const struct tar_entry *t, struct err *e)
{
	const char *name = t->name + sizeof(TOP) - 1;
	char digest[SHA256_HEX];
	int is_record, shelf;

	/* whoever packed it again may have them */
	if (t->is_folder && !strncmp(t->name, TOP, sizeof(TOP) - 2))
		return 0;
	if (!in->known)
		return take_version(in, t, e);
	if (t->is_folder || strncmp(t->name, TOP, sizeof(TOP) - 1) != 0)
		return refuse(in, t->name, "has no place in a store", e);
	if (!strncmp(name, "made/", 5))
		return take_made(in, t, name + 5, e);
	shelf = place(name, digest, &is_record);
	if (shelf < 0 || (shelf == STOCK_INTENTS && !is_record))
		return refuse(in, t->name, "has no place in a store", e);
	return is_record ? take_record(in, t, shelf, digest, e)
	    : take_reply(in, t, shelf, digest, e);
}

int
stock_import(int fd, const char *file, struct stock_moved *m, struct err *e)
{
	struct in in = { .tar = { .fd = fd, .file = file }, .file = file,
		.m = m, .shelf = -1 };
	struct tar_entry t;
	int ret;

	memset(m, 0, sizeof(*m));
	while ((ret = tar_next(&in.tar, &t, e)) > 0)
		if ((ret = take(&in, &t, e)) < 0)
			break;
	if (ret == 0 && !in.known)
		ret = err_set(e, EX_DATA, "%s: is empty; name a file that "
		    "\"studio store export\" wrote", file);
	forget(&in);
	return ret;
}
