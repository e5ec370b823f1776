#include "provider/media_kind.h"

#include <string.h>

/*
 * A stream that begins with its first frame: 11 bits of synchronisation, then
 * the version, layer and protection. MPEG-1, 2 and 2.5 layer III (FB FA, F3
 * F2, E3 E2 by ISO/IEC 11172-3, 2.4.1.3) and ADTS (F1 F0 F9 F8 by ISO/IEC
 * 13818-7, 6.2).
 */
static const char *
frame_kind(const unsigned char *p, size_t n)
{
	if (n < 4 || p[0] != 0xff)
		return NULL;
	if ((p[1] & 0xe6) == 0xe2)
		return "mp3";
	if ((p[1] & 0xf6) == 0xf0)
		return "aac";
	return NULL;
}

const char *
media_kind(const void *p, size_t n)
{
	static const struct {
		const char *head; /* at the start, then: */
		size_t head_n, at;
		const char *bytes;
		size_t n;
		const char *kind;
	} magic[] = {
		{ "RIFF", 4, 8, "WAVE", 4, "wav" },
		{ "RF64", 4, 8, "WAVE", 4, "wav" },
		{ "RIFF", 4, 8, "WEBP", 4, "webp" },
		{ "FORM", 4, 8, "AIFF", 4, "aiff" },
		{ "FORM", 4, 8, "AIFC", 4, "aiff" },
		{ "", 0, 4, "ftyp", 4, "m4a" },
		{ "", 0, 0, "ID3", 3, "mp3" },
		{ "", 0, 0, "fLaC", 4, "flac" },
		{ "", 0, 0, "OggS", 4, "ogg" },
		{ "", 0, 0, "\x1a\x45\xdf\xa3", 4, "webm" },
		{ "", 0, 0, "\x89PNG", 4, "png" },
		{ "", 0, 0, "\xff\xd8\xff", 3, "jpg" },
	};
	const char *s = p;
	size_t i;

	for (i = 0; i < sizeof(magic) / sizeof(*magic); i++)
		if (n >= magic[i].at + magic[i].n &&
		    !memcmp(s, magic[i].head, magic[i].head_n) &&
		    !memcmp(s + magic[i].at, magic[i].bytes, magic[i].n))
			return magic[i].kind;
	return frame_kind(p, n);
}

int
media_kind_is_picture(const char *kind)
{
	return kind && (!strcmp(kind, "webp") || !strcmp(kind, "png") ||
	    !strcmp(kind, "jpg"));
}
