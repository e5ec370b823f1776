#include "render/film_record.h"

#include <math.h>
#include <stdio.h>

#include "media/encode.h"
#include "render/chapters.h"

static void
add_shape(struct node *doc, const struct film *f, const struct timeline *t)
{
	int a = t->width, b = t->height, r;
	char ratio[32];

	while (b) {
		r = a % b;
		a = b;
		b = r;
	}
	snprintf(ratio, sizeof(ratio), "%d:%d", t->width / a, t->height / a);
	node_set_str(doc, "aspectRatio", ratio);
	node_set_num(doc, "durationSec",
	    round(timeline_seconds(t, t->frames) * 1000) / 1000);
	node_set_str(doc, "preset", f->preset);
	node_set_whole(doc, "width", t->width);
	node_set_whole(doc, "height", t->height);
	node_set_whole(doc, "fps", t->fps);
}

void
film_describe(struct node *doc, const struct film *f,
    const struct timeline *t, struct node *captions, const char *thumbnail)
{
	struct node *chapters = chapters_node(f, t);

	add_shape(doc, f, t);
	node_set_str(doc, "digitalSourceType", f->source_type);
	node_set_str(doc, "version", encoder_version());
	node_set(doc, "captions", captions);
	if (thumbnail)
		node_set_str(doc, "thumbnail", thumbnail);
	else
		node_drop(doc, "thumbnail");
	if (f->description)
		node_set_str(doc, "description", f->description);
	if (chapters)
		node_set(doc, "chapters", chapters);
}
