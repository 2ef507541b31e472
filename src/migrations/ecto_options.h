/* ecto_options.h - the structs of Ecto.Migration and the checks of its options. */
#ifndef DBDOC_ECTO_OPTIONS_H
#define DBDOC_ECTO_OPTIONS_H

#include "migrations/ecto_runner.h"

/* A member of a struct. */
struct ecto_field {
    const char *name;
    const char *fallback; /* an atom; "[]" for an empty list */
    unsigned since;       /* the version that has it */
};

struct ecto_fields {
    const char *module;
    const char *target;              /* the member that the first argument fills */
    const struct ecto_field *fields; /* ends with a NULL name */
};

extern const struct ecto_fields ecto_table_fields;
extern const struct ecto_fields ecto_index_fields;
extern const struct ecto_fields ecto_reference_fields;
extern const struct ecto_fields ecto_constraint_fields;

/* The struct of the first argument and the options; an unknown option raises KeyError. */
const struct value *ecto_struct(struct evaluation *evaluation, const struct call *call,
                                const struct ecto_fields *fields, const struct value *options);

/* What a reference keeps of the options that were given: its prefix. Before 3.12 a prefix of nil
 * was none: the table's was taken. */
const struct value *ecto_reference_options(struct evaluation *evaluation,
                                           const struct value *given);

/* Each false when it raised. */
bool ecto_check_actions(struct evaluation *evaluation, const struct call *call,
                        const struct value *reference);
bool ecto_check_type(struct evaluation *evaluation, const struct call *call,
                     const struct value *type);

/* Remarks on the options of a column that Ecto ignores; scale needs precision. */
bool ecto_check_column(struct evaluation *evaluation, const struct call *call,
                       const struct value *name, const struct value *options);

#endif
