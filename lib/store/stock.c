#include "store/stock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/json.h"
#include "store/object.h"

const char *const stock_shelf_names[STOCK_SHELVES] = { "objects", "journal",
	"rejected", "intents" };

int
stock_is_digest(const char *s)
{
	return strspn(s, "0123456789abcdef") == 64 && s[64] == '\0';
}

/* The names in a folder, sorted; temp files go to the stock's own list. */
static int
list(const char *dir, struct stock *s, struct strvec *names, struct err *e)
{
	struct strvec all = STRVEC_INIT;
	int ret = folder_list(dir, &all, e);
	size_t i;

	for (i = 0; i < all.nr; i++) {
		if (tempfile_is_name(all.v[i]))
			strvec_pushf(&s->temp, "%s/%s", dir, all.v[i]);
		else if (all.v[i][0] != '.')
			strvec_push(names, all.v[i]);
	}
	strvec_release(&all);
	return ret;
}

static void
fill(struct stock_item *i)
{
	char *record = i->shelf == STOCK_INTENTS ? xstrdup(i->path)
	    : i->shelf == STOCK_JOURNAL ? object_aside("intents", i->digest)
	    : xasprintf("%s.json", i->path);
	struct stat st;

	i->there = lstat(i->path, &st) == 0 && S_ISREG(st.st_mode);
	if (i->there) {
		i->bytes = (uint64_t)st.st_size;
		i->at = st.st_mtime;
	}
	if (file_exists(record))
		i->doc = json_load(record, NULL);
	if (i->doc && i->doc->kind != NODE_MAP) {
		node_free(i->doc);
		i->doc = NULL;
	}
	if (i->doc && i->shelf != STOCK_JOURNAL)
		time_parse(node_str(i->doc, "at", ""), &i->at);
	if (i->shelf == STOCK_OBJECTS && !i->doc)
		i->there = 0;
	free(record);
}

static void
add(struct stock *s, enum stock_shelf shelf, const char *dir, const char *name)
{
	struct stock_item *i;

	ALLOC_GROW(s->item, s->nr, s->alloc);
	i = &s->item[s->nr++];
	memset(i, 0, sizeof(*i));
	i->shelf = shelf;
	memcpy(i->digest, name, 64);
	i->path = xasprintf("%s/%s", dir, i->digest);
	fill(i);
}

static int
read_shelf(struct stock *s, enum stock_shelf shelf, const char *dir,
    struct err *e)
{
	struct strvec names = STRVEC_INIT;
	const char *last = "";
	size_t i;
	int ret = list(dir, s, &names, e);

	for (i = 0; ret == 0 && i < names.nr; i++) {
		const char *name = names.v[i];

		/* DIGEST, or DIGEST.json, or both */
		if (strspn(name, "0123456789abcdef") != 64 ||
		    (name[64] && strcmp(name + 64, ".json") != 0) ||
		    !strncmp(last, name, 64))
			continue;
		add(s, shelf, dir, name);
		last = s->item[s->nr - 1].digest;
	}
	strvec_release(&names);
	return ret;
}

/* objects/00 to objects/ff */
static int
read_objects(struct stock *s, struct err *e)
{
	char *dir = object_aside("objects", ""), *sub;
	int ret = 0, i;

	for (i = 0; ret == 0 && i < 256; i++) {
		sub = xasprintf("%s%02x", dir, (unsigned)i);
		ret = read_shelf(s, STOCK_OBJECTS, sub, e);
		free(sub);
	}
	free(dir);
	return ret;
}

int
stock_read(struct stock *s, struct err *e)
{
	int shelf, ret;
	char *dir;

	memset(s, 0, sizeof(*s));
	ret = read_objects(s, e);
	for (shelf = 1; ret == 0 && shelf < STOCK_SHELVES; shelf++) {
		dir = object_aside(stock_shelf_names[shelf], "");
		dir[strlen(dir) - 1] = '\0';
		ret = read_shelf(s, (enum stock_shelf)shelf, dir, e);
		free(dir);
	}
	if (ret < 0)
		stock_release(s);
	return ret;
}

void
stock_release(struct stock *s)
{
	size_t i;

	for (i = 0; i < s->nr; i++) {
		free(s->item[i].path);
		node_free(s->item[i].doc);
	}
	free(s->item);
	strvec_release(&s->temp);
	memset(s, 0, sizeof(*s));
}

static int
by_place(const void *pa, const void *pb)
{
	const struct stock_item *a = pa, *b = pb;

	if (a->shelf != b->shelf)
		return a->shelf < b->shelf ? -1 : 1;
	return strcmp(a->digest, b->digest);
}

const struct stock_item *
stock_find(const struct stock *s, enum stock_shelf shelf, const char *digest)
{
	struct stock_item want = { .shelf = shelf };

	if (!s->nr || !stock_is_digest(digest))
		return NULL;
	memcpy(want.digest, digest, SHA256_HEX);
	return bsearch(&want, s->item, s->nr, sizeof(*s->item), by_place);
}

double
stock_cost(const struct stock_item *i)
{
	return node_num(i->doc, "cost", -1);
}

int
stock_remove(const struct stock_item *i, struct err *e)
{
	int lock = object_lock_now(i->digest, e), ret = 0;
	char *record = object_path(i->digest, ".json");

	if (lock < 0)
		ret = -1;
	/* a record alone means nothing; a reply alone would be taken for one
	 * that was paid for just now */
	if (ret == 0 && unlink(i->path) < 0 && errno != ENOENT)
		ret = err_errno(e, "%s: cannot remove", i->path);
	if (ret == 0 && unlink(record) < 0 && errno != ENOENT)
		ret = err_errno(e, "%s: cannot remove", record);
	if (lock >= 0)
		close(lock);
	free(record);
	return ret;
}
