#include <stdlib.h>
#include <string.h>

#include "provider/wire.h"
#include "record/json.h"
#include "record/yaml.h"
#include "../tests/unit/tap.h"

static struct node *
json(const char *s)
{
	return json_parse("test", s, strlen(s), NULL);
}

static void
is_now(const struct node *doc, const char *want, const char *name)
{
	struct strbuf b = STRBUF_INIT;

	json_print_line(doc, &b);
	is(b.buf, want, name);
	strbuf_release(&b);
}

static void
test_put(void)
{
	struct node *doc = json("{\"a\":\"x\",\"l\":[1]}");

	ok(wire_put(doc, "b", node_whole(1)) == 0, "a plain name");
	ok(wire_put(doc, "c.d.e", node_whole(2)) == 0, "a path");
	ok(wire_put(doc, "c.d.f", node_text("y")) == 0, "beside it");
	ok(wire_put(doc, "b", node_whole(3)) == 0, "the same place again");
	ok(wire_put(doc, "a.b", node_whole(4)) < 0, "not below a text");
	ok(wire_put(doc, "l.b", node_whole(4)) < 0, "nor below a list");
	is_now(doc, "{\"a\":\"x\",\"l\":[1],\"b\":3,\"c\":{\"d\":{\"e\":2,"
	    "\"f\":\"y\"}}}", "as maps in maps");
	node_free(doc);
}

static void
lay(const char *options, const char *want, const char *name)
{
	struct node *doc = json("{\"model\":\"m\",\"set\":{\"speed\":2}}");
	struct node *o = yaml_parse("test", options, strlen(options), NULL);
	struct err e = ERR_INIT;
	int ret = wire_options(doc, o, "ttsOptions", &e);

	if (want) {
		ok(ret == 0, "%s", name);
		is_now(doc, want, "as it should be");
	} else {
		ok(ret < 0 && e.code == EX_CONF, "%s", name);
		ok(strstr(e.msg, "ttsOptions: ") != NULL, "is named");
	}
	node_free(o);
	node_free(doc);
}

int
main(void)
{
	test_put();
	lay("model: x\n", NULL, "what the request has");
	lay("set: x\n", NULL, "a map of the request");
	lay("set.speed: 1\n", NULL, "inside it");
	lay("model.x: 1\n", NULL, "below a text of it");
	lay("a: 1\na.b: 2\n", NULL, "below another option");
	lay("set.style: 0.4\n",
	    "{\"model\":\"m\",\"set\":{\"speed\":2,\"style\":0.4}}",
	    "beside what the request has");
	lay("a.b: 1\na.c: true\nd: \"2\"\n", "{\"model\":\"m\",\"set\":{"
	    "\"speed\":2},\"a\":{\"b\":1,\"c\":true},\"d\":\"2\"}",
	    "a map of one's own");
	return done_testing();
}
