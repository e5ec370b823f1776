#include "media/wav.h"

#include <string.h>

#define RIFF_HEAD 12
#define CHUNK_HEAD 8
#define FMT_LEAST 16 /* bytes of "fmt " in its oldest form */
#define RATE_MOST 1000000
#define CHANNELS_MOST 64
#define APPENDED_MOST 16 /* chunks, so that a search stays linear */

/* The chunks of a file that matter. */
struct layout {
	const char *p;
	size_t len;
	size_t align; /* bytes of a sample of all channels, 1 if not PCM */
	size_t data;  /* where the sound begins; 0: not found */
	size_t said;  /* its announced length */
};

static size_t
get_le(const char *p, int bytes)
{
	size_t v = 0;

	while (bytes-- > 0)
		v = v << 8 | (unsigned char)p[bytes];
	return v;
}

static void
put_le(char *p, size_t v, int bytes)
{
	for (; bytes-- > 0; v >>= 8)
		*p++ = (char)(v & 0xff);
}

/* Bytes of a sample of all channels; formats that pack them otherwise are not
 * cut, so 1. The tags are of mmreg.h: PCM, float, A-law, mu-law, extensible. */
static size_t
alignment(const char *fmt)
{
	size_t tag = get_le(fmt, 2), align = get_le(fmt + 12, 2);

	if (tag != 1 && tag != 3 && tag != 6 && tag != 7 && tag != 0xfffe)
		return 1;
	return align ? align : 1;
}

/* Find fmt and data; what stands before data has to be whole. */
static int
find_data(struct layout *w)
{
	size_t at = RIFF_HEAD, n;
	int fmt = 0;

	while (w->len >= CHUNK_HEAD && at <= w->len - CHUNK_HEAD) {
		n = get_le(w->p + at + 4, 4);
		at += CHUNK_HEAD;
		if (!memcmp(w->p + at - CHUNK_HEAD, "data", 4)) {
			w->data = at;
			w->said = n;
			return fmt ? 0 : -1;
		}
		if (n > w->len - at)
			return -1;
		if (!memcmp(w->p + at - CHUNK_HEAD, "fmt ", 4)) {
			if (n < FMT_LEAST)
				return -1;
			w->align = alignment(w->p + at);
			fmt = 1;
		}
		at += n + n % 2;
	}
	return -1;
}

/* Four letters as chunks have them for a name? */
static int
is_name(const char *p)
{
	int i;

	for (i = 0; i < 4; i++)
		if (p[i] < ' ' || p[i] > '~')
			return 0;
	return 1;
}

/* Where the whole chunks that begin at `at` end, or the first so many. */
static size_t
whole_chunks(const struct layout *w, size_t at, size_t most)
{
	size_t n;

	while (most-- && at < w->len && w->len - at >= CHUNK_HEAD &&
	    is_name(w->p + at)) {
		n = get_le(w->p + at + 4, 4);
		if (n > w->len - at - CHUNK_HEAD)
			break;
		at += CHUNK_HEAD + n;
		if (n % 2 && at < w->len)
			at++;
	}
	return at;
}

/* Does a chunk that servers append begin here? Whole, up to the file's end, or
 * broken off but with its inner name. */
static int
is_appended(const struct layout *w, size_t at)
{
	static const char name[][5] = { "LIST", "C2PA", "id3 ", "ID3 ",
		"bext", "iXML", "_PMX", "fact", "cue ", "JUNK" };
	const char *p = w->p + at;
	size_t i, rest = w->len - at;

	if (!is_name(p))
		return 0;
	for (i = 0; i < sizeof(name) / sizeof(*name); i++)
		if (!memcmp(p, name[i], 4))
			break;
	if (i == sizeof(name) / sizeof(*name))
		return 0;
	if (whole_chunks(w, at, APPENDED_MOST) == w->len)
		return 1;
	if (rest >= 12 && !memcmp(p, "LIST", 4))
		return !memcmp(p + 8, "INFO", 4) || !memcmp(p + 8, "adtl", 4);
	return rest >= 16 && !memcmp(p, "C2PA", 4) &&
	    !memcmp(p + 12, "jumb", 4);
}

/* The end of data whose length nobody told. */
static size_t
search_end(const struct layout *w)
{
	size_t at;

	for (at = w->data; w->len - at >= CHUNK_HEAD; at += 2)
		if (is_appended(w, at))
			return at;
	return w->len;
}

int
wav_mend(struct strbuf *b)
{
	struct layout w = { b->buf, b->len, 1, 0, 0 };
	size_t avail, data, end, from;

	if (b->len < RIFF_HEAD || b->len > UINT32_MAX)
		return -1;
	if (memcmp(b->buf + 8, "WAVE", 4) ||
	    (memcmp(b->buf, "RIFF", 4) && memcmp(b->buf, "RF64", 4)))
		return -1;
	if (!memcmp(b->buf, "RF64", 4))
		return 0;
	if (find_data(&w) < 0)
		return -1;
	avail = b->len - w.data;
	data = w.said;
	if (data > avail ||
	    (!data && whole_chunks(&w, w.data, SIZE_MAX) != b->len))
		data = search_end(&w) - w.data;
	from = w.data + data;
	if (data % 2 && from < b->len)
		from++;
	end = whole_chunks(&w, from, SIZE_MAX);
	if (from >= b->len && data != w.said) {
		data -= data % w.align;
		end = w.data + data;
	}
	if (!data)
		return -1;
	if (data == w.said && end == b->len && !(end % 2) &&
	    get_le(b->buf + 4, 4) == end - 8)
		return 0;
	strbuf_setlen(b, end);
	if (end % 2)
		strbuf_addch(b, 0);
	put_le(b->buf + 4, b->len - 8, 4);
	put_le(b->buf + w.data - 4, data, 4);
	return 1;
}

void
wav_header(struct strbuf *out, int rate, int channels, uint64_t bytes)
{
	size_t frame = (size_t)channels * 2;
	size_t data = bytes > UINT32_MAX - WAV_HEADER ? UINT32_MAX : bytes;
	char h[WAV_HEADER] = "RIFF____WAVEfmt ";

	put_le(h + 4, data == UINT32_MAX ? data : data + WAV_HEADER - 8, 4);
	put_le(h + 16, FMT_LEAST, 4);
	put_le(h + 20, 1, 2); /* PCM */
	put_le(h + 22, (size_t)channels, 2);
	put_le(h + 24, (size_t)rate, 4);
	put_le(h + 28, (size_t)rate * frame, 4);
	put_le(h + 32, frame, 2);
	put_le(h + 34, 16, 2);
	memcpy(h + 36, "data", 4);
	put_le(h + 40, data, 4);
	strbuf_add(out, h, sizeof(h));
}

int
wav_wrap(struct strbuf *pcm, int rate, int channels)
{
	struct strbuf out = STRBUF_INIT;
	size_t n = pcm->len;

	if (rate < 1 || rate > RATE_MOST || channels < 1 ||
	    channels > CHANNELS_MOST)
		return -1;
	n -= n % ((size_t)channels * 2);
	if (!n)
		return -1;
	strbuf_grow(&out, WAV_HEADER + n);
	wav_header(&out, rate, channels, n);
	strbuf_add(&out, pcm->buf, n);
	strbuf_release(pcm);
	*pcm = out;
	return 0;
}
