#include "render/still_load.h"

#include <unistd.h>

#include "base/file.h"
#include "media/movie.h"

int
still_load(struct picture *p, const char *path, double from, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int fd = file_open_regular(path, e), ret;
	struct movie m;

	if (fd < 0)
		return -1;
	if (movie_is(fd)) {
		ret = movie_scan(&m, path, fd, e);
		if (ret == 0) {
			ret = movie_still(&m, path, fd, from, p, e);
			movie_release(&m);
		}
	} else {
		ret = fd_read(fd, path, PICTURE_BYTES_MAX, &b, e);
		if (ret == 0)
			ret = picture_decode(p, path, b.buf, b.len, e);
		strbuf_release(&b);
	}
	close(fd);
	return ret;
}
