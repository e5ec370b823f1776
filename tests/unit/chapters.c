/* Chapters: the rules YouTube has, on films of many lengths. */
#include <stdlib.h>

#include "base/mem.h"
#include "media/segment.h"
#include "render/chapters.h"
#include "render/timeline.h"
#include "tap.h"

static const char *const texts[] = {
	"The blue whale is the largest animal that has ever lived.",
	"Its heart weighs as much as a small car.",
	"Every summer it swims thousands of kilometres to the cold seas.",
	"", "Nobody knows why it sings.",
};

static void
make(struct film *f, struct film_scene *s, size_t nr, double seconds)
{
	size_t i;

	memset(f, 0, sizeof(*f));
	memset(s, 0, nr * sizeof(*s));
	for (i = 0; i < nr; i++) {
		s[i].text = s[i].spoken = texts[i % 5];
		s[i].language = "en";
		s[i].seconds = seconds;
	}
	f->name = f->preset = "youtube";
	f->language = "en";
	f->scene = s;
	f->nr = nr;
}

static void
check(const struct film *f, const char *what, size_t least, size_t most)
{
	struct timeline t;
	struct chapter *c;
	struct err e = ERR_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t nr, i, bad = 0;

	if (!ok(timeline_make(&t, f, &e) == 0, "%s: timeline %s", what,
	    e.msg))
		return;
	chapters_make(f, &t, &c, &nr, &e);
	ok(nr >= least && nr <= most, "%s: %zu chapters", what, nr);
	for (i = 0; i < nr; i++) {
		bad += c[i].start != (i ? c[i - 1].end : 0);
		bad += c[i].end - c[i].start < CHAPTER_SECONDS * t.fps;
		bad += !*c[i].title || strchr(c[i].title, '\n') ||
		    segment_graphemes(c[i].title, strlen(c[i].title), NULL) >
		    CHAPTER_TITLE;
	}
	ok(!bad && (!nr || c[nr - 1].end == t.frames),
	    "%s: they touch, last 10 s and have titles", what);
	chapters_text(c, nr, t.fps, &b);
	ok(!nr || !strncmp(b.buf, t.frames < 3600 * t.fps ? "0:00 " :
	    "0:00:00 ", 5), "%s: the text starts at 0:00", what);
	printf("# %.60s\n", b.buf);
	strbuf_release(&b);
	chapters_free(c, nr);
	timeline_release(&t);
}

int
main(void)
{
	struct film_scene *s = xcalloc(600, sizeof(*s));
	struct film f;

	make(&f, s, 3, 6);
	check(&f, "18 s", 0, 0);
	make(&f, s, 8, 5.2);
	check(&f, "42 s", 3, 3);
	make(&f, s, 10, 7);
	check(&f, "70 s", 3, 4);
	make(&f, s, 60, 7);
	check(&f, "7 min", 10, 14);
	make(&f, s, 600, 8);
	check(&f, "80 min", 15, 20);
	make(&f, s, 12, 6);
	s[0].title = "The start";
	s[3].title = "A heading\nthat is so long that no player would ever "
	    "show the whole of it in its list";
	s[4].title = "Too soon";
	s[8].title = "\xE5\xA4\xA7\xE6\xB5\xB7";
	check(&f, "with headings", 3, 3);
	free(s);
	return done_testing();
}
