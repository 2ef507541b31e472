/* embedded.h - the files that travel inside the binary: SQL, templates, theme, help texts. */
#ifndef DBDOC_EMBEDDED_H
#define DBDOC_EMBEDDED_H

#include <stddef.h>

struct embedded {
    const char *path; /* as in the source tree: "templates/table.xsl" */
    const char *text; /* NUL-terminated */
    size_t length;
};

/* The file; NULL when there is none of that path. */
const struct embedded *embedded_find(const char *path);

/* All files, in the order of their paths; the last one has a NULL path. */
extern const struct embedded embedded_files[];

#endif
