/*
 * The picture provider "card": drawn from the prompt's text by rules, no
 * model, no network, free.
 */
#ifndef PROVIDER_CARD_H
#define PROVIDER_CARD_H

#include "provider/provider.h"

/* Of the drawing: a change of it changes every picture. */
#define CARD_VERSION "card 1"

/* Draws a decoded picture (bytes stays empty); the key phrase of the prompt is
 * set on it, or the title on a cover. The seed is that of the scene. */
extern const struct image_provider card_image;

#endif
