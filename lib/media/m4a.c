#include "media/m4a.h"

#include <libavformat/avformat.h>
#include <string.h>

#include "base/mem.h"
#include "media/mux_part.h"

#define FRAME 1024 /* samples of a packet */

static int
open_track(AVFormatContext **in, const struct m4a *a, struct err *e)
{
	int ret = avformat_open_input(in, a->track, NULL, NULL);

	if (ret >= 0)
		ret = avformat_find_stream_info(*in, NULL);
	if (ret >= 0)
		ret = av_find_best_stream(*in, AVMEDIA_TYPE_AUDIO, -1, -1,
		    NULL, 0);
	return ret < 0 ? mux_fail(e, a->track, ret) : ret;
}

static int
add_sound(AVFormatContext *out, const AVStream *from, const struct m4a *a,
    struct err *e)
{
	AVStream *st = avformat_new_stream(out, NULL);
	int ret;

	if (!st)
		return mux_fail(e, out->url, AVERROR(ENOMEM));
	ret = avcodec_parameters_copy(st->codecpar, from->codecpar);
	if (ret < 0)
		return mux_fail(e, out->url, ret);
	st->codecpar->codec_tag = 0;
	st->codecpar->initial_padding = 0;
	st->time_base = (AVRational){ 1, st->codecpar->sample_rate };
	st->disposition = AV_DISPOSITION_DEFAULT;
	av_dict_set(&st->metadata, "language", mux_language(a->language), 0);
	return 0;
}

static int
add_picture(AVFormatContext *out, const struct m4a *a, struct err *e)
{
	AVStream *st;

	if (!a->cover)
		return 0;
	st = avformat_new_stream(out, NULL);
	if (!st)
		return mux_fail(e, out->url, AVERROR(ENOMEM));
	st->codecpar->codec_type = AVMEDIA_TYPE_VIDEO;
	st->codecpar->codec_id = AV_CODEC_ID_MJPEG;
	st->codecpar->width = st->codecpar->height = a->cover_side;
	st->disposition = AV_DISPOSITION_ATTACHED_PIC;
	st->time_base = (AVRational){ 1, 1000 };
	return 0;
}

static int
start(AVFormatContext *out, const char *path, const struct m4a *a,
    struct err *e)
{
	AVDictionary *options = NULL;
	int ret;

	out->flags |= AVFMT_FLAG_BITEXACT;
	mux_tag(&out->metadata, "title", a->title);
	mux_tag(&out->metadata, "artist", a->artist);
	mux_tag(&out->metadata, "description", a->description);
	mux_tag(&out->metadata, "comment", a->description);
	mux_tag(&out->metadata, "date", a->date);
	mux_chapters(out, a->chapter, a->chapter_nr);
	ret = avio_open(&out->pb, path, AVIO_FLAG_WRITE);
	if (ret < 0)
		return mux_fail(e, path, ret);
	av_dict_set(&options, "movflags", "+faststart", 0);
	av_dict_set(&options, "use_editlist", "0", 0);
	ret = avformat_write_header(out, &options);
	av_dict_free(&options);
	return ret < 0 ? mux_fail(e, path, ret) : 0;
}

static int
write_picture(AVFormatContext *out, AVPacket *packet, const struct m4a *a,
    struct err *e)
{
	int ret;

	if (!a->cover)
		return 0;
	ret = av_new_packet(packet, (int)a->cover_len);
	if (ret >= 0) {
		memcpy(packet->data, a->cover, a->cover_len);
		packet->stream_index = 1;
		packet->pts = packet->dts = 0;
		packet->flags = AV_PKT_FLAG_KEY;
		ret = av_write_frame(out, packet);
	}
	av_packet_unref(packet);
	return ret < 0 ? mux_fail(e, out->url, ret) : 0;
}

/* Packets are numbered by their samples, as in the film. */
static int
copy_sound(AVFormatContext *out, AVFormatContext *in, int from,
    AVPacket *packet, struct err *e)
{
	AVStream *st = out->streams[0];
	int64_t at = 0;
	int ret;

	while ((ret = av_read_frame(in, packet)) >= 0) {
		if (packet->stream_index == from) {
			packet->stream_index = 0;
			packet->pts = packet->dts = at;
			packet->duration = FRAME;
			packet->pos = -1;
			at += FRAME;
			av_packet_rescale_ts(packet, (AVRational){ 1,
			    st->codecpar->sample_rate }, st->time_base);
			ret = av_write_frame(out, packet);
			if (ret < 0)
				break;
		}
		av_packet_unref(packet);
	}
	av_packet_unref(packet);
	return ret == AVERROR_EOF ? 0 : mux_fail(e, out->url, ret);
}

static int
finish(AVFormatContext *out, struct err *e)
{
	int ret = av_write_trailer(out);

	if (ret >= 0)
		ret = avio_closep(&out->pb);
	return ret < 0 ? mux_fail(e, out->url, ret) : 0;
}

int
m4a_write(const char *path, const struct m4a *a, struct err *e)
{
	AVFormatContext *in = NULL, *out = NULL;
	AVPacket *packet = av_packet_alloc();
	int from, ret;

	if (!packet)
		mem_failed();
	av_log_set_level(AV_LOG_QUIET);
	from = open_track(&in, a, e);
	ret = from < 0 ? -1 : avformat_alloc_output_context2(&out, NULL,
	    "ipod", path);
	if (from >= 0 && ret < 0)
		ret = mux_fail(e, path, AVERROR(ENOMEM));
	if (ret >= 0)
		ret = add_sound(out, in->streams[from], a, e);
	if (ret >= 0)
		ret = add_picture(out, a, e);
	if (ret >= 0)
		ret = start(out, path, a, e);
	if (ret >= 0)
		ret = write_picture(out, packet, a, e);
	if (ret >= 0)
		ret = copy_sound(out, in, from, packet, e);
	if (ret >= 0)
		ret = finish(out, e);
	if (out && out->pb)
		avio_closep(&out->pb);
	avformat_free_context(out);
	avformat_close_input(&in);
	av_packet_free(&packet);
	return ret < 0 ? -1 : 0;
}
