#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/project_part.h"

#define KEY_DIGITS 6
#define ID_DIGITS 8 /* of its id in a folder's name */
#define ID_PREFIX 4 /* least characters of an id in a video's scenes: */

/* They stand in the order of their keys, then of their names; lent ones, whose
 * names have no key, in none. */
static struct scene *
by_folder(const struct project *p, const char *name)
{
	size_t i, lo = 0, hi = p->nr;
	unsigned key;

	if (strspn(name, "0123456789") != KEY_DIGITS)
		lo = hi;
	key = (unsigned)strtoul(name, NULL, 10);
	while (lo < hi) {
		i = lo + (hi - lo) / 2;
		if (p->scene[i].key < key || (p->scene[i].key == key &&
		    strcmp(p->scene[i].dir, name) < 0))
			lo = i + 1;
		else
			hi = i;
	}
	if (lo < p->nr && !strcmp(p->scene[lo].dir, name))
		return &p->scene[lo];
	for (i = 0; i < p->nr && !p->scene[i].key; i++)
		if (!strcmp(p->scene[i].dir, name))
			return &p->scene[i];
	return NULL;
}

/* The one scene whose id starts so; *many is set where there are more. */
static struct scene *
by_prefix(const struct project *p, const char *start, int *many)
{
	struct scene *found = NULL;
	size_t i, len = strlen(start);

	*many = 0;
	for (i = 0; len && i < p->nr; i++) {
		if (!p->scene[i].id || strncmp(p->scene[i].id, start, len))
			continue;
		*many = found != NULL;
		if (*many)
			break;
		found = &p->scene[i];
	}
	return found;
}

static int
is_digits(const char *s)
{
	size_t n = strspn(s, "0123456789");

	return n > 0 && n < 9 && !s[n];
}

struct scene *
project_scene(const struct project *p, const char *name, struct err *e)
{
	struct scene *s = NULL;
	unsigned long at;
	int many = 0;

	if (is_digits(name)) {
		at = strtoul(name, NULL, 10);
		if (at >= 1 && at <= p->nr)
			s = &p->scene[at - 1];
	} else if (*name == '@') {
		s = by_prefix(p, name + 1, &many);
	} else {
		s = by_folder(p, name);
	}
	if (s && !many)
		return s;
	if (many)
		err_set(e, EX_BADUSE, "%.80s: starts more than one scene's id; "
		    "write more of it", name);
	else if (p->nr == 0)
		err_set(e, EX_BADUSE, "%.80s: no such scene, there are none "
		    "yet; make them with \"make scenes\"", name);
	else
		err_set(e, EX_BADUSE, "%.80s: no such scene; name one by its "
		    "position (1 to %zu), its folder (%s) or @ and the start "
		    "of its id", name, p->nr, p->scene[0].dir);
	return NULL;
}

/* Is it "3-5"? A folder that is gone, "000400-56655746", is not. */
static int
is_range(const char *s, unsigned long *from, unsigned long *to)
{
	size_t a = strspn(s, "0123456789"), b;

	if (a == 0 || a > 8 || s[a] != '-')
		return 0;
	b = strspn(s + a + 1, "0123456789");
	if (b == 0 || b > 8 || s[a + 1 + b])
		return 0;
	if (a == KEY_DIGITS && b == ID_DIGITS)
		return 0;
	*from = strtoul(s, NULL, 10);
	*to = strtoul(s + a + 1, NULL, 10);
	return 1;
}

/* One item of a list: a scene or a range, as places from 0. */
static int
pick_item(const struct project *p, const char *item, size_t *first,
	size_t *last, struct err *e)
{
	unsigned long from, to;
	struct scene *s = by_folder(p, item);

	if (!s && is_range(item, &from, &to)) {
		if (from < 1 || to < from || to > p->nr)
			return err_set(e, EX_BADUSE, "%s: no such scenes; "
			    "there are %zu, write the smaller number first",
			    item, p->nr);
		*first = from - 1;
		*last = to - 1;
		return 0;
	}
	if (!s)
		s = project_scene(p, item, e);
	if (!s)
		return -1;
	*first = *last = s->index - 1;
	return 0;
}

int
project_scenes(const struct project *p, const char *spec, size_t **list,
	size_t *nr, struct err *e)
{
	char *copy = xstrdup(spec), *item, *rest = copy;
	unsigned char *taken = xcalloc(p->nr + 1, 1);
	size_t first = 0, last = 0, i;
	int bad = 0;

	for (i = 0; i < *nr; i++)
		taken[(*list)[i]] = 1;
	while (!bad && (item = strsep(&rest, ","))) {
		bad = pick_item(p, item, &first, &last, e);
		for (i = first; !bad && i <= last; i++) {
			if (taken[i]++)
				continue;
			*list = xreallocarray(*list, *nr + 1, sizeof(**list));
			(*list)[(*nr)++] = i;
		}
	}
	free(taken);
	free(copy);
	return bad;
}

struct video *
project_video(const struct project *p, const char *name, struct err *e)
{
	size_t i;

	for (i = 0; i < p->video_nr; i++)
		if (!strcmp(p->video[i].name, name))
			return &p->video[i];
	err_set(e, EX_BADUSE, "%.80s: no such video; there is %s%s", name,
	    p->video_nr ? p->video[0].name : "none",
	    p->video_nr > 1 ? " and others, see videos: in project.yaml" : "");
	return NULL;
}

static void
take_all(const struct project *p, struct video *v)
{
	size_t i;

	v->scene = xreallocarray(NULL, p->nr ? p->nr : 1, sizeof(*v->scene));
	for (i = 0; i < p->nr; i++)
		v->scene[v->nr++] = i;
}

/* An item of a video's list, as places from 0: a folder, the start of an id
 * with or without @, or a place or a range of places. These have at most three
 * digits, the start of an id at least four characters. Returns what is wrong
 * with it, NULL where nothing is. */
static const char *
listed(const struct project *p, const struct node *n, size_t *first,
	size_t *last)
{
	const char *name = n->kind == NODE_SCALAR ? n->str : "";
	struct scene *s = by_folder(p, name);
	unsigned long from, to;
	int many = 0, one = is_digits(name) && strlen(name) < ID_PREFIX;

	if (!s && (one || is_range(name, &from, &to))) {
		if (one)
			from = to = strtoul(name, NULL, 10);
		if (from < 1 || to < from || to > p->nr)
			return "no scene";
		*first = from - 1;
		*last = to - 1;
		return NULL;
	}
	name += *name == '@';
	if (!s && strlen(name) >= ID_PREFIX)
		s = by_prefix(p, name, &many);
	if (!s || many)
		return many ? "more than one scene" : "no scene";
	*first = *last = s->index - 1;
	return NULL;
}

static int
not_listed(const struct project *p, const struct video *v,
	const struct node *item, const char *wrong, struct err *e)
{
	const char *name = item->kind == NODE_SCALAR ? item->str : "";

	return err_set(e, EX_DATA, "project.yaml:%zu: video %s: '%.60s' is %s; "
	    "write a place (1 to %zu), a range, a folder (%s) or the first %d "
	    "or more characters of an id", item->line, v->name, name, wrong,
	    p->nr, p->scene[0].dir, 2 * ID_PREFIX);
}

static int
take_listed(const struct project *p, struct video *v,
	const struct node *list, struct err *e)
{
	unsigned char *taken = xcalloc(p->nr + 1, 1);
	size_t i, k, first, last;
	const char *wrong;
	int bad = 0;

	v->scene = xreallocarray(NULL, p->nr + 1, sizeof(*v->scene));
	/* before there are scenes, none can be named wrongly */
	for (i = 0; p->nr && i < list->nr && !bad; i++) {
		wrong = listed(p, list->kid[i], &first, &last);
		if (wrong) {
			bad = not_listed(p, v, list->kid[i], wrong, e);
			break;
		}
		for (k = first; k <= last && !bad; k++) {
			if (taken[k]++)
				bad = err_set(e, EX_DATA, "project.yaml:%zu: "
				    "video %s: scene %.60s is there twice; "
				    "remove one", list->kid[i]->line, v->name,
				    p->scene[k].dir);
			else
				v->scene[v->nr++] = k;
		}
	}
	free(taken);
	return bad;
}

void
video_set_format(struct video *v)
{
	const char *format = node_str(v->doc, "format", "");

	v->pictures = strcmp(format, "audio") != 0;
	v->audio_file = !v->pictures ||
	    (!*format && !strcmp(v->preset, "podcast"));
}

int
project_has_pictures(const struct project *p)
{
	size_t i;

	for (i = 0; i < p->video_nr; i++)
		if (p->video[i].pictures)
			return 1;
	return !p->video_nr;
}

static int
read_video(struct project *p, struct node *doc, struct err *e)
{
	struct video *v = &p->video[p->video_nr];
	const struct node *list = node_get(doc, "scenes");
	size_t i;

	v->doc = doc;
	v->name = node_str(doc, "name", p->platform);
	v->preset = node_str(doc, "preset", strcmp(node_str(doc, "format",
	    ""), "audio") ? p->platform : "podcast");
	video_set_format(v);
	v->language = node_str(doc, "language", p->language);
	for (i = 0; i < p->video_nr; i++)
		if (!strcmp(p->video[i].name, v->name))
			return err_set(e, EX_DATA, "project.yaml:%zu: two "
			    "videos are named %s; rename one",
			    doc ? doc->line : 1, v->name);
	p->video_nr++;
	if (list && list->kind == NODE_LIST)
		return take_listed(p, v, list, e);
	take_all(p, v);
	return 0;
}

int
project_read_videos(struct project *p, struct err *e)
{
	const struct node *videos = node_get(p->doc, "videos");
	size_t i, n = videos && videos->kind == NODE_LIST ? videos->nr : 0;

	p->video = xcalloc(n + 1, sizeof(*p->video));
	if (n == 0)
		return read_video(p, NULL, e);
	for (i = 0; i < n; i++)
		if (read_video(p, videos->kid[i], e) < 0)
			return -1;
	return 0;
}
