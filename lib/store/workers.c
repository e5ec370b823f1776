#include "store/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

#define REPORT_BYTES (64u << 20)

/* A job's output as it goes through the pipe: this, then the bytes. */
struct head {
	size_t job, len;
};

struct child {
	pid_t pid;
	int fd;             /* -1: it has ended */
	struct strbuf got;  /* not yet a whole report */
};

struct pool {
	const struct work *w;
	pid_t parent;
	size_t *next;       /* shared: the first job that nobody took */
	struct child *child;
	int nr;
	struct strbuf *out; /* of each job */
	char *known;        /* its report came */
	size_t told;        /* reports handed on so far */
};

static void
child_main(struct pool *p, int fd)
{
	struct strbuf b = STRBUF_INIT;
	struct head h;
	size_t job;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != p->parent) /* it died before that */
		_exit(0);
	for (;;) {
		job = __atomic_fetch_add(p->next, 1, __ATOMIC_SEQ_CST);
		if (job >= p->w->jobs)
			break;
		strbuf_reset(&b);
		p->w->run(p->w->ctx, job, &b);
		memset(&h, 0, sizeof(h));
		h.job = job;
		h.len = b.len;
		if (file_write_all(fd, &h, sizeof(h)) < 0 ||
		    file_write_all(fd, b.buf, b.len) < 0)
			break;
	}
	if (p->w->end)
		p->w->end(p->w->ctx);
	strbuf_release(&b);
	_exit(0);
}

static int
start(struct pool *p, struct child *c)
{
	int fd[2], i;

	if (pipe2(fd, O_CLOEXEC) < 0)
		return -1;
	c->pid = fork();
	if (c->pid == 0) {
		/* the others' pipes would keep them open */
		for (i = 0; i < p->nr; i++)
			if (p->child[i].fd >= 0)
				close(p->child[i].fd);
		close(fd[0]);
		child_main(p, fd[1]);
	}
	close(fd[1]);
	c->fd = fd[0];
	strbuf_init(&c->got);
	if (c->pid > 0)
		return 0;
	close(fd[0]);
	return -1;
}

/* Hand on what is next in the order of jobs. */
static void
tell(struct pool *p)
{
	while (p->told < p->w->jobs && p->known[p->told]) {
		p->w->done(p->w->ctx, p->told, &p->out[p->told]);
		strbuf_release(&p->out[p->told]);
		p->told++;
	}
}

/* Whole reports of a child go to their jobs. */
static void
take_reports(struct pool *p, struct child *c)
{
	size_t at = 0;
	struct head h;

	while (c->got.len - at >= sizeof(h)) {
		memcpy(&h, c->got.buf + at, sizeof(h));
		if (h.job >= p->w->jobs || c->got.len - at - sizeof(h) < h.len)
			break;
		strbuf_add(&p->out[h.job], c->got.buf + at + sizeof(h), h.len);
		p->known[h.job] = 1;
		at += sizeof(h) + h.len;
	}
	if (at) {
		memmove(c->got.buf, c->got.buf + at, c->got.len - at);
		strbuf_setlen(&c->got, c->got.len - at);
	}
	tell(p);
}

static void
read_child(struct pool *p, struct child *c)
{
	char buf[1 << 14];
	ssize_t n = file_read_some(c->fd, buf, sizeof(buf));

	if (n > 0 && c->got.len < REPORT_BYTES) {
		strbuf_add(&c->got, buf, (size_t)n);
		take_reports(p, c);
		return;
	}
	close(c->fd);
	c->fd = -1;
}

static void
collect(struct pool *p)
{
	struct pollfd f[WORKERS_MAX];
	int i, open = p->nr;

	while (open > 0) {
		for (i = 0; i < p->nr; i++) {
			f[i].fd = p->child[i].fd;
			f[i].events = POLLIN;
			f[i].revents = 0;
		}
		if (poll(f, (nfds_t)p->nr, -1) < 0 && errno != EINTR)
			break;
		for (i = 0, open = 0; i < p->nr; i++) {
			if (f[i].revents)
				read_child(p, &p->child[i]);
			open += p->child[i].fd >= 0;
		}
	}
	for (i = 0; i < p->nr; i++) {
		while (waitpid(p->child[i].pid, NULL, 0) < 0 && errno == EINTR)
			;
		strbuf_release(&p->child[i].got);
	}
}

int
work_run(const struct work *w, struct err *e)
{
	struct pool p = { .w = w, .parent = getpid() };
	size_t i;
	int n = w->processes < WORKERS_MAX ? w->processes : WORKERS_MAX;

	p.next = mmap(NULL, sizeof(*p.next), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p.next == MAP_FAILED)
		return err_errno(e, "cannot share memory");
	p.child = xcalloc((size_t)n, sizeof(*p.child));
	p.out = xcalloc(w->jobs, sizeof(*p.out));
	p.known = xcalloc(w->jobs, 1);
	for (i = 0; i < w->jobs; i++)
		strbuf_init(&p.out[i]);
	while (p.nr < n && start(&p, &p.child[p.nr]) == 0)
		p.nr++;
	if (p.nr)
		collect(&p);
	else
		err_errno(e, "cannot start a process");
	/* one that died left a gap: what came after it is still told */
	for (; p.told < w->jobs; p.told++) {
		if (p.known[p.told])
			w->done(w->ctx, p.told, &p.out[p.told]);
		strbuf_release(&p.out[p.told]);
	}
	n = p.nr;
	free(p.child);
	free(p.out);
	free(p.known);
	munmap(p.next, sizeof(*p.next));
	return n ? 0 : -1;
}
