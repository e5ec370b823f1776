/*
 * A sound file as float stereo at SOUND_RATE, as the child decodes it for
 * sound_reader.c.
 */
#include "media/sound_part.h"

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/cpu.h"

#define IO_BUFFER 32768
#define RATE_MIN 8000
#define RATE_MAX 192000
#define CHANNELS_MAX 8
#define FRAMES_MAX (1 << 24) /* of one packet */
#define SPARE 8192
/* Only what holds sound and opens no other file. */
#define FORMATS "wav,w64,mp3,flac,ogg,mov,aac,aiff,au,caf,matroska"

struct sound_stream {
	int fd, stream, channels;
	int ended, empty; /* no more packets; nor is anything held back */
	int rate, format, in_channels; /* of all frames, as of the first */
	AVIOContext *io;
	AVFormatContext *input;
	AVCodecContext *codec;
	SwrContext *swr;
	AVPacket *packet;
	AVFrame *frame;
	/* What is converted and not yet asked for, as stereo. The converter is
	 * told of the end of the sound once, at the end: asked for what it
	 * holds back before, it would take that for the end. */
	float *pool;
	size_t at, nr, alloc; /* frames: next, held, room */
};

static int
io_read(void *arg, uint8_t *buf, int n)
{
	struct sound_stream *r = arg;
	ssize_t k = file_read_some(r->fd, buf, (size_t)n);

	return k > 0 ? (int)k : k == 0 ? AVERROR_EOF : AVERROR(errno);
}

static int64_t
io_seek(void *arg, int64_t off, int whence)
{
	struct sound_stream *r = arg;
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
bad(const struct sound_stream *r, const char *what, struct err *e)
{
	(void)r;
	return sound_bad(what, e);
}

static int
open_format(struct sound_stream *r, struct err *e)
{
	AVDictionary *opt = NULL;
	uint8_t *room = av_malloc(IO_BUFFER);
	int k;

	r->packet = av_packet_alloc();
	r->frame = av_frame_alloc();
	r->input = avformat_alloc_context();
	r->io = avio_alloc_context(room, IO_BUFFER, 0, r, io_read, NULL,
	    io_seek);
	if (!room || !r->packet || !r->frame || !r->input || !r->io)
		return err_set(e, EX_FAILED, "out of memory");
	r->input->pb = r->io;
	r->input->flags |= AVFMT_FLAG_CUSTOM_IO;
	av_dict_set(&opt, "format_whitelist", FORMATS, 0);
	av_dict_set(&opt, "protocol_whitelist", "none", 0);
	k = avformat_open_input(&r->input, NULL, NULL, &opt);
	av_dict_free(&opt);
	if (k < 0)
		return bad(r, "is no sound file that can be read", e);
	if (avformat_find_stream_info(r->input, NULL) < 0)
		return bad(r, "holds no sound that can be read", e);
	return 0;
}

static int
open_codec(struct sound_stream *r, struct err *e)
{
	const AVCodec *codec = NULL;
	unsigned i;

	r->stream = av_find_best_stream(r->input, AVMEDIA_TYPE_AUDIO, -1, -1,
	    &codec, 0);
	if (r->stream < 0 || !codec)
		return bad(r, "has no sound in it", e);
	for (i = 0; i < r->input->nb_streams; i++)
		if ((int)i != r->stream)
			r->input->streams[i]->discard = AVDISCARD_ALL;
	cpu_level();
	r->codec = avcodec_alloc_context3(codec);
	if (!r->codec || avcodec_parameters_to_context(r->codec,
	    r->input->streams[r->stream]->codecpar) < 0)
		return err_set(e, EX_FAILED, "out of memory");
	r->codec->thread_count = 1;
	if (avcodec_open2(r->codec, codec, NULL) < 0)
		return bad(r, "cannot be decoded", e);
	return 0;
}

/* soxr at 28 bits where this libswresample has it, else its own filter. */
static int
start_converter(struct sound_stream *r, AVChannelLayout *in,
    AVChannelLayout *out)
{
	static const char *const engine[] = { "soxr", "swr" };
	AVFrame *f = r->frame;
	size_t i;

	for (i = 0; i < 2; i++) {
		if (swr_alloc_set_opts2(&r->swr, out, AV_SAMPLE_FMT_FLT,
		    SOUND_RATE, in, f->format, f->sample_rate, 0, NULL) < 0)
			break;
		av_opt_set(r->swr, "resampler", engine[i], 0);
		if (!i)
			av_opt_set_double(r->swr, "precision", 28, 0);
		if (swr_init(r->swr) >= 0)
			return 0;
		swr_free(&r->swr);
	}
	return -1;
}

/* Made from the first frame: only there is the layout sure. One channel stays
 * one here, since the library would lower it by 3 dB in two. */
static int
open_converter(struct sound_stream *r, struct err *e)
{
	AVFrame *f = r->frame;
	AVChannelLayout in = { 0 }, out;
	int k;

	r->rate = f->sample_rate;
	r->format = f->format;
	r->in_channels = f->ch_layout.nb_channels;
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
		return err_set(e, EX_FAILED, "out of memory");
	k = start_converter(r, &in, &out);
	av_channel_layout_uninit(&in);
	if (k < 0)
		return bad(r, "has channels that cannot be mixed down", e);
	return 0;
}

/* Convert a decoded frame into the pool, which is empty; NULL: the end of the
 * sound, for what the converter held back. */
static int
convert(struct sound_stream *r, const AVFrame *f, struct err *e)
{
	int room = swr_get_out_samples(r->swr, f ? f->nb_samples : 0), k, i;
	uint8_t *p;

	if (f && (f->sample_rate != r->rate || f->format != r->format ||
	    f->ch_layout.nb_channels != r->in_channels))
		return bad(r, "changes its form within", e);
	if (room >= 0 && room <= FRAMES_MAX)
		room += SPARE; /* soxr's guess may be short */
	if (room < 0 || room > FRAMES_MAX + SPARE)
		return bad(r, "changes its form within", e);
	if ((size_t)room > r->alloc) {
		r->alloc = (size_t)room;
		r->pool = xreallocarray(r->pool, r->alloc,
		    2 * sizeof(*r->pool));
	}
	r->at = r->nr = 0;
	p = (uint8_t *)r->pool;
	k = swr_convert(r->swr, &p, room,
	    f ? (const uint8_t **)f->extended_data : NULL,
	    f ? f->nb_samples : 0);
	if (k < 0)
		return bad(r, "changes its form within", e);
	for (i = 0; i < k * r->channels; i++)
		if (!isfinite(r->pool[i]))
			return bad(r, "holds samples that are no numbers", e);
	for (i = k; r->channels == 1 && i-- > 0;)
		r->pool[2 * i] = r->pool[2 * i + 1] = r->pool[i];
	r->nr = (size_t)k;
	return 0;
}

/* The next decoded frame; 0 at the end of the file. A packet that cannot be
 * decoded is left out: recordings are often cut in the middle. */
static int
next_frame(struct sound_stream *r)
{
	int k;

	for (;;) {
		k = avcodec_receive_frame(r->codec, r->frame);
		if (k >= 0)
			return 1;
		if (k != AVERROR(EAGAIN))
			return 0;
		k = av_read_frame(r->input, r->packet);
		if (k < 0) {
			avcodec_send_packet(r->codec, NULL);
			continue;
		}
		if (r->packet->stream_index == r->stream)
			avcodec_send_packet(r->codec, r->packet);
		av_packet_unref(r->packet);
	}
}

/* Refill the pool; it stays empty only at the end of the sound. */
static int
fill(struct sound_stream *r, struct err *e)
{
	int k = 0;

	while (k == 0 && r->at == r->nr && !r->empty) {
		if (!r->ended && next_frame(r)) {
			if (!r->swr)
				k = open_converter(r, e);
			if (k == 0)
				k = convert(r, r->frame, e);
			av_frame_unref(r->frame);
			continue;
		}
		r->ended = 1;
		if (r->swr)
			k = convert(r, NULL, e);
		r->empty = r->at == r->nr;
	}
	return k;
}

static int
give_all(struct sound_stream *r, int socket, struct err *e)
{
	sound_say(socket, 0, 0);
	while (!r->empty) {
		if (fill(r, e) < 0)
			return -1;
		if (r->at < r->nr)
			sound_give(socket, r->pool, r->nr, 2);
		r->at = r->nr;
	}
	return 0;
}

int
sound_stream(int socket, int fd, struct err *e)
{
	struct sound_stream stream = { .fd = fd };
	struct sound_stream *r = &stream;
	int ret;

	av_log_set_level(AV_LOG_QUIET);
	lseek(fd, 0, SEEK_SET);
	ret = open_format(r, e) < 0 || open_codec(r, e) < 0 ||
	    give_all(r, socket, e) < 0 ? -1 : 0;
	av_packet_free(&r->packet);
	av_frame_free(&r->frame);
	swr_free(&r->swr);
	avcodec_free_context(&r->codec);
	avformat_close_input(&r->input);
	if (r->io)
		av_freep(&r->io->buffer);
	avio_context_free(&r->io);
	free(r->pool);
	return ret;
}
