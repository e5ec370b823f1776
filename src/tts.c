/*
 * tts: text to speech, as a filter or for the scenes of a project.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/options.h"
#include "base/pipe.h"
#include "base/strbuf.h"
#include "media/sound.h"
#include "media/voice_clip.h"
#include "provider/obtain.h"
#include "provider/provider.h"
#include "provider/speech.h"
#include "record/json.h"
#include "record/spec.h"
#include "tts/tts.h"

#define SPEED_MIN 0.5
#define SPEED_MAX 2.0

static struct tts_options o;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &o.dir, "DIR",
	    "work on the project in or above DIR" },
	{ 0, "provider", OPT_STRING, &o.provider, "NAME",
	    "flite, espeak, or one of those above" },
	{ 0, "voice", OPT_STRING, &o.voice, "VOICE", "of the provider" },
	{ 0, "speed", OPT_REAL, &o.speed, "FACTOR", "0.5 to 2, 1 is normal" },
	{ 0, "language", OPT_STRING, &o.language, "TAG",
	    "of the text: en (default), de, pt-BR" },
	{ 0, "words", OPT_STRING, &o.words, "FILE",
	    "write when each word is spoken, as JSON" },
	{ 0, "again", OPT_FLAG, &o.again, NULL,
	    "make another: in a project a further take, which is used" },
	{ 0, "file", OPT_STRING, &o.file, "PATH",
	    "in a project: use this recording" },
	{ 0, "check", OPT_STRING, &o.check, "PATH",
	    "only say whether this recording can be used" },
	{ 0, "retry", OPT_FLAG, &o.retry, NULL,
	    "in a project: ask again where a provider refused" },
	{ 0, "regen", OPT_FLAG, &o.regen, NULL,
	    "in a project: pay again for what was lost" },
	{ 0, "network", OPT_FLAG, &o.network, NULL,
	    "in a project: only voices that servers make" },
	{ 0, "stored", OPT_FLAG, &o.stored, NULL,
	    "in a project: only voices that the store has" },
	{ 'q', "quiet", OPT_FLAG, &o.quiet, NULL,
	    "in a project: print no records" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[--provider NAME] [--voice VOICE] [--speed FACTOR]\n"
	"           [--language TAG] [--words FILE] <text >speech.wav",
	"-C DIR [-q] [--again | --file PATH] [--voice VOICE]\n"
	"           [--speed FACTOR] [--provider NAME] [--retry] [--regen]\n"
	"           [--network] [--stored] [SCENE...]",
	"--check PATH",
	NULL
};

static const struct usage usage = {
	"tts", synopsis,
	"Speak text: text on stdin, WAV on stdout; or a project's scenes.\n"
	"Servers: openai gemini elevenlabs kokoro piper, as NAME:MODEL; exec:"
	"COMMAND.",
	options
};

/* The words with their times, [{"word","start","end"}], one a line. */
static void
print_words(const char *text, const struct speech_result *r,
    struct strbuf *out)
{
	size_t i;

	strbuf_addstr(out, "[");
	for (i = 0; r->word && i < r->word_nr; i++) {
		strbuf_addstr(out, i ? ",\n {\"word\": " : "\n {\"word\": ");
		json_print_text(text + r->word[i].off, r->word[i].len, out);
		strbuf_addf(out, ", \"start\": %.3f, \"end\": %.3f}",
		    r->word[i].start, r->word[i].end);
	}
	strbuf_addstr(out, r->word_nr ? "\n]\n" : "]\n");
}

static void
write_result(const char *text, struct speech_result *r)
{
	struct strbuf out = STRBUF_INIT;
	struct err e = ERR_INIT;

	warning_lines("", r->warnings.buf);
	if (o.words) {
		if (!r->word)
			warning("%s: the provider gives no word times; "
			    "writing none", o.words);
		print_words(text, r, &out);
		if (file_write(o.words, out.buf, out.len, &e) < 0)
			die_err(&e);
		strbuf_reset(&out);
	}
	sound_wav(&r->sound, &out);
	pipe_write(&out);
	strbuf_release(&out);
}

/* A sound file as a provider sent it, cleaned up as ours are. */
static int
clean(struct speech_result *r, const char *name, struct err *e)
{
	struct voice_level level;
	size_t i;

	if (!r->bytes.len)
		return 0;
	if (voice_clip_clean(&r->sound, name, &level, e) < 0)
		return -1;
	for (i = 0; r->word && i < r->word_nr; i++) {
		r->word[i].start -= level.head;
		r->word[i].end -= level.head;
	}
	return 0;
}

static void
speak(const char *text)
{
	struct speech_request q = { 0 };
	struct obtain how = { 0 };
	struct speech_result r;
	const struct speech_provider *p;
	struct err e = ERR_INIT;
	const char *usual;

	q.text = text;
	q.language = o.language ? o.language : "en";
	q.speed = o.speed > 0 ? o.speed : 1;
	q.voice = o.voice;
	how.spec = o.provider;
	how.what = "stdin";
	how.again = o.again;
	if (!how.spec &&
	    speech_default(q.language, &how.spec, &usual, &e) < 0)
		die_err(&e);
	p = speech_provider_find(how.spec, &e);
	if (!p)
		die_err(&e);
	q.model = spec_model(how.spec);
	speech_result_init(&r);
	if (speech_obtain(p, &how, &q, &r, &e) < 0 ||
	    clean(&r, how.spec, &e) < 0) {
		if (e.code == EX_DATA && p->speak)
			err_prefix(&e, "stdin");
		die_err(&e);
	}
	write_result(text, &r);
	speech_result_release(&r);
}

static void
run_filter(void)
{
	struct strbuf text = STRBUF_INIT;
	struct err e = ERR_INIT;

	if (isatty(STDIN_FILENO))
		options_fail(&usage, "give the text on stdin");
	if (isatty(STDOUT_FILENO))
		options_fail(&usage, "will not write sound to a terminal; "
		    "send it to a file or a player");
	if (fd_read(STDIN_FILENO, "stdin", SPOKEN_BYTES_MAX, &text, &e) < 0)
		die_err(&e);
	if (strlen(text.buf) != text.len)
		die(EX_DATA, "stdin: holds NUL bytes; give plain text");
	if (!text.buf[strspn(text.buf, " \t\r\n")])
		die(EX_DATA, "stdin: there is no text to speak");
	speak(text.buf);
	strbuf_release(&text);
}

/* For studio, which decodes nothing. */
static int
check_file(void)
{
	struct err e = ERR_INIT;
	struct sound sound;

	if (sound_load(&sound, o.check, &e) < 0)
		die_err(&e);
	sound_release(&sound);
	return EX_DONE;
}

int
main(int argc, char **argv)
{
	char **operand;
	int n = options_parse(&usage, argc, argv, &operand);

	if (o.speed != 0 && !(o.speed >= SPEED_MIN && o.speed <= SPEED_MAX))
		options_fail(&usage, "--speed is %.1f to %.1f", SPEED_MIN,
		    SPEED_MAX);
	if (o.dir && (o.language || o.words))
		options_fail(&usage, "--%s is for text on stdin; in a project "
		    "it is in project.yaml and the records",
		    o.language ? "language" : "words");
	if (o.check && (argc > 3 || n))
		options_fail(&usage, "--check stands alone");
	if (o.check)
		return check_file();
	if (o.dir)
		return tts_project(&usage, &o, operand, n);
	if (n > 0 || o.file || o.retry || o.regen ||
	    o.network || o.stored)
		options_fail(&usage, "%s is for a project: run studio tts, "
		    "or add -C DIR", n > 0 ? "a scene's name" :
		    o.file ? "--file" :
		    o.retry ? "--retry" : o.regen ? "--regen" :
		    o.network ? "--network" : "--stored");
	run_filter();
	return EX_DONE;
}
