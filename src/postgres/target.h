/* target.h - the inside of struct target; for postgres/ alone. */
#ifndef DBDOC_TARGET_H
#define DBDOC_TARGET_H

#include <glib.h>

struct target {
    GPtrArray *keywords; /* char *, parallel to values */
    GPtrArray *values;
};

#endif
