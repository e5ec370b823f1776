#include "base/strbuf.h"
#include "base/url.h"
#include "../tests/unit/tap.h"

static void
test_local(void)
{
	static const char *const local[] = { "http://localhost",
		"http://LOCALHOST:8080/v1", "http://127.0.0.1:80/x",
		"http://127.9.9.9", "http://[::1]:8080/v1", "localhost:1",
		"http://a.localhost/", "http://user:pw@localhost:1/",
		"http://127.0.0.1?x", "http://127.0.0.1#x" };
	static const char *const far[] = { "http://127.0.0.1:80@evil.example/",
		"http://localhost@evil.example", "http://localhost.example",
		"http://127.0.0.1.example", "http://[::1",
		"http://evil.example/localhost", "http://example/@localhost",
		"http://example?@localhost", "http://[::2]/", "http://[",
		"http://notlocalhost", "http://128.0.0.1", "", "http://",
		"http://example\\@localhost/" };
	size_t i;

	for (i = 0; i < sizeof(local) / sizeof(*local); i++)
		ok(url_is_local(local[i]), "here: %s", local[i]);
	for (i = 0; i < sizeof(far) / sizeof(*far); i++)
		ok(!url_is_local(far[i]), "not here: %s", far[i]);
}

static void
test_private(void)
{
	static const char *const closed[] = { "127.0.0.1", "0.0.0.0",
		"10.255.255.255", "100.64.0.1", "100.127.255.255",
		"169.254.169.254", "172.16.0.1", "172.31.255.255",
		"192.168.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1",
		"198.19.255.255", "198.51.100.7", "203.0.113.9",
		"192.88.99.1", "224.0.0.1", "255.255.255.255", "::", "::1",
		"fe80::1", "fc00::1", "fdff::1", "ff02::1", "::ffff:127.0.0.1",
		"::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
		"64:ff9b::a9fe:a9fe", "64:ff9b:1::808:808", "2002:7f00:1::",
		"2002:a00:1::1", "2001::1", "2001:db8::1", "fe80::1%lo", "",
		"localhost", "1.2.3", "8.8.8.8 ", "0x8.8.8.8" };
	static const char *const open[] = { "8.8.8.8", "100.63.255.255",
		"100.128.0.0", "172.15.255.255", "172.32.0.0", "192.167.0.1",
		"198.17.255.255", "198.20.0.0", "223.255.255.255",
		"::ffff:8.8.8.8", "64:ff9b::808:808", "2606:4700::1111",
		"2001:4860:4860::8888", "2002:808:808::1" };
	size_t i;

	for (i = 0; i < sizeof(closed) / sizeof(*closed); i++)
		ok(url_ip_is_private(closed[i]), "closed: %s", closed[i]);
	for (i = 0; i < sizeof(open) / sizeof(*open); i++)
		ok(!url_ip_is_private(open[i]), "public: %s", open[i]);
}

static void
test_origin(void)
{
	static const char *const same[][2] = {
		{ "http://h:80/a", "http://h:80/b?c" },
		{ "HTTP://Host.Example/a", "http://host.example" },
		{ "https://h/a", "https://h:443/b" },
		{ "http://h:80", "http://h" },
		{ "http://h:/", "http://h" },
		{ "http://[::1]:8/a", "http://[::1]:8" } };
	static const char *const other[][2] = {
		{ "http://127.0.0.1:80@evil/", "http://127.0.0.1:80" },
		{ "http://127.0.0.1:80@evil/", "http://evil/" },
		{ "http://u@h/", "http://u@h/" },
		{ "http://h/", "https://h/" }, { "http://h:1", "http://h:2" },
		{ "http://h:80", "https://h:80" },
		{ "http://h.example", "http://h" }, { "//h/a", "http://h" },
		{ "/a", "http://h" }, { "", "" },
		{ "http://h\\@evil/", "http://evil/" },
		{ "http://[::1]:8", "http://[::1]:9" },
		{ "http://[::1", "http://[::1]" },
		{ "http://h:443", "http://h" } };
	size_t i;

	for (i = 0; i < sizeof(same) / sizeof(*same); i++)
		ok(url_same_origin(same[i][0], same[i][1]) &&
		    url_same_origin(same[i][1], same[i][0]), "%s is of %s",
		    same[i][0], same[i][1]);
	for (i = 0; i < sizeof(other) / sizeof(*other); i++)
		ok(!url_same_origin(other[i][0], other[i][1]) &&
		    !url_same_origin(other[i][1], other[i][0]),
		    "%s is not of %s", other[i][0], other[i][1]);
}

static void
test_text(void)
{
	struct strbuf b = STRBUF_INIT;
	char out[64], small[5];

	url_escape("a-Z_0.~ /?#%&=\xc3\xa9\n", &b);
	is(b.buf, "a-Z_0.~%20%2F%3F%23%25%26%3D%C3%A9%0A", "escaped");
	strbuf_reset(&b);
	url_escape("", &b);
	ok(b.len == 0, "nothing is nothing");
	strbuf_release(&b);
	url_show("https://h:1/a?sig=secret#x", out, sizeof(out));
	is(out, "https://h:1/a", "shown without its query");
	url_show("https://me:pw@h/a?q", out, sizeof(out));
	is(out, "https://h/a", "shown without its user");
	url_show("https://h/a@b", out, sizeof(out));
	is(out, "https://h/a@b", "a path may have an @");
	url_show("/just/a?path", out, sizeof(out));
	is(out, "/just/a", "a path");
	url_show("/a?key=secret#https://u:p@h/", out, sizeof(out));
	is(out, "/a", "nor is a scheme in a query one");
	ok(!url_is_local("example.com/?x=://localhost/") &&
	    !url_same_origin("a?b=http://h", "a?b=http://h"),
	    "nor a host behind it");
	url_show("", out, sizeof(out));
	is(out, "", "nothing");
	url_show("https://h/\x1b[2J", out, sizeof(out));
	is(out, "https://h/\\x1B[2J", "no escape reaches the terminal");
	url_show("https://u@example.com/", small, sizeof(small));
	is(small, "http", "cut to the room there is");
}

int
main(void)
{
	test_local();
	test_private();
	test_origin();
	test_text();
	return done_testing();
}
