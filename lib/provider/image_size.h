/*
 * The size to ask a model for, from the film's frame and from what the model
 * can give. What comes is scaled and cropped; the shape matters most.
 */
#ifndef PROVIDER_IMAGE_SIZE_H
#define PROVIDER_IMAGE_SIZE_H

#include <stddef.h>
#include <stdint.h>

struct image_size {
	int w, h; /* pixels */
};

/* What a model that takes any size says of it. */
struct image_rule {
	int multiple;                    /* of which both sides must be */
	int64_t min_pixels, max_pixels;  /* of the area */
	int max_side;                    /* pixels, up to 16384 */
};

/* Of nr sizes (at least one) that of the shape nearest to frame's, then the
 * largest. Shapes are compared by their ratios: twice as wide is as far off as
 * half as wide. */
struct image_size image_size_fixed(const struct image_size *list, size_t nr,
	struct image_size frame);

/* The size of the shape nearest to frame's that keeps the rule, of equal ones
 * the largest: 1920x1080 in multiples of 16 up to 1.5 megapixels is 1536x864.
 * Where no such size has min_pixels, fewer are taken. */
struct image_size image_size_step(const struct image_rule *rule,
	struct image_size frame);

/* The nearest of the names that Gemini's imageConfig.aspectRatio and others
 * take: 1:1 2:3 3:2 3:4 4:3 4:5 5:4 9:16 16:9 21:9. Static. */
const char *image_aspect_name(struct image_size frame);

/* The rule for stable diffusion models by their A1111 shape: multiples of 8,
 * about the megapixel that they were trained on. */
extern const struct image_rule image_rule_diffusion;

/*
 * "size" of POST /images/generations in OpenAI's shape, by the model (after the
 * last "/" of it; may be NULL):
 *	gpt-image-1*, chatgpt-image*  1024x1024, 1536x1024, 1024x1536
 *	dall-e-3*     1024x1024, 1792x1024, 1024x1792
 *	dall-e-2*     1024x1024
 *	gpt-image-2 and later  multiples of 16, a shape of 1:3 to 3:1, at most
 *	              the pixels of 2560x1440 (more is experimental) and no more
 *	              than a picture that fills the frame needs
 *	any other (local servers)  multiples of 16, about a megapixel
 * The lists and the rule are those of OpenAI's API document and of its guide
 * to image generation; the megapixel is what open models are trained on.
 */
struct image_size image_size_openai(const char *model,
	struct image_size frame);

#endif
