#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILTER_MAX 300

/* Linux 5.19; headers may be older. */
#define WAIT_KILLABLE (1UL << 5)

const struct call_kind call_kinds[] = {
#ifdef __NR_open /* what newer machines do not have */
	{ __NR_open, "open", -1, 0, -1, -1, -1, 1, -1 },
	{ __NR_creat, "creat", -1, 0, -1, -1, -1, -1, -1 },
	{ __NR_rename, "rename", -1, 0, -1, 1, -1, -1, -1 },
	{ __NR_link, "link", -1, 0, -1, 1, -1, -1, -1 },
	{ __NR_symlink, "symlink", -1, 1, -1, -1, -1, -1, -1 },
	{ __NR_unlink, "unlink", -1, 0, -1, -1, -1, -1, -1 },
	{ __NR_mkdir, "mkdir", -1, 0, -1, -1, -1, -1, -1 },
	{ __NR_rmdir, "rmdir", -1, 0, -1, -1, -1, -1, -1 },
	{ __NR_chmod, "chmod", -1, 0, -1, -1, -1, -1, -1 },
	{ __NR_utime, "utime", -1, 0, -1, -1, -1, -1, -1 },
	{ __NR_utimes, "utimes", -1, 0, -1, -1, -1, -1, -1 },
#endif
#ifdef __NR_renameat
	{ __NR_renameat, "rename", 0, 1, 2, 3, -1, -1, -1 },
#endif
	{ __NR_openat, "open", 0, 1, -1, -1, -1, 2, -1 },
	{ __NR_openat2, "open", 0, 1, -1, -1, -1, -1, -1 },
	{ __NR_renameat2, "rename", 0, 1, 2, 3, -1, -1, -1 },
	{ __NR_linkat, "link", 0, 1, 2, 3, -1, -1, -1 },
	{ __NR_symlinkat, "symlink", 1, 2, -1, -1, -1, -1, -1 },
	{ __NR_unlinkat, "unlink", 0, 1, -1, -1, -1, -1, -1 },
	{ __NR_mkdirat, "mkdir", 0, 1, -1, -1, -1, -1, -1 },
	{ __NR_truncate, "truncate", -1, 0, -1, -1, -1, -1, -1 },
	{ __NR_fchmodat, "chmod", 0, 1, -1, -1, -1, -1, -1 },
	{ __NR_utimensat, "utimens", 0, 1, -1, -1, -1, -1, -1 },
	{ __NR_fchmod, "chmod", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_write, "write", -1, -1, -1, -1, 0, -1, 2 },
	{ __NR_pwrite64, "pwrite", -1, -1, -1, -1, 0, -1, 2 },
	{ __NR_writev, "writev", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_pwritev, "pwritev", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_sendfile, "sendfile", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_copy_file_range, "copy_file_range", -1, -1, -1, -1, 2, -1, -1 },
	{ __NR_ftruncate, "ftruncate", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_fallocate, "fallocate", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_fsync, "fsync", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_fdatasync, "fdatasync", -1, -1, -1, -1, 0, -1, -1 },
	{ __NR_close, "close", -1, -1, -1, -1, 0, -1, -1 },
};

const size_t call_kinds_nr = sizeof(call_kinds) / sizeof(*call_kinds);

const struct call_kind *
call_kind(int nr)
{
	size_t i;

	for (i = 0; i < call_kinds_nr; i++)
		if (call_kinds[i].nr == nr)
			return &call_kinds[i];
	return NULL;
}

static struct sock_filter code[FILTER_MAX];
static unsigned short len;

static void
emit(uint16_t op, uint32_t k, uint8_t jt, uint8_t jf)
{
	struct sock_filter f = BPF_JUMP(op, k, jt, jf);

	if (len < FILTER_MAX)
		code[len++] = f;
}

/* The lower half of an argument; both kinds of machine that we know have it
 * first. */
static void
load_arg(int n)
{
	emit(BPF_LD | BPF_W | BPF_ABS,
	    (uint32_t)offsetof(struct seccomp_data, args[n]), 0, 0);
}

/* The number of the call is loaded, and is again after this. */
static void
watch(const struct call_kind *c)
{
	if (c->flags < 0) {
		emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)c->nr, 0, 1);
		emit(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF, 0, 0);
		return;
	}
	emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)c->nr, 0, 4);
	load_arg(c->flags);
	emit(BPF_JMP | BPF_JSET | BPF_K, CALL_CHANGES, 0, 1);
	emit(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF, 0, 0);
	emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

/* One value of an argument of a call. */
static void
when(int nr, int arg, uint32_t value, uint32_t ret)
{
	emit(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)nr, 0, 4);
	load_arg(arg);
	emit(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
	emit(BPF_RET | BPF_K, ret, 0, 0);
	emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
}

int
filter_install(void)
{
	struct sock_fprog prog = { 0, code };
	unsigned long flags = SECCOMP_FILTER_FLAG_NEW_LISTENER;
	size_t i;
	long fd;

	emit(BPF_LD | BPF_W | BPF_ABS,
	    (uint32_t)offsetof(struct seccomp_data, nr), 0, 0);
	for (i = 0; i < call_kinds_nr; i++)
		watch(&call_kinds[i]);
	/* copying by reflink fails, so that the bytes are copied */
	when(__NR_ioctl, 1, (uint32_t)FICLONE,
	    SECCOMP_RET_ERRNO | EOPNOTSUPP);
	when(__NR_prctl, 0, PR_SET_DUMPABLE, SECCOMP_RET_ERRNO);
	emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	prog.len = len;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	fd = syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER,
	    flags | WAIT_KILLABLE, &prog);
	if (fd < 0 && errno == EINVAL)
		fd = syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, flags,
		    &prog);
	return (int)fd;
}
