#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/sound_part.h"

#define RATE_MIN 8000
#define RATE_MAX 192000

/* Room for n more frames, as far as a sound may go. */
static int
make_room(struct sound *s, size_t *alloc, size_t n, const char *name,
    struct err *e)
{
	if (s->frames + n > (size_t)(SOUND_SECONDS_MAX * s->rate))
		return err_set(e, EX_DATA, "%s: is longer than %.0f hours; "
		    "cut it", name, SOUND_SECONDS_MAX / 3600);
	if (s->frames + n > *alloc) {
		*alloc = (s->frames + n) * 3 / 2;
		s->sample = xreallocarray(s->sample,
		    *alloc * (size_t)s->channels, sizeof(*s->sample));
	}
	return 0;
}

static int
take_block(struct sound *s, size_t *alloc, struct sound_child *c,
    const struct sound_block *b, struct err *e)
{
	size_t n = b->frames * (size_t)s->channels, i;
	float *p;

	if (make_room(s, alloc, b->frames, c->name, e) < 0)
		return -1;
	p = s->sample + s->frames * (size_t)s->channels;
	if (sound_child_data(c, p, n, e) < 0)
		return -1;
	for (i = 0; i < n; i++)
		if (!isfinite(p[i]))
			return err_set(e, EX_DATA, "%s: holds samples that "
			    "are no numbers; give a WAV, MP3, FLAC, Ogg or "
			    "M4A file", c->name);
	s->frames += b->frames;
	return 0;
}

/* A block says the rate and channels of those behind it; the last says none.
 */
static int
take_all(struct sound *s, struct sound_child *c, struct err *e)
{
	size_t alloc = 0;
	struct sound_block b;

	for (;;) {
		if (sound_child_next(c, &b, e) < 0)
			return -1;
		if (!b.frames && !b.channels)
			return 0;
		if (!b.frames && !s->rate && b.rate >= RATE_MIN &&
		    b.rate <= RATE_MAX) {
			s->rate = b.rate;
			s->channels = (int)b.channels;
		}
		if (!s->rate || (int)b.channels != s->channels)
			return err_set(e, EX_DATA, "%s: its decoder is not to "
			    "be trusted; convert the file to WAV", c->name);
		if (b.frames && take_block(s, &alloc, c, &b, e) < 0)
			return -1;
	}
}

static int
decode_once(struct sound *s, struct sound_child *c, int fd, struct err *e)
{
	int ret;

	if (lseek(fd, 0, SEEK_SET) < 0)
		return err_errno(e, "%s: cannot read", c->name);
	ret = sound_child_start(c, fd, SOUND_WHOLE, e);
	if (ret < 0)
		return -1;
	ret = take_all(s, c, e);
	sound_child_stop(c);
	return ret;
}

/* A child that died has a second chance: what ended it may be want of memory
 * for a moment, and a sound that was paid for is not given up for that. */
static int
decode(struct sound *s, const char *name, int fd, struct err *e)
{
	struct sound_child c = { .name = name };
	int ret = decode_once(s, &c, fd, e);

	if (ret < 0 && c.lost) {
		sound_release(s);
		c = (struct sound_child){ .name = name };
		ret = decode_once(s, &c, fd, e);
	}
	if (ret == 0 && !s->frames)
		ret = err_set(e, EX_DATA, "%s: holds no sound behind its "
		    "header; give a WAV, MP3, FLAC, Ogg or M4A file", name);
	if (ret < 0)
		sound_release(s);
	return ret;
}

int
sound_decode(struct sound *s, const char *name, const void *buf, size_t len,
    struct err *e)
{
	int fd = memfd_create("sound", MFD_CLOEXEC), ret = -1;

	memset(s, 0, sizeof(*s));
	if (fd < 0 || file_write_all(fd, buf ? buf : "", len) < 0)
		err_errno(e, "%s: no memory to decode it", name);
	else
		ret = decode(s, name, fd, e);
	if (fd >= 0)
		close(fd);
	return ret;
}

int
sound_load(struct sound *s, const char *path, struct err *e)
{
	int fd = file_open_regular(path, e), ret;

	memset(s, 0, sizeof(*s));
	if (fd < 0)
		return -1;
	ret = decode(s, path, fd, e);
	close(fd);
	return ret;
}
