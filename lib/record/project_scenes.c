#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"
#include "record/project_part.h"
#include "record/schema.h"

#define KEY_DIGITS 6

static int
has_key(const char *name)
{
	return strspn(name, "0123456789") == KEY_DIGITS &&
	    name[KEY_DIGITS] == '-' && name[KEY_DIGITS + 1];
}

/* The entry's kind as d_type has it, asked for where readdir did not say. */
static int
entry_type(int dir, const struct dirent *d)
{
	struct stat st;

	if (d->d_type != DT_UNKNOWN)
		return d->d_type;
	if (fstatat(dir, d->d_name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return DT_UNKNOWN;
	return IFTODT(st.st_mode);
}

static int
add_entry(struct project *p, size_t *alloc, const char *name, int type,
	struct err *e)
{
	char shown[80];
	size_t i;

	if (type != DT_DIR && type != DT_LNK)
		return 0;
	utf8_printable(shown, sizeof(shown), name, strlen(name));
	if (type == DT_LNK)
		return err_set(e, EX_DATA, "scenes/%s: is a symbolic link; "
		    "put the folder itself there", shown);
	if (!has_key(name))
		return err_set(e, EX_DATA, "scenes/%s: a scene's folder is six "
		    "digits, '-' and a name, such as 000100-dawn; rename it "
		    "or move it out of scenes/", shown);
	for (i = 0; name[i]; i++)
		if ((unsigned char)name[i] < ' ')
			break;
	if (name[i] || utf8_check(name, i) < i)
		return err_set(e, EX_DATA, "scenes/%s: control characters or "
		    "broken UTF-8 in the name; rename it", shown);
	ALLOC_GROW(p->scene, p->nr, *alloc);
	memset(&p->scene[p->nr], 0, sizeof(*p->scene));
	p->scene[p->nr].dir = xstrdup(name);
	p->scene[p->nr].key = (unsigned)strtoul(name, NULL, 10);
	p->nr++;
	return 0;
}

/* List scenes/; a project without it has no scenes yet. */
static int
list_folders(struct project *p, struct err *e)
{
	char *path = project_path(p, "scenes");
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : xfdopendir(fd);
	struct dirent *entry;
	size_t alloc = 0;
	int bad = 0;

	if (!d) {
		if (fd < 0 && errno == ENOENT)
			bad = 0;
		else if (fd < 0 && (errno == ELOOP || errno == ENOTDIR))
			bad = err_set(e, EX_DATA, "scenes: is no folder of "
			    "this project; put a plain folder there");
		else
			bad = err_errno(e, "%s: cannot open", path);
		if (fd >= 0)
			close(fd);
		free(path);
		return bad;
	}
	while (!bad && (errno = 0, entry = readdir(d)))
		if (entry->d_name[0] != '.')
			bad = add_entry(p, &alloc, entry->d_name,
			    entry_type(fd, entry), e);
	if (!bad && errno)
		bad = err_errno(e, "%s: cannot read", path);
	closedir(d);
	free(path);
	return bad;
}

/*
 * May a folder without scene.yaml be passed over? git leaves ignored files,
 * such as audio.local.wav, in the folder of a scene that another branch has;
 * anything else in it is a scene that lost its text.
 */
static int
is_leftover(const struct project *p, const char *dir)
{
	char *path = project_path(p, "scenes/%s", dir);
	struct strvec names = STRVEC_INIT;
	int left = folder_list(path, &names, NULL) == 0;
	size_t i;

	for (i = 0; left && i < names.nr; i++)
		left = names.v[i][0] == '.' ||
		    strstr(names.v[i], ".local.") != NULL;
	strvec_release(&names);
	free(path);
	return left;
}

void
project_scene_fields(struct scene *s)
{
	const struct node *focus = node_get(s->doc, "image.focus");
	const char *duration = node_str(s->doc, "duration", NULL);
	const char *from = node_str(s->doc, "image.from", NULL);
	const char *to = node_str(s->doc, "image.to", NULL);

	s->id = node_str(s->doc, "id", NULL);
	s->text = node_str(s->doc, "text", "");
	s->say = node_str(s->doc, "say", NULL);
	s->notes = node_str(s->doc, "notes", NULL);
	s->speaker = node_str(s->doc, "speaker", NULL);
	s->voice = node_str(s->doc, "audio.voice", NULL);
	s->audio_file = node_str(s->doc, "audio.file", NULL);
	s->image_file = node_str(s->doc, "image.file", NULL);
	s->prompt = node_str(s->doc, "image.prompt", NULL);
	s->style = node_str(s->doc, "image.style", NULL);
	motion_spec_read(&s->motion, s->doc);
	s->transition = node_str(s->doc, "transition", NULL);
	s->transition_seconds = node_num(s->doc, "transitionSeconds", 0);
	s->speed = node_num(s->doc, "audio.speed", 0);
	s->audio_takes = (int)node_num(s->doc, "audio.takes", 0);
	s->audio_use = (int)node_num(s->doc, "audio.use", 0);
	s->image_takes = (int)node_num(s->doc, "image.takes", 0);
	s->image_use = (int)node_num(s->doc, "image.use", 0);
	if (focus && focus->nr == 2 && node_is_num(focus->kid[0],
	    &s->focus_x) && node_is_num(focus->kid[1], &s->focus_y))
		s->has_focus = 1;
	if (duration)
		duration_parse(duration, &s->duration);
	if (from)
		moment_parse(from, &s->clip_from);
	if (to)
		duration_parse(to, &s->clip_to);
	s->clip_fit = node_str(s->doc, "image.fit", NULL);
	s->clip_sound = node_str(s->doc, "image.sound", NULL);
}

/* use: 22 for use: 2 would ask for twenty takes more, which are paid for. */
static int
check_use(const char *file, const struct node *doc, const char *use_key,
    const char *takes_key, struct err *e)
{
	const struct node *use = node_get(doc, use_key);
	int wanted = (int)node_num(doc, use_key, 1);
	int takes = (int)node_num(doc, takes_key, 1);

	if (wanted <= takes)
		return 0;
	return err_set(e, EX_DATA, "%s:%zu: %s: there is no take %d of %d; "
	    "use another, or say takes: %d too", file, use->line, use_key,
	    wanted, takes, wanted);
}

static int
check_scene(const char *file, const struct node *doc, struct err *e)
{
	if (project_refuse_empty(file, doc, e) < 0 ||
	    schema_check(RECORD_SCENE, file, doc, e) < 0 ||
	    check_use(file, doc, "audio.use", "audio.takes", e) < 0)
		return -1;
	return check_use(file, doc, "image.use", "image.takes", e);
}

/* Read and check, unless it was before and did not change; NULL on error. */
static struct node *
load_scene(struct project *p, const char *file, int *missing, struct err *e)
{
	char *path = path_join(p->root, file);
	int64_t now = file_stamp_now();
	struct file_stamp stamp;
	int known = file_stamp_get(path, &stamp) == 0;
	struct node *doc = NULL;

	if (known)
		doc = p->lean ? kept_tree_lend(p->kept, KEPT_SCENE, &stamp)
			      : kept_tree_get(p->kept, KEPT_SCENE, &stamp);

	free(path);
	*missing = 0;
	if (doc)
		return doc;
	doc = project_yaml(p->root, file, missing, e);
	if (doc && check_scene(file, doc, e) < 0) {
		node_free(doc);
		return NULL;
	}
	if (doc)
		schema_mark_text(RECORD_SCENE, doc);
	if (doc && known)
		kept_tree_put(p->kept, KEPT_SCENE, &stamp, now, doc);
	return doc;
}

/* Returns 1 when the folder is no scene. */
static int
read_scene(struct project *p, struct scene *s, struct err *e)
{
	char *file = xasprintf("scenes/%s/scene.yaml", s->dir);
	int missing, result = -1;

	s->doc = load_scene(p, file, &missing, e);
	if (s->doc)
		result = 0;
	else if (missing && is_leftover(p, s->dir))
		result = 1;
	else if (missing)
		err_set(e, EX_DATA, "%s: is missing; restore it, or remove "
		    "the folder to delete the scene", file);
	free(file);
	if (result == 0)
		project_scene_fields(s);
	return result;
}

static int
by_place(const void *pa, const void *pb)
{
	const struct scene *a = pa, *b = pb;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return strcmp(a->dir, b->dir);
}

static int
by_id(const void *pa, const void *pb)
{
	const struct scene *a = *(const struct scene *const *)pa;
	const struct scene *b = *(const struct scene *const *)pb;
	int order = strcmp(a->id ? a->id : "", b->id ? b->id : "");

	return order ? order : (a->index > b->index) - (a->index < b->index);
}

static int
check_ids(const struct project *p, struct err *e)
{
	const struct scene **sorted, *a, *b;
	size_t i;
	int bad = 0;

	if (p->nr < 2)
		return 0;
	sorted = xreallocarray(NULL, p->nr, sizeof(*sorted));
	for (i = 0; i < p->nr; i++)
		sorted[i] = &p->scene[i];
	qsort(sorted, p->nr, sizeof(*sorted), by_id);
	for (i = 1; i < p->nr && !bad; i++) {
		a = sorted[i - 1];
		b = sorted[i];
		if (a->id && b->id && !strcmp(a->id, b->id))
			bad = err_set(e, EX_DATA, "scenes/%s and scenes/%s "
			    "have the same id; rm -r one of them, or delete "
			    "its \"id:\" line to make it a new scene", a->dir,
			    b->dir);
	}
	free(sorted);
	return bad;
}

int
project_read_scenes(struct project *p, struct err *e)
{
	size_t i, kept = 0;
	struct scene s;
	int got = 0;

	if (list_folders(p, e) < 0)
		return -1;
	if (p->nr)
		qsort(p->scene, p->nr, sizeof(*p->scene), by_place);
	for (i = 0; i < p->nr && got >= 0; i++) {
		got = read_scene(p, &p->scene[i], e);
		if (got)
			continue;
		s = p->scene[i]; /* the folders passed over go to the end */
		p->scene[i] = p->scene[kept];
		p->scene[kept++] = s;
		p->scene[kept - 1].index = kept;
	}
	if (got < 0)
		return -1;
	while (p->nr > kept)
		free(p->scene[--p->nr].dir);
	return check_ids(p, e);
}
