#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/spawn.h"
#include "base/strbuf.h"
#include "store/endpoint.h"
#include "store/price.h"
#include "../tests/unit/tap.h"

#define SEEN "date: 2026-11-25, source: mine}\n"

/* The message of a list with this text; "" where it is good. */
static const char *
fault(const char *text)
{
	static struct err e;
	struct price_list l;

	memset(&e, 0, sizeof(e));
	file_write("p.yaml", text, strlen(text), NULL);
	if (price_list_read(&l, "p.yaml", 0, &e) < 0)
		return e.code == EX_DATA ? e.msg : "another code";
	price_list_release(&l);
	return "";
}

static void
says(const char *text, const char *want)
{
	const char *msg = fault(text);

	ok(strstr(msg, want) != NULL, "%s", msg);
}

static void
test_wrong(void)
{
	says("model: x\n", "p.yaml:1: is not a list");
	says("- tts-1\n", "p.yaml:1: is no price; write - {model:");
	says("- {model: \"a:b\", picture: 1, source: mine}\n",
	    "p.yaml:1: date: is missing");
	says("- {model: \"a:b\", picture: 1, date: 2026-11-25}\n",
	    "source: is missing");
	says("- {picture: 1, " SEEN, "model: is missing");
	says("- {model: \"a:b\", picture: 1, " SEEN
	    "- {model: \"a:b\", picture: -1, " SEEN, "p.yaml:2: picture");
	says("- {model: \"a:b\", picture: cheap, " SEEN, "found 'cheap'");
	says("- {model: \"a:b\", picture: .inf, " SEEN, "picture");
	says("- {model: \"a:b\", input: 1, outptu: 2, " SEEN,
	    "p.yaml:1: outptu: is not known");
	says("- {model: \"a:b\", " SEEN, "names no price");
	says("- {model: \"a:b\", picture: ~, " SEEN, "names no price");
	says("- {model: \"a:b\", call: 1, date: yesterday, source: m}\n",
	    "found 'yesterday'");
	says("- {model: \"a:b\", call: 1, date: 2026-13-25, source: m}\n",
	    "a day such as");
	says("- {model: [a], call: 1, " SEEN, "model");
	is(fault(""), "", "an empty list is one");
	is(fault("# nothing yet\n"), "", "so is a comment");
}

static double
picture_of(const struct price_list *l, const char *name, const char *model)
{
	const struct price *p = price_list_find(l, name, model);

	return p ? p->picture : -1;
}

static void
test_match(void)
{
	static const char text[] =
	    "- {model: \"a:*\", picture: 1, " SEEN
	    "- {model: \"a:big*\", picture: 2, " SEEN
	    "- {model: \"a:bigger\", picture: 3, " SEEN
	    "- {model: \"a:bigger*\", picture: 4, " SEEN
	    "- {model: \"b:\", picture: 5, " SEEN
	    "- {model: \"exec:draw *\", picture: 6, " SEEN
	    "- {model: \"c:m\", picture: 7, " SEEN
	    "- {model: \"c:m\", picture: 8, " SEEN;
	struct price_list l;

	file_write("m.yaml", text, strlen(text), NULL);
	ok(price_list_read(&l, "m.yaml", 0, NULL) == 0 && l.nr == 8, "read");
	ok(picture_of(&l, "a", "x") == 1, "a pattern");
	ok(picture_of(&l, "a", "big-1") == 2, "the longer one");
	ok(picture_of(&l, "a", "bigger") == 3, "the very name before all");
	ok(picture_of(&l, "a", "bigger-2") == 4, "the longest pattern");
	ok(picture_of(&l, "b", "") == 5, "no model");
	ok(picture_of(&l, "b", "x") == -1, "is not any model");
	ok(picture_of(&l, "exec", "draw *") == 6, "a command as it is");
	ok(picture_of(&l, "exec", "draw x") == -1, "is no pattern");
	ok(picture_of(&l, "c", "m") == 8, "of two rows the last");
	ok(picture_of(&l, "d", "m") == -1, "nothing fits");
	price_list_release(&l);
	ok(price_list_read(&l, "none.yaml", 1, NULL) == 0 && l.nr == 0,
	    "a list that may be missing");
	ok(price_list_read(&l, "none.yaml", 0, NULL) == -1, "or may not");
}

static int
near(double a, double b)
{
	return fabs(a - b) < 1e-12;
}

static void
test_cost(void)
{
	struct call_usage voice = { 1000, 250, 2000, 0, 2 };
	struct call_usage picture = { 0, 10, 0, 1, 1 };
	struct call_usage script = { 0, 1000, 500, 0, 1 };
	struct price chars = { .characters = 15, .set = PRICE_CHARACTERS };
	struct price tokens = { .input = 2, .output = 10,
		.set = PRICE_INPUT | PRICE_OUTPUT };
	struct price both = { .input = 1.5, .output = 30, .picture = 0.0336,
		.set = PRICE_INPUT | PRICE_OUTPUT | PRICE_PICTURE };
	struct price call = { .call = 0.5, .set = PRICE_CALL };
	struct price nothing = { .free = 1 };
	struct call_usage sum = CALL_USAGE_INIT;

	ok(near(price_cost(&chars, &voice), 0.015), "characters");
	ok(near(price_cost(&tokens, &script), 0.007), "tokens");
	ok(near(price_cost(&call, &voice), 1.0), "calls");
	ok(near(price_cost(&both, &picture), 0.0336 + 0.000015),
	    "a picture before its tokens are counted");
	picture.output_tokens = 1120;
	ok(near(price_cost(&both, &picture), 0.033615),
	    "and after, not both");
	ok(price_cost(&nothing, &voice) == 0, "free");
	ok(price_covers(&chars, &voice) && !price_covers(&chars, &picture) &&
	    !price_covers(&chars, &script), "characters say nothing else");
	ok(price_covers(&both, &script) && price_covers(&call, &script) &&
	    price_covers(&nothing, &script), "what they say");
	picture.output_tokens = 0;
	ok(!price_covers(&tokens, &picture),
	    "tokens that are not counted yet say nothing of a picture");
	ok(near(price_round(0.00000049), 0) &&
	    near(price_round(0.0000005), 0.000001) &&
	    near(price_round(0.1 + 0.2), 0.3), "rounded");
	ok(near(price_round_up(3.1901), 3.20) &&
	    near(price_round_up(3.2), 3.2) && near(price_round_up(0), 0) &&
	    near(price_round_up(0.0001), 0.01), "up to the cent");
	usage_add(&sum, &voice);
	usage_add(&sum, &script);
	ok(sum.characters == 1000 && sum.input_tokens == 1250 &&
	    sum.output_tokens == 2500 && sum.pictures == 0 && sum.calls == 3,
	    "added up");
}

static int
find(const char *spec, enum provider_stage stage, struct price *p)
{
	struct endpoint *ep = endpoint_get(spec, stage, NULL);

	return price_find(ep, spec, p, NULL);
}

/* Ours and the user's own, by endpoint. */
static void
test_find(void)
{
	static const char settings[] = "providers:\n"
	    "  work: {type: openai, keyEnv: WORK}\n"
	    "  other: {type: openai, baseUrl: https://example.org/v1}\n"
	    "  home: {type: openai, baseUrl: http://localhost:11434/v1}\n"
	    "  slip: {type: openai, baseURL: http://localhost:8080/v1}\n";
	static const char rows[] =
	    "- {model: \"openai:tts-1\", characters: 99, " SEEN
	    "- {model: \"other:tts-1\", characters: 7, " SEEN
	    "- {model: \"exec:draw it\", picture: 0.5, " SEEN;
	struct price p;
	struct err e = ERR_INIT;

	file_mkdirs("config/studio", NULL);
	file_write("config/studio/settings.yaml", settings,
	    strlen(settings), NULL);
	file_write("config/studio/prices.yaml", rows, strlen(rows), NULL);
	ok(find("openai:tts-1-hd", PROVIDER_SPEECH, &p) == 1 &&
	    near(p.characters, 30) && !p.free && strstr(p.source, "openai.com"),
	    "one of ours");
	ok(find("openai:tts-1", PROVIDER_SPEECH, &p) == 1 &&
	    near(p.characters, 99), "the user's own wins");
	ok(find("work:tts-1-hd", PROVIDER_SPEECH, &p) == 1 &&
	    near(p.characters, 30), "an alias of the same address");
	ok(find("other:tts-1-hd", PROVIDER_SPEECH, &p) == 0 && !p.free,
	    "another server's prices are not known");
	ok(find("other:tts-1", PROVIDER_SPEECH, &p) == 1 &&
	    near(p.characters, 7), "unless a row names it");
	ok(find("home:anything", PROVIDER_SCRIPT, &p) == 1 && p.free,
	    "a server of this machine is free");
	ok(find("flite", PROVIDER_SPEECH, &p) == 1 && p.free, "so is flite");
	ok(find("exec:x", PROVIDER_IMAGE, &p) == 1 && p.free, "and exec");
	ok(find("exec:draw it", PROVIDER_IMAGE, &p) == 1 && !p.free &&
	    near(p.picture, 0.5), "unless a row prices the command");
	ok(find("pexels", PROVIDER_IMAGE, &p) == 1 &&
	    (p.set & PRICE_CALL) && p.call == 0, "pexels asks nothing");
	ok(find("elevenlabs", PROVIDER_SPEECH, &p) == 1, "no model");
	ok(find("elevenlabs:new", PROVIDER_SPEECH, &p) == 0, "a new model");
	ok(price_find(NULL, "nobody:m", &p, &e) == 0 && e.code == 0,
	    "an alias that nobody knows");
	ok(!endpoint_get("slip:m", PROVIDER_SCRIPT, &e) && e.code == EX_DATA &&
	    strstr(e.msg, "providers.slip.baseURL: there is no such field"),
	    "a field that is misspelt is not passed over");
	e.code = 0;
	ok(!endpoint_key(endpoint_get("other:m", PROVIDER_SCRIPT, &e), &e) &&
	    e.code == 0, "another server may need no key");
	ok(!endpoint_key(endpoint_get("work:m", PROVIDER_SCRIPT, &e), &e) &&
	    e.code == EX_NOQUOTA && strstr(e.msg, "WORK"),
	    "where a variable is named, it must be there");
}

/* What a message offers is what a shell makes of it. */
static void
test_command(const char *home)
{
	static const char *const specs[] = { "new:m",
		"exec:awk '{print \"a\\n\"}' $X", NULL };
	struct strbuf b = STRBUF_INIT;
	struct price_list l;
	struct spawn s = SPAWN_INIT;
	const char *argv[4] = { "sh", "-c", NULL, NULL };
	size_t i;

	setenv("XDG_CONFIG_HOME", home, 1);
	for (i = 0; specs[i]; i++) {
		strbuf_reset(&b);
		price_add_command(specs[i], "picture: 0.04", &b);
		argv[2] = b.buf;
		s.argv = argv;
		ok(spawn_run(&s, NULL) == 0, "%s", b.buf);
	}
	ok(price_list_read(&l, "home 2/studio/prices.yaml", 0, NULL) == 0 &&
	    l.nr == 2, "two rows");
	for (i = 0; i < l.nr; i++)
		is(l.row[i].model, specs[i], "as it was named");
	price_list_release(&l);
	strbuf_release(&b);
}

int
main(void)
{
	char dir[] = "/tmp/studio-price.XXXXXX", *config, *home;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	config = xasprintf("%s/config", dir);
	home = xasprintf("%s/home 2", dir);
	setenv("XDG_CONFIG_HOME", config, 1);
	unsetenv("OPENAI_BASE_URL");
	test_wrong();
	test_match();
	test_cost();
	test_find();
	test_command(home);
	if (chdir("/") == 0)
		file_remove_tree(dir, NULL);
	free(config);
	free(home);
	return done_testing();
}
