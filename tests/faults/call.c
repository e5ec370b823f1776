#include "call.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define FOLDERS_MAX 8
#define HALF_MAX (1 << 20)

static char programs[PATH_MAX], folder[FOLDERS_MAX][PATH_MAX];
static int folder_nr;

void
call_programs(const char *dir)
{
	if (!realpath(dir, programs))
		programs[0] = '\0';
}

int
call_folder(const char *dir)
{
	if (folder_nr == FOLDERS_MAX)
		return -1;
	if (!realpath(dir, folder[folder_nr])) /* it is to be made */
		snprintf(folder[folder_nr], PATH_MAX, "%s", dir);
	folder_nr++;
	return 0;
}

static int
is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return n && !strncmp(path, dir, n) && (!path[n] || path[n] == '/');
}

/* What a link in /proc says; a file that was removed has a word after it. */
static int
proc_link(pid_t pid, const char *what, int fd, char out[PATH_MAX])
{
	static const char gone[] = " (deleted)";
	char name[64];
	ssize_t k;
	size_t n;

	if (fd >= 0)
		snprintf(name, sizeof(name), "/proc/%d/fd/%d", (int)pid, fd);
	else
		snprintf(name, sizeof(name), "/proc/%d/%s", (int)pid, what);
	k = readlink(name, out, PATH_MAX - 1);
	out[k < 0 ? 0 : k] = '\0';
	n = sizeof(gone) - 1;
	if (k > (ssize_t)n && !strcmp(out + k - n, gone))
		out[k - (ssize_t)n] = '\0';
	return k < 0 ? -1 : 0;
}

static int
read_text(pid_t pid, unsigned long long at, char out[PATH_MAX])
{
	struct iovec to = { out, PATH_MAX }, from;
	size_t page = 4096 - (size_t)(at & 4095);
	ssize_t k;

	/* not over a page's end, where nothing may be */
	from.iov_base = (void *)(uintptr_t)at;
	from.iov_len = page;
	to.iov_len = page;
	k = process_vm_readv(pid, &to, 1, &from, 1, 0);
	if (k > 0 && !memchr(out, '\0', (size_t)k) && k < PATH_MAX) {
		from.iov_base = (void *)(uintptr_t)(at + (size_t)k);
		from.iov_len = to.iov_len = (size_t)(PATH_MAX - k);
		to.iov_base = out + k;
		if (process_vm_readv(pid, &to, 1, &from, 1, 0) < 0)
			k = -1;
	}
	out[PATH_MAX - 1] = '\0';
	if (k <= 0)
		out[0] = '\0';
	return k <= 0 ? -1 : 0;
}

/* Take "." and ".." and double slashes out of an absolute path. */
static void
flatten(char *path)
{
	char *to = path, *from = path, *end;
	size_t n;

	while (*from) {
		from += strspn(from, "/");
		end = strchrnul(from, '/');
		n = (size_t)(end - from);
		if (n == 2 && !memcmp(from, "..", 2)) {
			while (to > path && *--to != '/')
				;
		} else if (n && !(n == 1 && *from == '.')) {
			*to++ = '/';
			memmove(to, from, n);
			to += n;
		}
		from = end;
	}
	if (to == path)
		*to++ = '/';
	*to = '\0';
}

static void
read_path(const struct seccomp_notif *n, int dir_arg, int path_arg,
    char out[PATH_MAX])
{
	static char base[PATH_MAX], name[PATH_MAX];
	int dir = dir_arg < 0 ? AT_FDCWD : (int)n->data.args[dir_arg];
	unsigned long long at = n->data.args[path_arg];
	pid_t pid = (pid_t)n->pid;

	out[0] = '\0';
	if (!at) { /* futimens: the descriptor itself */
		proc_link(pid, NULL, dir, out);
		return;
	}
	if (read_text(pid, at, name) < 0)
		return;
	if (name[0] == '/')
		base[0] = '\0';
	else if (dir == AT_FDCWD)
		proc_link(pid, "cwd", -1, base);
	else
		proc_link(pid, NULL, dir, base);
	if (snprintf(out, PATH_MAX, "%s/%s", base, name) >= PATH_MAX)
		out[0] = '\0';
	else
		flatten(out);
}

/* A number of a file in /proc: the one after "word:". */
static long long
proc_number(pid_t pid, const char *file, const char *word, int base)
{
	char name[64], line[128];
	size_t n = strlen(word);
	long long v = -1;
	FILE *f;

	snprintf(name, sizeof(name), "/proc/%d/%s", (int)pid, file);
	f = fopen(name, "re");
	while (f && fgets(line, sizeof(line), f)) {
		if (!strncmp(line, word, n)) {
			v = strtoll(line + n, NULL, base);
			break;
		}
	}
	if (f)
		fclose(f);
	return v;
}

/* openat2 has its flags behind a pointer, where the filter does not see. */
static int
only_reads(const struct seccomp_notif *n)
{
	unsigned long long flags;
	struct iovec to = { &flags, sizeof(flags) }, from;

	if (n->data.nr != __NR_openat2)
		return 0;
	from.iov_base = (void *)(uintptr_t)n->data.args[2];
	from.iov_len = sizeof(flags); /* the first of struct open_how */
	return process_vm_readv((pid_t)n->pid, &to, 1, &from, 1, 0) ==
	    (ssize_t)sizeof(flags) && !(flags & CALL_CHANGES);
}

static int
is_inside(const char *path)
{
	int i;

	for (i = 0; i < folder_nr; i++)
		if (is_below(path, folder[i]))
			return 1;
	return 0;
}

void
call_read(const struct seccomp_notif *n, struct call *c)
{
	char exe[PATH_MAX], info[32];
	pid_t tid = (pid_t)n->pid;
	long long v;

	c->kind = only_reads(n) ? NULL : call_kind(n->data.nr);
	c->path[0][0] = c->path[1][0] = '\0';
	c->writable = 0;
	c->count = 0;
	v = proc_number(tid, "status", "Tgid:", 10);
	c->pid = v > 0 ? (pid_t)v : tid;
	proc_link(tid, "exe", -1, exe);
	c->own = is_below(exe, programs);
	if (!c->kind)
		return;
	if (c->kind->path1 >= 0)
		read_path(n, c->kind->dir1, c->kind->path1, c->path[0]);
	if (c->kind->path2 >= 0)
		read_path(n, c->kind->dir2, c->kind->path2, c->path[1]);
	if (c->kind->fd >= 0) {
		int fd = (int)n->data.args[c->kind->fd];

		proc_link(tid, NULL, fd, c->path[0]);
		snprintf(info, sizeof(info), "fdinfo/%d", fd);
		v = proc_number(tid, info, "flags:", 8);
		c->writable = v >= 0 && (v & O_ACCMODE) != O_RDONLY;
	}
	if (c->kind->count >= 0)
		c->count = (long long)n->data.args[c->kind->count];
	c->inside = is_inside(c->path[0]) || is_inside(c->path[1]);
}

/* The very descriptor of another process, with its offset. */
static int
borrow(pid_t pid, int fd)
{
	int p = (int)syscall(__NR_pidfd_open, pid, 0), got;

	if (p < 0)
		return -1;
	got = (int)syscall(__NR_pidfd_getfd, p, fd, 0);
	close(p);
	return got;
}

long
call_write_half(const struct seccomp_notif *n, const struct call *c)
{
	size_t half = (size_t)(c->count / 2);
	struct iovec to, from;
	ssize_t k = -1;
	void *buf;
	int fd;

	errno = EINVAL;
	if (!half)
		return -1;
	half = half < HALF_MAX ? half : HALF_MAX;
	buf = malloc(half);
	fd = borrow(c->pid, (int)n->data.args[0]);
	to.iov_base = buf;
	to.iov_len = half;
	from.iov_base = (void *)(uintptr_t)n->data.args[1];
	from.iov_len = half;
	if (buf && fd >= 0)
		k = process_vm_readv((pid_t)n->pid, &to, 1, &from, 1, 0);
	if (k > 0)
		k = c->kind->nr == __NR_pwrite64
		    ? pwrite(fd, buf, (size_t)k, (off_t)n->data.args[3])
		    : write(fd, buf, (size_t)k);
	if (fd >= 0)
		close(fd);
	free(buf);
	return k;
}
