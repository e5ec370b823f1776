/*
 * A picture of one shape shown whole in a frame of another: sharp in the
 * middle, on a ground made of itself, blurred and darkened.
 *
 * To fill a frame of another shape a picture is cut. Where it has too few
 * pixels for that it would be enlarged until it is soft; on a ground it is
 * shown at its own size instead.
 */
#ifndef MEDIA_PICTURE_FRAME_H
#define MEDIA_PICTURE_FRAME_H

#include "media/picture.h"

#define FRAME_ENLARGE 1.19 /* more is soft, with 1.05 of motion 1.25 in all */
#define FRAME_SHAPE 0.7    /* a cut that keeps more than this is made */

/* Would filling a frame of fw x fh enlarge a picture of w x h by more than
 * FRAME_ENLARGE, and cut off more than 1 - FRAME_SHAPE of it? */
int picture_needs_ground(int w, int h, int fw, int fh);

struct picture_frame {
	int w, h;      /* of the frame */
	double fx, fy; /* what is to be seen where the picture has to be cut,
			  0..1 of it */
};

/*
 * Draw to *to (of the frame's size, initialised here). The picture is as large
 * as it may be without being enlarged, at least so large that it touches two
 * edges of the frame, and at most fills it. The same picture and frame give the
 * same bytes.
 */
int picture_on_ground(const struct picture *from, struct picture *to,
	const struct picture_frame *f, struct err *e);

/* Where the point fx, fy of a picture of w x h comes to be: 0..1 of the
 * frame. */
void picture_ground_focus(int w, int h, struct picture_frame *f);

#endif
