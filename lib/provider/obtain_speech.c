#include "provider/obtain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "provider/align.h"
#include "provider/asking.h"
#include "provider/speech.h"
#include "provider/speech_file.h"
#include "provider/speech_join.h"
#include "provider/spoken.h"
#include "provider/word_list.h"
#include "provider/word_match.h"
#include "store/kept.h"
#include "store/object.h"
#include "store/voice_parts.h"

#define RESERVE (8u << 20) /* bytes of a reply */

/* One call: a piece of the text, and what came of it. */
struct speaking {
	const struct speech_provider *p;
	struct asking a;
	struct speech_request q; /* its text is the piece */
	struct sent_piece piece;
	struct speech_result *r;
};

static int
ask(void *ctx, struct call *c, struct strbuf *reply, struct err *e)
{
	struct speaking *s = ctx;

	return s->p->ask(&s->q, c, reply, e);
}

static void
match_words(struct speaking *s, const struct speech_reply *reply)
{
	struct heard_word *w = xcalloc(reply->heard_nr, sizeof(*w));
	size_t i;

	for (i = 0; i < reply->heard_nr; i++) {
		w[i].word = reply->heard[i].text;
		w[i].start = reply->heard[i].start;
		w[i].end = reply->heard[i].end;
	}
	word_match(s->r, &s->piece, w, reply->heard_nr);
	free(w);
}

static void
match_characters(struct speaking *s, const struct speech_reply *reply)
{
	size_t n = reply->heard_nr, i;
	const char **text = xcalloc(n, sizeof(*text));
	double *start = xcalloc(n, sizeof(*start));
	double *end = xcalloc(n, sizeof(*end));
	struct heard_chars c = { text, start, end, n, n, n };

	for (i = 0; i < n; i++) {
		text[i] = reply->heard[i].text;
		start[i] = reply->heard[i].start;
		end[i] = reply->heard[i].end;
	}
	word_match_chars(s->r, &s->piece, &c);
	free(text);
	free(start);
	free(end);
}

static void
describe(struct speaking *s, const struct speech_reply *reply)
{
	struct speech_result *r = s->r;
	const char *model = *reply->model ? reply->model : s->q.model;

	snprintf(r->voice, sizeof(r->voice), "%.60s", s->q.voice ? s->q.voice
	    : s->p->voice_for(s->q.language));
	if (s->a.ep->type->kind == PROVIDER_EXEC || !model || !*model)
		snprintf(r->version, sizeof(r->version), "%s",
		    s->a.ep->type->name);
	else
		snprintf(r->version, sizeof(r->version), "%s %.90s",
		    s->a.ep->type->name, model);
	asking_check_model(&s->a, reply->model, &r->warnings);
}

/* Media of a clone: what its record said of it stands in for the reply. */
static int
read_kept(struct speaking *s, const char *name, const struct strbuf *bytes,
    size_t at, const struct node *doc, struct err *e)
{
	struct strbuf file = STRBUF_INIT;
	struct speech_result *r = s->r;
	int ret;

	strbuf_add(&file, bytes->buf + at, bytes->len - at);
	ret = speech_file_read(name, &file, r, e);
	if (ret == 0)
		ret = word_list_read(name, node_get(doc, "words"),
		    s->piece.sent->len, &r->word, &r->word_nr, e);
	if (ret == 0 && r->word)
		r->timing = strcmp(node_str(doc, "timing", ""), "aligned") ?
		    "tts" : "aligned";
	snprintf(r->voice, sizeof(r->voice), "%s", node_str(doc, "voiceId",
	    ""));
	snprintf(r->version, sizeof(r->version), "%s", node_str(doc, "version",
	    ""));
	return ret;
}

static int
verify(void *ctx, const struct strbuf *bytes, struct call_usage *used,
    struct err *e)
{
	struct speaking *s = ctx;
	struct node *kept;
	size_t at;
	struct speech_reply reply;
	char name[128];
	int ret;

	memset(&reply, 0, sizeof(reply));
	strbuf_init(&reply.bytes);
	asking_name(&s->a, name, sizeof(name));
	kept = kept_unpack(bytes, &at);
	if (kept) {
		ret = read_kept(s, name, bytes, at, kept, e);
		node_free(kept);
		return ret;
	}
	ret = speech_reply_read(s->p, bytes, &reply, e);
	if (ret < 0)
		err_prefix(e, "%s", name);
	*used = reply.used;
	if (ret == 0)
		ret = speech_file_read(name, &reply.bytes, s->r, e);
	if (ret == 0 && reply.heard_nr && reply.by_character)
		match_characters(s, &reply);
	else if (ret == 0 && reply.heard_nr)
		match_words(s, &reply);
	if (ret == 0)
		describe(s, &reply);
	speech_reply_release(&reply);
	return ret;
}

static int
speak(struct speaking *s, const struct voice_parts *p, size_t i,
    struct err *e)
{
	const struct chunk *piece = &p->v[i].chunk;
	struct strbuf reply = STRBUF_INIT;
	char *text = xmemdup(p->sent.text.buf + piece->off, piece->len);
	int ret;

	s->q.text = text;
	s->piece.sent = &p->sent;
	s->piece.off = piece->off;
	s->piece.len = piece->len;
	s->a.digest = voice_part_digest(p, s->a.o->want, i);
	s->a.expect.characters = (long long)utf8_length(text, piece->len);
	s->a.expect.calls = 1;
	ret = asking_run(&s->a, &reply, e);
	strbuf_release(&reply);
	free(text);
	return ret;
}

static int
speak_pieces(struct speaking *s, const struct voice_parts *p, struct err *e)
{
	struct speech_piece *piece = xcalloc(p->nr, sizeof(*piece));
	struct speech_result *out = s->r;
	char name[128], voice[64], version[128];
	size_t i, done = 0;
	int ret = 0;

	for (i = 0; i < p->nr && ret == 0; i++) {
		speech_result_init(&piece[i].r);
		done++;
		s->r = &piece[i].r;
		ret = speak(s, p, i, e);
		piece[i].inside = p->v[i].chunk.end != CHUNK_SENTENCE;
	}
	asking_name(&s->a, name, sizeof(name));
	if (ret < 0) {
		for (i = 0; i < done; i++)
			speech_result_release(&piece[i].r);
	} else {
		memcpy(voice, piece[0].r.voice, sizeof(voice));
		memcpy(version, piece[0].r.version, sizeof(version));
		ret = speech_join(name, piece, p->nr, out, e);
		memcpy(out->voice, voice, sizeof(voice));
		memcpy(out->version, version, sizeof(version));
	}
	free(piece);
	return ret;
}

int
speech_obtain(const struct speech_provider *p, struct obtain *o,
    const struct speech_request *q, struct speech_result *r, struct err *e)
{
	struct speaking s = { .p = p, .q = *q, .r = r };
	struct voice_parts parts;
	char speed[32];
	int ret;

	if (p->speak)
		return p->speak(q, r, e);
	speech_result_init(r);
	s.a = (struct asking){ .o = o, .stage = PROVIDER_SPEECH,
		.kind = "audio", .setting = "ttsProvider", .reserve = RESERVE,
		.ctx = &s, .ask = ask, .verify = verify };
	if (asking_start(&s.a, e) < 0)
		return -1;
	snprintf(speed, sizeof(speed), "%.6g", q->speed);
	asking_own(&s.a, (const char *[][2]){ { "text", q->text },
	    { "voice", q->voice }, { "language", q->language },
	    { "speed", speed }, { NULL } });
	o->stored = 1;
	/* a clone's media is kept whole, however many pieces it was */
	voice_parts_make(q->text, q->lexicon, o->want &&
	    object_is_there(o->want->digest) ? 0 : s.a.ep->cap, o->want,
	    &parts);
	if (parts.nr == 0)
		ret = spoken_nothing(q, e);
	else if (parts.nr == 1)
		ret = speak(&s, &parts, 0, e);
	else
		ret = speak_pieces(&s, &parts, e);
	voice_parts_release(&parts);
	asking_end(&s.a);
	if (ret == 0 && strcmp(r->timing, "estimated") == 0)
		align_words(q, r);
	if (ret < 0) /* a good reply that could not be kept filled it */
		speech_result_release(r);
	return ret;
}
