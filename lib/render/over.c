#include "render/over.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "media/picture.h"

#define LOGO_VERSION 1
#define WIDTH_MOST 0.30  /* of the frame's: a wide logo gets lower */
#define TRACK 0.42       /* how dark the bar's way is */
#define BAR_ROWS_LEAST 2

/* The logo's box in the frame, pixels; w and h are the file's. */
static void
logo_box(const struct film *f, const struct timeline *t, int w, int h,
    int box[4])
{
	const double *safe = t->preset->safe;
	int least = t->width < t->height ? t->width : t->height;
	double high = f->logo.size * least, wide = high * w / h;

	if (wide > WIDTH_MOST * t->width) {
		wide = WIDTH_MOST * t->width;
		high = wide * h / w;
	}
	box[2] = wide < 2 ? 2 : (int)(wide + 0.5);
	box[3] = high < 2 ? 2 : (int)(high + 0.5);
	box[0] = strstr(f->logo.corner, "left") ?
	    (int)ceil(safe[0] * t->width) :
	    (int)floor((1 - safe[2]) * t->width) - box[2];
	box[1] = strstr(f->logo.corner, "top") ?
	    (int)ceil(safe[1] * t->height) :
	    (int)floor((1 - safe[3]) * t->height) - box[3];
}

/* As Cairo has pixels. Filters ring: no colour may be over its alpha. */
static uint32_t *
join(const struct picture *c, const struct picture *alpha, double opacity)
{
	size_t n = (size_t)c->w * (size_t)c->h, i, k;
	uint32_t *out = xmalloc(n * sizeof(*out)), v, a;
	uint32_t share = (uint32_t)(opacity * 256 + 0.5);

	for (i = 0; i < n; i++) {
		a = alpha->rgb[3 * i];
		out[i] = a * share >> 8 << 24;
		for (k = 0; k < 3; k++) {
			v = c->rgb[3 * i + k];
			v = v < a ? v : a;
			out[i] |= v * share >> 8 << (16 - 8 * k);
		}
	}
	return out;
}

static int
decode(const struct film *f, struct picture *c, struct picture *alpha,
    struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char sha256[SHA256_HEX];
	int ret = file_read(f->logo.path, PICTURE_BYTES_MAX, &b, e);

	if (ret == 0) {
		sha256_hex(b.buf, b.len, sha256);
		if (strcmp(sha256, f->logo.sha256))
			ret = err_set(e, EX_LATER, "%s: the logo has changed; "
			    "run this again", f->logo.path);
	}
	if (ret == 0)
		ret = picture_decode_alpha(c, alpha, f->logo.path, b.buf,
		    b.len, e);
	strbuf_release(&b);
	return ret;
}

int
over_logo(struct overlay **out, const struct film *f,
    const struct timeline *t, struct err *e)
{
	struct picture c = PICTURE_INIT, alpha = PICTURE_INIT;
	struct picture small = PICTURE_INIT, mask = PICTURE_INIT;
	uint32_t *argb;
	int box[4], ret;

	*out = NULL;
	if (!f->logo.path)
		return 0;
	ret = decode(f, &c, &alpha, e);
	if (ret == 0) {
		logo_box(f, t, c.w, c.h, box);
		ret = picture_scale(&c, &small, box[2], box[3], e);
	}
	if (ret == 0)
		ret = picture_scale(&alpha, &mask, box[2], box[3], e);
	if (ret == 0) {
		argb = join(&small, &mask, f->logo.opacity);
		*out = overlay_new(argb, box[2], box[3], box[2], box[0],
		    box[1], t->width, t->height);
		free(argb);
	}
	picture_release(&c);
	picture_release(&alpha);
	picture_release(&small);
	picture_release(&mask);
	return ret;
}

int
over_has_logo(const struct film *f, size_t scene)
{
	return f->logo.path && (f->logo.cards ||
	    f->scene[scene].card == FILM_SCENE);
}

void
over_logo_key(const struct film *f, const struct timeline *t,
    struct strbuf *out)
{
	const double *safe = t->preset->safe;

	strbuf_addf(out, "%d %s %s %.6g %.6g, %.3g %.3g %.3g %.3g",
	    LOGO_VERSION, f->logo.sha256, f->logo.corner, f->logo.size,
	    f->logo.opacity, safe[0], safe[1], safe[2], safe[3]);
}

/* A colour in 8-bit BT.709, limited range. */
static void
to_yuv(uint32_t rgb, int out[3])
{
	double r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;
	double y = 0.2126 * r + 0.7152 * g + 0.0722 * b;

	out[0] = (int)(16.5 + y * 219 / 255);
	out[1] = (int)(128.5 + (b - y) / 1.8556 * 224 / 255);
	out[2] = (int)(128.5 + (r - y) / 1.5748 * 224 / 255);
}

/* One row of a plane: past in colour up to the place x (in its samples), the
 * rest darkened toward dark. */
static void
bar_row(uint8_t *row, int w, double x, int colour, int dark)
{
	int full = (int)x, i;
	double k;

	full = full < w ? full : w;
	memset(row, colour, (size_t)full);
	for (i = full; i < w; i++) {
		k = row[i] + (dark - row[i]) * TRACK;
		if (i == full)
			k += (colour - k) * (x - full);
		row[i] = (uint8_t)(k + 0.5);
	}
}

void
over_bar(const struct film *f, const struct timeline *t, int64_t at,
    struct yuv *out)
{
	static const int dark[3] = { 16, 128, 128 };
	int colour[3], rows, i, j, from, h;
	double x;

	if (!f->bar.on)
		return;
	/* an even number of rows: chroma has half as many */
	rows = 2 * (int)(f->bar.height * t->height / 2 + 0.5);
	rows = rows < BAR_ROWS_LEAST ? BAR_ROWS_LEAST : rows;
	x = (double)t->width * (double)(at + 1) / (double)t->frames;
	to_yuv(f->bar.color, colour);
	for (i = 0; i < 3; i++) {
		h = i ? rows / 2 : rows;
		from = f->bar.top ? 0 : (i ? out->h / 2 : out->h) - h;
		for (j = from; j < from + h; j++)
			bar_row(out->plane[i] + (size_t)j *
			    (size_t)out->stride[i], i ? out->w / 2 : out->w,
			    i ? x / 2 : x, colour[i], dark[i]);
	}
}
