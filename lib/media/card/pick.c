#include <string.h>

#include "base/hash.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "media/card/cues.h"
#include "media/card/pick.h"

#define HOMES 4

static const struct home {
	const char *tone;
	const char *family[HOMES];
} homes[] = {
	{ "curious", { "ribbons", "contours", "orbits", "papercut" } },
	{ "serious", { "ridges", "halftone", "city", NULL } },
	{ "playful", { "papercut", "swiss", NULL, NULL } },
	{ "calm", { "ridges", "sea", "papercut", NULL } },
	{ "dramatic", { "ridges", "sea", "nebula", "stained" } },
	{ "technical", { "contours", "orbits", "signal", NULL } },
};

static int
have(const char *name)
{
	return family_find(name) != NULL;
}

/* First 8 bytes of the SHA-256 of up to three texts, NUL between. */
static uint64_t
seed_of(const char *a, const char *b, const char *c)
{
	struct strbuf s = STRBUF_INIT;
	uint8_t h[SHA256_BYTES];
	uint64_t v = 0;
	int i;

	strbuf_add(&s, a ? a : "", a ? strlen(a) + 1 : 1);
	strbuf_add(&s, b ? b : "", b ? strlen(b) + 1 : 1);
	strbuf_add(&s, c ? c : "", c ? strlen(c) + 1 : 1);
	sha256_raw(s.buf, s.len, h);
	strbuf_release(&s);
	for (i = 0; i < 8; i++)
		v = v << 8 | h[i];
	return v;
}

static const struct home *
home_of(const char *tone)
{
	size_t i;

	for (i = 0; tone && i < sizeof(homes) / sizeof(*homes); i++)
		if (!strcmp(homes[i].tone, tone))
			return &homes[i];
	return &homes[0];
}

/* What the style's words name, or the look's ("dawn over the sea"), or by
 * tone. */
static const char *
home_family(const struct card_spec *s, uint64_t look)
{
	const char *name = cue_family(s->style, CUE_STYLE, have);
	const struct home *h = home_of(s->tone);
	const char *there[HOMES];
	unsigned i, nr = 0;

	if (!name)
		name = cue_family(s->look, CUE_TEXT, have);
	if (name)
		return name;
	for (i = 0; i < HOMES && h->family[i]; i++)
		if (have(h->family[i]))
			there[nr++] = h->family[i];
	return nr ? there[(look >> 8) % nr] : families[0].name;
}

/* A film of one subject tires: half of the scenes show home, the others its
 * companions, the other families of the tone. Colours and type hold it
 * together. */
static const char *
scene_family(const struct card_spec *s, const char *home)
{
	uint64_t roll = seed_of(s->look, s->text, "part");
	const char *there[HOMES];
	const struct home *h = home_of(s->tone);
	unsigned i, nr = 0;

	if (s->use != CARD_SCENE || roll % 100 < 50)
		return home;
	for (i = 0; i < HOMES && h->family[i]; i++)
		if (have(h->family[i]) && strcmp(h->family[i], home))
			there[nr++] = h->family[i];
	return nr ? there[(roll >> 8) % nr] : home;
}

static enum card_time
pick_time(const struct card_spec *s, const struct pick *k)
{
	int dramatic = s->tone && !strcmp(s->tone, "dramatic");

	if (cue_match(s->text, cue_night) || cue_match(s->style, cue_night) ||
	    cue_match(s->look, cue_night))
		return CARD_NIGHT;
	if (cue_match(s->text, cue_dawn) || cue_match(s->look, cue_dawn))
		return CARD_DAWN;
	if (dramatic || cue_match(s->text, cue_dusk) ||
	    cue_match(s->look, cue_dusk))
		return CARD_DUSK;
	return k->look >> 16 & 1 ? CARD_DAY : CARD_DAWN;
}

void
pick_make(struct pick *k, const struct card_spec *s)
{
	const char *home, *cue;
	int looked = s->look && *s->look;

	/* A scene's own style may change what is drawn, not its colours. */
	k->look = seed_of(looked ? s->look : s->text, s->tone, NULL);
	k->which = (int)(k->look & 1);
	home = home_family(s, seed_of(looked ? s->look : s->text, s->tone,
	    s->style));
	cue = s->use == CARD_SCENE || s->use == CARD_THUMB ?
	    cue_family(s->text, CUE_TEXT, have) : NULL;
	if (looked && s->use == CARD_SCENE &&
	    seed_of(s->look, s->text, "swap") % 5 >= 3)
		cue = NULL;
	/* A style that names a family is an order, not a hint. */
	if (cue_family(s->style, CUE_STYLE, have))
		cue = home;
	if (!cue)
		cue = looked ? scene_family(s, home) : home;
	k->family = family_find(cue);
	k->seed = seed_of(s->look, s->text, k->family->name);
	if (s->take > 1) {
		struct rng r;

		rng_seed(&r, k->seed, 0x74616b65ULL + (uint64_t)s->take);
		k->seed = rng_next(&r);
	}
	k->time = pick_time(s, k);
	if (s->use == CARD_END && k->time != CARD_NIGHT)
		k->time = k->time == CARD_DUSK ? CARD_NIGHT : CARD_DUSK;
	k->variant = cue_match(s->text, cue_plant) ? VARIANT_PLANT :
	    VARIANT_SUN;
}

int
card_style_is_known(const char *style)
{
	return cue_family(style, CUE_STYLE, have) ||
	    cue_match(style, cue_night);
}

void
card_style_names(struct strbuf *out)
{
	const struct family *f;

	for (f = families; f->name; f++)
		strbuf_addf(out, "%s%s", f == families ? "" : ", ", f->name);
}
