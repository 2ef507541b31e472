/* rows.c - invented rows, told apart by their numbers: those of the old shape, then of the new. */
#include "rehearsal/rows.h"

#include "base/text.h"
#include "rehearsal/questions.h"

#include <string.h>

struct numbers {
    const char *first;
    const char *last;
};

static const struct numbers old_shape = {"1", "3"};
static const struct numbers new_shape = {"101", "104"};

static bool
may_meet_rows(const struct lock_evidence *lock)
{
    return lock->mode >= LOCK_ROW_EXCLUSIVE && lock->mode != LOCK_SHARE_UPDATE_EXCLUSIVE &&
           lock->mode != LOCK_SHARE_ROW_EXCLUSIVE;
}

static void
add_relation(GPtrArray *relations, const char *name)
{
    if (!g_ptr_array_find(relations, name, NULL))
        g_ptr_array_add(relations, (gpointer)(guintptr)name);
}

GPtrArray *
rows_relations(const struct migration_evidence *evidence)
{
    GPtrArray *relations = g_ptr_array_new();
    for (size_t i = 0; i < evidence->up.count; i++) {
        const struct statement_evidence *statement = &evidence->up.statements[i];
        for (size_t k = 0; k < statement->lock_count; k++)
            if (may_meet_rows(&statement->locks[k]))
                add_relation(relations, statement->locks[k].relation);
        for (size_t k = 0; k < statement->scan_count; k++)
            add_relation(relations, statement->scans[k].relation);
    }
    return relations;
}

struct connection *
rows_connect(const struct stage *stage, const char *database, GError **error)
{
    /* Triggers of the migration's run; and each row is written by the same queries. */
    static const char set[] =
        "SET statement_timeout = '30s'; SET plan_cache_mode = force_generic_plan";
    struct connection *session = cluster_connect(stage->cluster, database, error);
    if (session != NULL && connection_run(session, set, NULL, NULL, error))
        return session;
    connection_close(session);
    return NULL;
}

static struct fillings
keep_fillings(struct arena *arena, const struct rows *rows)
{
    int relation = rows_column(rows, "relation");
    int made = rows_column(rows, "made");
    int problem = rows_column(rows, "problem");
    struct fillings fillings = {rows_count(rows), NULL};
    fillings.items = arena_array(arena, fillings.count, sizeof *fillings.items);
    for (size_t i = 0; i < fillings.count; i++)
        fillings.items[i] = (struct filling){
            .relation = arena_intern(arena, rows_value(rows, i, relation)),
            .made = g_ascii_strtoll(rows_value(rows, i, made), NULL, 10),
            .problem = arena_intern(arena, rows_value(rows, i, problem)),
        };
    return fillings;
}

static bool
fill(const struct stage *stage, struct connection *session, const char *relations,
     const struct numbers *numbers, struct fillings *fillings, GError **error)
{
    const char *const parameters[] = {relations, numbers->first, numbers->last};
    struct rows *rows = NULL;
    if (!connection_query(session,
                          "SELECT * FROM pg_catalog.dbdoc_fill($1::pg_catalog.text[], "
                          "$2::pg_catalog.int4, $3::pg_catalog.int4)",
                          parameters, G_N_ELEMENTS(parameters), &rows, error))
        return false;
    *fillings = keep_fillings(stage->arena, rows);
    rows_free(rows);
    return true;
}

static bool
read_values(struct connection *session, const char *relations, struct rows **rows, GError **error)
{
    return connection_query(session, "SELECT * FROM pg_catalog.dbdoc_values($1::pg_catalog.text[])",
                            &relations, 1, rows, error);
}

/* The old rows' values before up beside those after down; columns that did not come back are told
 * by the schema. */
static struct value_changes
compare_values(struct arena *arena, const struct rows *before, const struct rows *after)
{
    g_autoptr(GHashTable) places = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct value_change));
    int path = rows_column(before, "path");
    int filled = rows_column(before, "filled");
    int digest = rows_column(before, "digest");
    for (size_t i = 0; i < rows_count(after); i++)
        g_hash_table_insert(places, (gpointer)(guintptr)rows_value(after, i, path),
                            GSIZE_TO_POINTER(i + 1));
    for (size_t i = 0; i < rows_count(before); i++) {
        const char *name = rows_value(before, i, path);
        size_t place = GPOINTER_TO_SIZE(g_hash_table_lookup(places, name));
        if (place == 0 ||
            text_equal(rows_value(before, i, digest), rows_value(after, place - 1, digest)))
            continue;
        const struct value_change change = {
            .path = arena_intern(arena, name),
            .before = g_ascii_strtoll(rows_value(before, i, filled), NULL, 10),
            .after = g_ascii_strtoll(rows_value(after, place - 1, filled), NULL, 10),
        };
        g_array_append_val(found, change);
    }
    return (struct value_changes){found->len, arena_keep(arena, found)};
}

static bool
run(const struct stage *stage, const char *database, const struct migration_evidence *evidence,
    enum direction direction, struct run_evidence *run_evidence, GError **error)
{
    return run_direction(stage, database, evidence->migration, direction, run_evidence, error);
}

/* What the functions below share. */
struct trial {
    const struct stage *stage;
    const char *database;
    const char *relations; /* text[] */
    const struct shapes *shapes;
    struct migration_evidence *evidence;
    struct rows *values; /* of rows of the old shape, before up */
};

static bool
fill_old(struct trial *trial, GError **error)
{
    const struct stage *stage = trial->stage;
    struct connection *session = rows_connect(stage, trial->database, error);
    bool good = session != NULL &&
                fill(stage, session, trial->relations, &old_shape, &trial->evidence->rows.fillings,
                     error) &&
                read_values(session, trial->relations, &trial->values, error);
    connection_close(session);
    return good;
}

/* Asks which rows would stop the way up, before rows are there and then with them; and goes up. */
static bool
go_up(struct trial *trial, GError **error)
{
    const struct shapes *shapes = trial->shapes;
    struct migration_evidence *evidence = trial->evidence;
    struct questions *questions = questions_find(trial->stage, DIRECTION_UP, shapes->before_up,
                                                 shapes->after_up, trial->database, error);
    bool good = questions != NULL &&
                questions_ask(questions, trial->database, FILLED_BY_MIGRATIONS, error) &&
                fill_old(trial, error) &&
                questions_ask(questions, trial->database, FILLED_WITH_INVENTED_ROWS, error) &&
                questions_try(questions, trial->database, evidence->migration, error) &&
                run(trial->stage, trial->database, evidence, DIRECTION_UP, &evidence->rows.up,
                    error);
    if (good)
        questions_close(questions, &evidence->rows.up, &evidence->prechecks);
    questions_free(questions);
    return good;
}

static bool
go_down_from(struct trial *trial, const struct rows *before, GError **error)
{
    struct migration_evidence *evidence = trial->evidence;
    struct questions *questions = questions_find(trial->stage, DIRECTION_DOWN, before,
                                                 trial->shapes->after_down, trial->database, error);
    bool good = questions != NULL &&
                questions_ask(questions, trial->shapes->line, FILLED_BY_MIGRATIONS, error) &&
                questions_ask(questions, trial->database, FILLED_WITH_INVENTED_ROWS, error) &&
                questions_try(questions, trial->database, evidence->migration, error) &&
                run(trial->stage, trial->database, evidence, DIRECTION_DOWN, &evidence->rows.down,
                    error);
    if (good)
        questions_close(questions, &evidence->rows.down, &evidence->prechecks);
    questions_free(questions);
    return good;
}

static bool
go_down(struct trial *trial, GError **error)
{
    struct rows *before = shape_read(trial->stage, trial->database, trial->shapes->relations,
                                     error);
    bool good = before != NULL && go_down_from(trial, before, error);
    rows_free(before);
    return good;
}

static bool
compare_old(struct trial *trial, GError **error)
{
    struct rows *after = NULL;
    struct connection *session = rows_connect(trial->stage, trial->database, error);
    bool good = session != NULL && read_values(session, trial->relations, &after, error);
    connection_close(session);
    if (good)
        trial->evidence->rows.changes = compare_values(trial->stage->arena, trial->values, after);
    rows_free(after);
    return good;
}

/* A way up and down with rows of the old shape. */
static bool
rehearse_old(struct trial *trial, GError **error)
{
    const struct rows_evidence *found = &trial->evidence->rows;
    if (!go_up(trial, error))
        return false;
    if (found->up.end != RUN_COMPLETE || trial->shapes->after_down == NULL)
        return true;
    return go_down(trial, error) && (found->down.end != RUN_COMPLETE || compare_old(trial, error));
}

/* Then a way down with rows of the new shape. */
static bool
rehearse_new(const struct stage *stage, const char *database, const char *relations,
             struct migration_evidence *evidence, GError **error)
{
    struct rows_evidence *found = &evidence->rows;
    struct run_evidence up = {0};
    if (!run(stage, database, evidence, DIRECTION_UP, &up, error))
        return false;
    if (up.end != RUN_COMPLETE)
        return true;
    struct connection *session = rows_connect(stage, database, error);
    bool good = session != NULL &&
                fill(stage, session, relations, &new_shape, &found->new_fillings, error);
    connection_close(session);
    return good && run(stage, database, evidence, DIRECTION_DOWN, &found->down_again, error);
}

bool
rows_rehearse(const struct stage *stage, const char *database, const GPtrArray *relations,
              const struct shapes *shapes, struct migration_evidence *evidence, GError **error)
{
    g_autofree char *array = array_join((const char *const *)relations->pdata, relations->len);
    struct trial trial = {stage, database, array, shapes, evidence, NULL};
    bool good = rehearse_old(&trial, error);
    rows_free(trial.values);
    return good && (evidence->rows.down.end != RUN_COMPLETE ||
                    rehearse_new(stage, database, array, evidence, error));
}

/* text[] of all tables but one. */
static const char every_table[] =
    "SELECT pg_catalog.array_agg(pg_catalog.format('%I.%I', n.nspname, c.relname) "
    "ORDER BY n.nspname, c.relname) AS tables "
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_' "
    "AND n.nspname <> 'information_schema' "
    "AND c.relname <> $1 AND pg_catalog.concat_ws('.', n.nspname, c.relname) <> $1";

static void
keep_empty(const struct stage *stage, const struct fillings *fillings, struct names *empty)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < fillings->count; i++)
        if (fillings->items[i].made == 0)
            g_ptr_array_add(names, (gpointer)(guintptr)fillings->items[i].relation);
    *empty = names_keep(stage->arena, names);
}

bool
rows_invent(const struct stage *stage, const char *database, const char *history,
            struct names *empty, GError **error)
{
    const char *parameter = history != NULL ? history : "";
    struct rows *rows = NULL;
    struct fillings fillings = {0, NULL};
    struct connection *session = rows_connect(stage, database, error);
    bool done = session != NULL &&
                connection_query(session, every_table, &parameter, 1, &rows, error);
    const char *tables = done ? rows_value(rows, 0, 0) : NULL; /* NULL: there are none */
    if (done && tables != NULL)
        done = fill(stage, session, tables, &old_shape, &fillings, error);
    if (done && empty != NULL)
        keep_empty(stage, &fillings, empty);
    rows_free(rows);
    connection_close(session);
    return done;
}
