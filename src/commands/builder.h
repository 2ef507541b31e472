/* builder.h - "dbdoc build" in a process of its own: its memory is gone with it, and whatever
 * becomes of it, the one who waits can go on. */
#ifndef DBDOC_BUILDER_H
#define DBDOC_BUILDER_H

#include "commands/command.h"

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

struct builder {
    pid_t process; /* 0: none is running */
    int reports;   /* to be polled for reading; -1: none is running */
    GByteArray *said;
};

/* What became of a build. */
struct build_report {
    char *target;     /* folder of the site; NULL: not known */
    GPtrArray *reads; /* struct read: what the site was made from, as far as it was read */
    GError *error;    /* NULL: it is published */
};

/* Prints what "dbdoc build" prints, but for the error. */
bool builder_start(struct builder *builder, const struct invocation *invocation, GError **error);

/* Takes what there is to read; false when that was all, then finish. */
bool builder_take(struct builder *builder);
void builder_finish(struct builder *builder, struct build_report *report);
void build_report_clear(struct build_report *report);

/* Stops a build, if one is running, and waits until it has cleaned up. */
void builder_stop(struct builder *builder);

#endif
