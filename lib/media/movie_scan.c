/*
 * What a moving picture is: read once, packet by packet, in a child; one frame
 * is decoded to see that it can be.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libavutil/display.h>
#include <libavutil/pixdesc.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/movie_part.h"

#define SCAN_BYTES (1024ull << 20)
#define SCAN_SECONDS 300
#define KEYS_AT_ONCE 256
#define CUT_SECONDS 0.75 /* so much may a file end before it says */
#define PIXEL_RATIO_MAX 8
#define FIRST_PACKETS 400 /* until one of them must have given a frame */

struct scan {
	struct movie_file f;
	struct movie m;
	size_t alloc;
	int64_t sound_first; /* AV_TIME_BASE; AV_NOPTS_VALUE */
	int64_t last;        /* of all streams, AV_TIME_BASE */
	int64_t last_pts;    /* of the pictures */
	char why[MOVIE_WHY];
};

/* What goes to the parent before the keys. */
struct report {
	struct movie m;
	char why[MOVIE_WHY];
};

static int
check_size(struct movie *m, char *why)
{
	char text[MOVIE_WHY];

	if (m->coded_w < 2 || m->coded_h < 2)
		return movie_why(why, "its header gives no size");
	if (m->coded_w <= MOVIE_SIDE_MAX && m->coded_h <= MOVIE_SIDE_MAX &&
	    (int64_t)m->coded_w * m->coded_h <= MOVIE_AREA_MAX)
		return 0;
	snprintf(text, sizeof(text), "%dx%d pixels is over the limit of %d a "
	    "side and %d in all; make it smaller", m->coded_w, m->coded_h,
	    MOVIE_SIDE_MAX, MOVIE_AREA_MAX);
	return movie_why(why, text);
}

/* The display matrix as turns by 90 degrees and mirrors; others are left. */
static void
read_turn(struct movie *m, const AVStream *s)
{
	const int32_t *d = (const int32_t *)(const void *)
	    av_stream_get_side_data(s, AV_PKT_DATA_DISPLAYMATRIX, NULL);

	if (!d)
		return;
	m->swap = llabs(d[0]) < llabs(d[1]);
	m->flip_x = (m->swap ? d[3] : d[0]) < 0;
	m->flip_y = (m->swap ? d[1] : d[4]) < 0;
}

static void
read_shape(struct scan *s, const AVCodecContext *c, const AVFrame *first)
{
	AVStream *st = s->f.format->streams[s->f.stream];
	AVRational r = av_guess_sample_aspect_ratio(s->f.format, st, NULL);
	struct movie *m = &s->m;
	int t;

	m->coded_w = first->width;
	m->coded_h = first->height;
	m->delay = c->has_b_frames;
	m->w = m->coded_w;
	m->h = m->coded_h;
	if (r.num > 0 && r.den > 0 && r.num / r.den < PIXEL_RATIO_MAX &&
	    r.den / r.num < PIXEL_RATIO_MAX) {
		if (r.num > r.den)
			m->w = (int)av_rescale(m->w, r.num, r.den);
		else
			m->h = (int)av_rescale(m->h, r.den, r.num);
	}
	if (m->swap) {
		t = m->w;
		m->w = m->h;
		m->h = t;
	}
}

/* Sound is of any use only where it can be decoded. */
static void
read_sound(struct scan *s)
{
	const AVCodecParameters *p;

	if (s->f.sound < 0)
		return;
	p = s->f.format->streams[s->f.sound]->codecpar;
	s->m.has_sound = avcodec_find_decoder(p->codec_id) != NULL &&
	    p->sample_rate > 0;
}

static int
add_picture(struct scan *s, const AVPacket *p)
{
	struct movie *m = &s->m;
	int64_t pts = p->pts != AV_NOPTS_VALUE ? p->pts : p->dts, end;

	if (pts == AV_NOPTS_VALUE)
		return movie_why(s->why, "its pictures have no times; convert "
		    "it to MP4");
	if (llabs(pts) > INT64_MAX / 4 || p->duration < 0 ||
	    p->duration > INT64_MAX / 4)
		return movie_why(s->why, "its times make no sense");
	if (av_packet_get_side_data(p, AV_PKT_DATA_ENCRYPTION_INFO, NULL))
		return movie_why(s->why, "it is encrypted");
	if (p->flags & AV_PKT_FLAG_CORRUPT)
		return movie_why(s->why, "the file is cut short; get it "
		    "again");
	if (p->flags & AV_PKT_FLAG_KEY && !(s->f.is_gif && m->key_nr)) {
		ALLOC_GROW(m->key, m->key_nr, s->alloc);
		m->key[m->key_nr].pts = pts;
		m->key[m->key_nr].dts = p->dts != AV_NOPTS_VALUE &&
		    p->dts < pts ? p->dts : pts;
		m->key[m->key_nr++].frame = m->frames;
	}
	if (++m->frames > MOVIE_FRAMES_MAX)
		return movie_why(s->why, "it has more frames than one clip "
		    "may have; cut it");
	if (!m->key_nr || pts < m->key[0].pts || p->flags &
	    AV_PKT_FLAG_DISCARD)
		return 0;
	end = pts + p->duration;
	if (m->first == AV_NOPTS_VALUE || pts < m->first)
		m->first = pts;
	if (m->end == AV_NOPTS_VALUE || end > m->end)
		m->end = end;
	if (s->last_pts == AV_NOPTS_VALUE || pts > s->last_pts)
		s->last_pts = pts;
	return 0;
}

static void
note_time(struct scan *s, const AVPacket *p)
{
	AVRational tb = s->f.format->streams[p->stream_index]->time_base;
	int64_t at = p->pts != AV_NOPTS_VALUE ? p->pts : p->dts;

	if (at == AV_NOPTS_VALUE || llabs(at) > INT64_MAX / 4)
		return;
	if (p->stream_index == s->f.sound &&
	    s->sound_first == AV_NOPTS_VALUE &&
	    !(p->flags & AV_PKT_FLAG_DISCARD))
		s->sound_first = av_rescale_q(at, tb, AV_TIME_BASE_Q);
	at = av_rescale_q(at + p->duration, tb, AV_TIME_BASE_Q);
	if (at > s->last)
		s->last = at;
}

static int
read_packets(struct scan *s)
{
	AVPacket *p = av_packet_alloc();
	int ret = 0, k = 0;

	s->m.first = s->m.end = s->last_pts = s->sound_first = AV_NOPTS_VALUE;
	s->last = 0;
	while (ret == 0 && p && (k = av_read_frame(s->f.format, p)) >= 0) {
		note_time(s, p);
		if (p->stream_index == s->f.stream)
			ret = add_picture(s, p);
		av_packet_unref(p);
	}
	av_packet_free(&p);
	if (ret == 0 && k != AVERROR_EOF && k != AVERROR_INVALIDDATA)
		ret = movie_why(s->why, "the file is cut short; get it again");
	return ret;
}

/* A file that ends before what its header says was cut on its way. */
static int
check_times(struct scan *s)
{
	AVStream *st = s->f.format->streams[s->f.stream];
	int64_t start = s->f.format->start_time, told;
	struct movie *m = &s->m;
	double second;

	m->num = st->time_base.num;
	m->den = st->time_base.den;
	if (!m->key_nr || m->first == AV_NOPTS_VALUE)
		return movie_why(s->why, "there is no frame in it");
	if (m->num < 1 || m->den < 1 || m->num > m->den)
		return movie_why(s->why, "its times make no sense");
	second = (double)m->den / m->num;
	told = s->f.format->duration;
	if (start == AV_NOPTS_VALUE || start < 0)
		start = 0;
	if (told != AV_NOPTS_VALUE && (double)(told + start - s->last) /
	    AV_TIME_BASE > CUT_SECONDS)
		return movie_why(s->why, "the file is cut short; get it "
		    "again");
	/* the last frame of some has no length: as long as the others */
	if (m->end == s->last_pts && m->frames > 1)
		m->end += (m->end - m->first) / (m->frames - 1);
	if (m->end <= m->first)
		m->end = m->first + (int64_t)(second / 30) + 1;
	if ((double)(m->end - m->first) / second > MOVIE_SECONDS_MAX)
		return movie_why(s->why, "it is longer than 4 hours; cut it");
	if (m->has_sound && s->sound_first != AV_NOPTS_VALUE)
		m->sound_at = (double)s->sound_first / AV_TIME_BASE -
		    (double)m->first / second;
	return 0;
}

/* From the first key frame on until a frame comes. */
static int
decode_first(struct scan *s, AVCodecContext *c, AVFrame *frame)
{
	AVPacket *p = av_packet_alloc();
	int tries = 0, got = 0, key = 0, end = 0;

	while (p && !got && !end && tries < FIRST_PACKETS) {
		end = av_read_frame(s->f.format, p) < 0;
		if (!end && (p->stream_index != s->f.stream ||
		    !(key |= p->flags & AV_PKT_FLAG_KEY))) {
			av_packet_unref(p);
			continue;
		}
		avcodec_send_packet(c, end ? NULL : p);
		av_packet_unref(p);
		got = avcodec_receive_frame(c, frame) >= 0;
		tries++;
	}
	av_packet_free(&p);
	return got ? 0 : movie_why(s->why, "its first frame does not decode");
}

static int
scan_first(struct scan *s, int fd)
{
	AVCodecContext *c;
	AVFrame *frame = av_frame_alloc();
	AVStream *st;
	int ret = -1;

	movie_file_close(&s->f);
	if (movie_file_open(&s->f, fd, s->why) < 0 ||
	    avformat_find_stream_info(s->f.format, NULL) < 0) {
		av_frame_free(&frame);
		return movie_why(s->why, "its pictures cannot be read");
	}
	st = s->f.format->streams[s->f.stream];
	read_turn(&s->m, st);
	read_sound(s);
	s->m.coded_w = st->codecpar->width;
	s->m.coded_h = st->codecpar->height;
	c = check_size(&s->m, s->why) == 0 ? movie_codec_open(&s->f,
	    st->codecpar->video_delay, s->why) : NULL;
	if (c && frame && decode_first(s, c, frame) == 0) {
		read_shape(s, c, frame);
		ret = check_size(&s->m, s->why);
		if (ret == 0)
			ret = movie_colour_check(frame, s->m.warning, s->why);
	}
	avcodec_free_context(&c);
	av_frame_free(&frame);
	return ret;
}

static void
send_all(int socket, const void *p, size_t n)
{
	if (file_write_all(socket, p, n) < 0)
		_exit(1);
}

void
movie_scan_run(int socket, int fd)
{
	struct scan *s = xcalloc(1, sizeof(*s));
	struct report r;
	size_t i, n;

	if (movie_file_open(&s->f, fd, s->why) == 0 &&
	    read_packets(s) == 0 && scan_first(s, fd) == 0)
		check_times(s);
	s->m.loops = s->f.is_gif;
	memset(&r, 0, sizeof(r));
	r.m = s->m;
	r.m.key = NULL;
	memcpy(r.why, s->why, sizeof(r.why));
	send_all(socket, &r, sizeof(r));
	for (i = 0; !s->why[0] && i < s->m.key_nr; i += n) {
		n = s->m.key_nr - i < KEYS_AT_ONCE ? s->m.key_nr - i :
		    KEYS_AT_ONCE;
		send_all(socket, s->m.key + i, n * sizeof(*s->m.key));
	}
	_exit(0);
}

/* What a hostile file may have made of the child is not believed. */
static int
is_sane(const struct movie *m)
{
	return m->w > 0 && m->h > 0 && m->w <= MOVIE_SIDE_MAX *
	    PIXEL_RATIO_MAX && m->h <= MOVIE_SIDE_MAX * PIXEL_RATIO_MAX &&
	    m->coded_w > 1 && m->coded_h > 1 &&
	    m->coded_w <= MOVIE_SIDE_MAX && m->coded_h <= MOVIE_SIDE_MAX &&
	    (int64_t)m->coded_w * m->coded_h <= MOVIE_AREA_MAX &&
	    m->num > 0 && m->den > 0 && m->frames > 0 &&
	    m->frames <= MOVIE_FRAMES_MAX && m->first > -(INT64_MAX / 2) &&
	    m->end < INT64_MAX / 2 && m->end > m->first &&
	    m->key_nr > 0 && m->key_nr <= MOVIE_FRAMES_MAX;
}

int
movie_scan(struct movie *m, const char *name, int fd, struct err *e)
{
	static const struct movie_task t = { MOVIE_SCAN, SCAN_SECONDS,
		SCAN_BYTES };
	struct movie_child c;
	struct report r;
	size_t i;
	int ret = 0;

	memset(m, 0, sizeof(*m));
	memset(&r, 0, sizeof(r));
	if (movie_child_start(&c, fd, -1, &t) < 0)
		return err_errno(e, "%s: cannot start its decoder", name);
	if (movie_child_read(&c, &r, sizeof(r)) < 0)
		ret = err_set(e, EX_DATA, "%s: reading it took too much time "
		    "or memory; the file is broken or hostile, convert it to "
		    "MP4 with H.264", name);
	else if (r.why[0])
		ret = err_set(e, EX_DATA, "%s: %.*s", name, MOVIE_WHY - 1,
		    r.why);
	else if (!is_sane(&r.m))
		ret = err_set(e, EX_DATA, "%s: its header makes no sense; get "
		    "it again", name);
	if (ret == 0) {
		*m = r.m;
		m->warning[sizeof(m->warning) - 1] = '\0';
		m->key = xreallocarray(NULL, m->key_nr, sizeof(*m->key));
		if (movie_child_read(&c, m->key, m->key_nr *
		    sizeof(*m->key)) < 0)
			ret = err_set(e, EX_DATA, "%s: reading it stopped; "
			    "get it again", name);
		for (i = 0; ret == 0 && i < m->key_nr; i++)
			if (m->key[i].frame < 0 ||
			    m->key[i].frame > m->frames)
				ret = err_set(e, EX_DATA, "%s: its key frames "
				    "make no sense; get it again", name);
	}
	movie_child_stop(&c);
	if (ret < 0)
		movie_release(m);
	return ret;
}

void
movie_release(struct movie *m)
{
	free(m->key);
	memset(m, 0, sizeof(*m));
}

double
movie_seconds(const struct movie *m)
{
	return (double)(m->end - m->first) * m->num / m->den;
}

double
movie_fps(const struct movie *m)
{
	return (double)m->frames / movie_seconds(m);
}
