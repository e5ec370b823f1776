#include "store/film_look.h"

#include "store/film_state.h"

void
film_look(const struct project *p, const struct video *v,
    const struct scene *s, struct strbuf *out)
{
	const struct motion_spec *m = &s->motion;

	strbuf_reset(out);
	strbuf_addf(out, "motion %s, transition %s",
	    m->has_windows ? "windows" : m->word ? m->word : "by text",
	    s->transition ? s->transition
			  : video_setting(p, v, "transition", "fade"));
	if (s->has_focus)
		strbuf_addf(out, ", focus %.4g %.4g", s->focus_x, s->focus_y);
	if (s->duration > 0)
		strbuf_addf(out, ", %.6g s", s->duration);
	if (s->clip_from > 0 || s->clip_to > 0)
		strbuf_addf(out, ", from %.9g to %.9g s", s->clip_from,
		    s->clip_to);
	if (s->clip_fit)
		strbuf_addf(out, ", fit %s", s->clip_fit);
	if (s->clip_sound)
		strbuf_addf(out, ", sound %s", s->clip_sound);
	if (m->has_windows)
		strbuf_addf(out, ", from %.6g %.6g %.6g %.6g, to %.6g %.6g "
		    "%.6g %.6g", m->from[0], m->from[1], m->from[2],
		    m->from[3], m->to[0], m->to[1], m->to[2], m->to[3]);
	if (m->easing)
		strbuf_addf(out, ", easing %s", m->easing);
	if (s->transition_seconds > 0)
		strbuf_addf(out, ", in %.6g s", s->transition_seconds);
}

int
film_motion_is_said(const struct scene *s)
{
	return s->motion.word || s->motion.has_windows;
}
