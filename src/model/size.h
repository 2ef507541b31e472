/* size.h - rows and bytes of a table with its partitions, as far as they were observed. */
#ifndef DBDOC_MODEL_SIZE_H
#define DBDOC_MODEL_SIZE_H

#include "model/model.h"

#include <stdint.h>

/* NUMBER_UNKNOWN where nothing was observed. Bytes. */
struct table_size {
    int64_t rows;
    int64_t table;   /* with TOAST */
    int64_t indexes; /* all of them */
};

/* Of a table or materialized view; a partitioned table is the sum of its partitions. */
struct table_size model_table_size(const struct model *model, const void *relation);

/* Of an index; a partitioned index is the sum of its parts. */
int64_t model_index_size(const struct model *model, const struct index *index);
int64_t model_index_scans(const struct model *model, const struct index *index);

/* a + b, where an unknown number adds nothing. */
int64_t known_sum(int64_t a, int64_t b);

#endif
