/* indexes.c - indexes that repeat others, and indexes that are not finished. */
#include "checks/families.h"
#include "checks/fix.h"
#include "checks/redundancy.h"

#include <string.h>

static const struct redundancy *
redundancy_of(struct check_run *run)
{
    if (run->redundancy == NULL)
        run->redundancy = redundancy_new(run);
    return run->redundancy;
}

static void
tell_duplicate(struct check_run *run, struct finding *finding, const struct redundant_index *item)
{
    check_detail(run, finding, "Every insert and every update of an indexed column writes both.");
    check_advice(run, finding, "Drop %s.", check_path(run, item->index));
}

static void
tell_prefix(struct check_run *run, struct finding *finding, const struct redundant_index *item)
{
    check_detail(run, finding,
                 "Everything that %s finds, %s finds too, and every insert writes both.",
                 check_path(run, item->index), check_path(run, item->covering));
    check_advice(run, finding,
                 "Drop %s, unless it is much smaller and busy: then keep it and write down why.",
                 check_path(run, item->index));
}

/* How each kind of redundancy reads. */
struct wording {
    const char *verb; /* between the index and the one that covers it */
    void (*tell)(struct check_run *run, struct finding *finding,
                 const struct redundant_index *item);
};
static const struct wording wordings[] = {
    [REDUNDANT_PREFIX] = {"repeats the start of", tell_prefix},
    [REDUNDANT_DUPLICATE_OF_UNIQUE] = {"repeats the unique index", tell_duplicate},
    [REDUNDANT_DUPLICATE] = {"repeats", tell_duplicate},
};

/* (a DESC) beside (a): as long, and the other way round. */
static bool
is_backwards(const struct redundant_index *item)
{
    const struct key_list *keys = &item->index->keys;
    const struct key_list *others = &item->covering->keys;
    return keys->count == others->count && keys->items[0].descending != others->items[0].descending;
}

static void
report_redundant(struct check_run *run, enum redundancy_kind kind)
{
    const struct redundancy *redundancy = redundancy_of(run);
    for (guint i = 0; i < redundancy->items->len; i++) {
        const struct redundant_index *item = &g_array_index(redundancy->items,
                                                            struct redundant_index, i);
        if (item->kind != kind)
            continue;
        const char *verb = is_backwards(item) ? "is the reverse of" : wordings[kind].verb;
        struct finding *finding = check_report(run, item->index, "Index %s %s %s",
                                               check_path(run, item->index), verb,
                                               check_path(run, item->covering));
        wordings[kind].tell(run, finding, item);
        check_evidence(run, finding, "Index", item->index->definition);
        check_evidence(run, finding, "Covered by", item->covering->definition);
        fix_drop_index(run, finding, item->index);
    }
}

void
check_index_prefix_redundant(struct check_run *run)
{
    report_redundant(run, REDUNDANT_PREFIX);
}

void
check_index_duplicate_of_unique(struct check_run *run)
{
    report_redundant(run, REDUNDANT_DUPLICATE_OF_UNIQUE);
}

void
check_index_duplicate(struct check_run *run)
{
    report_redundant(run, REDUNDANT_DUPLICATE);
}

/* What REINDEX CONCURRENTLY leaves behind when it fails: name_ccnew, name_ccold, maybe numbered. */
static bool
is_leftover(const struct index *index)
{
    size_t length = strlen(index->name);
    while (length > 0 && g_ascii_isdigit(index->name[length - 1]))
        length--;
    g_autofree char *stem = g_strndup(index->name, length);
    return g_str_has_suffix(stem, "_ccnew") || g_str_has_suffix(stem, "_ccold");
}

static void
report_unfinished_root(struct check_run *run, const struct index *index)
{
    struct finding *finding = check_report(run, index, "Index %s does not cover every partition",
                                           check_path(run, index));
    finding->severity = SEVERITY_WARNING;
    check_detail(run, finding,
                 "PostgreSQL takes it for finished once each partition has its own "
                 "index and they are attached.");
    check_advice(run, finding,
                 "Create the missing indexes on the partitions, concurrently, and "
                 "attach them with `ALTER INDEX … ATTACH PARTITION`.");
    check_evidence(run, finding, "Index", index->definition);
}

static void
report_invalid(struct check_run *run, const struct index *index)
{
    struct finding *finding = check_report(run, index, "Index %s is not valid",
                                           check_path(run, index));
    check_detail(run, finding,
                 "No query uses it%s. It is what a `CREATE INDEX CONCURRENTLY` leaves behind that "
                 "failed or still runs.",
                 index->ready == NO ? "" : ", but every insert writes it");
    check_evidence(run, finding, "Index", index->definition);
    if (is_leftover(index)) {
        check_advice(run, finding, "Drop it: %s is the leftover of a `REINDEX CONCURRENTLY`.",
                     check_path(run, index));
        fix_drop_index(run, finding, index);
        return;
    }
    bool unique = index->unique == YES;
    if (unique)
        check_advice(run, finding,
                     "If no build is running, drop it, find the rows that are there "
                     "twice, and create it again.");
    else
        check_advice(run, finding, "If no build is running, build it again, or drop it.");
    g_autofree char *up = sql_text("%S INDEX CONCURRENTLY %O", unique ? "DROP" : "REINDEX",
                                   &index->object);
    fix_alone(run, finding, up);
}

static void
visit_invalid(struct check_run *run, const struct index_list *indexes)
{
    for (size_t i = 0; i < indexes->count; i++) {
        const struct index *index = &indexes->items[i];
        const struct table *table = object_table(index);
        if (index->valid != NO && index->ready != NO)
            continue;
        if (table != NULL && table->kind == TABLE_PARTITIONED)
            report_unfinished_root(run, index);
        else
            report_invalid(run, index);
    }
}

/* A partition has its own builds, and its own failures: the root does not stand for it here. */
void
check_index_invalid(struct check_run *run)
{
    const struct catalog *catalog = run->model->catalog;
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (table_is_partition(&catalog->tables.items[i]) ||
            !check_skips_table(run, &catalog->tables.items[i]))
            visit_invalid(run, &catalog->tables.items[i].indexes);
    for (size_t i = 0; i < catalog->views.count; i++)
        visit_invalid(run, &catalog->views.items[i].indexes);
}
