/*
 * Burned captions of one scene: laid out once a group, drawn once a state,
 * blended into each frame that shows the state.
 *
 * A part asks for the frames it holds, whichever part it is. Captions lie
 * inside the scene's body, never in a transition, and nothing here depends on
 * a neighbour.
 */
#ifndef RENDER_CAPTION_LAYER_H
#define RENDER_CAPTION_LAYER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/strvec.h"
#include "render/film.h"

struct timeline;
struct caption_layer;
struct caption_state; /* one bitmap and where it stands */

/* Does the film burn captions in at all? */
int caption_wanted(const struct film *f);

/* Lay out the captions of scene number `scene`, from 0, for frames of the
 * timeline's size. EX_CONF, naming the package, where a font or glyph is
 * missing; EX_DATA
 * where the text is broken. The film and timeline must outlive it. */
int caption_layer_new(struct caption_layer **out, const struct film *f,
	const struct timeline *t, size_t scene, struct err *e);
void caption_layer_free(struct caption_layer *l); /* NULL is fine */

/* What is shown on that frame, counted from the scene's start; NULL: nothing.
 * Valid until the next call. A layer is for one thread. */
const struct caption_state *caption_layer_at(struct caption_layer *l,
	long frame);

/* Blend into a BT.709 limited 4:2:0 frame (chroma left) of the layer's size:
 * integer arithmetic, so the same everywhere. s may be NULL. */
void caption_blend(const struct caption_state *s, uint8_t *const plane[3],
	const int stride[3]);

/* Append lines that change whenever the scene's burned captions change: the
 * libraries and fonts that draw them, style, tone, size, and each cue's words
 * with their frames from the body's start. Nothing when captions are not
 * burned. For the digest of a part. */
int caption_key(const struct film *f, const struct timeline *t, size_t scene,
	struct strbuf *out, struct err *e);

/* Add the names of the fonts that the scene's captions are drawn with, each
 * once (media/font_version.h); as caption_layer_new else. */
int caption_fonts(const struct film *f, const struct timeline *t,
	size_t scene, struct strvec *out, struct err *e);

#endif
