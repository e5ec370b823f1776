#include "store/inputs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"
#include "record/preset.h"
#include "store/named.h"
#include "store/provider_type.h"

/* Bumped when a stage makes something else of the same request. */
#define SCRIPT_VERSION 1
#define SPLIT_VERSION 1
#define AUDIO_VERSION 1
#define IMAGE_VERSION 1
#define COVER_VERSION 1

#define TEXT_BYTES (8u << 20) /* brief.md, source.md, script.md */

const struct node *
provider_options(const struct project *p, const char *key, const char *spec)
{
	const struct node *n = node_get(p->settings, key);

	return n && n->kind == NODE_MAP && n->nr && provider_is_paid(spec) ?
	    n : NULL;
}

void
image_choose(const struct project *p, const struct scene *s,
    struct image_choice *c)
{
	const struct preset *preset = preset_find(p->platform, NULL);
	const char *size = node_str(p->doc, "size", NULL);

	memset(c, 0, sizeof(*c));
	c->provider = project_setting(p, "imageModel", "card");
	c->narrated = !s || !s->prompt;
	c->prompt = !s ? p->title : s->prompt ? s->prompt : s->text;
	c->style = s && s->style ? s->style
				 : project_setting(p, "defaultImageStyle", "");
	c->tone = p->tone;
	c->look = project_setting(p, "look", "");
	c->language = p->language;
	c->width = preset ? preset->width : 1920;
	c->height = preset ? preset->height : 1080;
	if (size)
		frame_size_parse(size, &c->width, &c->height);
	if (s && s->image_file)
		c->provider = "file";
	c->options = provider_options(p, "imageOptions", c->provider);
	/* the card is drawn from the words alone */
	if (provider_is_paid(c->provider))
		c->characters = named_in(p->characters,
		    s ? s->text : p->title, s ? s->prompt : NULL);
}

void
image_choice_release(struct image_choice *c)
{
	node_free(c->characters);
	memset(c, 0, sizeof(*c));
}

/* The text of a file of the project; a missing one is "". */
static int
add_text(struct request *r, const struct project *p, const char *key,
    const char *name, struct err *e)
{
	char *path = path_join(p->root, name);
	struct strbuf b = STRBUF_INIT;
	int ret = 0;

	if (file_exists(path))
		ret = file_read(path, TEXT_BYTES, &b, e);
	if (ret == 0)
		request_add_bytes(r, key, b.buf, b.len);
	strbuf_release(&b);
	free(path);
	return ret;
}

static void
add_options(struct request *r, const struct node *options)
{
	struct strbuf key = STRBUF_INIT;
	size_t i;

	for (i = 0; options && i < options->nr; i++) {
		strbuf_reset(&key);
		strbuf_addf(&key, "option.%s", options->kid[i]->key);
		request_add(r, key.buf, options->kid[i]->str);
	}
	strbuf_release(&key);
}

static struct request *
seal(struct request *r, int ret)
{
	if (ret < 0) {
		request_free(r);
		return NULL;
	}
	request_seal(r);
	return r;
}

int
prompt_file_read(const struct project *p, struct strbuf *out, struct err *e)
{
	const char *rel = project_setting(p, "promptFile", "");
	size_t from = out->len, bad;
	char *path;
	int fd, ret;

	if (!*rel)
		return 0;
	path = path_join(p->root, rel);
	fd = file_exists(path) ? path_open_beneath(p->root, rel, e) :
	    err_set(e, EX_IO, "%s: there is no such file; write it, or "
	    "remove the line", rel);
	ret = fd < 0 ? -1 : file_read(path, TEXT_BYTES, out, e);
	if (fd >= 0)
		close(fd);
	free(path);
	if (ret < 0)
		return err_prefix(e, "settings.yaml: promptFile");
	bad = utf8_check(out->buf + from, out->len - from);
	if (bad < out->len - from)
		return err_set(e, EX_DATA, "settings.yaml: promptFile: %s: "
		    "byte %zu is not UTF-8 text; save it as UTF-8", rel,
		    bad + 1);
	return 0;
}

/* Only where there are instructions, so that no other project is stale. */
static int
add_prompt_file(struct request *r, const struct project *p, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret = prompt_file_read(p, &b, e);

	if (ret == 0 && b.len)
		request_add_bytes(r, "promptFile", b.buf, b.len);
	strbuf_release(&b);
	return ret;
}

struct request *
request_script(const struct project *p, int take, struct err *e)
{
	struct request *r = request_new("script", SCRIPT_VERSION);
	const char *provider = project_setting(p, "scriptModel", "extract");
	int ret;

	if (take > 1)
		request_add_num(r, "take", take);
	request_add(r, "provider", provider);
	add_options(r, provider_options(p, "scriptOptions", provider));
	request_add(r, "language", p->language);
	request_add(r, "tone", p->tone);
	request_add(r, "category", p->category ? p->category : "");
	request_add(r, "platform", p->platform);
	request_add(r, "targetLength", p->target_length ? p->target_length
							: "");
	/* Ours reckons with the voice's own rate. A script that is paid for is
	 * not asked for again because another voice speaks it. */
	if (!provider_is_paid(project_setting(p, "scriptModel", "extract"))) {
		request_add(r, "ttsProvider", project_setting(p, "ttsProvider",
		    "flite"));
		request_add_num(r, "speed", node_num(p->settings,
		    "defaultSpeed", 1));
	}
	ret = add_text(r, p, "brief", "brief.md", e);
	if (ret == 0)
		ret = add_text(r, p, "source", "source.md", e);
	if (ret == 0)
		ret = add_prompt_file(r, p, e);
	return seal(r, ret);
}

/* Only white space and comments? */
static int
is_unwritten(const char *s)
{
	const char *end;

	while (s += strspn(s, " \t\r\n"), !strncmp(s, "<!--", 4)) {
		end = strstr(s, "-->");
		if (!end)
			return 0;
		s = end + 3;
	}
	return !*s;
}

int
request_has_brief(const struct request *script)
{
	size_t i;

	for (i = 0; i < script->nr; i++)
		if (!strcmp(script->input[i].key, "brief"))
			return !is_unwritten(script->input[i].value);
	return 0;
}

/* Lines of the script may begin with these names. */
static void
add_speakers(struct request *r, const struct project *p)
{
	const struct node *all = node_get(p->settings, "speakers");
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; all && i < all->nr; i++)
		if (all->kid[i]->key)
			strbuf_addf(&names, "%s\n", all->kid[i]->key);
	if (names.len)
		request_add(r, "speakers", names.buf);
	strbuf_release(&names);
}

struct request *
request_split(const struct project *p, struct err *e)
{
	struct request *r = request_new("split", SPLIT_VERSION);

	request_add(r, "platform", p->platform);
	request_add(r, "language", p->language);
	add_speakers(r, p);
	return seal(r, add_text(r, p, "script", "script.md", e));
}

/* SHA-256 of a user's file, from the project's folder. */
static int
hash_user_file(const struct project *p, const char *rel, struct stat_cache *c,
    char sha[SHA256_HEX], struct err *e)
{
	char *path;
	int fd, ret;

	fd = path_open_beneath(p->root, rel, e);
	if (fd < 0)
		return -1;
	close(fd);
	path = path_join(p->root, rel);
	ret = stat_cache_sha256(c, path, sha, NULL, e);
	free(path);
	return ret;
}

struct request *
request_audio(const struct project *p, const struct scene *s, int take,
    struct stat_cache *c, struct err *e)
{
	struct request *r = request_new("audio", AUDIO_VERSION);
	struct strbuf key = STRBUF_INIT;
	char sha[SHA256_HEX];
	struct voice_choice v;
	int ret = 0;
	size_t i;

	voice_choose(p, s, &v);
	request_add(r, "provider", v.provider);
	if (s->audio_file) {
		ret = hash_user_file(p, s->audio_file, c, sha, e);
		if (ret == 0)
			request_add(r, "file", sha);
	} else {
		request_add(r, "voice", v.voice);
		request_add_num(r, "speed", v.speed);
		request_add(r, "language", v.language);
		request_add_num(r, "take", take);
		for (i = 0; i < v.lexicon->nr; i++) {
			strbuf_reset(&key);
			strbuf_addf(&key, "lexicon.%s", v.lexicon->kid[i]->key);
			request_add(r, key.buf, v.lexicon->kid[i]->str);
		}
		add_options(r, v.options);
		if (v.before)
			request_add(r, "before", v.before);
		if (v.after)
			request_add(r, "after", v.after);
	}
	request_add(r, "text", v.spoken);
	strbuf_release(&key);
	voice_choice_release(&v);
	return seal(r, ret);
}

/* "character.NAME" and "character.NAME.picture". */
static int
add_character(struct request *r, const struct project *p,
    const struct node *one, struct stat_cache *c, struct err *e)
{
	const char *text = one->str ? one->str
	    : node_str(one, "description", NULL);
	const char *picture = node_str(one, "picture", NULL);
	struct strbuf key = STRBUF_INIT;
	char sha[SHA256_HEX];
	int ret = 0;

	strbuf_addf(&key, "character.%s", one->key);
	if (text)
		request_add(r, key.buf, text);
	if (picture) {
		ret = hash_user_file(p, picture, c, sha, e);
		strbuf_addstr(&key, ".picture");
		if (ret < 0)
			err_prefix(e, "character %.60s", one->key);
		else
			request_add(r, key.buf, sha);
	}
	strbuf_release(&key);
	return ret;
}

/* All that a picture is made from but the take. */
static int
add_image(struct request *r, const struct project *p,
    const struct image_choice *choice, struct stat_cache *c, struct err *e)
{
	const struct node *who = choice->characters;
	size_t i;

	request_add(r, "provider", choice->provider);
	request_add(r, "prompt", choice->prompt);
	request_add(r, "style", choice->style);
	request_add(r, "tone", choice->tone);
	request_add(r, "look", choice->look);
	request_add(r, "language", choice->language);
	request_add_num(r, "width", choice->width);
	request_add_num(r, "height", choice->height);
	add_options(r, choice->options);
	for (i = 0; who && i < who->nr; i++)
		if (add_character(r, p, who->kid[i], c, e) < 0)
			return -1;
	return 0;
}

struct request *
request_image(const struct project *p, const struct scene *s, int take,
    struct stat_cache *c, struct err *e)
{
	struct request *r = request_new("image", IMAGE_VERSION);
	struct image_choice choice;
	char sha[SHA256_HEX];
	int ret;

	image_choose(p, s, &choice);
	if (s->image_file) {
		request_add(r, "provider", choice.provider);
		ret = hash_user_file(p, s->image_file, c, sha, e);
		if (ret == 0)
			request_add(r, "file", sha);
	} else {
		request_add_num(r, "take", take);
		ret = add_image(r, p, &choice, c, e);
	}
	image_choice_release(&choice);
	return seal(r, ret);
}

struct request *
request_cover(const struct project *p, struct stat_cache *c, struct err *e)
{
	struct request *r = request_new("cover", COVER_VERSION);
	struct image_choice choice;
	int ret;

	image_choose(p, NULL, &choice);
	request_add_num(r, "take", 1);
	ret = add_image(r, p, &choice, c, e);
	image_choice_release(&choice);
	return seal(r, ret);
}
