#include "render/music_scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/sound_reader.h"

#define SILENT_DB (-60.0)  /* dBFS */
#define BELOW_DB (-45.0)   /* of the loudest */
#define BLOCK (SCAN_STEP * 8)

double
music_scan_db(double power)
{
	return power > 1e-12 ? 10 * log10(power) : -120;
}

void
music_scan_release(struct music_scan *s)
{
	free(s->power);
	free(s->wave);
	memset(s, 0, sizeof(*s));
}

/* n frames, a multiple of SCAN_STEP but at the very end. */
static void
add(struct music_scan *s, const float *in, long n)
{
	double sum;
	long i, k;

	for (i = 0; i < n; i += SCAN_STEP) {
		sum = 0;
		for (k = i; k < i + SCAN_STEP && k < n; k++)
			sum += (double)in[2 * k] * in[2 * k] +
			    (double)in[2 * k + 1] * in[2 * k + 1];
		ALLOC_GROW(s->power, s->nr, s->alloc);
		s->power[s->nr++] = (float)(sum / (2 * (double)(k - i)));
	}
	for (i = 0; i + SCAN_WAVE <= n; i += SCAN_WAVE) {
		sum = 0;
		for (k = i; k < i + SCAN_WAVE; k++)
			sum += in[2 * k] + in[2 * k + 1];
		sum = fmax(-1, fmin(1, sum / (2 * SCAN_WAVE)));
		ALLOC_GROW(s->wave, s->wave_nr, s->wave_alloc);
		s->wave[s->wave_nr++] = (int16_t)lrint(sum * 32767);
	}
	s->frames += n;
}

static int
find_ends(struct music_scan *s, const char *path, struct err *e)
{
	double most = 0, floor = pow(10, SILENT_DB / 10);
	size_t i, from = 0, to = s->nr;

	for (i = 0; i < s->nr; i++)
		most = fmax(most, s->power[i]);
	floor = fmax(floor, most * pow(10, BELOW_DB / 10));
	while (from < to && s->power[from] <= floor)
		from++;
	while (to > from && s->power[to - 1] <= floor)
		to--;
	if (from == to)
		return err_set(e, EX_DATA, "%s: the music is silent; give "
		    "another file or take music: out of project.yaml", path);
	s->first = (int64_t)from * SCAN_STEP;
	s->last = (int64_t)to * SCAN_STEP;
	if (s->last > s->frames)
		s->last = s->frames;
	return 0;
}

int
music_scan(struct music_scan *s, const char *path, double seconds,
    struct err *e)
{
	struct sound_reader *r = sound_reader_open(path, e);
	int64_t most = llround(seconds * SOUND_RATE);
	float *block;
	long n = 0;

	memset(s, 0, sizeof(*s));
	if (!r)
		return -1;
	block = xcalloc(2 * BLOCK, sizeof(*block));
	while (s->frames < most &&
	    (n = sound_reader_read(r, block, BLOCK, e)) > 0)
		add(s, block, n);
	free(block);
	sound_reader_close(r);
	if (n < 0 || find_ends(s, path, e) < 0) {
		music_scan_release(s);
		return -1;
	}
	return 0;
}
