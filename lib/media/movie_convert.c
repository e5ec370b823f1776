/*
 * Decoded frames to what the sampler takes. swscale changes depth, chroma
 * resolution and size and is told that nothing else changes; the matrix, the
 * range, combs and turns are ours.
 */
#include <stdlib.h>
#include <string.h>

#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#include "base/mem.h"
#include "media/movie_part.h"

#define HD_HEIGHT 720 /* from here on, colours that do not say are BT.709 */

struct movie_convert {
	const struct movie *m;
	int w, h;              /* as stored, scaled, not yet turned */
	struct SwsContext *sws;
	int in_w, in_h, in_format, out_w, out_h;
	struct yuv *full;      /* of the stored size, for combs */
	struct yuv *stored;    /* scaled, before turning */
	uint8_t *flat;         /* RGB without transparency */
	size_t flat_size;
};

struct movie_convert *
movie_convert_new(const struct movie *m, int w, int h)
{
	struct movie_convert *c = xcalloc(1, sizeof(*c));

	c->m = m;
	c->w = m->swap ? h : w;
	c->h = m->swap ? w : h;
	c->in_format = -1;
	if (m->swap || m->flip_x || m->flip_y)
		c->stored = yuv_new(c->w, c->h);
	return c;
}

void
movie_convert_free(struct movie_convert *c)
{
	if (!c)
		return;
	sws_freeContext(c->sws);
	yuv_free(c->full);
	yuv_free(c->stored);
	free(c->flat);
	free(c);
}

static int
is_rgb(const AVPixFmtDescriptor *d)
{
	return (d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) != 0;
}

static int
is_full_range(const AVFrame *f)
{
	switch (f->format) {
	case AV_PIX_FMT_YUVJ420P:
	case AV_PIX_FMT_YUVJ422P:
	case AV_PIX_FMT_YUVJ444P:
	case AV_PIX_FMT_YUVJ440P:
	case AV_PIX_FMT_YUVJ411P:
		return 1;
	default:
		return f->color_range == AVCOL_RANGE_JPEG;
	}
}

/* The formats that say their range by their name, without it: swscale would
 * convert that range. */
static int
plain_format(int format)
{
	switch (format) {
	case AV_PIX_FMT_YUVJ420P:
		return AV_PIX_FMT_YUV420P;
	case AV_PIX_FMT_YUVJ422P:
		return AV_PIX_FMT_YUV422P;
	case AV_PIX_FMT_YUVJ444P:
		return AV_PIX_FMT_YUV444P;
	case AV_PIX_FMT_YUVJ440P:
		return AV_PIX_FMT_YUV440P;
	case AV_PIX_FMT_YUVJ411P:
		return AV_PIX_FMT_YUV411P;
	default:
		return format;
	}
}

int
movie_colour_check(const AVFrame *f, char *warning, char *why)
{
	const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f->format);

	warning[0] = '\0';
	if (!d || d->flags & (AV_PIX_FMT_FLAG_HWACCEL |
	    AV_PIX_FMT_FLAG_FLOAT | AV_PIX_FMT_FLAG_BAYER))
		return movie_why(why, "its kind of pixels is not read here; "
		    "convert it to yuv420p");
	if (f->color_trc == AVCOL_TRC_SMPTE2084 ||
	    f->color_trc == AVCOL_TRC_ARIB_STD_B67)
		return movie_why(why, "it is HDR (PQ or HLG), which a film "
		    "of BT.709 cannot show; convert it to SDR");
	if (f->colorspace == AVCOL_SPC_YCGCO ||
	    f->colorspace == AVCOL_SPC_BT2020_CL ||
	    f->colorspace == AVCOL_SPC_ICTCP)
		return movie_why(why, "its colours are coded in a way that is "
		    "not read here; convert it to BT.709");
	if (f->color_primaries == AVCOL_PRI_BT2020)
		snprintf(warning, sizeof(((struct movie *)0)->warning), "%s",
		    "its colours are wider (BT.2020) than the film's and will "
		    "look paler; convert it to BT.709");
	return 0;
}

/* By ITU-T H.273, table 4. */
static void
matrix_of(const AVFrame *f, struct movie_matrix *m)
{
	int full = is_full_range(f);

	switch (f->colorspace) {
	case AVCOL_SPC_BT709:
		movie_matrix_set(m, 0.2126, 0.0722, full);
		break;
	case AVCOL_SPC_BT2020_NCL:
		movie_matrix_set(m, 0.2627, 0.0593, full);
		break;
	case AVCOL_SPC_SMPTE240M:
		movie_matrix_set(m, 0.212, 0.087, full);
		break;
	case AVCOL_SPC_FCC:
		movie_matrix_set(m, 0.30, 0.11, full);
		break;
	case AVCOL_SPC_BT470BG:
	case AVCOL_SPC_SMPTE170M:
		movie_matrix_set(m, 0.299, 0.114, full);
		break;
	default:
		if (f->height >= HD_HEIGHT || f->width >= HD_HEIGHT * 16 / 9)
			movie_matrix_set(m, 0.2126, 0.0722, full);
		else
			movie_matrix_set(m, 0.299, 0.114, full);
	}
}

/* A context for these sizes and this format, kept from frame to frame. */
static int
prepare(struct movie_convert *c, const AVFrame *f, int in_format, int w, int h)
{
	const int *m = sws_getCoefficients(SWS_CS_ITU709);
	int rgb = is_rgb(av_pix_fmt_desc_get(in_format));

	if (c->sws && c->in_w == f->width && c->in_h == f->height &&
	    c->in_format == in_format && c->out_w == w && c->out_h == h)
		return 0;
	sws_freeContext(c->sws);
	c->sws = sws_alloc_context();
	if (!c->sws)
		return -1;
	c->in_w = f->width;
	c->in_h = f->height;
	c->in_format = in_format;
	c->out_w = w;
	c->out_h = h;
	av_opt_set_int(c->sws, "srcw", f->width, 0);
	av_opt_set_int(c->sws, "srch", f->height, 0);
	av_opt_set_int(c->sws, "src_format", in_format, 0);
	av_opt_set_int(c->sws, "dstw", w, 0);
	av_opt_set_int(c->sws, "dsth", h, 0);
	av_opt_set_int(c->sws, "dst_format", AV_PIX_FMT_YUV420P, 0);
	av_opt_set_int(c->sws, "sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND |
	    SWS_BITEXACT | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, 0);
	return sws_setColorspaceDetails(c->sws, m, rgb, m, 0, 0, 1 << 16,
	    1 << 16) < 0 || sws_init_context(c->sws, NULL, NULL) < 0 ? -1 : 0;
}

static void
copy(const AVFrame *f, struct yuv *out)
{
	int i, y;

	for (i = 0; i < 3; i++) {
		int w = i ? (out->w + 1) / 2 : out->w;
		int h = i ? (out->h + 1) / 2 : out->h;

		for (y = 0; y < h; y++)
			memcpy(out->plane[i] + (ptrdiff_t)y * out->stride[i],
			    f->data[i] + (ptrdiff_t)y * f->linesize[i],
			    (size_t)w);
	}
}

static int
scale(struct movie_convert *c, const AVFrame *f, const uint8_t *const *data,
    const int *stride, struct yuv *out)
{
	int format = plain_format(f->format);

	if (prepare(c, f, format, out->w, out->h) < 0)
		return -1;
	return sws_scale(c->sws, data, stride, 0, f->height, out->plane,
	    out->stride) == out->h ? 0 : -1;
}

/* Pixels over white where they are transparent: 32 bits, alpha last. */
static int
flatten(struct movie_convert *c, const AVFrame *f, struct yuv *out)
{
	const uint8_t *data[4] = { NULL };
	int stride[4] = { f->width * 4, 0, 0, 0 }, x, y, i;
	uint8_t *q;

	if (c->flat_size < (size_t)stride[0] * (size_t)f->height) {
		c->flat_size = (size_t)stride[0] * (size_t)f->height;
		free(c->flat);
		c->flat = xmalloc(c->flat_size + 64);
	}
	for (q = c->flat, y = 0; y < f->height; y++) {
		const uint8_t *p = f->data[0] + (ptrdiff_t)y * f->linesize[0];

		for (x = 0; x < f->width; x++, p += 4, q += 4) {
			for (i = 0; i < 3; i++)
				q[i] = (uint8_t)((p[i] * p[3] + 255 *
				    (255 - p[3]) + 127) / 255);
			q[3] = 255;
		}
	}
	data[0] = c->flat;
	return scale(c, f, data, stride, out);
}

/* One plane, turned: rows of in become columns of out where the axes are
 * swapped. */
static void
turn_plane(const struct movie *m, const uint8_t *in, int in_stride, int w,
    int h, uint8_t *out, int out_stride)
{
	ptrdiff_t dx = m->swap ? out_stride : 1;
	ptrdiff_t dy = m->swap ? 1 : out_stride;
	/* the axis of out that x and y of in run along */
	int back_x = m->swap ? m->flip_y : m->flip_x;
	int back_y = m->swap ? m->flip_x : m->flip_y;
	int x, y;

	if (back_x) {
		out += dx * (w - 1);
		dx = -dx;
	}
	if (back_y) {
		out += dy * (h - 1);
		dy = -dy;
	}
	for (y = 0; y < h; y++)
		for (x = 0; x < w; x++)
			out[y * dy + x * dx] = in[(ptrdiff_t)y * in_stride + x];
}

static void
turn(const struct movie *m, const struct yuv *in, struct yuv *out)
{
	int i;

	for (i = 0; i < 3; i++)
		turn_plane(m, in->plane[i], in->stride[i],
		    i ? (in->w + 1) / 2 : in->w, i ? (in->h + 1) / 2 : in->h,
		    out->plane[i], out->stride[i]);
}

/* Combs first, at the size they have; then the size that is wanted. */
static int
weave(struct movie_convert *c, const AVFrame *f, struct yuv *out)
{
	const uint8_t *data[4] = { NULL };
	int stride[4] = { 0 }, i;
	AVFrame plain;

	if (c->full && (c->full->w != f->width || c->full->h != f->height)) {
		yuv_free(c->full);
		c->full = NULL;
	}
	if (!c->full)
		c->full = yuv_new(f->width, f->height);
	if (scale(c, f, (const uint8_t *const *)f->data, f->linesize,
	    c->full) < 0)
		return -1;
	for (i = 0; i < 3; i++) {
		movie_weave_plane(c->full->plane[i], c->full->stride[i],
		    i ? (f->width + 1) / 2 : f->width,
		    i ? (f->height + 1) / 2 : f->height);
		data[i] = c->full->plane[i];
		stride[i] = c->full->stride[i];
	}
	memset(&plain, 0, sizeof(plain));
	plain.width = f->width;
	plain.height = f->height;
	plain.format = AV_PIX_FMT_YUV420P;
	return scale(c, &plain, data, stride, out);
}

static int
to_planes(struct movie_convert *c, const AVFrame *f, struct yuv *out)
{
	const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f->format);

	if (f->format == AV_PIX_FMT_BGRA)
		return flatten(c, f, out);
	if (f->interlaced_frame && !is_rgb(d))
		return weave(c, f, out);
	if (plain_format(f->format) == AV_PIX_FMT_YUV420P &&
	    f->width == out->w && f->height == out->h) {
		copy(f, out);
		return 0;
	}
	return scale(c, f, (const uint8_t *const *)f->data, f->linesize, out);
}

int
movie_convert_run(struct movie_convert *c, const AVFrame *f, struct yuv *out,
    char *why)
{
	const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(f->format);
	struct yuv *to = c->stored ? c->stored : out;
	struct movie_matrix m;

	if (f->width > MOVIE_SIDE_MAX || f->height > MOVIE_SIDE_MAX || !d ||
	    to_planes(c, f, to) < 0)
		return movie_why(why, "its pixels do not convert");
	if (!is_rgb(d)) {
		matrix_of(f, &m);
		movie_matrix_run(&m, to);
	}
	if (c->stored)
		turn(c->m, to, out);
	return 0;
}
