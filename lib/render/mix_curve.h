/*
 * The shape of every fade of the sound: a raised cosine.
 */
#ifndef RENDER_MIX_CURVE_H
#define RENDER_MIX_CURVE_H

/* 0 up to 0, 1 from 1 on, level at both ends. */
double mix_curve(double x);

#endif
