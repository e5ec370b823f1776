#include "store/made.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/strset.h"
#include "base/strvec.h"
#include "store/user.h"

#define LIST_BYTES (64u << 20)

static char *
list_path(const char *project_id)
{
	char *dir = store_dir();
	char *path = xasprintf("%s/made/%s", dir, project_id);

	free(dir);
	return path;
}

/* The list as far as this program has read it: it is asked for each of
 * thousands, and others only ever add to it. */
static struct {
	char *path;
	uint64_t ino;
	uint64_t read; /* bytes, up to the end of a line */
	struct strset set;
} known;

static void
forget(char *path, uint64_t ino)
{
	strset_release(&known.set);
	free(known.path);
	known.path = path;
	known.ino = ino;
	known.read = 0;
}

static void
take_lines(struct strbuf *b)
{
	char *line = b->buf, *end;

	for (; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		strset_add(&known.set, line);
		known.read += (uint64_t)(end + 1 - line);
	}
}

/* Read what was added since. */
static void
read_list(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct strbuf b = STRBUF_INIT;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		forget(NULL, 0);
	} else {
		if (!known.path || strcmp(known.path, path) != 0 ||
		    known.ino != st.st_ino ||
		    known.read > (uint64_t)st.st_size)
			forget(xstrdup(path), st.st_ino);
		if (known.read < (uint64_t)st.st_size &&
		    lseek(fd, (off_t)known.read, SEEK_SET) >= 0 &&
		    fd_read(fd, path, LIST_BYTES, &b, NULL) == 0)
			take_lines(&b);
	}
	if (fd >= 0)
		close(fd);
	strbuf_release(&b);
}

int
made_is_ours(const char *project_id, const char *sha256)
{
	char *path = list_path(project_id);

	read_list(path);
	free(path);
	return strset_has(&known.set, sha256);
}

/* One write, so that programs in parallel keep whole lines. */
static int
append(const char *project_id, const char *lines, size_t n, struct err *e)
{
	char *path = list_path(project_id), *dir = path_dirname(path);
	int fd, ret = file_mkdirs(dir, e);

	if (ret < 0)
		err_set(e, EX_IO, "%s: cannot make this folder of yours; set "
		    "XDG_DATA_HOME to one that you can write", dir);
	if (ret == 0) {
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
		    0666);
		if (fd < 0 || file_write_all(fd, lines, n) < 0)
			ret = err_errno(e, "%s: cannot write", path);
		if (fd >= 0)
			close(fd);
	}
	free(dir);
	free(path);
	return ret;
}

int
made_note(const char *project_id, const char *sha256, struct err *e)
{
	char *line;
	int ret;

	if (made_is_ours(project_id, sha256))
		return 0;
	line = xasprintf("%s\n", sha256);
	ret = append(project_id, line, strlen(line), e);
	free(line);
	return ret;
}

static void
add_lines(const struct strbuf *b, struct strvec *out)
{
	const char *p, *end;

	for (p = b->buf; *p; p = *end ? end + 1 : end) {
		end = strchrnul(p, '\n');
		if (end - p == SHA256_HEX - 1 &&
		    strspn(p, "0123456789abcdef") == SHA256_HEX - 1)
			strvec_pushf(out, "%.64s", p);
	}
	strvec_sort(out);
}

/* Both lists are sorted, so each is walked once. */
static int
add_list(const char *project_id, const struct strbuf *lines, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct strvec had = STRVEC_INIT, list = STRVEC_INIT;
	char *path = list_path(project_id);
	size_t i, k = 0;
	int ret = 0;

	if (file_exists(path))
		ret = file_read(path, LIST_BYTES, &b, e);
	add_lines(&b, &had);
	add_lines(lines, &list);
	strbuf_reset(&b);
	for (i = 0; ret == 0 && i < list.nr; i++) {
		while (k < had.nr && strcmp(had.v[k], list.v[i]) < 0)
			k++;
		if ((k == had.nr || strcmp(had.v[k], list.v[i]) != 0) &&
		    (!i || strcmp(list.v[i], list.v[i - 1]) != 0))
			strbuf_addf(&b, "%s\n", list.v[i]);
	}
	if (b.len && ret == 0)
		ret = append(project_id, b.buf, b.len, e);
	strvec_release(&had);
	strvec_release(&list);
	strbuf_release(&b);
	free(path);
	return ret;
}

int
made_add_list(const char *project_id, const struct strbuf *lines,
    struct err *e)
{
	char *dir = store_dir(), *path = path_join(dir, "made/lock");
	int lock = lock_take(path, 1, e);
	int ret = lock < 0 ? -1 : add_list(project_id, lines, e);

	if (lock >= 0)
		close(lock);
	free(path);
	free(dir);
	return ret;
}

/* Both as one line like the others. */
static void
pair(const char *request, const char *sha256, char out[SHA256_HEX])
{
	struct strbuf b = STRBUF_INIT;

	strbuf_addf(&b, "made for %s: %s", request, sha256);
	sha256_hex(b.buf, b.len, out);
	strbuf_release(&b);
}

int
made_note_for(const char *project_id, const char *request, const char *sha256,
    struct err *e)
{
	char line[SHA256_HEX];

	pair(request, sha256, line);
	return made_note(project_id, line, e);
}

int
made_is_for(const char *project_id, const char *request, const char *sha256)
{
	char line[SHA256_HEX];

	pair(request, sha256, line);
	return made_is_ours(project_id, line);
}
