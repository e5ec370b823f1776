/*
 * Kernel locks on files. They vanish with the process, however it ends; the
 * file stays and means nothing.
 */
#ifndef BASE_LOCK_H
#define BASE_LOCK_H

#include "base/error.h"

/* Take an exclusive lock on path (made when missing, with its folders).
 * With wait 0, a lock held elsewhere gives -1 with e->code EX_LATER; else it
 * waits. Returns a descriptor; closing it lets go. */
int lock_take(const char *path, int wait, struct err *e);

/* The same for one part of the file (0 to 2^62), however many there are; waits.
 * A file and a descriptor do for all of them. */
int lock_part(const char *path, unsigned long long part, struct err *e);

/* Take one of n slots dir/slot.0 .. slot.n-1, waiting until one is free; who
 * came first goes first. The one whose turn it is has the lock dir/turn, and
 * the others sleep on it. Returns a descriptor; closing it lets go. */
int lock_slot(const char *dir, int n, struct err *e);

#endif
