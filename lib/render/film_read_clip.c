#include "render/film_read_clip.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "media/movie.h"
#include "store/clip_range.h"

/* Does the record say what the media is? Only of the bytes that it was written
 * for. */
static int
is_recorded(const struct asset_state *a)
{
	return a->state == STATE_FRESH && a->rec.sha256 &&
	    !strcmp(a->rec.sha256, a->media_sha256) &&
	    !node_bool(a->rec.doc, "adopted", 0);
}

static int
read_record(struct film_scene *fs, const struct node *doc, int *has_sound)
{
	fs->image_w = (int)node_num(doc, "width", 0);
	fs->image_h = (int)node_num(doc, "height", 0);
	fs->clip.seconds = node_num(doc, "seconds", 0);
	fs->clip.sound_at = node_num(doc, "soundAt", 0);
	fs->clip.loops = node_bool(doc, "loops", 0);
	*has_sound = node_bool(doc, "hasSound", 0);
	return fs->image_w > 0 && fs->image_h > 0 && fs->clip.seconds > 0 &&
	    fs->clip.seconds <= MOVIE_SECONDS_MAX;
}

static int
read_file(struct film_scene *fs, const char *path, int *has_sound,
    struct err *e)
{
	int fd = file_open_regular(path, e), ret = 0;
	struct movie m;

	if (fd < 0)
		return -1;
	if (movie_is(fd)) {
		ret = movie_scan(&m, path, fd, e) < 0 ? -1 : 1;
		if (ret > 0) {
			fs->image_w = m.w;
			fs->image_h = m.h;
			fs->clip.seconds = movie_seconds(&m);
			fs->clip.sound_at = m.sound_at;
			fs->clip.loops = m.loops;
			*has_sound = m.has_sound;
			movie_release(&m);
		}
	}
	close(fd);
	return ret;
}

static int
named(const char *s, const char *const *names)
{
	int i;

	for (i = 0; s && names[i]; i++)
		if (!strcmp(s, names[i]))
			return i;
	return -1;
}

/* A scene without words has nothing else to be heard. */
static int
choose_sound(const struct scene *sc, int has_sound)
{
	static const char *const names[] = { "drop", "duck", "keep", NULL };
	int k = named(sc->clip_sound, names);

	if (!has_sound)
		return CLIP_DROP;
	if (k >= 0)
		return k;
	return scene_is_silent(sc) ? CLIP_KEEP : CLIP_DROP;
}

int
film_read_clip(struct film_scene *fs, const struct scene *sc,
    const struct asset_state *a, struct err *e)
{
	static const char *const fits[] = { "auto", "loop", "slow", "hold",
		NULL };
	const char *kind = node_str(a->rec.doc, "kind", "");
	int has_sound = 0, k;

	if (is_recorded(a) && strcmp(kind, "moving") != 0)
		return 0;
	if (!is_recorded(a) || !read_record(fs, a->rec.doc, &has_sound)) {
		k = read_file(fs, a->media, &has_sound, e);
		if (k <= 0)
			return k;
	}
	if (clip_range(sc, fs->clip.seconds, &fs->clip.from, &fs->clip.to,
	    e) < 0)
		return -1;
	k = named(sc->clip_fit, fits);
	fs->clip.fit = k < 0 ? CLIP_AUTO : k;
	fs->clip.sound = choose_sound(sc, has_sound);
	fs->clip.moving = 1;
	/* it moves by itself */
	if (!fs->motion)
		fs->motion = "still";
	return 1;
}
