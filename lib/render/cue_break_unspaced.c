#include <string.h>

#include "base/utf8.h"
#include "media/segment.h"
#include "render/cue_break_part.h"

static int
is_hiragana(uint32_t cp)
{
	return cp >= 0x3041 && cp <= 0x309F;
}

static int
is_katakana(uint32_t cp)
{
	return (cp >= 0x30A1 && cp <= 0x30FF) || cp == 0x3005;
}

static int
is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xF900 && cp <= 0xFAFF);
}

/* Is the character one of the list's? */
static int
among(const char *list, const char *s, size_t n)
{
	size_t i;

	for (i = 0; n == 3 && list[i]; i += 3)
		if (!memcmp(list + i, s, 3))
			return 1;
	return 0;
}

/* Chinese is not cut into words here: what is known are characters that
 * belong to the word before them, and such that begin a part of a sentence. */
static int
cost_chinese(const struct cue_tokens *k, size_t i)
{
	static const char belongs[] = "的地得了着过们吗呢吧啊嘛么里上下中后前"
	    "着過們嗎裡後個个天年月日点點次种種";
	static const char numbers[] = "一二三四五六七八九十百千万萬亿億两兩几幾"
	    "每第这這那某各数數半";
	static const char begins[] = "和与與而但在把被从從对對为為因所也就都还還"
	    "才又并並且或向给給让讓使由";
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];
	const char *s = k->text.buf;

	if (among(belongs, s + b->off, b->len) ||
	    among(numbers, s + a->off, a->len))
		return COST_IN_WORD;
	if (among(begins, s + b->off, b->len))
		return COST_PREPOSITION;
	if (among(begins, s + a->off, a->len))
		return COST_AFTER_SMALL;
	return among("的了着", s + a->off, a->len) ? COST_PREPOSITION : COST_HAN;
}

/* Between two hiragana: を is always a particle, and these mostly are. */
static int
cost_kana(uint32_t before)
{
	switch (before) {
	case 0x3092:
		return COST_PREPOSITION;
	case 0x306F: case 0x304C: case 0x306B: case 0x306E: case 0x3068:
	case 0x3082: case 0x3078: case 0x3066:
		return COST_AFTER_SMALL;
	default:
		return COST_TORN;
	}
}

int
cue_cost_unspaced(const struct cue_tokens *k, size_t i, const char *language)
{
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];
	uint32_t before, after = 0;
	size_t at;

	before = cue_last_char(k->text.buf + a->off, a->len, &at);
	utf8_decode(k->text.buf + b->off, b->len, &after);
	if (segment_class(before) & SEGMENT_HANGUL)
		return COST_IN_WORD;
	if (cue_opens(after))
		return COST_CONJUNCTION;
	if (cue_is_digit(before) || after == 0x3093 ||
	    (is_katakana(before) && is_katakana(after)))
		return COST_WITHIN;
	if (is_hiragana(before) && !is_hiragana(after))
		return COST_PREPOSITION;
	if (is_hiragana(before))
		return cost_kana(before);
	if (is_hiragana(after))
		return COST_TORN;
	if (is_han(before) && is_han(after))
		return language && !strncmp(language, "ja", 2) ? COST_IN_WORD :
		    cost_chinese(k, i);
	return a->columns == a->graphemes &&
	    !(segment_class(before) & SEGMENT_THAI) ? COST_IN_WORD : COST_WORD;
}
