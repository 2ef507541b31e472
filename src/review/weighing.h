/* weighing.h - what the files of compatibility.h share among themselves. */
#ifndef DBDOC_REVIEW_WEIGHING_H
#define DBDOC_REVIEW_WEIGHING_H

#include "elixir/schema_module.h"
#include "review/compatibility.h"

struct weighing {
    struct arena *arena;
    const struct model *before;
    const struct model *after;
    const GPtrArray *changes;
    GHashTable *origins; /* struct object after → before, of those with another name */
    GArray *breaks;
};

struct compatibility_break *weighing_add(struct weighing *weighing, enum break_kind kind,
                                         enum strength strength, const struct object *object);
void break_set_code(struct compatibility_break *item, const struct schema_module *module,
                    const struct code_place *place);

/* The table as it was; NULL: it is new. */
const struct table *weighing_origin(const struct weighing *weighing, const struct object *table);

/* What a change of a column, of an enum type, of a constraint or index means for old code. */
void weigh_column(struct weighing *weighing, const struct change *change);
void weigh_labels(struct weighing *weighing, const struct change *change);
void weigh_rule(struct weighing *weighing, const struct change *change);

#endif
