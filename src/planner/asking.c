/* asking.c - EXPLAIN of a generic plan: of a prepared statement that is forced to have one, which
 * all versions do alike. Queries go by the extended protocol: several statements in one text are
 * refused. What the server says of them may hold values, and is told in own words. */
#include "planner/asking.h"

#include "base/failure.h"
#include "base/sql_lexer.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Those that this version does not know, or does not take, are left out. */
static bool
take_settings(struct connection *session, const struct known_rows *known, GError **error)
{
    static const char sql[] =
        "SELECT pg_catalog.set_config(name, $2, false) FROM pg_catalog.pg_settings "
        "WHERE name = $1 AND context = 'user' AND category LIKE ANY "
        "(ARRAY['Query Tuning%', 'Resource Usage%'])";
    for (size_t i = 0; i < known->setting_count; i++) {
        const char *const parameters[] = {known->settings[i].name, known->settings[i].value};
        GError *refusal = NULL;
        if (connection_query(session, sql, parameters, G_N_ELEMENTS(parameters), NULL, &refusal))
            continue;
        if (*connection_error(session)->state == '\0') {
            g_propagate_error(error, refusal);
            return false;
        }
        g_error_free(refusal);
    }
    return true;
}

bool
asking_open(struct asking *asking, const char *database, const struct known_rows *known,
            GError **error)
{
    static const char first[] =
        "SELECT pg_catalog.set_config('max_parallel_workers_per_gather', '0', false)";
    static const char last[] =
        "SELECT pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', false), "
        "pg_catalog.set_config('jit', 'off', false)";
    asking->session = cluster_connect(asking->cluster, database, error);
    return asking->session != NULL &&
           connection_query(asking->session, first, NULL, 0, NULL, error) &&
           (known == NULL || take_settings(asking->session, known, error)) &&
           connection_query(asking->session, last, NULL, 0, NULL, error);
}

void
asking_close(struct asking *asking)
{
    connection_close(asking->session);
}

/* By SQLSTATE, and by its class. */
static const char *
words_of(const char *state)
{
    static const struct {
        const char *state;
        const char *words;
    } known[] = {
        {"42P01", "it names a table that is not there"},
        {"42703", "it names a column that is not there"},
        {"42883", "it calls a function or uses an operator that is not there for these types"},
        {"42704", "it names a type that is not there"},
        {"3F000", "it names a schema that is not there"},
        {"42P18",
         "the type of a parameter cannot be known: write a cast behind it, as in $1::text"},
        {"42P08", "a parameter is used as two types: write a cast behind it, as in $1::text"},
        {"42P10", "no unique index fits its ON CONFLICT"},
        {"42601", "this version of PostgreSQL does not know its syntax"},
        {"42501", "the throw-away login may not use what it names"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (g_str_equal(state, known[i].state))
            return known[i].words;
    return NULL;
}

/* Whether the server refused the query, and the session is still good. */
static bool
take_refusal(struct asking *asking, const char **problem, GError **error)
{
    const struct server_error *said = connection_error(asking->session);
    if (said->message == NULL || *said->state == '\0')
        return false;
    const char *words = words_of(said->state);
    *problem = words != NULL
                   ? words
                   : arena_printf(asking->arena, "it is refused with SQLSTATE %s", said->state);
    g_clear_error(error);
    return true;
}

static unsigned
count_parameters(const char *text)
{
    struct sql_token token;
    unsigned highest = 0;
    while (sql_next_word(&text, &token))
        if (token.kind == SQL_PARAMETER)
            highest = MAX(highest, (unsigned)MIN(strtoul(token.text + 1, NULL, 10), G_MAXUINT16));
    return highest;
}

static char *
explain_prepared(const char *text)
{
    GString *sql = g_string_new("EXPLAIN (FORMAT JSON, VERBOSE) EXECUTE dbdoc_query");
    unsigned count = count_parameters(text);
    for (unsigned i = 0; i < count; i++)
        g_string_append(sql, i == 0 ? "(NULL" : ", NULL");
    g_string_append(sql, count > 0 ? ")" : "");
    return g_string_free(sql, FALSE);
}

bool
asking_begin(struct asking *asking, const char *text, const char **problem, GError **error)
{
    GError *refusal = NULL;
    const struct supervisor supervisor = {cluster_check, asking->cluster};
    *problem = NULL;
    g_autofree char *sql = g_strconcat("PREPARE dbdoc_query AS ", text, NULL);
    if (connection_run_one(asking->session, sql, &supervisor, &refusal) ||
        take_refusal(asking, problem, &refusal))
        return true;
    g_propagate_error(error, refusal);
    return false;
}

bool
asking_end(struct asking *asking, GError **error)
{
    return connection_query(asking->session, "DEALLOCATE dbdoc_query", NULL, 0, NULL, error);
}

/* A plan that is kept does not notice what is hidden. */
static bool
prepare_mind(struct asking *asking, const struct wish *wish, GError **error)
{
    static const char sql[] = "SELECT pg_catalog.dbdoc_hide_indexes($1), "
                              "CASE WHEN $2 = 'off' THEN pg_catalog.set_config("
                              "'max_parallel_workers_per_gather', '0', true) END, "
                              "pg_catalog.set_config('enable_seqscan', $2, true), "
                              "pg_catalog.set_config('enable_sort', $2, true), "
                              "pg_catalog.set_config('enable_hashjoin', $2, true), "
                              "pg_catalog.set_config('enable_mergejoin', $2, true), "
                              "pg_catalog.set_config('enable_material', $2, true), "
                              "pg_catalog.set_config('enable_hashagg', $2, true), "
                              "pg_catalog.set_config('enable_partition_pruning', $3, true)";
    const char *const parameters[] = {wish->hidden, wish->manner == BY_INDEX ? "off" : "on",
                                      wish->pruning == UNPRUNED ? "off" : "on"};
    return connection_query(asking->session, "BEGIN", NULL, 0, NULL, error) &&
           connection_query(asking->session, sql, parameters, G_N_ELEMENTS(parameters), NULL,
                            error) &&
           connection_query(asking->session, "DISCARD PLANS", NULL, 0, NULL, error);
}

bool
asking_explain_here(struct asking *asking, const char *text, const struct plan_node **plan,
                    const char **problem, GError **error)
{
    const struct supervisor supervisor = {cluster_check, asking->cluster};
    g_autoptr(GString) answer = g_string_new(NULL);
    *plan = NULL;
    *problem = NULL;
    g_autofree char *sql = explain_prepared(text);
    GError *refusal = NULL;
    asking->explained++;
    if (connection_ask_one(asking->session, sql, &supervisor, answer, &refusal)) {
        *plan = plan_read(asking->arena, answer->str);
        if (*plan == NULL)
            *problem = "its plan cannot be read";
        return true;
    }
    if (take_refusal(asking, problem, &refusal))
        return true;
    g_propagate_error(error, refusal);
    return false;
}

bool
asking_explain(struct asking *asking, const struct wish *wish, const struct plan_node **plan,
               const char **problem, GError **error)
{
    *plan = NULL;
    *problem = NULL;
    return prepare_mind(asking, wish, error) &&
           asking_explain_here(asking, wish->text, plan, problem, error) &&
           connection_query(asking->session, "ROLLBACK", NULL, 0, NULL, error);
}
