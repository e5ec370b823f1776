/*
 * What the child does with a sound, without the child: the first byte chooses
 * the form in which it is wanted.
 */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "media/sound_part.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int out = -1;
	struct err e = ERR_INIT;
	int fd = memfd_create("fuzz", MFD_CLOEXEC), ret;

	if (out < 0)
		out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (!size || fd < 0 || file_write_all(fd, data + 1, size - 1) < 0) {
		close(fd);
		return 0;
	}
	ret = data[0] & 1 ? sound_stream(out, fd, &e) :
	    sound_whole(out, fd, &e);
	if (ret < 0 && (!e.code || !e.msg[0]))
		abort();
	close(fd);
	return 0;
}
