/* authors.h - who wrote lines of text and when, as the history of git has them. A line belongs to
 * the newest commit that put it, as it stands, into its file: merges and moved paragraphs change
 * nothing, and no file is asked for on its own. */
#ifndef DBDOC_AUTHORS_H
#define DBDOC_AUTHORS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct authorship {
    struct names authors; /* in the order of their lines; names, never addresses of mail */
    const char *date;     /* of the newest line: "2026-03-12" */
};

struct authored_text {
    const char *file; /* below the folder */
    const char *text; /* lines of it; white space and quotes around them do not count */
    const struct authorship *authored; /* NULL: in no commit, or git does not tell */
};

/* Fills `authored` of all texts, with the same few calls of git however many there are. A file that
 * was renamed keeps its authors where both its names are below one of `paths`, which lie below the
 * folder and hold all the files. In a shallow clone, or outside of any, nobody is known. */
void authors_find(struct arena *arena, const char *folder, const struct names *paths,
                  struct authored_text *texts, size_t count);

/* A name as git has it, clean, and without an address of mail that stands in it or in its place:
 * then what is left of the @ is the name. Free with g_free. */
char *author_name(const char *name);

#endif
