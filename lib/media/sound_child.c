/*
 * Both ends of the socket between what decodes a sound and who wants it.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "media/sound_part.h"

#define DECODE_BYTES (768ull << 20)
#define DECODE_SECONDS 60
#define BYTES_A_SECOND 100000 /* the slowest takes a third of this time */

static void
tell(int socket, const void *p, size_t n)
{
	if (file_write_all(socket, p, n) < 0)
		_exit(1);
}

static void
tell_block(int socket, const struct sound_block *b)
{
	tell(socket, b, sizeof(*b));
}

void
sound_say(int socket, int rate, int channels)
{
	struct sound_block b = { 0, (uint32_t)channels, rate, 0 };

	tell_block(socket, &b);
}

void
sound_give(int socket, const float *p, size_t frames, int channels)
{
	struct sound_block b = { (uint32_t)frames, (uint32_t)channels, 0, 0 };

	tell_block(socket, &b);
	tell(socket, p, frames * (size_t)channels * sizeof(*p));
}

void
sound_child_run(int kind, int socket, int fd)
{
	struct err e = ERR_INIT;
	struct sound_block b = { 0, 0, 0, 0 };

	if ((kind == SOUND_STREAM ? sound_stream(socket, fd, &e) :
	    sound_whole(socket, fd, &e)) < 0) {
		b.frames = (uint32_t)strlen(e.msg);
		b.code = e.code;
	}
	tell_block(socket, &b);
	tell(socket, e.msg, b.frames);
	_exit(0);
}

int
sound_bad(const char *what, struct err *e)
{
	return err_set(e, EX_DATA, "%s; give a WAV, MP3, FLAC, Ogg or M4A "
	    "file", what);
}

int
sound_child_start(struct sound_child *c, int fd, int kind, struct err *e)
{
	struct movie_task t = { kind, DECODE_SECONDS, DECODE_BYTES };
	struct stat st;

	if (fstat(fd, &st) == 0)
		t.seconds += (unsigned)(st.st_size / BYTES_A_SECOND);
	if (movie_child_start(&c->child, fd, -1, &t) < 0)
		return err_errno(e, "%s: cannot start its decoder", c->name);
	return 0;
}

static int
lost(struct sound_child *c, struct err *e)
{
	c->lost = 1;
	return err_set(e, EX_DATA, "%s: decoding it took too much time or "
	    "memory; the file is broken or hostile, convert it to WAV",
	    c->name);
}

/* The message behind the block. */
static int
failed(struct sound_child *c, const struct sound_block *b, struct err *e)
{
	char text[ERR_MAX];

	if (b->frames >= sizeof(text) ||
	    movie_child_read(&c->child, text, b->frames) < 0)
		return lost(c, e);
	text[b->frames] = '\0';
	return err_set(e, b->code == EX_FAILED ? EX_FAILED : EX_DATA, "%s: %s",
	    c->name, text);
}

int
sound_child_next(struct sound_child *c, struct sound_block *b, struct err *e)
{
	if (movie_child_read(&c->child, b, sizeof(*b)) < 0)
		return lost(c, e);
	if (b->code)
		return failed(c, b, e);
	if (b->frames > SOUND_BLOCK_FRAMES || b->channels > 2 ||
	    (b->frames && !b->channels))
		return lost(c, e);
	return 0;
}

int
sound_child_data(struct sound_child *c, float *p, size_t n, struct err *e)
{
	return movie_child_read(&c->child, p, n * sizeof(*p)) < 0 ?
	    lost(c, e) : 0;
}

void
sound_child_stop(struct sound_child *c)
{
	movie_child_stop(&c->child);
}
