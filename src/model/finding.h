/* finding.h - one thing that is wrong, missing or worth knowing, and what proves it. */
#ifndef DBDOC_FINDING_H
#define DBDOC_FINDING_H

#include "catalog/catalog.h"
#include "migrations/migration.h"

#include <glib.h>

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

enum strength {
    STRENGTH_PROVED,   /* follows from the catalog or a rehearsal */
    STRENGTH_OBSERVED, /* statistics of one server and one window */
    STRENGTH_HINT,     /* names and habits */
};

struct evidence {
    const char *label; /* "Foreign key" */
    const char *value; /* "posts_author_id_fkey FOREIGN KEY (author_id) REFERENCES …" */
};

struct query; /* workload/workload.h */

/* All texts are clean and without markup; `code` spans in them are written with backquotes. */
struct finding {
    const char *slug;
    enum severity severity;
    enum strength strength;
    const struct object *object;       /* where it is; NULL when it is about a file alone */
    const struct migration *migration; /* likewise; never with an object */
    const struct query *query;         /* that it is also about; NULL for none */
    const char *relation;      /* it matters as far as this one has rows and users; NULL for none */
    const char *file;          /* relative to the root; NULL for none */
    unsigned line;             /* 0: none */
    const char *title;         /* "Foreign key comments.author_id has no index" */
    const char *detail;        /* what happens to people; NULL for none */
    const char *advice;        /* what to do next, one sentence */
    const char *fix_sql;       /* NULL for none */
    const char *fix_migration; /* the same as an Ecto migration's body; NULL for none */
    size_t evidence_count;
    struct evidence *evidence; /* room for the next power of two */
    const char *accepted;      /* the reason; NULL: not accepted */
    const char *until;         /* the acceptance ends then; NULL: for good */
};

extern const char *const severity_words[]; /* "note", "warning", "error" */
extern const char *const strength_words[]; /* "proved", "observed", "hint" */

#endif
