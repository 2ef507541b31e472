/* questions.c - a question is proved by three counts and two runs: nothing to count where only
 * migrations wrote rows, something where offending rows were written, and a direction that runs in
 * the one case and fails in the other. */
#include "rehearsal/questions.h"

#include "base/embedded.h"
#include "base/text.h"
#include "rehearsal/rows.h"

#include <string.h>

#define TRIED_MOST 20 /* of one direction */

/* One question on its way to a precheck. */
struct question {
    const char *relation; /* OID */
    const char *path;
    const char *kind; /* as dbdoc_offend takes it */
    const char *columns;
    const char *literal; /* of the type that is left; else NULL */
    const char *words;
    const char *query;
    gint64 counts[2]; /* by filling_kind; -1: it could not be asked */
    enum run_end end; /* of the direction with rows that it is about */
    const char *refusal;
    const char *problem; /* why it could not be tried */
    bool demanded;       /* by the shape before, too: there are no such rows */
    const char *others;  /* tid[]: the rows of the relation beside those written for it */
};

struct questions {
    const struct stage *stage;
    enum direction direction;
    const struct rows *before;
    GHashTable *places; /* "OID columns" of columns, "OID kind columns definition" of demands → row
                           of `before` + 1 */
    GArray *items;
};

/* Questions may call functions of the migration's: asked in a session of their own. */
static struct connection *
connect(const struct stage *stage, const char *database, GError **error)
{
    static const char set[] = "SELECT pg_catalog.set_config('search_path', '', false), "
                              "pg_catalog.set_config('statement_timeout', '30s', false), "
                              "pg_catalog.set_config('constraint_exclusion', 'on', false)";
    struct connection *session = cluster_connect(stage->cluster, database, error);
    if (session != NULL && connection_query(session, set, NULL, 0, NULL, error))
        return session;
    connection_close(session);
    return NULL;
}

static bool
ask_file(struct connection *session, const char *path, const char *const *parameters, size_t count,
         struct rows **rows, GError **error)
{
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL);
    return connection_query(session, file->text, parameters, count, rows, error);
}

/* Those of the names that are relations, as text of oid[]; NULL on failure. */
static char *
find_relations(struct connection *session, const GPtrArray *names, GError **error)
{
    static const char sql[] =
        "SELECT ARRAY(SELECT DISTINCT pg_catalog.to_regclass(n)::pg_catalog.oid "
        "FROM pg_catalog.unnest($1::pg_catalog.text[]) n "
        "WHERE pg_catalog.to_regclass(n) IS NOT NULL)::pg_catalog.text";
    struct rows *rows = NULL;
    g_autofree char *array = array_join((const char *const *)names->pdata, names->len);
    const char *parameter = array;
    char *relations = connection_query(session, sql, &parameter, 1, &rows, error)
                          ? g_strdup(rows_value(rows, 0, 0))
                          : NULL;
    rows_free(rows);
    return relations;
}

static struct rows *
read_shape(struct connection *session, const char *relations, GError **error)
{
    struct rows *rows = NULL;
    bool done = ask_file(session, "src/rehearsal/sql/shape.sql", &relations, 1, &rows, error);
    return done ? rows : NULL;
}

struct rows *
shape_find(const struct stage *stage, const char *database, const GPtrArray *names,
           char **relations, GError **error)
{
    struct connection *session = cluster_read(stage->cluster, database, error);
    *relations = session == NULL ? NULL : find_relations(session, names, error);
    return *relations == NULL ? NULL : read_shape(session, *relations, error);
}

struct rows *
shape_read(const struct stage *stage, const char *database, const char *relations, GError **error)
{
    struct connection *session = cluster_read(stage->cluster, database, error);
    return session == NULL ? NULL : read_shape(session, relations, error);
}

static const char *
value(const struct rows *rows, size_t row, const char *column)
{
    return rows_value(rows, row, rows_column(rows, column));
}

static bool
is_column(const struct rows *rows, size_t row)
{
    return g_str_equal(value(rows, row, "kind"), "column");
}

static char *
column_key(const char *relation, const char *number)
{
    return g_strdup_printf("%s %s", relation, number);
}

/* What a row is found by in the other shape. */
static char *
key_of(const struct rows *rows, size_t row)
{
    const char *relation = value(rows, row, "relation");
    const char *columns = value(rows, row, "columns");
    if (is_column(rows, row))
        return column_key(relation, columns);
    return g_strdup_printf("%s %s %s %s", relation, value(rows, row, "kind"), columns,
                           value(rows, row, "definition"));
}

static size_t
place_of(const struct questions *questions, const char *key)
{
    return GPOINTER_TO_SIZE(g_hash_table_lookup(questions->places, key));
}

/* The place of the column with that number, as text, in the shape before. */
static size_t
place_of_column(const struct questions *questions, const char *relation, const char *number)
{
    g_autofree char *key = column_key(relation, number);
    return place_of(questions, key);
}

/* Whether the relation was there before; and in *path, its name then. */
static bool
was_there(const struct questions *questions, const char *relation, const char **path)
{
    const struct rows *before = questions->before;
    for (size_t i = 0; i < rows_count(before); i++) {
        if (!g_str_equal(value(before, i, "relation"), relation))
            continue;
        *path = value(before, i, "path");
        return true;
    }
    return false;
}

/* The relation in a FROM clause, with its columns as they are called after the direction. */
static char *
relation_as_after(const struct questions *questions, const struct rows *after, const char *relation,
                  const char *path)
{
    g_autoptr(GString) names = g_string_new(NULL);
    bool renamed = false;
    for (size_t i = 0; i < rows_count(after); i++) {
        if (!is_column(after, i) || !g_str_equal(value(after, i, "relation"), relation))
            continue;
        size_t place = place_of_column(questions, relation, value(after, i, "columns"));
        if (place == 0)
            continue;
        const char *old_name = value(questions->before, place - 1, "words");
        const char *name = value(after, i, "words");
        renamed = renamed || !g_str_equal(old_name, name);
        g_string_append_printf(names, "%s%s AS %s", names->len > 0 ? ", " : "", old_name, name);
    }
    return renamed ? g_strdup_printf("(SELECT %s FROM %s)", names->str, path) : g_strdup(path);
}

static bool
aliases(const char *tail)
{
    return g_str_has_prefix(tail, " AS ");
}

static void
add(struct questions *questions, const struct question *question)
{
    g_array_append_val(questions->items, *question);
}

/* A demand on columns that were there. */
static void
add_demand(struct questions *questions, const struct rows *after, size_t row, const char *path)
{
    struct arena *arena = questions->stage->arena;
    const char *relation = value(after, row, "relation");
    const char *tail = value(after, row, "tail");
    g_autofree char *from = relation_as_after(questions, after, relation, path);
    const struct question question = {
        .relation = arena_intern(arena, relation),
        .path = arena_intern(arena, path),
        .kind = arena_intern(arena, value(after, row, "kind")),
        .columns = arena_printf(arena, "{%s}", value(after, row, "columns")),
        .words = arena_intern(arena, value(after, row, "words")),
        .query = arena_printf(arena, "%s%s%s%s", value(after, row, "head"), from,
                              *from == '(' && !aliases(tail) ? " AS renamed" : "", tail),
    };
    add(questions, &question);
}

/* Whether a new column has a value in rows that were there. */
static bool
is_filled(const struct rows *after, const char *relation, const char *number, const char **name)
{
    for (size_t i = 0; i < rows_count(after); i++) {
        if (!is_column(after, i) || !g_str_equal(value(after, i, "relation"), relation) ||
            !g_str_equal(value(after, i, "columns"), number))
            continue;
        *name = value(after, i, "words");
        return *value(after, i, "filled") == 't';
    }
    return true;
}

/* Rows at all, where a new column wants a value and none is said. */
static void
add_rows_at_all(struct questions *questions, const struct rows *after, size_t row, const char *path)
{
    struct arena *arena = questions->stage->arena;
    const char *relation = value(after, row, "relation");
    const char *name = NULL;
    if (is_filled(after, relation, value(after, row, "columns"), &name))
        return;
    const struct question question = {
        .relation = arena_intern(arena, relation),
        .path = arena_intern(arena, path),
        .kind = "rows",
        .columns = "{}",
        .words = arena_printf(arena, "rows, which have no value for the new %s", name),
        .query = arena_printf(arena, "SELECT count(*) FROM %s", path),
    };
    add(questions, &question);
}

static void
find_demand(struct questions *questions, const struct rows *after, size_t row)
{
    const char *relation = value(after, row, "relation");
    const char *path = NULL;
    g_autofree char *key = key_of(after, row);
    if (place_of(questions, key) > 0 || !was_there(questions, relation, &path))
        return;
    g_auto(GStrv) columns = g_strsplit(value(after, row, "columns"), ",", -1);
    bool there = columns[0] != NULL;
    for (size_t i = 0; there && columns[i] != NULL; i++)
        there = place_of_column(questions, relation, columns[i]) > 0;
    if (there)
        add_demand(questions, after, row, path);
    else if (g_str_equal(value(after, row, "kind"), "not null"))
        add_rows_at_all(questions, after, row, path);
}

/* A column whose type changes, if it is known which values do not fit. */
static bool
find_narrow(struct questions *questions, const char *database, const struct rows *after, size_t row,
            GError **error)
{
    struct arena *arena = questions->stage->arena;
    const struct rows *before = questions->before;
    const char *relation = value(after, row, "relation");
    size_t place = place_of_column(questions, relation, value(after, row, "columns"));
    if (place-- == 0 ||
        g_str_equal(value(before, place, "definition"), value(after, row, "definition")))
        return true;
    const char *const parameters[] = {
        value(before, place, "words"),  value(before, place, "category"),
        value(before, place, "type"),   value(before, place, "modifier"),
        value(before, place, "labels"), value(after, row, "type"),
        value(after, row, "modifier"),  value(after, row, "labels"),
    };
    struct rows *rows = NULL;
    struct connection *session = cluster_read(questions->stage->cluster, database, error);
    bool done = session != NULL && ask_file(session, "src/rehearsal/sql/narrow.sql", parameters,
                                            G_N_ELEMENTS(parameters), &rows, error);
    if (!done)
        return false;
    const char *path = value(before, place, "path");
    for (size_t i = 0; i < rows_count(rows); i++) {
        const struct question question = {
            .relation = arena_intern(arena, relation),
            .path = arena_intern(arena, path),
            .kind = "type",
            .columns = arena_printf(arena, "{%s}", value(after, row, "columns")),
            .literal = arena_intern(arena, value(rows, i, "literal")),
            .words = arena_intern(arena, value(rows, i, "words")),
            .query = arena_printf(arena, "SELECT count(*) FROM %s WHERE %s", path,
                                  value(rows, i, "condition")),
        };
        add(questions, &question);
    }
    rows_free(rows);
    return true;
}

static bool
find_all(struct questions *questions, const char *database, const struct rows *after,
         GError **error)
{
    for (size_t i = 0; i < rows_count(after); i++) {
        if (!is_column(after, i))
            find_demand(questions, after, i);
        else if (!find_narrow(questions, database, after, i, error))
            return false;
    }
    return true;
}

struct questions *
questions_find(const struct stage *stage, enum direction direction, const struct rows *before,
               const struct rows *after, const char *database, GError **error)
{
    struct questions *questions = g_new0(struct questions, 1);
    questions->stage = stage;
    questions->direction = direction;
    questions->before = before;
    questions->items = g_array_new(FALSE, FALSE, sizeof(struct question));
    questions->places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (size_t i = 0; i < rows_count(before); i++)
        g_hash_table_insert(questions->places, key_of(before, i), GSIZE_TO_POINTER(i + 1));
    if (find_all(questions, database, after, error))
        return questions;
    questions_free(questions);
    return NULL;
}

void
questions_free(struct questions *questions)
{
    if (questions == NULL)
        return;
    g_hash_table_unref(questions->places);
    g_array_unref(questions->items);
    g_free(questions);
}

static struct question *
question_at(const struct questions *questions, guint i)
{
    return &((struct question *)(void *)questions->items->data)[i];
}

/* -1 when the server does not answer it. */
static gint64
count(struct connection *session, const struct question *question)
{
    struct rows *rows = NULL;
    gint64 counted = -1;
    if (connection_query(session, question->query, NULL, 0, &rows, NULL))
        counted = g_ascii_strtoll(rows_value(rows, 0, 0), NULL, 10);
    rows_free(rows);
    return counted;
}

bool
questions_ask(struct questions *questions, const char *database, enum filling_kind filling,
              GError **error)
{
    if (questions->items->len == 0)
        return true;
    struct connection *session = connect(questions->stage, database, error);
    for (guint i = 0; session != NULL && i < questions->items->len; i++)
        question_at(questions, i)->counts[filling] = count(session, question_at(questions, i));
    connection_close(session);
    return session != NULL;
}

/* Whether the rows that were written for one question are about that one alone. */
static bool
stands_alone(const struct questions *questions, struct connection *session,
             const struct question *own)
{
    for (guint i = 0; i < questions->items->len; i++) {
        const struct question *other = question_at(questions, i);
        if (other != own && count(session, other) != other->counts[FILLED_WITH_INVENTED_ROWS])
            return false;
    }
    return true;
}

static bool
offend(struct questions *questions, const char *database, struct question *question, GError **error)
{
    static const char sql[] = "SELECT * FROM pg_catalog.dbdoc_offend($1::pg_catalog.oid, $2, "
                              "$3::pg_catalog.int2[], $4, $5)";
    const char *const parameters[] = {question->relation, question->kind, question->columns,
                                      question->literal, question->query};
    struct rows *rows = NULL;
    struct connection *session = rows_connect(questions->stage, database, error);
    if (session == NULL)
        return false;
    bool answered = connection_query(session, sql, parameters, G_N_ELEMENTS(parameters), &rows,
                                     NULL);
    const char *problem = answered ? value(rows, 0, "problem") : "the server does not answer";
    question->demanded = answered && *value(rows, 0, "demanded") == 't';
    if (answered)
        question->others = arena_intern(questions->stage->arena, value(rows, 0, "others"));
    if (problem != NULL)
        question->problem = arena_printf(questions->stage->arena,
                                         "no such rows could be invented: %s", problem);
    else if (!stands_alone(questions, session, question))
        question->problem =
            "the rows that were invented for it would be stopped by something else, "
            "too";
    rows_free(rows);
    connection_close(session);
    return true;
}

/* A copy of the database in which a question is tried; and, when the direction has undone all that
 * it did, the next one. */
struct copy {
    char *name; /* NULL: none is there */
    bool clean;
};

static bool
drop_copy(const struct questions *questions, struct copy *copy, GError **error)
{
    g_autofree char *name = g_steal_pointer(&copy->name);
    return name == NULL || cluster_drop_database(questions->stage->cluster, name, error);
}

static bool
make_copy(const struct questions *questions, const char *database, struct copy *copy,
          GError **error)
{
    if (copy->clean)
        return true;
    if (!drop_copy(questions, copy, error))
        return false;
    copy->name = cluster_fork_database(questions->stage->cluster, database, OWNED_BY_LOGIN, error);
    return copy->name != NULL;
}

/* Takes the rows back that were written for a question; whether all counts are as before. */
static bool
take_back(const struct questions *questions, const struct copy *copy,
          const struct question *question)
{
    g_autofree char *sql = g_strdup_printf(
        "DELETE FROM %s WHERE ctid <> ALL ($1::pg_catalog.tid[])", question->path);
    struct connection *session = connect(questions->stage, copy->name, NULL);
    bool done = session != NULL &&
                connection_query(session, sql, &question->others, 1, NULL, NULL) &&
                stands_alone(questions, session, NULL);
    connection_close(session);
    return done;
}

/* Whether no rows were there to tell. */
static bool
is_untold(const struct question *question)
{
    return question->counts[FILLED_BY_MIGRATIONS] == 0 &&
           question->counts[FILLED_WITH_INVENTED_ROWS] == 0;
}

/* Whether the planner proves from constraints and bounds that a table holds no such rows. Only
 * where the query reads that table alone does it say so of the whole. */
static bool
is_excluded(struct connection *session, const struct question *question)
{
    static const char *const of_one_table[] = {"check", "not null", "type", NULL};
    if (!g_strv_contains(of_one_table, question->kind))
        return false;
    struct rows *rows = NULL;
    g_autofree char *sql = g_strconcat("EXPLAIN (FORMAT JSON) ", question->query, NULL);
    bool excluded = connection_query(session, sql, NULL, 0, &rows, NULL) &&
                    strstr(rows_value(rows, 0, 0), "\"One-Time Filter\": \"false\"") != NULL;
    rows_free(rows);
    return excluded;
}

/* Of the questions that count nothing, those that there is nothing to try for. */
static bool
exclude(struct questions *questions, const char *database, GError **error)
{
    struct connection *session = connect(questions->stage, database, error);
    for (guint i = 0; session != NULL && i < questions->items->len; i++) {
        struct question *question = question_at(questions, i);
        question->demanded = is_untold(question) && is_excluded(session, question);
    }
    connection_close(session);
    return session != NULL;
}

static bool
try_one(struct questions *questions, struct copy *copy, const struct migration *migration,
        struct question *question, GError **error)
{
    const struct stage *stage = questions->stage;
    const struct migration_plan *plan = questions->direction == DIRECTION_UP ? &migration->up
                                                                             : &migration->down;
    struct run_evidence run = {0};
    copy->clean = false;
    if (!offend(questions, copy->name, question, error))
        return false;
    copy->clean = question->others == NULL; /* nothing could be written */
    if (question->problem != NULL)
        return true;
    if (!run_direction(stage, copy->name, migration, questions->direction, &run, error))
        return false;
    question->end = run.end;
    question->refusal = run.words;
    copy->clean = run.end == RUN_FAILED && plan->isolation == IN_TRANSACTION &&
                  take_back(questions, copy, question);
    return true;
}

bool
questions_try(struct questions *questions, const char *database, const struct migration *migration,
              GError **error)
{
    guint tried = 0;
    struct copy copy = {NULL, false};
    bool good = questions->items->len == 0 || exclude(questions, database, error);
    for (guint i = 0; good && i < questions->items->len; i++) {
        struct question *question = question_at(questions, i);
        if (!is_untold(question) || question->demanded)
            continue;
        if (tried++ >= TRIED_MOST)
            question->problem = "the direction adds too many demands to try each of them";
        else
            good = make_copy(questions, database, &copy, error) &&
                   try_one(questions, &copy, migration, question, error);
    }
    return drop_copy(questions, &copy, good ? error : NULL) && good;
}

/* Why it is not proved; NULL when it is. */
static const char *
doubt(const struct question *question, const struct run_evidence *with_rows)
{
    bool met = question->counts[FILLED_WITH_INVENTED_ROWS] > 0;
    if (question->counts[FILLED_BY_MIGRATIONS] > 0)
        return "the migrations themselves write such rows";
    if (met)
        return with_rows->end == RUN_FAILED ? NULL : "with invented rows, it did not end";
    if (question->problem != NULL)
        return question->problem;
    if (with_rows->end != RUN_COMPLETE)
        return "it does not run with other invented rows either";
    return question->end == RUN_FAILED ? NULL : "with such rows, it did not end";
}

/* Whether such rows stop nothing: a run changed or converted them, or there are none. */
static bool
is_refuted(const struct question *question, const struct run_evidence *with_rows)
{
    bool met = question->counts[FILLED_WITH_INVENTED_ROWS] > 0 ||
               question->counts[FILLED_BY_MIGRATIONS] > 0;
    return question->counts[FILLED_BY_MIGRATIONS] < 0 || question->demanded ||
           (met ? with_rows->end : question->end) == RUN_COMPLETE;
}

void
questions_close(struct questions *questions, const struct run_evidence *with_rows,
                struct prechecks *prechecks)
{
    struct arena *arena = questions->stage->arena;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct precheck));
    g_array_append_vals(found, prechecks->items, (guint)prechecks->count);
    for (guint i = 0; i < questions->items->len; i++) {
        const struct question *question = question_at(questions, i);
        if (is_refuted(question, with_rows))
            continue;
        const char *unproved = doubt(question, with_rows);
        bool met = question->counts[FILLED_WITH_INVENTED_ROWS] > 0;
        const char *refusal = met ? with_rows->words : question->refusal;
        const struct precheck precheck = {
            .direction = questions->direction,
            .relation = question->path,
            .words = question->words,
            .query = question->query,
            .refusal = unproved == NULL ? refusal : NULL,
            .unproved = unproved,
        };
        g_array_append_val(found, precheck);
    }
    *prechecks = (struct prechecks){found->len, arena_keep(arena, found)};
}
