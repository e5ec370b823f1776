/*
 * The script of the faulty server: rules, and in each the steps of a reply.
 *
 *	# a comment
 *	on METHOD PATTERN [times N] [group NAME] [having TEXT]
 *		STEP
 *		...
 *
 * METHOD may be *. PATTERN is matched by fnmatch(3) with the target, that is
 * path and query; * also matches "/". With "times N" the rule answers N
 * requests and is then passed over. Rules of one group are counted together
 * when they are in flight. "having", the last word, takes the rest of the
 * line, which the request's head or body must hold. The first rule that
 * matches and is not used up answers.
 *
 * Steps, each on an indented line of its own, done in order:
 *
 *	status CODE [REASON]    200 OK where there is none
 *	header NAME: VALUE      the line as it is, also an invalid one
 *	headers COUNT           that many more header lines
 *	length N | none         declare Content-Length: N, whatever is sent;
 *	                        none: the body ends with the connection
 *	chunked                 send the body in chunks, one a step
 *	head                    send the head now, not with the first body bytes
 *	text TEXT               bytes of the body
 *	json TEXT               the same; Content-Type is application/json
 *	file PATH               bytes of a file, beside the script
 *	base64 PATH             the same in base64
 *	echo body               the body of the request
 *	zeros N                 N bytes of zero
 *	repeat N TEXT           the text N times; as zeros, never all in memory
 *	badchunk                a chunk header that is none (after chunked)
 *	raw TEXT                these bytes, framed by nothing; where no head
 *	                        was sent, in its place
 *	delay MS                wait
 *	drip N MS               from here on N bytes (65536 at most) every MS
 *	close                   end the connection (FIN)
 *	reset                   end it with RST, when the client's system has
 *	                        what was sent; no error to a client that has
 *	                        all it was promised, so declare more
 *	hang                    be silent until the client goes
 *
 * The head is sent by the first step that sends bytes, or at the end. After
 * close, reset and hang nothing may follow; before any byte was sent they
 * leave the request without a reply. A body that is not as long as declared
 * is followed by FIN. To HEAD only the head is sent. A number may end in k, M
 * or G (1024). TEXT is the rest of the line, with \n \r \t \\ \0 \xHH; in
 * text, json, raw and header it may hold %PORT% (the server's), %N% (the
 * request's number) and %COUNT% (requests this rule answered, with this one).
 * Bodies are never compressed here: serve a file made by gzip(1), with
 * "header Content-Encoding: gzip".
 */
#ifndef SERVER_SCRIPT_H
#define SERVER_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

#define SCRIPT_MAX (1 << 20)      /* bytes of a script */
#define SCRIPT_FILE_MAX (1 << 28) /* bytes of a file it serves */
#define SCRIPT_MS_MAX 600000
#define DRIP_MAX 65536

enum step_kind {
	STEP_STATUS, /* n: code, text: reason or "" */
	STEP_HEADER, /* text: the line */
	STEP_HEADERS,
	STEP_LENGTH, /* n, or LENGTH_NONE */
	STEP_CHUNKED,
	STEP_HEAD,
	STEP_TEXT, /* text, with placeholders */
	STEP_JSON,
	STEP_FILE,   /* text: its bytes, read with the script */
	STEP_BASE64, /* text: encoded already */
	STEP_ECHO,
	STEP_ZEROS,  /* as STEP_REPEAT */
	STEP_REPEAT, /* n: bytes in all, text: a piece, used again and again */
	STEP_BADCHUNK,
	STEP_RAW,
	STEP_DELAY, /* ms */
	STEP_DRIP,  /* n, ms */
	STEP_CLOSE,
	STEP_RESET,
	STEP_HANG
};

#define LENGTH_NONE UINT64_MAX

struct step {
	enum step_kind kind;
	uint64_t n;
	int ms;
	struct strbuf text;
};

struct rule {
	int nr; /* from 1 */
	char *method, *pattern;
	char *group;          /* NULL: alone */
	int flight;           /* number of the first rule of its group */
	struct strbuf having; /* empty: anything */
	uint64_t times;       /* 0: without end */
	uint64_t used;        /* so far; the server counts */
	struct step *step;
	size_t steps, alloc;
};

struct script {
	struct rule *rule;
	size_t rules, alloc;
};

/* Read a script and the files it serves. Errors are EX_BADUSE and begin with
 * file:line. */
int script_read(const char *path, struct script *s, struct err *e);
void script_release(struct script *s);

#endif
