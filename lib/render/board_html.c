#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "base/utf8.h"
#include "render/board_part.h"

void
board_text_cut(struct strbuf *o, const char *s, size_t n)
{
	size_t len = strlen(s), i = 0, k;
	uint32_t c = 0;

	for (; i < len && n > 0; i += k, n--) {
		k = utf8_decode(s + i, len - i, &c);
		if (k == 0 || (c < 0x20 && c != '\n' && c != '\t') ||
		    (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF) {
			strbuf_addstr(o, "\xEF\xBF\xBD");
			k = k ? k : 1;
		} else if (c == '<') {
			strbuf_addstr(o, "&lt;");
		} else if (c == '>') {
			strbuf_addstr(o, "&gt;");
		} else if (c == '&') {
			strbuf_addstr(o, "&amp;");
		} else if (c == '"') {
			strbuf_addstr(o, "&quot;");
		} else if (c == '\'') {
			strbuf_addstr(o, "&#39;");
		} else {
			strbuf_add(o, s + i, k);
		}
	}
	if (i < len)
		strbuf_addstr(o, "\xE2\x80\xA6");
}

void
board_text(struct strbuf *o, const char *s)
{
	board_text_cut(o, s, (size_t)-1);
}

void
board_url(struct strbuf *o, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

	for (; *path; path++)
		if (strchr(plain, *path))
			strbuf_addch(o, *path);
		else
			strbuf_addf(o, "%%%02X",
			    (unsigned)(unsigned char)*path);
}

void
board_file_url(struct strbuf *o, const struct board *b, const char *path)
{
	size_t n = strlen(b->project->root);

	if (!strncmp(path, b->project->root, n) && path[n] == '/')
		path += n + 1;
	strbuf_addstr(o, b->media);
	board_url(o, path);
}

void
board_base64(struct strbuf *o, const void *p, size_t n)
{
	static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = p;
	char four[4];
	size_t i, left;
	uint32_t v;

	strbuf_grow(o, n / 3 * 4 + 4);
	for (i = 0; i < n; i += 3) {
		left = n - i;
		v = (uint32_t)s[i] << 16 | (left > 1 ? s[i + 1] << 8 : 0) |
		    (left > 2 ? s[i + 2] : 0);
		four[0] = digit[v >> 18];
		four[1] = digit[v >> 12 & 63];
		four[2] = left > 1 ? digit[v >> 6 & 63] : '=';
		four[3] = left > 2 ? digit[v & 63] : '=';
		strbuf_add(o, four, 4);
	}
}

void
board_clock(struct strbuf *o, double seconds, int tenths)
{
	long t = (long)(seconds * 10 + 0.5);

	if (!tenths)
		t = (long)(seconds + 0.5) * 10;
	if (t >= 36000)
		strbuf_addf(o, "%ld:%02ld", t / 36000, t / 600 % 60);
	else
		strbuf_addf(o, "%ld", t / 600);
	strbuf_addf(o, ":%02ld", t / 10 % 60);
	if (tenths)
		strbuf_addf(o, ".%ld", t % 10);
}

const char *
board_level_name(enum board_level level)
{
	static const char *const names[BOARD_LEVELS] = { "fresh", "absent",
		"modified", "warning", "stale", "missing", "missing",
		"failed" };

	return names[level];
}

const char *
board_level_word(enum board_level level)
{
	return level == BOARD_ABSENT ? state_name(STATE_ABSENT)
	    : level == BOARD_POINTER ? state_name(STATE_POINTER)
	    : board_level_name(level);
}

void
board_glyph(struct strbuf *o, enum board_level level, const char *label)
{
	const char *name = board_level_name(level);

	strbuf_addf(o, "<span class=\"st %s\"><svg class=\"g\" "
	    "aria-hidden=\"true\"><use href=\"#g-%s\"/></svg>", name, name);
	if (label) {
		strbuf_addch(o, ' ');
		board_text(o, label);
	}
	strbuf_addstr(o, "</span>");
}

void
board_symbols(struct strbuf *o)
{
	static const char *const shape[BOARD_LEVELS] = {
		[BOARD_FRESH] = "<path class=\"ln\" d=\"M2.5 8.5l3.8 4L13.5 "
		    "4\"/>",
		[BOARD_ABSENT] = "<circle class=\"ln\" cx=\"8\" cy=\"8\" "
		    "r=\"5.5\"/>",
		[BOARD_MODIFIED] = "<path class=\"ln\" d=\"M2 14l.8-3.4L10.9 "
		    "2.5a1.3 1.3 0 0 1 1.9 0l.7.7a1.3 1.3 0 0 1 0 1.9L5.4 "
		    "13.2z\"/>",
		[BOARD_WARNING] = "<path class=\"ln\" d=\"M8 1.8L14.8 "
		    "14H1.2zM8 6.2v4M8 11.6v.9\"/>",
		[BOARD_STALE] = "<path class=\"ln\" d=\"M13.2 8a5.2 5.2 0 1 "
		    "1-1.6-3.8M12.4 1.4v3.2H9.2\"/>",
		[BOARD_MISSING] = "<circle class=\"ln\" cx=\"8\" cy=\"8\" "
		    "r=\"6\" stroke-dasharray=\"2.6 2.1\"/>",
		[BOARD_FAILED] = "<path fill=\"currentColor\" d=\"M5 1h6l4 4v6l"
		    "-4 4H5l-4-4V5z\"/><path class=\"on\" d=\"M5.5 5.5l5 "
		    "5m0-5l-5 5\"/>"
	};
	int i;

	strbuf_addstr(o, "<svg class=\"defs\" aria-hidden=\"true\" width=\"0\" "
	    "height=\"0\"><defs>");
	for (i = 0; i < BOARD_LEVELS; i++)
		if (shape[i]) /* a pointer has that of what is missing */
			strbuf_addf(o, "<symbol id=\"g-%s\" viewBox=\"0 0 "
			    "16 16\">%s</symbol>",
			    board_level_name((enum board_level)i), shape[i]);
	strbuf_addstr(o, "</defs></svg>\n");
}

const char *
board_language(const char *tag)
{
	static const char *const name[][2] = { { "en", "English" },
		{ "de", "German" }, { "fr", "French" }, { "es", "Spanish" },
		{ "it", "Italian" }, { "pt", "Portuguese" },
		{ "nl", "Dutch" }, { "pl", "Polish" }, { "sv", "Swedish" },
		{ "da", "Danish" }, { "nb", "Norwegian" },
		{ "fi", "Finnish" }, { "cs", "Czech" }, { "ru", "Russian" },
		{ "uk", "Ukrainian" }, { "tr", "Turkish" },
		{ "ar", "Arabic" }, { "he", "Hebrew" }, { "hi", "Hindi" },
		{ "zh", "Chinese" }, { "ja", "Japanese" },
		{ "ko", "Korean" } };
	size_t i, n = strcspn(tag, "-");

	for (i = 0; !tag[n] && i < sizeof(name) / sizeof(*name); i++)
		if (strlen(name[i][0]) == n && !strncmp(name[i][0], tag, n))
			return name[i][1];
	return tag;
}

void
board_print(const struct board *b, struct strbuf *o)
{
	size_t i;

	strbuf_addstr(o, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n<meta http-equiv=\""
	    "Content-Security-Policy\" content=\"default-src 'none'; "
	    "img-src data:; media-src 'self' file: data:; "
	    "style-src 'unsafe-inline'\">\n<meta name=\"viewport\" content=\""
	    "width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	board_text(o, b->project->title);
	strbuf_addstr(o, " - storyboard</title>\n");
	board_style(o, b);
	strbuf_addstr(o, "</head>\n<body>\n"
	    "<a class=\"skip\" href=\"#scenes\">Skip to the scenes</a>\n");
	board_symbols(o);
	board_head(o, b);
	strbuf_addstr(o, "<main>\n<div class=\"top\">\n");
	board_verdict(o, b);
	board_film(o, b);
	strbuf_addstr(o, "</div>\n");
	board_strip(o, b);
	board_bar(o, b);
	strbuf_addstr(o, "<div id=\"scenes\" tabindex=\"-1\">\n");
	for (i = 0; i < b->nr; i++)
		board_scene(o, b, i);
	strbuf_addstr(o, "</div>\n</main>\n<footer>Made by studio from ");
	strbuf_addf(o, "%zu scene record%s. Pictures may come from a trained "
	    "model unless they are marked as your own; each record says "
	    "which.</footer>\n</body>\n</html>\n", b->nr,
	    b->nr == 1 ? "" : "s");
}
