#include "media/tiff_tag.h"

#include <string.h>

#define IFD_ENTRIES_MAX 512

uint32_t
tiff_tag(struct bytes b, unsigned tag)
{
	int big;
	size_t at, n, i;
	const uint8_t *t;
	unsigned type;

	if (b.len < 8 || (memcmp(b.p, "II*\0", 4) && memcmp(b.p, "MM\0*", 4)))
		return 0;
	big = b.p[0] == 'M';
	at = big ? be32(b.p + 4) : le32(b.p + 4);
	if (at > b.len || b.len - at < 2)
		return 0;
	n = big ? be16(b.p + at) : le16(b.p + at);
	at += 2;
	if (n > IFD_ENTRIES_MAX)
		n = IFD_ENTRIES_MAX;
	for (i = 0; i < n && b.len - at >= 12; i++, at += 12) {
		t = b.p + at;
		if ((big ? be16(t) : le16(t)) != tag)
			continue;
		type = big ? be16(t + 2) : le16(t + 2);
		if ((big ? be32(t + 4) : le32(t + 4)) != 1)
			return 0;
		if (type == 3)
			return big ? be16(t + 8) : le16(t + 8);
		if (type == 4)
			return big ? be32(t + 8) : le32(t + 8);
		return 0;
	}
	return 0;
}
