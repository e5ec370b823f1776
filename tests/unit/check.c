#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "provider/extract.h"
#include "tap.h"
#include "text/check.h"
#include "text/check_prompts.h"
#include "text/check_source.h"
#include "text/stage.h"

static void
stages(void)
{
	static const struct {
		const char *in, *want;
	} t[] = {
		{ "One (pause) two.", "One  two." },
		{ "(Pause) One.", " One." },
		{ "One. (long pause) Two.", "One.  Two." },
		{ "[music] One.", " One." },
		{ "One. [Camera pans to the sea] Two.", "One.  Two." },
		{ "One [the sea] two.", "One [the sea] two." },
		{ "[placeholder: a fact]", "[placeholder: a fact]" },
		{ "One (the sea) two.", "One (the sea) two." },
		{ "He wrote (music for the film) well.",
		    "He wrote (music for the film) well." },
		{ "It ran (1990-1995).", "It ran (1990-1995)." },
		{ "(0:00 - 0:05) One.", " One." },
		{ "[00:05] One.", " One." },
		{ "Narrator: One.", " One." },
		{ "NARRATOR (V.O.): One.", " One." },
		{ "Scene 12: One.", " One." },
		{ "The scene: one.", "The scene: one." },
		{ "One. Narrator: two.", "One. Narrator: two." },
		{ "Erz\xc3\xa4hlerin: Eins.", " Eins." },
		{ "\xe6\x97\x81\xe7\x99\xbd\xef\xbc\x9a\xe4\xb8\x80",
		    "\xe4\xb8\x80" },
		{ "\xef\xbc\x88\xe5\x81\x9c\xe9\xa1\xbf\xef\xbc\x89\xe4\xb8"
		    "\x80", "\xe4\xb8\x80" },
		{ "A smile :) and ( open [", "A smile :) and ( open [" },
		{ ": x", ": x" }, { "()[]", "()[]" }, { "", "" },
	};
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		strbuf_reset(&b);
		stage_remove(t[i].in, strlen(t[i].in), &b);
		is(b.buf, t[i].want, t[i].in);
	}
	strbuf_release(&b);
}

/* Warnings of check_script about scenes that are "text|image" each. */
static char *
checked(const char *const *scene, const char *source)
{
	struct check_request q = { .language = "en", .platform = "youtube",
		.source = source };
	struct script s = SCRIPT_INIT;
	struct strbuf out = STRBUF_INIT;
	struct script_part *p;
	const char *bar;
	char *text;

	for (; *scene; scene++) {
		bar = strchr(*scene, '|');
		text = xmemdup(*scene, (size_t)(bar - *scene));
		p = script_add(&s, NULL, text);
		p->image = bar[1] ? xstrdup(bar + 1) : NULL;
		free(text);
	}
	check_script(&s, &q, &out);
	script_release(&s);
	return strbuf_detach(&out, NULL);
}

static void
parts(void)
{
	static const char *const none[] = { "One.|", "Two.|", NULL };
	static const char *const some[] = { "One.|a red ship in a harbour",
		"Two.|", "|a lighthouse in a storm", NULL };
	static const char *const twice[] = { "One.|A grey whale breaching "
		"near a small boat", "Two.|a lighthouse", "Three.|grey whales "
		"breaching near the small boat, at dawn", "Four.|The "
		"lighthouse.", NULL };
	static const char *const stage[] = { "One (pause) two.|", NULL };
	char *got;

	got = checked(none, NULL);
	is(got, "", "no prompts at all are fine");
	free(got);
	got = checked(some, NULL);
	is(got, "scene 2 has no image prompt\nscene 3 has no narration\n",
	    "where some have one, all must");
	free(got);
	got = checked(twice, NULL);
	is(got, "scene 3 has nearly the image prompt of scene 1\n"
	    "scene 4 has nearly the image prompt of scene 2\n",
	    "repeated prompts");
	free(got);
	got = checked(stage, NULL);
	is(got, "scene 1 has a stage direction that would be read aloud: "
	    "\"(pause)\"\n", "stage direction");
	free(got);
}

static void
sources(void)
{
	static const char source[] = "# Whales\n\nIn 1986 some 1,500 whales, "
	    "3.5 m long, met near **R**eykjavik, Iceland. Dr. O'Brien of "
	    "Germany paid 2 000 000 kr, or 12.75 each, at 10:30.\n";
	static const char *const good[] = { "In 1986, 1500 whales met. At "
		"Reykjavik, Icelandic and German boats came.|", "O'Brien\xe2"
		"\x80\x99s team paid 2,000,000 or 2000000 kr: Twelve, or "
		"12.75, at 10:30.|", "There were 3 of them, I think, 3,5 m "
		"long. \"Look,\" he said.|", NULL };
	static const char *const bad[] = { "In 1987, Reykjavik met Anna "
		"Jones.|", "Jones had 1,501 of 35, and 1987 too.|", NULL };
	char *got = checked(good, source);

	is(got, "", "what is in the source");
	free(got);
	got = checked(bad, source);
	is(got, "scene 1: \"1987\" is not in the source\n"
	    "scene 1: \"Anna\" is not in the source\n"
	    "scene 1: \"Jones\" is not in the source\n"
	    "scene 2: \"1,501\" is not in the source\n"
	    "scene 2: \"35\" is not in the source\n", "and what is not");
	free(got);
	got = checked(bad, NULL);
	is(got, "", "without a source nothing is");
	free(got);
}

static void
languages(void)
{
	struct script s = SCRIPT_INIT;
	struct strbuf out = STRBUF_INIT;
	int n;

	script_add(&s, NULL, "Der alte Wal traf 77 Boote.");
	n = check_source(&s, "de-AT", "Ein Wal.", &out);
	is(out.buf, "scene 1: \"77\" is not in the source\n",
	    "German has no names, but numbers");
	ok(n == 1, "one: %d", n);
	script_release(&s);
	strbuf_reset(&out);
	script_add(&s, NULL, "\xd0\xa1\xd0\xb5\xd0\xb3\xd0\xbe\xd0\xb4\xd0\xbd"
	    "\xd1\x8f \xd0\xb2 \xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0"
	    "\xb5.");
	n = check_source(&s, "ru", "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2"
	    "\xd0\xb0", &out);
	ok(!n, "another ending: %s", out.buf);
	script_release(&s);
	strbuf_reset(&out);
	script_add(&s, NULL, "13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 "
	    "29 30 31 32 33 34 35");
	n = check_source(&s, "en", "", &out);
	ok(n == 23 && strstr(out.buf, "\"32\"") && !strstr(out.buf, "\"33\"") &&
	    strstr(out.buf, "\nand 3 more\n"), "at most 20 lines: %d", n);
	script_release(&s);
	strbuf_release(&out);
}

/* 1000 prompts of 60 words. */
static void
fast(void)
{
	struct strbuf b = STRBUF_INIT;
	struct script s = SCRIPT_INIT;
	clock_t c;
	int i, k, n;

	for (i = 0; i < 1000; i++) {
		strbuf_reset(&b);
		for (k = 0; k < 60; k++)
			strbuf_addf(&b, "w%dx ", (i * 31 + k * k * 7) % 5000);
		script_add(&s, NULL, "x")->image = xstrdup(b.buf);
	}
	strbuf_reset(&b);
	c = clock();
	n = check_prompts(&s, "en", &b);
	c = clock() - c;
	ok(c < CLOCKS_PER_SEC * 5, "1000 prompts in %.2f s, %d alike",
	    (double)c / CLOCKS_PER_SEC, n);
	script_release(&s);
	strbuf_release(&b);
}

/* Sentences of a source are not said to be missing in it. */
static void
extracts(void)
{
	static const char *const names[] = { "lighthouse", "soil", "glass",
		"bread" };
	struct script_request q = { .brief = "", .language = "en",
		.platform = "youtube", .voice_provider = "flite", .speed = 1 };
	struct script_result r;
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	char *path, *dir = path_program_dir();
	size_t i;
	int ret;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		path = xasprintf("%s/../../../../tests/data/summary/%s.md",
		    dir, names[i]);
		strbuf_reset(&b);
		if (file_read(path, 1u << 20, &b, &e) < 0)
			ok(0, "%s", e.msg);
		free(path);
		q.source = b.buf;
		ret = extract_script.write(&q, &r, &e);
		ok(ret == 0 && !strstr(r.warnings.buf, "not in the source") &&
		    r.seconds > 10, "%s: %.0f s; %s", names[i], r.seconds,
		    r.warnings.buf);
		script_result_release(&r);
	}
	free(dir);
	strbuf_release(&b);
}

int
main(void)
{
	stages();
	parts();
	sources();
	languages();
	fast();
	extracts();
	return done_testing();
}
