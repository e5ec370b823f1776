#include <string.h>

#include "provider/image_size.h"
#include "../tests/unit/tap.h"

static void
same(struct image_size got, int w, int h, const char *what)
{
	if (!ok(got.w == w && got.h == h, "%s: %dx%d", what, w, h))
		printf("# got %dx%d\n", got.w, got.h);
}

static struct image_size
size(int w, int h)
{
	struct image_size s = { w, h };

	return s;
}

static void
test_fixed(void)
{
	static const struct image_size list[] = { { 512, 512 },
		{ 1536, 1024 }, { 1024, 1024 }, { 768, 512 }, { 1024, 1536 } };

	same(image_size_fixed(list, 5, size(1920, 1080)), 1536, 1024, "wide");
	same(image_size_fixed(list, 5, size(1080, 1920)), 1024, 1536, "tall");
	same(image_size_fixed(list, 5, size(1080, 1080)), 1024, 1024,
	    "of two squares the larger");
	same(image_size_fixed(list, 5, size(1080, 1350)), 1024, 1536,
	    "4:5 is nearer to 2:3 than to 1:1");
	same(image_size_fixed(list, 1, size(1080, 1920)), 512, 512,
	    "the only one");
	same(image_size_fixed(list, 5, size(16384, 16)), 1536, 1024,
	    "a very wide one");
}

static void
test_step(void)
{
	struct image_rule r = { 16, 1000000, 1500000, 2048 };
	struct image_size s;
	int w, bad = 0;

	same(image_size_step(&r, size(1920, 1080)), 1536, 864, "16:9");
	same(image_size_step(&r, size(1080, 1920)), 864, 1536, "9:16");
	same(image_size_step(&r, size(1080, 1080)), 1216, 1216, "1:1");
	same(image_size_step(&r, size(1080, 1350)), 1088, 1360, "4:5");
	same(image_size_step(&image_rule_diffusion, size(1920, 1080)), 1280,
	    720, "16:9 for diffusion");
	for (w = 16; w <= 7680; w += 2) {
		s = image_size_step(&image_rule_diffusion, size(w, 1080));
		bad += s.w % 8 || s.h % 8 || s.w < 8 || s.h < 8 ||
		    s.w > 2048 || s.h > 2048 || s.w * s.h > 1100000;
	}
	ok(bad == 0, "any frame gets a size that keeps the rule");
	s = image_size_step(&r, size(7680, 16));
	same(s, 2048, 16, "a ribbon gets fewer pixels, not another shape");
	r.max_side = 1024;
	same(image_size_step(&r, size(1920, 1080)), 1024, 576,
	    "where pixels are to be many and sides short, the shape wins");
}

static void
test_aspect(void)
{
	is(image_aspect_name(size(1920, 1080)), "16:9", "16:9");
	is(image_aspect_name(size(1080, 1920)), "9:16", "9:16");
	is(image_aspect_name(size(64, 64)), "1:1", "1:1");
	is(image_aspect_name(size(640, 480)), "4:3", "4:3");
	is(image_aspect_name(size(480, 640)), "3:4", "3:4");
	is(image_aspect_name(size(1500, 1000)), "3:2", "3:2");
	is(image_aspect_name(size(1000, 1500)), "2:3", "2:3");
	is(image_aspect_name(size(1080, 1350)), "4:5", "4:5");
	is(image_aspect_name(size(1350, 1080)), "5:4", "5:4");
	is(image_aspect_name(size(2560, 1080)), "21:9", "21:9");
	is(image_aspect_name(size(7680, 16)), "21:9", "wider than all");
	is(image_aspect_name(size(1366, 768)), "16:9", "not quite 16:9");
}

static void
test_openai(void)
{
	struct image_size hd = { 1920, 1080 }, tall = { 1080, 1920 }, s;
	int w, bad = 0;

	same(image_size_openai("gpt-image-1", hd), 1536, 1024, "gpt-image-1");
	same(image_size_openai("gpt-image-1.5", tall), 1024, 1536,
	    "gpt-image-1.5");
	same(image_size_openai("openai/gpt-image-1-mini", size(500, 500)),
	    1024, 1024, "gpt-image-1-mini of a gateway");
	same(image_size_openai("dall-e-3", hd), 1792, 1024, "dall-e-3");
	same(image_size_openai("dall-e-2", hd), 1024, 1024, "dall-e-2");
	same(image_size_openai("gpt-image-2", hd), 2304, 1296, "gpt-image-2");
	same(image_size_openai("gpt-image-2-2026-04-21", tall), 1296, 2304,
	    "gpt-image-2 of a date");
	same(image_size_openai("gpt-image-2", size(3840, 2160)), 2560, 1440,
	    "no more than what is not experimental");
	same(image_size_openai("gpt-image-3", size(640, 360)), 1280, 720,
	    "a small film gets a small picture");
	same(image_size_openai("gpt-image-10", hd), 2304, 1296,
	    "gpt-image-10 is not gpt-image-1");
	same(image_size_openai("flux-dev", hd), 1280, 720, "a local model");
	same(image_size_openai(NULL, tall), 720, 1280, "no model named");
	for (w = 16; w <= 7680; w += 2) {
		s = image_size_openai("gpt-image-2", size(w, 1080));
		bad += s.w % 16 || s.h % 16 || s.w > 3 * s.h ||
		    s.h > 3 * s.w || s.w * s.h > 2560 * 1440 || s.w > 3840;
	}
	ok(bad == 0, "every size that gpt-image-2 is asked for, it takes");
}

int
main(void)
{
	test_fixed();
	test_step();
	test_aspect();
	test_openai();
	return done_testing();
}
