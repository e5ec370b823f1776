#include "media/versions.h"

#include <cairo.h>
#include <ebur128.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <gnu/libc-version.h>
#include <hb.h>
#include <lcms2.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
#include <pango/pango.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "media/encode.h"

#define ROWS 13
#define LINE 200

static struct library_version row[ROWS];
static size_t row_nr;
static char encoding[LINE], drawing[LINE];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
add(const char *name, const char *version)
{
	row[row_nr].name = name;
	snprintf(row[row_nr].version, sizeof(row->version), "%s", version);
	row_nr++;
}

/* libav's way of a version in one number. */
static void
add_av(const char *name, unsigned v)
{
	char s[40];

	snprintf(s, sizeof(s), "%u.%u.%u", v >> 16, v >> 8 & 255, v & 255);
	add(name, s);
}

/* What is between "x264 - core " and " - ", which libx264 writes before its
 * first picture. */
static void
read_x264(const struct strbuf *data, char *out, size_t size)
{
	static const char mark[] = "x264 - core ";
	const char *at = memmem(data->buf, data->len, mark, sizeof(mark) - 1);
	const char *end, *stop = data->buf + data->len;

	if (!at)
		return;
	at += sizeof(mark) - 1;
	end = memmem(at, (size_t)(stop - at), " - ", 3);
	if (end)
		snprintf(out, size, "%.*s", (int)(end - at), at);
}

static void
add_x264(void)
{
	static const struct encode_settings set = { .w = 64, .h = 64,
		.fps = 30, .preset = "ultrafast", .crf = 30, .maxrate = 1000,
		.bufsize = 1000, .keyint = 1, .level = 30 };
	struct encoded r = ENCODED_INIT;
	struct encoder *enc = encoder_open(&set, NULL);
	struct yuv *frame = enc ? encoder_frame(enc, NULL) : NULL;
	char s[sizeof(row->version)] = "";
	int i;

	for (i = 0; frame && i < 3; i++)
		memset(frame->plane[i], 128, (size_t)frame->stride[i] *
		    (size_t)(i ? frame->h / 2 : frame->h));
	if (frame && encoder_push(enc, 1, &r, NULL) == 0 &&
	    encoder_finish(enc, &r, NULL) == 0)
		read_x264(&r.data, s, sizeof(s));
	encoder_close(enc);
	encoded_release(&r);
	if (*s)
		add("libx264", s);
}

static void
add_freetype(void)
{
	FT_Library lib;
	FT_Int a, b, c;
	char s[40];

	if (FT_Init_FreeType(&lib))
		return;
	FT_Library_Version(lib, &a, &b, &c);
	FT_Done_FreeType(lib);
	snprintf(s, sizeof(s), "%d.%d.%d", a, b, c);
	add("freetype", s);
}

static void
append(char out[LINE], const char *name)
{
	size_t i, n = strlen(out);

	for (i = 0; i < row_nr; i++)
		if (!strcmp(row[i].name, name))
			snprintf(out + n, LINE - n, "%s%s %s", n ? ", " : "",
			    name, row[i].version);
}

static void
find(void)
{
	char s[40];
	int a, b, c;

	add("cairo", cairo_version_string());
	add_freetype();
	add("glibc", gnu_get_libc_version());
	add("harfbuzz", hb_version_string());
	snprintf(s, sizeof(s), "%d", cmsGetEncodedCMMversion());
	add("lcms2", s);
	add_av("libavcodec", avcodec_version());
	add_av("libavformat", avformat_version());
	ebur128_get_version(&a, &b, &c);
	snprintf(s, sizeof(s), "%d.%d.%d", a, b, c);
	add("libebur128", s);
	add_av("libswresample", swresample_version());
	add_av("libswscale", swscale_version());
	add_x264();
	add("pango", pango_version_string());
	append(encoding, "libavcodec");
	append(encoding, "libx264");
	append(drawing, "cairo");
	append(drawing, "freetype");
	append(drawing, "harfbuzz");
	append(drawing, "pango");
}

const struct library_version *
library_versions(size_t *nr)
{
	pthread_once(&once, find);
	*nr = row_nr;
	return row;
}

const char *
encoding_version(void)
{
	pthread_once(&once, find);
	return encoding;
}

const char *
drawing_version(void)
{
	pthread_once(&once, find);
	return drawing;
}
