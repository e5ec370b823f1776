#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/budget.h"
#include "store/ledger.h"
#include "../tests/unit/tap.h"

#define DIGEST "0123456789abcdef0123456789abcdef" \
	"0123456789abcdef0123456789abcdef"

static void
put(const char *path, const char *text)
{
	file_write(path, text, strlen(text), NULL);
}

static struct ledger_entry
sample(void)
{
	struct ledger_entry l;

	memset(&l, 0, sizeof(l));
	l.request = DIGEST;
	l.kind = "audio";
	l.provider = "exec:say";
	l.what = "scene 3 audio";
	l.scene = "000300-x";
	l.at = "2026-11-25T10:00:00Z";
	l.sha256 = DIGEST;
	l.bytes = 5;
	l.outcome = "ready";
	return l;
}

static const char *
text_of(const char *path)
{
	static struct strbuf b = STRBUF_INIT;

	strbuf_reset(&b);
	file_read(path, 10000, &b, NULL);
	return b.buf;
}

static void
test_write(const struct project *p)
{
	struct ledger_entry l = sample();
	struct err e = ERR_INIT;
	const char *text;

	ok(ledger_write(p, &l, &e) == 0, "written %s", e.msg);
	text = text_of("ledger/0123456789abcdef.json");
	ok(strstr(text, "\"scene\": \"000300-x\",\n") != NULL &&
	    strstr(text, "\"outcome\": \"ready\"\n") != NULL, "fields");
	ok(!strstr(text, "characters") && !strstr(text, "cost") &&
	    !strstr(text, "attempts") && !strstr(text, "unknownOutcome") &&
	    !strstr(text, "requestId"), "and none that says nothing");
	l.kind = "image";
	l.usage.characters = 7;
	l.usage.input_tokens = 8;
	l.usage.output_tokens = 9;
	l.usage.pictures = 2;
	l.usage.calls = 1;
	l.cost = 0.0123456789;
	l.cost_known = 1;
	l.attempts = 3;
	l.unknown_outcome = 1;
	l.request_id = "req_1";
	l.outcome = "rejected";
	l.scene = NULL;
	l.at = NULL;
	ok(ledger_write(p, &l, &e) == 0, "the same request again");
	text = text_of("ledger/0123456789abcdef.2.json");
	ok(strstr(text, "\"cost\": 0.012346,") != NULL,
	    "cost to a millionth of a dollar");
}

static void
test_read(const struct project *p)
{
	struct ledger_sum sum;
	struct ledger_entry *b;
	struct err e = ERR_INIT;
	struct cost cost;
	struct ledger l;
	int today;

	put("ledger/00aa.json", "{\"request\": \"" DIGEST "\", \"kind\": "
	    "\"image\", \"provider\": \"nobody:m\", \"for\": \"cover\", "
	    "\"at\": \"2026-11-22T10:00:00Z\", \"sha256\": \"" DIGEST "\", "
	    "\"bytes\": 3, \"more\": true}\n");
	put("ledger/.x.tmp.json", "broken");
	put("ledger/README", "not an entry");
	ok(ledger_read(p, &l, &e) == 0 && l.nr == 3, "read: %s", e.msg);
	is(l.entry[0].provider, "nobody:m", "in the order of their names");
	ok(l.entry[0].usage.pictures == 1 && l.entry[0].attempts == 1 &&
	    !l.entry[0].cost_known && !*l.entry[0].scene &&
	    !strcmp(l.entry[0].outcome, "ready"),
	    "an older file lacks fields, and a picture is one");
	b = &l.entry[1];
	ok(!strcmp(b->outcome, "rejected") && b->usage.characters == 7 &&
	    b->usage.input_tokens == 8 && b->usage.output_tokens == 9 &&
	    b->usage.pictures == 2 && b->attempts == 3 &&
	    b->unknown_outcome == 1 && !strcmp(b->request_id, "req_1") &&
	    fabs(b->cost - 0.012346) < 1e-12, "all fields come back");
	ok(ledger_cost(b, &cost, &today, &e) == 0 && cost.known && !today,
	    "a cost that was written");
	ok(ledger_cost(&l.entry[2], &cost, &today, &e) == 0 && cost.known &&
	    today && fabs(cost.dollars - 0.25) < 1e-12,
	    "none: today's price");
	ok(ledger_cost(&l.entry[0], &cost, &today, &e) == 0 && !cost.known,
	    "or none at all");
	ok(ledger_total(&l, &sum, &e) == 0 && sum.calls == 3 &&
	    sum.unknown == 1 && sum.today == 1 && sum.lost == 1 &&
	    fabs(sum.dollars - 0.262346) < 1e-12 && sum.usage.pictures == 3,
	    "total");
	ledger_release(&l);
}

static void
wrong(const struct project *p, const char *text, const char *want)
{
	struct err e = ERR_INIT;
	struct ledger l;

	put("ledger/bad.json", text);
	ok(ledger_read(p, &l, &e) == -1 && e.code == EX_DATA &&
	    strstr(e.msg, "ledger/bad.json") && strstr(e.msg, want), "%s",
	    e.msg);
	unlink("ledger/bad.json");
}

static void
test_wrong(const struct project *p)
{
	struct err e = ERR_INIT;
	struct ledger l;

	wrong(p, "", "");
	wrong(p, "[1]", "no entry of the ledger");
	wrong(p, "{\"request\": \"x\"}", "request");
	wrong(p, "{\"request\": \"" DIGEST "\", \"kind\": \"audio\", "
	    "\"provider\": \"a:b\", \"at\": \"2026-11-22T10:00:00Z\", "
	    "\"cost\": -1}", "cost");
	wrong(p, "{\"request\": \"" DIGEST "\", \"kind\": \"audio\", "
	    "\"provider\": \"a:b\", \"at\": \"then\"}", "at: found 'then'");
	ok(symlink("/etc/passwd", "ledger/bad.json") == 0 &&
	    ledger_read(p, &l, &e) == -1, "a link is refused");
	unlink("ledger/bad.json");
	file_remove_tree("ledger", NULL);
	ok(ledger_read(p, &l, &e) == 0 && l.nr == 0, "no ledger, no entries");
	ledger_release(&l);
}

static int
check(const struct project *p, double dollars, size_t calls, double spent)
{
	struct cost_sum c = { dollars, calls, 0, NULL, ASSET_AUDIO,
		NULL };
	struct err e = ERR_INIT;

	return budget_check(p, &c, spent, &e) == 0 ? 0 : e.code;
}

static void
test_budget(const struct project *p)
{
	struct cost_sum c = { 0, 2, 1, "nobody:m", ASSET_AUDIO,
		NULL };
	struct err e = ERR_INIT;
	double max;

	unsetenv("MAX_COST");
	ok(budget_ceiling(&max, &e) == 0 && max == BUDGET_MAX_COST, "1.00");
	ok(check(p, 1.0, 1, 0) == 0 && check(p, 1.001, 1, 0) == EX_NOQUOTA,
	    "up to the ceiling");
	ok(check(p, 0.6, 1, 0.5) == EX_NOQUOTA, "with what was spent before");
	ok(check(p, 0.1 + 0.2 + 0.7, 3, 0) == 0, "no fear of the last bit");
	put("config/studio/settings.yaml", "maxCost: 2.5\n");
	ok(check(p, 2.5, 1, 0) == 0 && check(p, 2.6, 1, 0) == EX_NOQUOTA,
	    "maxCost");
	setenv("MAX_COST", "0.5", 1);
	ok(check(p, 0.6, 1, 0) == EX_NOQUOTA, "MAX_COST wins");
	setenv("MAX_COST", "lots", 1);
	ok(check(p, 0, 1, 0) == EX_BADUSE, "a wrong one");
	setenv("MAX_COST", "unlimited", 1);
	ok(check(p, 1000, 1, 0) == 0, "no ceiling");
	ok(budget_check(p, &c, 0, &e) == 0, "nor for what is not known");
	setenv("MAX_COST", "", 1);
	ok(budget_check(p, &c, 0, &e) == -1 && e.code == EX_CONF &&
	    strstr(e.msg, "nobody"), "a provider that is none: %s", e.msg);
	c.first_unknown = "openai:new";
	ok(budget_check(p, &c, 0, &e) == -1 && e.code == EX_NOQUOTA &&
	    strstr(e.msg, "MAX_COST=unlimited make") &&
	    strstr(e.msg, "openai:new"), "%s", e.msg);
	c.calls = 0;
	ok(budget_check(p, &c, 0, &e) == 0, "nothing to be paid");
	put("config/studio/settings.yaml", "maxCost: lots\n");
	ok(check(p, 0, 1, 0) == EX_DATA, "a wrong maxCost");
	put("config/studio/settings.yaml", "maxCost: unlimited\n");
	ok(check(p, 1000, 1, 0) == 0, "maxCost: unlimited");
}

int
main(void)
{
	char dir[] = "/tmp/studio-ledger.XXXXXX", *config;
	struct project p;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	config = xasprintf("%s/config", dir);
	setenv("XDG_CONFIG_HOME", config, 1);
	file_mkdirs("config/studio", NULL);
	put("config/studio/prices.yaml", "- {model: \"exec:say\", call: 0.25, "
	    "date: 2026-11-25, source: mine}\n");
	memset(&p, 0, sizeof(p));
	p.root = dir;
	test_write(&p);
	test_read(&p);
	test_wrong(&p);
	test_budget(&p);
	if (chdir("/") == 0)
		file_remove_tree(dir, NULL);
	free(config);
	return done_testing();
}
