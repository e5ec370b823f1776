/*
 * tts: text to speech, as a filter or for the scenes of a project.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/options.h"
#include "base/strbuf.h"
#include "provider/provider.h"
#include "provider/speech.h"
#include "record/json.h"

#define SPEED_MIN 0.5
#define SPEED_MAX 2.0

static const char *dir, *provider, *voice, *language, *words, *file;
static double speed;
static int again;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "work on the project in or above DIR" },
	{ 0, "provider", OPT_STRING, &provider, "NAME",
	    "flite, espeak, or another, with :MODEL" },
	{ 0, "voice", OPT_STRING, &voice, "VOICE", "of the provider" },
	{ 0, "speed", OPT_REAL, &speed, "FACTOR", "0.5 to 2, 1 is normal" },
	{ 0, "language", OPT_STRING, &language, "TAG",
	    "of the text: en (default), de, pt-BR" },
	{ 0, "words", OPT_STRING, &words, "FILE",
	    "write when each word is spoken, as JSON" },
	{ 0, "again", OPT_FLAG, &again, NULL,
	    "in a project: make a further take and use it" },
	{ 0, "file", OPT_STRING, &file, "PATH",
	    "in a project: use this recording" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[--provider NAME] [--voice VOICE] [--speed FACTOR]\n"
	"           [--language TAG] [--words FILE] <text >speech.wav",
	NULL
};

static const struct usage usage = {
	"tts", synopsis, "Speak text: text on stdin, WAV on stdout.", options
};

/* The words with their times, [{"word","start","end"}], one a line. */
static void
print_words(const char *text, const struct speech_result *r,
    struct strbuf *out)
{
	size_t i;

	strbuf_addstr(out, "[");
	for (i = 0; i < r->word_nr; i++) {
		strbuf_addstr(out, i ? ",\n {\"word\": " : "\n {\"word\": ");
		json_print_text(text + r->word[i].off, r->word[i].len, out);
		strbuf_addf(out, ", \"start\": %.3f, \"end\": %.3f}",
		    r->word[i].start, r->word[i].end);
	}
	strbuf_addstr(out, r->word_nr ? "\n]\n" : "]\n");
}

static void
print_warnings(struct speech_result *r)
{
	char *line, *rest;

	for (line = strtok_r(r->warnings.buf, "\n", &rest); line;
	    line = strtok_r(NULL, "\n", &rest))
		warning("%s", line);
}

static void
write_result(const char *text, struct speech_result *r)
{
	struct strbuf out = STRBUF_INIT;
	struct err e = ERR_INIT;

	print_warnings(r);
	if (words) {
		if (!r->word)
			warning("%s: the provider gives no word times; "
			    "writing none", words);
		print_words(text, r, &out);
		if (file_write(words, out.buf, out.len, &e) < 0)
			die_err(&e);
		strbuf_reset(&out);
	}
	sound_wav(&r->sound, &out);
	if (file_write_all(STDOUT_FILENO, out.buf, out.len) < 0) {
		err_errno(&e, "stdout: cannot write");
		die_err(&e);
	}
	strbuf_release(&out);
}

static void
run_filter(void)
{
	struct strbuf text = STRBUF_INIT;
	struct speech_request q = { 0 };
	struct speech_result r;
	const struct speech_provider *p;
	struct err e = ERR_INIT;
	const char *name, *usual;

	if (isatty(STDIN_FILENO))
		options_fail(&usage, "give the text on stdin");
	if (isatty(STDOUT_FILENO))
		options_fail(&usage, "will not write sound to a terminal; "
		    "send it to a file or a player");
	q.language = language ? language : "en";
	q.speed = speed;
	q.voice = voice;
	name = provider;
	if (!name && speech_default(q.language, &name, &usual, &e) < 0)
		die_err(&e);
	p = speech_provider_find(name, &e);
	if (!p || fd_read(STDIN_FILENO, "stdin", SPOKEN_BYTES_MAX, &text,
	    &e) < 0)
		die_err(&e);
	if (strlen(text.buf) != text.len)
		die(EX_DATA, "stdin: holds NUL bytes; give plain text");
	q.text = text.buf;
	q.model = strchr(name, ':') ? strchr(name, ':') + 1 : NULL;
	if (p->speak(&q, &r, &e) < 0)
		die_err(&e);
	write_result(q.text, &r);
	speech_result_release(&r);
	strbuf_release(&text);
}

int
main(int argc, char **argv)
{
	char **operand;

	set_program_name("tts");
	speed = 1;
	if (options_parse(&usage, argc, argv, &operand) > 0)
		options_fail(&usage, "a filter takes no operand: \"%s\"",
		    operand[0]);
	if (!(speed >= SPEED_MIN && speed <= SPEED_MAX))
		options_fail(&usage, "--speed is %.1f to %.1f", SPEED_MIN,
		    SPEED_MAX);
	if (again || file || dir)
		options_fail(&usage, "--again, --file and -C are for a "
		    "project");
	run_filter();
	return EX_DONE;
}
