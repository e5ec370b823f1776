/*
 * malloc and its like for programs built with clang's AddressSanitizer: the
 * n-th allocation that certain libraries ask for fails, all others are the
 * sanitizer's own. Linked into a program ("make failing"), it goes before the
 * sanitizer's weak malloc also in shared libraries, so that leaks and wrong
 * reads are seen as ever.
 *
 * STUDIO_ALLOC is "CLASSES:N:HOLD:FILE". CLASSES are letters for who asks, told
 * by the address that the call came from:
 *
 *	o  our own code          l  libc, for whomever (vasprintf, opendir)
 *	c  libcurl               s  libcrypto and libssl
 *	y  libyaml               a  libav*, libsw*
 *	x  all other libraries
 *
 * N is which of theirs fails, from 1; 0 none. HOLD 1: so does each after it;
 * 2 added: the stack that asked for it is printed.
 * FILE has two 64-bit numbers that all processes share, the allocations so far
 * and those that failed. What libraries ask for before main does not count.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <sanitizer/lsan_interface.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define RANGES_MAX 512

void __sanitizer_print_stack_trace(void);
void *__interceptor_malloc(size_t n);
void *__interceptor_calloc(size_t n, size_t size);
void *__interceptor_realloc(void *p, size_t n);
int __interceptor_posix_memalign(void **p, size_t align, size_t n);
void *__interceptor_aligned_alloc(size_t align, size_t n);
void *__interceptor_memalign(size_t align, size_t n);
char *__strdup(const char *s); /* as libc's headers do not say */

struct range {
	uintptr_t from, to;
	char who;
};

static struct range range[RANGES_MAX];
static size_t ranges;
static char classes[16];
static long long fail_at;
static int hold, trace;
static pid_t armed;
static __thread int exempt;
static volatile int64_t *count; /* NULL: nothing is counted or fails */

static char
class_of(const char *path)
{
	static const struct { const char *start; char who; } known[] = {
		{ "libcurl", 'c' }, { "libyaml", 'y' }, { "libc.so", 'l' },
		{ "libcrypto", 's' }, { "libssl", 's' }, { "libav", 'a' },
		{ "libsw", 'a' }
	};
	const char *name = strrchr(path, '/');
	size_t i;

	if (!*path)
		return 'o';
	name = name ? name + 1 : path;
	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strncmp(name, known[i].start, strlen(known[i].start)))
			return known[i].who;
	return 'x';
}

/* The first object is the program itself, without a name. */
static int
note_object(struct dl_phdr_info *info, size_t size, void *ctx)
{
	const ElfW(Phdr) *h;
	struct range *r;
	size_t i;

	(void)size;
	(void)ctx;
	for (i = 0; i < info->dlpi_phnum && ranges < RANGES_MAX; i++) {
		h = &info->dlpi_phdr[i];
		if (h->p_type != PT_LOAD || !(h->p_flags & PF_X))
			continue;
		r = &range[ranges++];
		r->from = info->dlpi_addr + h->p_vaddr;
		r->to = r->from + h->p_memsz;
		r->who = class_of(info->dlpi_name);
	}
	return 0;
}

/* quick_exit() does not; and in children of ours it may not be possible. */
static void
look_for_leaks(void)
{
	if (getpid() == armed)
		__lsan_do_leak_check();
}

__attribute__((constructor))
static void
arm(void)
{
	const char *s = getenv("STUDIO_ALLOC");
	size_t n = s ? strcspn(s, ":") : 0;
	char *p;
	void *shared;
	int fd;

	if (!n || n >= sizeof(classes) || !s[n])
		return;
	memcpy(classes, s, n);
	fail_at = strtoll(s + n + 1, &p, 10);
	hold = *p == ':' ? (int)strtol(p + 1, &p, 10) : 0;
	trace = hold & 2;
	hold &= 1;
	fd = *p == ':' ? open(p + 1, O_RDWR | O_CLOEXEC) : -1;
	shared = fd < 0 ? MAP_FAILED : mmap(NULL, 2 * sizeof(*count),
	    PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (shared == MAP_FAILED)
		abort();
	close(fd);
	dl_iterate_phdr(note_object, NULL);
	armed = getpid();
	at_quick_exit(look_for_leaks);
	count = shared;
}

/*
 * As a thread starts, the sanitizer asks libc for its stack, and cannot live
 * without. What libc allocates for that does not count.
 */
int
pthread_getattr_np(pthread_t thread, pthread_attr_t *attr)
{
	static int (*libc)(pthread_t, pthread_attr_t *);
	int r;

	if (!libc)
		libc = (int (*)(pthread_t, pthread_attr_t *))(uintptr_t)
		    dlsym(RTLD_NEXT, "pthread_getattr_np");
	exempt++;
	r = libc(thread, attr);
	exempt--;
	return r;
}

/* Is this one to fail? from: where the call came from. */
static int
fails(const void *from)
{
	uintptr_t at = (uintptr_t)from;
	long long n;
	char who = 'x';
	size_t i;

	if (!count || exempt)
		return 0;
	for (i = 0; i < ranges; i++)
		if (at >= range[i].from && at < range[i].to) {
			who = range[i].who;
			break;
		}
	if (!strchr(classes, who))
		return 0;
	n = __atomic_add_fetch(&count[0], 1, __ATOMIC_SEQ_CST);
	if (!fail_at || (hold ? n < fail_at : n != fail_at))
		return 0;
	__atomic_add_fetch(&count[1], 1, __ATOMIC_SEQ_CST);
	if (trace)
		__sanitizer_print_stack_trace();
	errno = ENOMEM;
	return 1;
}

#define FAILS() fails(__builtin_return_address(0))

void *
malloc(size_t n)
{
	return FAILS() ? NULL : __interceptor_malloc(n);
}

void *
calloc(size_t n, size_t size)
{
	return FAILS() ? NULL : __interceptor_calloc(n, size);
}

void *
realloc(void *p, size_t n)
{
	return n && FAILS() ? NULL : __interceptor_realloc(p, n);
}

void *
reallocarray(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	return n && size && FAILS() ? NULL
	    : __interceptor_realloc(p, n * size);
}

static char *
copy(const char *s, size_t n)
{
	char *p = __interceptor_malloc(n + 1);

	if (p) {
		memcpy(p, s, n);
		p[n] = '\0';
	}
	return p;
}

char *
strdup(const char *s)
{
	return FAILS() ? NULL : copy(s, strlen(s));
}

char *
__strdup(const char *s)
{
	return FAILS() ? NULL : copy(s, strlen(s));
}

char *
strndup(const char *s, size_t n)
{
	return FAILS() ? NULL : copy(s, strnlen(s, n));
}

int
posix_memalign(void **p, size_t align, size_t n)
{
	return FAILS() ? ENOMEM : __interceptor_posix_memalign(p, align, n);
}

void *
aligned_alloc(size_t align, size_t n)
{
	return FAILS() ? NULL : __interceptor_aligned_alloc(align, n);
}

void *
memalign(size_t align, size_t n)
{
	return FAILS() ? NULL : __interceptor_memalign(align, n);
}
