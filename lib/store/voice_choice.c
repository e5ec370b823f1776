/*
 * Who speaks a scene, and how: voice_choose of inputs.h.
 */
#include <string.h>

#include "store/inputs.h"
#include "store/named.h"
#include "store/provider_type.h"

/* The entry of the scene's speaker, NULL when there is none. */
static const struct node *
speaker_of(const struct project *p, const struct scene *s)
{
	const struct node *all = node_get(p->settings, "speakers");
	size_t i;

	for (i = 0; s->speaker && all && i < all->nr; i++)
		if (all->kid[i]->key && !strcmp(all->kid[i]->key, s->speaker))
			return all->kid[i];
	return NULL;
}

int
voice_has_speaker(const struct project *p, const struct scene *s)
{
	return speaker_of(p, s) != NULL;
}

/* The value of speakers.NAME.field, NULL when there is none. */
static const struct node *
speaker_field(const struct project *p, const struct scene *s, const char *field)
{
	const struct node *one = speaker_of(p, s);

	if (one && one->kind == NODE_SCALAR) /* "host: slt" */
		return !strcmp(field, "voice") ? one : NULL;
	return node_get(one, field);
}

static const char *
first_text(const char *own, const struct node *speaker, const char *other)
{
	if (own)
		return own;
	return speaker && speaker->str ? speaker->str : other;
}

static const char *
spoken_text(const struct scene *s)
{
	return s->say ? s->say : s->text;
}

/* What is said around a scene, for voices that go on from it: only where the
 * project lets it be sent, since each voice then depends on its neighbours. */
static void
choose_context(const struct project *p, const struct scene *s,
    struct voice_choice *v)
{
	size_t i = s->index;

	if (!node_bool(p->settings, "ttsContext", 0) ||
	    !provider_is_paid(v->provider) || i == 0 || i > p->nr)
		return;
	if (i > 1)
		v->before = spoken_text(&p->scene[i - 2]);
	if (i < p->nr)
		v->after = spoken_text(&p->scene[i]);
}

/* A speaker with a provider of its own has that one's voices. */
static const char *
usual_voice(const struct project *p, const struct node *own_provider)
{
	return own_provider ? "" : project_setting(p, "defaultTtsVoice", "");
}

void
voice_choose(const struct project *p, const struct scene *s,
    struct voice_choice *v)
{
	const struct node *speed = speaker_field(p, s, "speed");

	memset(v, 0, sizeof(*v));
	v->spoken = spoken_text(s);
	v->language = p->language;
	v->provider = first_text(NULL, speaker_field(p, s, "provider"),
	    project_setting(p, "ttsProvider", "flite"));
	v->voice = first_text(s->voice, speaker_field(p, s, "voice"),
	    usual_voice(p, speaker_field(p, s, "provider")));
	v->speed = s->speed;
	if (v->speed <= 0 && speed)
		node_is_num(speed, &v->speed);
	if (v->speed <= 0)
		v->speed = node_num(p->settings, "defaultSpeed", 1.0);
	if (s->audio_file)
		v->provider = "file";
	v->lexicon = named_in(p->lexicon, v->spoken, NULL);
	v->options = provider_options(p, "ttsOptions", v->provider);
	choose_context(p, s, v);
}

void
voice_choice_release(struct voice_choice *v)
{
	node_free(v->lexicon);
	memset(v, 0, sizeof(*v));
}
