#include "media/font_trial.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>
#include <string.h>
#include <unistd.h>

#include "base/child.h"
#include "base/file.h"
#include "base/jail.h"
#include "base/strbuf.h"
#include "media/font.h"

#define TRIAL_BYTES (256u << 20)
#define TRIAL_SECONDS 20  /* of work */
#define TRIAL_PATIENCE 120
#define FACES_MAX 8
#define GLYPHS_MAX 4096   /* of a face, spread over it */
#define PIXELS 64         /* their size */
#define GOOD 'y'

static void
load_glyphs(FT_Face face)
{
	long step = face->num_glyphs / GLYPHS_MAX + 1, i;

	FT_Set_Pixel_Sizes(face, 0, PIXELS);
	for (i = 0; i < face->num_glyphs; i += step)
		if (FT_Load_Glyph(face, (FT_UInt)i, FT_LOAD_NO_HINTING) == 0 &&
		    face->glyph->format == FT_GLYPH_FORMAT_OUTLINE)
			FT_Render_Glyph(face->glyph, FT_RENDER_MODE_NORMAL);
}

static void
shape(hb_face_t *face)
{
	static const char text[] = "The quick brown fox, ffi 1/2 AVA \xC3\xA4 "
	    "\xD8\xB3\xD9\x84\xD8\xA7\xD9\x85 \xE0\xA4\x95\xE0\xA5\x8D"
	    "\xE0\xA4\xB7 \xE4\xB8\x96";
	hb_font_t *font = hb_font_create(face);
	hb_buffer_t *b = hb_buffer_create();

	hb_buffer_add_utf8(b, text, sizeof(text) - 1, 0, sizeof(text) - 1);
	hb_buffer_guess_segment_properties(b);
	hb_shape(font, b, NULL, 0);
	hb_buffer_destroy(b);
	hb_font_destroy(font);
}

static int
try_face(FT_Library library, const struct strbuf *file, long i)
{
	FT_Face face;
	FT_ULong c;
	FT_UInt glyph;
	unsigned n = 0;

	if (FT_New_Memory_Face(library, (const FT_Byte *)file->buf,
	    (FT_Long)file->len, i, &face) != 0)
		return 0;
	for (c = FT_Get_First_Char(face, &glyph); glyph && n < GLYPHS_MAX; n++)
		c = FT_Get_Next_Char(face, c, &glyph);
	load_glyphs(face);
	n = face->num_faces > i + 1 && i + 1 < FACES_MAX;
	FT_Done_Face(face);
	return n ? 2 : 1;
}

int
font_trial_here(const struct strbuf *file)
{
	hb_blob_t *blob;
	hb_face_t *face;
	FT_Library library;
	int k = 2;
	long i;

	if (FT_Init_FreeType(&library) != 0)
		return 0;
	for (i = 0; k == 2; i++) {
		k = try_face(library, file, i);
		if (!k)
			break;
		blob = hb_blob_create(file->buf, (unsigned)file->len,
		    HB_MEMORY_MODE_READONLY, NULL, NULL);
		face = hb_face_create(blob, (unsigned)i);
		shape(face);
		hb_face_destroy(face);
		hb_blob_destroy(blob);
	}
	FT_Done_FreeType(library);
	return k;
}

/* In the child: a byte where it went well. */
static void
try_font(int fd, void *ctx)
{
	static const char good = GOOD;
	const struct strbuf *file = ctx;

	jail_enter(TRIAL_BYTES + file->len, TRIAL_SECONDS);
	if (font_trial_here(file))
		(void)file_write_all(fd, &good, 1);
}

int
font_trial(const char *file, struct err *e)
{
	struct strbuf bytes = STRBUF_INIT, said = STRBUF_INIT;
	struct child_job job = { file, TRIAL_PATIENCE, 1, try_font, &bytes };
	int ret = file_read(file, FONT_OWN_MAX, &bytes, e);

	if (ret == 0)
		ret = child_run(&job, &said, e);
	if (ret > 0)
		ret = err_set(e, EX_DATA, "%s: reading it as a font took too "
		    "much time or memory, or broke the reader; it is broken "
		    "or hostile, get it anew", file);
	else if (ret == 0 && !(said.len && said.buf[0] == GOOD))
		ret = err_set(e, EX_DATA, "%s: is no font that can be opened; "
		    "use a .ttf or .otf file", file);
	strbuf_release(&bytes);
	strbuf_release(&said);
	return ret;
}
