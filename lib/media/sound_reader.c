#include "media/sound_reader.h"

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define IO_BUFFER 32768
#define RATE_MIN 8000
#define RATE_MAX 192000
#define CHANNELS_MAX 8
/* Only what holds sound and opens no other file. */
#define FORMATS "wav,w64,mp3,flac,ogg,mov,aac,aiff,au,caf,matroska"

struct sound_reader {
	char *path;
	int fd, stream, ended, channels;
	AVIOContext *io;
	AVFormatContext *format;
	AVCodecContext *codec;
	SwrContext *swr;
	AVPacket *packet;
	AVFrame *frame;
};

static int
io_read(void *arg, uint8_t *buf, int n)
{
	struct sound_reader *r = arg;
	ssize_t k = file_read_some(r->fd, buf, (size_t)n);

	return k > 0 ? (int)k : k == 0 ? AVERROR_EOF : AVERROR(errno);
}

static int64_t
io_seek(void *arg, int64_t off, int whence)
{
	struct sound_reader *r = arg;
	off_t here, end;

	if (whence & AVSEEK_SIZE) {
		here = lseek(r->fd, 0, SEEK_CUR);
		end = lseek(r->fd, 0, SEEK_END);
		lseek(r->fd, here, SEEK_SET);
		return end;
	}
	off = lseek(r->fd, off, whence & ~AVSEEK_FORCE);
	return off < 0 ? AVERROR(errno) : off;
}

static int
bad(const struct sound_reader *r, const char *what, struct err *e)
{
	return err_set(e, EX_DATA, "%s: %s; give a WAV, MP3, FLAC, Ogg or M4A "
	    "file", r->path, what);
}

static int
open_format(struct sound_reader *r, struct err *e)
{
	AVDictionary *opt = NULL;
	uint8_t *room = av_malloc(IO_BUFFER);
	int k;

	r->packet = av_packet_alloc();
	r->frame = av_frame_alloc();
	r->format = avformat_alloc_context();
	r->io = avio_alloc_context(room, IO_BUFFER, 0, r, io_read, NULL,
	    io_seek);
	if (!room || !r->packet || !r->frame || !r->format || !r->io)
		return err_set(e, EX_FAILED, "%s: out of memory", r->path);
	r->format->pb = r->io;
	r->format->flags |= AVFMT_FLAG_CUSTOM_IO;
	av_dict_set(&opt, "format_whitelist", FORMATS, 0);
	av_dict_set(&opt, "protocol_whitelist", "none", 0);
	k = avformat_open_input(&r->format, NULL, NULL, &opt);
	av_dict_free(&opt);
	if (k < 0)
		return bad(r, "is no sound file that can be read", e);
	if (avformat_find_stream_info(r->format, NULL) < 0)
		return bad(r, "holds no sound that can be read", e);
	return 0;
}

static int
open_codec(struct sound_reader *r, struct err *e)
{
	const AVCodec *codec = NULL;
	unsigned i;

	r->stream = av_find_best_stream(r->format, AVMEDIA_TYPE_AUDIO, -1, -1,
	    &codec, 0);
	if (r->stream < 0 || !codec)
		return bad(r, "has no sound in it", e);
	for (i = 0; i < r->format->nb_streams; i++)
		if ((int)i != r->stream)
			r->format->streams[i]->discard = AVDISCARD_ALL;
	r->codec = avcodec_alloc_context3(codec);
	if (!r->codec || avcodec_parameters_to_context(r->codec,
	    r->format->streams[r->stream]->codecpar) < 0)
		return err_set(e, EX_FAILED, "%s: out of memory", r->path);
	r->codec->thread_count = 1;
	if (avcodec_open2(r->codec, codec, NULL) < 0)
		return bad(r, "cannot be decoded", e);
	return 0;
}

struct sound_reader *
sound_reader_open(const char *path, struct err *e)
{
	struct sound_reader *r = xcalloc(1, sizeof(*r));

	av_log_set_level(AV_LOG_QUIET);
	r->path = xstrdup(path);
	r->fd = file_open_regular(path, e);
	if (r->fd < 0 || open_format(r, e) < 0 || open_codec(r, e) < 0) {
		sound_reader_close(r);
		return NULL;
	}
	return r;
}

void
sound_reader_close(struct sound_reader *r)
{
	if (!r)
		return;
	av_packet_free(&r->packet);
	av_frame_free(&r->frame);
	swr_free(&r->swr);
	avcodec_free_context(&r->codec);
	avformat_close_input(&r->format);
	if (r->io)
		av_freep(&r->io->buffer);
	avio_context_free(&r->io);
	if (r->fd >= 0)
		close(r->fd);
	free(r->path);
	free(r);
}

/* Made from the first frame: only there is the layout sure. One channel stays
 * one here, since the library would lower it by 3 dB in two. */
static int
open_converter(struct sound_reader *r, struct err *e)
{
	AVFrame *f = r->frame;
	AVChannelLayout in = { 0 }, out;
	int k;

	if (f->sample_rate < RATE_MIN || f->sample_rate > RATE_MAX)
		return bad(r, "has no usable sample rate", e);
	if (f->ch_layout.nb_channels < 1 ||
	    f->ch_layout.nb_channels > CHANNELS_MAX)
		return bad(r, "has too many channels", e);
	r->channels = f->ch_layout.nb_channels > 1 ? 2 : 1;
	av_channel_layout_default(&out, r->channels);
	if (f->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
		av_channel_layout_default(&in, f->ch_layout.nb_channels);
	else if (av_channel_layout_copy(&in, &f->ch_layout) < 0)
		return err_set(e, EX_FAILED, "%s: out of memory", r->path);
	k = swr_alloc_set_opts2(&r->swr, &out, AV_SAMPLE_FMT_FLT, SOUND_RATE,
	    &in, f->format, f->sample_rate, 0, NULL);
	av_channel_layout_uninit(&in);
	if (k < 0 || swr_init(r->swr) < 0)
		return bad(r, "has channels that cannot be mixed down", e);
	return 0;
}

/* Take what the converter holds, n frames at most, as stereo. */
static int
drain(struct sound_reader *r, float *out, size_t n, const uint8_t **in,
    int in_n, struct err *e)
{
	uint8_t *p = (uint8_t *)out;
	int k, i;

	if (n > 65536)
		n = 65536;
	k = swr_convert(r->swr, &p, (int)n, in, in_n);
	if (k < 0)
		return bad(r, "changes its form within", e);
	for (i = 0; i < k * r->channels; i++)
		if (!isfinite(out[i]))
			return bad(r, "holds samples that are no numbers", e);
	for (i = k; r->channels == 1 && i-- > 0;)
		out[2 * i] = out[2 * i + 1] = out[i];
	return k;
}

/* The next decoded frame; 0 at the end of the file. A packet that cannot be
 * decoded is left out: recordings are often cut in the middle. */
static int
next_frame(struct sound_reader *r)
{
	int k;

	for (;;) {
		k = avcodec_receive_frame(r->codec, r->frame);
		if (k >= 0)
			return 1;
		if (k != AVERROR(EAGAIN))
			return 0;
		k = av_read_frame(r->format, r->packet);
		if (k < 0) {
			avcodec_send_packet(r->codec, NULL);
			continue;
		}
		if (r->packet->stream_index == r->stream)
			avcodec_send_packet(r->codec, r->packet);
		av_packet_unref(r->packet);
	}
}

long
sound_reader_read(struct sound_reader *r, float *out, size_t n, struct err *e)
{
	size_t done = 0;
	int k = 0;

	while (done < n) {
		if (r->swr) {
			k = drain(r, out + 2 * done, n - done, NULL, 0, e);
			if (k < 0)
				return -1;
			done += (size_t)k;
			if (k > 0)
				continue;
		}
		if (r->ended)
			break;
		if (!next_frame(r)) {
			r->ended = 1;
			continue;
		}
		if (!r->swr && open_converter(r, e) < 0)
			return -1;
		k = drain(r, out + 2 * done, n - done,
		    (const uint8_t **)r->frame->extended_data,
		    r->frame->nb_samples, e);
		av_frame_unref(r->frame);
		if (k < 0)
			return -1;
		done += (size_t)k;
	}
	return (long)done;
}
