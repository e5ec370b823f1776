#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/secret.h"
#include "../tests/unit/tap.h"

/* What secret_hide makes of s, and of how many places. */
static void
hides(const char *s, const char *want, size_t places)
{
	char *p = xstrdup(s);
	size_t n = secret_hide(p, strlen(p));

	is(p, want, s);
	ok(n == places, "%zu places (%zu)", places, n);
	free(p);
}

static void
test_hide(void)
{
	struct rlimit core;
	char raw[] = "a\0sk-one-1\0b";

	hides("sk-one-1", "sk-one-1", 0);
	secret_add("sk-one-1");
	ok(getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 &&
	    prctl(PR_GET_DUMPABLE) == 0, "no core file from now on");
	hides("", "", 0);
	hides("sk-one-1", "********", 1);
	hides("xsk-one-1sk-one-1y", "x****************y", 2);
	hides("sk-one-", "*******", 1);
	hides("at the end sk-one", "at the end ******", 1);
	hides("sk-on", "sk-on", 0);
	hides("sk-onesk-one-1", "sk-one********", 1);
	ok(secret_hide(raw, sizeof(raw) - 1) == 1 &&
	    !memcmp(raw, "a\0********\0b", sizeof(raw)),
	    "a NUL is a byte as any");
	secret_add("short");
	hides("short", "short", 0);
	secret_add("sk-one-1");
	secret_add("sk-one-1-and-more");
	hides("sk-one-1-and-more", "*****************", 1);
	hides("sk-one-1-and-less", "********-and-less", 1);
	secret_add("e-1-an-other");
	hides("sk-one-1-an-other!", "*****************!", 1);
	secret_add("aaaaaa");
	hides("aaaaaaaaaX", "*********X", 1);
}

static void
test_errors(void)
{
	char *longer = xmalloc(ERR_MAX + 10);
	struct err e = ERR_INIT;

	err_set(&e, EX_DATA, "key sk-one-1 here");
	is(e.msg, "key ******** here", "err_set");
	err_prefix(&e, "of sk-one-1");
	is(e.msg, "of ********: key ******** here", "err_prefix");
	errno = ENOENT;
	err_errno(&e, "sk-one-1");
	ok(!strncmp(e.msg, "********: ", 10) && errno == ENOENT,
	    "err_errno: %s", e.msg);
	/* cut in the middle of the key */
	memset(longer, '.', ERR_MAX + 9);
	memcpy(longer + ERR_MAX - 8, "sk-one-1", 8);
	longer[ERR_MAX] = '\0';
	err_set(&e, EX_DATA, "%s", longer);
	ok(strlen(e.msg) == ERR_MAX - 1 && !strstr(e.msg, "sk-o"),
	    "a message that is cut shows no part of it: %s",
	    e.msg + ERR_MAX - 12);
	free(longer);
}

static void
test_warning(void)
{
	char out[200] = "";
	int p[2], was = dup(STDERR_FILENO);
	ssize_t n = 0;

	if (pipe(p) == 0 && dup2(p[1], STDERR_FILENO) >= 0) {
		warning("%s", "it is sk-one-1");
		dup2(was, STDERR_FILENO);
		n = read(p[0], out, sizeof(out) - 1);
		close(p[0]);
		close(p[1]);
	}
	close(was);
	out[n > 0 ? n : 0] = '\0';
	is(out, "studio: it is ********\n", "warning");
}

static void
test_variables(void)
{
	static const char *const yes[] = { "OPENAI_API_KEY",
		"OPENAI_API_KEY=x", "GH_TOKEN=", "A_SECRET=b=c", "_TOKEN" };
	static const char *const no[] = { "", "=", "PATH=/x_TOKEN", "TOKEN",
		"API_KEY=1", "OPENAI_API_KEYS=1", "MY_KEY=x", "MY_KE=x",
		"openai_api_key=x" };
	size_t i;

	for (i = 0; i < sizeof(yes) / sizeof(*yes); i++)
		ok(secret_is_variable(yes[i]), "a key: %s", yes[i]);
	for (i = 0; i < sizeof(no) / sizeof(*no); i++)
		ok(!secret_is_variable(no[i]), "no key: %s", no[i]);
	secret_add_variable("MY_KEY");
	secret_add_variable("MY_KEY");
	ok(secret_is_variable("MY_KEY=x") && secret_is_variable("MY_KEY") &&
	    !secret_is_variable("MY_KEY2=x") && !secret_is_variable("MY_K=x"),
	    "one that was named");
}

int
main(void)
{
	test_hide();
	test_errors();
	test_warning();
	test_variables();
	return done_testing();
}
