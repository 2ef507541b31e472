/* offload.h - a computation in a forked process: it may crash, leak or never end without harm to
 * this one. */
#ifndef DBDOC_OFFLOAD_H
#define DBDOC_OFFLOAD_H

#include <glib.h>
#include <stdbool.h>

/* Fills `answer` with what compute(data, answer) put there, in a child process that may use the
 * processor for so many seconds and prints nowhere. False when it did not get to its end; answer is
 * empty then. How much else the machine has to do decides nothing. */
bool offload_run(void (*compute)(const void *data, GByteArray *answer), const void *data,
                 unsigned seconds, GByteArray *answer);

/* Whether a computation of this process could not even begin, for want of a process or of
 * descriptors: what was made without its answer is then not what it should be. */
bool offload_was_refused(void);

#endif
