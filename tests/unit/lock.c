/* Locks and slots: never more than there are, in the order of coming. */
#include "base/lock.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "../tests/unit/tap.h"

#define MS 1000

struct shared {
	int inside, most, done;
	char order[8];
};

static struct shared *sh;

/* A child that takes a slot, says that it has it and stays ms. */
static pid_t
user_of_slot(const char *dir, int n, char name, int ms)
{
	pid_t pid = fork();
	int now, fd, at;

	if (pid)
		return pid;
	fd = lock_slot(dir, n, NULL);
	now = __atomic_add_fetch(&sh->inside, 1, __ATOMIC_SEQ_CST);
	if (now > sh->most)
		sh->most = now;
	at = __atomic_fetch_add(&sh->done, 1, __ATOMIC_SEQ_CST);
	if (at < (int)sizeof(sh->order) - 1)
		sh->order[at] = name;
	usleep((useconds_t)ms * MS);
	__atomic_sub_fetch(&sh->inside, 1, __ATOMIC_SEQ_CST);
	_exit(fd < 0);
}

/* Children that did not exit 0. */
static int
wait_all(void)
{
	int status, bad = 0;

	while (wait(&status) > 0)
		bad += status != 0;
	return bad;
}

static void
test_number(const char *dir)
{
	int i;

	memset(sh, 0, sizeof(*sh));
	for (i = 0; i < 12; i++)
		user_of_slot(dir, 3, 'x', 20);
	ok(wait_all() == 0 && sh->done == 12, "twelve get one of three slots");
	ok(sh->most == 3, "three at once, never more: %d", sh->most);
}

static void
test_order(const char *dir)
{
	int i;

	memset(sh, 0, sizeof(*sh));
	for (i = 0; i < 5; i++) {
		user_of_slot(dir, 1, (char)('a' + i), 150);
		usleep(25 * MS);
	}
	ok(wait_all() == 0, "five get the only slot");
	is(sh->order, "abcde", "in the order in which they came");
}

static void
test_killed(const char *dir)
{
	pid_t holder, next;
	int status;

	memset(sh, 0, sizeof(*sh));
	holder = user_of_slot(dir, 1, 'h', 30000);
	while (!sh->done)
		usleep(MS);
	next = user_of_slot(dir, 1, 'w', 30000);
	usleep(50 * MS);
	user_of_slot(dir, 1, 'n', 1);
	usleep(50 * MS);
	ok(sh->done == 1, "the others wait");
	kill(next, SIGKILL);
	kill(holder, SIGKILL);
	waitpid(holder, &status, 0);
	waitpid(next, &status, 0);
	ok(wait_all() == 0, "who was killed in a slot or waiting holds none");
	is(sh->order, "hn", "the next one has it");
}

/* Parts of one file are strangers to each other, also in one program. */
static void
test_parts(const char *dir)
{
	char path[300];
	int a, b, fd;
	pid_t pid;

	memset(sh, 0, sizeof(*sh));
	snprintf(path, sizeof(path), "%s/new/lock", dir);
	a = lock_part(path, 7, NULL);
	b = lock_part(path, (1ULL << 60) - 1, NULL);
	ok(a >= 0 && b >= 0, "two parts at once");
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		close(a);
		close(b);
		fd = lock_part(path, 7, NULL);
		sh->done = 1;
		_exit(fd < 0);
	}
	usleep(100 * MS);
	ok(!sh->done, "who wants the same one waits");
	close(b);
	usleep(50 * MS);
	ok(!sh->done, "whatever becomes of another");
	close(a);
	ok(wait_all() == 0 && sh->done, "and gets it");
	ok(lock_part("/dev/null/lock", 1, NULL) < 0, "no place for it");
}

int
main(void)
{
	char dir[] = "/tmp/studio-lock.XXXXXX", path[64];
	struct err e = ERR_INIT;
	int fd;

	sh = mmap(NULL, sizeof(*sh), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (sh == MAP_FAILED || !mkdtemp(dir))
		return 1;
	fd = lock_take(dir, 0, &e);
	ok(fd < 0 && e.code == EX_IO, "a folder is no lock");
	snprintf(path, sizeof(path), "%s/file", dir);
	fd = lock_take(path, 0, &e);
	ok(fd >= 0, "a lock");
	ok(lock_take(path, 0, &e) < 0 && e.code == EX_LATER,
	    "held, another does not wait");
	snprintf(path, sizeof(path), "%s/file/slots", dir);
	ok(lock_slot(path, 2, &e) < 0 && e.code == EX_IO,
	    "slots in what is no folder are an error");
	close(fd);
	snprintf(path, sizeof(path), "%s/slots", dir);
	test_number(path);
	test_order(path);
	test_killed(path);
	test_parts(dir);
	file_remove_tree(dir, NULL);
	return done_testing();
}
