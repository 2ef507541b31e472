/* observe.c - the difference between two looks at a transaction. */
#include "rehearsal/observe.h"

#include "base/embedded.h"
#include "postgres/connection.h"

#include <string.h>

/* What was known of a relation at the last look. */
struct seen {
    const char *name;
    enum lock_mode mode;
    guint64 file;
    gint64 scans;
};

struct observer {
    struct arena *arena;
    GHashTable *relations; /* OID → struct seen */
    guint announced;       /* rewrites that were reported already */
};

struct columns {
    int fact;
    int relation;
    int name;
    int value;
};

static gpointer
key_of(const char *oid)
{
    return GSIZE_TO_POINTER(g_ascii_strtoull(oid, NULL, 10));
}

static enum lock_mode
mode_of(const char *internal)
{
    for (size_t i = LOCK_ACCESS_SHARE; i < LOCK_MODES; i++)
        if (g_str_equal(internal, lock_words[i].internal))
            return (enum lock_mode)i;
    return LOCK_NONE;
}

static bool
ask(struct connection *session, struct rows **rows, GError **error)
{
    return connection_query(session, "SELECT * FROM pg_catalog.dbdoc_observe()", NULL, 0, rows,
                            error);
}

static struct columns
columns_of(const struct rows *rows)
{
    return (struct columns){
        .fact = rows_column(rows, "fact"),
        .relation = rows_column(rows, "relation"),
        .name = rows_column(rows, "name"),
        .value = rows_column(rows, "value"),
    };
}

struct observer *
observer_begin(struct arena *arena, struct connection *session, GError **error)
{
    struct rows *rows = NULL;
    if (!ask(session, &rows, error))
        return NULL;
    const struct columns columns = columns_of(rows);
    struct observer *observer = g_new0(struct observer, 1);
    observer->arena = arena;
    observer->relations = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    for (size_t i = 0; i < rows_count(rows); i++) {
        if (!g_str_equal(rows_value(rows, i, columns.fact), "file"))
            continue;
        struct seen *seen = g_new0(struct seen, 1);
        seen->name = arena_intern(arena, rows_value(rows, i, columns.name));
        seen->file = g_ascii_strtoull(rows_value(rows, i, columns.value), NULL, 10);
        g_hash_table_insert(observer->relations, key_of(rows_value(rows, i, columns.relation)),
                            seen);
    }
    rows_free(rows);
    return observer;
}

void
observer_end(struct observer *observer)
{
    if (observer == NULL)
        return;
    g_hash_table_unref(observer->relations);
    g_free(observer);
}

void
observer_forget_locks(struct observer *observer)
{
    GHashTableIter iterator;
    gpointer value = NULL;
    if (observer == NULL)
        return;
    g_hash_table_iter_init(&iterator, observer->relations);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        ((struct seen *)value)->mode = LOCK_NONE;
    observer->announced = 0;
}

void
observer_forget(struct observer *observer)
{
    GHashTableIter iterator;
    gpointer value = NULL;
    observer_forget_locks(observer);
    if (observer == NULL)
        return;
    g_hash_table_iter_init(&iterator, observer->relations);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        ((struct seen *)value)->scans = 0;
}

/* Facts of one statement on their way into the arena. */
struct findings_of {
    GArray *locks;
    GArray *rewrites;
    GArray *scans;
};

static void
note_lock(GArray *locks, struct seen *seen, enum lock_mode mode)
{
    if (mode <= seen->mode)
        return;
    seen->mode = mode;
    for (guint i = 0; i < locks->len; i++) {
        struct lock_evidence *lock = &((struct lock_evidence *)(void *)locks->data)[i];
        if (lock->relation == seen->name) {
            lock->mode = mode;
            return;
        }
    }
    const struct lock_evidence lock = {seen->name, mode};
    g_array_append_val(locks, lock);
}

static void
note_scan(GArray *scans, struct seen *seen, gint64 count)
{
    bool counts_on = count >= seen->scans; /* else the server began anew */
    const struct scan_evidence scan = {seen->name, counts_on ? count - seen->scans : count};
    if (scan.scans > 0)
        g_array_append_val(scans, scan);
    seen->scans = count;
}

static const struct {
    unsigned bit;
    const char *words;
} rewrite_reasons[] = {
    {1, "its persistence changes"},
    {2, "each row gets a default that has to be computed"},
    {4, "a column's type changes"},
    {8, "its access method changes"},
};

/* What ALTER TABLE announced about the relation since the last look. */
static const char *
rewrite_reason(struct observer *observer, const struct rows *rows, const struct columns *columns,
               gpointer relation)
{
    guint announced = 0;
    for (size_t i = 0; i < rows_count(rows); i++) {
        if (!g_str_equal(rows_value(rows, i, columns->fact), "rewrite") ||
            announced++ < observer->announced ||
            key_of(rows_value(rows, i, columns->relation)) != relation)
            continue;
        guint64 bits = g_ascii_strtoull(rows_value(rows, i, columns->value), NULL, 10);
        for (size_t k = 0; k < G_N_ELEMENTS(rewrite_reasons); k++)
            if ((bits & rewrite_reasons[k].bit) != 0)
                return rewrite_reasons[k].words;
    }
    return "TRUNCATE, CLUSTER, VACUUM FULL or REFRESH gives it a new file";
}

static guint
count_announced(const struct rows *rows, const struct columns *columns)
{
    guint announced = 0;
    for (size_t i = 0; i < rows_count(rows); i++)
        announced += g_str_equal(rows_value(rows, i, columns->fact), "rewrite");
    return announced;
}

static void
note_row(struct observer *observer, const struct rows *rows, const struct columns *columns,
         size_t row, struct findings_of *found)
{
    gpointer key = key_of(rows_value(rows, row, columns->relation));
    struct seen *seen = g_hash_table_lookup(observer->relations, key);
    const char *fact = rows_value(rows, row, columns->fact);
    const char *value = rows_value(rows, row, columns->value);
    if (seen == NULL)
        return;
    if (g_str_equal(fact, "lock")) {
        note_lock(found->locks, seen, mode_of(value));
    } else if (g_str_equal(fact, "scan")) {
        note_scan(found->scans, seen, g_ascii_strtoll(value, NULL, 10));
    } else if (g_str_equal(fact, "file") && g_ascii_strtoull(value, NULL, 10) != seen->file) {
        seen->file = g_ascii_strtoull(value, NULL, 10);
        const struct rewrite_evidence rewrite = {seen->name,
                                                 rewrite_reason(observer, rows, columns, key)};
        g_array_append_val(found->rewrites, rewrite);
    }
}

static gint
compare_locks(gconstpointer a, gconstpointer b)
{
    const struct lock_evidence *first = a;
    const struct lock_evidence *second = b;
    return first->mode != second->mode ? (int)second->mode - (int)first->mode
                                       : strcmp(first->relation, second->relation);
}

static gint
compare_scans(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct scan_evidence *)a)->relation,
                  ((const struct scan_evidence *)b)->relation);
}

static gint
compare_rewrites(gconstpointer a, gconstpointer b)
{
    return strcmp(((const struct rewrite_evidence *)a)->relation,
                  ((const struct rewrite_evidence *)b)->relation);
}

static void
keep_locks(struct observer *observer, GArray *locks, struct statement_evidence *evidence)
{
    g_array_sort(locks, compare_locks);
    evidence->lock_count = locks->len;
    evidence->locks = arena_keep(observer->arena, locks);
}

void
observer_take(struct observer *observer, const struct rows *rows,
              struct statement_evidence *evidence)
{
    const struct columns columns = columns_of(rows);
    struct findings_of found = {
        g_array_new(FALSE, FALSE, sizeof(struct lock_evidence)),
        g_array_new(FALSE, FALSE, sizeof(struct rewrite_evidence)),
        g_array_new(FALSE, FALSE, sizeof(struct scan_evidence)),
    };
    evidence->sight = SIGHT_TRANSACTION;
    for (size_t i = 0; i < rows_count(rows); i++)
        note_row(observer, rows, &columns, i, &found);
    observer->announced = count_announced(rows, &columns);
    keep_locks(observer, found.locks, evidence);
    g_array_sort(found.rewrites, compare_rewrites);
    evidence->rewrite_count = found.rewrites->len;
    evidence->rewrites = arena_keep(observer->arena, found.rewrites);
    g_array_sort(found.scans, compare_scans);
    evidence->scan_count = found.scans->len;
    evidence->scans = arena_keep(observer->arena, found.scans);
    g_array_unref(found.locks);
    g_array_unref(found.rewrites);
    g_array_unref(found.scans);
}

bool
observer_look(struct observer *observer, struct connection *session,
              struct statement_evidence *evidence, GError **error)
{
    struct rows *rows = NULL;
    if (observer == NULL)
        return true;
    if (!ask(session, &rows, error))
        return false;
    observer_take(observer, rows, evidence);
    rows_free(rows);
    return true;
}

/* Row exclusive is what INSERT, UPDATE and DELETE take. A snapshot of its own is what the last wait
 * of CREATE INDEX CONCURRENTLY is for. Nobody waits for a lock: the statement may be next in line.
 */
struct connection *
observer_block(const struct observer *observer, const struct cluster *cluster, const char *database,
               GError **error)
{
    static const char write[] =
        "DO $$ DECLARE t pg_catalog.text; BEGIN "
        "FOR t IN SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) "
        "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
        "WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' "
        "AND n.nspname <> 'information_schema' "
        "AND pg_catalog.has_table_privilege(c.oid, 'INSERT') "
        "LOOP BEGIN EXECUTE 'LOCK TABLE ONLY ' || t || ' IN ROW EXCLUSIVE MODE NOWAIT'; "
        "EXCEPTION WHEN lock_not_available THEN NULL; END; END LOOP; END $$";
    if (observer == NULL || g_hash_table_size(observer->relations) == 0)
        return NULL;
    struct connection *blocker = cluster_connect(cluster, database, error);
    static const char *const steps[] = {"SET search_path = ''",
                                        "BEGIN ISOLATION LEVEL REPEATABLE READ", write};
    bool done = blocker != NULL;
    for (size_t i = 0; done && i < G_N_ELEMENTS(steps); i++)
        done = connection_query(blocker, steps[i], NULL, 0, NULL, error);
    if (done)
        return blocker;
    connection_close(blocker);
    return NULL;
}

/* The locks of a statement that waits, with those of its earlier waits. */
static void
add_locks(struct observer *observer, const struct rows *rows, struct statement_evidence *evidence)
{
    int relation = rows_column(rows, "relation");
    int mode = rows_column(rows, "mode");
    GArray *locks = g_array_new(FALSE, FALSE, sizeof(struct lock_evidence));
    g_array_append_vals(locks, evidence->locks, (guint)evidence->lock_count);
    for (size_t i = 0; i < rows_count(rows); i++) {
        struct seen *seen = g_hash_table_lookup(observer->relations,
                                                key_of(rows_value(rows, i, relation)));
        if (seen != NULL)
            note_lock(locks, seen, mode_of(rows_value(rows, i, mode)));
    }
    keep_locks(observer, locks, evidence);
    evidence->sight = SIGHT_WAITING;
    g_array_unref(locks);
}

static void
add_wait(struct observer *observer, const char *about, struct statement_evidence *evidence)
{
    g_autoptr(GPtrArray) waits = g_ptr_array_new();
    for (size_t i = 0; i < evidence->waits.count; i++)
        g_ptr_array_add(waits, (gpointer)(guintptr)evidence->waits.items[i]);
    g_ptr_array_add(waits, (gpointer)(guintptr)arena_intern(observer->arena, about));
    evidence->waits = names_keep(observer->arena, waits);
}

bool
observer_peek(struct observer *observer, const struct cluster *cluster, int process,
              const struct connection *blocker, struct statement_evidence *evidence,
              enum waiting *waiting, GError **error)
{
    const struct embedded *file = embedded_find("src/rehearsal/sql/waiting.sql");
    g_autofree char *parameter = g_strdup_printf("%d %d", process, connection_process(blocker));
    struct rows *rows = NULL;
    g_assert(file != NULL);
    *waiting = WAITS_NOT;
    if (!cluster_ask(cluster, file->text, parameter, &rows, error))
        return false;
    if (rows_count(rows) > 0) { /* it holds something, and waits */
        const char *kind = rows_value(rows, 0, rows_column(rows, "kind"));
        *waiting = g_str_equal(kind, "relation") ? WAITS_FOR_LOCK : WAITS_FOR_SESSION;
        add_locks(observer, rows, evidence);
        add_wait(observer, rows_value(rows, 0, rows_column(rows, "about")), evidence);
    }
    rows_free(rows);
    return true;
}
