/* loader.c - statements, transactions and what becomes of errors. */
#include "source/loader.h"

#include "base/failure.h"
#include "base/progress.h"
#include "source/psql.h"
#include "source/refusal.h"

#include <string.h>
#include <unistd.h>

#define REMEDIES       100 /* stand-ins that one statement may need */
#define PROGRESS_EVERY (G_USEC_PER_SEC / 10)

#define SAVEPOINT "dbdoc_statement"

bool
loader_reconnect(struct loader *loader, GError **error)
{
    connection_close(loader->session);
    loader->session = cluster_connect(loader->cluster, loader->database, error);
    return loader->session != NULL;
}

bool
loader_begin(struct loader *loader, GError **error)
{
    loader->variables = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    loader->stand_ins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_insert(loader->variables, g_strdup("DBNAME"), g_strdup(loader->database));
    g_hash_table_insert(loader->variables, g_strdup("ENCODING"), g_strdup("UTF8"));
    return loader_reconnect(loader, error);
}

void
loader_end(struct loader *loader)
{
    connection_close(loader->session);
    server_error_clear(&loader->refused);
    g_hash_table_unref(loader->variables);
    g_hash_table_unref(loader->stand_ins);
    g_free(loader->dump_name);
}

static bool
watch(void *data, GError **error)
{
    const struct loader *loader = data;
    return cluster_check(loader->cluster, error);
}

static bool
run_once(struct loader *loader, const char *sql, const struct copy_source *copy, GError **error)
{
    const struct supervisor supervisor = {watch, loader};
    return connection_run(loader->session, sql, &supervisor, copy, error);
}

/* Whether the server, and not the watch or the user, ended the statement; then *error is cleared.
 */
static bool
is_refusal(const struct loader *loader, GError **error)
{
    if (connection_error(loader->session)->message == NULL)
        return false;
    g_clear_error(error);
    if (connection_transaction(loader->session) == TRANSACTION_LOST)
        return failure_set(error, FAILURE_DATABASE,
                           "it ended the session with the throw-away PostgreSQL (%s). Leave the "
                           "statement out.",
                           connection_error(loader->session)->message);
    return true;
}

enum run
loader_run(struct loader *loader, enum treatment treatment, const char *sql,
           const struct copy_source *copy, GError **error)
{
    bool guarded = treatment != TREAT_TRANSACTION &&
                   connection_transaction(loader->session) == TRANSACTION_OPEN;
    if (guarded && !run_once(loader, "SAVEPOINT " SAVEPOINT, NULL, error))
        return RUN_STOPPED;
    bool done = run_once(loader, sql, copy, error);
    if (!done && !is_refusal(loader, error))
        return RUN_STOPPED;
    server_error_copy(&loader->refused, connection_error(loader->session));
    if (!done && guarded && !run_once(loader, "ROLLBACK TO SAVEPOINT " SAVEPOINT, NULL, error))
        return RUN_STOPPED;
    if (guarded && connection_transaction(loader->session) == TRANSACTION_OPEN &&
        !run_once(loader, "RELEASE SAVEPOINT " SAVEPOINT, NULL, error))
        return RUN_STOPPED;
    return done ? RUN_DONE : RUN_REFUSED;
}

bool
loader_look_again(struct loader *loader, GError **error)
{
    static const char *const steps[] = {
        "SAVEPOINT " SAVEPOINT,
        "LOCK TABLE pg_catalog.pg_ts_parser IN ACCESS SHARE MODE",
        "ROLLBACK TO SAVEPOINT " SAVEPOINT,
        "RELEASE SAVEPOINT " SAVEPOINT,
    };
    bool done = true;
    if (connection_transaction(loader->session) == TRANSACTION_OPEN)
        for (size_t i = 0; done && i < G_N_ELEMENTS(steps); i++)
            done = run_once(loader, steps[i], NULL, error);
    return done;
}

bool
loader_fail(struct loader *loader, const struct place *place, const char *statement,
            const char *words, GError **error)
{
    if (loader->on_error == KEEP_GOING) {
        remarks_add(loader->remarks, REASON_ERROR, place, statement, words);
        return true;
    }
    g_autofree char *excerpt = statement_excerpt(statement);
    return failure_set(error, FAILURE_DATABASE,
                       "%s:%u: %s: %s. Mend the statement, or give --keep-going to leave out what "
                       "fails.",
                       place->file, place->line, excerpt, words);
}

/* The server's words in one line, with its detail and hint. */
static char *
server_words(const struct server_error *said)
{
    GString *words = g_string_new(said->message);
    if (said->detail != NULL)
        g_string_append_printf(words, ". %s", said->detail);
    if (said->hint != NULL)
        g_string_append_printf(words, "%sHint: %s", g_str_has_suffix(words->str, ".") ? " " : ". ",
                               said->hint);
    if (g_str_has_suffix(words->str, "."))
        g_string_truncate(words, words->len - 1);
    g_strdelimit(words->str, "\n", ' ');
    return g_string_free(words, FALSE);
}

static bool
stop(const struct refusal *refusal, GError **error)
{
    if (g_error_matches(*error, FAILURE, FAILURE_INTERRUPTED))
        return false;
    g_autofree char *excerpt = statement_excerpt(refusal->sql);
    return failure_prefix(error, "%s:%u: %s: ", refusal->place->file, refusal->place->line,
                          excerpt);
}

/* In its data, the server tells the place in words: "COPY posts, line 2, column id: …". */
static unsigned
line_of_data(const char *context)
{
    static const char before[] = ", line ";
    const char *words = context != NULL && g_str_has_prefix(context, "COPY ")
                            ? strstr(context, before)
                            : NULL;
    return words == NULL ? 0 : (unsigned)g_ascii_strtoull(words + strlen(before), NULL, 10);
}

static unsigned
line_of_refusal(const struct loader *loader, const struct statement *statement)
{
    unsigned line = statement->reads_data ? line_of_data(loader->refused.context) : 0;
    return line > 0 ? statement->end + line : statement_line(statement, loader->refused.position);
}

/* Runs the statement until it is done, left out or failed. `script` holds its data; NULL: it has
 * none. */
static bool
run_statement(struct loader *loader, struct script *script, const struct statement *statement,
              struct refusal *refusal, GError **error)
{
    const struct copy_source copy = {script_copy_line, script};
    enum remedy remedy = REMEDY_RETRY;
    for (int i = 0; remedy == REMEDY_RETRY && i < REMEDIES; i++) {
        const char *sql = refusal->amended != NULL ? refusal->amended : refusal->sql;
        switch (loader_run(loader, refusal->treatment, sql, script != NULL ? &copy : NULL, error)) {
        case RUN_DONE:
            return true;
        case RUN_STOPPED:
            return stop(refusal, error);
        case RUN_REFUSED:
            remedy = refusal_remedy(loader, refusal, error);
        }
    }
    if (script != NULL)
        script_skip_data(script);
    if (remedy == REMEDY_LEAVE)
        return true;
    if (remedy == REMEDY_STOP)
        return false;
    g_autofree char *words = server_words(&loader->refused);
    const struct place exact = {refusal->place->file, line_of_refusal(loader, statement)};
    return loader_fail(loader, &exact, statement->text, words, error);
}

/* Roles that foreign SQL makes are there by name when it asks for them. */
static bool
leave_role(struct loader *loader, const struct refusal *refusal, GError **error)
{
    remarks_add(loader->remarks, REASON_ROLE, refusal->place, refusal->sql, NULL);
    return refusal_supply_roles(loader, refusal->sql, error) != REMEDY_STOP;
}

static bool
load_sql(struct loader *loader, struct script *script, const struct statement *statement,
         const struct place *place, GError **error)
{
    struct refusal refusal = {
        .place = place, .sql = statement->text, .treatment = treatment_of(statement->text)};
    switch (refusal.treatment) {
    case TREAT_NOTHING:
        return true;
    case TREAT_ROLE:
        return leave_role(loader, &refusal, error);
    case TREAT_DATABASE:
        remarks_add(loader->remarks, REASON_DATABASE, place, statement->text, NULL);
        return true;
    case TREAT_DATABASE_COMMENT:
        refusal.amended = database_comment_rename(statement->text, loader->database);
        break;
    case TREAT_RUN:
    case TREAT_TRANSACTION:
    case TREAT_SETTING:
    case TREAT_DROP:
    case TREAT_ABOUT:
    case TREAT_EXTENSION:
    case TREAT_EXTENSION_COMMENT:
    case TREAT_SCHEMA:
        break;
    }
    bool done = run_statement(loader, script, statement, &refusal, error);
    g_free(refusal.amended);
    return done;
}

/* Commands cost time too: files may include each other a million times. */
static bool
watch_file(struct loader *loader, const struct place *place, GError **error)
{
    return watch(loader, error) || failure_prefix(error, "%s:%u: ", place->file, place->line);
}

static void
show_progress(struct loader *loader, const struct place *place)
{
    gint64 now = g_get_monotonic_time();
    if (now < loader->next_progress)
        return;
    loader->next_progress = now + PROGRESS_EVERY;
    progress_step("Loading %s, line %u", place->file, place->line);
}

static bool
load_statement(struct psql_file *file, const struct statement *statement, const struct place *place,
               GError **error)
{
    show_progress(file->loader, place);
    if (!watch_file(file->loader, place, error))
        return false;
    if (statement->kind == STATEMENT_META)
        return psql_command(file, statement->text, place, error);
    if (psql_is_active(file))
        return load_sql(file->loader, file->script, statement, place, error);
    script_skip_data(file->script);
    return true;
}

static bool
load_statements(struct psql_file *file, const char *shown, GError **error)
{
    struct statement statement;
    GError *problem = NULL;
    while (!file->quit && script_next(file->script, &statement, &problem)) {
        const struct place place = {shown, statement_line(&statement, 0)};
        if (!load_statement(file, &statement, &place, error))
            return false;
    }
    if (problem == NULL)
        return psql_file_check_end(file, shown, error);
    g_propagate_error(error, problem);
    return false;
}

bool
loader_load(struct loader *loader, const char *name, int descriptor, GError **error)
{
    g_autofree char *shown = g_build_filename(loader->prefix, name, NULL);
    struct psql_file file = {.loader = loader, .name = name};
    file.script = script_new(shown, descriptor, loader->variables);
    psql_file_begin(&file);
    bool done = load_statements(&file, shown, error);
    psql_file_end(&file);
    script_free(file.script);
    return done;
}

bool
loader_apply(struct loader *loader, const struct place *place, const char *sql, GError **error)
{
    const struct statement statement = {
        .kind = STATEMENT_SQL, .text = sql, .line = place->line, .end = place->line};
    show_progress(loader, place);
    return watch_file(loader, place, error) && load_sql(loader, NULL, &statement, place, error);
}

bool
loader_finish(struct loader *loader, const char *name, GError **error)
{
    if (connection_transaction(loader->session) == TRANSACTION_NONE)
        return true;
    if (loader->on_error == KEEP_GOING)
        return run_once(loader, "COMMIT", NULL, error);
    return failure_set(error, FAILURE_DATABASE,
                       "%s ends within a transaction, so that psql would undo it. Write COMMIT at "
                       "its end, or give --keep-going.",
                       name);
}
