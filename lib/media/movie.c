#include "media/movie.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define GIF_BLOCKS_MAX (1 << 20) /* looked through for a second frame */

static int
read_at(int fd, int64_t at, void *p, size_t n)
{
	ssize_t k;

	do
		k = pread(fd, p, n, at);
	while (k < 0 && errno == EINTR);
	return k == (ssize_t)n ? 0 : -1;
}

/* Behind a chain of GIF's data blocks; -1 where the file ends in it. */
static int64_t
skip_blocks(int fd, int64_t at, int *budget)
{
	uint8_t n;

	while ((*budget)-- > 0 && read_at(fd, at, &n, 1) == 0) {
		at += 1 + n;
		if (!n)
			return at;
	}
	return -1;
}

static int
colours(uint8_t flags)
{
	return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0;
}

/* GIF89a: is there a second image? */
static int
gif_moves(int fd)
{
	int budget = GIF_BLOCKS_MAX, images = 0;
	uint8_t head[13], kind, image[9];
	int64_t at;

	if (read_at(fd, 0, head, sizeof(head)) < 0)
		return 0;
	at = 13 + colours(head[10]);
	while (at > 0 && images < 2 && read_at(fd, at, &kind, 1) == 0) {
		if (kind == 0x21) {
			at = skip_blocks(fd, at + 2, &budget);
		} else if (kind == 0x2c && read_at(fd, at + 1, image,
		    sizeof(image)) == 0) {
			images++;
			at = skip_blocks(fd, at + 11 + colours(image[8]),
			    &budget);
		} else {
			break;
		}
	}
	return images > 1;
}

int
movie_is(int fd)
{
	static const char *const atoms[] = { "moov", "mdat", "wide", "free",
		"skip", "pnot" };
	char head[12];
	size_t i;

	if (read_at(fd, 0, head, sizeof(head)) < 0)
		return 0;
	if (!memcmp(head, "\x1a\x45\xdf\xa3", 4))
		return 1;
	if (!memcmp(head, "GIF8", 4))
		return gif_moves(fd);
	if (!memcmp(head + 4, "ftyp", 4)) /* HEIF and AVIF are stills */
		return memcmp(head + 8, "avi", 3) != 0 &&
		    memcmp(head + 8, "hei", 3) != 0 &&
		    memcmp(head + 8, "hev", 3) != 0 &&
		    memcmp(head + 8, "mif", 3) != 0 &&
		    memcmp(head + 8, "msf", 3) != 0;
	for (i = 0; i < sizeof(atoms) / sizeof(*atoms); i++)
		if (!memcmp(head + 4, atoms[i], 4))
			return 1;
	return 0;
}

int64_t
movie_tick(const struct movie *m, int64_t num, int64_t den)
{
	__int128 ticks = (__int128)num * m->den / ((__int128)den * m->num);

	if (ticks < 0)
		return m->first;
	return ticks >= m->end - m->first ? m->end - 1 :
	    m->first + (int64_t)ticks;
}

static uint8_t
clip(int v)
{
	return v < 0 ? 0 : v > 255 ? 255 : (uint8_t)v;
}

/* BT.709 in limited range to RGB, times 2^16 (the inverse of yuv.c's). */
static void
to_rgb(const struct yuv *v, struct picture *p)
{
	uint8_t *o = p->rgb;
	int x, y;

	for (y = 0; y < v->h; y++) {
		const uint8_t *l = v->plane[0] + (ptrdiff_t)y * v->stride[0];
		const uint8_t *cb = v->plane[1] +
		    (ptrdiff_t)(y / 2) * v->stride[1];
		const uint8_t *cr = v->plane[2] +
		    (ptrdiff_t)(y / 2) * v->stride[2];

		for (x = 0; x < v->w; x++, o += 3) {
			int a = (l[x] - 16) * 76309 + 32768;
			int b = cb[x / 2] - 128, r = cr[x / 2] - 128;

			o[0] = clip((a + r * 117489) >> 16);
			o[1] = clip((a - b * 13975 - r * 34925) >> 16);
			o[2] = clip((a + b * 138438) >> 16);
		}
	}
}

int
movie_still(const struct movie *m, const char *name, int fd, double seconds,
	struct picture *out, struct err *e)
{
	int w = m->swap ? m->coded_h : m->coded_w;
	int h = m->swap ? m->coded_w : m->coded_h, ret;
	struct movie_want want = { 0, 0 };
	struct picture p = PICTURE_INIT;
	struct movie_reader *r;
	const struct yuv *v;

	want.at = movie_tick(m, (int64_t)(seconds * 1e6), 1000000);
	r = movie_reader_open(m, name, fd, &want, 1, w, h, e);
	v = r ? movie_reader_next(r, e) : NULL;
	if (v) {
		picture_init(&p, w, h);
		to_rgb(v, &p);
	}
	movie_reader_close(r);
	if (!v)
		return -1;
	if (w == m->w && h == m->h) {
		*out = p;
		return 0;
	}
	ret = picture_scale(&p, out, m->w, m->h, e);
	picture_release(&p);
	return ret;
}
