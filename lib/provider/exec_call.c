#include "provider/exec_call.h"

#include <string.h>

#include "base/spawn.h"
#include "store/endpoint.h"

void
exec_put(struct exec_call *c, const char *name, const char *value)
{
	strvec_pushf(&c->env, "STUDIO_%s=%s", name, value ? value : "");
}

void
exec_put_num(struct exec_call *c, const char *name, double d)
{
	strvec_pushf(&c->env, "STUDIO_%s=%.10g", name, d);
}

void
exec_put_options(struct exec_call *c, const struct node *options)
{
	struct strbuf name = STRBUF_INIT;
	const char *s;
	size_t i;

	for (i = 0; options && i < options->nr; i++) {
		strbuf_reset(&name);
		strbuf_addstr(&name, "OPTION_");
		for (s = options->kid[i]->key; *s; s++)
			if (*s >= 'a' && *s <= 'z')
				strbuf_addch(&name, *s - 'a' + 'A');
			else if ((*s >= 'A' && *s <= 'Z') ||
			    (*s >= '0' && *s <= '9'))
				strbuf_addch(&name, *s);
			else
				strbuf_addch(&name, '_');
		exec_put(c, name.buf, options->kid[i]->str);
	}
	strbuf_release(&name);
}

/* What an exit status means, with the command's own words. */
static int
failed(const struct exec_call *c, int status, const struct strbuf *said,
    struct err *e)
{
	static const int known[] = { EX_REFUSED, EX_LATER, EX_NOQUOTA,
		EX_CONF };
	size_t n = strcspn(said->buf, "\r\n"), i;
	int code = EX_FAILED;

	if (status == 127)
		return err_set(e, EX_CONF, "exec:%s: command not found; "
		    "install it, or correct the name", c->command);
	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (status == known[i])
			code = status;
	if (n > 300)
		n = 300;
	return err_set(e, code, "exec:%s: exit %d%s%.*s; run it by hand to see",
	    c->command, status, n ? ": " : "", (int)n, said->buf);
}

int
exec_run(struct exec_call *c, struct strbuf *reply, struct err *e)
{
	const char *argv[] = { "sh", "-c", c->command, NULL };
	struct strbuf said = STRBUF_INIT;
	struct spawn s = SPAWN_INIT;
	int status, ret = 0;

	s.argv = argv;
	s.env = &c->env;
	s.in = c->in;
	s.in_len = strlen(c->in);
	s.out = reply;
	s.out_limit = c->limit;
	s.errout = &said;
	endpoint_hide_variables();
	status = spawn_run(&s, e);
	if (status < 0)
		ret = err_prefix(e, "exec:%s", c->command);
	else if (status > 0)
		ret = failed(c, status, &said, e);
	else if (!reply->len)
		ret = err_set(e, EX_DATA, "exec:%s: gave nothing on stdout; "
		    "run it by hand to see", c->command);
	strbuf_release(&said);
	strvec_release(&c->env);
	return ret;
}

struct exec_call
exec_begin(const char *command, const char *stage, const char *language,
    const char *in, size_t limit)
{
	struct exec_call c = { command ? command : "", in, limit, STRVEC_INIT };

	exec_put(&c, "STAGE", stage);
	exec_put(&c, "LANGUAGE", language);
	return c;
}
