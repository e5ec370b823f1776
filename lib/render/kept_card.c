#include "render/kept_card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "base/path.h"
#include "media/versions.h"
#include "provider/card.h"
#include "provider/image.h"
#include "store/inputs.h"

#define KEPT_CARD_VERSION 1

static int
is_blank(const char *s)
{
	return !s[strspn(s, " \t\r\n")];
}

static void
describe(const struct project *p, const struct scene *s, int spoken,
    struct image_choice *c, struct image_request *q)
{
	image_choose(p, s, c);
	memset(q, 0, sizeof(*q));
	q->prompt = spoken && !is_blank(s->text) ? s->text : c->prompt;
	q->style = c->style;
	q->tone = c->tone;
	q->language = c->language;
	q->look = c->look;
	q->narrated = 1;
	q->title = s ? NULL : p->title;
}

static void
digest(const struct image_request *q, struct request *r)
{
	request_add(r, "provider", CARD_VERSION);
	request_add(r, "library", drawing_version());
	request_add(r, "prompt", q->prompt);
	request_add(r, "style", q->style ? q->style : "");
	request_add(r, "tone", q->tone ? q->tone : "");
	request_add(r, "language", q->language ? q->language : "");
	request_add(r, "look", q->look ? q->look : "");
	request_add_num(r, "width", q->width);
	request_add_num(r, "height", q->height);
	request_add_num(r, "take", q->take);
	if (q->title)
		request_add(r, "title", q->title);
	request_seal(r);
}

static int
draw(const struct image_request *q, const char *path, struct err *e)
{
	struct strbuf file = STRBUF_INIT;
	struct image_result r;
	const char *ext;
	int ret;

	image_result_init(&r);
	ret = card_image.draw(q, &r, e);
	if (ret == 0)
		ret = image_result_file(&r, &file, &ext, e);
	if (ret == 0)
		ret = file_write(path, file.buf, file.len, e);
	strbuf_release(&file);
	image_result_release(&r);
	return ret;
}

int
kept_lock(const char *path, struct err *e)
{
	char *dir = path_dirname(path), *file = path_join(dir, "lock");
	char start[13]; /* names are digests */
	int fd = file_mkdirs(dir, e);

	snprintf(start, sizeof(start), "%.12s", path_basename(path));
	if (fd == 0)
		fd = lock_part(file, strtoull(start, NULL, 16), e);
	free(file);
	free(dir);
	return fd;
}

int
card_keep(const struct project *p, const struct scene *s, int take,
    int spoken, const int frame[2], const char *dir, char **path,
    struct err *e)
{
	struct request *r = request_new("card", KEPT_CARD_VERSION);
	struct image_choice c;
	struct image_request q;
	int fd, ret = 0;

	describe(p, s, spoken, &c, &q);
	q.width = frame[0];
	q.height = frame[1];
	q.take = take;
	digest(&q, r);
	*path = xasprintf("%s/%s.png", dir, r->digest);
	request_free(r);
	if (!file_exists(*path)) {
		fd = kept_lock(*path, e);
		ret = fd < 0 ? -1 : file_exists(*path) ? 0 :
		    draw(&q, *path, e);
		if (fd >= 0)
			close(fd);
	}
	image_choice_release(&c);
	if (ret < 0) {
		free(*path);
		*path = NULL;
		if (s)
			err_prefix(e, "scene %zu (%s)", s->index, s->dir);
		else
			err_prefix(e, "cover");
	}
	return ret;
}
