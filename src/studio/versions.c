/*
 * Films that are fresh, but were made with other versions than there are now.
 * render-video knows them; studio, which starts with every build, does without
 * the libraries that it would ask.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/spawn.h"
#include "studio/studio.h"

#define BYTES (64u << 10)

static int
is_asked(const struct plan *p)
{
	size_t i;

	for (i = 0; !p->phase1 && i < p->project.video_nr; i++)
		if (!p->film[i].needed &&
		    p->film[i].film.state == STATE_FRESH &&
		    node_get(p->film[i].film.rec.doc, "versions"))
			return 1;
	return 0;
}

void
plan_versions(const struct plan *p, struct strbuf *out)
{
	char *path = filter_path("render-video");
	const char *argv[] = { path, "-C", p->project.root, "--versions",
		NULL };
	struct strbuf errout = STRBUF_INIT;
	struct spawn s = SPAWN_INIT;

	s.argv = argv;
	s.out = out;
	s.out_limit = BYTES;
	s.errout = &errout; /* what is wrong was said by studio already */
	if (is_asked(p) && spawn_run(&s, NULL) != 0)
		strbuf_reset(out);
	strbuf_release(&errout);
	free(path);
}

struct node *
plan_versions_tree(const struct plan *p)
{
	struct node *list = node_new(NODE_LIST);
	struct strbuf b = STRBUF_INIT;
	char *line, *rest;

	plan_versions(p, &b);
	rest = b.len ? b.buf : NULL;
	while ((line = strsep(&rest, "\n")))
		if (*line)
			node_push(list, node_text(line));
	strbuf_release(&b);
	return list;
}
