/*
 * Scenes that are in no folder (record/project.h).
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/project_part.h"

static void
drop_videos(struct project *p)
{
	size_t i;

	for (i = 0; i < p->video_nr; i++)
		free(p->video[i].scene);
	free(p->video);
	p->video = NULL;
	p->video_nr = 0;
}

void
project_lend_scenes(struct project *p, struct node *list)
{
	struct node *videos = node_get(p->doc, "videos");
	size_t i;

	p->scene = xreallocarray(p->scene, list->nr + 1, sizeof(*p->scene));
	for (i = 0; i < list->nr; i++) {
		struct scene *s = &p->scene[i];

		memset(s, 0, sizeof(*s));
		s->dir = xasprintf("scene-%zu", i + 1);
		s->index = i + 1;
		s->doc = list->kid[i];
		project_scene_fields(s);
	}
	p->nr = list->nr;
	list->nr = 0; /* its items are the project's now */
	drop_videos(p);
	if (project_read_videos(p, NULL) == 0)
		return;
	for (i = 0; videos && i < videos->nr; i++)
		node_set(videos->kid[i], "scenes", node_new(NODE_NULL));
	drop_videos(p);
	project_read_videos(p, NULL);
}
