/* server.c - databases, fixtures and questions for tests. */
#include "server.h"

#include "base/files.h"
#include "base/process.h"

#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
place(const char *database, const char *user)
{
    const char *server = g_getenv("SERVER");
    g_assert_nonnull(server);
    return g_strdup_printf("%s dbname=%s%s%s", server, database, user != NULL ? " user=" : "",
                           user != NULL ? user : "");
}

struct connection *
server_connect(const char *database, const char *user)
{
    GError *error = NULL;
    g_autofree char *text = place(database, user);
    struct target *target = target_parse(text, NULL, &error);
    g_assert_no_error(error);
    struct connection *connection = connection_open(target, &error);
    g_assert_no_error(error);
    target_free(target);
    return connection;
}

void
server_run(struct connection *connection, const char *sql)
{
    GError *error = NULL;
    connection_run(connection, sql, NULL, NULL, &error);
    g_assert_no_error(error);
}

struct connection *
server_create(const char *database)
{
    struct connection *connection = server_connect("postgres", NULL);
    g_autofree char *drop = g_strdup_printf("DROP DATABASE IF EXISTS %s WITH (FORCE)", database);
    g_autofree char *create = g_strdup_printf("CREATE DATABASE %s TEMPLATE template0", database);
    server_run(connection, drop);
    server_run(connection, create);
    connection_close(connection);
    return server_connect(database, NULL);
}

static void
load_file(struct connection *connection, const char *file)
{
    GError *error = NULL;
    GString *text = NULL;
    g_autofree char *path = g_build_filename(g_getenv("ROOT"), "tests/fixtures", file, NULL);
    file_read(path, 1024 * 1024, &text, &error);
    g_assert_no_error(error);
    server_run(connection, text->str);
    g_string_free(text, TRUE);
}

void
server_load(struct connection *connection, const char *name)
{
    g_autofree char *base = g_strdup_printf("%s.sql", name);
    load_file(connection, base);
    for (int major = 14; major <= connection_server_version(connection) / 10000; major++) {
        g_autofree char *file = g_strdup_printf("%s-%d.sql", name, major);
        g_autofree char *path = g_build_filename(g_getenv("ROOT"), "tests/fixtures", file, NULL);
        if (access(path, R_OK) == 0)
            load_file(connection, file);
    }
}

static gint
compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *
server_ask(struct connection *connection, const char *sql)
{
    GError *error = NULL;
    struct rows *rows = NULL;
    g_autofree char *wrapped = g_strdup_printf(
        "SELECT (SELECT string_agg(coalesce(e.value, ''), '|' ORDER BY e.ordinality)"
        " FROM json_each_text(row_to_json(q)) WITH ORDINALITY e) AS line FROM (%s) q",
        sql);
    connection_query(connection, wrapped, NULL, 0, &rows, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (size_t i = 0; i < rows_count(rows); i++)
        g_ptr_array_add(lines, (gpointer)(guintptr)rows_value(rows, i, 0));
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    char *text = g_strjoinv("\n", (char **)lines->pdata);
    rows_free(rows);
    return text;
}

struct database *
server_read_as(const char *database, const char *user, const struct introspect_options *options,
               GError **error)
{
    struct connection *connection = server_connect(database, user);
    struct database *result = introspect(connection, options, error);
    connection_close(connection);
    return result;
}

struct database *
server_read(const char *database)
{
    GError *error = NULL;
    const struct introspect_options options = {.observe = OBSERVE_NOTHING, .lock_timeout = 2000};
    struct database *result = server_read_as(database, NULL, &options, &error);
    g_assert_no_error(error);
    return result;
}

static char *
program(const char *name)
{
    GError *error = NULL;
    char *folder = NULL;
    const char *const argv[] = {"pg_config", "--bindir", NULL};
    process_run(&(struct process){.argv = argv}, &folder, &error);
    g_assert_no_error(error);
    char *path = g_build_filename(g_strchomp(folder), name, NULL);
    g_free(folder);
    return path;
}

static void
run_program(const char *const *argv)
{
    GError *error = NULL;
    process_run(&(struct process){.argv = argv}, NULL, &error);
    g_assert_no_error(error);
}

void
server_copy(const char *database, const char *copy)
{
    connection_close(server_create(copy));
    g_autofree char *from = place(database, NULL);
    g_autofree char *to = place(copy, NULL);
    g_autofree char *pg_dump = program("pg_dump");
    g_autofree char *psql = program("psql");
    g_autofree char *file = g_strdup_printf("%s/%s.sql", g_getenv("SANDBOX"), copy);
    run_program((const char *const[]){pg_dump, "-s", "-d", from, "-f", file, NULL});
    run_program((const char *const[]){psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", to, "-f",
                                      file, NULL});
}

static int
major_of(const char *path)
{
    GError *error = NULL;
    g_autofree char *version = NULL;
    const char *const argv[] = {path, "--version", NULL};
    process_run(&(struct process){.argv = argv}, &version, &error);
    g_assert_no_error(error);
    const char *number = strstr(version, ") ");
    g_assert_nonnull(number);
    return (int)g_ascii_strtoll(number + strlen(") "), NULL, 10);
}

char *
server_contents(const struct connection *connection, const char *database)
{
    GError *error = NULL;
    char *contents = NULL;
    g_autofree char *from = place(database, NULL);
    g_autofree char *pg_dump = program("pg_dump");
    g_autofree char *pg_restore = program("pg_restore");
    g_autofree char *file = g_strdup_printf("%s/%s.dump", g_getenv("SANDBOX"), database);
    if (connection_server_version(connection) / 10000 > major_of(pg_dump))
        return NULL;
    run_program((const char *const[]){pg_dump, "-Fc", "-s", "-d", from, "-f", file, NULL});
    const char *const argv[] = {pg_restore, "-l", file, NULL};
    process_run(&(struct process){.argv = argv}, &contents, &error);
    g_assert_no_error(error);
    return contents;
}

struct server_task {
    pid_t process;
};

struct server_task *
server_begin(const char *database, const char *sql)
{
    struct server_task *task = g_new0(struct server_task, 1);
    task->process = fork();
    g_assert_cmpint(task->process, >=, 0);
    if (task->process == 0) {
        struct connection *connection = server_connect(database, NULL);
        server_run(connection, sql);
        connection_close(connection);
        _exit(0);
    }
    return task;
}

void
server_finish(struct server_task *task)
{
    int status = 0;
    while (waitpid(task->process, &status, 0) < 0)
        g_assert_cmpint(errno, ==, EINTR);
    g_assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    g_free(task);
}

char *
server_log(void)
{
    GError *error = NULL;
    GString *text = NULL;
    g_autofree char *path = g_build_filename(g_getenv("SANDBOX"), "server/log", NULL);
    file_read(path, 64 * 1024 * 1024, &text, &error);
    g_assert_no_error(error);
    return g_string_free(text, FALSE);
}
