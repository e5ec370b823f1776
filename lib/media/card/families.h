/*
 * The draw functions of all families, for the table in family.c.
 */
#ifndef MEDIA_CARD_FAMILIES_H
#define MEDIA_CARD_FAMILIES_H

#include "media/card/family.h"

void draw_ridges(struct canvas *c, const struct scene_params *p);
void draw_sea(struct canvas *c, const struct scene_params *p);
void draw_papercut(struct canvas *c, const struct scene_params *p);
void draw_contours(struct canvas *c, const struct scene_params *p);
void draw_orbits(struct canvas *c, const struct scene_params *p);
void draw_ribbons(struct canvas *c, const struct scene_params *p);
void draw_nebula(struct canvas *c, const struct scene_params *p);
void draw_signal(struct canvas *c, const struct scene_params *p);
void draw_city(struct canvas *c, const struct scene_params *p);
void draw_stained(struct canvas *c, const struct scene_params *p);
void draw_swiss(struct canvas *c, const struct scene_params *p);
void draw_crowd(struct canvas *c, const struct scene_params *p);
void draw_halftone(struct canvas *c, const struct scene_params *p);

#endif
