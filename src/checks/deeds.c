/* deeds.c - the acts of each statement, with the locks that add up in its transaction. */
#include "checks/deeds.h"

#include "base/text.h"

struct reader {
    struct arena *arena;
    GArray *deeds;      /* struct deed */
    GPtrArray *created; /* paths of tables that the migration itself has made */
    GPtrArray *indexes; /* names of those that it has made on them */
    GHashTable *held;   /* relation → enum lock_mode, in this transaction */
    enum isolation isolation;
};

static bool
is_created(const struct reader *reader, const char *path)
{
    for (guint i = 0; i < reader->created->len; i++)
        if (text_equal(reader->created->pdata[i], path))
            return true;
    for (guint i = 0; i < reader->indexes->len; i++)
        if (act_path_names(reader->indexes->pdata[i], path))
            return true;
    return false;
}

static enum lock_mode
held_on(const struct reader *reader, const char *relation)
{
    return (enum lock_mode)GPOINTER_TO_INT(g_hash_table_lookup(reader->held, relation));
}

static void
hold(struct reader *reader, const struct statement_evidence *statement)
{
    for (size_t i = 0; i < statement->lock_count; i++) {
        const struct lock_evidence *lock = &statement->locks[i];
        enum lock_mode mode = MAX(lock->mode, held_on(reader, lock->relation));
        g_hash_table_insert(reader->held, (gpointer)(guintptr)lock->relation,
                            GINT_TO_POINTER((int)mode));
    }
}

/* What is locked on behalf of the act: the relation that it names, else (as for an index that goes)
 * what its statement locks most. */
static const char *
locked_relation(const struct reader *reader, const struct statement_evidence *statement,
                const struct act *act)
{
    GHashTableIter iter;
    gpointer relation = NULL;
    g_hash_table_iter_init(&iter, reader->held);
    while (g_hash_table_iter_next(&iter, &relation, NULL))
        if (act_path_names(act->relation, relation))
            return relation;
    const struct lock_evidence *strongest = NULL;
    for (size_t i = 0; i < statement->lock_count; i++) {
        const struct lock_evidence *lock = &statement->locks[i];
        if (act_path_names(act->relation, lock->relation))
            return lock->relation;
        if (strongest == NULL || lock->mode > strongest->mode)
            strongest = lock;
    }
    bool of_index = act->kind == ACT_DROP_INDEX || act->kind == ACT_REINDEX;
    return of_index && strongest != NULL ? strongest->relation : NULL;
}

static void
look(const struct reader *reader, const struct statement_evidence *statement, struct deed *deed)
{
    deed->seen = statement->sight == SIGHT_TRANSACTION;
    deed->relation = locked_relation(reader, statement, deed->act);
    if (deed->relation == NULL) {
        if (statement->words != NULL) /* it failed, and locked nothing that could be seen */
            deed->relation = deed->act->relation;
        deed->was_there = statement_is_unseen(statement) && deed->was_there;
        return;
    }
    deed->was_there = true;
    deed->held = held_on(reader, deed->relation);
    deed->lock = deed->held;
    for (size_t i = 0; i < statement->lock_count; i++)
        if (g_str_equal(statement->locks[i].relation, deed->relation))
            deed->lock = MAX(deed->lock, statement->locks[i].mode);
    for (size_t i = 0; i < statement->rewrite_count; i++)
        if (g_str_equal(statement->rewrites[i].relation, deed->relation))
            deed->rewrite = statement->rewrites[i].reason;
    for (size_t i = 0; i < statement->scan_count; i++)
        deed->scanned = deed->scanned || g_str_equal(statement->scans[i].relation, deed->relation);
}

static void
note_created(struct reader *reader, const struct act *act)
{
    if (act->kind == ACT_CREATE_TABLE)
        g_ptr_array_add(reader->created, (gpointer)(guintptr)act->relation);
    bool of_new_table = act->kind == ACT_CREATE_INDEX && is_created(reader, act->relation);
    if (of_new_table && act->name != NULL)
        g_ptr_array_add(reader->indexes, (gpointer)(guintptr)act->name);
}

/* A deed for each act of a statement, whose text and place are given; `statement` is what was seen
 * of it; NULL: nothing. */
static void
read_sql(struct reader *reader, const struct deed *given,
         const struct statement_evidence *statement)
{
    const struct acts acts = acts_of(reader->arena, given->sql);
    for (size_t i = 0; i < acts.count; i++) {
        const struct act *act = &acts.items[i];
        struct deed deed = *given;
        deed.act = act;
        deed.single = acts.count == 1;
        deed.alone = reader->isolation == NO_TRANSACTION;
        deed.relation = act->relation;
        deed.was_there = act->relation != NULL && !is_created(reader, act->relation);
        note_created(reader, act);
        if (statement != NULL)
            look(reader, statement, &deed);
        g_array_append_val(reader->deeds, deed);
    }
}

static void
read_run(struct reader *reader, const struct run_evidence *run)
{
    reader->isolation = run->isolation;
    for (size_t i = 0; i < run->count; i++) {
        const struct statement_evidence *statement = &run->statements[i];
        if (statement->sight == SIGHT_NOT_RUN)
            continue;
        const struct deed deed = {.sql = statement->sql,
                                  .file = statement->file,
                                  .line = statement->line,
                                  .statement = i};
        read_sql(reader, &deed, statement);
        if (run->isolation == IN_TRANSACTION)
            hold(reader, statement);
    }
}

static void
read_plan(struct reader *reader, const struct migration_plan *plan)
{
    reader->isolation = plan->isolation;
    for (size_t i = 0; i < plan->count; i++) {
        const struct migration_step *step = &plan->steps[i];
        const struct deed deed = {
            .sql = step->sql, .file = step->file, .line = step->line, .statement = i};
        if (step->kind != STEP_OPAQUE)
            read_sql(reader, &deed, NULL);
    }
}

static struct deeds *
read_deeds(struct arena *arena, const struct migration_evidence *evidence)
{
    struct reader reader = {
        .arena = arena,
        .deeds = g_array_new(FALSE, FALSE, sizeof(struct deed)),
        .created = g_ptr_array_new(),
        .indexes = g_ptr_array_new(),
        .held = g_hash_table_new(g_str_hash, g_str_equal),
    };
    if (evidence->up.end == RUN_NOT_TRIED)
        read_plan(&reader, &evidence->migration->up);
    else
        read_run(&reader, &evidence->up);
    g_ptr_array_unref(reader.created);
    g_ptr_array_unref(reader.indexes);
    g_hash_table_unref(reader.held);
    struct deeds *deeds = arena_alloc(arena, sizeof *deeds);
    deeds->count = reader.deeds->len;
    deeds->items = arena_keep(arena, reader.deeds);
    return deeds;
}

const struct deeds *
check_deeds(struct check_run *run, const struct migration_evidence *evidence)
{
    struct deeds *deeds = g_hash_table_lookup(run->deeds, evidence);
    if (deeds == NULL) {
        deeds = read_deeds(run->arena, evidence);
        g_hash_table_insert(run->deeds, (gpointer)(guintptr)evidence, deeds);
    }
    return deeds;
}
