#include "media/cpu.h"

#include <libavutil/cpu.h>
#include <stdlib.h>
#include <string.h>

void
cpu_level(void)
{
#if defined(__x86_64__)
	av_force_cpu_flags(AV_CPU_FLAG_CMOV | AV_CPU_FLAG_MMX |
	    AV_CPU_FLAG_MMXEXT | AV_CPU_FLAG_SSE | AV_CPU_FLAG_SSE2);
#endif
}

int
cpu_is_plain(void)
{
	const char *s = getenv("STUDIO_SIMD");

	return s && !strcmp(s, "plain");
}
