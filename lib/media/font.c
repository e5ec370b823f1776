#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/font.h"
#include "media/font_own.h"

/* Files outside this list do not exist for us: other weights of Noto (from
 * fonts-noto-extra) would otherwise be chosen where they are installed. */
static const char font_rules[] =
	"<?xml version=\"1.0\"?><fontconfig>"
	"<dir>/usr/share/fonts</dir>"
	"<cachedir>/var/cache/fontconfig</cachedir>"
	"<cachedir prefix=\"xdg\">fontconfig</cachedir>"
	"<selectfont><acceptfont>"
	"<glob>*/Inter-Light.otf</glob>"
	"<glob>*/Inter-Regular.otf</glob>"
	"<glob>*/Inter-Medium.otf</glob>"
	"<glob>*/Inter-SemiBold.otf</glob>"
	"<glob>*/Inter-Bold.otf</glob>"
	"<glob>*/Inter-ExtraBold.otf</glob>"
	"<glob>*/Inter-Black.otf</glob>"
	"<glob>*/InterDisplay-Light.otf</glob>"
	"<glob>*/InterDisplay-Regular.otf</glob>"
	"<glob>*/InterDisplay-Medium.otf</glob>"
	"<glob>*/InterDisplay-SemiBold.otf</glob>"
	"<glob>*/InterDisplay-Bold.otf</glob>"
	"<glob>*/InterDisplay-ExtraBold.otf</glob>"
	"<glob>*/InterDisplay-Black.otf</glob>"
	"<glob>*/NotoSans*-Regular.ttf</glob>"
	"<glob>*/NotoSans*-Bold.ttf</glob>"
	"<glob>*/NotoSerifDisplay-Regular.ttf</glob>"
	"<glob>*/NotoSerifDisplay-Bold.ttf</glob>"
	"<glob>*/NotoSansCJK-Regular.ttc</glob>"
	"<glob>*/NotoSansCJK-Bold.ttc</glob>"
	"<glob>*/NotoColorEmoji.ttf</glob>"
	"</acceptfont><rejectfont><glob>*.*</glob></rejectfont></selectfont>"
	/* What Pango asks for where a character is an emoji by default, also
	 * where a text font has it in one colour. */
	"<match target=\"pattern\">"
	"<test name=\"family\"><string>emoji</string></test>"
	"<edit name=\"family\" mode=\"prepend\" "
	"binding=\"strong\">"
	"<string>Noto Color Emoji</string></edit></match>"
	/* Emoji are images of one size: scaled to the text's. */
	"<match target=\"font\">"
	"<test name=\"outline\"><bool>false</bool></test>"
	"<edit name=\"pixelsizefixupfactor\" mode=\"assign\"><divide>"
	"<name target=\"pattern\">pixelsize</name>"
	"<name target=\"font\">pixelsize</name></divide></edit>"
	"<edit name=\"matrix\" mode=\"assign\"><times><name>matrix</name>"
	"<matrix><name>pixelsizefixupfactor</name><double>0</double>"
	"<double>0</double><name>pixelsizefixupfactor</name></matrix>"
	"</times></edit>"
	"</match>"
	"</fontconfig>";

/* One for the process, never freed: Pango's threads keep references to it
 * past the life of a font map. Reading it is safe in any thread. */
static FcConfig *shared_config;
static pthread_once_t shared_once = PTHREAD_ONCE_INIT;

struct font_set {
	FcConfig *config; /* shared_config, or one with the user's own font */
	PangoFontMap *map;
};

int
font_has_family(const struct font_set *f, const char *family)
{
	FcFontSet *s = FcConfigGetFonts(f->config, FcSetSystem);
	FcChar8 *name;
	int i, j;

	for (i = 0; s && i < s->nfont; i++)
		for (j = 0; FcPatternGetString(s->fonts[i], FC_FAMILY, j,
			 &name) == FcResultMatch; j++)
			if (!strcmp((const char *)name, family))
				return 1;
	return 0;
}

static int
check_families(const struct font_set *f, struct err *e)
{
	static const char *const need[][2] = {
		{ "Inter", "fonts-inter" },
		{ "Inter Display", "fonts-inter" },
		{ "Noto Sans", "fonts-noto-core" },
		{ "Noto Serif Display", "fonts-noto-core" },
	};
	size_t i;

	for (i = 0; i < sizeof(need) / sizeof(*need); i++)
		if (!font_has_family(f, need[i][0]))
			return err_set(e, EX_CONF, "/usr/share/fonts: the font "
			    "%s is not installed; apt install %s", need[i][0],
			    need[i][1]);
	return 0;
}

static void
make_config(void)
{
	FcConfig *c = FcConfigCreate();

	if (c && (!FcConfigParseAndLoadFromMemory(c,
		(const FcChar8 *)font_rules, FcTrue) ||
	    !FcConfigBuildFonts(c))) {
		FcConfigDestroy(c);
		c = NULL;
	}
	shared_config = c;
}

static struct font_set *
open_set(FcConfig *config, struct err *e)
{
	struct font_set *f;

	if (!config) {
		err_set(e, EX_CONF, "/usr/share/fonts: fontconfig cannot read "
		    "the fonts; reinstall fonts-inter and fonts-noto-core");
		return NULL;
	}
	f = xcalloc(1, sizeof(*f));
	f->config = config;

	if (check_families(f, e) < 0)
		goto fail;
	f->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	if (!f->map) {
		err_set(e, EX_CONF, "Pango was built without FreeType; use the "
		    "distribution's libpangocairo");
		goto fail;
	}
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(f->map), f->config);
	return f;
fail:
	font_set_free(f);
	return NULL;
}

struct font_set *
font_set_new(struct err *e)
{
	pthread_once(&shared_once, make_config);
	return open_set(shared_config, e);
}

struct font_set *
font_set_new_with(const char *file, struct err *e)
{
	FcConfig *c = font_own_config(file, font_rules, e);

	return c ? open_set(c, e) : NULL;
}

void
font_set_free(struct font_set *f)
{
	if (!f)
		return;
	if (f->map)
		g_object_unref(f->map);
	free(f);
}

FcConfig *
font_set_config(const struct font_set *f)
{
	return f->config;
}

PangoContext *
font_context(struct font_set *f, const char *language)
{
	cairo_font_options_t *o = cairo_font_options_create();
	PangoContext *c = pango_font_map_create_context(f->map);

	cairo_font_options_set_antialias(o, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(o, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(o, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(c, o);
	pango_context_set_round_glyph_positions(c, FALSE);
	/* Always set: without it the environment's LANG would choose. */
	pango_context_set_language(c, pango_language_from_string(
	    language && *language ? language : "en"));
	cairo_font_options_destroy(o);
	return c;
}

static int
lang_is(const char *language, const char *two)
{
	return language && !strncmp(language, two, 2) &&
	    (!language[2] || language[2] == '-' || language[2] == '_');
}

int
font_language_is_cjk(const char *language)
{
	return lang_is(language, "zh") || lang_is(language, "ja") ||
	    lang_is(language, "ko");
}

static const char *
cjk_family(const char *language)
{
	if (lang_is(language, "ja"))
		return "Noto Sans CJK JP";
	if (lang_is(language, "ko"))
		return "Noto Sans CJK KR";
	if (!lang_is(language, "zh"))
		return "Noto Sans CJK SC";
	if (strstr(language, "HK") || strstr(language, "MO"))
		return "Noto Sans CJK HK";
	if (strstr(language, "TW") || strstr(language, "Hant"))
		return "Noto Sans CJK TC";
	return "Noto Sans CJK SC";
}

char *
font_families(char *out, size_t size, const char *first, const char *language)
{
	const char *cjk = cjk_family(language);
	const char *comma = first && *first ? "," : "";

	if (!first)
		first = "";
	if (font_language_is_cjk(language) && strcmp(first, FONT_OWN) != 0)
		snprintf(out, size, "%s,%s%sNoto Sans,Noto Color Emoji", cjk,
		    first, *comma ? comma : "");
	else
		snprintf(out, size, "%s%sNoto Sans,%s,Noto Color Emoji", first,
		    comma, cjk);
	return out;
}

/* Characters that are never drawn as a glyph of their own. */
static int
is_invisible(uint32_t c)
{
	return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad ||
	    c == 0x34f || c == 0x61c || (c >= 0x115f && c <= 0x1160) ||
	    (c >= 0x180b && c <= 0x180f) || (c >= 0x2000 && c <= 0x200f) ||
	    (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) ||
	    c == 0x3000 || c == 0x3164 || (c >= 0xfe00 && c <= 0xfe0f) ||
	    c == 0xfeff || c == 0xffa0 || (c >= 0xe0000 && c <= 0xe0fff);
}

static int
set_has_glyph(const FcFontSet *s, uint32_t c)
{
	FcCharSet *set;
	int i;

	for (i = 0; s && i < s->nfont; i++)
		if (FcPatternGetCharSet(s->fonts[i], FC_CHARSET, 0, &set) ==
			FcResultMatch && FcCharSetHasChar(set, c))
			return 1;
	return 0;
}

static int
has_glyph(const struct font_set *f, uint32_t c)
{
	return set_has_glyph(FcConfigGetFonts(f->config, FcSetSystem), c) ||
	    set_has_glyph(FcConfigGetFonts(f->config, FcSetApplication), c);
}

static int
missing(const struct font_set *f, uint32_t c, struct err *e)
{
	const char *package = "fonts-noto-core", *family = "Noto Sans";

	if ((c >= 0x2e80 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7ff) ||
	    (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe4f) ||
	    (c >= 0xff00 && c <= 0xffef) || (c >= 0x20000 && c <= 0x3ffff) ||
	    (c >= 0x1100 && c <= 0x11ff)) {
		package = "fonts-noto-cjk";
		family = "Noto Sans CJK SC";
	} else if ((c >= 0x1f000 && c <= 0x1faff) ||
	    (c >= 0x2600 && c <= 0x27bf) || c == 0x20e3) {
		package = "fonts-noto-color-emoji";
		family = "Noto Color Emoji";
	}
	if (!font_has_family(f, family))
		return err_set(e, EX_CONF, "U+%04X needs a font of %s: "
		    "apt install %s", (unsigned)c, package, package);
	return err_set(e, EX_DATA, "U+%04X has no glyph in any font we use; "
	    "write it another way", (unsigned)c);
}

int
font_check_text(struct font_set *f, const char *text, size_t n, struct err *e)
{
	uint32_t c;
	size_t i, used;

	for (i = 0; i < n; i += used) {
		used = utf8_decode(text + i, n - i, &c);
		if (!used)
			return err_set(e, EX_DATA, "the text is not UTF-8 at "
			    "byte %zu; save it as UTF-8", i);
		if (!is_invisible(c) && !has_glyph(f, c))
			return missing(f, c, e);
	}
	return 0;
}
