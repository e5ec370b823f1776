#include "media/sound_reader.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "media/sound_part.h"

#define PASS 4096 /* frames at once that nobody wants */

struct sound_reader {
	char *path;
	struct sound_child from;
	size_t left; /* frames of the block that have not been read */
	int ended;
};

struct sound_reader *
sound_reader_open(const char *path, struct err *e)
{
	struct sound_reader *r = xcalloc(1, sizeof(*r));
	int fd = file_open_regular(path, e), k = -1;
	struct sound_block b = { 0, 0, 0, 0 };

	r->path = xstrdup(path);
	r->from.name = r->path;
	r->from.child.pid = r->from.child.socket = r->from.child.leash = -1;
	if (fd >= 0) {
		k = sound_child_start(&r->from, fd, SOUND_STREAM, e);
		close(fd);
	}
	if (k == 0)
		k = sound_child_next(&r->from, &b, e);
	if (k < 0) {
		sound_reader_close(r);
		return NULL;
	}
	r->left = b.frames;
	return r;
}

void
sound_reader_close(struct sound_reader *r)
{
	if (!r)
		return;
	sound_child_stop(&r->from);
	free(r->path);
	free(r);
}

static int
next_block(struct sound_reader *r, struct err *e)
{
	struct sound_block b;

	if (sound_child_next(&r->from, &b, e) < 0)
		return -1;
	if (b.frames && b.channels != 2)
		return err_set(e, EX_DATA, "%s: its decoder is not to be "
		    "trusted; convert the file to WAV", r->path);
	r->left = b.frames;
	r->ended = !b.frames;
	return 0;
}

/* A number that is none would go through the whole mix. */
static int
is_sound(const float *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!isfinite(p[i]))
			return 0;
	return 1;
}

long
sound_reader_read(struct sound_reader *r, float *out, size_t n, struct err *e)
{
	float unwanted[2 * PASS] = { 0 }, *p;
	size_t done = 0, k;

	while (done < n && !r->ended) {
		if (!r->left) {
			if (next_block(r, e) < 0)
				return -1;
			continue;
		}
		k = r->left < n - done ? r->left : n - done;
		if (!out && k > PASS)
			k = PASS;
		p = out ? out + 2 * done : unwanted;
		if (sound_child_data(&r->from, p, 2 * k, e) < 0)
			return -1;
		if (!is_sound(p, 2 * k))
			return err_set(e, EX_DATA, "%s: holds samples that "
			    "are no numbers; give a WAV, MP3, FLAC, Ogg or "
			    "M4A file", r->path);
		r->left -= k;
		done += k;
	}
	return (long)done;
}
