/* exec: for pictures. */
#include "provider/exec.h"

#include "provider/exec_call.h"
#include "provider/image_prompt.h"

#define CHARACTERS_BYTES 100000 /* Linux takes 128 KiB in one variable */

/* Who is in the picture, one a line, and where their pictures are. */
static void
put_characters(struct exec_call *c, const struct image_request *q)
{
	struct strbuf who = STRBUF_INIT, where = STRBUF_INIT;
	const struct node *kid;
	const char *s;
	size_t i;

	for (i = 0; q->characters && i < q->characters->nr; i++) {
		kid = q->characters->kid[i];
		strbuf_addf(&who, "%s%s: ", i ? "\n" : "", kid->key);
		for (s = image_character_text(kid); *s; s++)
			strbuf_addch(&who, *s == '\n' ? ' ' : *s);
	}
	for (i = 0; i < q->reference_nr; i++)
		strbuf_addf(&where, "%s%s", i ? "\n" : "",
		    q->references[i].path);
	exec_put(c, "CHARACTERS", who.len < CHARACTERS_BYTES ? who.buf : "");
	exec_put(c, "REFERENCES", where.buf);
	strbuf_release(&who);
	strbuf_release(&where);
}

static int
ask(const struct image_request *q, struct call *call, struct strbuf *reply,
    struct err *e)
{
	struct exec_call c = exec_begin(q->model, "image", q->language,
	    q->prompt, EXEC_PICTURE_BYTES);

	/* a quarter more than the frame, so that motion has room */
	exec_put_num(&c, "WIDTH", (q->width * 5 + 3) / 4);
	exec_put_num(&c, "HEIGHT", (q->height * 5 + 3) / 4);
	exec_put(&c, "STYLE", q->style);
	exec_put(&c, "TONE", q->tone);
	exec_put(&c, "LOOK", q->look);
	exec_put_num(&c, "TAKE", q->take);
	put_characters(&c, q);
	exec_put_options(&c, q->options);
	(void)call;
	return exec_run(&c, reply, e);
}

const struct image_provider exec_image = {
	.name = "exec", .ask = ask
};
