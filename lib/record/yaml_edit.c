#include <string.h>

#include "base/strvec.h"
#include "record/yaml.h"
#include "record/yaml_place.h"
#include "record/yaml_text.h"

/*
 * An edit is one patch: bytes from..to of the file are replaced by text. What
 * the patch should lead to is set in a copy of the tree; the patched file is
 * read again and must be that tree, so a shape that is not understood here
 * ends in an error and never in a damaged file.
 */
struct edit {
	struct yaml_source src;
	struct strvec key;        /* parts of the path */
	const struct node *value; /* NULL: remove */
	struct node *up;          /* innermost collection found on the path */
	struct node *at;          /* the value; NULL: not there */
	size_t found;             /* keys found */
	int flow;                 /* up is inside brackets */
	size_t from, to;
	struct strbuf text;
};

static int
split_path(struct edit *d, const char *path)
{
	size_t n;

	for (;; path += n + 1) {
		n = strcspn(path, ".");
		if (n == 0)
			return -1;
		strvec_pushf(&d->key, "%.*s", (int)n, path);
		if (!path[n])
			return 0;
	}
}

static void
walk(struct edit *d, struct node *root)
{
	struct node *n = root, *child;

	while (d->found < d->key.nr) {
		d->up = n;
		d->flow |= yaml_is_flow(&d->src, n);
		child = node_child(n, d->key.v[d->found]);
		if (!child)
			return;
		d->found++;
		n = child;
	}
	d->at = n;
}

/* The tree as it is meant to be. */
static struct node *
mean(const struct edit *d, const struct node *root)
{
	struct node *meant = node_copy(root), *n = meant, *child;
	size_t i;

	for (i = 0; i + 1 < d->key.nr; i++) {
		child = node_child(n, d->key.v[i]);
		if (!d->value && !d->at)
			return meant;
		if (!child || child->kind == NODE_NULL) {
			child = node_new(NODE_MAP);
			node_set(n, d->key.v[i], child);
		}
		n = child;
	}
	if (d->value)
		node_set(n, d->key.v[i], node_copy(d->value));
	else
		node_drop(n, d->key.v[i]);
	return meant;
}

static enum yaml_quote
quote_of(const struct edit *d, const struct node *n)
{
	char c = n->kind == NODE_SCALAR && n->quoted ?
	    d->src.buf[n->start] : 'x';

	return c == '"' ? YAML_DOUBLE : c == '\'' ? YAML_SINGLE : YAML_PLAIN;
}

/* Append the value; rest is what follows it on its line and is kept there. */
static void
put_value(struct edit *d, const struct node *value, enum yaml_quote quote,
	size_t indent, const char *rest, size_t rest_len)
{
	if (!d->flow && yaml_is_literal(value)) {
		strbuf_addstr(&d->text, yaml_literal_header(value));
		strbuf_add(&d->text, rest, rest_len);
		yaml_put_literal(value, indent + 2, d->src.eol, &d->text);
	} else {
		yaml_put_flow(value, d->flow, quote, &d->text);
		strbuf_add(&d->text, rest, rest_len);
	}
}

/* Replace n, whatever it is, by value. */
static void
replace(struct edit *d, const struct node *n, const struct node *value)
{
	const struct yaml_source *s = &d->src;
	size_t rest, rest_end, indent = yaml_indent(s, n->key_start);

	d->from = n->start;
	d->to = yaml_real_end(s, n);
	if (yaml_is_block_scalar(s, n)) {
		rest = yaml_header_end(s, n);
		rest_end = yaml_line_end(s, rest);
	} else if (yaml_is_block_collection(s, n)) {
		d->from = rest = yaml_after_key(s, n);
		rest_end = yaml_line_start(s, n->start);
		while (rest_end > rest && strchr("\r\n", s->buf[rest_end - 1]))
			rest_end--;
		if (rest_end < rest) /* odd line breaks: will not fit */
			rest_end = rest;
	} else {
		rest = d->to;
		rest_end = d->flow ? rest : yaml_line_end(s, rest);
		d->to = rest_end;
	}
	if (n->start == n->end || d->from != n->start)
		strbuf_addstr(&d->text, yaml_joint(s, d->from));
	put_value(d, value, quote_of(d, n), indent, s->buf + rest,
	    rest_end - rest);
}

/* "key: value" for the keys from i on, lines below one another; the first line
 * is not indented. */
static void
put_lines(struct edit *d, size_t i, size_t indent)
{
	const char *key;

	for (;; i++) {
		key = d->key.v[i];
		yaml_put_text(key, strlen(key), 0, YAML_PLAIN, &d->text);
		strbuf_addch(&d->text, ':');
		if (i + 1 == d->key.nr)
			break;
		indent += 2;
		strbuf_addf(&d->text, "%s%*s", d->src.eol, (int)indent, "");
	}
	strbuf_addch(&d->text, ' ');
	put_value(d, d->value, YAML_PLAIN, indent, "", 0);
}

/* The same on one line, for a map in brackets. */
static void
put_pairs(struct edit *d, size_t i)
{
	size_t k;

	for (k = i; k < d->key.nr; k++) {
		yaml_put_text(d->key.v[k], strlen(d->key.v[k]), 1, YAML_PLAIN,
		    &d->text);
		strbuf_addstr(&d->text, k + 1 < d->key.nr ? ": {" : ": ");
	}
	yaml_put_flow(d->value, 1, YAML_PLAIN, &d->text);
	for (k = i; k + 1 < d->key.nr; k++)
		strbuf_addch(&d->text, '}');
}

/* Add to a map in brackets. */
static void
add_flow(struct edit *d, const struct node *map)
{
	d->from = map->start + 1;
	if (map->nr) {
		d->from = yaml_real_end(&d->src, map->kid[map->nr - 1]);
		strbuf_addstr(&d->text, ", ");
	}
	d->to = d->from;
	put_pairs(d, d->found);
}

/* Add below "key:" that has no value yet. */
static void
add_below(struct edit *d, const struct node *null)
{
	const struct yaml_source *s = &d->src;
	size_t indent = yaml_indent(s, null->key_start) + 2;

	d->from = null->start;
	if (d->flow) {
		d->to = null->end;
		if (null->start == null->end)
			strbuf_addstr(&d->text, yaml_joint(s, d->from));
		strbuf_addch(&d->text, '{');
		put_pairs(d, d->found);
		strbuf_addch(&d->text, '}');
		return;
	}
	d->to = yaml_line_end(s, null->end);
	strbuf_add(&d->text, s->buf + null->end, d->to - null->end);
	strbuf_addf(&d->text, "%s%*s", s->eol, (int)indent, "");
	put_lines(d, d->found, indent);
}

/* Add as the last line of a map of lines, or as its first. */
static void
add_lines(struct edit *d, const struct node *map, int first)
{
	const struct yaml_source *s = &d->src;
	size_t indent;

	if (map->nr == 0) { /* the file is empty */
		d->from = d->to = s->len;
		if (s->len > s->bom && s->buf[s->len - 1] != '\n')
			strbuf_addstr(&d->text, s->eol);
		put_lines(d, d->found, 0);
		strbuf_addstr(&d->text, s->eol);
		return;
	}
	indent = yaml_indent(s, map->kid[0]->key_start);
	if (first) {
		d->from = d->to = map->kid[0]->key_start;
		put_lines(d, d->found, indent);
		strbuf_addf(&d->text, "%s%*s", s->eol, (int)indent, "");
		return;
	}
	d->from = yaml_line_end(s, yaml_real_end(s, map->kid[map->nr - 1]));
	d->to = d->from;
	strbuf_addf(&d->text, "%s%*s", s->eol, (int)indent, "");
	put_lines(d, d->found, indent);
}

/* Where there are more than one kid in a map of lines. */
static void
remove_lines(struct edit *d, const struct node *map, size_t i)
{
	const struct yaml_source *s = &d->src;
	const struct node *n = map->kid[i];
	size_t start = yaml_line_start(s, n->key_start), k = start;

	while (k < n->key_start && s->buf[k] == ' ')
		k++;
	if (k < n->key_start && i + 1 < map->nr) { /* after "- " */
		d->from = n->key_start;
		d->to = map->kid[i + 1]->key_start;
		return;
	}
	d->from = start;
	d->to = yaml_line_end(s, yaml_real_end(s, n));
	d->to += yaml_break(s, d->to);
}

static void
remove_pair(struct edit *d, const struct node *map, size_t i)
{
	const struct yaml_source *s = &d->src;

	d->from = map->kid[i]->key_start;
	d->to = yaml_real_end(s, map->kid[i]);
	if (i + 1 < map->nr) {
		d->to = map->kid[i + 1]->key_start;
	} else if (i > 0) {
		d->from = yaml_real_end(s, map->kid[i - 1]);
	} else {
		d->from = map->start + 1;
		d->to = map->end - 1;
	}
}

static void
take_out(struct edit *d, const struct node *root)
{
	struct node empty = { .kind = NODE_MAP };
	size_t i = 0;

	if (!d->at)
		return;
	while (d->up->kid[i] != d->at)
		i++;
	if (yaml_is_flow(&d->src, d->up))
		remove_pair(d, d->up, i);
	else if (d->up->nr > 1 || d->up == root)
		remove_lines(d, d->up, i);
	else
		replace(d, d->up, &empty);
}

/* Make the patch; again is 1 when the first way did not lead there. */
static int
make_patch(struct edit *d, const struct node *root, int again)
{
	strbuf_reset(&d->text);
	if (d->at && again)
		return -1;
	if (!d->value)
		take_out(d, root);
	else if (d->at)
		replace(d, d->at, d->value);
	else if (d->up->kind == NODE_NULL)
		add_below(d, d->up);
	else if (yaml_is_flow(&d->src, d->up))
		add_flow(d, d->up);
	else
		add_lines(d, d->up, again);
	return 0;
}

/* Does the patched file read as meant? */
static int
try_patch(const struct edit *d, const struct node *meant, struct strbuf *out,
	size_t base)
{
	const struct yaml_source *s = &d->src;
	struct err ignored;
	struct node *n;
	int good;

	if (d->from < s->bom || d->from > d->to || d->to > s->len)
		return 0;
	strbuf_setlen(out, base);
	strbuf_add(out, s->buf, d->from);
	strbuf_add(out, d->text.buf, d->text.len);
	strbuf_add(out, s->buf + d->to, s->len - d->to);
	n = yaml_parse("", out->buf + base, out->len - base, &ignored);
	good = n && node_equal(n, meant);
	node_free(n);
	return good;
}

static int
apply(struct edit *d, const char *name, const char *path,
	const struct node *root, struct strbuf *out, struct err *e)
{
	struct node *meant;
	size_t base = out->len;
	int again, good;

	if (d->value && !d->at && d->up->kind != NODE_MAP &&
	    d->up->kind != NODE_NULL)
		return err_set(e, EX_DATA, "%s:%zu: '%s' is no map, so %s "
		    "cannot be set; edit it by hand", name, d->up->line,
		    d->up->key ? d->up->key : "the file", path);
	meant = mean(d, root);
	good = node_equal(meant, root);
	if (good)
		strbuf_add(out, d->src.buf, d->src.len);
	for (again = 0; !good && again < 2; again++) {
		if (make_patch(d, root, again) < 0)
			break;
		good = try_patch(d, meant, out, base);
	}
	node_free(meant);
	if (good)
		return 0;
	strbuf_setlen(out, base);
	return err_set(e, EX_DATA, "%s:%zu: cannot %s %s in place; edit it by "
	    "hand", name, d->up->line, d->value ? "set" : "remove", path);
}

int
yaml_edit(const char *name, const char *buf, size_t len, const char *path,
	const struct node *value, struct strbuf *out, struct err *e)
{
	struct node *root = yaml_parse(name, buf, len, e);
	struct edit d;
	int bad;

	if (!root)
		return -1;
	memset(&d, 0, sizeof(d));
	strbuf_init(&d.text);
	yaml_source_init(&d.src, buf, len);
	d.value = value;
	if (split_path(&d, path) < 0) {
		bad = err_set(e, EX_BADUSE, "%s: '%s' is no name of a value",
		    name, path);
	} else {
		walk(&d, root);
		bad = apply(&d, name, path, root, out, e);
	}
	strbuf_release(&d.text);
	strvec_release(&d.key);
	node_free(root);
	return bad;
}
