/* psql.h - psql's meta-commands in foreign SQL: an allow-list. What would run a program, write a
 * file or connect elsewhere is never done, and reported. */
#ifndef DBDOC_SOURCE_PSQL_H
#define DBDOC_SOURCE_PSQL_H

#include "source/loader.h"

/* One file on its way through the loader. */
struct psql_file {
    struct loader *loader;
    struct script *script;
    const char *name; /* below the loader's root */
    GArray *branches; /* enum branch: the \if … that are open */
    bool quit;        /* \q */
};

void psql_file_begin(struct psql_file *file);
void psql_file_end(struct psql_file *file);

/* At the end of the file: an \if that was not closed is an error. */
bool psql_file_check_end(struct psql_file *file, const char *shown, GError **error);

/* Whether statements count here: not within a branch of \if that is not taken. */
bool psql_is_active(const struct psql_file *file);

/* Does the command; `text` is what stands behind the backslash. */
bool psql_command(struct psql_file *file, const char *text, const struct place *place,
                  GError **error);

#endif
