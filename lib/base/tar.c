#include "base/tar.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "base/utf8.h"

#define BLOCK 512

/* Where a header's fields are. */
enum {
	AT_NAME = 0, AT_MODE = 100, AT_UID = 108, AT_GID = 116, AT_SIZE = 124,
	AT_MTIME = 136, AT_SUM = 148, AT_TYPE = 156, AT_MAGIC = 257,
	AT_PREFIX = 345
};

static unsigned
sum_of(const unsigned char *h)
{
	unsigned sum = 0;
	int i;

	for (i = 0; i < BLOCK; i++)
		sum += i >= AT_SUM && i < AT_SUM + 8 ? ' ' : h[i];
	return sum;
}

void
tar_head(struct strbuf *out, const struct tar_entry *t)
{
	char h[BLOCK], number[24];

	memset(h, 0, sizeof(h));
	memcpy(h + AT_NAME, t->name, strnlen(t->name, TAR_NAME - 1));
	memcpy(h + AT_MODE, "0000644", 8);
	memcpy(h + AT_UID, "0000000", 8);
	memcpy(h + AT_GID, "0000000", 8);
	snprintf(number, sizeof(number), "%011llo",
	    (unsigned long long)(t->size < TAR_BYTES ? t->size : 0));
	memcpy(h + AT_SIZE, number, 12);
	snprintf(number, sizeof(number), "%011llo",
	    (unsigned long long)(t->mtime > 0 ? t->mtime : 0) & 077777777777);
	memcpy(h + AT_MTIME, number, 12);
	h[AT_TYPE] = '0';
	memcpy(h + AT_MAGIC, "ustar\0" "00", 8);
	snprintf(number, sizeof(number), "%06o",
	    sum_of((const unsigned char *)h));
	memcpy(h + AT_SUM, number, 7);
	h[AT_SUM + 7] = ' ';
	strbuf_add(out, h, sizeof(h));
}

static void
nuls(struct strbuf *out, size_t n)
{
	static const char nul[BLOCK];

	for (; n > BLOCK; n -= BLOCK)
		strbuf_add(out, nul, BLOCK);
	strbuf_add(out, nul, n);
}

void
tar_fill(struct strbuf *out, uint64_t size)
{
	nuls(out, (size_t)(-size & (BLOCK - 1)));
}

void
tar_end(struct strbuf *out)
{
	nuls(out, 2 * BLOCK);
}

/* Exactly n bytes: 1; 0 at the end of the file, where none is left. */
static int
read_all(struct tar *t, void *buf, size_t n, struct err *e)
{
	size_t got = 0;
	ssize_t k = 1;

	while (got < n && k > 0) {
		k = file_read_some(t->fd, (char *)buf + got, n - got);
		if (k < 0)
			return err_errno(e, "%s: cannot read", t->file);
		got += (size_t)k;
	}
	if (got == n)
		return 1;
	if (!got)
		return 0;
	return err_set(e, EX_DATA, "%s: is cut short; get the whole file and "
	    "try again", t->file);
}

/* Octal digits, then a space or NUL; -1 where it is none or too large. */
static int
octal(const char *s, size_t n, uint64_t *out)
{
	size_t i = 0;

	*out = 0;
	while (i < n && s[i] == ' ')
		i++;
	if (i == n || s[i] < '0' || s[i] > '7')
		return -1;
	for (; i < n && s[i] >= '0' && s[i] <= '7'; i++)
		*out = *out * 8 + (uint64_t)(s[i] - '0');
	return i < n && s[i] && s[i] != ' ' ? -1 : 0;
}

static int
is_nul(const char *h)
{
	size_t i;

	for (i = 0; i < BLOCK && !h[i]; i++)
		;
	return i == BLOCK;
}

static int
parse(struct tar *t, const char *h, struct tar_entry *out, struct err *e)
{
	char shown[160], *name = out->name;
	uint64_t sum, time;
	size_t n;

	memset(out, 0, sizeof(*out));
	if (memcmp(h + AT_MAGIC, "ustar", 5) != 0 ||
	    octal(h + AT_SUM, 8, &sum) < 0 ||
	    sum != sum_of((const unsigned char *)h))
		return err_set(e, EX_DATA, "%s: is no tar file, or is "
		    "damaged; get it again", t->file);
	memcpy(name, h + AT_NAME, TAR_NAME - 1);
	if (!strncmp(name, "./", 2) && name[2])
		memmove(name, name + 2, strlen(name + 2) + 1);
	n = strlen(name);
	out->is_folder = h[AT_TYPE] == '5';
	if (out->is_folder && n && name[n - 1] == '/')
		name[--n] = '\0';
	utf8_printable(shown, sizeof(shown), name, n);
	if (!out->is_folder && h[AT_TYPE] != '0' && h[AT_TYPE])
		return err_set(e, EX_DATA, "%s: %s is a link or another "
		    "special entry, which has no place here", t->file, shown);
	if (h[AT_PREFIX] || !path_is_inside(name))
		return err_set(e, EX_DATA, "%s: '%s' is no name for a file "
		    "here", t->file, shown);
	if (octal(h + AT_SIZE, 12, &out->size) < 0 ||
	    out->size >= TAR_BYTES || (out->is_folder && out->size))
		return err_set(e, EX_DATA, "%s: %s has no size that can be",
		    t->file, shown);
	if (octal(h + AT_MTIME, 12, &time) == 0)
		out->mtime = (time_t)time;
	t->left = out->size;
	t->fill = (unsigned)(-out->size & (BLOCK - 1));
	return 1;
}

static int
cut(struct tar *t, struct err *e)
{
	return err_set(e, EX_DATA, "%s: is cut short; get the whole file and "
	    "try again", t->file);
}

int
tar_next(struct tar *t, struct tar_entry *out, struct err *e)
{
	char h[BLOCK];
	int k = 1;

	while (t->left && k > 0)
		k = tar_read(t, h, sizeof(h), e);
	if (k > 0 && t->fill) {
		k = read_all(t, h, t->fill, e);
		t->fill = 0;
		if (!k)
			return cut(t, e);
	}
	if (k > 0)
		k = read_all(t, h, sizeof(h), e);
	if (k < 0)
		return -1;
	if (!k)
		return cut(t, e);
	if (!is_nul(h))
		return parse(t, h, out, e);
	/* whoever sends it through a pipe sends it to its end */
	while (file_read_some(t->fd, h, sizeof(h)) > 0)
		;
	return 0;
}

int
tar_read(struct tar *t, void *buf, int n, struct err *e)
{
	int k;

	if ((uint64_t)n > t->left)
		n = (int)t->left;
	if (!n)
		return 0;
	k = read_all(t, buf, (size_t)n, e);
	if (k <= 0)
		return k < 0 ? -1 : cut(t, e);
	t->left -= (uint64_t)n;
	return n;
}
