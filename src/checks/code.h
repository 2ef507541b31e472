/* code.h - what rules about Ecto's schema modules have in common. */
#ifndef DBDOC_CHECKS_CODE_H
#define DBDOC_CHECKS_CODE_H

#include "checks/run.h"
#include "elixir/schema_module.h"

/* Calls `visit` for every module, with its table where rules speak about it; NULL where it is
 * embedded, or its table is not in the catalog. */
void code_each_module(struct check_run *run,
                      void (*visit)(struct check_run *run, const struct schema_module *module,
                                    const struct table *table));

/* The finding is about this place of the source, in this module. */
void code_place(struct check_run *run, struct finding *finding, const struct schema_module *module,
                const struct code_place *place);

/* Code that is newer than the database may count on a migration that is not applied yet: then the
 * finding is a note, and a hint. */
void code_allow_pending(struct check_run *run, struct finding *finding);

/* Whether all that the modules of a table map is known. */
bool code_is_complete(const struct table_modules *modules);

/* The first field of the table's modules that maps the column; NULL when none does. */
const struct schema_field *code_field_of(const struct table_modules *modules, const char *column);

/* Whether Ecto cannot turn the field's type and the column's into each other; false, too, where one
 * of them is not known. */
bool code_field_refuses(const struct schema_field *field, const struct column *column);

/* Whether timestamp-precision-lost or field-not-redacted speaks of the column: then the rule that
 * goes by the catalog alone says nothing of it. */
bool code_loses_precision(const struct check_run *run, const struct column *column);
bool code_shows_secret(const struct check_run *run, const struct column *column);

/* Whether changesets alone keep the column to a list: then validation-only-in-code, which reports
 * it, says so, and the rule that goes by the catalog alone nothing. */
bool code_keeps_list(const struct check_run *run, const struct column *column);
void code_report_list(struct check_run *run, const struct column *column);

/* Whether a foreign key of the table goes from that column. */
const struct constraint *code_foreign_key(const struct table *table, const char *column);

/* Whether an association of a schema module goes from that column: then the rules about
 * associations speak of it. */
bool code_associates(const struct check_run *run, const struct table *table, const char *column);

/* The field's column; the name itself where the module has no such field. */
const char *code_column(const struct schema_module *module, const char *field);

/* Whether the index is unique, and its keys are these fields of the module, in any order. */
bool code_index_is_over(const struct index *index, const struct schema_module *module,
                        const struct names *fields);

/* A row "Blog.Post.title at lib/blog/post.ex:12". */
void code_show_field(struct check_run *run, struct finding *finding,
                     const struct schema_module *module, const struct schema_field *field);

#endif
