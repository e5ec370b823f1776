/*
 * The writing half of stock_tar.h.
 */
#include "base/folder.h"
#include "store/stock_tar.h"

#include <stdio.h>
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
#include "store/object.h"
#include "store/stock.h"

#define CHUNK (1 << 16)
#define LIST_BYTES (64u << 20)

struct out {
	int fd;
	const char *file;
	struct stock_moved *m;
};

static int
put(const struct out *o, const void *p, size_t n, struct err *e)
{
	if (file_write_all(o->fd, p, n) < 0)
		return err_errno(e, "%s: cannot write", o->file);
	return 0;
}

static int
put_small(const struct out *o, const char *name, time_t at,
    const struct strbuf *b, struct err *e)
{
	struct tar_entry t = { .size = b->len, .mtime = at };
	struct strbuf all = STRBUF_INIT;
	int ret;

	snprintf(t.name, sizeof(t.name), "studio-store/%s", name);
	tar_head(&all, &t);
	strbuf_add(&all, b->buf, b->len);
	tar_fill(&all, b->len);
	ret = put(o, all.buf, all.len, e);
	strbuf_release(&all);
	return ret;
}

/* The file behind fd, which had that many bytes a moment ago. */
static int
put_file(const struct out *o, const char *name, time_t at, int fd,
    uint64_t bytes, struct err *e)
{
	struct tar_entry t = { .size = bytes, .mtime = at };
	struct strbuf b = STRBUF_INIT;
	char *buf = xmalloc(CHUNK);
	ssize_t k = 1;
	int ret;

	snprintf(t.name, sizeof(t.name), "studio-store/%s", name);
	tar_head(&b, &t);
	ret = put(o, b.buf, b.len, e);
	while (ret == 0 && bytes) {
		k = file_read_some(fd, buf, bytes < CHUNK ? (size_t)bytes
		    : CHUNK);
		if (k <= 0)
			break;
		ret = put(o, buf, (size_t)k, e);
		bytes -= (uint64_t)k;
	}
	if (ret == 0 && bytes)
		ret = err_set(e, EX_IO, "%s: became shorter while it was read",
		    name);
	strbuf_reset(&b);
	tar_fill(&b, t.size);
	if (ret == 0)
		ret = put(o, b.buf, b.len, e);
	strbuf_release(&b);
	free(buf);
	return ret;
}

/* Hash and size of what is behind fd, which is then at its start again. */
static int
hash_fd(int fd, const char *path, char out[SHA256_HEX], uint64_t *bytes,
    struct err *e)
{
	struct sha256 *h = sha256_new();
	char *buf = xmalloc(CHUNK);
	ssize_t k;

	*bytes = 0;
	while ((k = file_read_some(fd, buf, CHUNK)) > 0) {
		sha256_add(h, buf, (size_t)k);
		*bytes += (uint64_t)k;
	}
	sha256_end(h, out);
	free(buf);
	if (k < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return err_errno(e, "%s: cannot read", path);
	return 0;
}

static int
put_doc(const struct out *o, const struct stock_item *i,
    const struct node *doc, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char *name = xasprintf("%s/%s.json", stock_shelf_names[i->shelf],
	    i->digest);
	int ret;

	json_print(doc, &b);
	ret = put_small(o, name, i->at, &b, e);
	free(name);
	strbuf_release(&b);
	return ret;
}

/* Open it with its hash and size, and with what is known of it. The file stays
 * what it is while it is open; who replaces it meanwhile replaces its record
 * too, so a second look tells that from rot. 0 where it is gone. */
static int
open_reply(const struct stock_item *i, struct node **doc, uint64_t *bytes,
    struct err *e)
{
	char sum[SHA256_HEX], *record = xasprintf("%s.json", i->path);
	int fd = -1, tries, good = 0;

	*doc = NULL;
	for (tries = 0; tries < 2 && !good; tries++) {
		e->code = 0;
		node_free(*doc);
		*doc = NULL;
		if (fd >= 0)
			close(fd);
		fd = file_open_regular(i->path, e);
		if (fd < 0 || hash_fd(fd, i->path, sum, bytes, e) < 0)
			break;
		*doc = i->shelf == STOCK_OBJECTS ? json_load(record, e)
		    : i->doc ? node_copy(i->doc) : node_new(NODE_MAP);
		good = *doc && (*doc)->kind == NODE_MAP &&
		    (i->shelf != STOCK_OBJECTS ||
		    !strcmp(node_str(*doc, "sha256", ""), sum));
	}
	free(record);
	if (good) {
		node_set_str(*doc, "sha256", sum);
		node_set_whole(*doc, "bytes", (long long)*bytes);
		return fd;
	}
	node_free(*doc);
	*doc = NULL;
	if (fd >= 0)
		close(fd);
	if (!e->code)
		err_set(e, EX_IO, "%s: its bytes changed on the disk, so "
		    "it is left out; studio doctor --fix puts it aside",
		    i->path);
	return -1;
}

static int
put_reply(const struct out *o, const struct stock_item *i, struct err *e)
{
	struct err fault = ERR_INIT;
	struct node *doc;
	uint64_t bytes;
	char *name;
	int fd = open_reply(i, &doc, &bytes, &fault), ret;

	if (fd < 0) {
		/* or it was moved on since the store was listed */
		if (file_exists(i->path))
			strvec_push(&o->m->faults, fault.msg);
		return 0;
	}
	name = xasprintf("%s/%s", stock_shelf_names[i->shelf], i->digest);
	ret = put_doc(o, i, doc, e);
	if (ret == 0)
		ret = put_file(o, name, i->at, fd, bytes, e);
	if (ret == 0) {
		o->m->taken++;
		o->m->bytes += bytes;
	}
	close(fd);
	node_free(doc);
	free(name);
	return ret;
}

static int
put_made(const struct out *o, struct err *e)
{
	char *dir = object_aside("made", ""), *path, *name;
	struct strvec names = STRVEC_INIT;
	struct strbuf b = STRBUF_INIT;
	int ret = folder_list(dir, &names, e);
	size_t i;

	for (i = 0; ret == 0 && i < names.nr; i++) {
		if (!uuid_valid(names.v[i]))
			continue;
		path = xasprintf("%s%s", dir, names.v[i]);
		name = xasprintf("made/%s", names.v[i]);
		strbuf_reset(&b);
		if (file_read(path, LIST_BYTES, &b, NULL) == 0)
			ret = put_small(o, name, 0, &b, e);
		free(name);
		free(path);
	}
	strbuf_release(&b);
	strvec_release(&names);
	free(dir);
	return ret;
}

int
stock_export(int fd, const char *file, struct stock_moved *m, struct err *e)
{
	struct out o = { fd, file, m };
	struct strbuf b = STRBUF_INIT;
	struct stock s;
	size_t i;
	int ret;

	memset(m, 0, sizeof(*m));
	if (stock_read(&s, e) < 0)
		return -1;
	strbuf_addstr(&b, "1\n");
	ret = put_small(&o, "version", 0, &b, e);
	for (i = 0; ret == 0 && i < s.nr; i++) {
		if (s.item[i].shelf == STOCK_INTENTS && s.item[i].doc) {
			ret = put_doc(&o, &s.item[i], s.item[i].doc, e);
			m->intents++;
		} else if (s.item[i].there) {
			ret = put_reply(&o, &s.item[i], e);
		}
	}
	if (ret == 0)
		ret = put_made(&o, e);
	strbuf_reset(&b);
	tar_end(&b);
	if (ret == 0)
		ret = put(&o, b.buf, b.len, e);
	strbuf_release(&b);
	stock_release(&s);
	return ret;
}

void
stock_moved_release(struct stock_moved *m)
{
	strvec_release(&m->faults);
}
