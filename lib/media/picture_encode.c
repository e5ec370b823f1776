#include "media/cpu.h"
#include "media/picture.h"

#include <stdlib.h>

#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>

#include "base/mem.h"
#include "media/picture_meta.h"

/* Grain does not compress: more effort than this costs time and gains under
 * 3 per cent on a drawn card. */
#define PNG_LEVEL 3
#define JPEG_WHOLE_CHROMA 90 /* quality from which chroma is not halved */

static AVCodecContext *
open_codec(enum AVCodecID id, const AVFrame *f)
{
	const AVCodec *codec = avcodec_find_encoder(id);
	AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;

	if (!c)
		return NULL;
	c->width = f->width;
	c->height = f->height;
	c->pix_fmt = f->format;
	c->color_range = f->color_range;
	c->time_base = (AVRational){ 1, 1 };
	c->thread_count = 1;
	c->flags |= AV_CODEC_FLAG_BITEXACT;
	if (id == AV_CODEC_ID_PNG) {
		c->compression_level = PNG_LEVEL;
		av_opt_set(c, "pred", "sub", AV_OPT_SEARCH_CHILDREN);
	} else {
		c->flags |= AV_CODEC_FLAG_QSCALE;
		c->qmin = 1;
		c->global_quality = f->quality;
		av_opt_set(c, "huffman", "optimal", AV_OPT_SEARCH_CHILDREN);
	}
	cpu_level();
	if (avcodec_open2(c, codec, NULL) < 0)
		avcodec_free_context(&c);
	return c;
}

static int
encode(enum AVCodecID id, AVFrame *f, AVPacket *k)
{
	AVCodecContext *c;
	int r;

	av_log_set_level(AV_LOG_QUIET);
	c = open_codec(id, f);
	if (!c)
		return -1;
	r = avcodec_send_frame(c, f) < 0 || avcodec_send_frame(c, NULL) < 0 ||
	    avcodec_receive_packet(c, k) < 0 ? -1 : 0;
	avcodec_free_context(&c);
	return r;
}

static void
keep(void *opaque, uint8_t *data)
{
	(void)opaque;
	(void)data; /* the pixels are the caller's */
}

static int
no_encoder(const char *what, struct err *e)
{
	return err_set(e, EX_FAILED, "%s: this libavcodec does not encode it; "
	    "install libavcodec59 of the distribution", what);
}

int
picture_png(const struct picture *p, const struct picture_meta *m,
	struct strbuf *out, struct err *e)
{
	size_t n = (size_t)p->w * (size_t)p->h * 3;
	AVFrame *f = av_frame_alloc();
	AVPacket *k = av_packet_alloc();
	int r = -1;

	if (f && k)
		f->buf[0] = av_buffer_create(p->rgb, n, keep, NULL,
		    AV_BUFFER_FLAG_READONLY);
	if (f && k && f->buf[0]) {
		f->data[0] = p->rgb;
		f->linesize[0] = p->w * 3;
		f->width = p->w;
		f->height = p->h;
		f->format = AV_PIX_FMT_RGB24;
		f->color_range = AVCOL_RANGE_JPEG;
		f->color_primaries = AVCOL_PRI_BT709;
		f->color_trc = AVCOL_TRC_IEC61966_2_1; /* writes sRGB */
		r = encode(AV_CODEC_ID_PNG, f, k);
	}
	if (!r)
		picture_meta_png(m, k->data, (size_t)k->size, out);
	av_frame_free(&f);
	av_packet_free(&k);
	return r < 0 ? no_encoder("PNG", e) : 0;
}

/* Full-range BT.601 (JFIF 1.02) in 16-bit fractions. */
static uint8_t
luma(const uint8_t *c)
{
	return (uint8_t)((19595 * c[0] + 38470 * c[1] + 7471 * c[2] + 32768)
	    >> 16);
}

static uint8_t
chroma(int r, int g, int b, int n, const int k[3])
{
	int v = ((k[0] * r + k[1] * g + k[2] * b) / n + (128 << 16) + 32768)
	    >> 16;

	return (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
}

/* step is 1, or 2 where each chroma sample is the mean of 2x2 pixels. */
static void
fill_chroma(const struct picture *p, AVFrame *f, int step)
{
	static const int cb[] = { -11059, -21709, 32768 };
	static const int cr[] = { 32768, -27439, -5329 };
	const uint8_t *c;
	int x, y, i, j, n, sum[3];

	for (y = 0; y < p->h; y += step)
		for (x = 0; x < p->w; x += step) {
			sum[0] = sum[1] = sum[2] = n = 0;
			for (j = y; j < y + step && j < p->h; j++)
				for (i = x; i < x + step && i < p->w; i++) {
					c = p->rgb + ((size_t)j *
					    (size_t)p->w + (size_t)i) * 3;
					sum[0] += c[0];
					sum[1] += c[1];
					sum[2] += c[2];
					n++;
				}
			i = y / step * f->linesize[1] + x / step;
			j = y / step * f->linesize[2] + x / step;
			f->data[1][i] = chroma(sum[0], sum[1], sum[2], n, cb);
			f->data[2][j] = chroma(sum[0], sum[1], sum[2], n, cr);
		}
}

static AVFrame *
yuv_frame(const struct picture *p, int quality)
{
	AVFrame *f = av_frame_alloc();
	int x, y, whole = quality >= JPEG_WHOLE_CHROMA;

	if (!f)
		return NULL;
	f->width = p->w;
	f->height = p->h;
	f->format = whole ? AV_PIX_FMT_YUV444P : AV_PIX_FMT_YUV420P;
	f->color_range = AVCOL_RANGE_JPEG;
	if (av_frame_get_buffer(f, 0) < 0) {
		av_frame_free(&f);
		return NULL;
	}
	for (y = 0; y < p->h; y++)
		for (x = 0; x < p->w; x++)
			f->data[0][y * f->linesize[0] + x] = luma(p->rgb +
			    ((size_t)y * (size_t)p->w + (size_t)x) * 3);
	fill_chroma(p, f, whole ? 1 : 2);
	return f;
}

int
picture_jpeg(const struct picture *p, int quality,
	const struct picture_meta *m, struct strbuf *out, struct err *e)
{
	AVFrame *f;
	AVPacket *k = av_packet_alloc();
	int lost, r = -1;

	quality = quality < 1 ? 1 : quality > 100 ? 100 : quality;
	lost = 100 - quality;
	f = yuv_frame(p, quality);
	if (f && k) {
		/* quantiser 1 at 100, 2.7 at 90, 4.6 at 80, 31 at 1 */
		f->quality = FF_QP2LAMBDA + FF_QP2LAMBDA * 15 * lost *
		    (99 + lost) / (99 * 99);
		r = encode(AV_CODEC_ID_MJPEG, f, k);
	}
	if (!r)
		picture_meta_jpeg(m, k->data, (size_t)k->size, out);
	av_frame_free(&f);
	av_packet_free(&k);
	return r < 0 ? no_encoder("JPEG", e) : 0;
}
