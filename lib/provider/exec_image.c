/* exec: for pictures; alone, so that a program links only its own stage. */
#include "provider/exec.h"

#include <stdio.h>
#include <string.h>

#include "provider/exec_call.h"

static int
fetch_image(const struct image_request *q, struct strbuf *reply,
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
	return exec_run(&c, reply, e);
}

static int
parse_image(const struct image_request *q, const struct strbuf *reply,
    struct image_result *r, struct err *e)
{
	char name[128];

	image_result_init(r);
	snprintf(name, sizeof(name), "exec:%.100s", q->model ? q->model : "");
	r->extension = exec_kind(reply);
	if (!r->extension)
		return err_set(e, EX_DATA, "%s: its output is no picture (PNG, "
		    "JPEG, WebP); correct the command", name);
	if (picture_decode(&r->picture, name, reply->buf, reply->len, e) < 0)
		return -1;
	strbuf_add(&r->bytes, reply->buf, reply->len);
	r->source_type = "trainedAlgorithmicMedia";
	snprintf(r->version, sizeof(r->version), "exec");
	return 0;
}

const struct image_provider exec_image = {
	"exec", 1, NULL, fetch_image, parse_image
};
