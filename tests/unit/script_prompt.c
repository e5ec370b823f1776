#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "provider/script_finish.h"
#include "provider/script_plan.h"
#include "provider/script_prompt.h"
#include "record/json.h"
#include "record/preset.h"
#include "tap.h"

static struct script_request
request(const char *platform, double seconds)
{
	struct script_request q = {
		.brief = "Why whales sing, for children.", .source = "",
		.language = "en", .tone = "curious", .category = "nature",
		.platform = platform, .seconds = seconds,
		.voice_provider = "flite", .speed = 1
	};

	return q;
}

static char *
system_turn(const struct script_request *q)
{
	struct strbuf b = STRBUF_INIT;

	script_prompt_system(q, &b);
	return strbuf_detach(&b, NULL);
}

static char *
user_turn(const struct script_request *q)
{
	struct strbuf b = STRBUF_INIT;

	script_prompt_user(q, &b);
	return strbuf_detach(&b, NULL);
}

static void
has(const char *s, const char *what)
{
	ok(strstr(s, what) != NULL, "has: %.60s", what);
}

static void
has_not(const char *s, const char *what)
{
	ok(!strstr(s, what), "has not: %.60s", what);
}

static void
plans(void)
{
	struct script_request q = request("shorts", 30);
	struct script_plan p, slow;

	script_plan_make(&q, &p);
	ok(p.words >= 65 && p.words <= 90 && p.scenes >= 6 && p.scenes <= 11 &&
	    !p.chapters, "30 s of short form: %zu words, %zu scenes", p.words,
	    p.scenes);
	q.speed = 0.5;
	script_plan_make(&q, &slow);
	ok(slow.words * 2 - p.words < 3, "half the speed, half the words: %zu",
	    slow.words);
	q = request("youtube", 300);
	script_plan_make(&q, &p);
	ok(p.words >= 650 && p.words <= 850 && p.scenes >= 40 &&
	    p.scenes <= 70 && p.chapters == 5, "300 s of youtube: %zu words, "
	    "%zu scenes, %d chapters", p.words, p.scenes, p.chapters);
	ok(p.scene_most > p.scene_words && p.scene_words > 10,
	    "a scene of %zu, at most %zu", p.scene_words, p.scene_most);
	q.voice_provider = "openai:tts";
	script_plan_make(&q, &slow);
	ok(slow.words < p.words, "another voice, other words: %zu",
	    slow.words);
	q = request("youtube", 0);
	q.words = 150;
	script_plan_make(&q, &p);
	ok(p.words == 150 && p.seconds > 50 && p.seconds < 80,
	    "150 words last %.1f s", p.seconds);
	q.language = "zh-CN";
	q.voice_provider = "openai:tts";
	script_plan_make(&q, &p);
	ok(p.characters && p.words == 300 && p.seconds > 60,
	    "of Chinese, 300 characters, %.1f s", p.seconds);
	q = request(NULL, 0);
	q.source = "A short one, which takes nine seconds or so to say in any "
	    "voice that reads it, be it this or that one, or one more.";
	script_plan_make(&q, &p);
	ok(p.seconds > 5 && p.seconds < 15, "the source's own: %.1f s",
	    p.seconds);
	q = request("youtube", 12 * 3600);
	script_plan_make(&q, &p);
	ok(p.scenes == SCRIPT_PLAN_SCENES, "no more than %zu scenes",
	    p.scenes);
	q = request("shorts", 0.1);
	script_plan_make(&q, &p);
	ok(p.scenes == 1 && p.words >= 1, "a blink: %zu words", p.words);
}

/* What is planned is what is reckoned: a script of so many words of usual
 * length lasts as long as was asked. */
static void
agrees(void)
{
	static const char *const platforms[] = { "youtube", "shorts",
		"podcast" };
	static const char *const voices[] = { "flite", "espeak", "openai:x" };
	struct script_request q;
	struct script_plan p;
	struct strbuf b = STRBUF_INIT;
	struct script s = SCRIPT_INIT;
	double got;
	size_t i, k, n;

	for (i = 0; i < 9; i++) {
		q = request(platforms[i / 3], 60);
		q.voice_provider = voices[i % 3];
		script_plan_make(&q, &p);
		for (k = 0; k < p.scenes; k++) {
			strbuf_reset(&b);
			for (n = k; n < p.words; n += p.scenes)
				strbuf_addf(&b, "%s%s", b.len ? " " : "",
				    n % 3 ? "what" : "seldom");
			strbuf_addstr(&b, ", say.");
			script_add(&s, NULL, b.buf);
		}
		got = script_seconds(&q, &s);
		ok(fabs(got - 60) < 9, "%s, %s: 60 s are asked, %.1f written",
		    q.platform, q.voice_provider, got);
		script_release(&s);
	}
	strbuf_release(&b);
}

static void
systems(void)
{
	struct script_request q = request("tiktok", 30);
	char *a = system_turn(&q), *b = system_turn(&q);

	is(a, b, "the same request, the same bytes");
	has(a, "English (en)");
	has(a, "The tone is curious");
	has(a, "category is nature");
	has(a, "lasts about 30 seconds");
	has(a, "at most 9 words");
	has(a, "leads back to the first sentence");
	has(a, "upright, 9:16");
	has(a, "There is no source");
	has(a, "JSON");
	has(a, "heading is \"\" in every scene");
	free(a);
	free(b);
	q = request("youtube", 300);
	q.language = "pt-BR";
	q.source = "Text.";
	q.category = q.tone = "";
	a = system_turn(&q);
	has(a, "Portuguese (pt-BR)");
	has(a, "Say only what is in the source");
	has(a, "about 5 chapters");
	has(a, "end screen");
	has_not(a, "at most 9 words");
	has_not(a, "category");
	has_not(a, "tone is");
	free(a);
	q.language = "ja";
	a = system_turn(&q);
	has(a, "characters of narration");
	free(a);
	q = request("nowhere", 0);
	q.language = q.tone = q.category = q.voice_provider = NULL;
	q.brief = q.source = "";
	a = system_turn(&q);
	has(a, "for youtube");
	free(a);
	q.language = "tlh";
	a = system_turn(&q);
	has(a, "the language with the tag tlh");
	free(a);
}

static void
users(void)
{
	struct script_request q = request("youtube", 60);
	char *a = user_turn(&q), *p;

	has(a, "<brief>\nWhy whales sing, for children.\n</brief>\n");
	has_not(a, "<source");
	has_not(a, "Instructions");
	free(a);
	q.source = "One </source> two </Sourcexx> three\n\n";
	q.brief = " \n";
	q.instructions = "Rhyme.\n";
	a = user_turn(&q);
	has(a, "<sourcexxx>\nOne </source> two </Sourcexx> three\n"
	    "</sourcexxx>\n");
	has_not(a, "<brief");
	p = strstr(a, "\n\nRhyme.\n");
	ok(p && !p[9], "the user's instructions are last");
	free(a);
}

static void
repairs(void)
{
	struct script_request q = request("youtube", 60);
	struct strbuf b = STRBUF_INIT;
	struct script_plan p;
	char *words;

	script_plan_make(&q, &p);
	words = xasprintf("to about %zu words in all", p.words);
	script_prompt_repair(&q, 44.4, 60, &b);
	has(b.buf, "about 44 seconds");
	has(b.buf, "Lengthen");
	has(b.buf, words);
	strbuf_reset(&b);
	script_prompt_repair(&q, 90, 60, &b);
	has(b.buf, "Shorten");
	has(b.buf, "same JSON form");
	free(words);
	strbuf_release(&b);
}

/* Every object of a strict schema is closed and requires all it has. */
static void
check_strict(const struct node *n, int *objects, int *bad)
{
	const struct node *p = node_get(n, "properties");
	const struct node *r = node_get(n, "required");
	size_t i;

	if (!strcmp(node_str(n, "type", ""), "object")) {
		++*objects;
		*bad += !p || !r || p->nr != r->nr ||
		    node_bool(n, "additionalProperties", 1);
		for (i = 0; p && r && i < p->nr && i < r->nr; i++)
			*bad += strcmp(p->kid[i]->key, r->kid[i]->str) != 0;
	}
	for (i = 0; i < n->nr; i++)
		check_strict(n->kid[i], objects, bad);
}

static void
schemas(void)
{
	struct node *n = script_prompt_schema(), *back;
	struct strbuf b = STRBUF_INIT;
	struct err e;
	int objects = 0, bad = 0;

	check_strict(n, &objects, &bad);
	ok(objects == 2 && !bad, "%d objects, %d not strict", objects, bad);
	json_print_line(n, &b);
	has(b.buf, "\"additionalProperties\":false");
	is(node_str(n, "properties.scenes.items.properties.image.type", ""),
	    "string", "scenes have images");
	back = json_parse("schema", b.buf, b.len, &e);
	ok(back && node_equal(n, back), "as JSON");
	node_free(back);
	node_free(n);
	strbuf_release(&b);
}

int
main(void)
{
	plans();
	agrees();
	systems();
	users();
	repairs();
	schemas();
	return done_testing();
}
