/* program.c - its environment, its end, and the part of the log that it wrote. */
#include "cluster/program.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/process.h"
#include "base/secret.h"
#include "cluster/log.h"
#include "cluster/template.h"

#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT       "5432"
#define LOG_LIMIT  ((size_t)256 * 1024 * 1024)
#define LAST_WORDS 400 /* bytes of what it said */

/* What of dbdoc's own environment a program may see. */
static const char *const passed_on[] = {"PATH", "HOME", "LANG"};

/* While it runs, sessions with the database log what they do. Values of parameters stay out. */
static const struct {
    const char *name;
    const char *value;
} logging[] = {
    {"log_statement", "'all'"},           {"log_duration", "on"},
    {"log_min_messages", "'error'"},      {"log_min_error_statement", "'error'"},
    {"log_parameter_max_length", "0"},    {"log_parameter_max_length_on_error", "0"},
    {"log_error_verbosity", "'default'"}, {"log_min_duration_statement", "-1"},
};

static char **
environment_of(const struct cluster *cluster, const char *database)
{
    char **environment = NULL;
    g_autofree char *url = g_strdup_printf("postgresql://" CLUSTER_LOGIN "@/%s?host=%s&port=" PORT,
                                           database, cluster_folder(cluster));
    for (size_t i = 0; i < G_N_ELEMENTS(passed_on); i++) {
        const char *value = g_getenv(passed_on[i]);
        if (value != NULL)
            environment = g_environ_setenv(environment, passed_on[i], value, TRUE);
    }
    const struct {
        const char *name;
        const char *value;
    } there[] = {
        {"PGHOST", cluster_folder(cluster)},
        {"PGPORT", PORT},
        {"PGUSER", CLUSTER_LOGIN},
        {"PGDATABASE", database},
        {"DATABASE_URL", url},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(there); i++)
        environment = g_environ_setenv(environment, there[i].name, there[i].value, TRUE);
    return environment;
}

enum log_state { LOG_ON, LOG_OFF };

static bool
set_logging(const struct cluster *cluster, const char *database, enum log_state state,
            GError **error)
{
    bool done = true;
    for (size_t i = 0; done && i < G_N_ELEMENTS(logging); i++) {
        g_autofree char *sql = state == LOG_ON
                                   ? g_strdup_printf("ALTER DATABASE %s SET %s = %s", database,
                                                     logging[i].name, logging[i].value)
                                   : g_strdup_printf("ALTER DATABASE %s RESET %s", database,
                                                     logging[i].name);
        done = cluster_ask(cluster, sql, NULL, NULL, error);
    }
    return done;
}

/* Its own tables are there for it alone while it runs. */
static bool
set_aside(const struct cluster *cluster, const char *database, const struct names *own,
          const char *aside, GError **error)
{
    if (own->count == 0)
        return true;
    g_autofree char *names = array_join(own->items, own->count);
    const char *const parameters[] = {names, aside};
    struct connection *session = cluster_connect(cluster, database, error);
    bool done = session != NULL &&
                connection_query(session, "SELECT pg_catalog.dbdoc_set_aside($1, $2)", parameters,
                                 G_N_ELEMENTS(parameters), NULL, error);
    connection_close(session);
    return done;
}

/* What it left behind, in whichever process. */
static bool
end_sessions(const struct cluster *cluster, const char *database, GError **error)
{
    return cluster_ask(cluster,
                       "SELECT pg_catalog.pg_terminate_backend(pid) "
                       "FROM pg_catalog.pg_stat_activity WHERE datname = $1",
                       database, NULL, error);
}

/* The end of what it said, on one line, without passwords. */
static char *
last_words(const char *output)
{
    g_autofree char *safe = secret_mask(output);
    g_strchomp(safe);
    size_t length = strlen(safe);
    const char *tail = safe + (length > LAST_WORDS ? length - LAST_WORDS : 0);
    g_autofree char *valid = g_utf8_make_valid(tail, -1);
    g_auto(GStrv) parts = g_strsplit_set(g_strstrip(valid), " \r\n\t", -1);
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; parts[i] != NULL; i++)
        if (*parts[i] != '\0')
            g_string_append_printf(words, "%s%s", words->len > 0 ? " " : "", parts[i]);
    return g_strdup(words->len > 0 ? words->str : "it said nothing");
}

static void
note_end(struct program_run *run, int status, const char *output)
{
    g_autofree char *words = last_words(output);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return;
    run->end = PROGRAM_FAILED;
    run->words = WIFEXITED(status)
                     ? g_strdup_printf("ended with status %d: %s", WEXITSTATUS(status), words)
                     : g_strdup_printf("was ended by signal %d: %s", WTERMSIG(status), words);
}

/* Runs it to its end, whichever that is. */
static bool
execute(struct cluster *cluster, const char *database, const struct program *program,
        struct program_run *run, GError **error)
{
    g_auto(GStrv) environment = environment_of(cluster, database);
    const struct process process = {
        .argv = program->argv,
        .environment = (const char *const *)environment,
        .folder = program->folder,
    };
    const struct process_guard guard = {cluster_check, cluster};
    g_autofree char *output = NULL;
    GError *stopped = NULL;
    int status = 0;
    cluster_restart_clock(cluster);
    if (process_watch(&process, &guard, &output, &status, &stopped)) {
        note_end(run, status, output);
        return true;
    }
    if (g_error_matches(stopped, FAILURE, FAILURE_INTERRUPTED) || !cluster_lives(cluster)) {
        g_propagate_error(error, stopped);
        return false;
    }
    run->end = PROGRAM_STOPPED;
    run->words = g_strdup(stopped->message);
    g_error_free(stopped);
    return true;
}

static int
log_open(const struct cluster *cluster, GError **error)
{
    g_autofree char *path = g_build_filename(cluster_folder(cluster), "log", NULL);
    return file_open(path, error);
}

/* Where the log ends now. */
static bool
find_end(const struct cluster *cluster, off_t *end, GError **error)
{
    int log = log_open(cluster, error);
    if (log < 0)
        return false;
    *end = lseek(log, 0, SEEK_END);
    close(log);
    return true;
}

static bool
read_log(const struct cluster *cluster, off_t from, const char *database, struct program_run *run,
         GError **error)
{
    int log = log_open(cluster, error);
    if (log < 0)
        return false;
    char buffer[16384];
    g_autoptr(GString) text = g_string_new(NULL);
    for (ssize_t count = 1; count > 0 && text->len < LOG_LIMIT;) {
        count = pread(log, buffer, sizeof buffer, from + (off_t)text->len);
        g_string_append_len(text, buffer, MAX(count, 0));
    }
    close(log);
    run->entries = log_read(text->str, database);
    return true;
}

bool
program_equip(struct cluster *cluster, const char *database, GError **error)
{
    g_assert(cluster_folder(cluster) != NULL); /* nobody reads the log of a server that was lent */
    return cluster_equip_database(cluster, database, "src/cluster/sql/trace.sql", error);
}

bool
program_run(struct cluster *cluster, const char *database, const struct program *program,
            struct program_run *run, GError **error)
{
    off_t before = 0;
    *run = (struct program_run){.end = PROGRAM_DONE};
    bool done = set_aside(cluster, database, &program->own, "false", error) &&
                find_end(cluster, &before, error) &&
                set_logging(cluster, database, LOG_ON, error) &&
                execute(cluster, database, program, run, error);
    return done && end_sessions(cluster, database, error) &&
           set_logging(cluster, database, LOG_OFF, error) &&
           read_log(cluster, before, database, run, error) &&
           set_aside(cluster, database, &program->own, "true", error);
}

/* Sessions of others end with words, too, but without a statement. */
bool
program_arrived(const struct program_run *run)
{
    for (guint i = 0; i < run->entries->len; i++) {
        const struct log_entry *entry = run->entries->pdata[i];
        if (entry->kind == LOG_STATEMENT || entry->statement != NULL)
            return true;
    }
    return false;
}

void
program_run_clear(struct program_run *run)
{
    g_clear_pointer(&run->words, g_free);
    g_clear_pointer(&run->entries, g_ptr_array_unref);
}
