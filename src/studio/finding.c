#include "studio/finding.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/node.h"

struct finding *
finding_add(struct findings *f, const char *what, const char *file, int code)
{
	struct finding *n;

	ALLOC_GROW(f->v, f->nr, f->alloc);
	n = &f->v[f->nr++];
	n->what = xstrdup(what);
	n->file = xstrdup(file);
	n->why = xstrdup("");
	n->cure = xstrdup("");
	n->code = code;
	n->fixed = 0;
	return n;
}

void
finding_why(struct finding *f, const char *fmt, ...)
{
	va_list ap;

	free(f->why);
	va_start(ap, fmt);
	f->why = xvasprintf(fmt, ap);
	va_end(ap);
}

void
finding_cure(struct finding *f, const char *fmt, ...)
{
	va_list ap;

	free(f->cure);
	va_start(ap, fmt);
	f->cure = xvasprintf(fmt, ap);
	va_end(ap);
}

void
findings_release(struct findings *f)
{
	size_t i;

	for (i = 0; i < f->nr; i++) {
		free(f->v[i].what);
		free(f->v[i].file);
		free(f->v[i].why);
		free(f->v[i].cure);
	}
	free(f->v);
	memset(f, 0, sizeof(*f));
}

int
findings_code(const struct findings *f, size_t *nr)
{
	int code = EX_DONE;
	size_t i, n = 0;

	for (i = 0; i < f->nr; i++) {
		if (f->v[i].fixed || f->v[i].code == EX_DONE)
			continue;
		n++;
		/* what is wrong in a file comes before what is undecided */
		if (code == EX_DONE || f->v[i].code < code)
			code = f->v[i].code;
	}
	if (nr)
		*nr = n;
	return code;
}

struct node *
findings_tree(const struct findings *f)
{
	struct node *list = node_new(NODE_LIST), *n;
	size_t i;

	for (i = 0; i < f->nr; i++) {
		n = node_new(NODE_MAP);
		node_set_str(n, "what", f->v[i].what);
		node_set_str(n, "about", f->v[i].file);
		node_set_str(n, "why", f->v[i].why);
		node_set_str(n, "cure", f->v[i].cure);
		node_set_bool(n, "note", f->v[i].code == EX_DONE);
		node_set_bool(n, "fixed", f->v[i].fixed);
		node_push(list, n);
	}
	return list;
}
