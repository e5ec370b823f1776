/*
 * A process shuts itself in before it works on a stranger's bytes, so that
 * whoever takes it over has gained nothing: it can use what it holds open, a
 * bounded piece of memory and of time, and ask the kernel for nothing else.
 */
#ifndef BASE_JAIL_H
#define BASE_JAIL_H

#include <stdint.h>

/*
 * For a child that has nothing open but what it needs, for good: at most bytes
 * of memory over what it has, seconds of processor time, no further file, no
 * byte written to one, no core, and, where the kernel knows seccomp, no system
 * call beyond reading, writing, memory, clocks and exit; any other fails with
 * EPERM. Standard input, output and error are closed. Under the address
 * sanitizer, which needs more, memory, those three and calls are left alone.
 */
void jail_enter(uint64_t bytes, unsigned seconds);

#endif
