/*
 * Word times in a record: "words": [[start, end, offset, length], ...], times
 * in seconds to the millisecond, offset and length in bytes of the spoken
 * text. tts writes it, the film reads it.
 */
#ifndef PROVIDER_WORD_LIST_H
#define PROVIDER_WORD_LIST_H

#include "base/error.h"
#include "provider/provider.h"
#include "record/asset.h"

#define WORD_LIST_MAX 100000

/* To be freed with node_free. */
struct node *word_list_node(const struct word_time *w, size_t nr);

/*
 * Read it back; *w is to be freed, NULL with *nr 0 where list is NULL or
 * empty. text_len is that of the spoken text. EX_DATA, naming file, for what
 * is no such list, goes back in time or leads out of the text.
 */
int word_list_read(const char *file, const struct node *list, size_t text_len,
	struct word_time **w, size_t *nr, struct err *e);
/* The same of a record, also of one without its long parts. */
int word_list_of(const struct asset *a, size_t text_len,
	struct word_time **w, size_t *nr, struct err *e);

#endif
