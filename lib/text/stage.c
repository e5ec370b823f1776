#include "text/stage.h"

#include <ctype.h>
#include <string.h>

#include "media/segment.h"
#include "text/outline.h"

#define LABEL_MAX 40  /* bytes before the colon */
#define STAGE_MAX 100 /* bytes within the brackets */
#define WORDS_MAX 4

/* Labels of who speaks, folded. */
static const char labels[] =
	"|narrator|narration|voiceover|voice over|voice-over|vo|v.o.|v/o|host|"
	"speaker|announcer|presenter|hook|cta|call to action|"
	"erz\xc3\xa4hler|erz\xc3\xa4hlerin|sprecher|sprecherin|"
	"narrateur|narratrice|voix off|voix-off|"
	"narrador|narradora|locutor|locutora|voz en off|"
	"narratore|voce fuori campo|narra\xc3\xa7\xc3\xa3o|verteller|"
	"\xd0\xb4\xd0\xb8\xd0\xba\xd1\x82\xd0\xbe\xd1\x80|"
	"\xe6\x97\x81\xe7\x99\xbd|"
	"\xe3\x83\x8a\xe3\x83\xac\xe3\x83\xbc\xe3\x82\xbf\xe3\x83\xbc|"
	"\xe3\x83\x8a\xe3\x83\xac\xe3\x83\xbc\xe3\x82\xb7\xe3\x83\xa7\xe3\x83"
	"\xb3|";

/* Labels that have a number after them. */
static const char numbered[] = "|scene|speaker|host|voice|szene|sc\xc3\xa8ne|"
	"escena|cena|scena|shot|";

/* Alone within brackets, folded. */
static const char alone[] =
	"|beat|silence|laughs|laughing|laughter|chuckles|sighs|sighing|gasps|"
	"whispers|whispering|smiles|smiling|applause|stille|lacht|seufzt|"
	"applaus|rires|applaudissements|silencio|risas|aplausos|risate|"
	"applausi|sil\xc3\xaancio|risos|"
	"\xd0\xbf\xd0\xb0\xd1\x83\xd0\xb7\xd0\xb0|"
	"\xe5\x81\x9c\xe9\xa1\xbf|\xe9\x9f\xb3\xe4\xb9\x90|"
	"\xe9\x9f\xb3\xe6\xa5\xbd|\xe9\x96\x93|";

/* The first of a few words within brackets, or the last of them. */
static const char firsts[] = "|pause|pauses|sfx|vo|v.o.|fade|fades|cut|zoom|"
	"pausa|pauza|";
static const char lasts[] = "|pause|beat|music|sfx|musik|musique|m\xc3\xbasica|"
	"musica|pausa|plays|swells|fades|";

/* Is the folded text one of "|a|b|"? */
static int
among(const char *list, const char *s, size_t n)
{
	const char *p = list;

	for (; n && (p = memmem(p, strlen(p), s, n)); p++)
		if (p[-1] == '|' && p[n] == '|')
			return 1;
	return 0;
}

static int
among_folded(const char *list, const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	int found;

	while (n && s[n - 1] == ' ')
		n--;
	segment_fold(s, n, &b);
	found = !memchr(s, '|', n) && among(list, b.buf, b.len);
	strbuf_release(&b);
	return found;
}

static size_t
sign_bytes(const char *s, size_t n, const char *sign)
{
	size_t k = strlen(sign);

	return n >= k && !memcmp(s, sign, k) ? k : 0;
}

/* Bytes of "Narrator:", "Scene 3:" or "Host (V.O.):" at the start; 0: none. */
static size_t
label(const char *s, size_t n)
{
	size_t colon, end, digits, k = 0;

	for (colon = 0; colon < n && colon < LABEL_MAX; colon++) {
		k = sign_bytes(s + colon, n - colon, ":");
		if (!k) /* or a full-width one */
			k = sign_bytes(s + colon, n - colon, "\xef\xbc\x9a");
		if (k || s[colon] == '\n')
			break;
	}
	if (!k)
		return 0;
	for (end = 0; end < colon && s[end] != '(';)
		end++;
	while (end && s[end - 1] == ' ')
		end--;
	for (digits = end; digits && isdigit((unsigned char)s[digits - 1]);)
		digits--;
	if (digits < end ? !among_folded(numbered, s, digits)
			 : !among_folded(labels, s, end))
		return 0;
	return colon + k;
}

/* "0:05" or "00:00 - 00:05 s"; but not "1990-1995". */
static int
is_time_code(const char *s, size_t n)
{
	size_t i;

	if (!memchr(s, ':', n) || !isdigit((unsigned char)s[0]))
		return 0;
	for (i = 0; i < n; i++)
		if (!isdigit((unsigned char)s[i]) && !strchr(":.- s", s[i]) &&
		    (unsigned char)s[i] < 0x80)
			return 0;
	return 1;
}

/* A few words, of which the first or the last tell. */
static int
is_direction(const char *s, size_t n)
{
	size_t first, last, words = 1, i;

	while (n && (s[n - 1] == '.' || s[n - 1] == ' '))
		n--;
	if (!n || *s == ' ')
		return 0;
	if (is_time_code(s, n) || among_folded(alone, s, n))
		return 1;
	for (first = 0; first < n && !strchr(" ,:", s[first]);)
		first++;
	for (last = n; last && s[last - 1] != ' ';)
		last--;
	for (i = 0; i < n; i++)
		words += s[i] == ' ';
	return words <= WORDS_MAX && (among_folded(firsts, s, first) ||
	    among_folded(lasts, s + last, n - last));
}

/* Does the bracket at from..to stand between two sentences? */
static int
stands_alone(const char *s, size_t n, size_t from, size_t to)
{
	static const char mark[] = OUTLINE_MARK;

	if (!strncmp(s + from, mark, n - from < sizeof(mark) - 1 ? n - from
	    : sizeof(mark) - 1))
		return 0;
	while (from && s[from - 1] == ' ')
		from--;
	while (to < n && s[to] == ' ')
		to++;
	return (!from || strchr(".!?", s[from - 1])) &&
	    (to == n || !islower((unsigned char)s[to]));
}

/* Bytes of the direction in brackets at off; 0: none. */
static size_t
bracketed(const char *s, size_t n, size_t off)
{
	static const char *const pairs[][2] = { { "(", ")" }, { "[", "]" },
		{ "\xef\xbc\x88", "\xef\xbc\x89" },
		{ "\xe3\x80\x90", "\xe3\x80\x91" } };
	size_t i, from, end, k = 0;

	for (i = 0; i < 4 && !k; i++)
		k = sign_bytes(s + off, n - off, pairs[i][0]);
	if (!k)
		return 0;
	i--;
	from = off + k;
	for (end = from; end < n && end < from + STAGE_MAX; end++)
		if ((k = sign_bytes(s + end, n - end, pairs[i][1])))
			break;
	if (end == n || end == from + STAGE_MAX)
		return 0;
	if (is_direction(s + from, end - from) || (i % 2 == 1 && end > from &&
	    stands_alone(s, n, off, end + k)))
		return end + k - off;
	return 0;
}

size_t
stage_find(const char *s, size_t n, size_t from, size_t *len)
{
	*len = from ? 0 : label(s, n);
	if (*len)
		return 0;
	for (; from < n; from++)
		if (strchr("([\xef\xe3", s[from]) && s[from] &&
		    (*len = bracketed(s, n, from)))
			return from;
	return n;
}

void
stage_remove(const char *s, size_t n, struct strbuf *out)
{
	size_t from, at, len;

	for (from = 0; from < n; from = at + len) {
		at = stage_find(s, n, from, &len);
		strbuf_add(out, s + from, at - from);
	}
}
