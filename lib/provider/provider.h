/*
 * Providers: one small interface a stage, one file a provider.
 *
 * A provider turns a request into bytes and says what it knows about them. It
 * does not touch the project, records or digests.
 *
 * A free one makes its result at once. Of a paid one, obtain_*.h calls "ask",
 * whose reply is journalled before anybody looks at it (store/paid.h), and then
 * "read", now or from the store, to take the reply apart. What was taken out is
 * decoded there, for all providers alike, so that a provider's file needs no
 * decoder. A read also takes bare media, which is what a clone can put into the
 * store.
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
#include "store/usage.h"

struct call; /* provider/call.h */

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
	const char *before, *after; /* what is said before and after it, where
				the project lets it be sent; NULL: not */
	const struct node *lexicon; /* map of word to how it is spoken, only the
				       entries that text names; may be NULL */
	const struct node *options; /* what the user sets for the provider: map
				       of scalars; NULL: none */
	int of_scene;         /* the text of a scene, which may be silent */
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

/* A word, or a character, as a server heard itself say it. */
struct reply_word {
	char *text;        /* owned */
	double start, end; /* seconds of the sound */
};

/* What a server's reply holds. */
struct speech_reply {
	struct strbuf bytes;    /* the sound file */
	struct reply_word *heard;    /* in order; NULL: it says no times */
	size_t heard_nr, heard_alloc;
	int by_character;       /* heard are the characters of the text sent */
	char model[100];        /* that it says it used; "" */
	struct call_usage used;
};

struct speech_provider {
	const char *name;
	/* The default voice for a language, NULL when it cannot speak it;
	 * "" leaves it to the server. */
	const char *(*voice_for)(const char *language);
	/* Free. EX_CONF for a voice it does not have (naming those it has). */
	int (*speak)(const struct speech_request *q, struct speech_result *r,
		struct err *e);
	/* Paid. */
	int (*ask)(const struct speech_request *q, struct call *c,
		struct strbuf *reply, struct err *e);
	/* NULL: a reply is always the file itself. */
	int (*read)(const struct strbuf *reply, struct speech_reply *r,
		struct err *e);
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
	const char *extension;   /* "png", "jpg", "webp", "mp4" ... */
	struct node *clip;       /* what a record says of a picture that moves
				    (picture is its first frame); else NULL */
	const char *source_type;
	char version[128];
	uint64_t seed;           /* 0: none */
	char *revised;           /* the prompt as a server changed it; NULL */
	char *credit, *credit_url; /* of a photograph; NULL */
	struct strbuf warnings;
};

/* What a server's reply holds. */
struct image_reply {
	struct strbuf bytes;     /* the picture file */
	uint64_t seed;           /* that it says it used; 0: none */
	char *revised;           /* the prompt as the server changed it; NULL */
	char *credit, *credit_url; /* of a photograph; NULL */
	const char *source_type; /* IPTC code; NULL: of a trained model */
	char model[100];
	struct call_usage used;
};

struct image_provider {
	const char *name;
	const char *source_type; /* of a server's; NULL: of a trained model */
	int (*draw)(const struct image_request *q, struct image_result *r,
		struct err *e);
	int (*ask)(const struct image_request *q, struct call *c,
		struct strbuf *reply, struct err *e);
	int (*read)(const struct strbuf *reply, struct image_reply *r,
		struct err *e);
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

/* A talk with a language model: what it is told, asked, and perhaps asked again
 * after its answer. */
struct script_chat {
	const char *system, *user;
	const char *answer, *again; /* NULL at the first turn */
	const struct node *schema;  /* JSON Schema of the answer */
	long long tokens;           /* the answer may have at most */
};

/* What a model answered. */
struct script_answer {
	struct strbuf text;
	int cut;         /* it stopped at a limit of length */
	int is_markdown; /* a script as it is, not the JSON of the schema */
	char model[100];
	struct call_usage used;
};

struct script_provider {
	const char *name;
	int (*write)(const struct script_request *q, struct script_result *r,
		struct err *e);
	int (*ask)(const struct script_request *q, const struct script_chat *t,
		struct call *c, struct strbuf *reply, struct err *e);
	int (*read)(const struct strbuf *reply, struct script_answer *a,
		struct err *e);
};

/* Empty results: before a provider fills them. */
void speech_result_init(struct speech_result *r);
void image_result_init(struct image_result *r);
void script_result_init(struct script_result *r);
void speech_result_release(struct speech_result *r);
void image_result_release(struct image_result *r);
void script_result_release(struct script_result *r);
/* Take a reply apart into a zeroed r: by p->read, or, from any server (or a
 * clone), the file itself. Release r also after -1. */
int speech_reply_read(const struct speech_provider *p,
	const struct strbuf *reply, struct speech_reply *r, struct err *e);
int image_reply_read(const struct image_provider *p,
	const struct strbuf *reply, struct image_reply *r, struct err *e);
void speech_reply_release(struct speech_reply *r);
void image_reply_release(struct image_reply *r);

/* By the type of the alias before the colon of "NAME[:MODEL]" (see
 * store/endpoint.h); NULL with EX_CONF naming those there are. */
const struct speech_provider *speech_provider_find(const char *spec,
	struct err *e);
const struct image_provider *image_provider_find(const char *spec,
	struct err *e);
const struct script_provider *script_provider_find(const char *spec,
	struct err *e);

#endif
