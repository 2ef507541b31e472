/* locks.c - which tables that are there wait for the new migrations, and how large they are. */
#include "review/brief.h"

#include "base/text.h"
#include "model/size.h"

#include <string.h>

static struct review_lock *
lock_of(GArray *locks, const struct migration_evidence *migration, enum direction direction,
        const char *relation)
{
    for (guint i = 0; i < locks->len; i++) {
        struct review_lock *lock = &g_array_index(locks, struct review_lock, i);
        if (lock->migration == migration && lock->direction == direction &&
            g_str_equal(lock->relation, relation))
            return lock;
    }
    const struct review_lock fresh = {
        .migration = migration,
        .direction = direction,
        .relation = relation,
        .rows = NUMBER_UNKNOWN,
        .bytes = NUMBER_UNKNOWN,
    };
    g_array_append_val(locks, fresh);
    return &g_array_index(locks, struct review_lock, locks->len - 1);
}

static void
take_statement(GArray *locks, const struct migration_evidence *migration, enum direction direction,
               const struct statement_evidence *statement)
{
    for (size_t i = 0; i < statement->lock_count; i++) {
        struct review_lock *lock = lock_of(locks, migration, direction,
                                           statement->locks[i].relation);
        lock->mode = MAX(lock->mode, statement->locks[i].mode);
    }
    for (size_t i = 0; i < statement->rewrite_count; i++)
        lock_of(locks, migration, direction, statement->rewrites[i].relation)->rewrites = true;
    for (size_t i = 0; i < statement->scan_count; i++)
        lock_of(locks, migration, direction, statement->scans[i].relation)->scans = true;
}

/* Nobody waits for what is not there before the change. */
static void
drop_new(const struct brief *brief, GArray *locks)
{
    const struct database *before = brief->sources->before->database;
    for (guint i = locks->len; i-- > 0;) {
        const struct review_lock *lock = &g_array_index(locks, struct review_lock, i);
        if (database_find(before, "relation", lock->relation) == NULL)
            g_array_remove_index(locks, i);
    }
}

/* What was observed is of the table as it is before the change. */
static void
measure(const struct brief *brief, struct review_lock *lock)
{
    const void *relation = database_find(brief->sources->before->database, "relation",
                                         lock->relation);
    if (relation == NULL)
        return;
    const struct table_size size = model_table_size(brief->sources->before, relation);
    lock->rows = size.rows;
    lock->bytes = known_sum(size.table, size.indexes);
}

/* ---- one sentence ---- */

/* What stops people most: reads and writes before writes, then what works on rows, then what is
 * larger. */
static bool
is_heavier(const struct review_lock *lock, const struct review_lock *other)
{
    if (other == NULL || lock->mode != other->mode)
        return other == NULL || lock->mode > other->mode;
    if (lock->rewrites != other->rewrites)
        return lock->rewrites;
    if (lock->scans != other->scans)
        return lock->scans;
    return lock->rows > other->rows;
}

static void
find_heaviest(struct review *review)
{
    g_autoptr(GHashTable) relations = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < review->lock_count; i++) {
        const struct review_lock *lock = &review->locks[i];
        if (lock->direction != DIRECTION_UP || !lock_stops(lock->mode))
            continue;
        g_hash_table_add(relations, (gpointer)(guintptr)lock->relation);
        if (is_heavier(lock, review->heaviest))
            review->heaviest = lock;
    }
    review->stopped_count = g_hash_table_size(relations);
}

static const char *
size_words(const struct brief *brief, const struct review_lock *lock)
{
    return lock->rows == NUMBER_UNKNOWN ? "its size is not known here"
                                        : arena_printf(brief->arena, "about %s rows as observed",
                                                       brief_number(brief, lock->rows));
}

static bool
is_seen(const struct migration_evidence *migration)
{
    for (size_t i = 0; i < migration->up.count; i++)
        if (migration->up.statements[i].sight == SIGHT_NONE ||
            migration->up.statements[i].sight == SIGHT_NOT_RUN)
            return false;
    return migration->up.end == RUN_COMPLETE;
}

static const char *
weigh_lightly(const struct brief *brief)
{
    const struct review *review = brief->review;
    for (size_t i = 0; i < review->migration_count; i++)
        if (!is_seen(review->migrations[i]))
            return "Not all locks are known: not every statement ran where they can be seen.";
    return "Going up, nobody has to wait to read or write a table that is there.";
}

static const char *
weigh(const struct brief *brief)
{
    const struct review *review = brief->review;
    const struct review_lock *lock = review->heaviest;
    if (lock == NULL)
        return weigh_lightly(brief);
    size_t others = review->stopped_count - 1;
    const char *more = others == 0 ? ""
                                   : arena_printf(brief->arena, " %s more %s locked as well.",
                                                  brief_count_word(brief, others),
                                                  others == 1 ? "table is" : "tables are");
    return arena_printf(brief->arena, "Going up takes %s on %s (%s), which blocks %s%s.%s",
                        lock_words[lock->mode].name, brief_code(brief, lock->relation),
                        size_words(brief, lock), lock_words[lock->mode].blocks,
                        lock->rewrites ? ", and writes it anew"
                        : lock->scans  ? ", and reads all of it"
                                       : ", and works on no row of it",
                        more);
}

void
review_list_locks(struct brief *brief)
{
    struct review *review = brief->review;
    g_autoptr(GArray) locks = g_array_new(FALSE, FALSE, sizeof(struct review_lock));
    for (size_t i = 0; i < review->migration_count; i++) {
        const struct migration_evidence *migration = review->migrations[i];
        for (size_t j = 0; j < migration->up.count; j++)
            take_statement(locks, migration, DIRECTION_UP, &migration->up.statements[j]);
        for (size_t j = 0; j < migration->down.count; j++)
            take_statement(locks, migration, DIRECTION_DOWN, &migration->down.statements[j]);
    }
    drop_new(brief, locks);
    for (guint i = 0; i < locks->len; i++)
        measure(brief, &g_array_index(locks, struct review_lock, i));
    review->lock_count = locks->len;
    review->locks = arena_keep(brief->arena, locks);
    find_heaviest(review);
    if (review->migration_count > 0)
        review->weight = weigh(brief);
}
