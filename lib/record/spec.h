/*
 * How a provider is named in settings and on command lines: "NAME" or
 * "NAME:MODEL", as in "flite", "home:llama3", "exec:COMMAND".
 */
#ifndef RECORD_SPEC_H
#define RECORD_SPEC_H

/* Does spec name this provider? NULL names none. */
int spec_is(const char *spec, const char *name);

/* What stands after the colon, in spec; NULL without one. */
const char *spec_model(const char *spec);

#endif
