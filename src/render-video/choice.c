/*
 * A film that is not in project.yaml: a choice of scenes, another preset.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/project.h"
#include "render-video/render-video.h"

#define IMAGES_MAX 10000

void
choice_release(struct choice *c)
{
	free(c->video.scene);
	free(c->name);
}

/* "3-5" in a file name: what is no letter or digit becomes a dash. */
static char *
plain_name(const char *base, const char *spec)
{
	char *name = xasprintf("%s-%s", base, spec), *p;

	for (p = name; *p; p++)
		if (!isalnum((unsigned char)*p))
			*p = '-';
		else
			*p = (char)tolower((unsigned char)*p);
	if (strlen(name) > 60)
		name[60] = '\0';
	return name;
}

static struct asset_state *
image_by_id(const struct survey *s, const char *id, size_t *at)
{
	size_t i, n = strlen(id);

	for (i = 0; i < s->nr; i++)
		if (s->a[i].what == ASSET_IMAGE && s->a[i].rec.id && n >= 4 &&
		    !strncmp(s->a[i].rec.id, id, n)) {
			*at = i;
			return &s->a[i];
		}
	return NULL;
}

/* The scenes of a list of pictures, each to be shown with that picture. */
static int
choose_images(const struct project *p, struct survey *s, struct choice *c,
    struct err *e)
{
	char *list = xstrdup(c->images), *rest = list, *id;
	size_t at, scene, i;
	int ret = 0;

	c->video.scene = xcalloc(IMAGES_MAX, sizeof(*c->video.scene));
	c->video.nr = 0;
	while (ret == 0 && (id = strsep(&rest, ","))) {
		struct asset_state *a = image_by_id(s, id, &at);

		if (!a || c->video.nr == IMAGES_MAX) {
			ret = err_set(e, EX_BADUSE, "--images: no scene has "
			    "a picture whose id starts with \"%s\"; see "
			    "studio show --json", id);
			break;
		}
		scene = (size_t)(a->scene - p->scene);
		for (i = 0; i < c->video.nr; i++)
			if (c->video.scene[i] == scene)
				ret = err_set(e, EX_BADUSE, "--images: two "
				    "pictures are of scene %zu; name one",
				    scene + 1);
		c->video.scene[c->video.nr++] = scene;
		s->scene_image[scene] = at;
	}
	free(list);
	return ret;
}

int
choice_make(struct choice *c, const struct project *p, struct survey *s,
    const struct video *from, struct err *e)
{
	size_t n = from->nr * sizeof(*from->scene);

	c->video = *from;
	c->video.scene = NULL;
	c->name = xstrdup(from->name);
	if (c->preset) {
		c->video.preset = c->preset;
		if (strcmp(c->preset, from->preset)) {
			free(c->name);
			c->name = p->video_nr > 1 || from->doc ?
			    plain_name(from->name, c->preset) :
			    xstrdup(c->preset);
		}
	}
	if (c->scenes || c->images) {
		char *name = plain_name(c->name, c->scenes ? c->scenes :
		    "images");

		free(c->name);
		c->name = name;
	}
	c->video.name = c->name;
	video_set_format(&c->video);
	if (c->images)
		return choose_images(p, s, c, e);
	if (c->scenes) {
		c->video.nr = 0;
		return project_scenes(p, c->scenes, &c->video.scene,
		    &c->video.nr, e);
	}
	c->video.scene = xmalloc(n ? n : 1);
	memcpy(c->video.scene, from->scene, n);
	return 0;
}
