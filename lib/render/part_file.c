#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "render/part.h"

#define MAGIC "STUDPART"
#define FORMAT 1
#define HEAD 28  /* magic and five numbers */
#define LINE 12  /* of a packet */
#define HEADER_MAX 4096 /* SPS and PPS are some 50 bytes */

static void
put32(struct strbuf *b, uint32_t v)
{
	uint8_t p[4];

	p[0] = v >> 24;
	p[1] = v >> 16;
	p[2] = v >> 8;
	p[3] = v;
	strbuf_add(b, p, 4);
}

static uint32_t
get32(const char *s)
{
	const uint8_t *p = (const uint8_t *)s;

	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

int
part_save(const char *path, const struct encoded *r, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	uint8_t hash[SHA256_BYTES];
	size_t i;
	int ret;

	strbuf_grow(&b, HEAD + r->nr * LINE + r->header.len + r->data.len +
	    sizeof(hash));
	strbuf_add(&b, MAGIC, 8);
	put32(&b, FORMAT);
	put32(&b, (uint32_t)r->nr);
	put32(&b, (uint32_t)r->delay);
	put32(&b, (uint32_t)r->header.len);
	put32(&b, (uint32_t)r->data.len);
	for (i = 0; i < r->nr; i++) {
		put32(&b, (uint32_t)r->packet[i].frame);
		put32(&b, r->packet[i].size);
		put32(&b, (uint32_t)r->packet[i].key);
	}
	strbuf_add(&b, r->header.buf, r->header.len);
	strbuf_add(&b, r->data.buf, r->data.len);
	sha256_raw(b.buf, b.len, hash);
	strbuf_add(&b, hash, sizeof(hash));
	ret = file_write(path, b.buf, b.len, e);
	strbuf_release(&b);
	return ret;
}

/* The whole length that the head promises; 0 where it is no head of ours. */
static uint64_t
promised(const char *head)
{
	uint32_t frames = get32(head + 12), header = get32(head + 20);
	uint32_t data = get32(head + 24);

	if (memcmp(head, MAGIC, 8) || get32(head + 8) != FORMAT ||
	    !frames || frames > PART_FRAMES_MAX || get32(head + 16) > 16 ||
	    header > HEADER_MAX || data > PART_BYTES_MAX)
		return 0;
	return (uint64_t)HEAD + (uint64_t)frames * LINE + header + data +
	    SHA256_BYTES;
}

static int
broken(struct err *e, const char *path)
{
	return err_set(e, EX_DATA, "%s: this part of the film is damaged; "
	    "remove it and run this again", path);
}

static int
parse(const char *path, const struct strbuf *b, struct encoded *r,
    struct err *e)
{
	uint8_t hash[SHA256_BYTES];
	const char *p = b->buf + HEAD;
	size_t i, offset = 0, n, len;

	if (b->len < HEAD || promised(b->buf) != b->len)
		return broken(e, path);
	sha256_raw(b->buf, b->len - sizeof(hash), hash);
	if (memcmp(hash, b->buf + b->len - sizeof(hash), sizeof(hash)))
		return broken(e, path);
	n = get32(b->buf + 12);
	len = get32(b->buf + 24);
	r->frames = (int)n;
	r->delay = (int)get32(b->buf + 16);
	for (i = 0; i < n; i++, p += LINE) {
		struct encoded_packet *q;

		ALLOC_GROW(r->packet, r->nr, r->alloc);
		q = &r->packet[r->nr++];
		q->frame = (int32_t)get32(p);
		q->size = get32(p + 4);
		q->key = get32(p + 8) != 0;
		q->offset = offset;
		if (q->frame < 0 || q->frame >= r->frames ||
		    q->size > len - offset)
			return broken(e, path);
		offset += q->size;
	}
	strbuf_add(&r->header, p, get32(b->buf + 20));
	strbuf_add(&r->data, p + r->header.len, len);
	return 0;
}

int
part_load(const char *path, struct encoded *r, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	ret = file_read(path, PART_BYTES_MAX, &b, e);
	if (ret == 0)
		ret = parse(path, &b, r, e);
	strbuf_release(&b);
	if (ret < 0)
		encoded_release(r);
	return ret;
}

int
part_is_there(const char *path, int frames)
{
	struct stat st;
	char head[HEAD];
	int fd = file_open_regular(path, NULL), good;

	if (fd < 0)
		return 0;
	good = file_read_some(fd, head, sizeof(head)) == sizeof(head) &&
	    get32(head + 12) == (uint32_t)frames && fstat(fd, &st) == 0 &&
	    promised(head) == (uint64_t)st.st_size;
	close(fd);
	return good;
}
