/* test_server_history.c - the tables in which migration tools keep what is applied, as each tool
 * makes them, with its rows after all ways up and after the last way down. Checksums and ids that
 * the tools' own documents and tests show are compared with those. */
#include "migrations/history.h"
#include "model/applied.h"
#include "plain_world.h"
#include "server.h"
#include "support.h"

#include <string.h>

struct tool {
    const char *name;      /* as its makers write it */
    const char *files[12]; /* path, text, … */
    const char *rows;      /* a query for what is compared */
    const char *up;
    const char *down;
};

/* The first four changes are those of Sqitch's tutorial, which shows the ids of three. */
#define MARGE "Marge N. O’Vera <marge@example.com> "
#define FLIPR                                                                                      \
    "%syntax-version=1.0.0\n%project=flipr\n%uri=https://github.com/theory/sqitch-intro/\n\n"      \
    "appschema 2013-12-30T23:19:45Z " MARGE "# Add schema for all flipr objects.\n"                \
    "users [appschema] 2013-12-30T23:49:00Z " MARGE "# Creates table to track our users.\n"        \
    "insert_user [users appschema] 2013-12-30T23:57:36Z " MARGE                                    \
    "# Creates a function to insert a user.\n"                                                     \
    "change_pass [users appschema] 2013-12-30T23:57:45Z " MARGE                                    \
    "# Creates a function to change a user password.\n"                                            \
    "@v1.0 2013-12-31T00:01:22Z " MARGE "# Tag v1.0.\n\n"                                          \
    "flips [users@v1.0 other:base !mysql] 2013-12-31T00:00:00Z " MARGE "# Keeps # flips.\\nAll.\n"

static const struct tool tools[] = {
    {"golang-migrate",
     {"m/1_a.up.sql", "SELECT 1;", "m/1_a.down.sql", "SELECT 1;", "m/7_b.up.sql", "SELECT 1;",
      "m/7_b.down.sql", "SELECT 1;"},
     "SELECT version, dirty FROM schema_migrations",
     "7|false",
     "1|false"},
    {"dbmate",
     {"m/1_a.sql", "-- migrate:up\n-- migrate:down\n", "m/2_b.sql",
      "-- migrate:up\n-- migrate:down\n"},
     "SELECT version FROM schema_migrations",
     "1\n2",
     "1"},
    {"goose",
     {"m/1_a.sql", "-- +goose Up\n", "m/2_b.sql", "-- +goose Up\n"},
     "SELECT id, version_id, is_applied FROM goose_db_version",
     "1|0|true\n2|1|true\n3|2|true",
     "1|0|true\n2|1|true"},
    {"sqlx",
     {"m/1_a_table.sql", "SELECT 1;", "m/2_b.sql", "", "Cargo.toml", "sqlx = \"0.8\""},
     "SELECT version, description, success, execution_time, length(checksum) FROM _sqlx_migrations",
     "1|a table|true|0|48\n2|b|true|0|48",
     "1|a table|true|0|48"},
    {"Diesel",
     {"m/2024-01-01-000000_a/up.sql", "SELECT 1;", "m/2024-01-02-000000_b/up.sql", "SELECT 1;"},
     "SELECT version FROM __diesel_schema_migrations",
     "20240101000000\n20240102000000",
     "20240101000000"},
    {"Sqitch",
     {"m/sqitch.plan", FLIPR, "m/deploy/appschema.sql", "SELECT 1;", "m/deploy/users.sql",
      "SELECT 2;", "m/deploy/insert_user.sql", "SELECT 3;", "m/deploy/change_pass.sql", "SELECT 4;",
      "m/deploy/flips.sql", "SELECT 5;"},
     "SELECT 'change', change_id, change, note, planner_email || ' ' || project FROM sqitch.changes"
     " UNION ALL SELECT 'need', c.change, d.type, dependency, n.change FROM sqitch.dependencies d"
     " JOIN sqitch.changes c USING (change_id) LEFT JOIN sqitch.changes n ON n.change_id ="
     " dependency_id UNION ALL SELECT 'tag', tag_id, tag, note, planner_name FROM sqitch.tags"
     " UNION ALL SELECT 'event', event, change, array_to_string(requires || conflicts, ' '),"
     " array_to_string(tags, ' ') FROM sqitch.events UNION ALL SELECT 'project', project, uri, '',"
     " '' FROM sqitch.projects UNION ALL SELECT 'hash', change, script_hash, '', ''"
     " FROM sqitch.changes WHERE change = 'users'",
     "change|01a4f6964b89284525cb5877d222df8be70d1647|change_pass|Creates a function to change a "
     "user password.|marge@example.com flipr\n"
     "change|2c58f519fbc5cffccc2e8d0b3eaf91a7c917942c|flips|Keeps # flips.\n"
     "All.|marge@example.com flipr\n"
     "change|77398e1dbc5fbce58b05eb67d201f15774718727|users|Creates table to track our "
     "users.|marge@example.com flipr\n"
     "change|9e1ab9bd1d963c269f28f5b25e29b16480b8f05d|insert_user|Creates a function to insert a "
     "user.|marge@example.com flipr\n"
     "change|c7981df861183412b01be706889e508a63d445ca|appschema|Add schema for all flipr "
     "objects.|marge@example.com flipr\n"
     "event|deploy|appschema||\n"
     "event|deploy|change_pass|users appschema|@v1.0\n"
     "event|deploy|flips|users@v1.0 other:base mysql|\n"
     "event|deploy|insert_user|users appschema|\n"
     "event|deploy|users|appschema|\n"
     "hash|users|b3bfa0db4249db876e4d12807f6d6748400a5f59||\n"
     "need|change_pass|require|appschema|appschema\n"
     "need|change_pass|require|users|users\n"
     "need|flips|conflict|mysql|\n"
     "need|flips|require|users@v1.0|users\n"
     "need|insert_user|require|appschema|appschema\n"
     "need|insert_user|require|users|users\n"
     "need|users|require|appschema|appschema\n"
     "project|flipr|https://github.com/theory/sqitch-intro/||\n"
     "tag|c167c6a25d3ecb90a97d7074611e51f8f23b18dd|@v1.0|Tag v1.0.|Marge N. O’Vera",
     "change|01a4f6964b89284525cb5877d222df8be70d1647|change_pass|Creates a function to change a "
     "user password.|marge@example.com flipr\n"
     "change|77398e1dbc5fbce58b05eb67d201f15774718727|users|Creates table to track our "
     "users.|marge@example.com flipr\n"
     "change|9e1ab9bd1d963c269f28f5b25e29b16480b8f05d|insert_user|Creates a function to insert a "
     "user.|marge@example.com flipr\n"
     "change|c7981df861183412b01be706889e508a63d445ca|appschema|Add schema for all flipr "
     "objects.|marge@example.com flipr\n"
     "event|deploy|appschema||\n"
     "event|deploy|change_pass|users appschema|@v1.0\n"
     "event|deploy|flips|users@v1.0 other:base mysql|\n"
     "event|deploy|insert_user|users appschema|\n"
     "event|deploy|users|appschema|\n"
     "event|revert|flips|users@v1.0 other:base mysql|\n"
     "hash|users|b3bfa0db4249db876e4d12807f6d6748400a5f59||\n"
     "need|change_pass|require|appschema|appschema\n"
     "need|change_pass|require|users|users\n"
     "need|insert_user|require|appschema|appschema\n"
     "need|insert_user|require|users|users\n"
     "need|users|require|appschema|appschema\n"
     "project|flipr|https://github.com/theory/sqitch-intro/||\n"
     "tag|c167c6a25d3ecb90a97d7074611e51f8f23b18dd|@v1.0|Tag v1.0.|Marge N. O’Vera"},
    {"Flyway",
     {"m/V1__a_table.sql", "SELECT 1;", "m/R__view.sql", "SELECT 1;", "m/V1.10__b.sql", "SELECT 1;",
      "m/U1.10__b.sql", "SELECT 1;"},
     "SELECT installed_rank, version, description, type, script, checksum, installed_by ="
     " current_user, success FROM flyway_schema_history",
     "1|1|a table|SQL|V1__a_table.sql|78787420|true|true\n"
     "2|1.10|b|SQL|V1.10__b.sql|78787420|true|true\n"
     "3||view|SQL|R__view.sql|78787420|true|true",
     "1|1|a table|SQL|V1__a_table.sql|78787420|true|true\n"
     "2|1.10|b|SQL|V1.10__b.sql|78787420|true|true\n"
     "3||view|SQL|R__view.sql|78787420|true|true\n"
     "4|1.10|b|UNDO_SQL|U1.10__b.sql|78787420|true|true"},
    {"Liquibase",
     {"m/changes.sql",
      "-- liquibase formatted sql\n-- changeset ada:1 labels:v1 context:\"a or b\"\n"
      "--comment: Who writes.\nSELECT 1;\n--rollback SELECT 2;\n-- changeset bert:2\nSELECT 1;\n"},
     "SELECT id, author, filename, orderexecuted, exectype, md5sum, description, comments,"
     " contexts, labels, length(deployment_id), tag FROM databasechangelog UNION ALL SELECT"
     " id::text, locked::text, '', 0, '', '', '', '', '', '', 0, '' FROM databasechangeloglock",
     "1|ada|m/changes.sql|1|EXECUTED|9:0a7ed49c904abc7110aa09324b49f106|sql|Who writes.|(a or "
     "b)|v1|10|\n"
     "1|false||0|||||||0|\n"
     "2|bert|m/changes.sql|2|EXECUTED|9:0a7ed49c904abc7110aa09324b49f106|sql||||10|",
     "1|ada|m/changes.sql|1|EXECUTED|9:0a7ed49c904abc7110aa09324b49f106|sql|Who writes.|(a or "
     "b)|v1|10|\n"
     "1|false||0|||||||0|"},
    {"node-pg-migrate",
     {"m/1_a.sql", "-- Up Migration\n", "m/2_b.sql", "-- Up Migration\n"},
     "SELECT id, name FROM pgmigrations",
     "1|1_a\n2|2_b",
     "1|1_a"},
    {"tern",
     {"m/001_a.sql", "---- create above / drop below ----\n", "m/002_b.sql",
      "---- create above / drop below ----\n"},
     "SELECT version FROM schema_version",
     "2",
     "1"},
    {"graphile-migrate",
     {"m/000001.sql", "--! Previous: -\n--! Hash: sha1:1\n\nSELECT 1;", "m/000002-b.sql",
      "--! Previous: sha1:1\n--! Hash: sha1:2\n\nSELECT 1;"},
     "SELECT hash, previous_hash, filename FROM graphile_migrate.migrations",
     "sha1:1||000001.sql\nsha1:2|sha1:1|000002-b.sql",
     "sha1:1||000001.sql"},
    /* The checksums are those of Refinery's own tests. */
    {"Refinery",
     {"m/V1__initial.sql",
      "CREATE TABLE persons (\n    id int,\n    name varchar(255),\n    city varchar(255)\n);\n",
      "m/V2__add_cars_table.sql", "CREATE TABLE cars (\n    id int,\n    name varchar(255)\n);\n",
      "Cargo.toml", "refinery = \"0.8\""},
     "SELECT version, name, applied_on LIKE '2%T%Z', checksum FROM refinery_schema_history",
     "1|initial|true|2959965718684201605\n"
     "2|add_cars_table|true|8238603820526370208",
     NULL},
    {"Prisma",
     {"m/20240101000000_a/migration.sql", "SELECT 1;", "m/20240102000000_b/migration.sql",
      "SELECT 1;"},
     "SELECT length(id), length(checksum), finished_at IS NOT NULL, migration_name, logs,"
     " rolled_back_at, applied_steps_count FROM _prisma_migrations",
     "36|64|true|20240101000000_a|||1\n36|64|true|20240102000000_b|||1",
     NULL},
    {"Drizzle",
     {"m/meta/_journal.json",
      "{\"entries\":[{\"when\":10,\"tag\":\"0_a\"},{\"when\":20,\"tag\":\"1_b\"}]}", "m/0_a.sql",
      "SELECT 1;", "m/1_b.sql", "SELECT 1;"},
     "SELECT id, length(hash), created_at FROM drizzle.__drizzle_migrations",
     "1|64|10\n2|64|20",
     NULL},
    {"Atlas",
     {"m/1_a.sql", "-- atlas:txmode none\nSELECT 1;", "m/2_b.sql", "SELECT 1;\nSELECT 2;",
      "m/atlas.sum", "h1:\n"},
     "SELECT version, description, type, applied, total, execution_time, error, length(hash),"
     " partial_hashes::text, operator_version FROM atlas_schema_revisions.atlas_schema_revisions",
     "1|a|2|1|1|0||44|null|Atlas CLI\n2|b|2|2|2|0||44|null|Atlas CLI",
     "1|a|2|1|1|0||44|null|Atlas CLI"},
};

static void
write_files(const struct tool *tool)
{
    support_enter();
    for (size_t i = 0; i < G_N_ELEMENTS(tool->files) && tool->files[i] != NULL; i += 2)
        support_write(tool->files[i], tool->files[i + 1]);
}

static void
run_row(struct connection *connection, const struct migrations *line, size_t place,
        enum direction direction)
{
    g_autofree char *row = history_row(line, &line->items[place], direction);
    g_assert_nonnull(row);
    server_run(connection, row);
}

static void
check_rows(struct connection *connection, const struct tool *tool, const char *expected)
{
    g_autofree char *rows = server_ask(connection, tool->rows);
    g_strchomp(rows);
    g_assert_cmpstr(rows, ==, expected);
}

/* What is read of the table says that all are applied but `pending`; NULL: all. */
static void
check_applied(const struct migrations *line, const struct migration *pending)
{
    struct database *database = server_read("history");
    struct applied *applied = applied_new(database->catalog, line);
    const struct history *history = applied_history(applied, line);
    g_assert_nonnull(history);
    for (size_t i = 0; i < line->count; i++)
        g_assert_true(applied_has(applied, &line->items[i]) == (&line->items[i] != pending));
    for (size_t i = 0; i < history->versions.count; i++)
        g_assert_true(applied_has_file(applied, history->versions.items[i]));
    applied_free(applied);
    database_free(database);
}

static void
test_tool(gconstpointer data)
{
    const struct tool *tool = data;
    struct world world;
    write_files(tool);
    world_read(&world, tool->name);
    const struct migrations *line = &world.migrations;
    size_t last = line->count - 1;
    struct connection *connection = server_create("history");
    for (int i = 0; i < 2; i++) { /* the second time it is there */
        g_autofree char *table = history_table(line);
        server_run(connection, table);
    }
    for (size_t i = 0; i < line->count; i++)
        run_row(connection, line, i, DIRECTION_UP);
    check_rows(connection, tool, tool->up);
    check_applied(line, NULL);
    while (line->items[last].kind == MIGRATION_REPEATABLE)
        last--;
    if (tool->down != NULL) {
        run_row(connection, line, last, DIRECTION_DOWN);
        check_rows(connection, tool, tool->down);
        check_applied(line, &line->items[last]);
    } else {
        g_assert_null(history_row(line, &line->items[last], DIRECTION_DOWN));
    }
    connection_close(connection);
    world_end(&world);
}

/* golang-migrate's first way down leaves no row. */
static void
test_first(void)
{
    struct world world;
    write_files(&tools[0]);
    world_read(&world, "golang-migrate");
    struct connection *connection = server_create("history");
    g_autofree char *table = history_table(&world.migrations);
    server_run(connection, table);
    run_row(connection, &world.migrations, 0, DIRECTION_UP);
    check_rows(connection, &tools[0], "1|false");
    run_row(connection, &world.migrations, 0, DIRECTION_DOWN);
    check_rows(connection, &tools[0], "");
    connection_close(connection);
    world_end(&world);
}

/* Sqitch keeps a change that was reworked under one name, twice. */
static void
test_reworked(void)
{
    struct world world;
    support_enter();
    support_write("m/sqitch.plan",
                  "%project=blog\n"
                  "touch 2024-01-01T00:00:00Z Ada <ada@example.com>\n"
                  "@v1.0 2024-01-02T00:00:00Z Ada <ada@example.com>\n"
                  "touch [touch@v1.0] 2024-01-03T00:00:00Z Ada <ada@example.com>\n");
    support_write("m/deploy/touch@v1.0.sql", "SELECT 1;");
    support_write("m/deploy/touch.sql", "SELECT 2;");
    world_read(&world, "Sqitch");
    const struct migration *items = world.migrations.items;
    struct connection *connection = server_create("history");
    g_autofree char *table = history_table(&world.migrations);
    server_run(connection, table);
    run_row(connection, &world.migrations, 0, DIRECTION_UP);
    check_applied(&world.migrations, &items[1]);
    run_row(connection, &world.migrations, 1, DIRECTION_UP);
    check_applied(&world.migrations, NULL);
    struct database *database = server_read("history");
    struct applied *applied = applied_new(database->catalog, &world.migrations);
    for (size_t i = 0; i < 2; i++)
        g_assert_cmpstr(applied_row(applied, &items[i]).checksum, ==, items[i].checksum);
    applied_free(applied);
    database_free(database);
    connection_close(connection);
    world_end(&world);
}

/* A check of what is applied in the database "history", by the versions alone. */
static void
check_versions(const struct migrations *line, const char *table, const char *expected)
{
    struct database *database = server_read("history");
    struct applied *applied = applied_new(database->catalog, line);
    const struct history *history = applied_history(applied, line);
    g_assert_nonnull(history);
    g_assert_cmpstr(history->object.path, ==, table);
    g_autoptr(GString) versions = g_string_new(NULL);
    for (size_t i = 0; i < history->versions.count; i++)
        g_string_append_printf(versions, "%s%s", i > 0 ? " " : "", history->versions.items[i]);
    g_assert_cmpstr(versions->str, ==, expected);
    applied_free(applied);
    database_free(database);
}

/* The question returns no rows. */
static void
check_none(struct connection *connection, const struct migrations *line, size_t place,
           enum history_question question)
{
    g_autofree char *query = history_query(line, &line->items[place], question);
    g_assert_true(g_str_has_suffix(query, ";"));
    query[strlen(query) - 1] = '\0';
    g_autofree char *rows = server_ask(connection, query);
    g_assert_cmpstr(rows, ==, "");
}

/* Two repositories in one database: each line has its own table, by its configured name. */
static void
test_configured(void)
{
    struct migration items[] = {{.version = "7", .name = "a"}, {.version = "8", .name = "b"}};
    const struct migrations usual = {.key = "ecto",
                                     .format = "Ecto",
                                     .history = "schema_migrations",
                                     .count = 2,
                                     .items = items};
    struct migrations own = usual;
    own.history = "My \"Versions";
    struct connection *connection = server_create("history");
    const struct migrations *lines[] = {&usual, &own};
    for (size_t i = 0; i < 2; i++) {
        g_autofree char *table = history_table(lines[i]);
        server_run(connection, table);
        run_row(connection, lines[i], 0, DIRECTION_UP);
    }
    run_row(connection, &own, 1, DIRECTION_UP);
    check_versions(&usual, "public.schema_migrations", "7");
    check_versions(&own, "public.\"My \"\"Versions\"", "7 8");
    check_none(connection, &own, 1, HISTORY_HEAD);
    run_row(connection, &own, 1, DIRECTION_DOWN);
    check_versions(&own, "public.\"My \"\"Versions\"", "7");
    check_none(connection, &own, 1, HISTORY_GONE);
    connection_close(connection);
}

/* What Flyway writes besides migrations: the schemas that it made, each kind of undo, and what
 * repair says of files that are gone. An undo that failed undid nothing. */
static void
test_flyway_types(void)
{
    static const char rows[] =
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
        " installed_by, execution_time, success) VALUES"
        " (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', 'app', 'x', 0, true),"
        " (1, '1', 'a', 'SQL', 'a', 'x', 0, true), (2, '2', 'b', 'SQL', 'b', 'x', 0, true),"
        " (3, '3', 'c', 'JDBC', 'c', 'x', 0, true), (4, '4', 'd', 'SCRIPT', 'd', 'x', 0, true),"
        " (5, '5', 'e', 'SQL', 'e', 'x', 0, true), (6, NULL, 'view', 'SQL', 'r', 'x', 0, true),"
        " (7, '2', 'b', 'UNDO_SQL', 'b', 'x', 0, true), (8, '3', 'c', 'UNDO_JDBC', 'c', 'x', 0,"
        " true), (9, '4', 'd', 'UNDO_SCRIPT', 'd', 'x', 0, true), (10, '1', 'a', 'UNDO_SQL', 'a',"
        " 'x', 0, false), (11, '5', 'e', 'DELETE', 'e', 'x', 0, true), (12, NULL, 'view', 'DELETE',"
        " 'r', 'x', 0, true), (13, '3', 'c', 'SQL', 'c', 'x', 0, true)";
    struct migration items[] = {{.version = "1", .name = "a"}, {.version = "3", .name = "c"}};
    const struct migrations line = {.key = "flyway",
                                    .format = "Flyway",
                                    .history = "flyway_schema_history",
                                    .count = 2,
                                    .items = items};
    struct connection *connection = server_create("history");
    g_autofree char *table = history_table(&line);
    server_run(connection, table);
    server_run(connection, rows);
    check_versions(&line, "public.flyway_schema_history", "1 3");
    server_run(connection, "DELETE FROM flyway_schema_history WHERE installed_rank = 10");
    check_none(connection, &line, 1, HISTORY_HEAD);
    server_run(connection, "UPDATE flyway_schema_history SET type = 'UNDO_JDBC' WHERE "
                           "installed_rank = 13");
    check_none(connection, &line, 1, HISTORY_GONE);
    check_none(connection, &line, 0, HISTORY_HEAD);
    connection_close(connection);
}

static void
test_unknown(void)
{
    const struct migration dump = {.kind = MIGRATION_DUMP, .version = "1", .name = "x"};
    const struct migrations numbered = {.key = "numbered"};
    const struct migrations dbmate = {.key = "dbmate", .history = "schema_migrations"};
    const struct migrations elsewhere = {.key = "ecto"};
    g_assert_null(history_table(&numbered));
    g_assert_null(history_row(&dbmate, &dump, DIRECTION_UP));
    g_assert_null(history_table(&elsewhere));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(tools); i++) {
        g_autofree char *path = g_strdup_printf("/server/history/%s", tools[i].name);
        g_test_add_data_func(path, &tools[i], test_tool);
    }
    g_test_add_func("/server/history/first", test_first);
    g_test_add_func("/server/history/reworked", test_reworked);
    g_test_add_func("/server/history/configured", test_configured);
    g_test_add_func("/server/history/flyway-types", test_flyway_types);
    g_test_add_func("/server/history/unknown", test_unknown);
    return g_test_run();
}
