#include "store/gate.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/path.h"

#define RUN_ID "abcdefghijklmnopqrstuvwxyz0123456789-"
#define RUN_ID_MAX 60
#define FLAG_BYTES 4096
#define SPENT_BYTES (64u << 20)
#define ALL "all.providers" /* no name that file_name gives */
#define OLD_SECONDS (48 * 3600) /* a run's folder is swept after this */

/* Is it a name for a folder, and ours to use? */
static int
is_run_id(const char *s)
{
	size_t n = s ? strlen(s) : 0;

	return n > 0 && n <= RUN_ID_MAX && strspn(s, RUN_ID) == n;
}

const char *
gate_run(void)
{
	struct timespec t;
	char id[64];

	if (!is_run_id(getenv("STUDIO_RUN"))) {
		clock_gettime(CLOCK_REALTIME, &t);
		snprintf(id, sizeof(id), "%ld-%lld-%ld", (long)getpid(),
		    (long long)t.tv_sec, t.tv_nsec);
		xsetenv("STUDIO_RUN", id);
	}
	return getenv("STUDIO_RUN");
}

/* Folders of runs that ended long ago. */
static void
sweep(const char *runs)
{
	DIR *d = xopendir(runs);
	struct dirent *ent;
	struct stat st;
	char *path;

	while (d && (ent = readdir(d))) {
		if (ent->d_name[0] == '.')
			continue;
		path = path_join(runs, ent->d_name);
		if (lstat(path, &st) == 0 &&
		    st.st_mtime < time(NULL) - OLD_SECONDS)
			file_remove_tree(path, NULL);
		free(path);
	}
	if (d)
		closedir(d);
}

/* A file of this run, to be freed. Its folder is made where it is to be written
 * into: who only looks leaves nothing behind. */
static char *
run_file(const char *name, const char *ext, int write)
{
	char *home = path_run_home(), *runs = path_join(home, "runs");
	char *dir = path_join(runs, gate_run()), *path;

	if (write && !file_exists(dir)) {
		sweep(runs);
		file_mkdirs(dir, NULL);
	}
	path = xasprintf("%s/%s%s", dir, name, ext);
	free(dir);
	free(runs);
	free(home);
	return path;
}

/* "home" as it is; a command by its hash, since it is no file name. */
static char *
file_name(const char *provider)
{
	char sum[SHA256_HEX];

	if (strspn(provider, RUN_ID "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") ==
	    strlen(provider) && strlen(provider) <= RUN_ID_MAX)
		return xstrdup(provider);
	sha256_hex(provider, strlen(provider), sum);
	return xasprintf("x-%.24s", sum);
}

/* Read a flag, "CODE MESSAGE". Returns 1 when it is up. */
static int
read_flag(const char *name, struct err *e)
{
	char *path = run_file(name, ".stop", 0), *rest;
	struct strbuf b = STRBUF_INIT;
	int up = 0;
	long code;

	if (file_exists(path) && file_read(path, FLAG_BYTES, &b, NULL) == 0) {
		/* on a full disk, or while it is being raised, it is empty */
		code = strtol(b.buf, &rest, 10);
		if (code < 1 || code > 127)
			code = EX_LATER;
		err_set(e, (int)code, "not asked, since this run met: %s",
		    *rest ? rest + 1 : "a fault");
		up = 1;
	}
	strbuf_release(&b);
	free(path);
	return up;
}

static void
raise_flag(const char *name, const struct err *why)
{
	char *path = run_file(name, ".stop", 1);
	struct strbuf b = STRBUF_INIT;
	int fd;

	/* not file_write: on a full disk the flag counts, not its bytes */
	strbuf_addf(&b, "%d %s", why->code, why->msg);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0) {
		file_write_all(fd, b.buf, b.len);
		close(fd);
	}
	strbuf_release(&b);
	free(path);
}

static int
is_stopped(const char *name, struct err *e)
{
	return read_flag(ALL, e) || read_flag(name, e);
}

int
gate_is_stopped(const char *provider, struct err *e)
{
	char *name = file_name(provider);
	int up = is_stopped(name, e);

	free(name);
	return up;
}

void
gate_stop_all(const struct err *why)
{
	raise_flag(ALL, why);
}

static int
has_answered(const char *name)
{
	char *path = run_file(name, ".ok", 0);
	int yes = file_exists(path);

	free(path);
	return yes;
}

/* Go first, or wait until the first one is back. */
static int
take_first(struct gate *g, struct err *e)
{
	char *path;

	if (has_answered(g->name))
		return 0;
	path = run_file(g->name, ".first", 1);
	g->first = lock_take(path, 1, e);
	free(path);
	if (g->first < 0)
		return -1;
	if (has_answered(g->name)) {
		close(g->first);
		g->first = -1;
	}
	return 0;
}

static int
take_slot(struct gate *g, int limit, struct err *e)
{
	char *home = path_run_home();
	char *dir = xasprintf("%s/slots/%s", home, g->name);

	g->slot = lock_slot(dir, limit, e);
	free(dir);
	free(home);
	return g->slot < 0 ? -1 : 0;
}

int
gate_enter(struct gate *g, const char *provider, int limit, struct err *e)
{
	int ret = 0;

	g->name = file_name(provider);
	g->answered = NULL;
	g->slot = g->first = -1;
	if (is_stopped(g->name, e))
		ret = -1;
	if (ret == 0 && limit)
		ret = take_first(g, e);
	if (ret == 0 && limit)
		ret = take_slot(g, limit, e);
	/* it may have been met while we waited */
	if (ret == 0 && limit && is_stopped(g->name, e))
		ret = -1;
	/* now, so that memory that is out loses no reply when we leave */
	if (ret == 0 && g->first >= 0)
		g->answered = run_file(g->name, ".ok", 1);
	if (ret < 0)
		gate_leave(g, GATE_UNSURE, NULL);
	return ret;
}

void
gate_leave(struct gate *g, enum gate_end end, const struct err *why)
{
	int fd;

	if (!g->name)
		return;
	if (end == GATE_STOPPED && why)
		raise_flag(g->name, why);
	if (end == GATE_ANSWERED && g->answered) {
		fd = open(g->answered, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		if (fd >= 0)
			close(fd);
	}
	if (g->slot >= 0)
		close(g->slot);
	if (g->first >= 0)
		close(g->first);
	free(g->answered);
	free(g->name);
	g->answered = g->name = NULL;
	g->slot = g->first = -1;
}

double
gate_spent(void)
{
	char *path = run_file("spent", "", 0);
	struct strbuf b = STRBUF_INIT;
	double sum = 0;
	char *p, *end;

	if (file_exists(path) && file_read(path, SPENT_BYTES, &b, NULL) == 0)
		for (p = b.buf; *p; p = *end ? end + 1 : end) {
			sum += strtod(p, &end);
			if (end == p)
				break;
		}
	strbuf_release(&b);
	free(path);
	return sum;
}

void
gate_spend(double dollars)
{
	char *path = run_file("spent", "", 1), line[400];
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	int n = snprintf(line, sizeof(line), "%.9f\n", dollars);

	if (fd >= 0) {
		file_write_all(fd, line, (size_t)n);
		close(fd);
	}
	free(path);
}
