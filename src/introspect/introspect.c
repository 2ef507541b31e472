/* introspect.c - the order of reading, and what to do when the ground moves meanwhile. */
#include "introspect/introspect.h"

#include "base/failure.h"
#include "base/progress.h"
#include "catalog/known.h"
#include "introspect/bind.h"
#include "introspect/query.h"
#include "introspect/readings.h"
#include "introspect/settle.h"
#include "introspect/visible.h"

#include <string.h>

#define ATTEMPTS 3

const struct reading readings[] = {
    /* The OIDs of roles are no longer needed when a relation may have one of them. */
    {"roles", &kind_catalog, "roles", NULL, PLAIN},
    {"memberships", NULL, NULL, &kind_membership, PLAIN},
    {"default_privileges", &kind_catalog, "default_privileges", NULL, PLAIN},
    {"schemas", &kind_catalog, "schemas", NULL, PLAIN},
    {"extensions", &kind_catalog, "extensions", NULL, PLAIN},
    {"enum_types", &kind_catalog, "enum_types", NULL, PLAIN},
    {"domains", &kind_catalog, "domains", NULL, PLAIN},
    {"domain_constraints", NULL, NULL, &kind_domain_constraint, PLAIN},
    {"composite_types", &kind_catalog, "composite_types", NULL, PLAIN},
    {"attributes", NULL, NULL, &kind_attribute, PLAIN},
    {"range_types", &kind_catalog, "range_types", NULL, PLAIN},
    {"base_types", &kind_catalog, "base_types", NULL, PLAIN},
    {"sequences", &kind_catalog, "sequences", NULL, PLAIN},
    {"tables", &kind_catalog, "tables", NULL, PLAIN},
    {"views", &kind_catalog, "views", NULL, PLAIN},
    {"columns", NULL, NULL, &kind_column, PLAIN},
    {"constraints", NULL, NULL, &kind_constraint, PLAIN},
    {"indexes", NULL, NULL, &kind_index, PLAIN},
    {"keys", NULL, NULL, &kind_key, PLAIN},
    {"triggers", NULL, NULL, &kind_trigger, PLAIN},
    {"policies", NULL, NULL, &kind_policy, PLAIN},
    {"functions", &kind_catalog, "functions", NULL, PLAIN},
    {"rewrite_rules", NULL, NULL, &kind_rewrite_rule, RARE},
    {"statistics", NULL, NULL, &kind_statistics, RARE},
    {"event_triggers", &kind_catalog, "event_triggers", NULL, RARE},
    {"publications", &kind_catalog, "publications", NULL, RARE},
    {"publication_tables", NULL, NULL, &kind_publication_table, RARE},
    {"subscriptions", &kind_catalog, "subscriptions", NULL, RARE},
    {"foreign_data_wrappers", &kind_catalog, "foreign_data_wrappers", NULL, RARE},
    {"foreign_servers", &kind_catalog, "foreign_servers", NULL, RARE},
    {"operators", &kind_catalog, "operators", NULL, RARE},
    {"operator_classes", &kind_catalog, "operator_classes", NULL, RARE},
    {"operator_families", &kind_catalog, "operator_families", NULL, RARE},
    {"casts", &kind_catalog, "casts", NULL, RARE},
    {"conversions", &kind_catalog, "conversions", NULL, RARE},
    {"collations", &kind_catalog, "collations", NULL, RARE},
    {"text_search_parsers", &kind_catalog, "text_search_parsers", NULL, RARE},
    {"text_search_templates", &kind_catalog, "text_search_templates", NULL, RARE},
    {"text_search_dictionaries", &kind_catalog, "text_search_dictionaries", NULL, RARE},
    {"text_search_configurations", &kind_catalog, "text_search_configurations", NULL, RARE},
    {"languages", &kind_catalog, "languages", NULL, RARE},
    {"transforms", &kind_catalog, "transforms", NULL, RARE},
    {"access_methods", &kind_catalog, "access_methods", NULL, RARE},
    {"tablespaces", &kind_catalog, "tablespaces", NULL, RARE},
    {0},
};

const struct reading observing[] = {
    {"observed_tables", &kind_observations, "tables", NULL, LOOKS_AT_FILES},
    {"observed_columns", &kind_observations, "columns", NULL, PLAIN},
    {"observed_indexes", &kind_observations, "indexes", NULL, LOOKS_AT_FILES},
    {"observed_sequences", &kind_observations, "sequences", NULL, PLAIN},
    {"observed_extensions", &kind_observations, "extensions", NULL, PLAIN},
    {0},
};

struct session {
    struct connection *connection; /* NULL: */
    struct answers *answers;       /* psql asked, and these are the answers */
    const struct introspect_options *options;
    int major;
    struct database *database;
    struct parents *parents;
    struct sight *sight;
    const char *reader; /* the role that reads */
};

/* Ctrl-C needs no explanation. */
static bool
explain_query(const char *name, GError **error)
{
    if (error != NULL && g_error_matches(*error, FAILURE, FAILURE_DATABASE))
        failure_prefix(error, "while reading %s: ", name);
    return false;
}

static bool
take_answer(const struct session *session, const char *name, struct rows **rows, GError **error)
{
    g_assert(rows != NULL); /* what has no rows is not asked of answers */
    *rows = answers_take(session->answers, name);
    return *rows != NULL ||
           failure_set(error, FAILURE_DATABASE,
                       "the reading has no answer to %s. It was made by another version of dbdoc: "
                       "print the script anew.",
                       name);
}

static bool
send(const struct session *session, const char *name, const char *sql, const char *parameter,
     struct rows **rows, GError **error)
{
    return connection_query(session->connection, sql, &parameter, parameter != NULL, rows, error) ||
           explain_query(name, error);
}

/* Runs a query file; `parameter` is its $1, if it has one. */
static bool
ask(const struct session *session, const char *name, const char *parameter, struct rows **rows,
    GError **error)
{
    if (session->answers != NULL)
        return take_answer(session, name, rows, error);
    g_autofree char *sql = query_text(name, session->major);
    return send(session, name, sql, parameter, rows, error);
}

/* The same as far as the role may; *rows is NULL when it sees nothing of it. */
static bool
ask_visible(const struct session *session, const char *name, const struct kind *kind,
            const char *parameter, struct rows **rows, GError **error)
{
    if (session->answers != NULL)
        return take_answer(session, name, rows, error);
    g_autofree char *sql = visible_query(session->database, session->sight, name, kind,
                                         session->major);
    *rows = NULL;
    return sql == NULL || send(session, name, sql, parameter, rows, error);
}

static const char *
files_parameter(const struct session *session)
{
    return session->options->observe == OBSERVE_FILES ? "true" : "false";
}

static bool
read_one(const struct session *session, const struct reading *reading, struct object *root,
         GError **error)
{
    struct rows *rows = NULL;
    progress_step("Reading the catalog: %s", reading->query);
    const char *parameter = reading->manner == LOOKS_AT_FILES ? files_parameter(session) : NULL;
    const struct kind *kind = reading->root != NULL
                                  ? kind_field(reading->root, reading->list)->child
                                  : reading->child;
    if (!ask_visible(session, reading->query, kind, parameter, &rows, error))
        return false;
    if (rows == NULL) {
        visible_lose(session->database, reading);
        return true;
    }
    struct arena *arena = session->database->arena;
    bool done = reading->root != NULL
                    ? bind_list(arena, session->parents, rows, root,
                                kind_field(reading->root, reading->list), error)
                    : bind_children(arena, session->parents, rows, reading->child, error);
    rows_free(rows);
    return done;
}

/* One row with facts of the root itself. */
static bool
read_root(struct session *session, const char *query, const char *parameter, struct object *root,
          GError **error)
{
    struct rows *rows = NULL;
    if (!ask_visible(session, query, root->kind, parameter, &rows, error))
        return false;
    const char *vanished = NULL;
    if (rows == NULL)
        return failure_set(error, FAILURE_DATABASE, "%s may not read what a database is made of.",
                           session->reader != NULL ? session->reader : "the role");
    bool done = rows_count(rows) == 1 &&
                bind_row(session->database->arena, rows, 0, root, &vanished);
    int reader = rows_column(rows, "reader");
    if (done && reader >= 0)
        session->reader = arena_intern(session->database->arena, rows_value(rows, 0, reader));
    rows_free(rows);
    return done || failure_set(error, FAILURE_DATABASE, "the server gave no answer to %s.", query);
}

/* The first query finds the tools' tables and writes the second, which reads them all; *histories
 * is NULL when there is none. */
static bool
ask_histories(const struct session *session, struct rows **histories, GError **error)
{
    struct rows *rows = NULL;
    *histories = NULL;
    if (session->answers != NULL) {
        *histories = answers_take(session->answers, ANSWER_HISTORIES);
        return true;
    }
    if (!ask_visible(session, QUERY_HISTORIES, NULL, NULL, &rows, error))
        return false;
    if (rows == NULL) {
        catalog_lose(session->database, &kind_catalog, "histories");
        return true;
    }
    g_autofree char *statement = g_strdup(rows_value(rows, 0, rows_column(rows, "statement")));
    rows_free(rows);
    return statement == NULL ||
           connection_query(session->connection, statement, NULL, 0, histories, error);
}

static bool
read_histories(const struct session *session, GError **error)
{
    struct rows *histories = NULL;
    if (!ask_histories(session, &histories, error))
        return false;
    bool done = histories == NULL || bind_list(session->database->arena, session->parents,
                                               histories, &session->database->catalog->object,
                                               kind_field(&kind_catalog, "histories"), error);
    rows_free(histories);
    return done;
}

static bool
run(struct connection *connection, const char *sql, GError **error)
{
    return connection_query(connection, sql, NULL, 0, NULL, error);
}

/* Services keep functions about the whole server to themselves, each its own ones: then nobody
 * knows which server it is. */
static bool
read_identity(struct session *session, struct object *root, GError **error)
{
    if (!run(session->connection, STATEMENT_MARK, error))
        return false;
    GError *refusal = NULL;
    if (read_root(session, QUERY_IDENTITY, NULL, root, &refusal))
        return true;
    bool refused = g_error_matches(refusal, FAILURE, FAILURE_DATABASE);
    if (!refused)
        g_propagate_error(error, refusal);
    else
        g_error_free(refusal);
    return refused && run(session->connection, STATEMENT_TO_MARK, error);
}

static bool
read_observations(struct session *session, GError **error)
{
    struct database *database = session->database;
    database->observations = object_new(database->arena, &kind_observations, NULL);
    struct object *root = &database->observations->object;
    bool done = read_root(session, QUERY_OBSERVED, files_parameter(session), root, error) &&
                read_identity(session, root, error);
    for (size_t i = 0; done && observing[i].query != NULL; i++)
        done = read_one(session, &observing[i], root, error);
    return done;
}

/* Definitions are printed from the newest catalog, rows come from the transaction's: what was
 * dropped between the two has lost facts without an error. */
static bool
check_all_there(const struct session *session, GError **error)
{
    struct rows *rows = NULL;
    if (!ask_visible(session, QUERY_VANISHED, NULL, NULL, &rows, error))
        return false;
    bool done = rows == NULL || rows_count(rows) == 0 ||
                failure_set(error, FAILURE_DATABASE, "relation %s " VANISHED,
                            rows_value(rows, 0, rows_column(rows, "name")));
    rows_free(rows);
    return done;
}

/* Names of the rare readings that would bring rows; free with g_strfreev. NULL: it is not visible
 * which. */
static bool
find_present(const struct session *session, char ***present, GError **error)
{
    struct rows *rows = NULL;
    *present = NULL;
    if (!ask_visible(session, QUERY_PRESENT, NULL, NULL, &rows, error))
        return false;
    if (rows != NULL)
        *present = array_split(rows_value(rows, 0, rows_column(rows, "present")));
    rows_free(rows);
    return true;
}

static bool
read_catalog(const struct session *session, struct object *root, GError **error)
{
    g_auto(GStrv) present = NULL;
    bool done = find_present(session, &present, error);
    for (size_t i = 0; done && readings[i].query != NULL; i++)
        if (readings[i].manner != RARE || present == NULL ||
            g_strv_contains((const char *const *)present, readings[i].query))
            done = read_one(session, &readings[i], root, error);
    return done;
}

/* One row of arrays; the column `name` of them. Free with g_strfreev. */
static char **
names_of(const struct rows *rows, const char *name)
{
    return array_split(rows_value(rows, 0, rows_column(rows, name)));
}

static void
hide(struct sight *sight, char **names)
{
    for (char **name = names; *name != NULL; name++)
        sight_hide(sight, *name);
}

/* Which columns of a catalog are hidden is seen by whoever sees columns. */
static bool
look_at_columns(const struct session *session, char **partly, GError **error)
{
    struct rows *rows = NULL;
    if (sight_hides(session->sight, "pg_attribute") ||
        g_strv_contains((const char *const *)partly, "pg_attribute")) {
        hide(session->sight, partly);
        return true;
    }
    g_autofree char *parameter = array_join((const char *const *)partly, g_strv_length(partly));
    if (!ask(session, QUERY_SIGHT_COLUMNS, parameter, &rows, error))
        return false;
    g_auto(GStrv) hidden = names_of(rows, "hidden");
    hide(session->sight, hidden);
    rows_free(rows);
    return true;
}

/* What psql read, the role saw. */
static bool
look_around(const struct session *session, GError **error)
{
    struct rows *rows = NULL;
    if (session->answers != NULL)
        return true;
    if (!ask(session, QUERY_SIGHT, NULL, &rows, error))
        return false;
    g_auto(GStrv) hidden = names_of(rows, "hidden");
    g_auto(GStrv) partly = names_of(rows, "partly");
    rows_free(rows);
    hide(session->sight, hidden);
    return *partly == NULL || look_at_columns(session, partly, error);
}

static bool
read_all(struct session *session, GError **error)
{
    struct object *root = &session->database->catalog->object;
    bool done = look_around(session, error) &&
                read_root(session, QUERY_SERVER, NULL, root, error) &&
                read_catalog(session, root, error);
    done = done && read_histories(session, error);
    if (done && session->options->observe != OBSERVE_NOTHING)
        done = read_observations(session, error);
    return done && check_all_there(session, error);
}

static bool
begin(const struct session *session, GError **error)
{
    g_autofree char *timeout = g_strdup_printf("%u", session->options->lock_timeout);
    return run(session->connection, STATEMENT_BEGIN, error) &&
           ask(session, QUERY_SESSION, timeout, NULL, error);
}

/* Why an attempt failed, as far as another one may cure it. */
enum mishap {
    MISHAP_NONE,
    MISHAP_LOCKED,     /* a lock was held for too long */
    MISHAP_VANISHED,   /* an object was dropped under our hands */
    MISHAP_CONFLICTED, /* a standby had to choose between us and its primary */
};

static const struct {
    char state[6];
    enum mishap mishap;
} mishaps[] = {
    {"55P03", MISHAP_LOCKED},
    {"XX000", MISHAP_VANISHED},
    {"40001", MISHAP_CONFLICTED},
    {"40P01", MISHAP_CONFLICTED},
};

static enum mishap
find_mishap(struct connection *connection, const GError *error)
{
    if (!g_error_matches(error, FAILURE, FAILURE_DATABASE))
        return MISHAP_NONE;
    if (g_str_has_suffix(error->message, VANISHED))
        return MISHAP_VANISHED;
    for (size_t i = 0; i < G_N_ELEMENTS(mishaps); i++)
        if (g_str_equal(connection_error(connection)->state, mishaps[i].state))
            return mishaps[i].mishap;
    return MISHAP_NONE;
}

/* Says which tables other sessions have locked, instead of the server's bare timeout. Asked in a
 * transaction of its own: the failed one answers nothing, and none has no safe search_path. */
static void
explain_lock(const struct session *session, GError **error)
{
    struct rows *rows = NULL;
    const char *holders = NULL;
    if (begin(session, NULL) && ask(session, QUERY_LOCKS, NULL, &rows, NULL))
        holders = rows_value(rows, 0, rows_column(rows, "holders"));
    g_clear_error(error);
    failure_set(error, FAILURE_DATABASE,
                "another session holds an ACCESS EXCLUSIVE lock for too long (%s). Wait until it "
                "is done, or give a longer --lock-timeout.",
                holders != NULL ? holders : "it ended before dbdoc could see which");
    rows_free(rows);
    run(session->connection, STATEMENT_END, NULL);
}

static void
explain(const struct session *session, enum mishap mishap, GError **error)
{
    switch (mishap) {
    case MISHAP_NONE:
        break;
    case MISHAP_LOCKED:
        explain_lock(session, error);
        break;
    case MISHAP_VANISHED:
        failure_prefix(error,
                       "the structure changed during each of %d readings. Wait until the "
                       "migration that runs there is done: ",
                       ATTEMPTS);
        break;
    case MISHAP_CONFLICTED:
        failure_prefix(error,
                       "the server broke off each of %d readings. Read when it is quiet, or "
                       "from the primary: ",
                       ATTEMPTS);
        break;
    }
}

/* Only superusers may read more of a subscription on version 13 than its main facts. */
static void
settle_unknown(const struct session *session)
{
    if (session->database->catalog->unseen.count > 0)
        session->database->catalog->unseen_by = session->reader;
    catalog_fill_unseen(session->database);
    if (session->options->access != access_source_UNKNOWN)
        catalog_forget_superuser(session->database);
    if (session->database->catalog->subscriptions.count > 0 && session->major < 14) {
        catalog_forget(session->database, &kind_subscription, "options");
        catalog_forget(session->database, &kind_subscription, "comment");
    }
}

static struct database *
attempt(struct session *session, GError **error)
{
    session->database = database_new();
    session->parents = parents_new();
    session->sight = sight_new();
    bool done = (session->answers != NULL || begin(session, error)) && read_all(session, error);
    parents_free(session->parents);
    sight_free(session->sight);
    if (!done) {
        database_free(session->database);
        return NULL;
    }
    enum access_source access = session->options->access;
    session->database->catalog->access = access == access_source_UNKNOWN ? ACCESS_OF_SERVER
                                                                         : access;
    if (session->answers != NULL)
        session->major = (int)session->database->catalog->postgresql;
    settle_access(session->database, session->reader);
    settle_comments(session->database);
    settle_unknown(session);
    database_finish(session->database);
    return session->database;
}

static bool
check_version(const struct session *session, GError **error)
{
    if (session->major >= QUERY_OLDEST)
        return true;
    return failure_set(
        error, FAILURE_DATABASE,
        "the server is PostgreSQL %d; dbdoc reads %d and newer. Restore a dump of it "
        "on a newer server and document that.",
        session->major, QUERY_OLDEST);
}

/* Ends the transaction; a database that was read over a connection that broke is not trusted. */
static struct database *
end_attempt(struct connection *connection, struct database *database, GError **error)
{
    if (run(connection, STATEMENT_END, database != NULL ? error : NULL) || database == NULL)
        return database;
    database_free(database);
    return NULL;
}

struct database *
introspect(struct connection *connection, const struct introspect_options *options, GError **error)
{
    struct session session = {
        .connection = connection,
        .options = options,
        .major = connection_server_version(connection) / 10000,
    };
    if (!check_version(&session, error))
        return NULL;
    GError *problem = NULL;
    struct database *database = NULL;
    enum mishap mishap = MISHAP_NONE;
    for (int i = 0; i == 0 || (i < ATTEMPTS && mishap != MISHAP_NONE); i++) {
        g_clear_error(&problem);
        database = attempt(&session, &problem);
        mishap = database == NULL ? find_mishap(connection, problem) : MISHAP_NONE;
        database = end_attempt(connection, database, &problem);
    }
    if (database == NULL) {
        explain(&session, mishap, &problem);
        g_propagate_error(error, problem);
    }
    return database;
}

struct database *
introspect_answers(struct answers *answers, GError **error)
{
    static const struct introspect_options structure = {.observe = OBSERVE_NOTHING};
    struct session session = {.answers = answers, .options = &structure};
    struct database *database = attempt(&session, error);
    if (database == NULL || check_version(&session, error))
        return database;
    database_free(database);
    return NULL;
}
