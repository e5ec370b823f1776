/*
 * What each asset of a project is made from: one function a kind, used by
 * refresh, plan and every filter, so that they cannot disagree.
 */
#ifndef STORE_INPUTS_H
#define STORE_INPUTS_H

#include "base/strbuf.h"
#include "record/project.h"
#include "store/request.h"
#include "store/stat_cache.h"

/* Resolved choices of a scene, as they enter its digests and as the filters
 * hand them to providers. Strings are borrowed from the project. */
struct voice_choice {
	const char *provider; /* "flite", "exec:cmd", "home:model" or "file" */
	const char *voice;    /* "" lets the provider choose by language */
	double speed;
	const char *spoken;   /* say, or text */
	const char *language;
	const char *before, *after; /* what the scenes beside it say, where
				 ttsContext: lets that be sent; else NULL */
	struct node *lexicon; /* map of the entries that spoken names; owned */
	const struct node *options; /* see provider_options */
};

void voice_choose(const struct project *p, const struct scene *s,
	struct voice_choice *v);
/* Do the settings know the scene's speaker? */
int voice_has_speaker(const struct project *p, const struct scene *s);
void voice_choice_release(struct voice_choice *v);

struct image_choice {
	const char *provider; /* "card", "exec:cmd", ... or "file" */
	const char *prompt;   /* image.prompt, or the text */
	const char *style, *tone, *look, *language; /* "" when not set */
	int width, height;    /* of the frame of the project's platform */
	int narrated;         /* prompt is what is spoken, or the title; not
				 said in the digest, which has the prompt */
	struct node *characters; /* map of those that text or prompt names;
				    owned; NULL for "card" and "file" */
	const struct node *options; /* see provider_options */
};

/* s NULL: the cover, whose prompt is the project's title. */
void image_choose(const struct project *p, const struct scene *s,
	struct image_choice *c);
void image_choice_release(struct image_choice *c);

/* The settings' map that is handed to a stage's provider as it is:
 * "scriptOptions", "ttsOptions", "imageOptions". NULL where it is not set or
 * empty, and for providers that nobody is paid for, which take none. */
const struct node *provider_options(const struct project *p, const char *key,
	const char *spec);

/* The user's own instructions for the script: the text of the file that the
 * settings name as promptFile:, appended to out; nothing where they name none.
 * EX_IO where it is missing, EX_DATA where it is not UTF-8 text. */
int prompt_file_read(const struct project *p, struct strbuf *out,
	struct err *e);

/* Each returns a sealed request, NULL on error (a file named by the scene is
 * missing, leads out of the project ...). take counts from 1. */
struct request *request_script(const struct project *p, int take,
	struct err *e);
/* Does it hold a brief of more than white space and comments, which is what
 * "studio new" writes into brief.md? */
int request_has_brief(const struct request *script);
struct request *request_split(const struct project *p, struct err *e);
struct request *request_audio(const struct project *p, const struct scene *s,
	int take, struct stat_cache *c, struct err *e);
struct request *request_image(const struct project *p, const struct scene *s,
	int take, struct stat_cache *c, struct err *e);
/* The cover has one take. */
struct request *request_cover(const struct project *p, struct stat_cache *c,
	struct err *e);

#endif
