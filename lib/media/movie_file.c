/*
 * The file as the child opens it: nothing but its own bytes, and only the
 * kinds of streams that people's cameras and programs write.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "media/cpu.h"
#include "media/movie_part.h"

#define IO_BUFFER 65536
#define FORMATS "mov,matroska,gif"
#define PROBE_BYTES "5000000"

int
movie_why(char *why, const char *text)
{
	if (!why[0])
		snprintf(why, MOVIE_WHY, "%s", text);
	return -1;
}

/* Readers of several children share one descriptor: each has its own place. */
static int
io_read(void *arg, uint8_t *buf, int n)
{
	struct movie_file *f = arg;
	ssize_t k;

	do
		k = pread(f->fd, buf, (size_t)n, f->pos);
	while (k < 0 && errno == EINTR);
	if (k < 0)
		return AVERROR(errno);
	f->pos += k;
	return k ? (int)k : AVERROR_EOF;
}

static int64_t
io_seek(void *arg, int64_t off, int whence)
{
	struct movie_file *f = arg;
	int64_t base;

	if (whence & AVSEEK_SIZE)
		return f->len;
	whence &= ~AVSEEK_FORCE;
	base = whence == SEEK_CUR ? f->pos : whence == SEEK_END ? f->len : 0;
	if (off < -base || off > INT64_MAX - base)
		return AVERROR(EINVAL);
	f->pos = base + off;
	return f->pos;
}

static int
open_format(struct movie_file *f, char *why)
{
	AVDictionary *opt = NULL;
	uint8_t *room = av_malloc(IO_BUFFER);
	int k;

	f->format = avformat_alloc_context();
	f->io = room ? avio_alloc_context(room, IO_BUFFER, 0, f, io_read, NULL,
	    io_seek) : NULL;
	if (!f->format || !f->io)
		return movie_why(why, "no memory");
	f->format->pb = f->io;
	f->format->flags |= AVFMT_FLAG_CUSTOM_IO;
	av_dict_set(&opt, "format_whitelist", FORMATS, 0);
	av_dict_set(&opt, "protocol_whitelist", "none", 0);
	av_dict_set(&opt, "probesize", PROBE_BYTES, 0);
	k = avformat_open_input(&f->format, NULL, NULL, &opt);
	av_dict_free(&opt);
	if (k < 0)
		return movie_why(why, "its structure cannot be read; it is "
		    "broken or cut short");
	f->is_gif = !strcmp(f->format->iformat->name, "gif");
	return 0;
}

/* The first picture that moves: no cover of a song, no thumbnail. */
static int
find_streams(struct movie_file *f, char *why)
{
	unsigned i;

	f->stream = f->sound = -1;
	for (i = 0; i < f->format->nb_streams; i++) {
		AVStream *s = f->format->streams[i];

		if (s->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
		    f->stream < 0 &&
		    !(s->disposition & (AV_DISPOSITION_ATTACHED_PIC |
		    AV_DISPOSITION_TIMED_THUMBNAILS)))
			f->stream = (int)i;
		else if (s->codecpar->codec_type == AVMEDIA_TYPE_AUDIO &&
		    f->sound < 0)
			f->sound = (int)i;
		else
			s->discard = AVDISCARD_ALL;
	}
	if (f->stream < 0)
		return movie_why(why, "there is no moving picture in it");
	return 0;
}

int
movie_file_open(struct movie_file *f, int fd, char *why)
{
	struct stat st;

	memset(f, 0, sizeof(*f));
	f->fd = fd;
	f->stream = f->sound = -1;
	av_log_set_level(AV_LOG_QUIET);
	if (fstat(fd, &st) < 0)
		return movie_why(why, "cannot be read");
	f->len = st.st_size;
	if (open_format(f, why) < 0 || find_streams(f, why) < 0)
		return -1;
	return 0;
}

void
movie_file_close(struct movie_file *f)
{
	avformat_close_input(&f->format);
	if (f->io)
		av_freep(&f->io->buffer);
	avio_context_free(&f->io);
}

static const AVCodec *
find_codec(enum AVCodecID id)
{
	static const enum AVCodecID known[] = { AV_CODEC_ID_H264,
		AV_CODEC_ID_HEVC, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9,
		AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4, AV_CODEC_ID_MPEG2VIDEO,
		AV_CODEC_ID_MJPEG, AV_CODEC_ID_PRORES, AV_CODEC_ID_DNXHD,
		AV_CODEC_ID_GIF };
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i] == id)
			return id == AV_CODEC_ID_AV1
			    ? avcodec_find_decoder_by_name("libdav1d")
			    : avcodec_find_decoder(id);
	return NULL;
}

AVCodecContext *
movie_codec_open(const struct movie_file *f, int delay, char *why)
{
	AVStream *s = f->format->streams[f->stream];
	const AVCodec *codec = find_codec(s->codecpar->codec_id);
	AVCodecContext *c = codec ? avcodec_alloc_context3(codec) : NULL;
	char text[MOVIE_WHY];

	if (!codec) {
		snprintf(text, sizeof(text), "its pictures are coded as %.40s,"
		    " which is not read here; convert it to H.264",
		    avcodec_get_name(s->codecpar->codec_id));
		movie_why(why, text);
		return NULL;
	}
	if (!c || avcodec_parameters_to_context(c, s->codecpar) < 0) {
		avcodec_free_context(&c);
		movie_why(why, "no memory");
		return NULL;
	}
	c->thread_count = 1;
	c->flags |= AV_CODEC_FLAG_BITEXACT;
	c->max_pixels = MOVIE_AREA_MAX + MOVIE_SIDE_MAX * 64;
	c->pkt_timebase = s->time_base;
	if (delay > 0)
		c->has_b_frames = delay;
	cpu_level();
	if (avcodec_open2(c, codec, NULL) < 0) {
		avcodec_free_context(&c);
		movie_why(why, "its pictures do not decode");
	}
	return c;
}
