#include "store/git.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/spawn.h"
#include "base/strvec.h"
#include "store/endpoint.h"

/* Those of "git rev-parse --local-env-vars" that lead elsewhere, and what
 * would change an answer. Configuration by the environment is the user's. */
static const char *const drop[] = { "GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_COMMON_DIR", "GIT_DIR", "GIT_GLOB_PATHSPECS", "GIT_GRAFT_FILE",
	"GIT_ICASE_PATHSPECS", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE",
	"GIT_NAMESPACE", "GIT_NOGLOB_PATHSPECS", "GIT_OBJECT_DIRECTORY",
	"GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_SHALLOW_FILE",
	"GIT_WORK_TREE", NULL };

static const char *const always[] = { "git", "--no-pager",
	"--literal-pathspecs", "--no-optional-locks", "-c",
	"core.fsmonitor=false", "-c", "core.quotePath=false", "-c",
	"color.ui=false", "-c", "i18n.logOutputEncoding=UTF-8", "-c",
	"log.showSignature=false" };

/* Its first line of complaint, without "fatal: ". */
static void
first_line(const struct strbuf *from, struct strbuf *why)
{
	const char *s = from->buf;

	if (!strncmp(s, "fatal: ", 7))
		s += 7;
	else if (!strncmp(s, "error: ", 7))
		s += 7;
	strbuf_add(why, s, strcspn(s, "\n"));
}

int
git_ask(const struct git_call *c, struct strbuf *why, struct err *e)
{
	struct strvec argv = STRVEC_INIT, env = STRVEC_INIT;
	struct strbuf errout = STRBUF_INIT, nothing = STRBUF_INIT;
	struct spawn s = SPAWN_INIT;
	size_t i;
	int status;

	for (i = 0; i < sizeof(always) / sizeof(*always); i++)
		strvec_push(&argv, always[i]);
	for (i = 0; c->args[i]; i++)
		strvec_push(&argv, c->args[i]);
	strvec_push(&env, "GIT_TERMINAL_PROMPT=0");
	strvec_push(&env, "LC_ALL=C");
	s.argv = (const char *const *)argv.v;
	s.env = &env;
	s.drop = drop;
	s.dir = c->dir;
	s.in = c->in;
	s.in_len = c->in_len;
	s.out_fd = c->out_fd;
	if (c->out_fd < 0)
		s.out = c->out ? c->out : &nothing;
	s.out_limit = GIT_OUT_BYTES;
	s.errout = &errout;
	endpoint_hide_variables();
	status = spawn_run(&s, e);
	if (why)
		first_line(&errout, why);
	strbuf_release(&errout);
	strbuf_release(&nothing);
	strvec_release(&argv);
	strvec_release(&env);
	return status;
}

static int
no_git(struct err *e)
{
	return err_set(e, EX_CONF, "git: is not installed; install it for the "
	    "history of a project");
}

int
git_run(const struct git_call *c, struct err *e)
{
	struct strbuf why = STRBUF_INIT;
	int status = git_ask(c, &why, e);

	if (status == 127)
		no_git(e);
	else if (status > 0)
		err_set(e, EX_FAILED, "git %s: %s", c->args[0], why.len
		    ? why.buf : "failed; git fsck looks for what is wrong");
	strbuf_release(&why);
	return status ? -1 : 0;
}

/* What "git rev-parse OPTION" prints, without the last newline. */
static int
parse(const char *dir, const char *option, struct strbuf *out,
    struct strbuf *why, struct err *e)
{
	const char *args[] = { "rev-parse", option, NULL };
	struct git_call c = GIT_CALL_INIT;
	int status;

	c.dir = dir;
	c.args = args;
	c.out = out;
	status = git_ask(&c, why, e);
	if (out->len && out->buf[out->len - 1] == '\n')
		strbuf_setlen(out, out->len - 1);
	return status;
}

static int
refused(struct git *g, const char *root, int status, const struct strbuf *why,
    struct err *e)
{
	if (status < 0)
		return -1;
	if (status == 127)
		return no_git(e);
	g->none = !why->len || strstr(why->buf, "not a git repository");
	if (g->none)
		return err_set(e, EX_CONF, "%s: is in no git repository, so "
		    "there is no history; make one: git init, git add -A, "
		    "git commit", root);
	return err_set(e, EX_CONF, "%s: git: %s", root, why->buf);
}

int
git_open(struct git *g, const char *root, struct err *e)
{
	struct strbuf out = STRBUF_INIT, why = STRBUF_INIT;
	int status;

	memset(g, 0, sizeof(*g));
	status = parse(root, "--is-inside-work-tree", &out, &why, e);
	if (status || strcmp(out.buf, "true") != 0) {
		refused(g, root, status, &why, e);
		status = -1;
	}
	strbuf_reset(&out);
	if (!status)
		status = parse(root, "--is-shallow-repository", &out, &why, e);
	g->shallow = !strcmp(out.buf, "true");
	strbuf_reset(&out);
	if (!status)
		status = parse(root, "--show-prefix", &out, &why, e);
	if (status > 0)
		refused(g, root, status, &why, e);
	if (!status) {
		g->root = xstrdup(root);
		g->prefix = strbuf_detach(&out, NULL);
	}
	strbuf_release(&out);
	strbuf_release(&why);
	return status ? -1 : 0;
}

void
git_release(struct git *g)
{
	free(g->root);
	free(g->prefix);
	memset(g, 0, sizeof(*g));
}

int
git_commit(const struct git *g, const char *rev, char out[GIT_ID],
    struct err *e)
{
	char *name = xasprintf("%s^{commit}", rev);
	const char *args[] = { "rev-parse", "--verify", "--quiet", name,
		NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf b = STRBUF_INIT;
	int status = 1;

	c.dir = g->root;
	c.args = args;
	c.out = &b;
	if (*rev && *rev != '-') /* no ref begins so, but an option does */
		status = git_ask(&c, NULL, e);
	strbuf_trim(&b);
	if (status == 0 && b.len && b.len < GIT_ID)
		memcpy(out, b.buf, b.len + 1);
	else if (status >= 0)
		status = err_set(e, EX_BADUSE, "%.80s: names no commit here; "
		    "git log lists them%s", rev, g->shallow ? "; older ones "
		    "are not in this clone: git fetch --unshallow" : "");
	strbuf_release(&b);
	free(name);
	return status;
}

int
git_has_commits(const struct git *g)
{
	char id[GIT_ID];

	return git_commit(g, "HEAD", id, NULL) == 0;
}
