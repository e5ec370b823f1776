#include "text/scene_rekey.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/scene_new.h"
#include "text/scene_keys.h"

int
scene_rename(const struct project *p, const char *from, const char *to,
    struct err *e)
{
	char *a = project_path(p, "scenes/%s", from);
	char *b = project_path(p, "scenes/%s", to);
	int ret = 0;

	if (strcmp(from, to) != 0 && file_exists(b))
		ret = err_set(e, EX_DATA, "scenes/%s: is in the way of %s; "
		    "move one of them away", to, from);
	else if (strcmp(from, to) != 0 && rename(a, b) < 0)
		ret = err_errno(e, "scenes/%s: cannot rename it to %s", from,
		    to);
	free(a);
	free(b);
	return ret;
}

/* Returns 1 when it was renamed. */
static int
rekey_one(const struct project *p, const struct scene *s, unsigned key,
    struct err *e)
{
	char *name = s->id ? xasprintf("%06u-%.8s", key, s->id)
	    : xasprintf("%06u%s", key, s->dir + strspn(s->dir, "0123456789"));
	int ret = scene_rename(p, s->dir, name, e);

	free(name);
	return ret < 0 ? -1 : 1;
}

int
scene_rekey(const struct project *p, const struct scene *const *list,
    const unsigned *key, size_t nr, struct err *e)
{
	size_t i;
	int ret = 0, renamed = 0;

	/* up, the last first: the one above it has made room by then */
	for (i = nr; i-- > 0 && ret >= 0;)
		if (list[i] && key[i] > list[i]->key)
			renamed += (ret = rekey_one(p, list[i], key[i], e)) > 0;
	for (i = 0; i < nr && ret >= 0; i++)
		if (list[i] && key[i] < list[i]->key)
			renamed += (ret = rekey_one(p, list[i], key[i], e)) > 0;
	return ret < 0 ? -1 : renamed;
}

unsigned
scene_make_room(const struct project *p, size_t pos, struct err *e)
{
	const struct scene **list = xcalloc(p->nr + 2, sizeof(*list));
	unsigned *key = xcalloc(p->nr + 2, sizeof(*key)), found = 0;
	size_t i;

	for (i = 0; i <= p->nr; i++) {
		if (i + 1 == pos)
			continue;
		list[i] = &p->scene[i < pos ? i : i - 1];
		key[i] = list[i]->key;
	}
	if (scene_keys_fill(key, p->nr + 1) < 0)
		err_set(e, EX_DATA, "scenes: %zu are more than the %u there "
		    "can be; make two films of it", p->nr + 1, SCENE_KEY_MAX);
	else if (scene_rekey(p, list, key, p->nr + 1, e) >= 0)
		found = key[pos - 1];
	free(list);
	free(key);
	return found;
}
