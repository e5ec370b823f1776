#include "provider/image_prompt.h"

#include <string.h>

#include "base/utf8.h"

const char *
image_character_text(const struct node *character)
{
	return character->str ? character->str
	    : node_str(character, "description", "");
}

static int
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static int
is_blank(const char *s)
{
	while (s && is_space(*s))
		s++;
	return !s || !*s;
}

/* Does the text end as a sentence does? */
static int
is_ended(const struct strbuf *b)
{
	static const char *const ends[] = { ".", "!", "?", "\xe2\x80\xa6",
		"\xe3\x80\x82", "\xef\xbc\x81", "\xef\xbc\x9f" };
	size_t i, n;

	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		n = strlen(ends[i]);
		if (b->len >= n && !memcmp(b->buf + b->len - n, ends[i], n))
			return 1;
	}
	return 0;
}

/* Append "HEAD text." on one line, behind a space where something is before
 * it. Nothing for a blank text. */
static void
add_sentence(struct strbuf *out, const char *head, const char *text)
{
	size_t n;

	if (is_blank(text))
		return;
	if (out->len)
		strbuf_addch(out, ' ');
	strbuf_addstr(out, head);
	while (*text) {
		while (is_space(*text))
			text++;
		for (n = 0; text[n] && !is_space(text[n]); n++)
			;
		if (n && !is_space(out->buf[out->len - 1]))
			strbuf_addch(out, ' ');
		strbuf_add(out, text, n);
		text += n;
	}
	if (!is_ended(out))
		strbuf_addch(out, '.');
}

/* Append a whole sentence. */
static void
add_plain(struct strbuf *out, const char *sentence)
{
	if (out->len)
		strbuf_addch(out, ' ');
	strbuf_addstr(out, sentence);
}

static void
add_mood(struct strbuf *out, const char *tone)
{
	static const char *const moods[][2] = {
		{ "curious", "curious: bright, inquisitive, full of wonder" },
		{ "serious", "serious: sober, composed, restrained" },
		{ "playful", "playful: light, colourful, cheerful" },
		{ "calm", "calm: soft, quiet, gently lit" },
		{ "dramatic", "dramatic: tense, with strong contrast and deep "
		    "shadows" },
		{ "technical", "technical: precise, clear, clean in its "
		    "lines" },
	};
	size_t i;

	for (i = 0; tone && i < sizeof(moods) / sizeof(*moods); i++)
		if (!strcmp(tone, moods[i][0]))
			tone = moods[i][1];
	add_sentence(out, "The mood is", tone);
}

static void
add_characters(struct strbuf *out, const struct node *map)
{
	struct strbuf head = STRBUF_INIT;
	const char *text;
	int first = 1;
	size_t i;

	for (i = 0; map && i < map->nr; i++) {
		text = image_character_text(map->kid[i]);
		if (is_blank(text))
			continue;
		if (first)
			add_plain(out, "Characters look the same in every "
			    "picture.");
		first = 0;
		strbuf_reset(&head);
		strbuf_addf(&head, "%s:", map->kid[i]->key);
		add_sentence(out, head.buf, text);
	}
	strbuf_release(&head);
}

/* Is there something in quotes, opened before a letter? Inches and the like
 * are not. */
static int
has_quote(const char *s)
{
	static const char *const pairs[][2] = {
		{ "\"", "\"" },
		{ "\xe2\x80\x9c", "\xe2\x80\x9d" }, /* English */
		{ "\xe2\x80\x9e", "\xe2\x80\x9c" }, /* German */
		{ "\xe2\x80\x9e", "\xe2\x80\x9d" }, /* Polish */
		{ "\xe2\x80\x98", "\xe2\x80\x99" }, /* single */
		{ "\xc2\xab", "\xc2\xbb" },         /* French, Russian */
		{ "\xc2\xbb", "\xc2\xab" },         /* Danish */
		{ "\xe3\x80\x8c", "\xe3\x80\x8d" }, /* Japanese */
		{ "\xe3\x80\x8e", "\xe3\x80\x8f" },
	};
	const char *open;
	size_t i, n;

	for (i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		n = strlen(pairs[i][0]);
		for (open = s; (open = strstr(open, pairs[i][0])); open += n)
			if (open[n] && !strchr(" \t\r\n,.;:)\"", open[n]) &&
			    strstr(open + n, pairs[i][1]) > open + n)
				return 1;
	}
	return 0;
}

/* What has to be said, whatever else there is room for. */
static void
add_rules(struct strbuf *out, const struct image_request *q)
{
	if (q->title)
		add_plain(out, "The words above are the title of a film. "
		    "This is its cover picture: one strong image of what the "
		    "film is about, with calm room where a title can be set "
		    "over it later.");
	if (q->title || q->narrated || !has_quote(q->prompt))
		add_plain(out, "No text, letters or watermarks in the "
		    "picture.");
}

/* Bytes of the longest beginning of s with at most most characters that ends
 * at a word, or at a character where a single word is longer. */
static size_t
cut_at_word(const struct strbuf *s, size_t most)
{
	size_t i, n = 0, end = 0;

	for (i = 0; i < s->len; i++) {
		if (((unsigned char)s->buf[i] & 0xC0) == 0x80)
			continue;
		if (n++ == most)
			break;
		if (is_space(s->buf[i]))
			end = i;
	}
	if (i == s->len || is_space(s->buf[i]) || !end)
		end = i;
	while (end && is_space(s->buf[end - 1]))
		end--;
	return end;
}

static size_t
characters(const struct strbuf *s)
{
	return utf8_length(s->buf, s->len);
}

/* Prompt, context and rules in one, as far as there is room. */
static void
join(struct strbuf *out, const struct strbuf *prompt,
    struct strbuf *context, const struct strbuf *rules)
{
	size_t room = IMAGE_PROMPT_MOST, need;

	if (characters(prompt) > room) {
		strbuf_add(out, prompt->buf, cut_at_word(prompt, room));
		return;
	}
	strbuf_add(out, prompt->buf, prompt->len);
	room -= characters(prompt);
	need = rules->len ? characters(rules) + 2 : 0; /* all ASCII */
	if (room < need)
		return;
	room -= need;
	strbuf_setlen(context, cut_at_word(context, room > 2 ? room - 2 : 0));
	if (context->len || rules->len)
		strbuf_addstr(out, "\n\n");
	strbuf_add(out, context->buf, context->len);
	if (context->len && rules->len)
		strbuf_addch(out, ' ');
	strbuf_add(out, rules->buf, rules->len);
}

/* A look that "studio new" made up, eight hex digits, tells a model nothing. */
static int
is_seed(const char *look)
{
	return look && strspn(look, "0123456789abcdef") == 8 && !look[8];
}

void
image_prompt(const struct image_request *q, struct strbuf *out)
{
	struct strbuf prompt = STRBUF_INIT, context = STRBUF_INIT,
	    rules = STRBUF_INIT;

	strbuf_addstr(&prompt, q->prompt);
	if (q->narrated && !q->title)
		add_plain(&context, "The words above are spoken over the "
		    "picture; show what they tell of.");
	add_sentence(&context, "The style is", q->style);
	add_mood(&context, q->tone);
	if (!is_seed(q->look))
		add_sentence(&context, "All pictures of the film share one "
		    "look:", q->look);
	add_characters(&context, q->characters);
	add_rules(&rules, q);
	join(out, &prompt, &context, &rules);
	strbuf_release(&prompt);
	strbuf_release(&context);
	strbuf_release(&rules);
}
