#include "store/film_card.h"

#include <string.h>

#include "record/preset.h"
#include "store/film_state.h"

#define SHAPE_OFF 0.1 /* of the ratio of the sides */

void
film_frame(const struct project *p, const struct video *v, int *w, int *h)
{
	const struct preset *preset = preset_find(v->preset, NULL);
	const char *size = video_setting(p, v, "size", "");

	*w = preset ? preset->width : 1920;
	*h = preset ? preset->height : 1080;
	if (*size)
		frame_size_parse(size, w, h);
}

/* A card that is stale or not there yet will be made before the film is; one
 * that was replaced is no card any more. */
int
film_card_is_off(const struct project *p, const struct asset_state *a, int w,
    int h)
{
	struct image_choice c;
	double drawn, wanted = (double)w / h;

	if ((a->state != STATE_FRESH && a->state != STATE_MISSING) ||
	    !a->scene || strcmp(node_str(a->rec.doc, "provider", ""), "card"))
		return 0;
	image_choose(p, a->scene, &c);
	drawn = (double)c.width / c.height;
	image_choice_release(&c);
	return wanted > drawn * (1 + SHAPE_OFF) ||
	    drawn > wanted * (1 + SHAPE_OFF);
}
