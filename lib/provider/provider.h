/*
 * Providers: one small interface a stage, one file a provider.
 *
 * A provider turns a request into bytes and says what it knows about them. It
 * does not touch the project, records or digests. "paid" providers are only
 * called through the paid-call protocol of store/paid.h.
 */
#ifndef PROVIDER_PROVIDER_H
#define PROVIDER_PROVIDER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "media/picture.h"
#include "media/sound.h"
#include "record/node.h"

/* When a word of the request's text is spoken. */
struct word_time {
	double start, end; /* seconds from the clip's start */
	size_t off, len;   /* bytes in the request's text */
};

struct speech_request {
	const char *text;     /* UTF-8, to be spoken */
	const char *language; /* BCP 47, "en", "pt-BR" */
	const char *voice;    /* of the provider; NULL: its own for language */
	const char *model;    /* after "NAME:"; may be NULL */
	double speed;         /* 1.0 is normal, 0.5..2 */
	const struct node *lexicon; /* map of word to how it is spoken, only the
				       entries that text names; may be NULL */
	const struct node *options; /* what the user sets for the provider: map
				       of scalars; NULL: none */
};

struct speech_result {
	struct sound sound;       /* cleaned up: trimmed, faded, levelled */
	struct word_time *word;   /* in order; NULL where there are none */
	size_t word_nr;
	const char *timing;       /* "tts", "aligned", "estimated"; static */
	char voice[64];           /* the voice really used */
	char version[128];        /* of the engine, for the record */
	const char *source_type;  /* IPTC code, static */
	struct strbuf warnings;   /* one a line; what could not be spoken */
	struct strbuf bytes;      /* the file as it came; "" when synthesised
				     here. Then sound is the file as decoded,
				     and these say what of it is used: */
	const char *extension;    /* "wav", "mp3" ... of bytes */
	double trim_start, trim_end; /* seconds of sound; speech lies between */
	double gain;              /* factor that levels it; 1.0 when level */
};

struct speech_provider {
	const char *name;
	int paid;
	/* The default voice for a language, NULL when it cannot speak it. */
	const char *(*voice_for)(const char *language);
	/* Free providers only. EX_CONF for a voice it does not have (naming
	 * those it has). */
	int (*speak)(const struct speech_request *q, struct speech_result *r,
		struct err *e);
	/* Paid providers only: the call itself, whose reply is journalled, and
	 * the reading of a reply, now or from the store. */
	int (*fetch)(const struct speech_request *q, struct strbuf *reply,
		struct err *e);
	int (*parse)(const struct speech_request *q, const struct strbuf *reply,
		struct speech_result *r, struct err *e);
};

/* What someone who is in the picture looks like. */
struct image_reference {
	const char *name;    /* of the character; borrowed */
	char *path;          /* absolute, of the file */
	struct strbuf bytes; /* of the file: PNG, JPEG or WebP */
};

struct image_request {
	const char *prompt;   /* what to draw: the scene's text or its prompt */
	const char *style;    /* the scene's or the default; may be NULL */
	const char *tone;     /* of the project */
	const char *language;
	const char *look;     /* the project's look, any text */
	const char *title;    /* set on the picture: the cover; else NULL */
	const char *model;
	int width, height;    /* of the frame; pictures are 1.25 x this */
	int take;             /* from 1 */
	int narrated;         /* prompt is what is spoken over the picture, not
				 words about a picture */
	const struct node *characters; /* those that the scene names: map of a
				 name to a description, or to {description,
				 picture}; NULL: none */
	const struct image_reference *references; /* their pictures */
	size_t reference_nr;  /* up to IMAGE_REFERENCES */
	const struct node *options; /* as in speech_request */
};

struct image_result {
	struct picture picture;  /* decoded; or, for exec and network: */
	struct strbuf bytes;     /* the file as it came, "" when drawn */
	const char *extension;   /* "png", "jpg", "webp" */
	const char *source_type;
	char version[128];
	uint64_t seed;           /* 0: none */
	struct strbuf warnings;
};

struct image_provider {
	const char *name;
	int paid;
	/* Free, and paid, as in struct speech_provider. */
	int (*draw)(const struct image_request *q, struct image_result *r,
		struct err *e);
	int (*fetch)(const struct image_request *q, struct strbuf *reply,
		struct err *e);
	int (*parse)(const struct image_request *q, const struct strbuf *reply,
		struct image_result *r, struct err *e);
};

struct script_request {
	const char *brief;      /* may be "" */
	const char *source;     /* may be "" */
	const char *language, *tone, *category, *platform;
	double seconds;         /* target length; 0: the source's own */
	size_t words;           /* target in words; 0: by seconds */
	const char *voice_provider; /* its speaking rate sets the words */
	double speed;
	const char *model;
	const char *instructions; /* the user's own, over all else; NULL or ""
				     where there are none */
	const struct node *options; /* as in speech_request */
};

struct script_result {
	struct strbuf markdown; /* the script, in script.md's syntax */
	char *title;            /* may be NULL */
	char *description;      /* may be NULL */
	char *tags;             /* "a, b, c"; may be NULL */
	int placeholder;        /* an outline to be filled in, not a script */
	const char *source_type;
	char version[128];
	double seconds;         /* as predicted */
	struct strbuf warnings;
};

struct script_provider {
	const char *name;
	int paid;
	/* Free, and paid, as in struct speech_provider. */
	int (*write)(const struct script_request *q, struct script_result *r,
		struct err *e);
	int (*fetch)(const struct script_request *q, struct strbuf *reply,
		struct err *e);
	int (*parse)(const struct script_request *q, const struct strbuf *reply,
		struct script_result *r, struct err *e);
};

/* Empty results: before a provider fills them. */
void speech_result_init(struct speech_result *r);
void image_result_init(struct image_result *r);
void script_result_init(struct script_result *r);
void speech_result_release(struct speech_result *r);
void image_result_release(struct image_result *r);
void script_result_release(struct script_result *r);

/* By the part of "NAME[:MODEL]" before the colon; NULL with EX_CONF naming
 * those there are. */
const struct speech_provider *speech_provider_find(const char *spec,
	struct err *e);
const struct image_provider *image_provider_find(const char *spec,
	struct err *e);
const struct script_provider *script_provider_find(const char *spec,
	struct err *e);

#endif
