/* drift.h - a database against the one that its migrations make. */
#ifndef DBDOC_MODEL_DRIFT_H
#define DBDOC_MODEL_DRIFT_H

#include <glib.h>
#include <stdbool.h>

struct drift {
    const GPtrArray *changes; /* struct change *, from what the migrations make to what is there */
    bool partly;              /* not all of the migrations could be run */
};

#endif
