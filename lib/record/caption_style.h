/*
 * captionStyles: the user's own styles of burned captions, by name, in
 * project.yaml and settings.yaml. Each starts from a built-in style and says
 * what is different. What the keys mean for the picture is in
 * media/caption_look.h; here is only what may be written.
 */
#ifndef RECORD_CAPTION_STYLE_H
#define RECORD_CAPTION_STYLE_H

#include <stdint.h>

#include "base/error.h"
#include "record/node.h"

#define CAPTION_STYLES "classic box karaoke big" /* the built-in ones */
#define SIDECAR_KINDS "srt vtt ass"
#define CAPTION_STYLES_MOST 32

struct project;
struct video;

/* Check the map captionStyles of doc, which may be missing: names, keys,
 * colours, ranges. EX_DATA naming file, line and key. */
int schema_check_caption_styles(const char *file, const struct node *doc,
	struct err *e);

/* "#ff9f6e" as 0xff9f6e; -1 for anything else. */
long caption_colour(const char *s);

/* Does the font name a file of the project ("media/Mine.ttf") rather than a
 * family ("Inter")? */
int caption_font_is_file(const char *font);

/* Every captionStyle of project.yaml, its videos and settings.yaml is built
 * in or defined, and every sidecars: a list of kinds. EX_DATA naming those
 * there are. */
int project_check_captions(const struct project *p, struct err *e);

/* The definition that the video's captionStyle names; NULL where it is built
 * in or the preset's. */
const struct node *video_caption_style(const struct project *p,
	const struct video *v);

/* The list of sidecars that the video asks for; NULL: it says nothing. */
const struct node *video_sidecars(const struct project *p,
	const struct video *v);

#endif
