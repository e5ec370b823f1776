#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/json.h"
#include "record/project.h"
#include "../tests/unit/tap.h"

#define ID "00000000-0000-4000-8000-00000000000"

static struct err e;

static void
put(const char *path, const char *text)
{
	char *dir = xstrdup(path), *slash = strrchr(dir, '/');

	if (slash) {
		*slash = '\0';
		file_mkdirs(dir, &e);
	}
	free(dir);
	if (file_write(path, text, strlen(text), &e) < 0)
		printf("# %s\n", e.msg);
}

static void
refused(const char *want)
{
	struct project p;
	int bad = project_load(&p, "whales", &e);

	if (!ok(bad < 0 && strstr(e.msg, want), "refused: %s", want))
		printf("# %s\n", bad ? e.msg : "(loads)");
	if (!bad)
		project_release(&p);
}

static void
test_load(void)
{
	struct project p;
	struct node *n;

	put("whales/project.yaml", "id: " ID "a\ntitle: 2001\n");
	ok(project_load(&p, "whales", &e) == 0 && p.nr == 0 &&
	    p.video_nr == 1, "an empty project: %s", e.msg);
	is(p.video[0].name, "youtube", "one film, named by its preset");
	is(p.tone, "curious", "a tone to begin with");
	n = project_json(&p, "draft");
	is(node_str(n, "title", ""), "2001", "the title");
	ok(node_get(n, "title")->quoted, "is text");
	node_free(n);
	project_release(&p);
	put("whales/scenes/000200-b/scene.yaml", "text: two\n");
	put("whales/scenes/000100-x/scene.yaml", "id: " ID "1\ntext: one\n"
	    "image: {focus: [0.25, 0.5], takes: 2, use: 2}\n"
	    "audio: {speed: 1.5}\nduration: 1m\n");
	put("whales/scenes/000200-a/scene.yaml", "id: " ID "2\ntext: 1.5\n");
	put("whales/scenes/split.json", "{}\n");
	put("whales/scenes/.hidden/x", "");
	put("whales/scenes/000300-left/audio.local.wav", "");
	if (!ok(project_load(&p, "whales", &e) == 0, "loads"))
		printf("# %s\n", e.msg);
	ok(p.nr == 3 && p.scene[2].index == 3, "three scenes");
	is(p.scene[0].text, "one", "by key");
	is(p.scene[1].text, "1.5", "then by name");
	is(p.scene[2].id, NULL, "a scene to be completed");
	ok(p.scene[0].has_focus && p.scene[0].focus_x == 0.25 &&
	    p.scene[0].image_use == 2 && p.scene[0].speed == 1.5 &&
	    p.scene[0].duration == 60, "fields");
	n = scene_json(&p, &p.scene[1]);
	ok(node_num(n, "index", 0) == 2 && node_get(n, "text")->quoted,
	    "a record with its place");
	node_free(n);
	project_release(&p);
}

static void
test_names(void)
{
	struct project p;
	size_t *list = NULL, nr = 0;

	project_load(&p, "whales", &e);
	ok(project_scene(&p, "3", &e) == &p.scene[2], "by place");
	ok(project_scene(&p, "000200-a", &e) == &p.scene[1], "by folder");
	ok(project_scene(&p, "@" ID "2", &e) == &p.scene[1], "by id");
	ok(!project_scene(&p, "@0000", &e) && strstr(e.msg, "more than one"),
	    "an ambiguous id");
	ok(!project_scene(&p, "4", &e) && e.code == EX_BADUSE &&
	    strstr(e.msg, "1 to 3"), "no such place");
	ok(!project_scene(&p, "", &e) && !project_scene(&p, "@", &e) &&
	    !project_scene(&p, "0", &e), "nothing is no scene");
	ok(project_scenes(&p, "2-3,1,000200-a", &list, &nr, &e) == 0 &&
	    nr == 3 && list[0] == 1 && list[1] == 2 && list[2] == 0,
	    "a list, each once");
	ok(project_scenes(&p, "3-2", &list, &nr, &e) < 0, "3-2 is refused");
	ok(project_scenes(&p, "1-9999", &list, &nr, &e) < 0, "1-9999 too");
	free(list);
	ok(project_video(&p, "youtube", &e) == &p.video[0] &&
	    !project_video(&p, "x", &e), "videos by name");
	project_release(&p);
}

static void
test_videos(void)
{
	struct project p;

	put("whales/project.yaml", "id: " ID "a\ntitle: T\nplatform: shorts\n"
	    "videos:\n- name: all\n- {name: teaser, preset: reels, scenes: "
	    "[000200-a, " ID "1]}\n");
	if (!ok(project_load(&p, "whales", &e) == 0, "videos"))
		printf("# %s\n", e.msg);
	ok(p.video_nr == 2 && p.video[0].nr == 3 && p.video[1].nr == 2 &&
	    p.video[1].scene[0] == 1 && p.video[1].scene[1] == 0,
	    "scenes of each");
	is(p.video[0].preset, "shorts", "preset of the project");
	project_release(&p);
	put("whales/project.yaml", "id: " ID "a\ntitle: T\n"
	    "videos: [{name: a, scenes: [beef]}]\n");
	refused("project.yaml:3: video a: 'beef' is no scene");
	put("whales/project.yaml", "id: " ID "a\ntitle: T\n"
	    "videos: [{name: a}, {name: a}]\n");
	refused("two videos are named a");
	put("whales/project.yaml", "id: " ID "a\ntitle: T\n");
}

static void
test_refused(void)
{
	put("whales/scenes/000400-c/scene.yaml", "id: " ID "2\ntext: t\n");
	refused("scenes/000200-a and scenes/000400-c have the same id");
	put("whales/scenes/000400-c/scene.yaml", "text: t\nmotion: x\n");
	refused("scenes/000400-c/scene.yaml:2: motion");
	put("whales/scenes/000400-c/scene.yaml", "text: a\n<<<<<<< HEAD\n");
	refused("scenes/000400-c/scene.yaml:2:1: \"<<<<<<<\"");
	unlink("whales/scenes/000400-c/scene.yaml");
	put("whales/scenes/000400-c/audio.json", "{}");
	refused("scenes/000400-c/scene.yaml: is missing; restore it");
	symlink("audio.json", "whales/scenes/000400-c/scene.yaml");
	refused("is a symbolic link");
	file_remove_tree("whales/scenes/000400-c", &e);
	put("whales/scenes/notes/scene.yaml", "text: t\n");
	refused("scenes/notes: a scene's folder is six digits");
	file_remove_tree("whales/scenes/notes", &e);
	symlink("000200-a", "whales/scenes/000500-d");
	refused("scenes/000500-d: is a symbolic link");
	unlink("whales/scenes/000500-d");
	put("whales/project.yaml", "title: T\n");
	refused("project.yaml:1: id: is missing");
	put("whales/project.yaml", "id: " ID "a\ntitle: T\n");
	put("whales/lexicon.yaml", "nginx: [a]\n");
	refused("lexicon.yaml:1: nginx: must be a text");
	unlink("whales/lexicon.yaml");
}

static void
test_parents(void)
{
	struct project p;
	char *root;

	put("settings.yaml", "look: outside\n");
	put("series/settings.yaml", "look: series\ndefaultTone: calm\n"
	    "speakers: {host: {voice: slt}, guest: {voice: rms}}\n"
	    "characters: {ada: old, bob: tall}\n");
	put("series/lexicon.yaml", "nginx: engine x\nGIF: jif\n");
	put("series/.git/HEAD", "");
	put("series/one/project.yaml", "id: " ID "a\ntitle: T\n"
	    "characters: {ada: young}\n");
	put("series/one/settings.yaml", "look: one\n"
	    "speakers: {host: {voice: kal}}\n");
	put("series/one/lexicon.yaml", "GIF: gif\n");
	put("series/one/a/b/x", "");
	if (!ok(project_load(&p, "series/one", &e) == 0, "a series"))
		printf("# %s\n", e.msg);
	is(project_setting(&p, "look", ""), "one", "the nearest wins");
	is(p.tone, "calm", "a parent's default");
	is(project_setting(&p, "speakers.host.voice", ""), "kal", "nearest");
	is(project_setting(&p, "speakers.guest.voice", ""), "rms", "joined");
	is(node_str(p.lexicon, "GIF", ""), "gif", "own lexicon first");
	is(node_str(p.lexicon, "nginx", ""), "engine x", "then the parent's");
	is(node_str(p.characters, "ada", ""), "young", "own character");
	is(node_str(p.characters, "bob", ""), "tall", "shared character");
	root = project_find("series/one/a/b", &e);
	is(root, p.root, "the root is found from below");
	free(root);
	project_release(&p);
	ok(!project_find("series", &e) && e.code == EX_CONF, "no project");
	file_remove_tree("series/.git", &e);
	project_load(&p, "series/one", &e);
	is(p.tone, "curious", "without git only the project itself is read");
	project_release(&p);
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Plain writes: fsync of each would take the time of the test. */
static void
test_size(int n)
{
	struct project p;
	char path[64], text[200];
	double start;
	FILE *f;
	int i;

	put("big/project.yaml", "id: " ID "a\ntitle: T\n");
	for (i = 1; i <= n; i++) {
		snprintf(path, sizeof(path), "big/scenes/%06d-x", i * 10);
		file_mkdirs(path, &e);
		snprintf(path, sizeof(path), "big/scenes/%06d-x/scene.yaml",
		    i * 10);
		f = fopen(path, "w");
		snprintf(text, sizeof(text), "id: 00000000-0000-4000-8000-%012d"
		    "\ntext: The whale number %d surfaces.\n"
		    "audio: {voice: slt}\nmotion: in\n", i, i);
		fputs(text, f);
		fclose(f);
	}
	start = now();
	ok(project_load(&p, "big", &e) == 0 && p.nr == (size_t)n,
	    "%d scenes", n);
	printf("# loaded in %.3f s\n", now() - start);
	project_release(&p);
}

int
main(int argc, char **argv)
{
	char dir[] = "/tmp/studio-project-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	test_load();
	test_names();
	test_videos();
	test_refused();
	test_parents();
	test_size(argc > 1 ? (int)strtol(argv[1], NULL, 10) : 300);
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
