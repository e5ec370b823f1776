#include "render/kept_voice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "provider/speech.h"
#include "provider/word_list.h"
#include "record/json.h"
#include "record/spec.h"
#include "render/kept_card.h"
#include "store/inputs.h"
#include "store/provider_type.h"

#define KEPT_VOICE_VERSION 1

void
kept_voice_release(struct kept_voice *v)
{
	free(v->path);
	free(v->word);
	memset(v, 0, sizeof(*v));
}

/* Who is to speak: the scene's choice where it is free and speaks by itself. */
static const struct speech_provider *
choose(struct voice_choice *v, struct err *e)
{
	const struct speech_provider *p;

	if (!provider_is_paid(v->provider) && strcmp(v->provider, "file")) {
		p = speech_provider_find(v->provider, NULL);
		if (p && p->speak)
			return p;
	}
	if (speech_default(v->language, &v->provider, &v->voice, e) < 0)
		return NULL;
	return speech_provider_find(v->provider, e);
}

static void
digest(const struct voice_choice *v, struct request *r)
{
	const struct node *n;
	size_t i;
	char *key;

	request_add(r, "provider", v->provider);
	request_add(r, "voice", v->voice);
	request_add(r, "language", v->language);
	request_add_num(r, "speed", v->speed);
	request_add(r, "text", v->spoken);
	for (i = 0; i < v->lexicon->nr; i++) {
		n = v->lexicon->kid[i];
		key = xasprintf("lexicon.%s", n->key);
		request_add(r, key, n->str);
		free(key);
	}
	request_seal(r);
}

/* The sound, and last what is known of it. */
static int
save(const struct speech_result *r, const char *path, const char *notes,
    struct err *e)
{
	struct strbuf wav = STRBUF_INIT, b = STRBUF_INIT;
	struct node *doc = node_new(NODE_MAP);
	char sha[SHA256_HEX];
	int ret;

	sound_wav(&r->sound, &wav);
	sha256_hex(wav.buf, wav.len, sha);
	node_set_str(doc, "sha256", sha);
	node_set_num(doc, "seconds", sound_seconds(&r->sound));
	if (r->word_nr)
		node_set(doc, "words", word_list_node(r->word, r->word_nr));
	json_print(doc, &b);
	ret = file_write(path, wav.buf, wav.len, e);
	if (ret == 0)
		ret = file_write(notes, b.buf, b.len, e);
	node_free(doc);
	strbuf_release(&wav);
	strbuf_release(&b);
	return ret;
}

static int
speak(const struct speech_provider *p, const struct voice_choice *v,
    const char *path, const char *notes, struct err *e)
{
	struct speech_request q = { .text = v->spoken,
		.language = v->language, .voice = *v->voice ? v->voice : NULL,
		.model = spec_model(v->provider), .speed = v->speed,
		.lexicon = v->lexicon, .of_scene = 1 };
	struct speech_result r;
	int ret;

	speech_result_init(&r);
	ret = p->speak(&q, &r, e);
	if (ret == 0)
		ret = save(&r, path, notes, e);
	speech_result_release(&r);
	return ret;
}

static int
load(struct kept_voice *out, const char *notes, size_t text_len,
    struct err *e)
{
	struct node *doc = json_load(notes, e);
	int ret = -1;

	if (!doc)
		return -1;
	snprintf(out->sha256, sizeof(out->sha256), "%s", node_str(doc,
	    "sha256", ""));
	out->seconds = node_num(doc, "seconds", 0);
	if (strlen(out->sha256) == SHA256_HEX - 1 && out->seconds > 0 &&
	    file_exists(out->path))
		ret = word_list_read(notes, node_get(doc, "words"), text_len,
		    &out->word, &out->word_nr, e);
	else
		err_set(e, EX_LATER, "%s: is broken; remove it", notes);
	node_free(doc);
	return ret;
}

static int
make(const struct speech_provider *p, const struct voice_choice *v,
    const char *path, const char *notes, struct err *e)
{
	int fd, ret;

	if (file_exists(notes))
		return 0;
	fd = kept_lock(path, e);
	ret = fd < 0 ? -1 : file_exists(notes) ? 0 :
	    speak(p, v, path, notes, e);
	if (fd >= 0)
		close(fd);
	return ret;
}

int
voice_keep(const struct project *p, const struct scene *s, const char *dir,
    struct kept_voice *out, struct err *e)
{
	struct request *r = request_new("voice", KEPT_VOICE_VERSION);
	const struct speech_provider *by;
	struct voice_choice v;
	char *notes;
	int ret = -1;

	memset(out, 0, sizeof(*out));
	voice_choose(p, s, &v);
	by = choose(&v, e);
	if (by) {
		digest(&v, r);
		out->path = xasprintf("%s/%s.wav", dir, r->digest);
		notes = xasprintf("%s/%s.json", dir, r->digest);
		ret = make(by, &v, out->path, notes, e);
		if (ret == 0)
			ret = load(out, notes, strlen(v.spoken), e);
		free(notes);
	}
	request_free(r);
	voice_choice_release(&v);
	if (ret < 0)
		kept_voice_release(out);
	return ret;
}
