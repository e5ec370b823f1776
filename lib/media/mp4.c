#include "media/mp4.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

int
mp4_append_xmp(const char *path, const void *xmp, size_t len, struct err *e)
{
	static const uint8_t id[16] = {
		0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8,
		0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac
	};
	uint32_t size = (uint32_t)(len + 24);
	uint8_t head[24] = {
		size >> 24, size >> 16 & 255, size >> 8 & 255, size & 255,
		'u', 'u', 'i', 'd'
	};
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC), ret = 0;

	if (fd < 0)
		return err_errno(e, "%s: cannot open", path);
	memcpy(head + 8, id, sizeof(id));
	if (file_write_all(fd, head, sizeof(head)) < 0 ||
	    file_write_all(fd, xmp, len) < 0)
		ret = err_errno(e, "%s: cannot write", path);
	if (close(fd) < 0 && ret == 0)
		ret = err_errno(e, "%s: cannot write", path);
	return ret;
}
