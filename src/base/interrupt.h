/* interrupt.h - Ctrl-C and friends become an ordinary error, so that nothing is left behind. */
#ifndef DBDOC_INTERRUPT_H
#define DBDOC_INTERRUPT_H

#include <glib.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>

/* From now on SIGINT, SIGTERM and SIGHUP only set a flag. */
void interrupt_install(void);

/* Back to the signals' default actions; for child processes. */
void interrupt_uninstall(void);

bool interrupt_pending(void);

/* poll() that a signal ends even when it arrived just before; then, as on a timeout, 0. */
int interrupt_poll(struct pollfd *descriptors, size_t count, int milliseconds);

/* False, with FAILURE_INTERRUPTED in *error, once a signal has arrived. */
bool interrupt_check(GError **error);

#endif
