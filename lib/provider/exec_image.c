/* exec: for pictures; alone, so that a program links only its own stage. */
#include "provider/exec.h"

#include <stdio.h>

#include "provider/exec_call.h"
#include "provider/image_file.h"

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
	struct strbuf bytes = STRBUF_INIT;
	char name[128];

	image_result_init(r);
	snprintf(name, sizeof(name), "exec:%.100s", q->model ? q->model : "");
	strbuf_add(&bytes, reply->buf, reply->len);
	if (image_file_read(name, &bytes, r, e) < 0)
		return -1;
	snprintf(r->version, sizeof(r->version), "exec");
	return 0;
}

const struct image_provider exec_image = {
	"exec", 1, NULL, fetch_image, parse_image
};
