#include "text/dialogue.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define NAME_MOST 20 /* letters */

/* Is at where a sentence may begin: the start, or behind the end of one and a
 * space? */
static int
may_begin(const char *text, const char *at)
{
	static const char *const ends[] = { ".", "!", "?", "\xe2\x80\xa6",
		"\xe3\x80\x82", "\xef\xbc\x81", "\xef\xbc\x9f", "\"",
		"\xe2\x80\x9d", "\xc2\xbb", "\n" };
	size_t i, k, n;

	if (at > text && at[-1] != ' ' && at[-1] != '\n')
		return 0;
	while (at > text && at[-1] == ' ')
		at--;
	n = (size_t)(at - text);
	if (n == 0)
		return 1;
	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		k = strlen(ends[i]);
		if (n >= k && !memcmp(at - k, ends[i], k))
			return 1;
	}
	return 0;
}

/* The speaker whose label stands at this place; *len is of the label with the
 * space behind it. */
static const char *
label_at(const struct node *speakers, const char *at, size_t *len)
{
	const char *name;
	size_t i, n;

	for (i = 0; i < speakers->nr; i++) {
		name = speakers->kid[i]->key;
		n = name ? strlen(name) : 0;
		if (!n || strncasecmp(at, name, n) != 0 || at[n] != ':' ||
		    !strchr(" \t\n", at[n + 1]) || !at[n + 1])
			continue;
		*len = n + 1 + strspn(at + n + 1, " \t\n");
		return name;
	}
	return NULL;
}

/* The next label from p on. */
static const char *
next_label(const struct node *speakers, const char *text, const char *p,
    const char **name, size_t *len)
{
	for (; *p; p++) {
		*name = may_begin(text, p) ? label_at(speakers, p, len) : NULL;
		if (*name)
			return p;
	}
	return NULL;
}

/* Does a word that may be a name stand here as a label does? Its length. */
static size_t
name_at(const char *at)
{
	size_t n = 0;

	if (*at < 'A' || *at > 'Z')
		return 0;
	while ((at[n] | 32) >= 'a' && (at[n] | 32) <= 'z')
		n++;
	return n > 1 && n <= NAME_MOST && at[n] == ':' && at[n + 1] == ' '
	    ? n : 0;
}

void
dialogue_strangers(const struct script *s, const struct node *speakers,
    struct strvec *out)
{
	const char *p, *name;
	size_t i, n, known = 0;
	struct strvec found = STRVEC_INIT;
	char *word;

	if (!speakers || speakers->kind != NODE_MAP || !speakers->nr)
		return;
	for (i = 0; i < s->nr; i++)
		for (p = s->v[i].text; *p; p++) {
			if (!may_begin(s->v[i].text, p))
				continue;
			name = label_at(speakers, p, &n);
			known += name != NULL;
			n = name ? 0 : name_at(p);
			word = n ? xmemdup(p, n) : NULL;
			if (word && !strvec_has(&found, word))
				strvec_push(&found, word);
			free(word);
		}
	for (i = 0; known && i < found.nr; i++)
		strvec_push(out, found.v[i]);
	strvec_release(&found);
}

static char *
copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* A piece of p from text on, without the white space around it. */
static void
add_piece(struct script *out, const struct script_part *p, const char *text,
    size_t n, const char *speaker)
{
	struct script_part *k;
	char *own;
	int first = !out->nr || out->v[out->nr - 1].line != p->line;

	while (n && strchr(" \t\n", *text)) {
		text++;
		n--;
	}
	while (n && strchr(" \t\n", text[n - 1]))
		n--;
	if (!n)
		return;
	own = xmemdup(text, n);
	k = script_add(out, first ? p->heading : NULL, own);
	k->image = copy(p->image);
	k->notes = copy(p->notes);
	k->speaker = copy(speaker);
	k->line = p->line;
	k->whole = p->whole;
	free(own);
}

/* Cut p into out; 0 where it has no label. */
static int
cut(struct script *out, const struct script_part *p,
    const struct node *speakers)
{
	const char *name, *speaker = p->speaker, *from = p->text, *at;
	size_t len = 0;

	at = next_label(speakers, p->text, p->text, &name, &len);
	if (!at || p->say)
		return 0;
	while (at) {
		add_piece(out, p, from, (size_t)(at - from), speaker);
		speaker = name;
		from = at + len;
		at = next_label(speakers, p->text, from, &name, &len);
	}
	add_piece(out, p, from, strlen(from), speaker);
	return 1;
}

static void
move_part(struct script *out, struct script_part *p)
{
	ALLOC_GROW(out->v, out->nr, out->alloc);
	out->v[out->nr++] = *p;
	memset(p, 0, sizeof(*p));
}

void
dialogue_split(struct script *s, const struct node *speakers)
{
	struct script out = SCRIPT_INIT;
	size_t i;

	if (!speakers || speakers->kind != NODE_MAP || !speakers->nr)
		return;
	for (i = 0; i < s->nr; i++)
		if (!cut(&out, &s->v[i], speakers))
			move_part(&out, &s->v[i]);
	out.title = s->title;
	out.description = s->description;
	out.tags = s->tags;
	s->title = s->description = s->tags = NULL;
	script_release(s);
	*s = out;
}
