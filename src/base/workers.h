/* workers.h - many independent steps shared among forked processes. What a step changes in memory
 * is lost with its process: it writes files, and answers with one number. */
#ifndef DBDOC_WORKERS_H
#define DBDOC_WORKERS_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

struct work {
    const char *title; /* for the status line: "Writing pages" */
    size_t count;
    /* Step `i`, in a child process or, with one job, in this one. */
    bool (*step)(void *data, size_t i, unsigned *answer, GError **error);
    void *data;
};

/* Processors that this process may use. */
unsigned workers_available(void);

/* Runs all steps and adds up their answers. The first failure or signal ends all of them; then
 * false. */
bool workers_run(const struct work *work, unsigned jobs, size_t *sum, GError **error);

#endif
