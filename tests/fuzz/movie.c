/*
 * What the child does with a moving picture, without the child: open it, find
 * the streams, read all packets and decode some of them.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "media/movie_part.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define PACKETS 20

static void
decode(struct movie_file *f, char *why)
{
	AVCodecContext *c = movie_codec_open(f, 0, why);
	AVPacket *p = av_packet_alloc();
	AVFrame *frame = av_frame_alloc();
	char warning[160];
	int i;

	for (i = 0; c && i < PACKETS && av_read_frame(f->format, p) >= 0;
	    i++) {
		if (p->stream_index == f->stream &&
		    avcodec_send_packet(c, p) >= 0 &&
		    avcodec_receive_frame(c, frame) >= 0)
			movie_colour_check(frame, warning, why);
		av_packet_unref(p);
	}
	av_packet_free(&p);
	av_frame_free(&frame);
	avcodec_free_context(&c);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct movie_file f;
	char why[MOVIE_WHY] = "";

	if (fd < 0 || file_write_all(fd, data, size) < 0)
		abort();
	if (movie_is(fd) && lseek(fd, 0, SEEK_CUR) != (off_t)size)
		abort();
	if (movie_file_open(&f, fd, why) == 0)
		decode(&f, why);
	else if (!why[0])
		abort();
	movie_file_close(&f);
	close(fd);
	return 0;
}
