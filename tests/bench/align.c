/*
 * Word times found in a sound, for scripts/bench-align: a line a word, start
 * and end in seconds, then the word.
 *
 *	align auto|english|echo LANGUAGE TEXT-FILE SOUND
 */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "media/listen.h"
#include "provider/align.h"

#define TEXT_BYTES (1u << 20)

static int
align(const char *how, const struct speech_request *q,
    struct speech_result *r, struct align_found *f)
{
	struct sound s = SOUND_INIT;
	int k;

	if (!strcmp(how, "auto")) {
		align_words(q, r);
		f->word = r->word;
		f->nr = r->word_nr;
		r->word = NULL;
		return !f->word;
	}
	listen_to(&r->sound, 0, r->sound.frames, &s);
	k = !strcmp(how, "echo") ? align_echo(q, &s, f)
				 : align_english(q, &s, f);
	sound_release(&s);
	return k;
}

int
main(int argc, char **argv)
{
	struct speech_request q = { 0 };
	struct speech_result r;
	struct align_found f = { NULL, 0 };
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i;
	int k;

	if (argc != 5)
		die(EX_BADUSE, "align auto|english|echo LANGUAGE TEXT SOUND");
	speech_result_init(&r);
	if (file_read(argv[3], TEXT_BYTES, &text, &e) < 0 ||
	    sound_load(&r.sound, argv[4], &e) < 0)
		die_err(&e);
	q.language = argv[2];
	q.text = text.buf;
	q.speed = 1;
	k = align(argv[1], &q, &r, &f);
	for (i = 0; i < f.nr; i++)
		printf("%.3f\t%.3f\t%.*s\n", f.word[i].start, f.word[i].end,
		    (int)f.word[i].len, text.buf + f.word[i].off);
	align_found_release(&f);
	speech_result_release(&r);
	strbuf_release(&text);
	return k ? EX_FAILED : EX_DONE;
}
