/*
 * What the module, translated to C, stands on: memory, a table, and the end of a call
 * that goes wrong. It is our own, in place of the one that comes with wasm2c, because
 * that one ends the program when there is no memory, or installs signal handlers.
 */
#ifndef TILLWISE_RUNTIME_H
#define TILLWISE_RUNTIME_H

#include "wasm-rt.h"

/* Pages of 64 KiB that an instance may have. */
#define MAX_PAGES 256

/*
 * Calls f(arg) so that a trap of the module within it ends f, and not the program.
 * Gives NULL, or what the trap was. Memory that f has got stays as it is, so that
 * f must not own any.
 */
const char *run_trapping(void (*f)(void *), void *arg);

#endif
