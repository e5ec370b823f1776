#include "provider/obtain.h"

#include <string.h>

#include "store/paid.h"
#include "store/user.h"

#define RESERVE_SPEECH (8u << 20)
#define RESERVE_IMAGE (16u << 20)
#define RESERVE_SCRIPT (1u << 20)

/* One stage's provider behind the callbacks of a paid call. */
struct stage {
	const void *provider, *request;
	void *result;
	int parsed; /* result is filled */
	int (*fetch)(struct stage *s, struct strbuf *reply, struct err *e);
	int (*parse)(struct stage *s, const struct strbuf *reply,
	    struct err *e);
};

static int
send(void *ctx, struct strbuf *reply, struct err *e)
{
	struct stage *s = ctx;

	return s->fetch(s, reply, e);
}

static int
verify(void *ctx, const struct strbuf *reply, struct err *e)
{
	struct stage *s = ctx;

	if (s->parse(s, reply, e) < 0)
		return -1;
	s->parsed = 1;
	return 0;
}

static int
obtain(struct stage *s, struct obtain *o, const char *kind, size_t reserve,
    struct err *e)
{
	struct strbuf reply = STRBUF_INIT;
	struct paid_call c;
	int ret;

	if (o->project && !strncmp(o->spec, "exec:", 5) &&
	    trust_check(o->spec + 5, e) < 0)
		return -1;
	if (!o->digest) {
		ret = s->fetch(s, &reply, e);
	} else {
		memset(&c, 0, sizeof(c));
		c.project = o->project;
		c.digest = o->digest;
		c.kind = kind;
		c.provider = o->spec;
		c.what = o->what;
		c.expect = reserve;
		c.ctx = s;
		c.send = send;
		c.verify = verify;
		ret = paid_get(&c, &reply, &o->stored, e);
	}
	if (ret == 0 && !s->parsed)
		ret = s->parse(s, &reply, e);
	strbuf_release(&reply);
	return ret;
}

static int
fetch_speech(struct stage *s, struct strbuf *reply, struct err *e)
{
	const struct speech_provider *p = s->provider;

	return p->fetch(s->request, reply, e);
}

static int
parse_speech(struct stage *s, const struct strbuf *reply, struct err *e)
{
	const struct speech_provider *p = s->provider;

	return p->parse(s->request, reply, s->result, e);
}

int
speech_obtain(const struct speech_provider *p, struct obtain *o,
    const struct speech_request *q, struct speech_result *r, struct err *e)
{
	struct stage s = { p, q, r, 0, fetch_speech, parse_speech };

	if (!p->paid)
		return p->speak(q, r, e);
	return obtain(&s, o, "audio", RESERVE_SPEECH, e);
}

static int
fetch_image(struct stage *s, struct strbuf *reply, struct err *e)
{
	const struct image_provider *p = s->provider;

	return p->fetch(s->request, reply, e);
}

static int
parse_image(struct stage *s, const struct strbuf *reply, struct err *e)
{
	const struct image_provider *p = s->provider;

	return p->parse(s->request, reply, s->result, e);
}

int
image_obtain(const struct image_provider *p, struct obtain *o,
    const struct image_request *q, struct image_result *r, struct err *e)
{
	struct stage s = { p, q, r, 0, fetch_image, parse_image };

	if (!p->paid)
		return p->draw(q, r, e);
	return obtain(&s, o, "image", RESERVE_IMAGE, e);
}

static int
fetch_script(struct stage *s, struct strbuf *reply, struct err *e)
{
	const struct script_provider *p = s->provider;

	return p->fetch(s->request, reply, e);
}

static int
parse_script(struct stage *s, const struct strbuf *reply, struct err *e)
{
	const struct script_provider *p = s->provider;

	return p->parse(s->request, reply, s->result, e);
}

int
script_obtain(const struct script_provider *p, struct obtain *o,
    const struct script_request *q, struct script_result *r, struct err *e)
{
	struct stage s = { p, q, r, 0, fetch_script, parse_script };

	if (!p->paid)
		return p->write(q, r, e);
	return obtain(&s, o, "script", RESERVE_SCRIPT, e);
}
