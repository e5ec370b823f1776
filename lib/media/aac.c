#include "media/aac.h"

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <stdlib.h>

#include "base/mem.h"
#include "media/cpu.h"
#include "media/sound.h"

struct aac {
	char *path;
	AVFormatContext *out;
	AVCodecContext *codec;
	AVFrame *frame;
	AVPacket *packet;
	int fill;        /* samples in frame */
	int64_t packets;
};

static int
fail(const struct aac *a, int code, const char *what, struct err *e)
{
	char why[AV_ERROR_MAX_STRING_SIZE];

	av_strerror(code, why, sizeof(why));
	return err_set(e, code == AVERROR(EIO) || code == AVERROR(ENOSPC) ?
	    EX_IO : EX_FAILED, "%s: %s: %s", a->path, what, why);
}

static int
open_codec(struct aac *a, int kbit, struct err *e)
{
	const AVCodec *codec = avcodec_find_encoder_by_name("aac");
	AVCodecContext *c;
	int k;

	if (!codec)
		return err_set(e, EX_CONF, "libavcodec has no AAC encoder; "
		    "install the distribution's libavcodec");
	cpu_level();
	a->codec = c = avcodec_alloc_context3(codec);
	if (!c)
		return fail(a, AVERROR(ENOMEM), "sound", e);
	c->bit_rate = kbit * 1000LL;
	c->sample_rate = SOUND_RATE;
	c->sample_fmt = AV_SAMPLE_FMT_FLTP;
	c->ch_layout = (AVChannelLayout)AV_CHANNEL_LAYOUT_STEREO;
	c->time_base = (AVRational){ 1, SOUND_RATE };
	c->profile = FF_PROFILE_AAC_LOW;
	c->flags |= AV_CODEC_FLAG_BITEXACT | AV_CODEC_FLAG_GLOBAL_HEADER;
	c->thread_count = 1;
	/* quieter noise against its masking at 136 kbit/s and over, in less
	 * than half the time */
	av_opt_set(c->priv_data, "aac_coder", "fast", 0);
	k = avcodec_open2(c, codec, NULL);
	return k < 0 ? fail(a, k, "the AAC encoder", e) : 0;
}

static int
open_file(struct aac *a, struct err *e)
{
	AVDictionary *opt = NULL;
	AVStream *st;
	int k;

	k = avformat_alloc_output_context2(&a->out, NULL, "mp4", a->path);
	if (k < 0)
		return fail(a, k, "a new file", e);
	a->out->flags |= AVFMT_FLAG_BITEXACT;
	st = avformat_new_stream(a->out, NULL);
	if (!st)
		return fail(a, AVERROR(ENOMEM), "a new file", e);
	st->time_base = a->codec->time_base;
	k = avcodec_parameters_from_context(st->codecpar, a->codec);
	if (k < 0)
		return fail(a, k, "a new file", e);
	st->codecpar->initial_padding = 0;
	k = avio_open(&a->out->pb, a->path, AVIO_FLAG_WRITE);
	if (k < 0)
		return fail(a, k, "cannot be written", e);
	av_dict_set(&opt, "use_editlist", "0", 0);
	k = avformat_write_header(a->out, &opt);
	av_dict_free(&opt);
	return k < 0 ? fail(a, k, "cannot be written", e) : 0;
}

struct aac *
aac_open(const char *path, int kbit, struct err *e)
{
	struct aac *a = xcalloc(1, sizeof(*a));

	av_log_set_level(AV_LOG_QUIET);
	a->path = xstrdup(path);
	a->packet = av_packet_alloc();
	a->frame = av_frame_alloc();
	if (!a->packet || !a->frame)
		mem_failed();
	if (open_codec(a, kbit, e) < 0 || open_file(a, e) < 0) {
		aac_close(a);
		return NULL;
	}
	a->frame->format = a->codec->sample_fmt;
	a->frame->ch_layout = a->codec->ch_layout;
	a->frame->sample_rate = SOUND_RATE;
	a->frame->nb_samples = a->codec->frame_size;
	if (av_frame_get_buffer(a->frame, 0) < 0)
		mem_failed();
	return a;
}

/* Encode one frame (NULL: the end) and write what comes out, numbered from 0:
 * the time before the first sample is not told to anybody. */
static int
encode(struct aac *a, AVFrame *f, struct err *e)
{
	int k = avcodec_send_frame(a->codec, f);

	while (k >= 0) {
		k = avcodec_receive_packet(a->codec, a->packet);
		if (k == AVERROR(EAGAIN) || k == AVERROR_EOF)
			return 0;
		if (k < 0)
			break;
		a->packet->pts = a->packet->dts =
		    a->packets++ * a->codec->frame_size;
		a->packet->duration = a->codec->frame_size;
		a->packet->stream_index = 0;
		av_packet_rescale_ts(a->packet, a->codec->time_base,
		    a->out->streams[0]->time_base);
		k = av_write_frame(a->out, a->packet);
		av_packet_unref(a->packet);
	}
	return fail(a, k, "cannot be encoded", e);
}

int
aac_write(struct aac *a, const float *in, size_t n, struct err *e)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (!a->fill && av_frame_make_writable(a->frame) < 0)
			return fail(a, AVERROR(ENOMEM), "sound", e);
		((float *)a->frame->data[0])[a->fill] = in[2 * i];
		((float *)a->frame->data[1])[a->fill] = in[2 * i + 1];
		if (++a->fill < a->codec->frame_size)
			continue;
		a->fill = 0;
		if (encode(a, a->frame, e) < 0)
			return -1;
	}
	return 0;
}

int
aac_finish(struct aac *a, struct err *e)
{
	static const float silence[2];
	int k;

	while (a->fill)
		if (aac_write(a, silence, 1, e) < 0)
			return -1;
	if (encode(a, NULL, e) < 0)
		return -1;
	k = av_write_trailer(a->out);
	if (k >= 0)
		k = avio_closep(&a->out->pb);
	return k < 0 ? fail(a, k, "cannot be written", e) : 0;
}

void
aac_close(struct aac *a)
{
	if (!a)
		return;
	if (a->out && a->out->pb)
		avio_closep(&a->out->pb);
	avformat_free_context(a->out);
	avcodec_free_context(&a->codec);
	av_frame_free(&a->frame);
	av_packet_free(&a->packet);
	free(a->path);
	free(a);
}

const char *
aac_version(void)
{
	return LIBAVCODEC_IDENT;
}
