#include "base/hash.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/evp.h>

#include "base/file.h"
#include "base/mem.h"

struct sha256 {
	EVP_MD_CTX *ctx;
};

static void
to_hex(const uint8_t *raw, char *out)
{
	static const char digit[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < SHA256_BYTES; i++) {
		out[2 * i] = digit[raw[i] >> 4];
		out[2 * i + 1] = digit[raw[i] & 15];
	}
	out[2 * i] = '\0';
}

struct sha256 *
sha256_new(void)
{
	struct sha256 *h = xmalloc(sizeof(*h));

	h->ctx = EVP_MD_CTX_new();
	if (!h->ctx || !EVP_DigestInit_ex(h->ctx, EVP_sha256(), NULL))
		die(EX_FAILED, "libcrypto gives no SHA-256; check its set-up");
	return h;
}

void
sha256_add(struct sha256 *h, const void *p, size_t n)
{
	EVP_DigestUpdate(h->ctx, p, n);
}

void
sha256_end(struct sha256 *h, char out[SHA256_HEX])
{
	uint8_t raw[EVP_MAX_MD_SIZE];

	EVP_DigestFinal_ex(h->ctx, raw, NULL);
	to_hex(raw, out);
	EVP_MD_CTX_free(h->ctx);
	free(h);
}

void
sha256_raw(const void *p, size_t n, uint8_t out[SHA256_BYTES])
{
	if (!EVP_Digest(p, n, out, NULL, EVP_sha256(), NULL))
		die(EX_FAILED, "libcrypto gives no SHA-256; check its set-up");
}

void
sha256_hex(const void *p, size_t n, char out[SHA256_HEX])
{
	uint8_t raw[SHA256_BYTES];

	sha256_raw(p, n, raw);
	to_hex(raw, out);
}

void
sha1_raw(const void *p, size_t n, uint8_t out[20])
{
	if (!EVP_Digest(p, n, out, NULL, EVP_sha1(), NULL))
		die(EX_FAILED, "libcrypto gives no SHA-1; check its set-up");
}

int
sha256_file(const char *path, char out[SHA256_HEX], uint64_t *bytes,
    struct err *e)
{
	struct sha256 *h;
	uint64_t total = 0;
	ssize_t n = 0;
	char *buf;
	int fd;

	fd = file_open_regular(path, e);
	if (fd < 0)
		return -1;
	buf = xmalloc(1 << 16);
	h = sha256_new();
	while ((n = file_read_some(fd, buf, 1 << 16)) > 0) {
		sha256_add(h, buf, (size_t)n);
		total += (uint64_t)n;
	}
	sha256_end(h, out);
	free(buf);
	if (n < 0)
		err_errno(e, "%s: cannot read", path);
	close(fd);
	if (bytes)
		*bytes = total;
	return n < 0 ? -1 : 0;
}
