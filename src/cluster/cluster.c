/* cluster.c - one throw-away server from dbdoc's side. */
#include "cluster/cluster.h"

#include "base/claim.h"
#include "base/embedded.h"
#include "base/failure.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "cluster/keeper.h"
#include "cluster/kept.h"
#include "cluster/lent.h"
#include "cluster/remains.h"
#include "cluster/template.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define SOCKET_ROOM    60 /* bytes of a parent folder, so that the socket's path stays below 107 */
#define MEMORY_RESERVE ((guint64)1024 * 1024 * 1024)
#define START_SECONDS  60
#define START_WAIT_MS  20
#define SIZE_EVERY_US  (G_USEC_PER_SEC / 3)
#define SIZE_COST      10 /* of ten moments, measure the size in one */

struct cluster {
    struct claim claim;
    struct home home;
    struct keeper keeper;
    char *token;
    struct cluster_limits limits;
    gint64 deadline;
    guint64 first_size;
    gint64 next_look; /* when the size is measured again */
    unsigned databases;
    char *database;
    struct lent *lent;            /* NULL: the server is dbdoc's own */
    struct connection *superuser; /* never carries foreign text */
    GHashTable *readers;          /* database → struct connection */
};

static guint64
free_bytes(const char *folder)
{
    struct statvfs status;
    return statvfs(folder, &status) == 0 ? (guint64)status.f_bavail * status.f_frsize : 0;
}

/* A path that PostgreSQL takes as one socket directory, and libpq as one host. */
static bool
is_plain_path(const char *path)
{
    for (const char *c = path; *c != '\0'; c++)
        if (!g_ascii_isalnum(*c) && strchr("/._-", *c) == NULL)
            return false;
    return g_path_is_absolute(path) && strlen(path) <= SOCKET_ROOM;
}

/* Whether the permission `bits` (of S_IRWXO) hold for that user. */
static bool
may(const struct identity *identity, const struct stat *status, mode_t bits)
{
    if (status->st_uid == identity->user)
        bits *= S_IXUSR / S_IXOTH;
    return (status->st_mode & bits) == bits;
}

/* Whether PostgreSQL's user may make and remove folders there, and reach them: the keeper runs as
 * that user. */
static bool
is_open_to(const struct identity *identity, const char *path)
{
    if (!identity->switches)
        return access(path, W_OK | X_OK) == 0;
    g_autofree char *here = g_strdup(path);
    mode_t bits = S_IWOTH | S_IXOTH;
    for (struct stat status; stat(here, &status) == 0 && may(identity, &status, bits);) {
        if (g_str_equal(here, "/"))
            return true;
        char *above = g_path_get_dirname(here);
        g_free(here);
        here = above;
        bits = S_IXOTH;
    }
    return false;
}

/* Memory when there is plenty of it, else the folder for temporary files. */
static const char *
choose_parent(const struct cluster *cluster)
{
    if (is_open_to(&cluster->home.identity, "/dev/shm") &&
        free_bytes("/dev/shm") >= cluster->limits.bytes + MEMORY_RESERVE)
        return "/dev/shm";
    const char *temporary = g_getenv("TMPDIR");
    if (temporary != NULL && is_plain_path(temporary) &&
        is_open_to(&cluster->home.identity, temporary))
        return temporary;
    return "/tmp";
}

/* 32 digits that nobody can guess. Free with g_free. */
static char *
make_secret(void)
{
    guint32 words[4];
    FILE *source = fopen("/dev/urandom", "r");
    bool read = source != NULL && fread(words, sizeof words, 1, source) == 1;
    if (source != NULL)
        fclose(source);
    for (size_t i = 0; !read && i < G_N_ELEMENTS(words); i++)
        words[i] = g_random_int();
    return g_strdup_printf("%08x%08x%08x%08x", words[0], words[1], words[2], words[3]);
}

static bool
claim_folder(struct cluster *cluster, GError **error)
{
    if (!claim_make(choose_parent(cluster), CLUSTER_PREFIX, &cluster->claim, error))
        return false;
    const struct identity *identity = &cluster->home.identity;
    if (!identity->switches)
        return true;
    if (chown(cluster->claim.path, identity->user, identity->group) == 0 &&
        fchown(cluster->claim.lock, identity->user, identity->group) == 0)
        return true;
    return failure_set(error, FAILURE_DATABASE, "cannot give %s to the user of PostgreSQL.",
                       cluster->claim.path);
}

static const char *
login_of(const struct cluster *cluster)
{
    return cluster->lent != NULL ? cluster->lent->login : CLUSTER_LOGIN;
}

/* What databases are called, with a number behind it. */
static const char *
database_prefix(const struct cluster *cluster)
{
    return cluster->lent != NULL ? cluster->lent->login : "dbdoc";
}

static struct connection *
connect_as(const struct cluster *cluster, enum lent_user user, const char *database, GError **error)
{
    if (cluster->lent != NULL)
        return lent_connect(cluster->lent, user, database, error);
    struct target *target = target_new();
    target_set(target, "host", cluster->claim.path);
    target_set(target, "port", "5432");
    target_set(target, "user", user == LENT_LOGIN ? CLUSTER_LOGIN : CLUSTER_SUPERUSER);
    target_set(target, "dbname", database);
    struct connection *connection = connection_open(target, error);
    target_free(target);
    return connection;
}

/* The last lines of the server's log, for the message about a server that does not start. */
static char *
last_words(const struct cluster *cluster)
{
    g_autofree char *path = g_build_filename(cluster->claim.path, "log", NULL);
    GString *log = NULL;
    if (!file_read(path, 1024 * 1024, &log, NULL))
        return g_strdup("it left no log");
    size_t start = log->len > 600 ? log->len - 600 : 0;
    char *words = g_strchomp(g_strdup(log->str + start));
    g_string_free(log, TRUE);
    return g_strdelimit(words, "\n", ' ');
}

/* Connects as soon as the server listens. */
static bool
await_server(struct cluster *cluster, GError **error)
{
    gint64 deadline = g_get_monotonic_time() + START_SECONDS * G_USEC_PER_SEC;
    g_autofree char *socket = g_build_filename(cluster->claim.path, ".s.PGSQL.5432", NULL);
    while (g_get_monotonic_time() < deadline && keeper_server_lives(&cluster->keeper)) {
        if (!interrupt_check(error))
            return false;
        if (access(socket, F_OK) == 0)
            cluster->superuser = connect_as(cluster, LENT_SUPERUSER, "postgres", NULL);
        if (cluster->superuser != NULL)
            return true;
        poll(NULL, 0, START_WAIT_MS);
    }
    g_autofree char *words = last_words(cluster);
    return failure_set(error, FAILURE_DATABASE,
                       "the throw-away PostgreSQL did not start (%s in %s: %s).",
                       cluster->home.version, cluster->home.bin, words);
}

static bool
run_file(struct connection *connection, const char *path, GError **error)
{
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL);
    return connection_run(connection, file->text, NULL, NULL, error);
}

/* The login is among what was kept. */
static bool
make_login(struct cluster *cluster, enum beginning beginning, GError **error)
{
    return beginning == BEGINS_AS_KEPT ||
           run_file(cluster->superuser, "src/cluster/sql/login.sql", error);
}

/* For the questions that are about the login. */
static bool
name_login(struct cluster *cluster, GError **error)
{
    return cluster_ask(cluster, "SELECT pg_catalog.set_config('dbdoc.login', $1, false)",
                       login_of(cluster), NULL, error);
}

static bool
borrow(struct cluster *cluster, GError **error)
{
    g_autofree char *name = make_secret();
    g_autofree char *password = make_secret();
    cluster->lent = g_new0(struct lent, 1);
    if (!lent_open(cluster->lent, &cluster->limits, name, password, error))
        return false;
    cluster->superuser = g_steal_pointer(&cluster->lent->superuser);
    return name_login(cluster, error);
}

static bool
start(struct cluster *cluster, const char *place, enum beginning beginning, GError **error)
{
    if (!home_find(cluster->limits.major, &cluster->home, error) || !claim_folder(cluster, error))
        return false;
    g_autofree char *secret = make_secret();
    cluster->token = g_strconcat("dbdoc-", secret, NULL);
    g_autofree char *cache = template_cache(&cluster->home);
    const struct keeper_task task = {
        .home = &cluster->home,
        .cache = cache,
        .kept = place,
        .resumes = beginning == BEGINS_AS_KEPT,
        .folder = cluster->claim.path,
        .token = cluster->token,
        .bytes = cluster->limits.bytes,
    };
    progress_step("Starting a throw-away PostgreSQL");
    return keeper_start(&cluster->keeper, &task, error) && await_server(cluster, error) &&
           make_login(cluster, beginning, error) && name_login(cluster, error);
}

char *
cluster_kept_place(const char *name, unsigned major)
{
    struct home home;
    if (!home_find(major, &home, NULL))
        return NULL;
    g_autofree char *cache = template_cache(&home);
    g_autofree char *key = g_strdup_printf("%s\n%s", home.version, name);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, key, -1);
    home_clear(&home);
    return cache == NULL ? NULL : g_strdup_printf("%s/" KEPT_PREFIX "%.16s", cache, digest);
}

struct cluster *
cluster_start(const struct cluster_limits *limits, GError **error)
{
    return cluster_start_at(limits, NULL, BEGINS_EMPTY, error);
}

static void
close_reader(gpointer reader)
{
    connection_close(reader);
}

struct cluster *
cluster_start_at(const struct cluster_limits *limits, const char *place, enum beginning beginning,
                 GError **error)
{
    target_clear_environment();
    struct cluster *cluster = g_new0(struct cluster, 1);
    cluster->limits = *limits;
    cluster->readers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, close_reader);
    cluster->keeper = (struct keeper){.process = -1, .leash = -1, .reports = -1};
    cluster_restart_clock(cluster);
    bool started = limits->server != NULL ? borrow(cluster, error)
                                          : start(cluster, place, beginning, error);
    if (started && cluster->lent == NULL)
        cluster->first_size = tree_size(cluster->claim.path);
    if (started)
        return cluster;
    cluster_stop(cluster);
    return NULL;
}

void
cluster_stop(struct cluster *cluster)
{
    cluster_keep(cluster, NULL);
}

void
cluster_keep(struct cluster *cluster, const char *label)
{
    if (cluster == NULL)
        return;
    g_hash_table_unref(cluster->readers);
    connection_close(cluster->superuser);
    if (cluster->lent != NULL)
        lent_close(cluster->lent);
    g_free(cluster->lent);
    keeper_stop(&cluster->keeper, label);
    if (cluster->claim.path != NULL && access(cluster->claim.path, F_OK) == 0)
        remains_bury(cluster->claim.path);
    claim_drop(&cluster->claim);
    home_clear(&cluster->home);
    g_free(cluster->token);
    g_free(cluster->database);
    g_free(cluster);
}

const char *
cluster_folder(const struct cluster *cluster)
{
    return cluster->claim.path;
}

const char *
cluster_create_database(struct cluster *cluster, GError **error)
{
    g_free(cluster->database);
    cluster->database = g_strdup_printf("%s_%u", database_prefix(cluster), ++cluster->databases);
    g_autofree char *create = g_strdup_printf(
        "CREATE DATABASE %s OWNER %s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' "
        "LC_CTYPE 'C'",
        cluster->database, login_of(cluster));
    if (!connection_query(cluster->superuser, create, NULL, 0, NULL, error))
        return NULL;
    struct connection *connection = connect_as(cluster, LENT_SUPERUSER, cluster->database, error);
    if (connection == NULL)
        return NULL;
    bool done = run_file(connection, "src/cluster/sql/extension.sql", error);
    /* Newer servers give the schema to pg_database_owner. */
    g_autofree char *give = g_strconcat("ALTER SCHEMA public OWNER TO ", login_of(cluster), NULL);
    if (done && connection_server_version(connection) < 150000)
        done = connection_query(connection, give, NULL, 0, NULL, error);
    connection_close(connection);
    return done ? cluster->database : NULL;
}

#define QUIET_MS      5000 /* how long ended sessions may take to go */
#define QUIET_STEP_MS 1

/* Whether no session is connected to it (any more): backends outlive their connections by a moment,
 * for which PostgreSQL itself would wait much longer. */
static bool
await_quiet(struct cluster *cluster, const char *database, GError **error)
{
    g_hash_table_remove(cluster->readers, database);
    for (int waited = 0; waited < QUIET_MS; waited += QUIET_STEP_MS) {
        struct rows *rows = NULL;
        if (!cluster_ask(cluster,
                         "SELECT FROM pg_catalog.pg_stat_activity "
                         "WHERE datname = $1 AND backend_type = 'client backend'",
                         database, &rows, error))
            return false;
        bool quiet = rows_count(rows) == 0;
        rows_free(rows);
        if (quiet)
            return true;
        poll(NULL, 0, QUIET_STEP_MS);
    }
    return failure_set(error, FAILURE_DATABASE,
                       "a session with the throw-away PostgreSQL does not end. Try again.");
}

static const char *
owner_of(const struct cluster *cluster, enum owner owner)
{
    if (owner == OWNED_BY_LOGIN)
        return login_of(cluster);
    return cluster->lent != NULL ? cluster->lent->lender : CLUSTER_SUPERUSER;
}

/* Settings that were given to a database are not copied with it. */
static bool
copy_settings(const struct cluster *cluster, const char *from, const char *to, GError **error)
{
    static const char sql[] =
        "INSERT INTO pg_catalog.pg_db_role_setting "
        "SELECT n.oid, s.setrole, s.setconfig FROM pg_catalog.pg_db_role_setting s "
        "JOIN pg_catalog.pg_database o ON o.oid = s.setdatabase AND o.datname = $1 "
        "JOIN pg_catalog.pg_database n ON n.datname = $2";
    const char *const parameters[] = {from, to};
    return connection_query(cluster->superuser, sql, parameters, G_N_ELEMENTS(parameters), NULL,
                            error);
}

char *
cluster_fork_database(struct cluster *cluster, const char *database, enum owner owner,
                      GError **error)
{
    /* Elsewhere it would write out all that other databases have changed. */
    bool chooses = cluster->lent == NULL && connection_server_version(cluster->superuser) >= 150000;
    g_autofree char *name = g_strdup_printf("%s_%u", database_prefix(cluster),
                                            ++cluster->databases);
    g_autofree char *create = g_strdup_printf("CREATE DATABASE %s OWNER %s TEMPLATE %s%s", name,
                                              owner_of(cluster, owner), database,
                                              chooses ? " STRATEGY file_copy" : "");
    if (!await_quiet(cluster, database, error) ||
        !cluster_ask(cluster, create, NULL, NULL, error) ||
        !copy_settings(cluster, database, name, error))
        return NULL;
    return g_steal_pointer(&name);
}

bool
cluster_drop_database(struct cluster *cluster, const char *database, GError **error)
{
    static const char end[] = "SELECT pg_catalog.pg_terminate_backend(pid) "
                              "FROM pg_catalog.pg_stat_activity WHERE datname = $1";
    g_autofree char *drop = g_strdup_printf("DROP DATABASE %s", database);
    return cluster_ask(cluster, end, database, NULL, error) &&
           await_quiet(cluster, database, error) && cluster_ask(cluster, drop, NULL, NULL, error);
}

bool
cluster_give_database(struct cluster *cluster, const char *database, enum owner owner,
                      GError **error)
{
    g_autofree char *sql = g_strdup_printf("ALTER DATABASE %s OWNER TO %s", database,
                                           owner_of(cluster, owner));
    return cluster_ask(cluster, sql, NULL, NULL, error);
}

bool
cluster_equip_database(struct cluster *cluster, const char *database, const char *file,
                       GError **error)
{
    struct connection *connection = connect_as(cluster, LENT_SUPERUSER, database, error);
    bool done = connection != NULL && run_file(connection, file, error);
    connection_close(connection);
    return done;
}

bool
cluster_ask(const struct cluster *cluster, const char *sql, const char *parameter,
            struct rows **rows, GError **error)
{
    return connection_query(cluster->superuser, sql, &parameter, parameter != NULL, rows, error);
}

void
cluster_restart_clock(struct cluster *cluster)
{
    gint64 allowed = (gint64)cluster->limits.seconds * G_USEC_PER_SEC;
    cluster->deadline = g_get_monotonic_time() + allowed;
}

unsigned
cluster_major(const struct cluster *cluster)
{
    return (unsigned)connection_server_version(cluster->superuser) / 10000;
}

void
cluster_tell_caveats(const struct cluster *cluster, GPtrArray *caveats)
{
    static const char lent[] =
        "Rehearsed on a server that was lent: its own settings, and what else it did, may show in "
        "what was seen; memory and temporary files were not limited there.";
    if (cluster->lent != NULL)
        g_ptr_array_add(caveats, (gpointer)(guintptr)lent);
}

bool
cluster_lives(const struct cluster *cluster)
{
    if (cluster->lent != NULL)
        return cluster_ask(cluster, "SELECT", NULL, NULL, NULL);
    return keeper_server_lives(&cluster->keeper);
}

/* {login} and then {name} stand for the quoted names. */
static const char *const stand_ins[][3] = {
    [STAND_IN_ROLE] = {"CREATE ROLE {name} NOLOGIN", "GRANT {name} TO {login}"},
    [STAND_IN_TABLESPACE] = {"SET allow_in_place_tablespaces = on",
                             "CREATE TABLESPACE {name} LOCATION ''",
                             "GRANT CREATE ON TABLESPACE {name} TO {login}"},
    [STAND_IN_WRAPPER] = {"CREATE FOREIGN DATA WRAPPER {name} NO HANDLER NO VALIDATOR",
                          "GRANT USAGE ON FOREIGN DATA WRAPPER {name} TO {login}"},
    [STAND_IN_COLLATION] = {"CREATE COLLATION pg_catalog.{name} FROM pg_catalog.\"C\""},
};

bool
cluster_make_stand_in(const struct cluster *cluster, const char *database, enum stand_in what,
                      const char *name, GError **error)
{
    if (what == STAND_IN_TABLESPACE && cluster->lent != NULL)
        return failure_set(error, FAILURE_DATABASE, "a server that was lent gets no tablespaces.");
    struct connection *connection = connect_as(cluster, LENT_SUPERUSER, database, error);
    g_autofree char *quoted = sql_quote_name(name);
    bool done = connection != NULL;
    for (size_t i = 0; done && i < G_N_ELEMENTS(stand_ins[what]); i++) {
        const char *pattern = stand_ins[what][i];
        g_autoptr(GString) sql = g_string_new(pattern);
        g_string_replace(sql, "{login}", login_of(cluster), 0);
        g_string_replace(sql, "{name}", quoted, 0);
        done = pattern == NULL || connection_query(connection, sql->str, NULL, 0, NULL, error);
    }
    connection_close(connection);
    return done;
}

struct connection *
cluster_connect(const struct cluster *cluster, const char *database, GError **error)
{
    struct connection *connection = connect_as(cluster, LENT_LOGIN, database, error);
    struct rows *rows = NULL;
    bool lent = cluster->lent != NULL;
    if (connection == NULL ||
        !connection_query(connection, lent ? "SELECT session_user" : "SHOW cluster_name", NULL, 0,
                          &rows, error)) {
        connection_close(connection);
        return NULL;
    }
    bool ours = rows_count(rows) == 1 &&
                g_str_equal(rows_value(rows, 0, 0), lent ? login_of(cluster) : cluster->token);
    rows_free(rows);
    if (ours)
        return connection;
    connection_close(connection);
    failure_set(error, FAILURE_BUG,
                "the server that answered is not the throw-away one. Nothing was run on it.");
    return NULL;
}

struct connection *
cluster_read(struct cluster *cluster, const char *database, GError **error)
{
    /* The catalog of a throw-away database is small: planning takes longer than the worst plan. */
    static const char set[] =
        "SELECT pg_catalog.set_config('search_path', '', false), "
        "pg_catalog.set_config('plan_cache_mode', 'force_generic_plan', false), "
        "pg_catalog.set_config('enable_mergejoin', 'off', false)";
    struct connection *reader = g_hash_table_lookup(cluster->readers, database);
    if (reader != NULL && connection_query(reader, "SELECT", NULL, 0, NULL, NULL))
        return reader;
    g_hash_table_remove(cluster->readers, database); /* foreign SQL has ended it */
    reader = cluster_connect(cluster, database, error);
    if (reader == NULL || !connection_query(reader, set, NULL, 0, NULL, error)) {
        connection_close(reader);
        return NULL;
    }
    connection_keep_plans(reader);
    g_hash_table_insert(cluster->readers, g_strdup(database), reader);
    return reader;
}

static guint64
size_of(const struct cluster *cluster)
{
    return cluster->lent != NULL ? lent_size(cluster->lent, cluster->superuser)
                                 : tree_size(cluster->claim.path);
}

bool
cluster_check(void *data, GError **error)
{
    struct cluster *cluster = data;
    gint64 now = g_get_monotonic_time();
    if (now > cluster->deadline)
        return failure_set(error, FAILURE_DATABASE,
                           "%s reached the limit of %u s and was stopped. Give more time with "
                           "limits: seconds: in dbdoc.yml, or leave data out.",
                           cluster->limits.work, cluster->limits.seconds);
    if (now < cluster->next_look)
        return true;
    guint64 size = size_of(cluster);
    gint64 cost = g_get_monotonic_time() - now;
    cluster->next_look = now + MAX(SIZE_EVERY_US, cost * SIZE_COST);
    if (size <= cluster->first_size + cluster->limits.bytes)
        return true;
    return failure_set(error, FAILURE_DATABASE,
                       "%s reached the limit of %" G_GUINT64_FORMAT " MB of disk and was "
                       "stopped. Give more room with limits: megabytes: in dbdoc.yml, or leave "
                       "data out.",
                       cluster->limits.work, cluster->limits.bytes / (1024 * 1024));
}
