#include "provider/image_clip.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "media/movie.h"

static double
rounded(double d, double unit)
{
	return round(d * unit) / unit;
}

static void
describe(const char *name, const struct movie *m, struct node *doc,
    struct strbuf *warnings)
{
	node_set_str(doc, "kind", "moving");
	node_set_whole(doc, "width", m->w);
	node_set_whole(doc, "height", m->h);
	node_set_num(doc, "seconds", rounded(movie_seconds(m), 1e6));
	node_set_num(doc, "fps", rounded(movie_fps(m), 1000));
	node_set_bool(doc, "hasSound", m->has_sound);
	if (m->has_sound && fabs(m->sound_at) >= 0.0005)
		node_set_num(doc, "soundAt", rounded(m->sound_at, 1e6));
	if (m->loops)
		node_set_bool(doc, "loops", 1);
	if (m->warning[0])
		strbuf_addf(warnings, "%s: %s\n", name, m->warning);
}

int
image_clip_describe(const char *name, int fd, struct node *doc,
    struct strbuf *warnings, struct err *e)
{
	struct movie m;

	if (movie_scan(&m, name, fd, e) < 0)
		return -1;
	describe(name, &m, doc, warnings);
	movie_release(&m);
	return 0;
}

/* By what the container says, not by its name. */
static const char *
extension(const struct strbuf *b)
{
	if (!memcmp(b->buf, "GIF8", 4))
		return "gif";
	if (!memcmp(b->buf, "\x1a\x45\xdf\xa3", 4))
		return memmem(b->buf, b->len < 64 ? b->len : 64, "webm", 4) ?
		    "webm" : "mkv";
	if (!memcmp(b->buf + 4, "ftyp", 4) && memcmp(b->buf + 8, "qt  ", 4))
		return "mp4";
	return "mov";
}

static int
read_fd(const char *name, int fd, const struct strbuf *bytes,
    struct image_result *r, struct err *e)
{
	struct movie m;
	int ret;

	if (movie_scan(&m, name, fd, e) < 0)
		return -1;
	ret = movie_still(&m, name, fd, 0, &r->picture, e);
	if (ret == 0) {
		node_free(r->clip);
		r->clip = node_new(NODE_MAP);
		describe(name, &m, r->clip, &r->warnings);
		r->extension = extension(bytes);
	}
	movie_release(&m);
	return ret < 0 ? -1 : 1;
}

int
image_clip_read(const char *name, const struct strbuf *bytes,
    struct image_result *r, struct err *e)
{
	int fd, ret = 0;

	if (bytes->len < 12)
		return 0;
	fd = memfd_create("clip", MFD_CLOEXEC);
	if (fd < 0 || file_write_all(fd, bytes->buf, bytes->len) < 0)
		ret = err_errno(e, "%s: no memory for %zu bytes", name,
		    bytes->len);
	else if (movie_is(fd))
		ret = read_fd(name, fd, bytes, r, e);
	if (fd >= 0)
		close(fd);
	return ret;
}
