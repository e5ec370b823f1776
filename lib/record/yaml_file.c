#include <errno.h>
#include <string.h>

#include "base/file.h"
#include "record/yaml.h"

struct node *
yaml_load(const char *path, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct node *n = NULL;
	int saved;

	if (file_read(path, YAML_BYTES, &b, e) == 0)
		n = yaml_parse(path, b.buf, b.len, e);
	saved = errno; /* ENOENT tells callers that there is no file */
	strbuf_release(&b);
	errno = saved;
	return n;
}

int
yaml_edit_file(const char *path, const char *key, const struct node *value,
	struct err *e)
{
	struct strbuf was = STRBUF_INIT, now = STRBUF_INIT;
	int result = 0;

	errno = 0;
	if (file_read(path, YAML_BYTES, &was, e) < 0 && errno != ENOENT)
		result = -1;
	if (result == 0)
		result = yaml_edit(path, was.buf, was.len, key, value, &now,
		    e);
	if (result == 0 && (now.len != was.len ||
	    memcmp(now.buf, was.buf, now.len)))
		result = file_write(path, now.buf, now.len, e) < 0 ? -1 : 1;
	strbuf_release(&was);
	strbuf_release(&now);
	return result;
}
