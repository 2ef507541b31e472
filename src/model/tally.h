/* tally.h - how much there is, and how much of it is explained. */
#ifndef DBDOC_MODEL_TALLY_H
#define DBDOC_MODEL_TALLY_H

#include "model/size.h"

struct tally {
    size_t tables; /* partitions are not counted anywhere */
    size_t described_tables;
    size_t columns;
    size_t described_columns;
    size_t views;
    size_t functions;
    size_t foreign_keys;
    size_t supported_foreign_keys; /* an index finds their rows */
    size_t indexes;
    size_t needing_reason;
    size_t reasons;
    size_t of_libraries; /* tables and views that are not counted above */
    int64_t index_bytes; /* NUMBER_UNKNOWN: not observed */
    int64_t bytes;       /* tables with indexes, with those of libraries */
};

/* Of one schema, or of all for NULL. */
struct tally tally_schema(const struct model *model, const char *schema);

bool index_needs_reason(const struct index *index); /* all but primary keys */

#endif
