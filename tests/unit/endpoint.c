#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/secret.h"
#include "store/endpoint.h"
#include "../tests/unit/tap.h"

#define SETTINGS "home/studio/settings.yaml"

/* What a program finds that starts with these settings: they are read once, so
 * each look is a process of its own. */
static struct found {
	int there, local, limit, hidden, no_key;
	size_t cap;
	double timeout, patience;
	struct err e, key_e;
	char url[200], key[200], source[200], type[40], format[40];
} *f;

static void
look_here(const char *spec, enum provider_stage stage)
{
	char hide[] = "the key is sk-canary-1";
	struct endpoint *ep;
	char *source;
	const char *key;

	ep = endpoint_get(spec, stage, &f->e);
	if (!ep)
		return;
	f->there = endpoint_get(spec, stage, NULL) == ep;
	f->local = ep->local;
	f->limit = ep->limit;
	f->cap = ep->cap;
	f->timeout = ep->timeout;
	f->patience = ep->patience;
	snprintf(f->url, sizeof(f->url), "%s", ep->base_url);
	snprintf(f->type, sizeof(f->type), "%s", ep->type->name);
	snprintf(f->format, sizeof(f->format), "%s", ep->format ? ep->format
	    : "");
	source = endpoint_key_source(ep);
	snprintf(f->source, sizeof(f->source), "%s", source ? source : "");
	free(source);
	key = endpoint_key(ep, &f->key_e);
	f->no_key = !key;
	snprintf(f->key, sizeof(f->key), "%s", key ? key : "");
	f->hidden = secret_hide(hide, strlen(hide)) == 1;
}

static void
look(const char *settings, const char *spec, enum provider_stage stage)
{
	pid_t pid;

	memset(f, 0, sizeof(*f));
	file_write(SETTINGS, settings, strlen(settings), NULL);
	chmod(SETTINGS, 0600);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		look_here(spec, stage);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void
refused(const char *settings, const char *spec, enum provider_stage stage,
    int code, const char *says)
{
	look(settings, spec, stage);
	ok(!f->there && f->e.code == code && strstr(f->e.msg, says),
	    "%s: %d %s", settings, f->e.code, f->e.msg);
}

static void
test_types(void)
{
	look("", "openai:gpt", PROVIDER_SCRIPT);
	ok(f->there && !strcmp(f->url, "https://api.openai.com/v1") &&
	    !f->local && f->limit == 4 && f->cap == 4096 &&
	    f->timeout == 600 && f->patience == 120, "openai as it is");
	ok(f->no_key && f->key_e.code == EX_NOQUOTA && strstr(f->key_e.msg,
	    "OPENAI_API_KEY"), "no key: %s", f->key_e.msg);
	look("", "a1111", PROVIDER_IMAGE);
	ok(f->there && f->local && f->limit == 1 && f->no_key &&
	    f->key_e.code == 0, "a1111 needs no key");
	look("", "flite", PROVIDER_SPEECH);
	ok(f->there && !*f->url && f->no_key && !f->key_e.code, "flite");
	look("", "exec:say x", PROVIDER_SPEECH);
	ok(f->there && !strcmp(f->type, "exec"), "exec");
	look("providers: {flite: {type: openai, baseUrl: http://x}}", "flite",
	    PROVIDER_SPEECH);
	ok(f->there && !strcmp(f->type, "flite"),
	    "what is inside cannot be moved");
	refused("", "nobody:x", PROVIDER_IMAGE, EX_CONF,
	    "card, exec, openai, gemini, a1111, sdcpp, pexels");
	ok(strstr(f->e.msg, "providers.nobody '{type: openai, baseUrl: URL}'")
	    != NULL, "and how it is made known");
	refused("", "opena", PROVIDER_SCRIPT, EX_CONF, "no script provider");
	refused("", "", PROVIDER_SCRIPT, EX_CONF, "no script provider");
	refused("", "elevenlabs", PROVIDER_SCRIPT, EX_CONF,
	    "no script provider \"elevenlabs\"");
	refused("providers: {x: {type: exec}}", "x", PROVIDER_SPEECH, EX_CONF,
	    "no speech provider \"x\"");
	refused("providers: {x: {type: flite}}", "x", PROVIDER_SPEECH,
	    EX_CONF, "no speech provider \"x\"");
	refused("providers: {x: {baseUrl: http://h}}", "x", PROVIDER_SPEECH,
	    EX_CONF, "no speech provider \"x\"");
}

static void
test_entries(void)
{
	look("providers:\n  home: {type: openai, baseUrl: "
	    "\"http://127.0.0.1:8080/v1//\", limit: 2, timeout: 5s, "
	    "patience: 1m, maxCharacters: 300, format: flac}\n", "home:m",
	    PROVIDER_SPEECH);
	ok(f->there && !strcmp(f->url, "http://127.0.0.1:8080/v1") &&
	    f->local && f->limit == 2 && f->timeout == 5 &&
	    f->patience == 60 && f->cap == 300 && !strcmp(f->format, "flac"),
	    "an entry is laid over its type: %s", f->e.msg);
	ok(f->no_key && f->key_e.code == 0, "a server here needs no key");
	look("providers: {a1111: {baseUrl: http://gpu:7860/v1}}", "a1111",
	    PROVIDER_IMAGE);
	is(f->url, "http://gpu:7860", "/v1 is dropped where paths have it");
	look("providers: {home: {type: openai, baseUrl: http://h/v1}}", "home",
	    PROVIDER_SCRIPT);
	is(f->url, "http://h/v1", "and kept where they have not");
	refused("providers:\n  home:\n    type: openai\n    limit: 0\n",
	    "home", PROVIDER_SCRIPT, EX_DATA, "settings.yaml:4:");
	refused("providers: {home: {type: openai, limit: 257}}", "home",
	    PROVIDER_SCRIPT, EX_DATA, "256");
	refused("providers: {home: {type: openai, timeout: soon}}", "home",
	    PROVIDER_SCRIPT, EX_DATA, "timeout");
	refused("providers: {home: {type: openai, format: mp4}}", "home",
	    PROVIDER_SCRIPT, EX_DATA, "format");
	refused("providers: {home: [1]}", "home", PROVIDER_SCRIPT, EX_DATA,
	    "a map such as {type: openai");
	refused("providers: {home: [1", "home", PROVIDER_SCRIPT, EX_DATA,
	    "settings.yaml");
	/* others' faults are not this one's */
	look("providers: {bad: [1]}", "openai", PROVIDER_SCRIPT);
	ok(f->there, "another entry may be wrong");
}

static void
test_addresses(void)
{
	static const char *const bad[] = { "ftp://h", "h", "//h", "http://",
		"http:///", "https:///v1", "http://:80", "http://u@h",
		"https://h/?key=1", "http://h/#x", "http://h x",
		"http://h\\\\x", "http://h\\r\\nX: y", "" };
	char text[200];
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		snprintf(text, sizeof(text), "providers: {home: {type: openai, "
		    "baseUrl: \"%s\"}}", bad[i]);
		refused(text, "home", PROVIDER_SCRIPT, EX_CONF, "baseUrl:");
	}
	setenv("OPENAI_BASE_URL", "http://localhost:9/v1", 1);
	look("", "openai", PROVIDER_SCRIPT);
	ok(f->local && !strcmp(f->url, "http://localhost:9/v1"),
	    "a variable moves it");
	look("providers: {openai: {baseUrl: http://own/v1}}", "openai",
	    PROVIDER_SCRIPT);
	is(f->url, "http://own/v1", "settings are nearer");
	look("providers: {home: {type: openai}}", "home", PROVIDER_SCRIPT);
	is(f->url, "https://api.openai.com/v1", "an alias is not moved by it");
	setenv("OPENAI_BASE_URL", "no address", 1);
	refused("", "openai", PROVIDER_SCRIPT, EX_CONF, "baseUrl:");
	unsetenv("OPENAI_BASE_URL");
	setenv("A1111_BASE_URL", "http://gpu:1", 1);
	look("", "a1111", PROVIDER_IMAGE);
	ok(!f->local && !strcmp(f->url, "http://gpu:1"), "others too");
	unsetenv("A1111_BASE_URL");
}

static void
has_key(const char *settings, const char *spec, const char *source)
{
	look(settings, spec, PROVIDER_SCRIPT);
	ok(f->there && !strcmp(f->key, "sk-canary-1") && f->hidden,
	    "%s: %s %s", settings, f->e.msg, f->key_e.msg);
	is(f->source, source, "its source");
}

static void
no_key(const char *settings, const char *spec, int code, const char *says)
{
	look(settings, spec, PROVIDER_SCRIPT);
	ok(f->there && f->no_key && f->key_e.code == code &&
	    strstr(f->key_e.msg, says), "%s: %d %s%s", settings,
	    f->key_e.code, f->e.msg, f->key_e.msg);
}

#define FAR "type: openai, baseUrl: https://other.example/v1"

static void
test_variables(void)
{
	setenv("OPENAI_API_KEY", "sk-canary-1", 1);
	setenv("OTHER_KEY", "sk-canary-1", 1);
	setenv("EMPTY_KEY", "", 1);
	has_key("", "openai", "OPENAI_API_KEY");
	has_key("providers: {work: {type: openai}}", "work", "OPENAI_API_KEY");
	has_key("providers: {x: {" FAR ", keyEnv: OTHER_KEY}}", "x",
	    "OTHER_KEY");
	/* another server never gets it, and is asked without one first */
	no_key("providers: {x: {" FAR "}}", "x", 0, "");
	is(f->source, "", "and says no source");
	no_key("providers: {x: {type: openai, baseUrl: http://localhost:1}}",
	    "x", 0, "");
	no_key("providers: {x: {type: openai, baseUrl: "
	    "\"https://api.openai.com.evil/v1\"}}", "x", 0, "");
	no_key("", "anthropic", EX_NOQUOTA, "ANTHROPIC_API_KEY");
	/* one that is named has to be there, even here */
	no_key("providers: {x: {type: openai, baseUrl: http://localhost:1, "
	    "keyEnv: EMPTY_KEY}}", "x", EX_NOQUOTA, "EMPTY_KEY");
	setenv("OPENAI_API_KEY", "sk\nInjected: x", 1);
	no_key("", "openai", EX_NOQUOTA, "more than one line");
	setenv("OPENAI_API_KEY", "  \n", 1);
	no_key("", "openai", EX_NOQUOTA, "empty");
	setenv("OPENAI_API_KEY", " sk-canary-1\n", 1);
	has_key("", "openai", "OPENAI_API_KEY");
	unsetenv("OPENAI_API_KEY");
	unsetenv("OTHER_KEY");
	unsetenv("EMPTY_KEY");
}

static void
test_files(const char *dir)
{
	char *text = xasprintf("providers: {x: {" FAR ", keyFile: %s/k}}", dir);
	char *inside = xasprintf("providers: {x: {" FAR ", keyFile: "
	    "%s/repo/sub/k}}", dir), *source = xasprintf("keyFile %s/k", dir);

	file_write("k", "sk-canary-1\n", 12, NULL);
	chmod("k", 0600);
	has_key(text, "x", source);
	chmod("k", 0640);
	no_key(text, "x", EX_CONF, "chmod 600");
	chmod("k", 0604);
	no_key(text, "x", EX_CONF, "chmod 600");
	chmod("k", 0600);
	file_write("k", "", 0, NULL);
	chmod("k", 0600);
	no_key(text, "x", EX_NOQUOTA, "empty");
	file_write("k", "a\0bcdefgh", 9, NULL);
	chmod("k", 0600);
	no_key(text, "x", EX_NOQUOTA, "empty or has more");
	unlink("k");
	no_key(text, "x", EX_IO, "keyFile: names it");
	is(f->source, source, "a source that is not read");
	mkdir("k", 0700);
	no_key(text, "x", EX_DATA, "not a regular file");
	rmdir("k");
	file_mkdirs("repo/sub", NULL);
	file_write("repo/sub/k", "sk-canary-1\n", 12, NULL);
	chmod("repo/sub/k", 0600);
	has_key(inside, "x", f->source);
	mkdir("repo/.git", 0700);
	no_key(inside, "x", EX_CONF, "git");
	/* also by another way in */
	ok(symlink("repo/sub", "way") == 0, "another way");
	free(inside);
	inside = xasprintf("providers: {x: {" FAR ", keyFile: %s/way/k}}", dir);
	no_key(inside, "x", EX_CONF, "git");
	setenv("HOME", dir, 1);
	file_write("k", "sk-canary-1", 11, NULL);
	chmod("k", 0600);
	has_key("providers: {x: {" FAR ", keyFile: ~/k}}", "x", "keyFile ~/k");
	free(source);
	free(inside);
	free(text);
}

static void
test_commands(void)
{
	setenv("SEEN_API_KEY", "sk-canary-1", 1);
	setenv("NAMED", "sk-canary-1", 1);
	has_key("providers: {x: {" FAR ", keyCommand: echo sk-canary-1}}",
	    "x", "keyCommand");
	has_key("providers: {x: {" FAR ", keyCommand: \"printf "
	    "'sk-canary-1\\\\r\\\\n\\\\n'\"}}", "x", "keyCommand");
	no_key("providers: {x: {" FAR ", keyCommand: exit 3}}", "x",
	    EX_NOQUOTA, "keyCommand: exit 3");
	no_key("providers: {x: {" FAR ", keyCommand: \"true\"}}", "x",
	    EX_NOQUOTA, "empty");
	no_key("providers: {x: {" FAR ", keyCommand: \"echo a; echo b\"}}",
	    "x", EX_NOQUOTA, "more than one line");
	no_key("providers: {x: {" FAR ", keyCommand: cat /dev/zero}}", "x",
	    EX_DATA, "keyCommand");
	no_key("providers: {y: {keyEnv: NAMED}, x: {" FAR ", keyCommand: "
	    "\"echo $SEEN_API_KEY$NAMED\"}}", "x", EX_NOQUOTA, "empty");
	unsetenv("SEEN_API_KEY");
	unsetenv("NAMED");
	/* nearest first: key, keyFile, keyCommand, variable */
	setenv("OPENAI_API_KEY", "sk-wrong-one", 1);
	has_key("providers: {openai: {key: sk-canary-1, keyCommand: \"echo no\""
	    "}}", "openai", "key: of your settings");
	has_key("providers: {openai: {keyCommand: echo sk-canary-1}}",
	    "openai", "keyCommand");
	unsetenv("OPENAI_API_KEY");
}

static void
test_mode(void)
{
	struct endpoint *ep;
	struct err e = ERR_INIT;
	struct strvec names = STRVEC_INIT;
	static const char text[] = "providers: {b: {type: openai, key: "
	    "sk-canary-1}, a: {type: gemini, keyEnv: MY_OWN}}";

	file_write(SETTINGS, text, sizeof(text) - 1, NULL);
	chmod(SETTINGS, 0644);
	/* here, as the last: these settings stay */
	ep = endpoint_get("b", PROVIDER_SCRIPT, &e);
	ok(ep && !endpoint_key(ep, &e) && e.code == EX_CONF &&
	    strstr(e.msg, "chmod 600"), "settings with a key: %s", e.msg);
	chmod(SETTINGS, 0600);
	ok(ep && endpoint_key(ep, &e) && endpoint_key(ep, &e) == ep->key,
	    "read once: %s", e.msg);
	ok(endpoint_aliases(&names, &e) == 0 && names.nr == 2 &&
	    !strcmp(names.v[0], "b") && !strcmp(names.v[1], "a"), "aliases");
	ok(!secret_is_variable("MY_OWN=x"), "not known yet");
	endpoint_hide_variables();
	ok(secret_is_variable("MY_OWN=x"), "children do not get it");
	strvec_release(&names);
}

int
main(void)
{
	char dir[] = "/tmp/studio-endpoint-XXXXXX", *home;
	struct err e = ERR_INIT;
	struct stat st;

	if (!mkdtemp(dir) || chdir(dir) < 0 || stat("/tmp/.git", &st) == 0)
		return 1;
	home = xasprintf("%s/home", dir);
	setenv("XDG_CONFIG_HOME", home, 1);
	free(home);
	file_mkdirs("home/studio", &e);
	unsetenv("OPENAI_API_KEY");
	unsetenv("OPENAI_BASE_URL");
	unsetenv("ANTHROPIC_API_KEY");
	f = mmap(NULL, sizeof(*f), PROT_READ | PROT_WRITE, MAP_SHARED |
	    MAP_ANONYMOUS, -1, 0);
	if (f == MAP_FAILED)
		return 1;
	test_types();
	test_entries();
	test_addresses();
	test_variables();
	test_files(dir);
	test_commands();
	test_mode();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
