/*
 * What the headers of an answer say that counts here; for http.c.
 */
#ifndef PROVIDER_HTTP_HEAD_H
#define PROVIDER_HTTP_HEAD_H

#include <stddef.h>

#include "provider/http.h"

/* Take a line of n bytes, the status line or "Name: value", its end included.
 * A status line makes void what came before, such as a "100 Continue". */
void http_head_line(struct http_reply *r, const char *line, size_t n);

#endif
