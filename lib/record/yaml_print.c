#include <string.h>

#include "record/yaml.h"
#include "record/yaml_text.h"

static void print_value(const struct node *n, size_t indent, int in_list,
	struct strbuf *out);

static int
is_scalar(const struct node *n)
{
	return n->kind == NODE_NULL || n->kind == NODE_SCALAR;
}

/* Lists of numbers and truth values, such as a point, stay on one line. */
static int
is_short(const struct node *n)
{
	size_t i;
	int b;

	if (n->nr == 0)
		return 1;
	if (n->kind == NODE_MAP || n->nr > 8)
		return 0;
	for (i = 0; i < n->nr; i++)
		if (!node_is_num(n->kid[i], NULL) &&
		    !node_is_bool(n->kid[i], &b))
			return 0;
	return 1;
}

/* Lines of a map; the first is not indented where it follows "- ". */
static void
print_map(const struct node *n, size_t indent, int after_dash,
	struct strbuf *out)
{
	size_t i;

	for (i = 0; i < n->nr; i++) {
		if (i || !after_dash)
			strbuf_addf(out, "%*s", (int)indent, "");
		yaml_put_text(n->kid[i]->key, strlen(n->kid[i]->key), 0,
		    YAML_PLAIN, out);
		strbuf_addch(out, ':');
		print_value(n->kid[i], indent, 0, out);
	}
}

static void
print_list(const struct node *n, size_t indent, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < n->nr; i++) {
		strbuf_addf(out, "%*s-", (int)indent, "");
		print_value(n->kid[i], indent, 1, out);
	}
}

/* After "key:" or "-", to the end of the line and below. */
static void
print_value(const struct node *n, size_t indent, int in_list,
	struct strbuf *out)
{
	if (yaml_is_literal(n)) {
		strbuf_addf(out, " %s", yaml_literal_header(n));
		yaml_put_literal(n, indent + 2, "\n", out);
	} else if (is_scalar(n) || is_short(n)) {
		strbuf_addch(out, ' ');
		yaml_put_flow(n, 0, YAML_PLAIN, out);
	} else if (n->kind == NODE_MAP && in_list) {
		strbuf_addch(out, ' ');
		print_map(n, indent + 2, 1, out);
		return;
	} else {
		strbuf_addch(out, '\n');
		if (n->kind == NODE_MAP)
			print_map(n, indent + 2, 0, out);
		else
			print_list(n, indent + 2, out);
		return;
	}
	strbuf_addch(out, '\n');
}

void
yaml_print(const struct node *n, struct strbuf *out)
{
	if (n->kind == NODE_MAP && n->nr) {
		print_map(n, 0, 0, out);
	} else if (n->kind == NODE_LIST && n->nr && !is_short(n)) {
		print_list(n, 0, out);
	} else {
		yaml_put_flow(n, 0, YAML_PLAIN, out);
		strbuf_addch(out, '\n');
	}
}
