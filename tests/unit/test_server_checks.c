/* test_server_checks.c - the rules on real databases. Each file of tests/fixtures/checks says what
 * must be found in it, and of the rules it names nothing else may be. What findings propose is run
 * as well: it must work, and the finding must be gone. */
#include "base/files.h"
#include "checks/checks.h"
#include "introspect/introspect.h"
#include "postgres/connection.h"
#include "postgres/script.h"

#include <string.h>

#define FIXTURE_LIMIT ((size_t)1024 * 1024)

struct world {
    struct database *database;
    struct model *model;
    struct findings *findings;
};

static struct connection *
connect_to(const char *database)
{
    GError *error = NULL;
    struct target *target = target_parse(g_getenv("SERVER"), NULL, &error);
    g_assert_no_error(error);
    target_set(target, "dbname", database);
    struct connection *connection = connection_open(target, &error);
    g_assert_no_error(error);
    target_free(target);
    return connection;
}

static void
run(struct connection *connection, const char *sql)
{
    GError *error = NULL;
    connection_query(connection, sql, NULL, 0, NULL, &error);
    g_assert_no_error(error);
}

static void
create_database(const char *name, const char *template)
{
    struct connection *connection = connect_to("postgres");
    g_autofree char *sql = g_strdup_printf("CREATE DATABASE %s TEMPLATE %s", name, template);
    run(connection, sql);
    connection_close(connection);
}

static void
drop_database(const char *name)
{
    struct connection *connection = connect_to("postgres");
    g_autofree char *sql = g_strdup_printf("DROP DATABASE %s", name);
    run(connection, sql);
    connection_close(connection);
}

static char *
fixture_path(const char *name)
{
    return g_strdup_printf("%s/tests/fixtures/checks/%s.sql", g_getenv("ROOT"), name);
}

/* As psql does: \set ON_ERROR_STOP says whether a statement may fail. */
static void
load(const char *name)
{
    GError *error = NULL;
    g_autofree char *path = fixture_path(name);
    create_database(name, "template0");
    struct connection *connection = connect_to(name);
    GHashTable *variables = g_hash_table_new(g_str_hash, g_str_equal);
    struct script *script = script_new(path, file_open(path, NULL), variables);
    struct statement statement;
    bool strict = true;
    while (script_next(script, &statement, &error)) {
        if (statement.kind == STATEMENT_META) {
            g_assert_true(g_str_has_prefix(statement.text, "set ON_ERROR_STOP "));
            strict = strstr(statement.text, " on") != NULL;
            continue;
        }
        connection_query(connection, statement.text, NULL, 0, NULL, &error);
        g_assert_true(strict == (error == NULL));
        g_clear_error(&error);
    }
    g_assert_no_error(error);
    script_free(script);
    g_hash_table_unref(variables);
    connection_close(connection);
}

static struct world
world_new(const char *name, const struct config *config)
{
    GError *error = NULL;
    const struct introspect_options options = {.observe = OBSERVE_STATISTICS, .lock_timeout = 2000};
    struct connection *connection = connect_to(name);
    struct world world = {.database = introspect(connection, &options, &error)};
    g_assert_no_error(error);
    connection_close(connection);
    const struct model_parts parts = {.database = world.database, .config = config};
    world.model = model_new(&parts);
    world.findings = findings_new(world.model, NULL, "2026-03-20");
    return world;
}

static void
world_free(struct world *world)
{
    findings_free(world->findings);
    model_free(world->model);
    database_free(world->database);
}

/* What a fixture says of itself. */
struct expectation {
    bool all;             /* whatever any rule finds is told, and each rule finds it once */
    char **rules;         /* that find something; of all, none is named */
    char **quiet;         /* that find nothing; NULL: none is named */
    struct config config; /* of which the profile alone matters */
    GHashTable *lines;    /* "warning index-duplicate index shop.twice_second" */
};

static struct expectation
expectation_read(const char *name)
{
    GError *error = NULL;
    GString *text = NULL;
    g_autofree char *path = fixture_path(name);
    file_read(path, FIXTURE_LIMIT, &text, &error);
    g_assert_no_error(error);
    struct expectation expectation = {
        .lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, "--all: ")) {
            expectation.all = true;
            expectation.rules = g_new0(char *, 1);
        }
        if (g_str_has_prefix(*line, "--rules: "))
            expectation.rules = g_strsplit(*line + strlen("--rules: "), " ", -1);
        if (g_str_has_prefix(*line, "--quiet: "))
            expectation.quiet = g_strsplit(*line + strlen("--quiet: "), " ", -1);
        if (g_str_equal(*line, "--profile: strict"))
            expectation.config.profile = PROFILE_STRICT;
        if (g_str_has_prefix(*line, "--> "))
            g_assert_true(g_hash_table_add(expectation.lines, g_strdup(*line + strlen("--> "))));
    }
    g_string_free(text, TRUE);
    g_assert_nonnull(expectation.rules);
    return expectation;
}

static void
expectation_clear(struct expectation *expectation)
{
    g_strfreev(expectation->rules);
    g_strfreev(expectation->quiet);
    g_hash_table_unref(expectation->lines);
}

static char *
line_of(const struct finding *finding)
{
    g_assert_nonnull(finding->object);
    return g_strdup_printf("%s %s %s %s", severity_words[finding->severity], finding->slug,
                           finding->object->kind->word, finding->object->path);
}

static bool
is_named(char **slugs, const char *slug)
{
    return slugs != NULL && g_strv_contains((const char *const *)slugs, slug);
}

/* Each rule named is found at least once, so that no positive case can be lost. */
static void
assert_rules_are_found(const struct expectation *expectation)
{
    for (char **rule = expectation->quiet; rule != NULL && *rule != NULL; rule++)
        g_assert_nonnull(rule_find(*rule));
    for (char **rule = expectation->rules; *rule != NULL; rule++) {
        g_assert_nonnull(rule_find(*rule));
        g_autofree char *part = g_strdup_printf(" %s ", *rule);
        bool found = false;
        GHashTableIter iterator;
        gpointer line = NULL;
        g_hash_table_iter_init(&iterator, expectation->lines);
        while (!found && g_hash_table_iter_next(&iterator, &line, NULL))
            found = strstr(line, part) != NULL;
        g_assert_true(found);
    }
}

static void
compare(const char *name, const struct expectation *expectation)
{
    struct world world = world_new(name, &expectation->config);
    g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    unsigned wrong = 0;
    for (size_t i = 0; i < world.findings->count; i++) {
        const struct finding *finding = &world.findings->items[i];
        if (!expectation->all && !is_named(expectation->rules, finding->slug) &&
            !is_named(expectation->quiet, finding->slug))
            continue;
        char *line = line_of(finding);
        if (!g_hash_table_contains(expectation->lines, line)) {
            g_test_message("not expected: %s", line);
            wrong++;
        }
        g_assert_true(g_hash_table_add(found, line));
    }
    GHashTableIter iterator;
    gpointer line = NULL;
    g_hash_table_iter_init(&iterator, expectation->lines);
    while (g_hash_table_iter_next(&iterator, &line, NULL)) {
        if (!g_hash_table_contains(found, line)) {
            g_test_message("not found: %s", (const char *)line);
            wrong++;
        }
    }
    g_assert_cmpuint(wrong, ==, 0);
    world_free(&world);
}

static void
apply_fixes(const char *name, const char *slug, const struct config *config)
{
    struct world world = world_new(name, config);
    struct connection *connection = connect_to(name);
    for (size_t i = 0; i < world.findings->count; i++) {
        const struct finding *finding = &world.findings->items[i];
        if (!g_str_equal(finding->slug, slug) || finding->fix_sql == NULL)
            continue;
        g_auto(GStrv) statements = g_strsplit(finding->fix_sql, ";\n", -1);
        for (char **statement = statements; *statement != NULL; statement++)
            run(connection, *statement);
    }
    connection_close(connection);
    world_free(&world);
}

/* On a copy for each rule, because what one rule proposes may be in the way of another. */
static void
try_fixes(const char *name, const char *slug, const struct config *config)
{
    create_database("fixed", name);
    apply_fixes("fixed", slug, config);
    struct world world = world_new("fixed", config);
    for (size_t i = 0; i < world.findings->count; i++) {
        const struct finding *finding = &world.findings->items[i];
        if (g_str_equal(finding->slug, slug) && finding->fix_sql != NULL) {
            g_test_message("still there: %s", finding->title);
            g_test_fail();
        }
    }
    world_free(&world);
    drop_database("fixed");
}

static void
test_fixture(gconstpointer data)
{
    const char *name = data;
    struct expectation expectation = expectation_read(name);
    load(name);
    assert_rules_are_found(&expectation);
    compare(name, &expectation);
    for (char **rule = expectation.rules; *rule != NULL; rule++)
        try_fixes(name, *rule, &expectation.config);
    expectation_clear(&expectation);
}

static const char *const fixtures[] = {"indexes",      "foreign_keys", "truth", "columns",
                                       "shapes",       "access",       "rules", "tastes",
                                       "publications", "published",    NULL};

/* Every fault of a schema at once: one finding for each, and none that is only a consequence. */
static void
test_planted(void)
{
    struct expectation expectation = expectation_read("planted");
    g_autoptr(GHashTable) slugs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iterator;
    gpointer line = NULL;
    g_hash_table_iter_init(&iterator, expectation.lines);
    while (g_hash_table_iter_next(&iterator, &line, NULL)) {
        g_auto(GStrv) words = g_strsplit(line, " ", 3);
        g_assert_true(g_hash_table_add(slugs, g_strdup(words[1])));
    }
    g_assert_cmpuint(g_hash_table_size(slugs), >, 50);
    load("planted");
    compare("planted", &expectation);
    expectation_clear(&expectation);
}

/* Whether facts that no fixture holds are needed: words about the database, settings of dbdoc.yml,
 * files beside it, or a server's counters. Cases and other unit tests have them. */
static bool
needs_more_than_structure(const struct rule *rule)
{
    static const char *const slugs[] = {"acceptance-unused",
                                        "brin-candidate",
                                        "connections-exceeded",
                                        "coverage-below",
                                        "dead-rows",
                                        "decision-circle",
                                        "expression-index-no-stats",
                                        "extension-outdated",
                                        "for-update-waits",
                                        "freeze-age",
                                        "function-on-column",
                                        "index-bloat",
                                        "index-low-selectivity",
                                        "index-mostly-null",
                                        "index-unused",
                                        "index-without-reason",
                                        "like-leading-wildcard",
                                        "link-broken",
                                        "n-plus-one",
                                        "n-plus-one-write",
                                        "not-in-subquery",
                                        "offset-pagination",
                                        "order-by-random",
                                        "partition-key-missing",
                                        "query-repeated-same-key",
                                        "select-star",
                                        "note-contradicts",
                                        "note-review-due",
                                        "note-stale",
                                        "note-unusable",
                                        "note-without-object",
                                        "query-file-unusable",
                                        "stats-stale",
                                        "table-seqscan-heavy",
                                        "table-unused",
                                        "table-without-words",
                                        "transaction-long",
                                        "transaction-read-only",
                                        "workload-file-unusable",
                                        "writes-without-transaction",
                                        NULL};
    return g_strv_contains(slugs, rule->slug);
}

/* A rule about the structure without a fixture has never been seen to find anything. */
static void
test_complete(void)
{
    g_autoptr(GHashTable) tried = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const char *const *name = fixtures; *name != NULL; name++) {
        struct expectation expectation = expectation_read(*name);
        for (char **slug = expectation.rules; *slug != NULL; slug++)
            g_hash_table_add(tried, g_strdup(*slug));
        expectation_clear(&expectation);
    }
    for (const struct rule *rule = rules; rule->slug != NULL; rule++) {
        bool fits = rule->basis == ON_DATABASE && !needs_more_than_structure(rule);
        if (g_hash_table_contains(tried, rule->slug) == fits)
            continue;
        g_test_message("%s %s", rule->slug, fits ? "has no fixture" : "is not of the structure");
        g_test_fail();
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/checks/complete", test_complete);
    g_test_add_func("/checks/planted", test_planted);
    for (const char *const *name = fixtures; *name != NULL; name++) {
        g_autofree char *path = g_strdup_printf("/checks/%s", *name);
        g_test_add_data_func(path, *name, test_fixture);
    }
    return g_test_run();
}
