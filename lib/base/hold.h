/*
 * Hold back SIGINT, SIGTERM and SIGHUP while something is received that must
 * not be lost: what was paid for is finished and kept, then the signal does
 * what it does.
 */
#ifndef BASE_HOLD_H
#define BASE_HOLD_H

/* From now on they wait. May be called twice. */
void hold_signals(void);
/* Is one of them waiting? */
int hold_pending(void);
/* Let them through again. Fine without hold_signals. */
void hold_release(void);
/* Sleep so many seconds; less when a held signal comes: then -1. */
int hold_sleep(double seconds);

#endif
