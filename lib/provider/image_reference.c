#include "provider/image_reference.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "provider/media_kind.h"

/* Read the whole file and see that it is what providers take. */
static int
read_file(const char *root, const char *rel, struct strbuf *bytes,
    struct err *e)
{
	struct picture pic = PICTURE_INIT;
	int fd = path_open_beneath(root, rel, e), ret;
	const char *kind;

	if (fd < 0)
		return -1;
	ret = fd_read(fd, rel, IMAGE_REFERENCE_BYTES, bytes, e);
	close(fd);
	if (ret == 0)
		ret = picture_decode(&pic, rel, bytes->buf, bytes->len, e);
	picture_release(&pic);
	kind = ret == 0 ? media_kind(bytes->buf, bytes->len) : "";
	if (!kind)
		ret = err_set(e, EX_DATA, "%s: is no PNG, JPEG or WebP, which "
		    "providers take; convert it", rel);
	if (ret < 0)
		strbuf_release(bytes);
	return ret;
}

void
image_references_release(struct image_reference *list, size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++) {
		free(list[i].path);
		strbuf_release(&list[i].bytes);
	}
}

int
image_references_read(const char *root, const struct node *characters,
    struct image_reference list[IMAGE_REFERENCES], struct strbuf *warnings,
    struct err *e)
{
	const struct node *one;
	const char *rel;
	size_t i, nr = 0;

	for (i = 0; characters && i < characters->nr; i++) {
		one = characters->kid[i];
		rel = node_str(one, "picture", NULL);
		if (!rel)
			continue;
		if (nr == IMAGE_REFERENCES) {
			strbuf_addf(warnings, "the picture of %s is not used: "
			    "%d go with one request\n", one->key,
			    IMAGE_REFERENCES);
			continue;
		}
		strbuf_init(&list[nr].bytes);
		if (read_file(root, rel, &list[nr].bytes, e) < 0) {
			err_prefix(e, "character %.60s", one->key);
			image_references_release(list, nr);
			return -1;
		}
		list[nr].name = one->key;
		list[nr].path = path_join(root, rel);
		nr++;
	}
	return (int)nr;
}
