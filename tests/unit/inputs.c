/* What enters the digests, and what does not. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/project.h"
#include "store/inputs.h"
#include "../tests/unit/tap.h"

#define ID "00000000-0000-4000-8000-00000000000"

static struct err e;

static void
put(const char *path, const char *text)
{
	char *dir = path_dirname(path);

	if (file_mkdirs(dir, &e) < 0 ||
	    file_write(path, text, strlen(text), &e) < 0)
		printf("# %s\n", e.msg);
	free(dir);
}

/* The sum of what is made, before characters and options were known. A script
 * that is paid for says nothing of the voice any more. */
static const char *const plain[] = {
	"3fff1d442d208932f418f760f433cdb0d1d4a1c1dd2bfbb98025aa69b8ca619d",
	"7a010a1c5f466b6559a8dca1ed0a894bdb887864ffa569f23e057a61c5c7ff94",
	"8eb8e7ea7dbbb0189596d63a012bd8fde9cbafd78b783df1d25361f3edf9af8f",
	"439f99dfa7529988da94b776abaf00a287002e077fbb108517201e18b618f304",
	"6e04c9601ed59e45a443864df0b7b7cf6d35f279d99791eab518a79102e95e7d",
	"0dd821099e67e4ad8c96e3c44f71b0fe892eb8df41c95f1755bab3ac7279ee57",
};
static const char *const paid[] = {
	"1d93814d3c93282641646a7b2f9f6cdc08d3abb57e6d1436f777159bcd52215c",
	"7a010a1c5f466b6559a8dca1ed0a894bdb887864ffa569f23e057a61c5c7ff94",
	"7ad226bf202c439f0e20a2ac8a82e2e7a4cc327197db957c30c08011baa5e297",
	"e79825bfb5f12cc17765026f70885c0218c28d4242478cd9b0ccda306a6ce696",
	"6e04c9601ed59e45a443864df0b7b7cf6d35f279d99791eab518a79102e95e7d",
	"6e5f777ab4dbbad45006ff124e72201f82f25e30eefb24dddd3a352e44588604",
};
static const char *const kinds[] = { "script", "split", "audio", "image",
	"own image", "cover" };

#define NR (sizeof(kinds) / sizeof(*kinds))
#define PROJECT "id: " ID "a\ntitle: Whales\n"
#define FREE_ONES "look: tide\nttsProvider: flite\ndefaultTtsVoice: slt\n" \
	"imageModel: card\nscriptModel: extract\n"
#define PAID_ONES "look: tide\nttsProvider: exec:y\ndefaultTtsVoice: slt\n" \
	"imageModel: exec:x\nscriptModel: exec:z\n"
#define OPTIONS "scriptOptions: {temperature: 0.7}\n" \
	"ttsOptions: {stability: 0.4}\nimageOptions: {a.b: high, hd: true}\n"

static struct project film;
static struct stat_cache *cache;
static struct request *request[NR];

static void
forget(void)
{
	size_t i;

	for (i = 0; i < NR; i++)
		request_free(request[i]);
	memset(request, 0, sizeof(request));
	stat_cache_close(cache);
	project_release(&film);
}

/* All requests of the film with these files. */
static void
form(const char *project, const char *settings)
{
	put("film/project.yaml", project);
	put("film/settings.yaml", settings);
	e.msg[0] = '\0';
	if (!ok(project_load(&film, "film", &e) == 0, "a project"))
		printf("# %s\n", e.msg);
	cache = stat_cache_open(film.root);
	request[0] = request_script(&film, 1, &e);
	request[1] = request_split(&film, &e);
	request[2] = request_audio(&film, &film.scene[0], 1, cache, &e);
	request[3] = request_image(&film, &film.scene[0], 1, cache, &e);
	request[4] = request_image(&film, &film.scene[1], 1, cache, &e);
	request[5] = request_cover(&film, cache, &e);
}

static void
same(const char *const *want, const char *what)
{
	size_t i;

	for (i = 0; i < NR; i++)
		ok(request[i] && !strcmp(request[i]->digest, want[i]),
		    "%s: %s is as ever: %s", what, kinds[i],
		    request[i] ? request[i]->digest : "none");
	forget();
}

/* The value of an input, NULL when it is none. */
static const char *
value(size_t kind, const char *key)
{
	const struct request *r = request[kind];
	size_t i;

	for (i = 0; r && i < r->nr; i++)
		if (!strcmp(r->input[i].key, key))
			return r->input[i].value;
	return NULL;
}

/* Only kinds of mask (bit i for kind i) have keys that begin so. */
static void
only(unsigned mask, const char *prefix)
{
	unsigned has = 0;
	size_t k, i;

	for (k = 0; k < NR; k++)
		for (i = 0; request[k] && i < request[k]->nr; i++)
			if (!strncmp(request[k]->input[i].key, prefix,
			    strlen(prefix)))
				has |= 1u << k;
	if (!ok(has == mask, "only where it belongs: %s", prefix))
		printf("# got mask %x, want %x\n", has, mask);
}

static void
test_same(void)
{
	form(PROJECT, FREE_ONES);
	same(plain, "free");
	form(PROJECT, PAID_ONES);
	same(paid, "paid");
	form(PROJECT "characters: {Otto: a man, Dock: {description: old}}\n",
	    FREE_ONES OPTIONS);
	same(plain, "free, with characters and options");
	form(PROJECT "characters: {Otto: a man, swim: x, 'Whale': y}\n",
	    PAID_ONES "scriptOptions: {}\n");
	same(paid, "paid, with characters that nobody names");
}

static void
test_options(void)
{
	form(PROJECT, PAID_ONES OPTIONS);
	only(1 << 0 | 1 << 2 | 1 << 3 | 1 << 5, "option.");
	is(value(0, "option.temperature"), "0.7", "of the script");
	is(value(2, "option.stability"), "0.4", "of the voice");
	is(value(3, "option.a.b"), "high", "of the picture");
	is(value(5, "option.hd"), "true", "of the cover");
	ok(!value(3, "option.temperature") && !value(2, "option.hd") &&
	    !value(0, "option.stability"), "each stage has its own");
	forget();
	form(PROJECT, "imageModel: exec:x\n" OPTIONS);
	only(1 << 3 | 1 << 5, "option.");
	ok(provider_options(&film, "imageOptions", "card") == NULL &&
	    provider_options(&film, "imageOptions", "file") == NULL &&
	    provider_options(&film, "voices", "exec:x") == NULL &&
	    provider_options(&film, "imageOptions", "exec:x") != NULL,
	    "options go to providers that are paid");
	forget();
}

static void
test_characters(void)
{
	struct image_choice c;
	char sha[SHA256_HEX];

	form(PROJECT "characters:\n  MAYA: red hair\n  Otto: a man\n"
	    "  the dock: {description: of wood, picture: media/dock.png}\n",
	    PAID_ONES "characters: {whales: {picture: media/dock.png}}\n");
	only(1 << 3 | 1 << 5, "character.");
	is(value(3, "character.MAYA"), "red hair", "in any case of letters");
	is(value(3, "character.the dock"), "of wood", "of two words");
	sha256_hex("a picture", 9, sha);
	is(value(3, "character.the dock.picture"), sha,
	    "a picture by its hash");
	ok(!value(3, "character.Otto") && !value(3, "character.whales"),
	    "not who is not named");
	ok(value(5, "character.whales.picture") &&
	    !value(5, "character.whales") && !value(5, "character.MAYA"),
	    "the cover by its title, a picture alone");
	image_choose(&film, &film.scene[0], &c);
	ok(c.characters && c.characters->nr == 2 && c.narrated, "the choice");
	image_choice_release(&c);
	image_choose(&film, &film.scene[1], &c);
	ok(!c.characters, "none for one's own file");
	image_choice_release(&c);
	film.scene[0].prompt = "Otto, alone";
	request_free(request[3]);
	request[3] = request_image(&film, &film.scene[0], 1, cache, &e);
	ok(value(3, "character.Otto") && value(3, "character.MAYA"),
	    "those of the prompt and of the text");
	forget();
}

/* Who speaks a scene: a voice, or a map of what is its own. */
static void
speak_as(const char *who, const char *provider, const char *voice)
{
	film.scene[0].speaker = who;
	request_free(request[2]);
	request[2] = request_audio(&film, &film.scene[0], 1, cache, &e);
	is(value(2, "provider"), provider, who);
	is(value(2, "voice"), voice, who);
}

static void
test_speakers(void)
{
	form(PROJECT, PAID_ONES "speakers: {host: rms, guest: {voice: af_sky, "
	    "provider: kokoro}, boss: {speed: 1.2}}\n");
	speak_as("host", "exec:y", "rms");
	speak_as("guest", "kokoro", "af_sky");
	speak_as("boss", "exec:y", "slt");
	is(value(2, "speed"), "1.2", "and speed");
	speak_as("nobody", "exec:y", "slt");
	forget();
}

/* What a record says of its inputs can be compared again. */
static void
test_inputs(void)
{
	struct changes ch = { NULL, 0, 0 };
	struct node *inputs;

	form(PROJECT "characters: {Maya: red hair}\n", PAID_ONES);
	inputs = request_inputs(request[3]);
	forget();
	form(PROJECT "characters: {Maya: grey hair}\n", PAID_ONES OPTIONS);
	changes_find(request[3], inputs, &ch);
	ok(ch.nr == 3 && !strcmp(ch.v[0].key, "character.Maya") &&
	    !strcmp(ch.v[0].was, "red hair") &&
	    !strcmp(ch.v[0].now, "grey hair") &&
	    !strcmp(ch.v[1].key, "option.a.b") && !ch.v[1].was &&
	    !strcmp(ch.v[2].key, "option.hd"), "each change is named");
	changes_release(&ch);
	node_free(inputs);
	forget();
}

static void
test_refused(void)
{
	form(PROJECT "characters: {Maya: {picture: media/none.png}}\n",
	    PAID_ONES);
	if (!ok(!request[3] && strstr(e.msg, "character Maya: ") &&
	    strstr(e.msg, "media/none.png"), "a picture that is not there"))
		printf("# %s\n", e.msg);
	forget();
	ok(symlink("/etc/passwd", "film/media/link.png") == 0, "a link");
	form(PROJECT "characters: {Maya: {picture: media/link.png}}\n",
	    PAID_ONES);
	ok(!request[3] && strstr(e.msg, "media/link.png"), "is not followed");
	ok(request[5] != NULL, "the cover does not name her");
	forget();
}

int
main(void)
{
	char dir[] = "/tmp/studio-inputs-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	put("film/brief.md", "The sea.\n");
	put("film/script.md", "Maya swims.\n");
	put("film/media/dock.png", "a picture");
	put("film/scenes/000100-a/scene.yaml", "id: " ID "1\n"
	    "text: Maya swims to the dock.\n");
	put("film/scenes/000200-b/scene.yaml", "id: " ID "2\n"
	    "text: The dock.\nimage: {file: media/dock.png}\n");
	test_same();
	test_options();
	test_characters();
	test_speakers();
	test_inputs();
	test_refused();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
