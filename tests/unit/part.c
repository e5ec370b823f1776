/* Parts: their digests, their files, and that encoding is closed and equal. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "render/part.h"
#include "../tests/unit/tap.h"

#define SHA_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define SHA_B "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"

static void
scene_init(struct film_scene *s, const char *text, const char *sha256,
    double seconds)
{
	memset(s, 0, sizeof(*s));
	s->text = s->spoken = text;
	s->language = "en";
	s->image = "x.png";
	s->image_sha256 = sha256;
	s->image_w = 2400;
	s->image_h = 1350;
	s->focus_x = s->focus_y = -1;
	s->seconds = seconds;
}

static void
make(struct part_list *l, struct film_scene *s, size_t nr)
{
	struct err e = ERR_INIT;
	struct timeline t;
	struct film f;

	memset(&f, 0, sizeof(f));
	f.name = "test";
	f.preset = "youtube";
	f.language = "en";
	f.scene = s;
	f.nr = nr;
	f.quality = QUALITY_STANDARD;
	if (timeline_make(&t, &f, &e) < 0 ||
	    part_list_make(l, &f, &t, NULL, 0, &e) < 0)
		die_err(&e);
	timeline_release(&t);
}

/* How many parts of a are also in b? */
static size_t
shared(const struct part_list *a, const struct part_list *b)
{
	size_t i, k, n = 0;

	for (i = 0; i < a->nr; i++)
		for (k = 0; k < b->nr; k++)
			if (!strcmp(a->part[i].key, b->part[k].key)) {
				n++;
				break;
			}
	return n;
}

static void
test_keys(void)
{
	struct film_scene s[3], moved[3];
	struct part_list a, b;
	int64_t at = 0;
	size_t i;
	int whole = 1, sizes = 1;

	scene_init(&s[0], "One.", SHA_A, 4);
	scene_init(&s[1], "Two.", SHA_B, 12);
	scene_init(&s[2], "Three.", SHA_A, 5);
	make(&a, s, 3);
	for (i = 0; i < a.nr; i++) {
		whole &= a.part[i].at == at;
		at += a.part[i].frames;
		sizes &= a.part[i].frames <= 120;
	}
	ok(whole && sizes, "parts follow each other, none over 120 frames");
	make(&b, s, 3);
	ok(shared(&a, &b) == a.nr, "the same film has the same parts");
	part_list_release(&b);

	memcpy(moved, s, sizeof(s));
	moved[0] = s[1];
	moved[1] = s[0];
	make(&b, moved, 3);
	/* Bodies of 1, 4 and 2 chunks stay; head and fades are others. */
	ok(shared(&a, &b) >= 6, "moved scenes keep the parts of their bodies "
	    "(%zu of %zu)", shared(&a, &b), a.nr);
	part_list_release(&b);

	memcpy(moved, s, sizeof(s));
	moved[1].text = moved[1].spoken = "Two changed.";
	moved[1].motion = "in";
	make(&b, moved, 3);
	ok(shared(&b, &a) == b.nr - 4 - 2, "a changed scene changes its own "
	    "parts and its two transitions (%zu of %zu kept)", shared(&b, &a),
	    b.nr);
	part_list_release(&b);

	memcpy(moved, s, sizeof(s));
	moved[2].transition = TRANSITION_CUT;
	make(&b, moved, 3);
	ok(shared(&b, &a) == a.nr - 1, "a cut for a fade changes one part");
	part_list_release(&b);

	memcpy(moved, s, sizeof(s));
	moved[2].transition = TRANSITION_WIPE;
	make(&b, moved, 3);
	ok(shared(&b, &a) == a.nr - 1, "so does a wipe");
	part_list_release(&b);

	memcpy(moved, s, sizeof(s));
	moved[2].transition_seconds = 0.2;
	make(&b, moved, 3);
	ok(shared(&b, &a) == a.nr - 1, "and its length");
	part_list_release(&b);

	memcpy(moved, s, sizeof(s));
	moved[1].easing = EASING_LINEAR;
	make(&b, moved, 3);
	ok(shared(&b, &a) == a.nr - 4 - 2, "another easing changes a scene's "
	    "parts and its two transitions");
	part_list_release(&b);
	part_list_release(&a);
}

static void
encode(struct encoded *r, int frames)
{
	struct encode_settings s = { 128, 64, 30, "superfast", 22, 2000, 4000,
		15, 30 };
	struct err e = ERR_INIT;
	struct encoder *c = encoder_open(&s, &e);
	struct yuv *v;
	int n, x;

	for (n = 0; c && n < frames; n++) {
		v = encoder_frame(c, &e);
		memset(v->plane[1], 128, (size_t)v->stride[1] * 32);
		memset(v->plane[2], 128, (size_t)v->stride[2] * 32);
		for (x = 0; x < 128 * 64; x++)
			v->plane[0][x % 128 + x / 128 * v->stride[0]] =
			    (uint8_t)(16 + (x % 128 + x / 128 + n) % 200);
		if (encoder_push(c, n == 0, r, &e) < 0)
			die_err(&e);
	}
	if (!c || encoder_finish(c, r, &e) < 0)
		die_err(&e);
	encoder_close(c);
}

static void
test_encode(void)
{
	struct encoded a = ENCODED_INIT, b = ENCODED_INIT, c = ENCODED_INIT;
	size_t i;
	int good = 1, keys = 0, last = -1;

	encode(&a, 40);
	encode(&b, 40);
	encode(&c, 6);
	ok(a.data.len == b.data.len && !memcmp(a.data.buf, b.data.buf,
	    a.data.len), "the same frames, the same bytes");
	ok(a.header.len == c.header.len && !memcmp(a.header.buf, c.header.buf,
	    a.header.len), "runs of other lengths have the same header");
	for (i = 0; i < a.nr; i++) {
		const struct encoded_packet *p = &a.packet[i];

		keys += p->key;
		/* Nothing after a key frame is shown before it. */
		if (p->key)
			last = p->frame;
		good &= p->frame >= last && p->frame >= (int)i - a.delay;
	}
	ok(a.packet[0].key && keys == 3, "a key frame every 15 frames (%d)",
	    keys);
	ok(good, "groups are closed, decoding is never late");
	encoded_release(&a);
	encoded_release(&b);
	encoded_release(&c);
}

static void
test_file(void)
{
	char dir[] = "/tmp/part.XXXXXX";
	struct encoded a = ENCODED_INIT, b = ENCODED_INIT;
	struct strbuf bytes = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i;
	int refused = 0, tried = 0;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		die(EX_IO, "cannot make a folder");
	encode(&a, 7);
	ok(part_save("x.part", &a, &e) == 0 && part_is_there("x.part", 7) &&
	    !part_is_there("x.part", 8) && !part_is_there("y.part", 7),
	    "a part is there when it is");
	ok(part_load("x.part", &b, &e) == 0 && b.nr == 7 &&
	    b.delay == a.delay && b.data.len == a.data.len &&
	    !memcmp(a.data.buf, b.data.buf, a.data.len) &&
	    b.packet[3].frame == a.packet[3].frame, "it is read back");
	encoded_release(&b);
	file_read("x.part", 1 << 20, &bytes, &e);
	for (i = 0; i < bytes.len; i += i < 200 ? 1 : 37, tried++) {
		char keep = bytes.buf[i];

		bytes.buf[i] = (char)(keep ^ 0x41);
		file_write("y.part", bytes.buf, bytes.len, &e);
		bytes.buf[i] = keep;
		refused += part_load("y.part", &b, &e) < 0 &&
		    e.code == EX_DATA;
		encoded_release(&b);
	}
	ok(refused == tried, "one wrong byte anywhere is refused");
	file_write("y.part", bytes.buf, bytes.len / 2, &e);
	ok(part_load("y.part", &b, &e) < 0 && !part_is_there("y.part", 7),
	    "half a part is refused");
	strbuf_release(&bytes);
	encoded_release(&a);
	if (chdir("/") == 0)
		file_remove_tree(dir, NULL);
}

int
main(void)
{
	test_keys();
	test_encode();
	test_file();
	return done_testing();
}
