#include "provider/word_list.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "record/json.h"

struct node *
word_list_node(const struct word_time *w, size_t nr)
{
	struct node *list = node_new(NODE_LIST), *one;
	size_t i;

	for (i = 0; i < nr; i++) {
		one = node_new(NODE_LIST);
		node_push(one, node_real(round(w[i].start * 1000) / 1000));
		node_push(one, node_real(round(w[i].end * 1000) / 1000));
		node_push(one, node_whole((long long)w[i].off));
		node_push(one, node_whole((long long)w[i].len));
		node_push(list, one);
	}
	return list;
}

static int
read_one(const struct node *n, size_t text_len, double after,
    struct word_time *w)
{
	double d[4];
	int i;

	if (n->kind != NODE_LIST || n->nr != 4)
		return -1;
	for (i = 0; i < 4; i++)
		if (!node_is_num(n->kid[i], &d[i]) || d[i] < 0)
			return -1;
	if (d[0] < after || d[1] < d[0] || d[2] != floor(d[2]) ||
	    d[3] != floor(d[3]) || d[2] + d[3] > (double)text_len)
		return -1;
	w->start = d[0];
	w->end = d[1];
	w->off = (size_t)d[2];
	w->len = (size_t)d[3];
	return 0;
}

int
word_list_read(const char *file, const struct node *list, size_t text_len,
    struct word_time **w, size_t *nr, struct err *e)
{
	size_t i;

	*w = NULL;
	*nr = 0;
	if (!list || list->kind == NODE_NULL)
		return 0;
	if (list->kind != NODE_LIST || list->nr > WORD_LIST_MAX)
		return err_set(e, EX_DATA, "%s: words: not a list of at most "
		    "%d; make the voice again", file, WORD_LIST_MAX);
	*w = xcalloc(list->nr + 1, sizeof(**w));
	for (i = 0; i < list->nr; i++)
		if (read_one(list->kid[i], text_len,
		    i ? (*w)[i - 1].start : 0, &(*w)[i]) < 0) {
			free(*w);
			*w = NULL;
			return err_set(e, EX_DATA, "%s: words: entry %zu is "
			    "not [start, end, offset, length] of the text, "
			    "in order; make the voice again", file, i + 1);
		}
	*nr = list->nr;
	return 0;
}

int
word_list_of(const struct asset *a, size_t text_len, struct word_time **w,
    size_t *nr, struct err *e)
{
	struct strbuf line = STRBUF_INIT;
	struct node *list = NULL;
	int ret = 0;

	if (asset_words(a, &line)) {
		list = json_parse(a->path, line.buf, line.len, e);
		ret = list ? 0 : -1;
	}
	if (ret == 0)
		ret = word_list_read(a->path, list, text_len, w, nr, e);
	node_free(list);
	strbuf_release(&line);
	return ret;
}
