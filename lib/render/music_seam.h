/*
 * Where a piece of music can start anew without being noticed.
 */
#ifndef RENDER_MUSIC_SEAM_H
#define RENDER_MUSIC_SEAM_H

struct music_scan;
struct music_span;

/* Set to, back and match of a span whose from is set, and from which
 * MUSIC_LEAST or more sounds; as the head of music_find.h says. */
void music_seam(const struct music_scan *s, struct music_span *out);

#endif
