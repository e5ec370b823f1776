#include <stdlib.h>
#include <string.h>

#include "record/preset.h"
#include "record/schema.h"
#include "record/yaml.h"
#include "../tests/unit/tap.h"

static struct err e;

/* Check one line added to a good record of the kind; want NULL: passes. */
static void
check(enum record_kind kind, const char *line, const char *want)
{
	static const char id[] = "id: 6ba7b810-9dad-11d1-80b4-00c04fd430c8\n";
	struct strbuf b = STRBUF_INIT;
	struct node *n;
	int bad;

	if (!strstr(line, "id:"))
		strbuf_addstr(&b, id);
	if (kind == RECORD_PROJECT && !strstr(line, "title:"))
		strbuf_addstr(&b, "title: Whales\n");
	if (kind == RECORD_SCENE && !strstr(line, "text:"))
		strbuf_addstr(&b, "text: A whale.\n");
	strbuf_addf(&b, "%s\n", line);
	e.msg[0] = '\0';
	n = yaml_parse("f.yaml", b.buf, b.len, &e);
	bad = !n || schema_check(kind, "f.yaml", n, &e) < 0;
	if (!ok(want ? bad && strstr(e.msg, want) : !bad, "%s %s",
	    record_name(kind), line))
		printf("# %s\n", bad ? e.msg : "(passes)");
	node_free(n);
	strbuf_release(&b);
}

static void
test_project(void)
{
	check(RECORD_PROJECT, "platform: shorts", NULL);
	check(RECORD_PROJECT, "unknown: {a: [1]}", NULL);
	check(RECORD_PROJECT, "size: 1280x720", NULL);
	check(RECORD_PROJECT, "size: 1280x721", "size: found '1280x721'");
	check(RECORD_PROJECT, "title: 2001", NULL);
	check(RECORD_PROJECT, "title: [a]",
	    "f.yaml:2: title: found 'a list'; must be a text");
	check(RECORD_PROJECT, "title: ", "f.yaml:2: title: is missing");
	check(RECORD_PROJECT, "id: 7",
	    "id: found '7'; must be a UUID, such as uuidgen(1) prints");
	check(RECORD_PROJECT, "platform: myspace",
	    "f.yaml:3: platform: found 'myspace'; must be one of: youtube");
	check(RECORD_PROJECT, "platform: you", "platform: found 'you'");
	check(RECORD_PROJECT, "tone: angry",
	    "one of: curious serious playful calm dramatic technical");
	check(RECORD_PROJECT, "language: pt-BR", NULL);
	check(RECORD_PROJECT, "language: zh-Hant-TW", NULL);
	check(RECORD_PROJECT, "language: e", "language tag");
	check(RECORD_PROJECT, "language: en_US", "language tag");
	check(RECORD_PROJECT, "targetLength: 1m30s", NULL);
	check(RECORD_PROJECT, "targetLength: 300 words", NULL);
	check(RECORD_PROJECT, "targetLength: long", "a length such as");
	check(RECORD_PROJECT, "status: done", "draft in-progress completed");
	check(RECORD_PROJECT, "createdAt: 2026-11-22T15:57:02Z", NULL);
	check(RECORD_PROJECT, "createdAt: yesterday", "a time such as");
	check(RECORD_PROJECT, "music: {file: media/a.mp3, level: 18}", NULL);
	check(RECORD_PROJECT, "music: {file: ../a.mp3}", "inside the project");
	check(RECORD_PROJECT, "music: loud", "music: found 'loud'; must be a "
	    "map");
	check(RECORD_PROJECT, "videos: [{name: a, preset: shorts}]", NULL);
	check(RECORD_PROJECT, "videos: [{name: A B}]",
	    "videos[1].name: found 'A B'");
	check(RECORD_PROJECT, "videos: [{name: a}, {preset: reels}]",
	    "videos[2].name: is missing");
	check(RECORD_PROJECT, "videos: [a]", "videos[1]: found 'a'; must be a "
	    "map");
}

static void
test_scene(void)
{
	check(RECORD_SCENE, "audio: {voice: slt, speed: 1.1, takes: 2, use: 2}",
	    NULL);
	check(RECORD_SCENE, "audio: {speed: 7}",
	    "audio.speed: found '7'; must be a number from 0.5 to 2");
	check(RECORD_SCENE, "audio: {speed: '1'}", "audio.speed");
	check(RECORD_SCENE, "audio: {takes: 1.5}", "whole number");
	check(RECORD_SCENE, "audio: {use: 0}", "from 1 to 99");
	check(RECORD_SCENE, "image: {takes: 100}", "from 1 to 99");
	check(RECORD_SCENE, "image: {focus: [0.5, 1]}", NULL);
	check(RECORD_SCENE, "image: {focus: [0.5, 1.1]}", "two numbers");
	check(RECORD_SCENE, "image: {focus: 0.5}", "two numbers");
	check(RECORD_SCENE, "image: {file: /etc/passwd}", "inside");
	check(RECORD_SCENE, "image: {file: 'file:x'}", "inside");
	check(RECORD_SCENE, "motion: spin", "in out left right up down still");
	check(RECORD_SCENE, "transition: wipe", NULL);
	check(RECORD_SCENE, "transition: spin", "fade cut dip wipe");
	check(RECORD_SCENE, "transitionSeconds: 0.1", NULL);
	check(RECORD_SCENE, "transitionSeconds: 2.1", "from 0.1 to 2");
	check(RECORD_SCENE, "motion: {from: [0, 0, 1], to: [0.2, 0.1, 0.6, "
	    "0.5]}\neasing: linear", NULL);
	check(RECORD_SCENE, "motion: {from: [0, 0, 1]}", "to: is missing");
	check(RECORD_SCENE, "motion: {from: [0, 0, 1], to: [0.5, 0, 0.6]}",
	    "a list of left, top");
	check(RECORD_SCENE, "motion: {from: [0, 0], to: [0, 0, .nan]}",
	    "a list of left, top");
	check(RECORD_SCENE, "motion: [in]", "or a map such as");
	check(RECORD_SCENE, "easing: fast", "smooth linear in out");
	check(RECORD_SCENE, "duration: 4s", NULL);
	check(RECORD_SCENE, "duration: 0s", "a duration such as");
	check(RECORD_SCENE, "text: ''", NULL);
	check(RECORD_SCENE, "text: ", "text: is missing");
}

static void
test_characters(enum record_kind kind)
{
	check(kind, "characters: {Maya: red hair}", NULL);
	check(kind, "characters: {Mr. X: 7, Y: {description: old}}", NULL);
	check(kind, "characters: {Maya: {picture: media/m.png}}", NULL);
	check(kind, "characters: Maya", "characters: found 'Maya'; must be a "
	    "map");
	check(kind, "characters: {Maya: [a]}", "characters.Maya: found 'a "
	    "list'; must be a description such as");
	check(kind, "characters: {Maya: }", "characters.Maya: found 'nothing'");
	check(kind, "characters: {Maya: {hair: red}}",
	    "characters.Maya: found 'a map'");
	check(kind, "characters: {Maya: {picture: ../m.png}}",
	    "characters.Maya.picture: found '../m.png'; must be a path inside "
	    "the project, such as media/own.png; copy the file there");
	check(kind, "characters: {Maya: {picture: /m.png}}", "inside");
	check(kind, "characters: {Maya: {description: [a]}}",
	    "characters.Maya.description: found 'a list'");
	check(kind, "characters: {Maya.picture: x}", "ends in .picture");
}

static void
test_options(const char *field)
{
	char line[8400];
	size_t n, i;

#define LINE(...) (snprintf(line, sizeof(line), __VA_ARGS__), line)
	check(RECORD_SETTINGS, LINE("%s: {steps: 30, cfg_scale: 6.5, hd: true, "
	    "a.b-C: high}", field), NULL);
	check(RECORD_SETTINGS, LINE("%s: {}", field), NULL);
	check(RECORD_SETTINGS, LINE("%s: high", field), "must be a map");
	check(RECORD_SETTINGS, LINE("%s: {a: [1]}", field),
	    ".a: found 'a list'; must be a number, true, false, or a text");
	check(RECORD_SETTINGS, LINE("%s: {a: {b: 1}}", field), "found 'a map'");
	check(RECORD_SETTINGS, LINE("%s: {a: }", field), "found 'nothing'");
	check(RECORD_SETTINGS, LINE("%s: {a b: 1}", field),
	    "found the name 'a b'; must be up to 64 of A-Z");
	check(RECORD_SETTINGS, LINE("%s: {%064d: 1}", field, 0), NULL);
	check(RECORD_SETTINGS, LINE("%s: {%065d: 1}", field, 0), "the name");
	check(RECORD_SETTINGS, LINE("%s: {a: %08192d}", field, 0), NULL);
	check(RECORD_SETTINGS, LINE("%s: {a: %08193d}", field, 0),
	    "8192 bytes");
	n = (size_t)snprintf(line, sizeof(line), "%s: {", field);
	for (i = 0; i < 33; i++)
		n += (size_t)snprintf(line + n, sizeof(line) - n, "o%zu: 1%s",
		    i, i < 32 ? ", " : "}");
	check(RECORD_SETTINGS, line, "has 33 options, more than 32");
#undef LINE
}

static void
test_others(void)
{
	test_characters(RECORD_PROJECT);
	test_characters(RECORD_SETTINGS);
	test_options("scriptOptions");
	test_options("ttsOptions");
	test_options("imageOptions");
	check(RECORD_SETTINGS, "speakers: {host: {voice: slt, speed: 1}}",
	    NULL);
	check(RECORD_SETTINGS, "speakers: {host: slt}", NULL);
	check(RECORD_SETTINGS, "speakers: {host: {provider: kokoro}}", NULL);
	check(RECORD_SETTINGS, "speakers: {host: {provider: [a]}}",
	    "speakers.host.provider: found");
	check(RECORD_SETTINGS, "speakers: {host: {speed: 9}}",
	    "speakers.host.speed: found '9'");
	check(RECORD_SETTINGS, "speakers: {host: [a]}", "speakers.host: found");
	check(RECORD_SETTINGS, "quality: best", "draft standard high");
	check(RECORD_AUDIO, "status: ready\nurl: audio.wav", NULL);
	check(RECORD_AUDIO, "status: ready\nurl: https://x.test/a.wav", NULL);
	check(RECORD_AUDIO, "status: ready", "url: missing");
	check(RECORD_AUDIO, "status: rendering", "pending ready failed");
	check(RECORD_VIDEO, "status: rendering", NULL);
	check(RECORD_AUDIO, "status: ready\nurl: ../../media/own.wav", NULL);
	check(RECORD_AUDIO, "status: ready\nurl: ../../../x", "url: found");
	check(RECORD_AUDIO, "status: ready\nurl: http://x.test/a",
	    "url: found");
	check(RECORD_AUDIO, "status: ready\nurl: file:///x", "url: found");
	check(RECORD_IMAGE, "status: failed\nsha256: abc", "64 hex digits");
	check(RECORD_SPLIT, "scenes: [{id: 7}]", "scenes[1].id");
}

static void
duration(const char *s, double want)
{
	double d = -1;

	ok(duration_parse(s, &d) == (want > 0 ? 0 : -1) &&
	    (want <= 0 || d == want), "duration %s", s);
}

static void
test_durations(void)
{
	duration("4s", 4);
	duration("2.5s", 2.5);
	duration("1m30s", 90);
	duration("3m", 180);
	duration("1h", 3600);
	duration("1h1m1s", 3661);
	duration("90", 90);
	duration("0", 0);
	duration("", 0);
	duration("-1s", 0);
	duration("1s1m", 0);
	duration("1m1m", 0);
	duration("1m30", 0);
	duration("1e9", 0);
	duration("9999999999s", 0);
	duration("s", 0);
	duration("1 s", 0);
}

/* The names that the schema takes are those of the preset table. */
static void
test_presets(void)
{
	const struct preset *p;
	char line[64];
	unsigned i;

	for (i = 0; (p = preset_at(i)); i++) {
		snprintf(line, sizeof(line), "platform: %s", p->name);
		check(RECORD_PROJECT, line, NULL);
	}
}

int
main(void)
{
	test_presets();
	test_project();
	test_scene();
	test_others();
	test_durations();
	return done_testing();
}
