/* export.h - the schema in languages of other tools. Every writer escapes for its language; what a
 * language cannot say is told in a comment of it. */
#ifndef DBDOC_REPORT_EXPORT_H
#define DBDOC_REPORT_EXPORT_H

#include "model/model.h"

#include <glib.h>

/* Takes over a file of an export that is a folder; false ends the export. */
typedef bool export_add(const char *path, const GString *text, void *data, GError **error);

/* A language; `write` returns the text of the whole schema, to be freed with g_string_free. Where
 * it is NULL, the export is a folder of files, each of which `write_files` adds. */
struct export_format {
    const char *word; /* as people name it: "dbml" */
    GString *(*write)(const struct model *model);
    bool (*write_files)(const struct model *model, export_add *add, void *data, GError **error);
};

extern const struct export_format export_formats[]; /* ends with a NULL word */

/* ---- for the writers ---- */

GString *export_dbml(const struct model *model);
GString *export_mermaid(const struct model *model);
GString *export_dot(const struct model *model);
GString *export_tbls(const struct model *model);
GString *export_comments(const struct model *model);
GString *export_plantuml(const struct model *model);
GString *export_llms(const struct model *model);
bool export_markdown(const struct model *model, export_add *add, void *data, GError **error);

/* A relation in compact Markdown, below a heading whose marks are `level`: "### ". */
void export_markdown_table(GString *target, const struct model *model, const struct table *table,
                           const char *level);
void export_markdown_view(GString *target, const struct model *model, const struct view *view,
                          const char *level);

/* The summary of what people wrote about the object, between two texts; nothing when there is none.
 */
void export_markdown_summary(GString *target, const struct model *model, const void *object,
                             const char *before, const char *after);

/* A text as files of others may have it: clean, and without passwords. New memory. */
char *export_text(const char *text);

/* What people wrote about the object, the note in a file before the comment, as export_text; NULL
 * for nothing. */
char *export_note(const struct model *model, const void *object);

/* Tables as the site has them: partitions are folded under their root. */
typedef void export_visit(GString *target, const struct model *model, const struct table *table);
void export_tables(GString *target, const struct model *model, export_visit *visit);

/* The table that a foreign key points to; NULL when it is no foreign key, or the table is not
 * written. */
const struct table *export_target(const struct constraint *constraint);

/* Appends how many rows may stand at its two ends, in crow's feet: " ||--o{ ". */
void export_append_ends(GString *target, const struct constraint *foreign_key);

/* Whether a foreign key has the column. */
bool export_is_foreign(const struct column *column);

/* The number of a table among the catalog's, which stands for it where names cannot. */
size_t export_number(const struct model *model, const struct table *table);

/* Appends export_text on one line, whose signs other than letters, digits and `plain` are written
 * by `append`, which takes the sign's code. */
void export_append_coded(GString *target, const char *text, const char *plain,
                         void (*append)(GString *target, gunichar sign));

#endif
