#include "media/picture_decode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#include "base/mem.h"
#include "media/cpu.h"
#include "media/picture.h"
#include "media/picture_icc.h"

static int
why(struct picture_shared *s, const char *text)
{
	snprintf(s->why, sizeof(s->why), "%s", text);
	return -1;
}

static enum AVCodecID
codec_of(enum picture_format f)
{
	switch (f) {
	case FORMAT_PNG:
		return AV_CODEC_ID_PNG;
	case FORMAT_JPEG:
		return AV_CODEC_ID_MJPEG;
	case FORMAT_WEBP:
		return AV_CODEC_ID_WEBP;
	case FORMAT_GIF:
		return AV_CODEC_ID_GIF;
	case FORMAT_BMP:
		return AV_CODEC_ID_BMP;
	case FORMAT_TIFF:
		return AV_CODEC_ID_TIFF;
	}
	return AV_CODEC_ID_NONE;
}

/* Rows that a broken file leaves out must not show what memory held before. */
static int
get_clean_buffer(AVCodecContext *c, AVFrame *f, int flags)
{
	int r = avcodec_default_get_buffer2(c, f, flags), i;

	for (i = 0; r >= 0 && i < AV_NUM_DATA_POINTERS && f->buf[i]; i++)
		memset(f->buf[i]->data, 0, f->buf[i]->size);
	return r;
}

static AVCodecContext *
open_codec(const struct picture_probe *p)
{
	const AVCodec *codec = avcodec_find_decoder(codec_of(p->format));
	AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;

	if (!c)
		return NULL;
	c->thread_count = 1;
	c->flags |= AV_CODEC_FLAG_BITEXACT;
	c->max_pixels = PICTURE_AREA_MAX;
	c->get_buffer2 = get_clean_buffer;
	/* the TIFF decoder counts a tag that it does not know as an error */
	if (p->format == FORMAT_PNG || p->format == FORMAT_JPEG)
		c->err_recognition = AV_EF_CRCCHECK | AV_EF_EXPLODE;
	cpu_level();
	if (avcodec_open2(c, codec, NULL) < 0)
		avcodec_free_context(&c);
	return c;
}

static int
decode_frame(const struct picture_probe *p, const uint8_t *buf,
	AVFrame *f, struct picture_shared *s)
{
	AVCodecContext *c = open_codec(p);
	AVPacket *k = av_packet_alloc();
	int r = -1;

	if (!c || !k || av_new_packet(k, (int)p->len) < 0) {
		why(s, "no decoder for it in this libavcodec");
		goto out;
	}
	memcpy(k->data, buf, p->len);
	if (avcodec_send_packet(c, k) < 0 ||
	    (avcodec_send_packet(c, NULL) < 0) ||
	    avcodec_receive_frame(c, f) < 0) {
		why(s, "its pixels do not decode");
		goto out;
	}
	if (f->width != p->w || f->height != p->h)
		why(s, "its pixels are not of the size that its header gives");
	else if (f->decode_error_flags)
		why(s, "some of its pixels are missing");
	else
		r = 0;
out:
	av_packet_free(&k);
	avcodec_free_context(&c);
	return r;
}

/* Where a row of the stored picture goes once it is upright. */
struct place {
	uint8_t *at;
	ptrdiff_t step; /* bytes from one pixel of the row to the next */
};

static struct place
place_of(const struct picture_probe *p, int y, uint8_t *rgb, int bytes)
{
	ptrdiff_t w = p->w, h = p->h, row = p->turn >= 5 ? h : w;
	ptrdiff_t x0 = 0, y0 = 0, dx = 1, dy = 0;
	struct place q;

	switch (p->turn) {
	case 2: x0 = w - 1, y0 = y, dx = -1; break;
	case 3: x0 = w - 1, y0 = h - 1 - y, dx = -1; break;
	case 4: y0 = h - 1 - y; break;
	case 5: x0 = y, dx = 0, dy = 1; break;
	case 6: x0 = h - 1 - y, dx = 0, dy = 1; break;
	case 7: x0 = h - 1 - y, y0 = w - 1, dx = 0, dy = -1; break;
	case 8: x0 = y, y0 = w - 1, dx = 0, dy = -1; break;
	default: y0 = y; break;
	}
	q.at = rgb + (y0 * row + x0) * bytes;
	q.step = (dy * row + dx) * bytes;
	return q;
}

/* One row in, as straight RGB and alpha of 8 bits. */
struct rows {
	const AVFrame *f;
	const AVPixFmtDescriptor *d;
	uint8_t *yuv_rgb;       /* whole picture, for YUV */
	uint16_t *line;
	uint8_t *rgb, *alpha;
	struct picture_icc *icc;
};

static void
read_component(struct rows *r, int y, int comp, uint8_t *out, int step)
{
	static const int shift[] = { 16, 8, 0, 24 }; /* in 0xAARRGGBB */
	int pal = (r->d->flags & AV_PIX_FMT_FLAG_PAL) != 0, i;
	unsigned max = (1u << r->d->comp[pal ? 0 : comp].depth) - 1;
	const uint32_t *colour = (const uint32_t *)(void *)r->f->data[1];

	av_read_image_line(r->line, (const uint8_t **)r->f->data,
	    r->f->linesize, r->d, 0, y, pal ? 0 : comp, r->f->width, 0);
	for (i = 0; i < r->f->width; i++)
		out[i * step] = pal
		    ? (uint8_t)(colour[r->line[i] & 255] >> shift[comp])
		    : (uint8_t)((r->line[i] * 255u + max / 2) / max);
}

static void
read_row(struct rows *r, int y)
{
	int w = r->f->width, i, gray = r->d->nb_components < 3 &&
	    !(r->d->flags & AV_PIX_FMT_FLAG_PAL);
	int has_alpha = (r->d->flags & (AV_PIX_FMT_FLAG_ALPHA |
	    AV_PIX_FMT_FLAG_PAL)) != 0;

	for (i = 0; i < 3; i++)
		if (r->yuv_rgb)
			break;
		else if (gray && i)
			break;
		else
			read_component(r, y, i, r->rgb + i, 3);
	if (r->yuv_rgb)
		memcpy(r->rgb, r->yuv_rgb + (size_t)y * (size_t)w * 3,
		    (size_t)w * 3);
	else if (gray)
		for (i = 0; i < w; i++)
			r->rgb[3 * i + 1] = r->rgb[3 * i + 2] = r->rgb[3 * i];
	if (has_alpha)
		read_component(r, y, gray ? 1 : 3, r->alpha, 1);
	else
		memset(r->alpha, 255, (size_t)w);
}

/* YUV to RGB, with the matrix and range said: a JPEG is BT.601 in full range,
 * a WebP BT.601 in studio range. */
static int
convert_yuv(const struct picture_probe *p, struct rows *r)
{
	const int *m = sws_getCoefficients(SWS_CS_ITU601);
	const AVFrame *f = r->f;
	struct SwsContext *c = sws_alloc_context();
	int full = p->format == FORMAT_JPEG, stride = f->width * 3, ok;

	if (!c)
		return -1;
	av_opt_set_int(c, "srcw", f->width, 0);
	av_opt_set_int(c, "srch", f->height, 0);
	av_opt_set_int(c, "src_format", f->format, 0);
	av_opt_set_int(c, "dstw", f->width, 0);
	av_opt_set_int(c, "dsth", f->height, 0);
	av_opt_set_int(c, "dst_format", AV_PIX_FMT_RGB24, 0);
	av_opt_set_int(c, "src_range", full, 0);
	av_opt_set_int(c, "dst_range", 1, 0);
	av_opt_set_int(c, "sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND |
	    SWS_BITEXACT | SWS_FULL_CHR_H_INT | SWS_FULL_CHR_H_INP, 0);
	ok = sws_setColorspaceDetails(c, m, full, m, 1, 0, 1 << 16, 1 << 16)
	    >= 0 && sws_init_context(c, NULL, NULL) >= 0;
	if (ok) {
		/* 16 bytes over: the scaler may write past a row's end */
		r->yuv_rgb = xmalloc((size_t)stride * (size_t)f->height + 16);
		ok = sws_scale(c, (const uint8_t *const *)f->data, f->linesize,
		    0, f->height, &r->yuv_rgb, &stride) == f->height;
	}
	sws_freeContext(c);
	return ok ? 0 : -1;
}

static void
put_row(const struct rows *r, struct place q)
{
	const uint8_t *c = r->rgb, *a = r->alpha, *end = a + r->f->width;
	int i;

	for (; a < end; a++, c += 3, q.at += q.step)
		for (i = 0; i < 3; i++)
			q.at[i] = (uint8_t)((c[i] * *a + 255 * (255 - *a) +
			    127) / 255);
}

static void
put_row_alpha(const struct rows *r, struct place q)
{
	const uint8_t *c = r->rgb, *a = r->alpha, *end = a + r->f->width;

	for (; a < end; a++, c += 3, q.at += q.step) {
		memcpy(q.at, c, 3);
		q.at[3] = *a;
	}
}

static int
put_frame(const struct picture_probe *p, const AVFrame *f,
	struct picture_shared *s)
{
	const AVFrameSideData *icc =
	    av_frame_get_side_data(f, AV_FRAME_DATA_ICC_PROFILE);
	struct rows r = { f, av_pix_fmt_desc_get(f->format), NULL, NULL, NULL,
		NULL, NULL };
	size_t w = (size_t)f->width;
	int y, gray;

	if (!r.d || (r.d->flags & (AV_PIX_FMT_FLAG_HWACCEL |
	    AV_PIX_FMT_FLAG_FLOAT)))
		return why(s, "its kind of pixels is not read here");
	gray = r.d->nb_components < 3 && !(r.d->flags & AV_PIX_FMT_FLAG_PAL);
	if (!(r.d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL)) &&
	    !gray && convert_yuv(p, &r) < 0)
		return why(s, "its colours do not convert");
	r.line = xmalloc(w * sizeof(*r.line));
	r.rgb = xmalloc(w * 3);
	r.alpha = xmalloc(w);
	r.icc = icc ? picture_icc_open(icc->data, icc->size, gray) : NULL;
	for (y = 0; y < f->height; y++) {
		read_row(&r, y);
		picture_icc_row(r.icc, r.rgb, w);
		if (s->alpha)
			put_row_alpha(&r, place_of(p, y, s->rgb, 4));
		else
			put_row(&r, place_of(p, y, s->rgb, 3));
	}
	picture_icc_close(r.icc);
	free(r.yuv_rgb);
	free(r.line);
	free(r.rgb);
	free(r.alpha);
	return 0;
}

int
picture_decode_here(const struct picture_probe *p, const uint8_t *buf,
	struct picture_shared *s)
{
	AVFrame *f = av_frame_alloc();
	int r;

	av_log_set_level(AV_LOG_QUIET);
	if (!f)
		return why(s, "no memory");
	r = decode_frame(p, buf, f, s);
	if (!r)
		r = put_frame(p, f, s);
	av_frame_free(&f);
	return r;
}
