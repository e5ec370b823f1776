#include "provider/script_reply.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "provider/reply_json.h"
#include "provider/reply_words.h"

#define QUOTE_BYTES 120

struct names {
	const char *v[6];
};

static const struct names names_title = { { "title" } };
static const struct names names_description = { { "description" } };
static const struct names names_tags = { { "tags", "hashtags", "keywords" } };
static const struct names names_heading = { { "heading", "title",
	"chapter" } };
static const struct names names_narration = { { "narration", "text",
	"voiceover", "script" } };
static const struct names names_image = { { "image", "image_prompt",
	"visual" } };
static const struct names names_notes = { { "notes", "on_screen_text" } };
static const struct names names_prompt = { { "prompt", "description" } };

/* Valid UTF-8 without NUL: a bad byte becomes U+FFFD. */
static void
add_valid(const struct strbuf *text, struct strbuf *out)
{
	size_t i, n;
	uint32_t cp;

	for (i = 0; i < text->len; i += n) {
		n = utf8_decode(text->buf + i, text->len - i, &cp);
		if (!n)
			strbuf_addstr(out, "\xef\xbf\xbd");
		else if (cp)
			strbuf_add(out, text->buf + i, n);
		n = n ? n : 1;
	}
}

/* A text, or the texts of a list with between after each; to be freed. */
static char *
text_of(const struct node *n, const char *between)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;
	int truth;

	if (n && n->kind == NODE_MAP)
		n = reply_field(n, names_prompt.v);
	if (n && n->kind == NODE_SCALAR && !node_is_bool(n, &truth))
		strbuf_addstr(&b, n->str);
	for (i = 0; n && n->kind == NODE_LIST && i < n->nr; i++) {
		if (n->kid[i]->kind != NODE_SCALAR)
			continue;
		strbuf_addstr(&b, n->kid[i]->str);
		strbuf_addstr(&b, between);
	}
	return strbuf_detach(&b, NULL);
}

/* The value of a field, made into what it is to be by how. */
static char *
field(const struct node *map, const struct names *names,
    char *(*how)(const char *))
{
	char *raw = text_of(reply_field(map, names->v),
	    how == reply_words_tags ? ", " : " ");
	char *made = how(raw);

	free(raw);
	return made;
}

static void
free_part(struct script_part *p)
{
	free(p->heading);
	free(p->text);
	free(p->image);
	free(p->notes);
	free(p->speaker);
	free(p->say);
	memset(p, 0, sizeof(*p));
}

/* Put it on as the next scene; takes the strings of p over and empties it.
 * heading is the one that holds, so that it is not said again. */
static void
add_part(struct script *s, struct script_part *p, char **heading)
{
	char *said = p->heading;
	int empty = !p->text && !p->image;

	p->heading = NULL;
	if (said && !empty && (!*heading || strcmp(said, *heading) != 0)) {
		free(*heading);
		*heading = xstrdup(said);
		p->heading = xstrdup(said);
	}
	free(said);
	if (empty) {
		free_part(p);
		return;
	}
	if (!p->text) {
		p->text = xstrdup("");
		if (!p->heading) /* marks a scene without words */
			p->heading = xstrdup("");
	}
	ALLOC_GROW(s->v, s->nr, s->alloc);
	s->v[s->nr++] = *p;
	memset(p, 0, sizeof(*p));
}

static void
read_scene(const struct node *n, struct script *s, char **heading)
{
	struct script_part p = { 0 };

	if (n->kind == NODE_SCALAR) {
		p.text = reply_words_spoken(n->str);
	} else if (n->kind == NODE_MAP) {
		p.heading = field(n, &names_heading, reply_words_plain);
		p.text = field(n, &names_narration, reply_words_spoken);
		p.image = field(n, &names_image, reply_words_line);
		p.notes = field(n, &names_notes, reply_words_line);
	}
	add_part(s, &p, heading);
}

static void
read_json(const struct reply_json *j, struct script *out)
{
	char *heading = NULL;
	size_t i;

	out->title = field(j->map, &names_title, reply_words_plain);
	out->description = field(j->map, &names_description,
	    reply_words_plain);
	out->tags = field(j->map, &names_tags, reply_words_tags);
	for (i = 0; i < j->list->nr && out->nr <= REPLY_SCENES; i++)
		read_scene(j->list->kid[i], out, &heading);
	free(heading);
}

/* The first line that is a heading "# " or "## "; NULL: there is none. */
static const char *
first_heading(const char *s)
{
	const char *p;

	for (p = s; p && *p; p = strchr(p, '\n')) {
		p += *p == '\n';
		if (!strncmp(p, "# ", 2) || !strncmp(p, "## ", 3))
			return p;
	}
	return NULL;
}

/* Replace by what how makes of it. */
static void
clean(char **s, char *(*how)(const char *))
{
	char *made = how(*s);

	free(*s);
	*s = made;
}

/* Without the lines of code fences, which would hide it all. */
static void
add_unfenced(const char *s, struct strbuf *out)
{
	size_t n;

	for (; *s; s += n) {
		n = strcspn(s, "\n");
		n += s[n] == '\n';
		if (strncmp(s, "```", 3) != 0)
			strbuf_add(out, s, n);
	}
}

/* A script in Markdown, its words cleaned as those in JSON are. */
static void
read_markdown(const char *s, struct script *out)
{
	struct strbuf b = STRBUF_INIT;
	struct script in = SCRIPT_INIT;
	struct script_part *p;
	char *heading = NULL;
	size_t i;

	add_unfenced(s, &b);
	script_parse(b.buf, b.len, &in);
	out->title = reply_words_plain(in.title);
	out->description = reply_words_plain(in.description);
	out->tags = reply_words_tags(in.tags);
	for (i = 0; i < in.nr && out->nr <= REPLY_SCENES; i++) {
		p = &in.v[i];
		clean(&p->heading, reply_words_plain);
		clean(&p->text, reply_words_spoken);
		clean(&p->image, reply_words_line);
		clean(&p->notes, reply_words_line);
		clean(&p->speaker, reply_words_line);
		clean(&p->say, reply_words_plain);
		add_part(out, p, &heading);
	}
	free(heading);
	script_release(&in);
	strbuf_release(&b);
}

static int
cut_off(const char *name, const struct strbuf *text, size_t scenes,
    struct err *e)
{
	return err_set(e, EX_REFUSED, "%s: the answer was cut off after %zu "
	    "bytes (%zu scene%s); ask for a shorter targetLength:, or set "
	    "maxTokens in scriptOptions:", name, text->len, scenes,
	    scenes == 1 ? "" : "s");
}

static int
no_script(const char *name, const char *what, const char *s, struct err *e)
{
	char start[QUOTE_BYTES * 4 + 1];
	size_t n = strlen(s), k = n;

	if (n > QUOTE_BYTES)
		k = QUOTE_BYTES;
	while (k < n && k && ((unsigned char)s[k] & 0xc0) == 0x80)
		k--;
	utf8_printable(start, sizeof(start), s, k);
	return err_set(e, EX_DATA, "%s: %s; it starts \"%s%s\"; try again, or "
	    "another model", name, what, start, k < n ? "..." : "");
}

/* Valid text s into *out; *cut may become true. */
static void
read_any(const char *s, int *cut, size_t *maps, struct script *out)
{
	const char *after = reply_after_thoughts(s), *md;
	struct reply_json j;

	reply_json_find(after, "scenes", &j);
	if (!j.doc && !j.cut && after != s)
		reply_json_find(s, "scenes", &j);
	md = first_heading(after);
	if (j.doc)
		read_json(&j, out);
	else if (!j.cut && !j.any && md)
		read_markdown(md, out);
	*cut |= j.cut;
	*maps = j.doc || !j.cut ? out->nr : j.maps;
	node_free(j.doc);
}

int
script_reply_read(const char *name, const struct strbuf *text, int cut,
    struct script *out, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	size_t scenes = 0;
	int ret = 0;

	if (text->len > REPLY_BYTES)
		return err_set(e, EX_DATA, "%s: the answer has %zu bytes, %u "
		    "are allowed; ask for a shorter targetLength:", name,
		    text->len, REPLY_BYTES);
	add_valid(text, &b);
	read_any(b.buf, &cut, &scenes, out);
	if (cut)
		ret = cut_off(name, text, scenes, e);
	else if (out->nr > REPLY_SCENES)
		ret = err_set(e, EX_DATA, "%s: the answer has over %d scenes; "
		    "ask for a shorter targetLength:", name, REPLY_SCENES);
	else if (!out->nr)
		ret = no_script(name, "the answer holds no scenes", b.buf, e);
	if (ret < 0)
		script_release(out);
	strbuf_release(&b);
	return ret;
}
