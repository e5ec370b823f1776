#include "base/pipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

void
pipe_read_text(struct strbuf *out, size_t limit, const char *cure)
{
	struct err e = ERR_INIT;
	size_t bad;

	if (fd_read(STDIN_FILENO, "stdin", limit, out, &e) < 0)
		die_err(&e);
	bad = utf8_check(out->buf, out->len);
	if (bad < out->len)
		die(EX_DATA, "stdin: byte %zu is not UTF-8 text; %s", bad + 1,
		    cure);
}

void
pipe_write(const struct strbuf *b)
{
	struct err e = ERR_INIT;

	if (file_write_all(STDOUT_FILENO, b->buf, b->len) < 0) {
		err_errno(&e, "stdout: cannot write");
		die_err(&e);
	}
}

void
pipe_show(const char *s)
{
	size_t n = strlen(s), size = 8 * n + 1; /* the longest is \u{2028} */
	char *safe = xmalloc(size);

	utf8_printable(safe, size, s, n);
	fputs(safe, stdout);
	free(safe);
}

int
pipe_end(int code)
{
	if (!fflush(stdout) && !ferror(stdout))
		return code;
	warning("stdout: cannot write");
	return EX_IO;
}
