#include <stdlib.h>

#include "base/strbuf.h"
#include "tap.h"
#include "text/resplit.h"

/*
 * Texts are sentences by a letter; a digit after it edits one:  "A1" is A with
 * a word changed. "AB" in a script is a merged paragraph.
 */
static const char *const words[] = {
	"The whale comes up for air beside the boat at dawn",
	"Rivers carry dissolved salt down from every mountain",
	"Nobody in the harbour had seen such ice before",
	"A lamp burns all night in the tower on the rock",
	"Children count the gulls that follow the plough",
};

static char *
text_of(const char *code)
{
	struct strbuf b = STRBUF_INIT;
	const char *p;

	for (p = code; *p; p++) {
		if (*p >= '1' && *p <= '9') {
			strbuf_addf(&b, " edit%c", *p);
			continue;
		}
		if (b.len)
			strbuf_addch(&b, ' ');
		if (*p >= 'A' && *p <= 'E') {
			strbuf_addstr(&b, words[*p - 'A']);
		} else if (*p >= 'a' && *p <= 'e') { /* first half */
			strbuf_add(&b, words[*p - 'a'],
			    strlen(words[*p - 'a']) / 2);
		} else if (*p >= 'v' && *p <= 'z') { /* second half */
			strbuf_addstr(&b, words[*p - 'v'] +
			    strlen(words[*p - 'v']) / 2);
		} else {
			strbuf_addf(&b, "quite another thing %c%c%c%c", *p, *p,
			    *p, *p);
		}
	}
	strbuf_addch(&b, '.');
	return strbuf_detach(&b, NULL);
}

struct list {
	struct resplit_text v[10];
	char id[10][2];
	size_t nr;
};

/* "A B1 C": ids are the letters, lower case; "-" makes one by hand. */
static void
fill(struct list *l, const char *codes, int ids)
{
	char code[8];
	size_t n;

	l->nr = 0;
	while (*codes) {
		n = strcspn(codes, " ");
		memcpy(code, codes, n);
		code[n] = '\0';
		codes += n + (codes[n] == ' ');
		l->id[l->nr][0] = code[0];
		l->id[l->nr][1] = '\0';
		l->v[l->nr].id = ids && code[0] != '-' ? l->id[l->nr] : NULL;
		l->v[l->nr].text = text_of(code + (code[0] == '-'));
		l->nr++;
	}
}

static void
empty(struct list *l)
{
	while (l->nr)
		free((char *)l->v[--l->nr].text);
}

/* Result as "A B=1 +2 C! >D | E": set, insert of theirs, conflict, moved,
 * deleted; hand-made ones are "-". */
static void
show(const struct resplit *r, const struct list *ours, struct strbuf *b)
{
	const struct resplit_item *it;
	size_t i;

	for (i = 0; i < r->nr; i++) {
		it = &r->v[i];
		if (i)
			strbuf_addch(b, ' ');
		if (it->kind == RESPLIT_INSERT) {
			strbuf_addf(b, "+%zu", it->theirs);
			continue;
		}
		if (it->moved)
			strbuf_addch(b, '>');
		strbuf_addstr(b, ours->v[it->ours].id ?
		    ours->v[it->ours].id : "-");
		if (it->kind == RESPLIT_SET)
			strbuf_addf(b, "=%zu", it->theirs);
		if (it->kind == RESPLIT_CONFLICT)
			strbuf_addch(b, '!');
	}
	for (i = 0; i < r->gone_nr; i++)
		strbuf_addf(b, " | %s", ours->v[r->gone[i]].id);
}

static const struct {
	const char *name, *base, *theirs, *ours, *want;
} cases[] = {
	{ "first split", "", "A B", "", "+0 +1" },
	{ "nothing changed", "A B C", "A B C", "A B C", "A B C" },
	{ "edited in the scene", "A B C", "A B C", "A B1 C", "A B C" },
	{ "changed", "A B C", "A B1 C", "A B C", "A B=1 C" },
	{ "changed, edited", "A B C", "A B1 C", "A B2 C", "A B! C" },
	{ "changed alike", "A B C", "A B1 C", "A B1 C", "A B C" },
	{ "added", "A B", "A C B", "A B", "A +1 B" },
	{ "added first", "A B", "C A B", "A B", "+0 A B" },
	{ "added last", "A B", "A B C", "A B", "A B +2" },
	{ "added, edited", "A B", "A C B", "A1 B1", "A +1 B" },
	{ "deleted", "A B C", "A C", "A B C", "A C | B" },
	{ "deleted, edited", "A B C", "A C", "A B1 C", "A B! C" },
	{ "moved", "A B C D", "A C D B", "A B C D", "A C D >B" },
	{ "moved to the front", "A B C", "C A B", "A B C", ">C A B" },
	{ "moved, edited", "A B C D", "A C D B", "A B1 C D", "A C D >B" },
	{ "moved and changed", "A B C D", "A C D B1", "A B C D",
	    "A C D >B=3" },
	{ "moved and changed, edited", "A B C D", "A C D B1", "A B2 C D",
	    "A C D >B!" },
	{ "merged", "A B C", "AB C", "A B C", "B=0 C | A" },
	{ "merged, first edited", "A B C", "AB C", "A1 B C", "A! B=0 C" },
	{ "merged, second edited", "A B C", "AB C", "A B1 C", NULL },
	{ "split", "A B C", "A b w C", "A B C", NULL },
	{ "split, edited", "A B C", "A b w C", "A B1 C", NULL },
	{ "deleted by the user", "A B C", "A B C", "A C", "A C" },
	{ "deleted by the user, changed", "A B C", "A B1 C", "A C", "A C" },
	{ "moved by the user", "A B C", "A B C", "B A C", "B A C" },
	{ "moved by the user, changed", "A B C", "A B1 C", "B A C",
	    "B=1 A C" },
	{ "added beside one moved by the user", "A B C", "A B D C", "B A C",
	    "B +2 A C" },
	{ "moved by both", "A B C D E", "A C D E B", "A C B D E",
	    "A C B D E" },
	{ "made by hand", "A B", "A B", "A -p B", "A - B" },
	{ "made by hand, then in the script", "A B", "A p B", "A -p B",
	    "A - B" },
	{ "rewritten", "A B C", "A p C", "A B C", "A B=1 C" },
	{ "rewritten, edited", "A B C", "A p C", "A B1 C", "A B! C" },
	{ "all gone", "A B", "", "A B", " | A | B" },
	{ "the same twice", "A A", "A A A", "A A", NULL },
	{ "the base is lost", "", "A B", "A B", "A B" },
};

static void
one(size_t i)
{
	struct list base, theirs, ours;
	struct strbuf b = STRBUF_INIT;
	struct resplit r;

	fill(&base, cases[i].base, 1);
	fill(&theirs, cases[i].theirs, 0);
	fill(&ours, cases[i].ours, 1);
	resplit_make(base.v, base.nr, theirs.v, theirs.nr, ours.v, ours.nr,
	    &r);
	show(&r, &ours, &b);
	if (cases[i].want)
		is(b.buf, cases[i].want, cases[i].name);
	else
		printf("# %s: %s\n", cases[i].name, b.buf);
	if (!strcmp(cases[i].name, "split"))
		ok(r.nr == 4 && !r.gone_nr && !r.conflicts,
		    "split: one part keeps the id, one is new");
	if (!strcmp(cases[i].name, "split, edited"))
		ok(r.nr == 4 && r.conflicts == 1,
		    "split, edited: the edit is kept and said");
	if (!strcmp(cases[i].name, "merged, second edited"))
		ok(r.conflicts == 1, "merged, second edited: it is kept");
	resplit_release(&r);
	strbuf_release(&b);
	empty(&base);
	empty(&theirs);
	empty(&ours);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		one(i);
	ok(resplit_field(NULL, "x", NULL) == RESPLIT_SET, "a field is set");
	ok(resplit_field("x", NULL, "x") == RESPLIT_SET, "or taken away");
	ok(resplit_field("x", "y", "z") == RESPLIT_CONFLICT, "or disputed");
	ok(resplit_field("x", "y", "y") == RESPLIT_KEEP, "or agreed");
	ok(resplit_same(" a  b\n", "a b") && !resplit_same("a b", "ab"),
	    "white space");
	return done_testing();
}
