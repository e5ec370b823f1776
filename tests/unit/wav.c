#include <stdint.h>

#include "base/strbuf.h"
#include "media/sound.h"
#include "media/wav.h"
#include "../tests/unit/tap.h"

#define N 4000 /* bytes of sound */

static char pcm[N];
static const char list[] = "LIST\014\0\0\0INFOISFT\0\0\0"; /* with its NUL */

static void
put32(struct strbuf *b, uint32_t v)
{
	char c[4] = { (char)(v & 255), (char)(v >> 8 & 255),
		(char)(v >> 16 & 255), (char)(v >> 24) };

	strbuf_add(b, c, 4);
}

static uint32_t
get32(const struct strbuf *b, size_t at)
{
	const unsigned char *p = (const unsigned char *)b->buf + at;

	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

/* A file with those claims, n bytes of sound and a tail. */
static void
make(struct strbuf *b, uint32_t riff, uint32_t data, size_t n,
    const char *tail, size_t tail_len)
{
	strbuf_reset(b);
	wav_header(b, 16000, 1, n);
	strbuf_setlen(b, 4);
	put32(b, riff);
	strbuf_add(b, "WAVEfmt \020\0\0\0\1\0\1\0\200\076\0\0\0\175\0\0\2\0"
	    "\020\0data", 32);
	put32(b, data);
	strbuf_add(b, pcm, n);
	strbuf_add(b, tail, tail_len);
}

/* Mend it; the length of data then, 0 where a length is wrong, -1 on
 * refusal. */
static long
mend(struct strbuf *b, int *changed)
{
	size_t n;

	*changed = wav_mend(b);
	if (*changed < 0)
		return -1;
	n = get32(b, 40);
	if (get32(b, 4) != b->len - 8 || n > b->len - 44 || b->len % 2 ||
	    memcmp(b->buf + 44, pcm, n) != 0 || wav_mend(b) != 0)
		return 0;
	return (long)n;
}

static void
test_refused(void)
{
	struct strbuf b = STRBUF_INIT;
	size_t i, bad = 0;

	ok(wav_mend(&b) < 0, "nothing is no WAV");
	strbuf_addstr(&b, "{\"error\": \"this is no sound, but long enough\"}");
	ok(wav_mend(&b) < 0, "text is none");
	make(&b, 36, 0, 0, "", 0);
	ok(wav_mend(&b) < 0, "a header alone has no sound");
	make(&b, 36, 0xffffffff, 1, "", 0);
	ok(wav_mend(&b) < 0, "nor has half a sample");
	make(&b, 36 + 20, 0, 0, list, sizeof(list));
	ok(wav_mend(&b) < 0, "0 bytes and a real chunk behind: no sound");
	make(&b, 36 + N, N, N, "", 0);
	b.buf[12] = 'F';
	ok(wav_mend(&b) < 0, "no fmt before data");
	make(&b, 36 + N, N, N, "", 0);
	b.buf[19] = '\x7f';
	ok(wav_mend(&b) < 0, "fmt that leads out of the file");
	make(&b, 36 + N, N, N, "", 0);
	for (i = 0; i < 46; i++) {
		make(&b, 36 + N, N, N, "", 0);
		strbuf_setlen(&b, i);
		bad += wav_mend(&b) >= 0 || b.len != i;
	}
	ok(!bad, "cut off anywhere before the first sample");
	strbuf_release(&b);
}

static void
test_lies(void)
{
	static const uint32_t claim[] = { 0xffffffff, 0x7fffffff, 2000000000,
		0, N + 1, N + 20000, 0xffffffff - 36 };
	struct strbuf b = STRBUF_INIT;
	size_t i;
	long n;
	int k;

	make(&b, 36 + N, N, N, "", 0);
	ok(mend(&b, &k) == N && k == 0 && b.len == 44 + N, "true: untouched");
	make(&b, 36 + N + 20, N, N, list, sizeof(list));
	ok(mend(&b, &k) == N && k == 0 && b.len == 44 + N + 20,
	    "a chunk behind: untouched");
	for (i = 0; i < sizeof(claim) / sizeof(*claim); i++) {
		make(&b, claim[i], claim[i], N, "", 0);
		n = mend(&b, &k);
		ok(n == N && k == 1 && b.len == 44 + N, "%u said, all had",
		    (unsigned)claim[i]);
		make(&b, claim[i], claim[i], N - 1, "", 0);
		n = mend(&b, &k);
		ok(k == 1 && n == N - 2, "and half a sample at the end");
	}
	for (i = 0; i < sizeof(claim) / sizeof(*claim); i++) {
		if (claim[i] == N + 1)
			continue; /* believed, and the chunk is none then */
		make(&b, claim[i], claim[i], N, list, sizeof(list));
		ok(mend(&b, &k) == N && k == 1 && b.len == 44 + N + 20,
		    "%u said and a chunk behind", (unsigned)claim[i]);
	}
	make(&b, 0xffffffff, N, N, "", 0);
	ok(mend(&b, &k) == N && k == 1, "only the outer length lies");
	make(&b, 36 + N, N, N, "\0\1 rubbish", 10);
	ok(mend(&b, &k) == N && k == 1 && b.len == 44 + N,
	    "rubbish behind is cut off");
	make(&b, 0xffffffff, 0x7fffffff, N, list, 13);
	ok(mend(&b, &k) == N && k == 1 && b.len == 44 + N,
	    "a broken chunk behind is no sound");
	make(&b, 0xffffffff, 0xffffffff, N,
	    "C2PA\0\1\0\0\0\0\1\0jumb and more", 25);
	ok(mend(&b, &k) == N && b.len == 44 + N, "nor is a broken manifest");
	make(&b, 36 + N - 1, N - 1, N - 1, "", 0);
	ok(mend(&b, &k) == N - 1 && k == 1 && b.len == 44 + N,
	    "an odd length is padded");
	strbuf_release(&b);
}

static void
test_other(void)
{
	struct strbuf b = STRBUF_INIT;
	struct sound s = SOUND_INIT;
	struct err e = ERR_INIT;
	size_t i;

	strbuf_add(&b, pcm, N - 1);
	ok(wav_wrap(&b, 24000, 1) == 0 && b.len == 44 + N - 2 &&
	    wav_mend(&b) == 0, "PCM gets a header, without the odd byte");
	ok(sound_decode(&s, "x", b.buf, b.len, &e) == 0 && s.rate == 24000 &&
	    s.channels == 1 && s.frames == N / 2 - 1, "that is right");
	sound_release(&s);
	strbuf_reset(&b);
	strbuf_add(&b, pcm, N - 2);
	ok(wav_wrap(&b, 48000, 2) == 0 && b.len == 44 + N - 4, "stereo");
	strbuf_setlen(&b, 1);
	ok(wav_wrap(&b, 24000, 1) < 0 && b.len == 1, "half a sample");
	strbuf_add(&b, pcm, 8);
	ok(wav_wrap(&b, 0, 1) < 0 && wav_wrap(&b, 24000, 0) < 0 &&
	    wav_wrap(&b, -5, 1) < 0 && b.len == 9, "0 Hz, no channel");
	make(&b, 0xffffffff, 0xffffffff, N, "", 0);
	memcpy(b.buf, "RF64", 4);
	ok(wav_mend(&b) == 0 && get32(&b, 4) == 0xffffffff,
	    "RF64 is left alone");
	strbuf_reset(&b);
	wav_header(&b, 48000, 2, (uint64_t)5 << 30);
	ok(get32(&b, 4) == 0xffffffff && get32(&b, 40) == 0xffffffff,
	    "over 4 GB: to the end");
	make(&b, 0xffffffff, 0xffffffff, 0, "", 0);
	for (i = 0; i < 1 << 20; i++)
		strbuf_add(&b, "LIST\0\0\0\0", 8);
	strbuf_add(&b, "xyz", 3);
	ok(wav_mend(&b) == 1 && get32(&b, 40) == (8u << 20) + 2,
	    "a file of nothing but names is searched in linear time");
	strbuf_release(&b);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < N; i++)
		pcm[i] = (char)(i % 2 ? i / 2 % 100 : i * 37 % 256);
	test_refused();
	test_lies();
	test_other();
	return done_testing();
}
