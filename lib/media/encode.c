#include "media/encode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavcodec/avcodec.h>
#include <libavutil/opt.h>

#include "base/mem.h"
#include "media/cpu.h"

struct encoder {
	AVCodecContext *ctx;
	AVFrame *frame;
	AVPacket *packet;
	struct yuv view; /* of frame */
	int pushed;
};

void
encoded_release(struct encoded *r)
{
	strbuf_release(&r->header);
	strbuf_release(&r->data);
	free(r->packet);
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->header);
	strbuf_init(&r->data);
}

static int
fail(struct err *e, const char *what, int code)
{
	char text[AV_ERROR_MAX_STRING_SIZE];

	av_strerror(code, text, sizeof(text));
	return err_set(e, code == AVERROR(ENOMEM) ? EX_LATER : EX_FAILED,
	    "libx264: %s: %s", what, text);
}

/*
 * Which of x264's assembly may be used. That for AVX-512 (in core 164) reads
 * memory it never wrote, so that bytes differ from run to run; that for SSE2
 * and plain C decide otherwise than the rest. From SSSE3 to AVX2 all give the
 * same bytes.
 */
static const char *
assembly(void)
{
#if defined(__x86_64__)
	if (cpu_is_plain())
		return ":asm=SSSE3";
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
	    __builtin_cpu_supports("bmi2"))
		return ":asm=AVX2,FMA3,BMI2";
	if (__builtin_cpu_supports("avx2"))
		return ":asm=AVX2";
	if (__builtin_cpu_supports("ssse3"))
		return ":asm=SSSE3";
#endif
	return "";
}

static void
set_options(AVCodecContext *c, const struct encode_settings *s)
{
	char level[16], params[160];
	int n = s->level;

	if (s->fps > 30 && n < 42)
		n = 42;
	if (s->w * s->h > 2100000 && n < 51)
		n = s->fps > 30 ? 52 : 51;
	snprintf(level, sizeof(level), "%d.%d", n / 10, n % 10);
	av_opt_set(c->priv_data, "preset", s->preset, 0);
	av_opt_set(c->priv_data, "profile", "high", 0);
	av_opt_set(c->priv_data, "level", level, 0);
	av_opt_set_double(c->priv_data, "crf", s->crf, 0);
	av_opt_set_int(c->priv_data, "aq-mode", 3, 0);
	av_opt_set_int(c->priv_data, "forced-idr", 1, 0);
	/*
	 * Our pictures move slowly and evenly, and so must their grain: frames
	 * of different worth make it pulse. Hence no B frames (set_context),
	 * no tree of macroblocks, and key frames of no better quality. What
	 * B frames saved, a wider dead zone and no psychovisual noise save;
	 * where the motion search stops at whole pixels (superfast), a finer
	 * one saves two thirds. To try no parts of a macroblock for their
	 * motion (veryfast) takes a quarter less time, but small frames then
	 * move less evenly.
	 */
	snprintf(params, sizeof(params), "open-gop=0:mbtree=0:ipratio=1:"
	    "psy=0:deadzone-inter=24:deadzone-intra=12%s%s",
	    strcmp(s->preset, "superfast") ? "" : ":subme=2", assembly());
	av_opt_set(c->priv_data, "x264-params", params, 0);
}

static void
set_context(AVCodecContext *c, const struct encode_settings *s)
{
	c->width = s->w;
	c->height = s->h;
	c->pix_fmt = AV_PIX_FMT_YUV420P;
	c->time_base = (AVRational){ 1, s->fps };
	c->framerate = (AVRational){ s->fps, 1 };
	c->sample_aspect_ratio = (AVRational){ 1, 1 };
	c->color_range = AVCOL_RANGE_MPEG;
	c->colorspace = AVCOL_SPC_BT709;
	c->color_primaries = AVCOL_PRI_BT709;
	c->color_trc = AVCOL_TRC_BT709;
	c->chroma_sample_location = AVCHROMA_LOC_LEFT;
	c->field_order = AV_FIELD_PROGRESSIVE;
	c->gop_size = s->keyint;
	c->keyint_min = s->keyint;
	/* They are the mean of two frames and so softer than those between:
	 * the change from frame to frame would go up and down by a third. */
	c->max_b_frames = 0;
	c->rc_max_rate = s->maxrate * INT64_C(1000);
	c->rc_buffer_size = s->bufsize * 1000;
	/* One thread: x264's bytes depend on their number. */
	c->thread_count = 1;
	c->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_CLOSED_GOP |
	    AV_CODEC_FLAG_GLOBAL_HEADER;
	av_opt_set_int(c, "sc_threshold", 0, AV_OPT_SEARCH_CHILDREN);
}

struct encoder *
encoder_open(const struct encode_settings *s, struct err *e)
{
	const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
	struct encoder *c;
	int ret;

	if (!codec) {
		err_set(e, EX_CONF, "libavcodec has no libx264; install "
		    "Debian's libavcodec59");
		return NULL;
	}
	av_log_set_level(AV_LOG_QUIET);
	c = xcalloc(1, sizeof(*c));
	cpu_level();
	c->ctx = avcodec_alloc_context3(codec);
	c->packet = av_packet_alloc();
	c->frame = av_frame_alloc();
	if (!c->ctx || !c->packet || !c->frame)
		mem_failed();
	set_context(c->ctx, s);
	set_options(c->ctx, s);
	ret = avcodec_open2(c->ctx, codec, NULL);
	if (ret >= 0) {
		c->frame->format = AV_PIX_FMT_YUV420P;
		c->frame->width = s->w;
		c->frame->height = s->h;
		ret = av_frame_get_buffer(c->frame, 64);
	}
	if (ret < 0) {
		fail(e, "cannot start", ret);
		encoder_close(c);
		return NULL;
	}
	return c;
}

struct yuv *
encoder_frame(struct encoder *c, struct err *e)
{
	int i, ret = av_frame_make_writable(c->frame);

	if (ret < 0) {
		fail(e, "no frame", ret);
		return NULL;
	}
	c->view.w = c->frame->width;
	c->view.h = c->frame->height;
	for (i = 0; i < 3; i++) {
		c->view.plane[i] = c->frame->data[i];
		c->view.stride[i] = c->frame->linesize[i];
	}
	return &c->view;
}

static int
collect(struct encoder *c, struct encoded *out, struct err *e)
{
	struct encoded_packet *p;
	int ret;

	while ((ret = avcodec_receive_packet(c->ctx, c->packet)) >= 0) {
		ALLOC_GROW(out->packet, out->nr, out->alloc);
		p = &out->packet[out->nr++];
		p->frame = (int32_t)c->packet->pts;
		p->size = (uint32_t)c->packet->size;
		p->offset = out->data.len;
		p->key = !!(c->packet->flags & AV_PKT_FLAG_KEY);
		strbuf_add(&out->data, c->packet->data, c->packet->size);
		av_packet_unref(c->packet);
	}
	if (ret != AVERROR(EAGAIN) && ret != AVERROR_EOF)
		return fail(e, "encoding", ret);
	return 0;
}

int
encoder_push(struct encoder *c, int key, struct encoded *out, struct err *e)
{
	int ret;

	c->frame->pts = c->pushed++;
	c->frame->pict_type = key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
	ret = avcodec_send_frame(c->ctx, c->frame);
	if (ret < 0)
		return fail(e, "encoding", ret);
	return collect(c, out, e);
}

int
encoder_finish(struct encoder *c, struct encoded *out, struct err *e)
{
	int ret = avcodec_send_frame(c->ctx, NULL);

	if (ret < 0)
		return fail(e, "finishing", ret);
	if (collect(c, out, e) < 0)
		return -1;
	out->frames = c->pushed;
	out->delay = c->ctx->has_b_frames;
	strbuf_reset(&out->header);
	strbuf_add(&out->header, c->ctx->extradata, c->ctx->extradata_size);
	if ((int)out->nr != out->frames)
		return err_set(e, EX_FAILED, "libx264 gave %zu packets for %d "
		    "frames", out->nr, out->frames);
	return 0;
}

void
encoder_close(struct encoder *c)
{
	if (!c)
		return;
	avcodec_free_context(&c->ctx);
	av_frame_free(&c->frame);
	av_packet_free(&c->packet);
	free(c);
}

const char *
encoder_version(void)
{
	return LIBAVCODEC_IDENT;
}
