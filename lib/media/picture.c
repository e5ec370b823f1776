#include "media/picture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "media/picture_decode.h"
#include "media/picture_probe.h"

void
picture_init(struct picture *p, int w, int h)
{
	p->w = w;
	p->h = h;
	p->rgb = xcalloc((size_t)w * (size_t)h, 3);
}

void
picture_release(struct picture *p)
{
	free(p->rgb);
	p->rgb = NULL;
	p->w = p->h = 0;
}

static int
is_sideways(const struct picture_probe *p)
{
	return p->turn >= 5;
}

int
picture_size(const char *name, const void *buf, size_t len, int *w, int *h,
	struct err *e)
{
	struct picture_probe p;

	if (picture_probe(&p, name, buf, len, e) < 0)
		return -1;
	*w = is_sideways(&p) ? p.h : p.w;
	*h = is_sideways(&p) ? p.w : p.h;
	return 0;
}

/* Run the decoder in a child; status has its exit, s what it found. */
static int
decode_once(const struct picture_probe *p, const void *buf,
	struct picture_shared *s, int *status)
{
	pid_t pid = fork();

	if (pid < 0)
		return -1;
	if (pid == 0) {
		picture_decode_limits(p);
		_exit(picture_decode_here(p, buf, s) < 0);
	}
	while (waitpid(pid, status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return 0;
}

/* A child forked beside other threads may wait for what one of them had
 * locked, until its limits end it: so it has a second chance. */
static int
decode_apart(const struct picture_probe *p, const void *buf,
	struct picture_shared *s, int *status)
{
	int ret = decode_once(p, buf, s, status);

	if (ret == 0 && WIFSIGNALED(*status))
		ret = decode_once(p, buf, s, status);
	return ret;
}

static int
check_status(const struct picture_shared *s, const char *name, int status,
	struct err *e)
{
	if (WIFSIGNALED(status))
		return err_set(e, EX_DATA, "%s: decoding it took too much time "
		    "or memory; the file is broken or hostile, save it anew "
		    "as PNG", name);
	if (WEXITSTATUS(status))
		return err_set(e, EX_DATA, "%s: %.*s; the file is broken, get "
		    "it again or save it anew", name, (int)sizeof(s->why),
		    s->why[0] ? s->why : "it does not decode");
	return 0;
}

/* Of RGBA: the colours times alpha and alpha itself, as a picture each. */
static void
take_alpha(struct picture *out, struct picture *alpha, const uint8_t *rgba)
{
	size_t n = (size_t)out->w * (size_t)out->h, i, k;

	picture_init(alpha, out->w, out->h);
	for (i = 0; i < n; i++, rgba += 4)
		for (k = 0; k < 3; k++) {
			out->rgb[3 * i + k] = (uint8_t)((rgba[k] * rgba[3] +
			    127) / 255);
			alpha->rgb[3 * i + k] = rgba[3];
		}
}

/* What the child decoded, into pictures of ours. */
static void
take_over(struct picture *out, struct picture *alpha,
	const struct picture_probe *p, const struct picture_shared *s)
{
	size_t n = (size_t)p->w * (size_t)p->h * 3;

	out->w = is_sideways(p) ? p->h : p->w;
	out->h = is_sideways(p) ? p->w : p->h;
	out->rgb = xmalloc(n);
	if (alpha)
		take_alpha(out, alpha, s->rgb);
	else
		memcpy(out->rgb, s->rgb, n);
}

int
picture_decode(struct picture *out, const char *name, const void *buf,
	size_t len, struct err *e)
{
	return picture_decode_alpha(out, NULL, name, buf, len, e);
}

int
picture_decode_alpha(struct picture *out, struct picture *alpha,
	const char *name, const void *buf, size_t len, struct err *e)
{
	struct picture_probe p;
	struct picture_shared *s;
	size_t room;
	int status, r;

	if (picture_probe(&p, name, buf, len, e) < 0)
		return -1;
	if (!p.complete)
		return err_set(e, EX_DATA, "%s: the file is cut short; get it "
		    "again", name);
	room = sizeof(*s) + (size_t)p.w * (size_t)p.h * (alpha ? 4 : 3);
	s = mmap(NULL, room, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		return err_errno(e, "%s: no memory for %dx%d pixels", name,
		    p.w, p.h);
	s->alpha = alpha != NULL;
	if (decode_apart(&p, buf, s, &status) < 0)
		r = err_errno(e, "%s: cannot start its decoder", name);
	else
		r = check_status(s, name, status, e);
	if (r == 0)
		take_over(out, alpha, &p, s);
	munmap(s, room);
	return r;
}
