#include "store/clip_range.h"

int
clip_range(const struct scene *s, double seconds, double *from, double *to,
    struct err *e)
{
	const char *dir = s->dir ? s->dir : "?";

	*from = s->clip_from;
	*to = s->clip_to > 0 && s->clip_to < seconds ? s->clip_to : seconds;
	if (s->clip_to > 0 && s->clip_to < *from + CLIP_SECONDS_MIN)
		return err_set(e, EX_DATA, "scenes/%s/scene.yaml: image.to "
		    "(%.6g s) is not behind image.from (%.6g s); mend one of "
		    "them", dir, s->clip_to, *from);
	if (*from > 0 && *from + CLIP_SECONDS_MIN > seconds)
		return err_set(e, EX_DATA, "scenes/%s/scene.yaml: image.from "
		    "(%.6g s) is behind the end of the clip, which has %.6g "
		    "s; mend it", dir, *from, seconds);
	return 0;
}
