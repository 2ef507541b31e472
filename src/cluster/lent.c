/* lent.c - names tell what is dbdoc's: "dbdoc_lent_" and 32 digits for the login, the same with a
 * number for databases. Whether its run still goes on says the superuser's session, which is called
 * like the login. */
#include "cluster/lent.h"

#include "base/failure.h"
#include "base/interrupt.h"
#include "base/progress.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PREFIX       "dbdoc_lent_"
#define OLDEST       130000
#define STOP_MS      60000 /* sessions may take long to end, and databases to go */
#define STOP_STEP_MS 5

static bool
run(struct connection *connection, const char *pattern, const char *name, GError **error)
{
    g_autofree char *quoted = sql_quote_name(name);
    g_auto(GStrv) parts = g_strsplit(pattern, "%s", -1);
    g_autofree char *sql = g_strjoinv(quoted, parts);
    return connection_query(connection, sql, NULL, 0, NULL, error);
}

/* The first column of the rows; free with g_ptr_array_unref. NULL on errors. */
static GPtrArray *
list(struct connection *connection, const char *sql, const char *parameter, GError **error)
{
    struct rows *rows = NULL;
    if (!connection_query(connection, sql, &parameter, parameter != NULL, &rows, error))
        return NULL;
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < rows_count(rows); i++)
        g_ptr_array_add(names, g_strdup(rows_value(rows, i, 0)));
    rows_free(rows);
    return names;
}

/* ---- What is left ---- */

static const char databases[] = "SELECT datname FROM pg_catalog.pg_database "
                                "WHERE pg_catalog.starts_with(datname, $1 || '_') ORDER BY oid";
static const char stand_ins[] = "SELECT r.rolname FROM pg_catalog.pg_auth_members m "
                                "JOIN pg_catalog.pg_roles r ON r.oid = m.roleid "
                                "JOIN pg_catalog.pg_roles l ON l.oid = m.member "
                                "WHERE l.rolname = $1 ORDER BY r.oid";
static const char logins[] = "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname = $1";
static const char abandoned[] =
    "SELECT r.rolname FROM pg_catalog.pg_roles r WHERE r.rolname ~ '^" PREFIX "[0-9a-f]{32}$' "
    "AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a "
    "WHERE a.application_name = r.rolname AND a.usename <> r.rolname)";
static const char sessions[] = "SELECT pg_catalog.pg_terminate_backend(pid)::pg_catalog.text "
                               "FROM pg_catalog.pg_stat_activity WHERE usename = $1";

/* In this order; of the sessions nothing is dropped. */
static const struct {
    const char *query;
    const char *drop; /* NULL: the query is all */
} remains[] = {
    {sessions, NULL},
    {databases, "DROP DATABASE IF EXISTS %s WITH (FORCE)"},
    {stand_ins, "DROP ROLE %s"},
    {logins, "DROP ROLE %s"},
};

/* Drops what a run made that was called so. */
static bool
bury(struct connection *superuser, const char *login, GError **error)
{
    bool good = true;
    for (size_t i = 0; good && i < G_N_ELEMENTS(remains); i++) {
        g_autoptr(GPtrArray) names = list(superuser, remains[i].query, login, error);
        good = names != NULL;
        for (guint k = 0; good && remains[i].drop != NULL && k < names->len; k++)
            good = run(superuser, remains[i].drop, names->pdata[k], error);
    }
    return good;
}

static bool
sweep(struct connection *superuser, GError **error)
{
    g_autoptr(GPtrArray) names = list(superuser, abandoned, NULL, error);
    bool good = names != NULL;
    for (guint i = 0; good && i < names->len; i++)
        good = bury(superuser, names->pdata[i], error);
    return good;
}

/* ---- The keeper ---- */

/* Waits for the end of dbdoc. What it said before: whether there is anything to drop. */
static bool
await_end(int leash)
{
    char said = '\0';
    bool made = false;
    for (ssize_t count = 1; count != 0;) {
        count = read(leash, &said, 1);
        made = made || count == 1;
        if (count < 0 && errno != EINTR)
            break;
    }
    return made;
}

static void
run_keeper(const struct lent *lent, int leash)
{
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    setsid();
    prctl(PR_SET_PDEATHSIG, 0); /* the keeper is the one that outlives */
    interrupt_uninstall();
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ignore.sa_mask);
    for (size_t i = 0; i < G_N_ELEMENTS(signals); i++)
        sigaction(signals[i], &ignore, NULL);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int standard = STDIN_FILENO; standard <= STDERR_FILENO; standard++)
        dup2(nothing, standard);
    if (!await_end(leash))
        _exit(EXIT_SUCCESS);
    struct connection *superuser = connection_open(lent->target, NULL);
    bool done = superuser != NULL && bury(superuser, lent->login, NULL);
    connection_close(superuser);
    _exit(done ? EXIT_SUCCESS : EXIT_FAILURE); /* the next start sweeps */
}

static bool
start_keeper(struct lent *lent, GError **error)
{
    int leash[2];
    if (pipe2(leash, O_CLOEXEC) != 0)
        return failure_set(error, FAILURE_DATABASE,
                           "cannot make a pipe (%s). Raise the limits of this user (ulimit).",
                           g_strerror(errno));
    lent->keeper = fork();
    if (lent->keeper == 0) {
        close(leash[1]);
        run_keeper(lent, leash[0]);
    }
    close(leash[0]);
    lent->leash = leash[1];
    return lent->keeper > 0 ||
           failure_set(error, FAILURE_DATABASE,
                       "cannot start a process (%s). Raise the limits of this user (ulimit).",
                       g_strerror(errno));
}

void
lent_close(struct lent *lent)
{
    connection_close(lent->superuser);
    if (lent->leash >= 0)
        close(lent->leash);
    lent->leash = -1;
    for (int waited = 0; lent->keeper > 0; waited += STOP_STEP_MS) {
        if (waitpid(lent->keeper, NULL, WNOHANG) != 0)
            lent->keeper = -1;
        else if (waited >= STOP_MS)
            kill(lent->keeper, SIGKILL);
        else
            poll(NULL, 0, STOP_STEP_MS);
    }
    target_free(lent->target);
    g_free(lent->login);
    g_free(lent->password);
    g_free(lent->lender);
}

/* ---- Whether it may be used ---- */

static bool
check_powers(struct lent *lent, GError **error)
{
    static const char sql[] = "SELECT rolname FROM pg_catalog.pg_roles WHERE rolsuper "
                              "AND rolname = session_user AND NOT pg_catalog.pg_is_in_recovery()";
    if (connection_server_version(lent->superuser) < OLDEST)
        return failure_set(error, FAILURE_USAGE,
                           "it is older than PostgreSQL 13, with which dbdoc begins. Lend a newer "
                           "one.");
    g_autoptr(GPtrArray) names = list(lent->superuser, sql, NULL, error);
    if (names == NULL)
        return false;
    if (names->len != 1)
        return failure_set(error, FAILURE_USAGE,
                           "dbdoc needs a superuser there, on a server that is not a standby: it "
                           "makes databases and a role of its own, and watches locks. The service "
                           "container of a CI job has one.");
    lent->lender = sql_quote_name(names->pdata[0]);
    return true;
}

/* Whether nobody made anything in the database. */
static bool
check_empty(const struct lent *lent, const char *database, bool *empty, GError **error)
{
    static const char sql[] =
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
        "ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
        "LIMIT 1";
    struct connection *connection = lent_connect(lent, LENT_SUPERUSER, database, error);
    g_autoptr(GPtrArray) names = connection != NULL ? list(connection, sql, NULL, error) : NULL;
    connection_close(connection);
    *empty = names != NULL && names->len == 0;
    return names != NULL;
}

/* Servers come with "postgres", and containers with the database that the address names. */
static bool
check_others(const struct lent *lent, GError **error)
{
    static const char sql[] = "SELECT datname FROM pg_catalog.pg_database WHERE NOT datistemplate "
                              "AND datname !~ '^" PREFIX "[0-9a-f]{32}_[0-9]+$' ORDER BY datname";
    g_autoptr(GPtrArray) names = list(lent->superuser, sql, NULL, error);
    if (names == NULL)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        bool usual = g_str_equal(name, "postgres") ||
                     g_str_equal(name, target_value(lent->target, "dbname"));
        bool empty = false;
        if (usual && !check_empty(lent, name, &empty, error))
            return false;
        if (!empty)
            return failure_set(
                error, FAILURE_USAGE,
                "it holds a database that is not dbdoc's: %s. Lend a server that is "
                "there for tests alone, or say with shared: true that dbdoc may work "
                "beside it.",
                name);
    }
    return true;
}

/* ---- Beginning ---- */

static bool
make_login(const struct lent *lent, GError **error)
{
    struct connection *superuser = lent->superuser;
    g_autofree char *name = sql_quote_name(lent->login);
    g_autofree char *password = sql_quote_literal(lent->password);
    g_autofree char *create = g_strdup_printf(
        "CREATE ROLE %s LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS "
        "PASSWORD %s",
        name, password);
    ssize_t said = write(lent->leash, "x", 1); /* from now on there is something to drop */
    return (said == 1 || failure_set(error, FAILURE_DATABASE, "its keeper has ended.")) &&
           run(superuser, "SET application_name = %s", lent->login, error) &&
           run(superuser, "SET TimeZone = %s", "UTC", error) &&
           connection_query(superuser, create, NULL, 0, NULL, error) &&
           run(superuser, "ALTER ROLE %s SET TimeZone = 'UTC'", lent->login, error);
}

static bool
use(struct lent *lent, const struct cluster_limits *limits, GError **error)
{
    return check_powers(lent, error) && sweep(lent->superuser, error) &&
           (limits->shared || check_others(lent, error)) && make_login(lent, error);
}

bool
lent_open(struct lent *lent, const struct cluster_limits *limits, const char *name,
          const char *password, GError **error)
{
    *lent = (struct lent){.keeper = -1, .leash = -1};
    lent->target = target_parse(limits->server, NULL, error);
    if (lent->target == NULL)
        return failure_prefix(error, "rehearsal, server: ");
    if (target_value(lent->target, "dbname") == NULL)
        target_set(lent->target, "dbname", "postgres");
    lent->login = g_strconcat(PREFIX, name, NULL);
    lent->password = g_strdup(password);
    progress_step("Connecting to the server that was lent");
    if (!start_keeper(lent, error))
        return false;
    lent->superuser = connection_open(lent->target, error);
    if (lent->superuser != NULL && use(lent, limits, error))
        return true;
    g_autofree char *words = target_describe(lent->target);
    return failure_prefix(error, "the server that was lent (%s) cannot be used: ", words);
}

struct connection *
lent_connect(const struct lent *lent, enum lent_user user, const char *database, GError **error)
{
    struct target *target = target_copy(lent->target);
    target_set(target, "dbname", database);
    if (user == LENT_LOGIN) {
        target_set(target, "user", lent->login);
        target_set(target, "password", lent->password);
    }
    struct connection *connection = connection_open(target, error);
    target_free(target);
    return connection;
}

guint64
lent_size(const struct lent *lent, struct connection *superuser)
{
    static const char sql[] =
        "SELECT coalesce(sum(pg_catalog.pg_database_size(oid)), 0)::pg_catalog.int8 "
        "FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname, $1 || '_')";
    g_autoptr(GPtrArray) sizes = list(superuser, sql, lent->login, NULL);
    return sizes != NULL ? g_ascii_strtoull(sizes->pdata[0], NULL, 10) : 0;
}
