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
/* The same without waiting: EX_LATER where another has it. */
int lock_part_now(const char *path, unsigned long long part, struct err *e);
/* Has a program this part? Only looks: nothing is made, nobody waits, and the
 * file may be one that cannot be written. */
int lock_part_is_held(const char *path, unsigned long long part);

/* For who reads what another may sweep: many share it, and lock_take on the
 * same path is refused meanwhile. Waits. */
int lock_share(const char *path, struct err *e);

/* Take one of n slots dir/slot.0 .. slot.n-1, waiting until one is free; who
 * came first goes first. The one whose turn it is has the lock dir/turn, and
 * the others sleep on it. Returns a descriptor; closing it lets go. */
int lock_slot(const char *dir, int n, struct err *e);

#endif
