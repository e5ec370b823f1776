#include "base/file_stamp.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define SECOND 1000000000
#define TICK (20 * 1000000)    /* over that of a kernel with HZ=100 */
#define COARSE (3LL * SECOND)  /* over that of file systems without parts of a
				  second */

static int64_t
nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

int64_t
file_stamp_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(now);
}

void
file_stamp_of(const struct stat *st, struct file_stamp *s)
{
	memset(s, 0, sizeof(*s));
	s->ino = st->st_ino;
	s->size = (uint64_t)st->st_size;
	s->mtime = nanoseconds(st->st_mtim);
	s->ctime = nanoseconds(st->st_ctim);
}

int
file_stamp_get(const char *path, struct file_stamp *s)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return -1;
	if (!S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return -1;
	}
	file_stamp_of(&st, s);
	return 0;
}

int
file_stamp_same(const struct file_stamp *a, const struct file_stamp *b)
{
	return a->ino == b->ino && a->size == b->size &&
	    a->mtime == b->mtime && a->ctime == b->ctime;
}

int
file_stamp_settled(const struct file_stamp *s, int64_t now)
{
	return now - s->ctime > (s->ctime % SECOND ? TICK : COARSE);
}
