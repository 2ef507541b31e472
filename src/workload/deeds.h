/* deeds.h - what a unit of work does with transactions. */
#ifndef DBDOC_WORKLOAD_DEEDS_H
#define DBDOC_WORKLOAD_DEEDS_H

#include "workload/units.h"

enum { APART_MOST = 8 };

struct told_write {
    const struct query *query;
    struct call_site site;
};

/* Of one unit. */
struct transactions {
    bool open;
    bool changes; /* the open one does more than read */
    unsigned statements;
    double ms;
    struct told_write first; /* of the open one */
    size_t apart_count;      /* writes outside of a transaction, each query once */
    struct told_write apart[APART_MOST];
};

void transactions_begin(struct transactions *transactions, const struct known *known);
void transactions_take(struct transactions *transactions, const struct known *known,
                       const struct log_event *event, const struct call_site *site);
void transactions_commit(struct transactions *transactions, enum unit_kind unit,
                         struct gathering *gathering);
void transactions_roll_back(struct transactions *transactions);

/* The unit is over. */
void transactions_finish(struct transactions *transactions, enum unit_kind unit,
                         struct gathering *gathering);

/* Whether a statement only reads rows, as far as its text shows. */
bool query_only_reads(const struct query *query);

/* Deeds of all logs on their way; as repetitions_keep. */
GHashTable *deeds_new(void);
void deeds_keep(struct gathering *gathering, GHashTable *moved, struct workload *workload);

#endif
