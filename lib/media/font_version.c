#include "media/font_version.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/strbuf.h"
#include "media/caption_paint.h"

static char whole[SHA256_HEX];
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* The PostScript name, NULL where the file has none. */
static const char *
name_of(FcPattern *p)
{
	FcChar8 *name;

	return FcPatternGetString(p, FC_POSTSCRIPT_NAME, 0, &name) ==
	    FcResultMatch ? (const char *)name : NULL;
}

/* A 16.16 number, to three places as people write it. */
static void
version_of(FcPattern *p, char out[FONT_VERSION])
{
	int v = 0;

	FcPatternGetInteger(p, FC_FONTVERSION, 0, &v);
	snprintf(out, FONT_VERSION, "%d.%03d", v >> 16,
	    (int)(((long long)(v & 0xffff) * 1000 + 32768) >> 16));
}

void
font_names_of_caption(const struct caption_draw *d, struct strvec *out)
{
	const char *name;
	size_t i;

	for (i = 0; i < d->piece_nr; i++) {
		if (!PANGO_IS_FC_FONT(d->piece[i].font))
			continue;
		name = name_of(pango_fc_font_get_pattern(PANGO_FC_FONT(
		    d->piece[i].font)));
		if (name && !strvec_has(out, name))
			strvec_push(out, name);
	}
}

void
font_version(struct font_set *f, const char *name, char out[FONT_VERSION])
{
	FcFontSet *s = FcConfigGetFonts(font_set_config(f), FcSetSystem);
	const char *other;
	int i;

	*out = '\0';
	for (i = 0; s && i < s->nfont; i++) {
		other = name_of(s->fonts[i]);
		if (other && !strcmp(other, name)) {
			version_of(s->fonts[i], out);
			return;
		}
	}
}

static void
digest(void)
{
	struct font_set *f = font_set_new(NULL);
	FcFontSet *s = f ? FcConfigGetFonts(font_set_config(f), FcSetSystem)
			 : NULL;
	struct strvec lines = STRVEC_INIT;
	struct strbuf b = STRBUF_INIT;
	char version[FONT_VERSION];
	const char *name;
	size_t k;
	int i;

	for (i = 0; s && i < s->nfont; i++) {
		name = name_of(s->fonts[i]);
		version_of(s->fonts[i], version);
		strvec_pushf(&lines, "%s %s\n", name ? name : "", version);
	}
	strvec_sort(&lines); /* folders are read in no order */
	for (k = 0; k < lines.nr; k++)
		strbuf_addstr(&b, lines.v[k]);
	if (b.len)
		sha256_hex(b.buf, b.len, whole);
	strbuf_release(&b);
	strvec_release(&lines);
	font_set_free(f);
}

const char *
font_set_version(void)
{
	pthread_once(&once, digest);
	return whole;
}
