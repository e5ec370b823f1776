#include "store/lfs.h"

#include <stdio.h>
#include <string.h>

int
lfs_is_pointer(const char *p, size_t n, char sha256[SHA256_HEX])
{
	static const char head[] = "version https://git-lfs.github.com/spec/";
	static const char line[] = "\noid sha256:";
	const char *oid;

	if (n >= LFS_POINTER_BYTES || strncmp(p, head, sizeof(head) - 1) != 0)
		return 0;
	oid = strstr(p, line);
	oid = oid ? oid + sizeof(line) - 1 : "";
	if (sha256)
		snprintf(sha256, SHA256_HEX, "%s", strspn(oid,
		    "0123456789abcdef") == SHA256_HEX - 1 ? oid : "");
	return 1;
}
