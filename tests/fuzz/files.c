/*
 * Files that programs keep for themselves, and that anyone may have changed:
 * the first byte chooses which one the rest is. None of them can do more than
 * be refused or be empty.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "provider/dictionary.h"
#include "record/asset.h"
#include "record/project.h"
#include "render/part.h"
#include "store/ledger.h"
#include "store/price.h"
#include "store/stat_cache.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char *root;

static void
remove_root(void)
{
	file_remove_tree(root, NULL);
	free(root);
}

static void
put(const char *name, const void *p, size_t n)
{
	char *path = path_join(root, name);
	FILE *f = fopen(path, "we");

	if (!f || fwrite(p, 1, n, f) != n || fclose(f) != 0)
		abort();
	free(path);
}

/* A small project in memory, once. */
static void
make_root(void)
{
	static const char yaml[] = "id: 00000000-0000-4000-8000-000000000000\n"
	    "title: T\n", scene[] = "text: One.\n";
	char dir[64];

	if (root)
		return;
	snprintf(dir, sizeof(dir), "%s/studio-fuzz.%ld", access("/dev/shm",
	    W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
	root = xstrdup(dir);
	atexit(remove_root);
	snprintf(dir, sizeof(dir), "%s/scenes/000100-a", root);
	file_mkdirs(dir, NULL);
	snprintf(dir, sizeof(dir), "%s/ledger", root);
	file_mkdirs(dir, NULL);
	snprintf(dir, sizeof(dir), "%s/build", root);
	file_mkdirs(dir, NULL);
	put("project.yaml", yaml, sizeof(yaml) - 1);
	put("scenes/000100-a/scene.yaml", scene, sizeof(scene) - 1);
}

static void
read_ledger(void)
{
	struct project p;
	struct ledger l;
	struct ledger_sum sum;
	struct err e = ERR_INIT;

	memset(&l, 0, sizeof(l));
	memset(&sum, 0, sizeof(sum));
	if (project_load(&p, root, &e) < 0)
		abort();
	if (ledger_read(&p, &l, &e) == 0 &&
	    ledger_total(&l, &sum, &e) == 0 && !(sum.dollars >= 0))
		abort();
	ledger_release(&l);
	project_release(&p);
}

static void
read_cache(void)
{
	struct stat_cache *c = stat_cache_open(root);
	char *path = path_join(root, "project.yaml"), sha[SHA256_HEX];
	uint64_t n;

	if (stat_cache_sha256(c, path, sha, &n, NULL) == 0 &&
	    strlen(sha) != SHA256_HEX - 1)
		abort();
	free(path);
	stat_cache_close(c);
}

static void
read_asset(void)
{
	static const enum record_kind kinds[] = { RECORD_AUDIO, RECORD_IMAGE,
		RECORD_VIDEO, RECORD_SCRIPT, RECORD_SPLIT };
	struct asset a;
	struct err e = ERR_INIT;
	char *path = path_join(root, "file"), *media;
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (asset_load(&a, kinds[i], path, &e) < 0)
			continue;
		media = asset_media_path(&a, &e);
		if (media && (strncmp(media, root, strlen(root)) != 0 ||
		    strstr(media, "/../")))
			abort();
		free(media);
		asset_release(&a);
	}
	free(path);
}

static void
read_part(void)
{
	struct encoded r;
	struct err e = ERR_INIT;
	char *path = path_join(root, "file");

	memset(&r, 0, sizeof(r));
	part_is_there(path, 1);
	if (part_load(path, &r, &e) == 0)
		encoded_release(&r);
	free(path);
}

static void
read_prices(void)
{
	struct price_list l;
	struct err e = ERR_INIT;
	char *path = path_join(root, "file");

	memset(&l, 0, sizeof(l));
	if (price_list_read(&l, path, 0, &e) == 0)
		price_list_find(&l, "openai", "gpt-x");
	price_list_release(&l);
	free(path);
}

static void
found(void *ctx, size_t i, const char *word, const char *phones)
{
	(void)ctx;
	if (i > 1 || !*word || !phones)
		abort();
}

static void
read_dictionary(void)
{
	static const char *const asked[] = { "read", "whale" };
	struct dictionary_reader r = { found, NULL };
	struct err e = ERR_INIT;
	char *path = path_join(root, "file");

	dictionary_look_up(path, asked, 2, &r, &e);
	free(path);
}

static void
read_project(const char *name, const uint8_t *data, size_t size)
{
	static const char lexicon[] = "{}\n";
	struct project p;
	struct err e = ERR_INIT;

	put(name, data, size);
	if (project_load(&p, root, &e) == 0)
		project_release(&p);
	else if (!e.code || !e.msg[0])
		abort();
	put(name, lexicon, 3);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	make_root();
	data++;
	size--;
	switch (data[-1] % 8) {
	case 0:
		put("ledger/0123456789abcdef.json", data, size);
		read_ledger();
		break;
	case 1:
		put("build/stat-cache", data, size);
		read_cache();
		read_project("build/tree-index", data, size);
		break;
	case 6:
		read_project("lexicon.yaml", data, size);
		break;
	case 7:
		read_project("settings.yaml", data, size);
		break;
	default:
		put("file", data, size);
		if (data[-1] % 8 == 2)
			read_asset();
		else if (data[-1] % 8 == 3)
			read_part();
		else if (data[-1] % 8 == 4)
			read_prices();
		else
			read_dictionary();
	}
	return 0;
}
