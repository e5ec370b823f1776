#include "media/mux.h"

#include <stdlib.h>
#include <string.h>

#include <libavformat/avformat.h>
#include <libavutil/opt.h>

#include "base/mem.h"
#include "media/mux_part.h"

#define AUDIO_STREAM 1

struct mux {
	AVFormatContext *out, *audio;
	AVPacket *packet, *sound; /* sound: read ahead, size 0: none left */
	const struct mux_settings *set;
	int audio_from; /* stream index in audio */
	int64_t decoded; /* video packets so far */
	int64_t samples; /* of sound so far */
};

int
mux_fail(struct err *e, const char *path, int code)
{
	char text[AV_ERROR_MAX_STRING_SIZE];
	int io = code == AVERROR(ENOSPC) || code == AVERROR(EDQUOT) ||
	    code == AVERROR(EIO);

	av_strerror(code, text, sizeof(text));
	return err_set(e, io ? EX_IO : EX_FAILED, "%s: %s%s", path, text,
	    io ? "; make room and run this again" : "");
}

const char *
mux_language(const char *tag)
{
	static const char table[][7] = {
		"af-afr", "ar-ara", "bg-bul", "bn-ben", "ca-cat", "cs-ces",
		"cy-cym", "da-dan", "de-deu", "el-ell", "en-eng", "eo-epo",
		"es-spa", "et-est", "eu-eus", "fa-fas", "fi-fin", "fr-fra",
		"ga-gle", "gl-glg", "gu-guj", "he-heb", "hi-hin", "hr-hrv",
		"hu-hun", "hy-hye", "id-ind", "is-isl", "it-ita", "ja-jpn",
		"ka-kat", "kk-kaz", "kn-kan", "ko-kor", "la-lat", "lt-lit",
		"lv-lav", "mk-mkd", "ml-mal", "mr-mar", "ms-msa", "mt-mlt",
		"my-mya", "nb-nob", "ne-nep", "nl-nld", "nn-nno", "no-nor",
		"pa-pan", "pl-pol", "pt-por", "ro-ron", "ru-rus", "si-sin",
		"sk-slk", "sl-slv", "sq-sqi", "sr-srp", "sv-swe", "sw-swa",
		"ta-tam", "te-tel", "th-tha", "tr-tur", "uk-ukr", "ur-urd",
		"uz-uzb", "vi-vie", "zh-zho"
	};
	size_t i;

	for (i = 0; tag && i < sizeof(table) / sizeof(*table); i++)
		if (!strncmp(table[i], tag, 2) && (!tag[2] || tag[2] == '-'))
			return table[i] + 3;
	return "und";
}

void
mux_tag(AVDictionary **d, const char *key, const char *value)
{
	if (value && *value)
		av_dict_set(d, key, value, 0);
}

static AVStream *
add_stream(struct mux *m)
{
	AVStream *st = avformat_new_stream(m->out, NULL);

	if (!st)
		mem_failed();
	mux_tag(&st->metadata, "language", mux_language(m->set->language));
	st->disposition = AV_DISPOSITION_DEFAULT;
	return st;
}

static void
add_video(struct mux *m)
{
	AVStream *st = add_stream(m);
	AVCodecParameters *c = st->codecpar;
	const struct mux_settings *s = m->set;

	c->codec_type = AVMEDIA_TYPE_VIDEO;
	c->codec_id = AV_CODEC_ID_H264;
	c->width = s->w;
	c->height = s->h;
	c->format = AV_PIX_FMT_YUV420P;
	c->color_range = AVCOL_RANGE_MPEG;
	c->color_space = AVCOL_SPC_BT709;
	c->color_primaries = AVCOL_PRI_BT709;
	c->color_trc = AVCOL_TRC_BT709;
	c->chroma_location = AVCHROMA_LOC_LEFT;
	c->sample_aspect_ratio = (AVRational){ 1, 1 };
	c->extradata = av_mallocz(s->header_len + AV_INPUT_BUFFER_PADDING_SIZE);
	if (!c->extradata)
		mem_failed();
	memcpy(c->extradata, s->header, s->header_len);
	c->extradata_size = (int)s->header_len;
	st->time_base = (AVRational){ 1, s->fps };
	st->avg_frame_rate = (AVRational){ s->fps, 1 };
	st->sample_aspect_ratio = (AVRational){ 1, 1 };
}

/* Read the next packet of sound. */
static int
next_sound(struct mux *m, struct err *e)
{
	int ret;

	av_packet_unref(m->sound);
	while ((ret = av_read_frame(m->audio, m->sound)) >= 0) {
		if (m->sound->stream_index == m->audio_from)
			return 0;
		av_packet_unref(m->sound);
	}
	return ret == AVERROR_EOF ? 0 : mux_fail(e, m->set->audio, ret);
}

static int
add_audio(struct mux *m, struct err *e)
{
	AVStream *st;
	int ret;

	ret = avformat_open_input(&m->audio, m->set->audio, NULL, NULL);
	if (ret >= 0)
		ret = avformat_find_stream_info(m->audio, NULL);
	if (ret >= 0)
		ret = m->audio_from = av_find_best_stream(m->audio,
		    AVMEDIA_TYPE_AUDIO, -1, -1, NULL, 0);
	if (ret < 0)
		return mux_fail(e, m->set->audio, ret);
	st = add_stream(m);
	ret = avcodec_parameters_copy(st->codecpar,
	    m->audio->streams[m->audio_from]->codecpar);
	if (ret < 0)
		return mux_fail(e, m->set->audio, ret);
	st->codecpar->codec_tag = 0;
	/* What the encoder put before the sound was taken off already. */
	st->codecpar->initial_padding = 0;
	st->time_base = (AVRational){ 1, st->codecpar->sample_rate };
	return next_sound(m, e);
}

void
mux_chapters(AVFormatContext *o, const struct mux_chapter *chapter, size_t n)
{
	size_t i;

	if (!n)
		return;
	o->chapters = av_calloc(n, sizeof(*o->chapters));
	for (i = 0; o->chapters && i < n; i++) {
		AVChapter *a = av_mallocz(sizeof(*a));

		if (!a)
			mem_failed();
		a->id = (int64_t)i;
		a->time_base = (AVRational){ 1, 1000 };
		a->start = chapter[i].start_ms;
		a->end = chapter[i].end_ms;
		mux_tag(&a->metadata, "title", chapter[i].title);
		o->chapters[o->nb_chapters++] = a;
	}
}

static int
start(struct mux *m, const char *path, struct err *e)
{
	const struct mux_settings *s = m->set;
	AVDictionary *options = NULL;
	int ret;

	ret = avformat_alloc_output_context2(&m->out, NULL, "mp4", path);
	if (ret < 0)
		return mux_fail(e, path, ret);
	m->out->flags |= AVFMT_FLAG_BITEXACT;
	add_video(m);
	if (s->audio && add_audio(m, e) < 0)
		return -1;
	mux_chapters(m->out, s->chapter, s->chapter_nr);
	mux_tag(&m->out->metadata, "title", s->title);
	mux_tag(&m->out->metadata, "description", s->description);
	mux_tag(&m->out->metadata, "comment", s->description);
	mux_tag(&m->out->metadata, "date", s->date);
	ret = avio_open(&m->out->pb, path, AVIO_FLAG_WRITE);
	if (ret < 0)
		return mux_fail(e, path, ret);
	av_dict_set(&options, "movflags", "+faststart+negative_cts_offsets",
	    0);
	av_dict_set(&options, "use_editlist", "0", 0);
	ret = avformat_write_header(m->out, &options);
	av_dict_free(&options);
	return ret < 0 ? mux_fail(e, path, ret) : 0;
}

struct mux *
mux_open(const char *path, const struct mux_settings *s, struct err *e)
{
	struct mux *m = xcalloc(1, sizeof(*m));

	av_log_set_level(AV_LOG_QUIET);
	m->set = s;
	m->packet = av_packet_alloc();
	m->sound = av_packet_alloc();
	if (!m->packet || !m->sound)
		mem_failed();
	if (start(m, path, e) < 0) {
		mux_close(m);
		return NULL;
	}
	return m;
}

/* Write sound up to a time in seconds. Packets are numbered by their samples:
 * times in the track are not needed. */
static int
sound_until(struct mux *m, double seconds, struct err *e)
{
	AVStream *st;
	int ret;

	while (m->sound->size) {
		st = m->out->streams[AUDIO_STREAM];
		if ((double)m->samples / st->codecpar->sample_rate > seconds)
			return 0;
		m->sound->stream_index = AUDIO_STREAM;
		m->sound->pts = m->sound->dts = m->samples;
		m->sound->duration = st->codecpar->frame_size ?
		    st->codecpar->frame_size : 1024;
		m->sound->pos = -1;
		m->samples += m->sound->duration;
		av_packet_rescale_ts(m->sound, (AVRational){ 1,
		    st->codecpar->sample_rate }, st->time_base);
		ret = av_write_frame(m->out, m->sound);
		if (ret < 0)
			return mux_fail(e, m->out->url, ret);
		if (next_sound(m, e) < 0)
			return -1;
	}
	return 0;
}

int
mux_video(struct mux *m, const void *data, size_t len, int64_t frame, int key,
    struct err *e)
{
	AVStream *st = m->out->streams[0];
	int64_t dts = m->decoded++ - m->set->delay;
	int ret;

	if (sound_until(m, (double)dts / m->set->fps, e) < 0)
		return -1;
	av_packet_unref(m->packet);
	m->packet->data = (uint8_t *)data;
	m->packet->size = (int)len;
	m->packet->stream_index = 0;
	m->packet->pts = frame;
	m->packet->dts = dts;
	m->packet->duration = 1;
	m->packet->flags = key ? AV_PKT_FLAG_KEY : 0;
	av_packet_rescale_ts(m->packet, (AVRational){ 1, m->set->fps },
	    st->time_base);
	ret = av_write_frame(m->out, m->packet);
	return ret < 0 ? mux_fail(e, m->out->url, ret) : 0;
}

int
mux_finish(struct mux *m, struct err *e)
{
	int ret;

	if (sound_until(m, 1e18, e) < 0)
		return -1;
	ret = av_write_trailer(m->out);
	if (ret >= 0)
		ret = avio_closep(&m->out->pb);
	return ret < 0 ? mux_fail(e, m->out->url, ret) : 0;
}

void
mux_close(struct mux *m)
{
	if (!m)
		return;
	if (m->out && m->out->pb)
		avio_closep(&m->out->pb);
	avformat_free_context(m->out);
	avformat_close_input(&m->audio);
	av_packet_free(&m->packet);
	av_packet_free(&m->sound);
	free(m);
}
