/*
 * The child's half of a movie_reader: packets to frames, at the times that are
 * wanted.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "media/movie_part.h"

size_t
movie_key_for(const struct movie *m, int64_t at)
{
	size_t lo = 0, hi = m->key_nr, mid;

	while (hi - lo > 1) {
		mid = (lo + hi) / 2;
		if (m->key[mid].pts <= at)
			lo = mid;
		else
			hi = mid;
	}
	return lo;
}

/* What the child works with. */
struct decoding {
	struct movie m;
	struct movie_job *job;
	const struct movie_want *want;
	struct yuv slot[MOVIE_SLOTS];
	struct movie_file f;
	AVCodecContext *codec;
	AVPacket *packet;
	AVFrame *now, *next;   /* next is behind now; either may be empty */
	struct movie_convert *convert;
	struct yuv *a, *b;     /* now and next, converted for blending */
	int has_a, has_b;
	int64_t from;          /* frames before it may be broken */
	int64_t shown;         /* the time of the last that was handed out */
	int has_shown;
	int socket, fd, ended;
	int filled, free;      /* the last slot; how many may be filled */
};

static int
why(struct decoding *d, const char *text)
{
	return movie_why(d->job->why, text);
}

static void
fail(struct decoding *d)
{
	static const uint8_t byte = MOVIE_FAILED;

	why(d, "it does not decode");
	file_write_all(d->socket, &byte, 1);
	_exit(1);
}

/* Send packets from that key frame on: where the container cannot lead there,
 * from the start of the file. */
static int
go_to(struct decoding *d, const struct movie_key *key)
{
	AVFormatContext *c;
	int seek;

	for (seek = key != d->m.key; seek >= 0; seek--) {
		movie_file_close(&d->f);
		if (movie_file_open(&d->f, d->fd, d->job->why) < 0)
			return -1;
		c = d->f.format;
		if (d->f.sound >= 0)
			c->streams[d->f.sound]->discard = AVDISCARD_ALL;
		if (seek && av_seek_frame(c, d->f.stream, key->dts,
		    AVSEEK_FLAG_BACKWARD) < 0)
			continue;
		while (av_read_frame(c, d->packet) >= 0) {
			int64_t pts = d->packet->pts != AV_NOPTS_VALUE ?
			    d->packet->pts : d->packet->dts;

			if (d->packet->stream_index == d->f.stream &&
			    d->packet->flags & AV_PKT_FLAG_KEY &&
			    pts == key->pts)
				return 0;
			av_packet_unref(d->packet);
		}
	}
	return why(d, "a part of it cannot be found again");
}

static int
send_packet(struct decoding *d)
{
	int k;

	/* the first one waits already, from go_to */
	while (!d->packet->size && !d->ended) {
		av_packet_unref(d->packet);
		k = av_read_frame(d->f.format, d->packet);
		if (k < 0)
			d->ended = 1;
		else if (d->packet->stream_index != d->f.stream)
			av_packet_unref(d->packet);
	}
	k = avcodec_send_packet(d->codec, d->ended ? NULL : d->packet);
	if (k < 0 && k != AVERROR_EOF && d->packet->pts >= d->from)
		return why(d, "some of its frames are damaged");
	av_packet_unref(d->packet);
	return 0;
}

/* The next frame that is shown, into f; 0 at the end. */
static int
receive(struct decoding *d, AVFrame *f)
{
	int k;

	av_frame_unref(f);
	for (;;) {
		k = avcodec_receive_frame(d->codec, f);
		if (k == AVERROR_EOF)
			return 0;
		if (k == AVERROR(EAGAIN)) {
			if (send_packet(d) < 0)
				return -1;
			continue;
		}
		if (k < 0)
			return why(d, "some of its frames are damaged");
		if (f->pts == AV_NOPTS_VALUE)
			f->pts = f->best_effort_timestamp;
		if (f->pts == AV_NOPTS_VALUE ||
		    llabs(f->pts) > INT64_MAX / 4)
			return why(d, "its times make no sense");
		if (f->pts >= d->from && (f->decode_error_flags ||
		    f->flags & AV_FRAME_FLAG_CORRUPT))
			return why(d, "some of its frames are damaged");
		return 1;
	}
}

static int
start(struct decoding *d, const struct movie_key *key)
{
	d->ended = 0;
	d->from = key->pts;
	av_frame_unref(d->now);
	av_frame_unref(d->next);
	avcodec_free_context(&d->codec);
	if (go_to(d, key) < 0)
		return -1;
	d->codec = movie_codec_open(&d->f, d->m.delay, d->job->why);
	if (!d->codec)
		return -1;
	return receive(d, d->next);
}

/* Make now the frame that is shown at the tick, next the one behind it. */
static int
advance(struct decoding *d, int64_t at)
{
	AVFrame *swap;
	struct yuv *y;
	int k = 1;

	while (d->next->buf[0] && (!d->now->buf[0] || d->next->pts <= at)) {
		swap = d->now;
		d->now = d->next;
		d->next = swap;
		y = d->a;
		d->a = d->b;
		d->b = y;
		d->has_a = d->has_b;
		d->has_b = 0;
		k = receive(d, d->next);
		if (k < 0)
			return -1;
	}
	return d->now->buf[0] ? 0 : why(d, "a frame of it is missing");
}

/* Begin at the right key frame; should what is decoded from there begin too
 * late, as some files' marks are wrong, at the start. */
static int
begin(struct decoding *d)
{
	const struct movie_key *key = d->m.key +
	    movie_key_for(&d->m, d->want->at);

	if (start(d, key) < 0)
		return -1;
	if (key != d->m.key && (!d->next->buf[0] ||
	    d->next->pts > d->want->at))
		return start(d, d->m.key);
	return 0;
}

/* How far the tick is from now to next, of 32768. */
static int
weight(const struct decoding *d, int64_t at)
{
	int64_t step, in = at - d->now->pts;

	if (!d->next->buf[0] || in <= 0)
		return 0;
	step = d->next->pts - d->now->pts;
	if (step <= 0)
		return 0;
	return in >= step ? 32768 : (int)((__int128)in * 32768 / step);
}

static int
convert(struct decoding *d, const AVFrame *f, struct yuv *out)
{
	return movie_convert_run(d->convert, f, out, d->job->why);
}

static int
blend(struct decoding *d, int by, struct yuv *out)
{
	if (!d->has_a && convert(d, d->now, d->a) < 0)
		return -1;
	d->has_a = 1;
	if (!d->has_b && convert(d, d->next, d->b) < 0)
		return -1;
	d->has_b = 1;
	yuv_blend(d->a, d->b, by, out);
	return 0;
}

/* The next slot, once the parent has done with it. */
static struct yuv *
next_slot(struct decoding *d)
{
	uint8_t byte;
	ssize_t k;

	while (!d->free) {
		k = recv(d->socket, &byte, 1, 0);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			_exit(1);
		d->free++;
	}
	d->free--;
	d->filled = (d->filled + 1) % MOVIE_SLOTS;
	return &d->slot[d->filled];
}

static int
give(struct decoding *d, int by)
{
	struct yuv *out = next_slot(d);

	if (by ? blend(d, by, out) < 0 : convert(d, d->now, out) < 0)
		return -1;
	yuv_pad(out);
	return 0;
}

/* Where things lie in the shared memory. */
static void
take_job(struct decoding *d, void *shared, size_t len)
{
	struct movie_job *j = shared;
	char *p = shared;
	int i;

	if (len < sizeof(*j) || j->slots + MOVIE_SLOTS * j->slot_bytes > len)
		_exit(1);
	d->job = j;
	d->m = j->m;
	d->m.key = (struct movie_key *)(void *)(p + sizeof(*j));
	d->want = (const struct movie_want *)(const void *)(p + j->wants);
	for (i = 0; i < MOVIE_SLOTS; i++)
		yuv_set(&d->slot[i], j->w, j->h, p + j->slots +
		    (size_t)i * j->slot_bytes);
}

/* One wanted frame: in a slot of its own unless it is as the one before. */
static int
hand_out(struct decoding *d, const struct movie_want *want)
{
	int by;

	if (advance(d, want->at) < 0)
		return -1;
	by = want->blend ? weight(d, want->at) : 0;
	if (!by && d->has_shown && d->shown == d->now->pts)
		return 0;
	if (give(d, by) < 0)
		return -1;
	d->has_shown = !by;
	d->shown = d->now->pts;
	return 0;
}

void
movie_decode_run(int socket, int fd, void *job, size_t len)
{
	struct decoding decoding = { .socket = socket, .fd = fd,
		.free = MOVIE_SLOTS, .filled = MOVIE_SLOTS - 1 };
	struct decoding *d = &decoding;
	uint8_t byte;
	size_t i;

	take_job(d, job, len);
	d->packet = av_packet_alloc();
	d->now = av_frame_alloc();
	d->next = av_frame_alloc();
	d->convert = movie_convert_new(&d->m, d->job->w, d->job->h);
	d->a = yuv_new(d->job->w, d->job->h);
	d->b = yuv_new(d->job->w, d->job->h);
	if (!d->packet || !d->now || !d->next || begin(d) < 0)
		fail(d);
	for (i = 0; i < d->job->nr; i++) {
		if (hand_out(d, &d->want[i]) < 0)
			fail(d);
		byte = (uint8_t)d->filled;
		if (file_write_all(socket, &byte, 1) < 0)
			_exit(1);
	}
}
