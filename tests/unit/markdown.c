#include <stdlib.h>
#include <time.h>

#include "base/strbuf.h"
#include "tap.h"
#include "text/markdown.h"

static const char *const keys[] = { "image", "notes", NULL };

/* Blocks as one string: a letter for the kind, the text, a newline. */
static char *
show(const char *s, size_t n)
{
	struct markdown m = MARKDOWN_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i;

	markdown_parse(s, n, keys, &m);
	for (i = 0; i < m.nr; i++)
		strbuf_addf(&b, "%c%s%s\n", "HTIQD"[m.v[i].kind],
		    m.v[i].kind == MARKDOWN_HEADING ?
		    (m.v[i].level == 1 ? "1 " : "2 ") : " ", m.v[i].text);
	markdown_release(&m);
	return strbuf_detach(&b, NULL);
}

static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "headings", "# One #\n## Two\nThree\n=====\nC#\n",
	    "H1 One\nH2 Two\nH1 Three\nT C#\n" },
	{ "paragraphs", "a\nb\n\nc\n", "T a b\nT c\n" },
	{ "lists", "- one\n- [x] two\n  more\n1. three\n",
	    "I one\nI two more\nI three\n" },
	{ "code", "a\n\n```c\nint x;\n```\n\n    indented\n\nb `x` ``y`z``\n",
	    "T a\nT b x y`z\n" },
	{ "links", "See [the *page*](http://x.y/z_(1) \"t\") and [that][1].\n\n"
	    "[1]: http://x\n", "T See the page and that.\n" },
	{ "addresses", "At https://www.example.org/a?b=c. And <http://x.y>.\n",
	    "T At example.org. And.\n" },
	{ "images", "![alt](a.png) Text [![b](c)](d)\n", "T Text\n" },
	{ "gaps", "Salt ![a](b). Sea [^1]; rain ; \\$ ;x ![a](b)\n\n[^1]: n\n",
	    "T Salt. Sea; rain ; $ ;x\n" },
	{ "emphasis", "*a* **b** _c_ ~~d~~ snake_case 2*3 and 4 * 5\n",
	    "T a b c d snake_case 2*3 and 4 * 5\n" },
	{ "html", "<div>a<br/>b</div>\n\n<!-- no\nno -->\n\n<script>\nx\n"
	    "</script>\n1 < 2 &amp; 3 &#62; 2\n",
	    "T ab\nT 1 < 2 & 3 > 2\n" },
	{ "front matter", "---\ntitle: \"T\"\n---\na\n", "T a\n" },
	{ "table", "a | b\n--|--\n1 | 2\n\n| x |\n|---|\n| y |\n\nz\n",
	    "T z\n" },
	{ "footnotes", "Salt.[^1] Sea[12].\n\n[^1]: A note\n"
	    "    goes on.\n\nEnd\n", "T Salt. Sea.\nT End\n" },
	{ "quotes", "> a\n> b\n>\n> > c\n", "Q a b\nQ c\n" },
	{ "a list in a quote", "> * a\nb\n\n> - c\n", "Q a b\nQ c\n" },
	{ "directives", "a\n> image: a *whale*\n> notes: n\nb\n",
	    "T a\nD image: a *whale*\nD notes: n\nT b\n" },
	{ "placeholders", "[placeholder: what is shown]\n",
	    "T [placeholder: what is shown]\n" },
	{ "rules", "a\n\n---\n\nb\n***\n", "T a\nT b\n" },
	{ "escapes", "\\*a\\* \\[b\\](c)\n", "T *a* [b](c)\n" },
	{ "line ends", "a\r\nb\r\n\r\nc", "T a b\nT c\n" },
	{ "unclosed", "[a](b *c `d <e\n", "T [a](b c d <e\n" },
};

static void
escapes(const char *s)
{
	struct strbuf b = STRBUF_INIT, want = STRBUF_INIT;
	char *got;

	markdown_escape(s, strlen(s), &b);
	got = show(b.buf, b.len);
	strbuf_addf(&want, "T %s\n", s);
	is(got, want.buf, "what is escaped reads back");
	free(got);
	strbuf_release(&b);
	strbuf_release(&want);
}

/* Megabytes of one unit must not take more than a moment. */
static void
hostile(const char *unit, size_t times)
{
	struct strbuf b = STRBUF_INIT;
	clock_t t = clock();
	size_t i;

	for (i = 0; i < times; i++)
		strbuf_addstr(&b, unit);
	free(show(b.buf, b.len));
	t = clock() - t;
	ok(t < 3 * CLOCKS_PER_SEC, "%zu times '%.12s': %.2f s", times,
	    *unit == '\n' ? "newline" : unit, (double)t / CLOCKS_PER_SEC);
	strbuf_release(&b);
}

int
main(void)
{
	size_t i;
	char *got;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		got = show(cases[i].in, strlen(cases[i].in));
		is(got, cases[i].want, cases[i].name);
		free(got);
	}
	escapes("# no heading");
	escapes("1. no item");
	escapes("- 5 * 3 _x_ [a](b) <b> &amp; `c` https://x.y/z \\ | ~~");
	hostile("> ", 500000);
	hostile("[", 1000000);
	hostile("[a](", 250000);
	hostile("<a ", 300000);
	hostile("<!--", 250000);
	hostile("`", 1000000);
	hostile("` `` ", 200000);
	hostile("*a _b ", 150000);
	hostile("- ", 500000);
	hostile("\n> ", 300000);
	hostile("&", 1000000);
	hostile("![[](", 200000);
	return done_testing();
}
