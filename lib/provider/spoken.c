#include "provider/spoken.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "store/lexicon.h"

/* State of one walk through the text. */
struct walk {
	struct spoken *sp;
	const struct speech_request *q;
	const char *text;
	size_t len;
	struct spoken_fold fold;
	struct strbuf raw;     /* of the current word, lexicon applied */
	size_t start;          /* of the current word */
	int open;              /* a word is being read */
	int glue;              /* it began without a space before it */
	int covered;           /* it began inside a lexicon entry */
	int sounds, cjk;       /* of what was read of it so far */
	size_t replaced_to;    /* inside a lexicon entry up to here */
	const char *currency;  /* of the amount in the word before */
};

void
spoken_release(struct spoken *sp)
{
	size_t i;

	for (i = 0; i < sp->nr; i++)
		free(sp->word[i].say);
	free(sp->word);
	memset(sp, 0, sizeof(*sp));
}

static int
is_space(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 ||
	    cp == 0xa0 || (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 ||
	    cp == 0x2029 || cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

static struct spoken_word *
last_word(struct walk *w)
{
	return w->sp->nr ? &w->sp->word[w->sp->nr - 1] : NULL;
}

/* The last word with a sound of its own. */
static struct spoken_word *
last_said(struct walk *w)
{
	size_t i = w->sp->nr;

	while (i-- > 0)
		if (!w->sp->word[i].share)
			return &w->sp->word[i];
	return NULL;
}

static void
append_say(struct spoken_word *word, const char *more)
{
	char *s = xasprintf("%s%s", word->say, more);

	free(word->say);
	word->say = s;
}

/* Is there something in s that the engine makes a sound of? */
static int
has_sound(const char *s)
{
	size_t n = strlen(s), i, k;
	uint32_t cp;

	for (i = 0; i < n; i += k) {
		k = utf8_decode(s + i, n - i, &cp);
		if (spoken_sounds(cp))
			return 1;
	}
	return 0;
}

/* Does a word like "million" follow at this place? */
static int
scale_follows(const struct walk *w, size_t at)
{
	static const char *const scale[] = { "thousand", "million", "billion",
		"trillion" };
	size_t i, k;

	while (at < w->len && w->text[at] == ' ')
		at++;
	for (i = 0; i < 4; i++) {
		k = strlen(scale[i]);
		if (w->len - at >= k && !strncmp(w->text + at, scale[i], k))
			return 1;
	}
	return 0;
}

static void
add_word(struct walk *w, size_t end, struct strbuf *say, int share)
{
	struct spoken *sp = w->sp;
	struct spoken_word *word;

	ALLOC_GROW(sp->word, sp->nr, sp->alloc);
	word = &sp->word[sp->nr++];
	memset(word, 0, sizeof(*word));
	word->off = w->start;
	word->len = end - w->start;
	word->say = strbuf_detach(say, NULL);
	word->share = share;
	word->glue = w->glue;
}

/* The word that began at start ends here. */
static void
end_word(struct walk *w, size_t end)
{
	struct strbuf say = STRBUF_INIT;
	struct spoken_word *before = last_said(w);
	const char *currency = w->currency;
	int covered = w->covered; /* by a lexicon entry */

	w->open = 0;
	w->fold.scale = scale_follows(w, end);
	spoken_fold(&w->fold, w->raw.buf, w->raw.len, &say);
	w->currency = w->fold.currency;
	if (currency) {
		/* "million," then "pounds": the sign keeps its place before
		 * the punctuation. */
		size_t k = strcspn(say.buf, ".,;:!?)\"");
		char *tail = xstrdup(say.buf + k);

		strbuf_setlen(&say, k);
		strbuf_addf(&say, " %s%s%s", currency,
		    !strcmp(currency, "yen") ? "" : "s", tail);
		free(tail);
	}
	strbuf_trim(&say);
	if (has_sound(say.buf)) {
		add_word(w, end, &say, 0);
	} else if (before && covered) {
		append_say(before, say.buf);
		strbuf_reset(&say);
		add_word(w, end, &say, 1);
	} else if (before && say.len) {
		/* A mark that stands alone is a pause after what was said;
		 * dashes are the common case. */
		append_say(before, strchr(".!?", say.buf[0]) ? say.buf : ",");
		if (w->glue && before == last_word(w))
			before->len = end - before->off;
	} else if (before && w->raw.len && strchr("-", w->raw.buf[0])) {
		append_say(before, ",");
	}
	strbuf_release(&say);
	strbuf_reset(&w->raw);
	w->sounds = w->cjk = 0;
}

static void
begin_word(struct walk *w, size_t at, int glue)
{
	w->open = 1;
	w->start = at;
	w->glue = glue;
	w->covered = at < w->replaced_to;
	w->sounds = w->cjk = 0;
}

/* One code point cp of k bytes at place at that is no space. */
static void
take(struct walk *w, size_t at, size_t k, uint32_t cp)
{
	int cjk = w->fold.engine->cjk && spoken_is_cjk(cp);
	const struct node *entry;

	if (at < w->replaced_to)
		return;
	if (w->open && w->sounds && spoken_sounds(cp) && (cjk || w->cjk)) {
		end_word(w, at);
		begin_word(w, at, 1);
	}
	entry = lexicon_at(w->q->lexicon, w->text, w->len, at);
	if (entry) {
		strbuf_add(&w->raw, entry->str, entry->len);
		w->replaced_to = at + strlen(entry->key);
		w->sounds = 1;
		return;
	}
	strbuf_add(&w->raw, w->text + at, k);
	w->sounds |= spoken_sounds(cp);
	w->cjk |= cjk;
}

static void
walk_text(struct walk *w)
{
	size_t i, k;
	uint32_t cp;
	int lines = 0;

	for (i = 0; i < w->len; i += k) {
		k = utf8_decode(w->text + i, w->len - i, &cp);
		if (is_space(cp)) {
			if (w->open)
				end_word(w, i);
			lines += cp == '\n' || cp == 0x2029;
			if (lines > 1 && last_word(w))
				last_word(w)->paragraph = 1;
			continue;
		}
		lines = 0;
		if (!w->open)
			begin_word(w, i, 0);
		take(w, i, k, cp);
	}
	if (w->open)
		end_word(w, w->len);
}

/* An example of a language with such signs. */
static const char *
language_of(const struct strbuf *out)
{
	const char *language = "LANGUAGE";
	size_t i, k;
	uint32_t cp;

	for (i = 0; i < out->len; i += k) {
		k = utf8_decode(out->buf + i, out->len - i, &cp);
		if (spoken_is_kana(cp))
			return "ja";
		if (spoken_is_cjk(cp))
			language = "zh";
	}
	return language;
}

static void
warn_left_out(const struct strbuf *out, const char *engine, struct strbuf *to)
{
	size_t i, k, n = 0, cut = 0;
	uint32_t cp;

	if (!out->len)
		return;
	for (i = 0; i < out->len; i += k) {
		k = utf8_decode(out->buf + i, out->len - i, &cp);
		if (n++ < SPOKEN_NAMED_MAX)
			cut = i + k;
	}
	strbuf_addf(to, "%s cannot speak ", engine);
	for (i = 0; i < cut; i += k) {
		k = utf8_decode(out->buf + i, out->len - i, &cp);
		strbuf_addf(to, "%s%.*s (U+%04X)", i ? ", " : "", (int)k,
		    out->buf + i, (unsigned)cp);
	}
	if (n > SPOKEN_NAMED_MAX)
		strbuf_addf(to, " and %zu more", n - SPOKEN_NAMED_MAX);
	strbuf_addstr(to, "; left out: choose another voice, or write how it "
	    "is spoken in say: or lexicon.yaml\n");
}

static int
check_text(const char *text, struct err *e)
{
	size_t n = strlen(text), at, run = 0;

	if (n > SPOKEN_BYTES_MAX)
		return err_set(e, EX_DATA, "the text is %zu bytes, more than "
		    "the %u that fit in one clip; split it into scenes", n,
		    SPOKEN_BYTES_MAX);
	at = utf8_check(text, n);
	if (at < n)
		return err_set(e, EX_DATA, "the text is not UTF-8 at byte %zu;"
		    " save it as UTF-8", at);
	for (at = 0; at < n; at++) {
		run = text[at] > ' ' && text[at] < 0x7f ? run + 1 : 0;
		if (run > SPOKEN_WORD_MAX)
			return err_set(e, EX_DATA, "\"%.20s...\" has more "
			    "than %d letters without a space; write words",
			    text + at + 1 - run, SPOKEN_WORD_MAX);
	}
	return 0;
}

int
spoken_nothing(const struct speech_request *q, struct err *e)
{
	return err_set(e, EX_DATA, "no text to speak: not one word%s",
	    q->of_scene ? "; write some, or leave the scene silent by "
	    "duration:" : "");
}

int
spoken_make(struct spoken *sp, const struct speech_request *q,
    const struct spoken_engine *engine, struct strbuf *warnings,
    struct err *e)
{
	struct walk w = { 0 };
	char named[41];
	int k = 0;

	memset(sp, 0, sizeof(*sp));
	if (check_text(q->text, e) < 0)
		return -1;
	w.sp = sp;
	w.q = q;
	w.text = q->text;
	w.len = strlen(q->text);
	w.fold.engine = engine;
	strbuf_init(&w.fold.left_out);
	strbuf_init(&w.raw);
	walk_text(&w);
	utf8_printable(named, sizeof(named), w.fold.left_out.buf,
	    w.fold.left_out.len);
	if (!sp->nr && w.fold.left_out.len)
		k = err_set(e, EX_DATA, "%s can speak nothing of this text "
		    "(\"%s\"); choose a voice of its language, such as "
		    "--provider espeak --voice %s", engine->name, named,
		    language_of(&w.fold.left_out));
	else if (!sp->nr)
		k = spoken_nothing(q, e);
	else
		warn_left_out(&w.fold.left_out, engine->name, warnings);
	strbuf_release(&w.fold.left_out);
	strbuf_release(&w.raw);
	return k;
}
