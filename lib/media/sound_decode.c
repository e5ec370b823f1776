/*
 * A whole sound file at its own rate, as the child decodes it for sound_load.c.
 */
#include <errno.h>
#include <fcntl.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/cpu.h"
#include "media/sound_part.h"

#define IO_BUFFER 32768
#define RATE_MIN 8000
#define RATE_MAX 192000
#define CHANNELS_MAX 8
#define PROBE_BYTES "2000000"
/* Only what holds sound and reads nothing but its own bytes. */
#define FORMATS "wav,w64,mp3,flac,ogg,mov,aac,aiff,au,caf,matroska"

struct decoder {
	int fd, socket;
	AVIOContext *io;
	AVFormatContext *format;
	AVCodecContext *codec;
	SwrContext *swr;
	AVPacket *packet;
	AVFrame *frame;
	int stream;
	size_t alloc;    /* frames that s->sample has room for */
	size_t max;      /* frames in SOUND_SECONDS_MAX */
};

static int
input_read(void *arg, uint8_t *buf, int n)
{
	struct decoder *d = arg;
	ssize_t k = file_read_some(d->fd, buf, (size_t)n);

	return k > 0 ? (int)k : k == 0 ? AVERROR_EOF : AVERROR(errno);
}

static int64_t
input_seek(void *arg, int64_t off, int whence)
{
	struct decoder *d = arg;
	off_t here, end;

	if (whence & AVSEEK_SIZE) {
		here = lseek(d->fd, 0, SEEK_CUR);
		end = lseek(d->fd, 0, SEEK_END);
		lseek(d->fd, here, SEEK_SET);
		return end;
	}
	off = lseek(d->fd, off, whence & ~AVSEEK_FORCE);
	return off < 0 ? AVERROR(errno) : off;
}

static int
bad(const struct decoder *d, struct err *e, const char *what)
{
	(void)d;
	return sound_bad(what, e);
}

static int
open_format(struct decoder *d, struct err *e)
{
	AVDictionary *opt = NULL;
	uint8_t *room = av_malloc(IO_BUFFER);
	int k;

	if (!room)
		return err_set(e, EX_FAILED, "out of memory");
	d->io = avio_alloc_context(room, IO_BUFFER, 0, d, input_read,
	    NULL, input_seek);
	d->format = avformat_alloc_context();
	if (!d->io || !d->format)
		return err_set(e, EX_FAILED, "out of memory");
	d->format->pb = d->io;
	d->format->flags |= AVFMT_FLAG_CUSTOM_IO;
	av_dict_set(&opt, "format_whitelist", FORMATS, 0);
	av_dict_set(&opt, "protocol_whitelist", "none", 0);
	av_dict_set(&opt, "probesize", PROBE_BYTES, 0);
	k = avformat_open_input(&d->format, NULL, NULL, &opt);
	av_dict_free(&opt);
	if (k < 0 || !d->format)
		return bad(d, e, "is no sound file that can be read");
	if (avformat_find_stream_info(d->format, NULL) < 0)
		return bad(d, e, "holds no sound that can be read");
	return 0;
}

static int
open_codec(struct decoder *d, struct err *e)
{
	const AVCodec *codec = NULL;
	AVCodecParameters *par;
	unsigned i;

	d->stream = av_find_best_stream(d->format, AVMEDIA_TYPE_AUDIO, -1, -1,
	    &codec, 0);
	if (d->stream < 0 || !codec)
		return bad(d, e, "has no sound in it");
	for (i = 0; i < d->format->nb_streams; i++)
		if ((int)i != d->stream)
			d->format->streams[i]->discard = AVDISCARD_ALL;
	par = d->format->streams[d->stream]->codecpar;
	if (par->sample_rate < RATE_MIN || par->sample_rate > RATE_MAX)
		return err_set(e, EX_DATA, "sampled at %d Hz; convert it to "
		    "48000 Hz", par->sample_rate);
	if (par->ch_layout.nb_channels < 1 ||
	    par->ch_layout.nb_channels > CHANNELS_MAX)
		return err_set(e, EX_DATA, "has %d channels; mix it down to "
		    "stereo", par->ch_layout.nb_channels);
	cpu_level();
	d->codec = avcodec_alloc_context3(codec);
	if (!d->codec || avcodec_parameters_to_context(d->codec, par) < 0)
		return err_set(e, EX_FAILED, "out of memory");
	d->codec->thread_count = 1;
	if (avcodec_open2(d->codec, codec, NULL) < 0)
		return bad(d, e, "cannot be decoded");
	return 0;
}

/* The converter is made from the first frame: only there is the layout sure. */
static int
open_converter(struct decoder *d, struct sound *s, struct err *e)
{
	AVChannelLayout in = { 0 }, out;
	int k;

	s->rate = d->frame->sample_rate;
	if (s->rate < RATE_MIN || s->rate > RATE_MAX)
		return bad(d, e, "has no usable sample rate");
	if (d->frame->ch_layout.nb_channels < 1 ||
	    d->frame->ch_layout.nb_channels > CHANNELS_MAX)
		return bad(d, e, "has too many channels");
	s->channels = d->frame->ch_layout.nb_channels > 1 ? 2 : 1;
	d->max = (size_t)(SOUND_SECONDS_MAX * s->rate);
	av_channel_layout_default(&out, s->channels);
	if (d->frame->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
		av_channel_layout_default(&in,
		    d->frame->ch_layout.nb_channels);
	else if (av_channel_layout_copy(&in, &d->frame->ch_layout) < 0)
		return err_set(e, EX_FAILED, "out of memory");
	k = swr_alloc_set_opts2(&d->swr, &out, AV_SAMPLE_FMT_FLT, s->rate,
	    &in, d->frame->format, s->rate, 0, NULL);
	av_channel_layout_uninit(&in);
	if (k < 0 || swr_init(d->swr) < 0)
		return bad(d, e, "has channels that cannot be mixed down");
	return 0;
}

static int
take_frame(struct decoder *d, struct sound *s, struct err *e)
{
	size_t n = (size_t)d->frame->nb_samples, i;
	uint8_t *out;
	int k;

	if (!d->swr && open_converter(d, s, e) < 0)
		return -1;
	if (d->frame->sample_rate != s->rate)
		return bad(d, e, "changes its sample rate within");
	if (s->frames + n > d->max)
		return err_set(e, EX_DATA, "is longer than %.0f hours; cut it",
		    SOUND_SECONDS_MAX / 3600);
	if (n > d->alloc) {
		d->alloc = n;
		s->sample = xreallocarray(s->sample,
		    d->alloc * (size_t)s->channels, sizeof(*s->sample));
	}
	out = (uint8_t *)s->sample;
	k = swr_convert(d->swr, &out, (int)n,
	    (const uint8_t **)d->frame->extended_data, (int)n);
	if (k < 0)
		return bad(d, e, "changes its form within");
	for (i = 0; s->sample && i < (size_t)k * (size_t)s->channels; i++)
		if (!isfinite(s->sample[i]))
			return bad(d, e, "holds samples that are no numbers");
	s->frames += (size_t)k;
	if (k > 0) {
		sound_say(d->socket, s->rate, s->channels);
		sound_give(d->socket, s->sample, (size_t)k, s->channels);
	}
	return 0;
}

/* Send one packet (NULL: the end) and take what comes out. A packet that
 * cannot be decoded is left out: recordings are often cut in the middle. */
static int
decode_packet(struct decoder *d, const AVPacket *p, struct sound *s,
    struct err *e)
{
	int k;

	if (avcodec_send_packet(d->codec, p) < 0)
		return 0;
	while (avcodec_receive_frame(d->codec, d->frame) >= 0) {
		k = take_frame(d, s, e);
		av_frame_unref(d->frame);
		if (k < 0)
			return -1;
	}
	return 0;
}

static int
decode_all(struct decoder *d, struct sound *s, struct err *e)
{
	int k = 0;

	d->packet = av_packet_alloc();
	d->frame = av_frame_alloc();
	if (!d->packet || !d->frame)
		return err_set(e, EX_FAILED, "out of memory");
	while (!k && av_read_frame(d->format, d->packet) >= 0) {
		if (d->packet->stream_index == d->stream)
			k = decode_packet(d, d->packet, s, e);
		av_packet_unref(d->packet);
	}
	if (!k)
		k = decode_packet(d, NULL, s, e);
	if (!k && !s->frames)
		return bad(d, e, "holds no sound behind its header");
	return k;
}

int
sound_whole(int socket, int fd, struct err *e)
{
	struct decoder decoder = { .fd = fd, .socket = socket };
	struct decoder *d = &decoder;
	struct sound s = SOUND_INIT;
	int ret;

	av_log_set_level(AV_LOG_QUIET);
	lseek(fd, 0, SEEK_SET);
	ret = open_format(d, e) < 0 || open_codec(d, e) < 0 ||
	    decode_all(d, &s, e) < 0 ? -1 : 0;
	av_packet_free(&d->packet);
	av_frame_free(&d->frame);
	swr_free(&d->swr);
	avcodec_free_context(&d->codec);
	avformat_close_input(&d->format);
	if (d->io)
		av_freep(&d->io->buffer);
	avio_context_free(&d->io);
	sound_release(&s);
	return ret;
}
