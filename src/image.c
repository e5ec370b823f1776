/*
 * image: a picture from words, as a filter or for the scenes of a project.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "base/strbuf.h"
#include "image/image.h"
#include "provider/image.h"
#include "provider/image_make.h"
#include "provider/obtain.h"
#include "record/preset.h"
#include "record/spec.h"

static struct image_options o;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &o.dir, "DIR",
	    "work on the project in or above DIR" },
	{ 0, "provider", OPT_STRING, &o.provider, "NAME",
	    "card (default), or one of those above" },
	{ 0, "size", OPT_STRING, &o.size, "WxH",
	    "of the film's frame, 1920x1080; a picture is 1.25 x that" },
	{ 0, "style", OPT_STRING, &o.style, "WORDS",
	    "how it is drawn: nebula, city, papercut ..." },
	{ 0, "tone", OPT_STRING, &o.tone, "TONE",
	    "curious serious playful calm dramatic technical" },
	{ 0, "look", OPT_STRING, &o.look, "TEXT",
	    "any text; pictures of one look belong together" },
	{ 0, "title", OPT_STRING, &o.title, "TEXT",
	    "filter: set this on it, as a cover" },
	{ 0, "language", OPT_STRING, &o.language, "TAG",
	    "filter: of the prompt: en (default), de, pt-BR" },
	{ 0, "cover", OPT_FLAG, &o.cover, NULL,
	    "in a project: the cover, not the scenes" },
	{ 0, "again", OPT_FLAG, &o.again, NULL,
	    "make another: in a project a further take, which is used" },
	{ 0, "file", OPT_STRING, &o.file, "PATH",
	    "in a project: use this picture for the scene" },
	{ 0, "check", OPT_STRING, &o.check, "PATH",
	    "only say whether this picture can be used" },
	{ 0, "retry", OPT_FLAG, &o.retry, NULL,
	    "in a project: ask again for what was refused" },
	{ 0, "regen", OPT_FLAG, &o.regen, NULL,
	    "in a project: pay again for what was lost" },
	{ 0, "network", OPT_FLAG, &o.network, NULL,
	    "in a project: only pictures that servers make" },
	{ 0, "stored", OPT_FLAG, &o.stored, NULL,
	    "in a project: only pictures that the store has" },
	{ 'q', "quiet", OPT_FLAG, &o.quiet, NULL,
	    "in a project: print no records" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[--provider NAME] [--size WxH] [--style WORDS] [--tone TONE]\n"
	"             [--look TEXT] [--title TEXT] [--language TAG]\n"
	"             <prompt >picture.png",
	"-C DIR [-q] [--provider NAME] [--again] [--file PATH] [--retry]\n"
	"             [--regen] [--network] [--stored] [SCENE ... | --cover]",
	"--check PATH",
	NULL
};

static const struct usage usage = {
	"image", synopsis,
	"Make a picture: prompt on stdin, PNG on stdout.\n"
	"Servers: openai gemini a1111 sdcpp pexels, as NAME:MODEL; exec:"
	"COMMAND.", options
};

static void
read_prompt(struct strbuf *text)
{
	pipe_read_text(text, IMAGE_PROMPT_BYTES, "give plain text");
	strbuf_trim(text);
	if (!text->len)
		die(EX_DATA, "stdin: holds no words; say what to draw");
}

static void
make_request(struct image_request *q, const char *prompt, const char *spec)
{
	q->prompt = prompt;
	q->style = o.style;
	q->tone = o.tone ? o.tone : "curious";
	q->language = o.language ? o.language : "en";
	q->look = o.look;
	q->title = o.title;
	q->model = spec_model(spec);
	q->width = 1920;
	q->height = 1080;
	q->take = 1;
	if (o.size && frame_size_parse(o.size, &q->width, &q->height) < 0)
		options_fail(&usage, "--size is WIDTHxHEIGHT, both even, 16 "
		    "to 7680: \"%s\"", o.size);
}

/* What comes out is PNG, whatever came from the provider. */
static int
as_png(struct image_result *r, struct strbuf *out, struct err *e)
{
	const char *ext;

	if (r->bytes.len && strcmp(r->extension, "png") != 0)
		strbuf_release(&r->bytes);
	return image_result_file(r, out, &ext, e);
}

static void
run_filter(void)
{
	const char *spec = o.provider ? o.provider : "card";
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	const struct image_provider *p;
	struct obtain how = { 0 };
	struct image_request q;
	struct image_result r;
	struct err e = ERR_INIT;

	if (isatty(STDIN_FILENO))
		options_fail(&usage, "give the prompt on stdin");
	if (isatty(STDOUT_FILENO))
		options_fail(&usage, "will not write a picture to a terminal; "
		    "send it to a file");
	p = image_provider_find(spec, &e);
	if (!p)
		die_err(&e);
	memset(&q, 0, sizeof(q));
	make_request(&q, NULL, spec);
	read_prompt(&text);
	q.prompt = text.buf;
	image_result_init(&r);
	how.spec = spec;
	how.what = "stdin";
	how.again = o.again;
	if (image_obtain(p, &how, &q, &r, &e) < 0 || as_png(&r, &out, &e) < 0)
		die_err(&e);
	warning_lines("", r.warnings.buf);
	pipe_write(&out);
	image_result_release(&r);
	strbuf_release(&text);
	strbuf_release(&out);
}

/* For studio, which decodes nothing. */
static int
check_file(void)
{
	char *dir = path_dirname(o.check);
	struct err e = ERR_INIT;

	if (image_check_file(dir, path_basename(o.check), NULL, NULL, &e) < 0)
		die_err(&e);
	free(dir);
	return EX_DONE;
}

int
main(int argc, char **argv)
{
	char **operand;
	int n;

	n = options_parse(&usage, argc, argv, &operand);
	if (o.check && (argc > 3 || n))
		options_fail(&usage, "--check stands alone");
	if (o.check)
		return check_file();
	if (o.dir) {
		if (o.title || o.language)
			options_fail(&usage, "--title and --language are for "
			    "the filter; a project says them in project.yaml");
		return image_project(&usage, &o, operand, n);
	}
	if (o.cover || o.file || o.retry || o.regen ||
	    o.network || o.stored)
		options_fail(&usage, "--cover, --file, --retry, --network, "
		    "--stored and --regen are for a project: run studio "
		    "image, or give -C DIR");
	if (n)
		options_fail(&usage, "a filter takes no operand: \"%s\"; the "
		    "prompt comes on stdin, and a scene's picture is made by "
		    "studio image", operand[0]);
	signal(SIGPIPE, SIG_DFL);
	run_filter();
	return EX_DONE;
}
