#include <stdlib.h>
#include <string.h>

#include "media/font.h"
#include "../tests/unit/tap.h"

static int
width(struct font_set *f, const char *language, const char *text, int weight)
{
	PangoContext *c = font_context(f, language);
	PangoLayout *l = pango_layout_new(c);
	PangoFontDescription *d = pango_font_description_new();
	char families[256];
	int w, h;

	pango_font_description_set_family(d, font_families(families,
	    sizeof(families), "Inter Display", language));
	pango_font_description_set_weight(d, weight);
	pango_font_description_set_absolute_size(d, 100 * PANGO_SCALE);
	pango_layout_set_font_description(l, d);
	pango_layout_set_text(l, text, -1);
	pango_layout_get_size(l, &w, &h);
	if (pango_layout_get_unknown_glyphs_count(l))
		w = -1;
	pango_font_description_free(d);
	g_object_unref(l);
	g_object_unref(c);
	return w;
}

static void
test_check(struct font_set *f)
{
	static const char *const good[] = { "Plain text, \"quoted\"\n",
		"gr\xc3\xbc\xc3\x9f", "\xe6\xb5\xb7\xe6\xb0\xb4",
		"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d", "\xf0\x9f\x8c\x8a",
		"\xe0\xa4\xa8\xe0\xa4\xae\xe0\xa4\xb8", ("a\xe2\x80\x8d" "b") };
	struct err e = ERR_INIT;
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		ok(!font_check_text(f, good[i], strlen(good[i]), &e),
		    "text %zu has its glyphs: %s", i, e.msg);
	ok(font_check_text(f, "\xf4\x8f\xbf\xbd", 4, &e) < 0 &&
	    e.code == EX_DATA && strstr(e.msg, "U+10FFFD"),
	    "a private code point is named: %s", e.msg);
	ok(font_check_text(f, "a\xff", 2, &e) < 0 && e.code == EX_DATA,
	    "broken UTF-8 is refused");
}

int
main(void)
{
	struct err e = ERR_INIT;
	struct font_set *f, *g;
	char s[256];

	setenv("LANG", "ja_JP.UTF-8", 1);
	f = font_set_new(&e);
	if (!ok(f != NULL, "the fonts open: %s", e.msg))
		return done_testing();
	test_check(f);
	g = font_set_new(&e);
	ok(width(f, "en", "Above", 700) == width(g, "en", "Above", 700),
	    "two sets measure alike");
	ok(width(f, "en", "Above", 700) > width(f, "en", "Above", 300),
	    "bold is wider than light");
	ok(width(f, "zh", "\xe6\xb5\xb7\xe6\xb0\xb4", 700) > 0,
	    "Han is drawn with a font that has it");
	is(font_families(s, sizeof(s), "Inter", "de"),
	    "Inter,Noto Sans,Noto Sans CJK SC,Noto Color Emoji",
	    "families of German");
	is(font_families(s, sizeof(s), "Inter", "ja"),
	    "Noto Sans CJK JP,Inter,Noto Sans,Noto Color Emoji",
	    "families of Japanese");
	is(font_families(s, sizeof(s), NULL, "zh-TW"),
	    "Noto Sans CJK TC,Noto Sans,Noto Color Emoji",
	    "families of Taiwan's Chinese, none first");
	font_set_free(f);
	font_set_free(g);
	return done_testing();
}
