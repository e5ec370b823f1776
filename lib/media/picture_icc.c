#include "media/picture_icc.h"

#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

#include "base/mem.h"

#define LATTICE 9    /* test colours an axis */
#define SAME_WITHIN 1 /* 8-bit steps that rounding makes */

struct picture_icc {
	cmsHTRANSFORM t;
	int gray;
};

void
picture_icc_row(struct picture_icc *icc, uint8_t *rgb, size_t w)
{
	uint8_t *one;
	size_t i;

	if (!icc)
		return;
	if (!icc->gray) {
		cmsDoTransform(icc->t, rgb, rgb, (cmsUInt32Number)w);
		return;
	}
	one = xmalloc(w);
	for (i = 0; i < w; i++)
		one[i] = rgb[3 * i];
	cmsDoTransform(icc->t, one, rgb, (cmsUInt32Number)w);
	free(one);
}

/* Does it leave every colour of a lattice where it is? */
static int
is_identity(struct picture_icc *icc)
{
	uint8_t in[3], out[3];
	int n = LATTICE, i, k;

	for (i = 0; i < n * n * n; i++) {
		in[0] = (uint8_t)(i % n * 255 / (n - 1));
		in[1] = (uint8_t)(i / n % n * 255 / (n - 1));
		in[2] = (uint8_t)(i / n / n * 255 / (n - 1));
		if (icc->gray)
			in[1] = in[2] = in[0];
		memcpy(out, in, 3);
		picture_icc_row(icc, out, 1);
		for (k = 0; k < 3; k++)
			if (abs(out[k] - in[k]) > SAME_WITHIN)
				return 0;
	}
	return 1;
}

static cmsHTRANSFORM
make_transform(const void *profile, size_t len, int gray)
{
	cmsHPROFILE from = cmsOpenProfileFromMem(profile,
	    (cmsUInt32Number)len);
	cmsHPROFILE to = cmsCreate_sRGBProfile();
	cmsHTRANSFORM t = NULL;

	if (from && to && cmsGetColorSpace(from) ==
	    (gray ? cmsSigGrayData : cmsSigRgbData))
		t = cmsCreateTransform(from, gray ? TYPE_GRAY_8 : TYPE_RGB_8,
		    to, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
		    cmsFLAGS_BLACKPOINTCOMPENSATION);
	if (from)
		cmsCloseProfile(from);
	if (to)
		cmsCloseProfile(to);
	return t;
}

struct picture_icc *
picture_icc_open(const void *profile, size_t len, int gray)
{
	struct picture_icc *icc;
	cmsHTRANSFORM t = make_transform(profile, len, gray);

	if (!t)
		return NULL;
	icc = xmalloc(sizeof(*icc));
	icc->t = t;
	icc->gray = gray;
	if (is_identity(icc)) {
		picture_icc_close(icc);
		return NULL;
	}
	return icc;
}

void
picture_icc_close(struct picture_icc *icc)
{
	if (!icc)
		return;
	cmsDeleteTransform(icc->t);
	free(icc);
}
