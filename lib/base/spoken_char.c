#include "base/spoken_char.h"

#include <string.h>

int
spoken_is_kana(uint32_t cp)
{
	return (cp >= 0x3041 && cp <= 0x30ff) || (cp >= 0x31f0 && cp <= 0x31ff);
}

int
spoken_is_cjk(uint32_t cp)
{
	return (cp >= 0x3005 && cp <= 0x3007) ||
	    (cp >= 0x3041 && cp <= 0x30ff && cp != 0x30fb) ||
	    (cp >= 0x31f0 && cp <= 0x31ff) || (cp >= 0x3400 && cp <= 0x4dbf) ||
	    (cp >= 0x4e00 && cp <= 0x9fff) || (cp >= 0xf900 && cp <= 0xfaff) ||
	    (cp >= 0x20000 && cp <= 0x3ffff);
}

int
spoken_is_picture(uint32_t cp)
{
	return (cp >= 0x2600 && cp <= 0x27bf) ||
	    (cp >= 0x2300 && cp <= 0x23ff) || (cp >= 0x2460 && cp <= 0x25ff) ||
	    (cp >= 0x2b00 && cp <= 0x2bff) || (cp >= 0xe000 && cp <= 0xf8ff) ||
	    (cp >= 0x1f000 && cp <= 0x1fbff) || cp >= 0xf0000 || cp == 0xfffd;
}

int
spoken_is_invisible(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp <= 0x9f) || cp == 0xad ||
	    cp == 0x200b || (cp >= 0x200d && cp <= 0x200f) ||
	    (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2060 && cp <= 0x206f) ||
	    (cp >= 0xfe00 && cp <= 0xfe0f) || cp == 0xfeff || cp == 0x20e3 ||
	    (cp >= 0x1f3fb && cp <= 0x1f3ff) ||
	    (cp >= 0xe0000 && cp <= 0xe01ef);
}

int
spoken_sounds(uint32_t cp)
{
	static const char sign[] = "%&+=@$<>";

	if (cp < 0x80)
		return (cp >= '0' && cp <= '9') ||
		    ((cp | 32) >= 'a' && (cp | 32) <= 'z') ||
		    (cp && strchr(sign, (int)cp));
	if (cp < 0xc0)
		return cp == 0xa2 || cp == 0xa3 || cp == 0xa5 || cp == 0xa7 ||
		    cp == 0xa9 || cp == 0xb0 || cp == 0xb1 || cp == 0xb5 ||
		    cp == 0xaa || cp == 0xba || (cp >= 0xbc && cp <= 0xbe);
	if (cp >= 0x2000 && cp < 0x2c00)
		return (cp >= 0x20a0 && cp <= 0x20bf) ||
		    (cp >= 0x2070 && cp <= 0x209c) ||
		    (cp >= 0x2100 && cp <= 0x218f) ||
		    (cp >= 0x2200 && cp <= 0x22ff) || cp == 0x2030;
	if ((cp >= 0x3000 && cp < 0x3041) || cp == 0x30fb)
		return spoken_is_cjk(cp);
	if (cp >= 0xfe10 && cp < 0xffe0)
		return (cp >= 0xfe70 && cp < 0xff00) ||
		    (cp >= 0xff10 && cp <= 0xff19) ||
		    (cp >= 0xff21 && cp <= 0xff3a) ||
		    (cp >= 0xff41 && cp <= 0xff5a) || cp >= 0xff66;
	return !spoken_is_picture(cp) && !spoken_is_invisible(cp);
}
