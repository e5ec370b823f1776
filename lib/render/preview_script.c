#include "render/preview_script.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/utf8.h"
#include "provider/extract.h"
#include "text/dialogue.h"
#include "text/markdown.h"
#include "text/script.h"
#include "text/split.h"
#include "text/target.h"

/* A file of the project; a missing one is "". */
static int
read_text(const struct project *p, const char *name, struct strbuf *b,
    struct err *e)
{
	char *path = project_path(p, "%s", name);
	size_t bad;
	int ret = 0;

	strbuf_reset(b);
	if (file_exists(path))
		ret = file_read(path, MARKDOWN_BYTES, b, e);
	free(path);
	if (ret < 0)
		return -1;
	bad = utf8_check(b->buf, b->len);
	return bad < b->len ? err_set(e, EX_DATA, "%s: byte %zu is not UTF-8 "
	    "text; save it as UTF-8", name, bad + 1) : 0;
}

static int
is_blank(const struct strbuf *b)
{
	return !b->buf[strspn(b->buf, " \t\r\n")];
}

static int
write_script(const struct project *p, const struct strbuf *brief,
    const struct strbuf *source, struct strbuf *out, struct err *e)
{
	struct script_request q = { .brief = brief->buf,
		.source = source->buf, .language = p->language,
		.tone = p->tone, .category = p->category ? p->category : "",
		.platform = p->platform, .voice_provider = project_setting(p,
		    "ttsProvider", "flite"), .speed = node_num(p->settings,
		    "defaultSpeed", 1) };
	struct script_result r;
	struct target t;
	int ret;

	if (target_parse(p->target_length, "project.yaml: targetLength", &t,
	    e) < 0)
		return -1;
	q.seconds = t.seconds;
	q.words = t.words;
	script_result_init(&r);
	ret = extract_script.write(&q, &r, e);
	if (ret == 0)
		strbuf_add(out, r.markdown.buf, r.markdown.len);
	script_result_release(&r);
	return ret;
}

static int
find_script(const struct project *p, struct strbuf *out, const char **from,
    struct err *e)
{
	struct strbuf brief = STRBUF_INIT, source = STRBUF_INIT;
	int ret = read_text(p, "script.md", out, e);

	*from = "script.md";
	if (ret == 0 && is_blank(out)) {
		strbuf_reset(out);
		ret = read_text(p, "brief.md", &brief, e);
		if (ret == 0)
			ret = read_text(p, "source.md", &source, e);
		*from = is_blank(&source) ? "brief.md" : "source.md";
		if (ret == 0 && is_blank(&brief) && is_blank(&source))
			ret = err_set(e, EX_DATA, "brief.md: is empty; write "
			    "what to make, or put material into source.md");
		else if (ret == 0)
			ret = write_script(p, &brief, &source, out, e);
	}
	strbuf_release(&brief);
	strbuf_release(&source);
	return ret;
}

static struct node *
scene_of(const struct script_part *part)
{
	struct node *doc = node_new(NODE_MAP), *image;

	node_set_str(doc, "text", part->text);
	if (part->heading)
		node_set_str(doc, "heading", part->heading);
	if (part->say)
		node_set_str(doc, "say", part->say);
	if (part->speaker)
		node_set_str(doc, "speaker", part->speaker);
	if (part->image) {
		image = node_new(NODE_MAP);
		node_set_str(image, "prompt", part->image);
		node_set(doc, "image", image);
	}
	return doc;
}

/* As split-scenes would cut it. */
static struct node *
split(const struct project *p, const struct strbuf *text)
{
	struct script in = SCRIPT_INIT, scenes = SCRIPT_INIT;
	struct pace pace = split_pace(p->language);
	struct node *list = node_new(NODE_LIST);
	size_t i;

	script_parse(text->buf, text->len, &in);
	dialogue_split(&in, node_get(p->settings, "speakers"));
	split_script(&in, split_rule_for(p->platform), &pace, &scenes);
	for (i = 0; i < scenes.nr; i++)
		node_push(list, scene_of(&scenes.v[i]));
	script_release(&in);
	script_release(&scenes);
	return list;
}

int
preview_script(struct project *p, const char **from, struct err *e)
{
	struct strbuf text = STRBUF_INIT;
	struct node *list;
	int ret = find_script(p, &text, from, e);

	if (ret == 0) {
		list = split(p, &text);
		if (list->nr)
			project_lend_scenes(p, list);
		else
			ret = err_set(e, EX_DATA, "%s: there is nothing to "
			    "speak in it; write a paragraph", *from);
		node_free(list);
	}
	strbuf_release(&text);
	return ret;
}
