#include <string.h>

#include "record/sound_spec.h"
#include "render/board_part.h"

static void
add_fact(struct strbuf *o, const struct node *doc, const char *key,
    const char *label)
{
	const char *v = node_str(doc, key, NULL);

	if (!v || !*v)
		return;
	strbuf_addstr(o, label);
	board_text_cut(o, v, 80);
}

static void
made_picture(struct strbuf *o, const struct board_scene *s)
{
	const struct node *doc = s->image->rec.doc;

	strbuf_addstr(o, "<dt>Picture</dt><dd>");
	if (s->s->image_file) {
		strbuf_addstr(o, "Your own file, <span class=\"mono\">");
		board_text(o, s->s->image_file);
		strbuf_addstr(o, "</span></dd>\n");
		return;
	}
	if (s->s->prompt)
		board_text(o, s->s->prompt);
	else
		strbuf_addstr(o, "From the narration");
	strbuf_addstr(o, "<span class=\"how\">");
	board_text(o, node_str(doc, "provider", s->image->provider ?
	    s->image->provider : ""));
	if (strcmp(node_str(doc, "model", ""), node_str(doc, "provider", "")))
		add_fact(o, doc, "model", " ");
	add_fact(o, doc, "seed", ", seed ");
	strbuf_addf(o, ", take %d", s->image->take);
	if (s->take_nr > 1)
		strbuf_addf(o, " of %zu", s->take_nr);
	strbuf_addstr(o, s->image->paid ? ", paid" : ", free");
	strbuf_addstr(o, "</span></dd>\n");
}

static void
made_voice(struct strbuf *o, const struct board_scene *s)
{
	const struct node *doc = s->audio->rec.doc;
	const char *timing = node_str(doc, "timing", NULL);

	if (!doc && !s->audio->media && s->audio->state == STATE_FRESH)
		return; /* a scene without words */
	strbuf_addstr(o, "<dt>Voice</dt><dd>");
	if (s->s->audio_file) {
		strbuf_addstr(o, "Your own file, <span class=\"mono\">");
		board_text(o, s->s->audio_file);
		strbuf_addstr(o, "</span>");
	}
	strbuf_addstr(o, "<span class=\"how\">");
	board_text(o, node_str(doc, "provider", s->audio->provider ?
	    s->audio->provider : ""));
	add_fact(o, doc, "voiceId", " ");
	add_fact(o, doc, "speed", ", speed ");
	if (s->seconds > 0)
		strbuf_addf(o, ", %.1f s", s->seconds);
	if (timing)
		strbuf_addf(o, ", word times %s", !strcmp(timing, "tts") ?
		    "from the voice" : !strcmp(timing, "aligned") ?
		    "aligned" : "estimated");
	strbuf_addstr(o, s->audio->paid ? ", paid" : ", free");
	strbuf_addstr(o, "</span></dd>\n");
}

static void
made_sounds(struct strbuf *o, const struct board_scene *s)
{
	struct sound_spec one;
	size_t i, n = sound_spec_nr(s->s->doc);

	for (i = 0; i < n; i++) {
		sound_spec_read(&one, s->s->doc, i);
		strbuf_addstr(o, "<dt>Sound</dt><dd><span class=\"mono\">");
		board_text(o, one.file);
		strbuf_addf(o, "</span><span class=\"how\">at %.1f s, %+.0f "
		    "dB%s</span></dd>\n", one.at, one.level, one.through ?
		    ", through" : "");
	}
}

static void
record_rows(struct strbuf *o, const char *label, const struct node *doc)
{
	static const char *const key[] = { "request", "sha256",
		"digitalSourceType", "licence", "license", "version" };
	size_t i;
	const char *v;

	for (i = 0; i < sizeof(key) / sizeof(*key); i++) {
		v = node_str(doc, key[i], NULL);
		if (!v)
			continue;
		strbuf_addf(o, "<dt>%s %s</dt><dd class=\"mono\">", label,
		    key[i]);
		board_text_cut(o, v, strlen(v) == 64 ? 16 : 120);
		strbuf_addstr(o, "</dd>");
	}
}

static void
record(struct strbuf *o, const struct board_scene *s)
{
	strbuf_addstr(o, "<details><summary>Record</summary><dl>");
	if (s->s->id) {
		strbuf_addstr(o, "<dt>scene id</dt><dd class=\"mono\">");
		board_text(o, s->s->id);
		strbuf_addstr(o, "</dd>");
	}
	strbuf_addstr(o, "<dt>folder</dt><dd class=\"mono\">scenes/");
	board_text(o, s->s->dir);
	strbuf_addstr(o, "</dd>");
	record_rows(o, "picture", s->image->rec.doc);
	record_rows(o, "voice", s->audio->rec.doc);
	strbuf_addstr(o, "</dl></details>");
}

void
board_made(struct strbuf *o, const struct board *b, size_t i)
{
	const struct board_scene *s = &b->scene[i];

	strbuf_addstr(o, "<div class=\"made\"><dl>");
	if (s->s->notes) {
		strbuf_addf(o, "<dt>Notes</dt><dd lang=\"%s\" dir=\"auto\">",
		    b->project->language);
		board_text(o, s->s->notes);
		strbuf_addstr(o, "</dd>\n");
	}
	made_picture(o, s);
	made_voice(o, s);
	made_sounds(o, s);
	strbuf_addstr(o, "</dl>");
	record(o, s);
	strbuf_addstr(o, "</div>\n");
}

static void
take(struct strbuf *o, const struct board_scene *s,
    const struct board_take *t)
{
	strbuf_addf(o, "<li%s>", t->a->used ? " class=\"used\"" : "");
	if (t->picture.len) {
		strbuf_addf(o, "<img src=\"%s\" width=\"%d\" height=\"%d\" "
		    "alt=\"Take %d: ", t->picture.buf, t->w, t->h,
		    t->a->take);
		board_text_cut(o, s->s->prompt ? s->s->prompt : s->s->text,
		    200);
		strbuf_addstr(o, "\">");
	} else {
		strbuf_addstr(o, "<span class=\"none\"></span>");
	}
	strbuf_addf(o, "<p><b>%d</b> ", t->a->take);
	if (t->a->used)
		board_glyph(o, BOARD_FRESH, "used");
	else
		strbuf_addf(o, "<code>use: %d</code>", t->a->take);
	add_fact(o, t->a->rec.doc, "seed", " seed ");
	strbuf_addstr(o, "</p></li>\n");
}

void
board_takes(struct strbuf *o, const struct board_scene *s)
{
	size_t i;

	if (s->take_nr < 2)
		return;
	strbuf_addf(o, "<div class=\"wide takes\"><div class=\"cap\"><h3>"
	    "Takes</h3><p>%zu of the picture. To use another, set "
	    "<span class=\"mono\">image.use</span> in scene.yaml: free.</p>"
	    "</div><ul>\n", s->take_nr);
	for (i = 0; i < s->take_nr; i++)
		take(o, s, &s->take[i]);
	strbuf_addstr(o, "</ul></div>\n");
}
