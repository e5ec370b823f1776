#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

char *
path_join(const char *dir, const char *name)
{
	size_t n = strlen(dir);

	if (*name == '/' || n == 0 || !strcmp(dir, "."))
		return xstrdup(name);
	return xasprintf("%s%s%s", dir, dir[n - 1] == '/' ? "" : "/", name);
}

char *
path_dirname(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	if (slash == path)
		return xstrdup("/");
	return xmemdup(path, (size_t)(slash - path));
}

const char *
path_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *
path_extension(const char *path)
{
	const char *base = path_basename(path), *dot = strrchr(base, '.');

	return dot && dot != base ? dot + 1 : "";
}

const char *
path_from_here(const char *path)
{
	char *here = getcwd(NULL, 0);
	size_t n = here ? strlen(here) : 0;

	if (n > 1 && !strncmp(path, here, n) && path[n] == '/')
		path += n + 1;
	free(here);
	return path;
}

int
path_is_inside(const char *rel)
{
	const char *p = rel, *s;
	size_t n;

	if (!*rel || *rel == '/' || *rel == '~')
		return 0;
	for (s = rel; *s; s++)
		if ((unsigned char)*s < 0x20 || *s == 0x7F || *s == '\\')
			return 0;
	n = strcspn(rel, ":/");
	if (rel[n] == ':')
		return 0; /* a scheme or a drive */
	for (;;) {
		n = strcspn(p, "/");
		if (n == 0 || (n == 1 && p[0] == '.') ||
		    (n == 2 && p[0] == '.' && p[1] == '.'))
			return 0;
		p += n;
		if (!*p)
			return 1;
		p++;
	}
}

int
path_open_beneath(const char *root, const char *rel, struct err *e)
{
	struct open_how how;
	struct stat st;
	int dir, fd;

	if (!path_is_inside(rel))
		return err_set(e, EX_DATA, "%s: leads out of the project; "
		    "copy the file into it and name it from there", rel);
	dir = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_errno(e, "%s: cannot open", root);
	memset(&how, 0, sizeof(how));
	how.flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
	how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
	    RESOLVE_NO_MAGICLINKS;
	fd = (int)syscall(SYS_openat2, dir, rel, &how, sizeof(how));
	close(dir);
	if (fd < 0 && (errno == ELOOP || errno == EXDEV))
		return err_set(e, EX_DATA, "%s: goes through a symbolic link; "
		    "copy the file into the project", rel);
	if (fd < 0)
		return err_errno(e, "%s: cannot open", rel);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(e, EX_DATA,
		    "%s: is not a regular file; put a plain file there", rel);
	}
	return fd;
}

static char *
home(void)
{
	const char *h = getenv("HOME");
	struct passwd *pw;

	if (h && *h == '/')
		return xstrdup(h);
	pw = getpwuid(getuid());
	return xstrdup(pw && pw->pw_dir ? pw->pw_dir : "/");
}

static char *
xdg(const char *variable, const char *fallback)
{
	const char *v = getenv(variable);
	char *h, *p;

	if (v && *v == '/')
		return xasprintf("%s/studio", v);
	h = home();
	p = xasprintf("%s/%s/studio", h, fallback);
	free(h);
	return p;
}

char *
path_config_home(void)
{
	return xdg("XDG_CONFIG_HOME", ".config");
}

char *
path_data_home(void)
{
	return xdg("XDG_DATA_HOME", ".local/share");
}

char *
path_run_home(void)
{
	const char *v = getenv("XDG_RUNTIME_DIR");
	char *data, *p;

	if (v && *v == '/' && access(v, W_OK) == 0)
		return xasprintf("%s/studio", v);
	data = path_data_home();
	p = path_join(data, "run");
	free(data);
	return p;
}

char *
path_program_dir(void)
{
	char buf[4096];
	ssize_t n = readlink("/proc/self/exe", buf, sizeof(buf) - 1);

	if (n <= 0)
		return NULL;
	buf[n] = '\0';
	return path_dirname(buf);
}

/* Where a file of ours may be, seen from the folder of the running program;
 * NULL at the end. */
static char *
share_place(const char *bin, size_t i, const char *name)
{
	const char *p, *obj = NULL;

	switch (i) {
	case 0:
		return xasprintf("%s/../lib/%s", bin, name);
	case 1:
		/* other compilers' programs and the unit tests */
		for (p = strstr(bin, "/obj/"); p; p = strstr(p + 1, "/obj/"))
			obj = p;
		return obj ? xasprintf("%.*s/lib/%s", (int)(obj - bin), bin,
		    name) : xasprintf("%s/../lib/%s", bin, name);
	case 2:
		/* beside libexec/studio/FILTER */
		return xasprintf("%s/../../share/studio/%s", bin, name);
	case 3:
		return xasprintf("%s/../share/studio/%s", bin, name);
	default:
		return NULL;
	}
}

char *
path_share(const char *name)
{
	char *bin = path_program_dir(), *path = NULL, *next;
	size_t i;

	for (i = 0; (next = share_place(bin ? bin : ".", i, name)); i++) {
		free(path);
		path = next;
		if (file_exists(path))
			break;
	}
	free(bin);
	return path;
}
