/*
 * Caption files beside the film, both from one cue list, so that their times
 * agree to the millisecond.
 */
#ifndef RENDER_SIDECAR_H
#define RENDER_SIDECAR_H

#include "base/strbuf.h"
#include "render/cues.h"

/* Frames to milliseconds, rounded to the nearest. */
long sidecar_ms(long frames, int fps);

/* Append SubRip: UTF-8 without BOM, LF, numbered from 1, no markup. */
void sidecar_srt(const struct cue_list *l, struct strbuf *out);

/* Append WebVTT (W3C): & < > escaped, a time tag before each word but the
 * first, line and position in per cent. vertical moves the cues above the
 * buttons of vertical players. */
void sidecar_vtt(const struct cue_list *l, int vertical, struct strbuf *out);

#endif
