/*
 * Errors, and what programs say to people.
 *
 * Library functions return 0 (or a useful non-negative value) on success and
 * -1 on failure, having filled a struct err: the exit code the program should
 * end with, and one line that names the file, the cause and the next thing to
 * do. Only programs print and exit (die, die_err). The one exception: an
 * allocation that fails ends the program (see mem.h).
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdarg.h>

/* Exit codes are interface; the man pages list them. */
enum exit_code {
	EX_DONE = 0,     /* done, or already fresh */
	EX_FAILED = 1,   /* failed */
	EX_BADUSE = 2,   /* usage */
	EX_DATA = 65,    /* bad data in a file the user can mend */
	EX_REFUSED = 69, /* a provider refused */
	EX_IO = 74,      /* read, write, disk full */
	EX_LATER = 75,   /* try again later, or needs a decision */
	EX_NOQUOTA = 77, /* key, quota or cost ceiling */
	EX_CONF = 78     /* configuration, trust */
};

#define ERR_MAX 1024

struct err {
	int code;          /* enum exit_code; 0 when no error is set */
	char msg[ERR_MAX]; /* one line, no trailing newline */
};

#define ERR_INIT { 0, "" }

/* Set *e (ignored when NULL) and return -1, so that callers can write
 * "return err_set(e, EX_DATA, ...)". A too long message is cut at ERR_MAX. */
int err_set(struct err *e, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* As err_set with code EX_IO and ": " strerror(errno) appended. ENOSPC and
 * EDQUOT say what to do. */
int err_errno(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Put "prefix: " before the message already in *e; returns -1. */
int err_prefix(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Put more behind the message already in *e. */
void err_append(struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#ifdef __clang_analyzer__
/* The analyser does not see into error.c, where these return -1. */
#define err_set(...) ((void)err_set(__VA_ARGS__), -1)
#define err_errno(...) ((void)err_errno(__VA_ARGS__), -1)
#define err_prefix(...) ((void)err_prefix(__VA_ARGS__), -1)
#endif

/* The name before every message; the default is "studio". Not copied. */
void set_program_name(const char *name);

/* One line to stderr, "name: message"; control characters and broken UTF-8
 * are shown as \xNN, so that no input can drive the terminal. */
void warning(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The same for each line of lines, after "about: " unless about is "". */
void warning_lines(const char *about, const char *lines);

/* warning(), then exit(code). Programs only. */
void die(int code, const char *fmt, ...)
	__attribute__((noreturn, format(printf, 2, 3)));
void die_err(const struct err *e) __attribute__((noreturn));

#endif
