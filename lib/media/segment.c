#include "media/segment.h"

#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <pango/pango.h>

#include "base/mem.h"
#include "base/utf8.h"

static unsigned
mark_of(const PangoLogAttr *a)
{
	return (a->is_cursor_position ? SEGMENT_GRAPHEME : 0) |
	    (a->is_word_start ? SEGMENT_WORD_START : 0) |
	    (a->is_word_end ? SEGMENT_WORD_END : 0) |
	    (a->is_line_break ? SEGMENT_LINE : 0) |
	    (a->is_mandatory_break ? SEGMENT_LINE_MUST : 0) |
	    (a->is_sentence_boundary ? SEGMENT_SENTENCE : 0) |
	    (a->is_white ? SEGMENT_SPACE : 0);
}

/* One piece: valid UTF-8. */
static void
mark_piece(const char *text, size_t len, PangoLanguage *language,
    uint8_t *mark)
{
	size_t nr = utf8_length(text, len), i, off = 0;
	PangoLogAttr *attr = xcalloc(nr + 1, sizeof(*attr));
	uint32_t cp;

	pango_get_log_attrs(text, (int)len, -1, language, attr, (int)nr + 1);
	for (i = 0; i < nr && off < len; i++) {
		mark[off] |= (uint8_t)mark_of(&attr[i]);
		off += utf8_decode(text + off, len - off, &cp);
	}
	mark[len] |= (uint8_t)mark_of(&attr[nr]);
	free(attr);
}

/* Length of the next piece: all, or up to the last newline or space within
 * SEGMENT_PIECE bytes, or the last whole character. */
static size_t
piece_length(const char *text, size_t len)
{
	size_t n = SEGMENT_PIECE, least = SEGMENT_PIECE / 2;
	const char *nl;

	if (len <= SEGMENT_PIECE)
		return len;
	nl = memrchr(text + least, '\n', n - least);
	if (!nl)
		nl = memrchr(text + least, ' ', n - least);
	if (nl)
		return (size_t)(nl - text) + 1;
	while (n > least && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* The bytes of text with each broken or NUL byte as "?": the same length. */
static char *
mend(const char *text, size_t len)
{
	char *s = xmemdup(text, len);
	size_t off = 0, bad;

	while ((bad = utf8_check(s + off, len - off)) < len - off) {
		off += bad;
		s[off] = '?';
	}
	return s;
}

void
segment_text(const char *text, size_t len, const char *language, uint8_t *mark)
{
	PangoLanguage *l = pango_language_from_string(language && *language ?
	    language : "en");
	char *mended = NULL;
	size_t off = 0, n;

	memset(mark, 0, len + 1);
	if (utf8_check(text, len) < len)
		text = mended = mend(text, len);
	while (off < len) {
		n = piece_length(text + off, len - off);
		mark_piece(text + off, n, l, mark + off);
		off += n;
		/* the border of a piece is an accident, not a sentence */
		if (off < len && text[off - 1] != '\n')
			mark[off] &= (uint8_t)~SEGMENT_SENTENCE;
	}
	mark[len] |= SEGMENT_GRAPHEME;
	free(mended);
}

size_t
segment_graphemes(const char *text, size_t len, const char *language)
{
	uint8_t *mark = xmalloc(len + 1);
	size_t i, n = 0;

	segment_text(text, len, language, mark);
	for (i = 0; i < len; i++)
		n += mark[i] & SEGMENT_GRAPHEME;
	free(mark);
	return n;
}

static unsigned
script_class(uint32_t cp)
{
	switch (g_unichar_get_script(cp)) {
	case G_UNICODE_SCRIPT_HAN:
	case G_UNICODE_SCRIPT_HIRAGANA:
	case G_UNICODE_SCRIPT_KATAKANA:
	case G_UNICODE_SCRIPT_BOPOMOFO:
		return SEGMENT_IDEO;
	case G_UNICODE_SCRIPT_THAI:
	case G_UNICODE_SCRIPT_LAO:
	case G_UNICODE_SCRIPT_KHMER:
	case G_UNICODE_SCRIPT_MYANMAR:
		return SEGMENT_THAI;
	case G_UNICODE_SCRIPT_HANGUL:
		return SEGMENT_HANGUL;
	default:
		return cp == 0x30fc ? SEGMENT_IDEO : 0; /* long vowel mark */
	}
}

static unsigned
type_class(uint32_t cp)
{
	switch (g_unichar_type(cp)) {
	case G_UNICODE_UPPERCASE_LETTER:
	case G_UNICODE_TITLECASE_LETTER:
		return SEGMENT_UPPER | SEGMENT_LETTER;
	case G_UNICODE_LOWERCASE_LETTER:
		return SEGMENT_LOWER | SEGMENT_LETTER;
	case G_UNICODE_MODIFIER_LETTER:
	case G_UNICODE_OTHER_LETTER:
		return SEGMENT_LETTER;
	case G_UNICODE_DECIMAL_NUMBER:
		return SEGMENT_DIGIT;
	case G_UNICODE_SPACING_MARK:
	case G_UNICODE_ENCLOSING_MARK:
	case G_UNICODE_NON_SPACING_MARK:
		return SEGMENT_MARK;
	case G_UNICODE_OPEN_PUNCTUATION:
	case G_UNICODE_INITIAL_PUNCTUATION:
		return SEGMENT_OPEN | SEGMENT_PUNCT;
	case G_UNICODE_CLOSE_PUNCTUATION:
	case G_UNICODE_FINAL_PUNCTUATION:
		return SEGMENT_CLOSE | SEGMENT_PUNCT;
	case G_UNICODE_CONNECT_PUNCTUATION:
	case G_UNICODE_DASH_PUNCTUATION:
	case G_UNICODE_OTHER_PUNCTUATION:
		return SEGMENT_PUNCT;
	default:
		return 0;
	}
}

unsigned
segment_class(uint32_t cp)
{
	unsigned c = type_class(cp) | script_class(cp);

	if (g_unichar_isspace(cp) || cp == 0xa0 || cp == 0x202f)
		c |= SEGMENT_BLANK;
	if (cp == '"' || cp == '\'')
		c |= SEGMENT_CLOSE;
	if (cp == 0x201c) /* closes a German quote */
		c |= SEGMENT_CLOSE;
	return c;
}

void
segment_fold(const char *text, size_t len, struct strbuf *out)
{
	char *mended = NULL, *folded, *whole;

	if (utf8_check(text, len) < len)
		text = mended = mend(text, len);
	folded = g_utf8_casefold(text, (gssize)len);
	whole = g_utf8_normalize(folded, -1, G_NORMALIZE_NFC);
	strbuf_addstr(out, whole ? whole : folded);
	g_free(whole);
	g_free(folded);
	free(mended);
}

void
segment_capitalise(struct strbuf *b, size_t at)
{
	struct strbuf rest = STRBUF_INIT;
	uint32_t cp = 0;
	size_t n = 0;
	char up[4];

	for (; at < b->len; at += n) {
		n = utf8_decode(b->buf + at, b->len - at, &cp);
		if (!n)
			return;
		if (!(segment_class(cp) & (SEGMENT_OPEN | SEGMENT_CLOSE)) &&
		    cp != 0xbf && cp != 0xa1) /* inverted ? and ! */
			break;
	}
	if (at >= b->len || !(segment_class(cp) & SEGMENT_LOWER))
		return;
	strbuf_add(&rest, b->buf + at + n, b->len - at - n);
	strbuf_setlen(b, at);
	strbuf_add(b, up, utf8_encode(g_unichar_totitle(cp), up));
	strbuf_add(b, rest.buf, rest.len);
	strbuf_release(&rest);
}
