#include "provider/speech_join.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/speech_file.h"

#define LOUDEST 0.98f /* of full scale, so that 16 bits hold it */

/* What grows while the pieces are joined. */
struct joined {
	struct sound sound;
	struct word_time *word;
	size_t word_nr, lacking; /* pieces without words */
	struct strbuf warnings;
};

static void
fade(struct sound *s)
{
	size_t i, n = (size_t)(JOIN_FADE * s->rate);
	float g;

	if (n > s->frames / 2)
		n = s->frames / 2;
	for (i = 0; i < n; i++) {
		g = (float)(0.5 - 0.5 * cos(M_PI * (double)i / (double)n));
		s->sample[i] *= g;
		s->sample[s->frames - 1 - i] *= g;
	}
}

/* The piece's speech alone, in the joined sound's form. The gain is measured
 * for two channels as they are heard in a film, where one is heard on both
 * sides; mixing down adds 0.7 of each. */
static int
prepare(const struct speech_result *r, int rate, double gain,
    struct sound *to, struct err *e)
{
	const struct sound *s = &r->sound;
	size_t n = (size_t)s->channels, i;
	double end = fmin(r->trim_end, sound_seconds(s));
	size_t from = (size_t)llround(fmax(r->trim_start, 0) * s->rate);
	size_t until = (size_t)llround(fmax(end, 0) * s->rate);

	if (until > s->frames || until <= from)
		until = s->frames;
	if (from > until)
		from = until;
	if (s->channels == 2)
		gain *= M_SQRT1_2;
	sound_init(to, s->rate, s->channels, until - from);
	for (i = 0; i < to->frames * n; i++)
		to->sample[i] = (float)(s->sample[from * n + i] * gain);
	if (sound_resample(to, rate, 1, e) < 0)
		return -1;
	fade(to);
	return 0;
}

/* Put a piece's sound at the end, behind so much silence; returns the frame
 * where it begins. */
static size_t
append(struct sound *all, const struct sound *s, double pause)
{
	size_t gap = (size_t)llround(pause * all->rate);
	size_t at = all->frames + gap;

	all->sample = xreallocarray(all->sample, at + s->frames + 1,
	    sizeof(*all->sample));
	memset(all->sample + all->frames, 0, gap * sizeof(*all->sample));
	memcpy(all->sample + at, s->sample, s->frames * sizeof(*s->sample));
	all->frames = at + s->frames;
	return at;
}

/* The piece's words, which begin at `from` seconds and end by `to`. */
static void
add_words(struct joined *j, const struct speech_piece *p, double from,
    double to)
{
	double move = from - p->r.trim_start;
	struct word_time *w;
	size_t i;

	j->lacking += !p->r.word_nr;
	if (!p->r.word_nr)
		return;
	j->word = xreallocarray(j->word, j->word_nr + p->r.word_nr,
	    sizeof(*j->word));
	for (i = 0; i < p->r.word_nr; i++) {
		w = &j->word[j->word_nr++];
		*w = p->r.word[i];
		w->off += p->shift;
		w->start = fmin(fmax(w->start + move, from), to);
		w->end = fmin(fmax(w->end + move, w->start), to);
	}
}

/* Lines of more that b has not got yet. */
static void
add_lines(struct strbuf *b, const struct strbuf *more)
{
	const char *line = more->buf;
	size_t n;

	for (; *line; line += n) {
		n = strcspn(line, "\n");
		n += line[n] == '\n';
		if (!memmem(b->buf, b->len, line, n))
			strbuf_add(b, line, n);
	}
}

/* Nothing over full scale: the gain that the result is measured for makes up
 * for it. */
static void
turn_down(struct sound *s)
{
	float peak = 0;
	size_t i;

	for (i = 0; i < s->frames; i++)
		peak = fmaxf(peak, fabsf(s->sample[i]));
	for (i = 0; peak > LOUDEST && i < s->frames; i++)
		s->sample[i] *= LOUDEST / peak;
}

static int
join_all(struct joined *j, const struct speech_piece *p, size_t nr,
    struct err *e)
{
	const struct speech_result *first = &p[0].r;
	double gain, pause = 0, rate = first->sound.rate;
	struct sound s;
	size_t i, at;
	int k;

	sound_init(&j->sound, first->sound.rate, 1, 0);
	for (i = 0; i < nr; i++) {
		gain = first->gain > 0 ? p[i].r.gain / first->gain : 1;
		k = prepare(&p[i].r, first->sound.rate, gain, &s, e);
		if (k == 0) {
			at = append(&j->sound, &s, pause);
			add_words(j, &p[i], (double)at / rate,
			    (double)j->sound.frames / rate);
			add_lines(&j->warnings, &p[i].r.warnings);
		}
		sound_release(&s);
		if (k < 0)
			return -1;
		pause = p[i].inside ? JOIN_PAUSE_SHORT : JOIN_PAUSE;
		if (sound_seconds(&j->sound) > SPEECH_FILE_SECONDS_MAX)
			return err_set(e, EX_DATA, "more than %.0f hours of "
			    "sound; split the text",
			    SPEECH_FILE_SECONDS_MAX / 3600);
	}
	turn_down(&j->sound);
	return 0;
}

/* The joined clip as a file that came whole. */
static int
finish(const char *name, struct joined *j, const struct speech_result *first,
    struct speech_result *out, struct err *e)
{
	struct strbuf wav = STRBUF_INIT;

	sound_wav(&j->sound, &wav);
	sound_release(&j->sound);
	if (speech_file_read(name, &wav, out, e) < 0)
		return -1;
	out->word = j->word;
	out->word_nr = j->word_nr;
	j->word = NULL;
	if (out->word && !j->lacking)
		out->timing = "tts";
	strbuf_add(&out->warnings, j->warnings.buf, j->warnings.len);
	out->source_type = first->source_type;
	memcpy(out->voice, first->voice, sizeof(out->voice));
	memcpy(out->version, first->version, sizeof(out->version));
	return 0;
}

int
speech_join(const char *name, struct speech_piece *piece, size_t nr,
    struct speech_result *out, struct err *e)
{
	struct joined j = { SOUND_INIT, NULL, 0, 0, STRBUF_INIT };
	size_t i;
	int k = 0;

	if (nr == 1) {
		speech_result_release(out);
		*out = piece->r;
		speech_result_init(&piece->r);
		for (i = 0; i < out->word_nr; i++)
			out->word[i].off += piece->shift;
		return 0;
	}
	if (join_all(&j, piece, nr, e) < 0)
		k = err_prefix(e, "%s", name);
	else
		k = finish(name, &j, &piece->r, out, e);
	for (i = 0; i < nr; i++)
		speech_result_release(&piece[i].r);
	sound_release(&j.sound);
	free(j.word);
	strbuf_release(&j.warnings);
	return k;
}
