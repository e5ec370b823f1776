#include "base/uuid.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"

static void
print(const uint8_t *u, char out[UUID_LEN])
{
	snprintf(out, UUID_LEN,
	    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
	    "%02x%02x%02x%02x%02x%02x",
	    u[0], u[1], u[2], u[3], u[4], u[5], u[6], u[7], u[8], u[9], u[10],
	    u[11], u[12], u[13], u[14], u[15]);
}

static void
stamp(uint8_t *u, int version)
{
	u[6] = (uint8_t)((u[6] & 0x0F) | version << 4);
	u[8] = (uint8_t)((u[8] & 0x3F) | 0x80);
}

void
uuid_random(char out[UUID_LEN])
{
	uint8_t u[16];

	if (getrandom(u, sizeof(u), 0) != (ssize_t)sizeof(u))
		die(EX_FAILED, "the kernel gives no random bytes");
	stamp(u, 4);
	print(u, out);
}

int
uuid_valid(const char *s)
{
	int i;

	for (i = 0; i < 36; i++) {
		if (i == 8 || i == 13 || i == 18 || i == 23) {
			if (s[i] != '-')
				return 0;
		} else if (!isdigit((unsigned char)s[i]) &&
		    !(s[i] >= 'a' && s[i] <= 'f')) {
			return 0;
		}
	}
	return s[36] == '\0';
}

int
uuid_named(const char *ns, const void *name, size_t n, char out[UUID_LEN])
{
	uint8_t *all, sum[20];
	unsigned byte;
	size_t i, k = 0;

	if (!uuid_valid(ns))
		return -1;
	all = xmalloc(16 + n);
	for (i = 0; i < 36; i++) {
		if (ns[i] == '-')
			continue;
		sscanf(ns + i, "%2x", &byte);
		all[k++] = (uint8_t)byte;
		i++;
	}
	if (n)
		memcpy(all + 16, name, n);
	sha1_raw(all, 16 + n, sum);
	free(all);
	stamp(sum, 5);
	print(sum, out);
	return 0;
}
