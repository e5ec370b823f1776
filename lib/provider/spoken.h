/*
 * The text as an engine is given it: word by word, the lexicon applied, signs
 * spelled, what cannot be spoken left out and said. Each word knows the bytes
 * of the request's text that it stands for.
 */
#ifndef PROVIDER_SPOKEN_H
#define PROVIDER_SPOKEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/spoken_char.h"
#include "base/strbuf.h"
#include "provider/provider.h"

#define SPOKEN_BYTES_MAX (32u << 10) /* of text in one clip: about 40 min */
#define SPOKEN_WORD_MAX 1000          /* ASCII bytes without a space */
#define SPOKEN_NAMED_MAX 8           /* characters that a warning names */

struct spoken_engine {
	const char *name; /* for messages */
	int ascii;        /* English letters only: everything else is folded
			     or spelled in English words */
	int cjk;          /* can speak Chinese or Japanese */
	int kana_only;    /* with cjk: of Japanese only the syllables */
};

struct spoken_word {
	size_t off, len; /* bytes of the request's text, punctuation included */
	char *say;       /* UTF-8 with its punctuation; "" when share */
	int share;       /* has no sound of its own that the engine times: a
			    part of the word before */
	int glue;        /* no space between it and the word before */
	int paragraph;   /* a blank line follows */
};

struct spoken {
	struct spoken_word *word;
	size_t nr, alloc;
};

/*
 * Make the words of q->text. What is left out is named in a line appended to
 * warnings. EX_DATA: empty text, broken UTF-8, over SPOKEN_BYTES_MAX, a
 * "word" over SPOKEN_WORD_MAX (it is data, and takes hours), or nothing in it
 * that the engine can speak.
 */
int spoken_make(struct spoken *sp, const struct speech_request *q,
	const struct spoken_engine *engine, struct strbuf *warnings,
	struct err *e);
void spoken_release(struct spoken *sp);
/* The text has not one word: EX_DATA, -1, with what a scene can do. */
int spoken_nothing(const struct speech_request *q, struct err *e);

/*
 * spoken_fold.c: append the n bytes at raw (one word) to out as the engine is
 * to have them; characters that it cannot speak go to left_out (as UTF-8, each
 * once). scale says that a word such as "million" follows; then the currency
 * of an amount is given in *currency (static) instead of appended.
 */
struct spoken_fold {
	const struct spoken_engine *engine;
	struct strbuf left_out;
	int scale;
	const char *currency;
};
void spoken_fold(struct spoken_fold *f, const char *raw, size_t n,
	struct strbuf *out);

#endif
