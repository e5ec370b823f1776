#include "store/usage.h"

#include <stdio.h>
#include <string.h>

void
number_words(long long n, char *out, size_t size)
{
	char digits[24];
	size_t i, k = 0, len;

	len = (size_t)snprintf(digits, sizeof(digits), "%lld", n);
	for (i = 0; i < len && k + 2 < size; i++) {
		if (i && (len - i) % 3 == 0)
			out[k++] = ',';
		out[k++] = digits[i];
	}
	out[k] = '\0';
}

void
dollar_words(double dollars, char *out, size_t size)
{
	size_t n;

	snprintf(out, size, "$%.4f", dollars);
	if (dollars > 0 && dollars < 0.00005)
		snprintf(out, size, "$%.6f", dollars);
	/* $1.50, but $0.0042 */
	n = strlen(out);
	if (n > 4 && !strcmp(out + n - 2, "00"))
		out[n - 2] = '\0';
}

static void
add_words(struct strbuf *out, long long n, const char *what)
{
	char number[40];

	if (!n)
		return;
	number_words(n, number, sizeof(number));
	strbuf_addf(out, "%s%s %s%s", out->len ? ", " : "", number, what,
	    n == 1 ? "" : "s");
}

void
usage_words(const struct call_usage *u, struct strbuf *out)
{
	add_words(out, u->characters, "character");
	add_words(out, u->pictures, "picture");
	add_words(out, u->input_tokens + u->output_tokens, "token");
}
