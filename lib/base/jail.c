#include "base/jail.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHADOWED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SHADOWED 1
#endif

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static void
bound(int what, rlim_t n)
{
	struct rlimit r = { n, n };

	setrlimit(what, &r);
}

#ifndef SHADOWED
/* The address space that this process has already, in bytes. */
static rlim_t
space_now(void)
{
	unsigned long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");

	if (!f)
		return 0;
	if (fscanf(f, "%lu", &pages) != 1)
		pages = 0;
	fclose(f);
	return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}
#endif

#if defined(ARCHITECTURE) && !defined(SHADOWED)
static const int allowed[] = { __NR_read, __NR_write, __NR_pread64,
	__NR_readv, __NR_writev, __NR_recvfrom, __NR_sendto, __NR_recvmsg,
	__NR_sendmsg, __NR_ppoll, __NR_lseek, __NR_fstat, __NR_newfstatat,
	__NR_close, __NR_mmap, __NR_munmap, __NR_mremap, __NR_mprotect,
	__NR_madvise, __NR_brk, __NR_futex, __NR_rt_sigaction,
	__NR_rt_sigprocmask, __NR_rt_sigreturn, __NR_sigaltstack, __NR_exit,
	__NR_exit_group, __NR_getpid, __NR_gettid, __NR_clock_gettime,
	__NR_clock_nanosleep, __NR_nanosleep, __NR_gettimeofday,
	__NR_getrandom, __NR_sched_yield, __NR_sched_getaffinity,
	__NR_sysinfo, __NR_getrusage, __NR_uname, __NR_restart_syscall,
#ifdef __NR_poll
	__NR_poll,
#endif
};

#define CALLS (sizeof(allowed) / sizeof(*allowed))

static size_t
put(struct sock_filter *at, unsigned code, unsigned value, size_t yes,
    size_t no)
{
	struct sock_filter f = BPF_JUMP((unsigned short)code, value,
	    (unsigned char)yes, (unsigned char)no);

	*at = f;
	return 1;
}

#define LOAD (BPF_LD | BPF_W | BPF_ABS)
#define EQUAL (BPF_JMP | BPF_JEQ | BPF_K)
#define RETURN (BPF_RET | BPF_K)
#define ARGUMENT offsetof(struct seccomp_data, args[0])

/* abort() sends itself a signal; no other process gets one. */
static void
allow_few_calls(void)
{
	struct sock_filter f[CALLS + 9];
	struct sock_fprog program = { 0, f };
	size_t n = 0, i;

	n += put(f + n, LOAD, offsetof(struct seccomp_data, arch), 0, 0);
	n += put(f + n, EQUAL, ARCHITECTURE, 1, 0);
	n += put(f + n, RETURN, SECCOMP_RET_KILL_PROCESS, 0, 0);
	n += put(f + n, LOAD, offsetof(struct seccomp_data, nr), 0, 0);
	for (i = 0; i < CALLS; i++)
		n += put(f + n, EQUAL, (unsigned)allowed[i], CALLS - i + 3, 0);
	n += put(f + n, EQUAL, __NR_tgkill, 0, 2);
	n += put(f + n, LOAD, ARGUMENT, 0, 0);
	n += put(f + n, EQUAL, (unsigned)getpid(), 1, 0);
	n += put(f + n, RETURN, SECCOMP_RET_ERRNO | EPERM, 0, 0);
	n += put(f + n, RETURN, SECCOMP_RET_ALLOW, 0, 0);
	program.len = (unsigned short)n;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
		prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#else
static void
allow_few_calls(void)
{
}
#endif

void
jail_enter(uint64_t bytes, unsigned seconds)
{
#ifndef SHADOWED /* the address sanitizer maps terabytes for itself */
	bound(RLIMIT_AS, space_now() + bytes);
	/* what the parent has not flushed yet is not for us to write */
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
#else
	(void)bytes;
#endif
	bound(RLIMIT_CPU, seconds);
	bound(RLIMIT_NOFILE, 0);
	bound(RLIMIT_FSIZE, 0);
	bound(RLIMIT_CORE, 0);
	allow_few_calls();
}
