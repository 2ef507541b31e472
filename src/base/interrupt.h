/* interrupt.h - Ctrl-C and friends become an ordinary error, so that nothing is left behind. */
#ifndef DBDOC_INTERRUPT_H
#define DBDOC_INTERRUPT_H

#include <glib.h>
#include <stdbool.h>

/* From now on SIGINT, SIGTERM and SIGHUP only set a flag. */
void interrupt_install(void);

/* Back to the signals' default actions; for child processes. */
void interrupt_uninstall(void);

bool interrupt_pending(void);

/* False, with FAILURE_INTERRUPTED in *error, once a signal has arrived. */
bool interrupt_check(GError **error);

#endif
