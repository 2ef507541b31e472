/* test_acts.c - what statements do, one row a statement. */
#include "postgres/acts.h"

#include <glib.h>
#include <string.h>

static const char *const kind_words[ACT_KINDS] = {
    [ACT_ADD_CHECK] = "check",
    [ACT_ADD_COLUMN] = "column",
    [ACT_ADD_EXCLUSION] = "exclusion",
    [ACT_ADD_FOREIGN_KEY] = "foreign key",
    [ACT_ADD_PRIMARY_KEY] = "primary key",
    [ACT_ADD_UNIQUE] = "unique",
    [ACT_ATTACH_PARTITION] = "attach",
    [ACT_CLUSTER] = "cluster",
    [ACT_CREATE_FUNCTION] = "function",
    [ACT_CREATE_INDEX] = "index",
    [ACT_CREATE_POLICY] = "policy",
    [ACT_CREATE_TABLE] = "table",
    [ACT_CREATE_TRIGGER] = "trigger",
    [ACT_CREATE_VIEW] = "view",
    [ACT_DELETE] = "delete",
    [ACT_DETACH_PARTITION] = "detach",
    [ACT_DOMAIN_CONSTRAINT] = "domain",
    [ACT_DROP_COLUMN] = "drop column",
    [ACT_DROP_CONSTRAINT] = "drop constraint",
    [ACT_DROP_INDEX] = "drop index",
    [ACT_DROP_NOT_NULL] = "drop not null",
    [ACT_DROP_SCHEMA] = "drop schema",
    [ACT_DROP_TABLE] = "drop table",
    [ACT_ENUM_VALUE] = "enum value",
    [ACT_INSERT] = "insert",
    [ACT_REFRESH] = "refresh",
    [ACT_REINDEX] = "reindex",
    [ACT_RENAME_COLUMN] = "rename column",
    [ACT_RENAME_ENUM_VALUE] = "rename enum value",
    [ACT_RENAME_SCHEMA] = "rename schema",
    [ACT_RENAME_TABLE] = "rename table",
    [ACT_SET] = "set",
    [ACT_SET_DEFAULT] = "set default",
    [ACT_SET_NOT_NULL] = "set not null",
    [ACT_SET_PERSISTENCE] = "persistence",
    [ACT_SET_TYPE] = "type",
    [ACT_TRANSACTION] = "transaction",
    [ACT_TRUNCATE] = "truncate",
    [ACT_UPDATE] = "update",
    [ACT_VALIDATE] = "validate",
};

/* In the order of their bits. */
static const char *const flag_words[] = {
    "cascade",  "concurrently", "every row", "generated", "guarded",
    "identity", "not null",     "not valid", "placed",    "serial",
    "using",    "default",      "json",      "unique",    "materialized",
};

static const struct {
    const char *sql;
    const char *acts; /* kind flags: relation name other; */
} rows[] = {
    {"CREATE VIEW a.\"V\" AS SELECT 1; CREATE OR REPLACE TEMP VIEW v AS SELECT 2",
     "view: a.\"V\"; view guarded: v"},
    {"CREATE OR REPLACE FUNCTION a.f(int) RETURNS int LANGUAGE sql AS $$SELECT 1$$; "
     "CREATE PROCEDURE \"P\"() LANGUAGE sql AS ''",
     "function guarded: a.f; function: \"P\""},
    {"CREATE POLICY \"p q\" ON a.t USING (true)", "policy: a.t p q"},
    {"ALTER TABLE a.\"B\" ADD COLUMN x int NOT NULL DEFAULT now() REFERENCES c(id)",
     "column not null default: a.\"B\" x; foreign key: a.\"B\" c"},
    {"ALTER TABLE a ADD COLUMN IF NOT EXISTS x json, ADD y bigserial",
     "column guarded json: a x; column not null serial: a y"},
    {"ALTER TABLE a ADD x int GENERATED ALWAYS AS IDENTITY, ADD y int GENERATED ALWAYS AS (1) "
     "STORED",
     "column identity not null: a x; column generated: a y"},
    {"ALTER TABLE a ADD CONSTRAINT k CHECK (x > 0) NOT VALID, VALIDATE CONSTRAINT q",
     "check not valid: a k; validate: a q"},
    {"ALTER TABLE a ADD CONSTRAINT u UNIQUE USING INDEX i, ADD PRIMARY KEY (x), ADD UNIQUE (y)",
     "unique using: a u; primary key: a; unique: a"},
    {"ALTER TABLE a ADD EXCLUDE USING gist (x WITH &&)", "exclusion: a"},
    {"ALTER TABLE a ALTER x TYPE text, ALTER y SET NOT NULL, ALTER z DROP NOT NULL, ALTER w SET "
     "DEFAULT 1",
     "type: a x; set not null: a y; drop not null: a z; set default: a w"},
    {"ALTER TABLE a DROP COLUMN IF EXISTS z CASCADE, DROP CONSTRAINT k",
     "drop column cascade guarded: a z; drop constraint: a k"},
    {"ALTER TABLE a SET UNLOGGED", "persistence: a"},
    {"ALTER TABLE p ATTACH PARTITION s.q FOR VALUES IN (1)", "attach: p s.q"},
    {"ALTER TABLE p DETACH PARTITION q CONCURRENTLY", "detach concurrently: p q"},
    {"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON a.b (x)",
     "index concurrently guarded unique: a.b i"},
    {"CREATE INDEX ON a (lower(x)) WHERE y", "index: a"},
    {"DROP INDEX CONCURRENTLY IF EXISTS a.i, j CASCADE",
     "drop index cascade concurrently guarded: a.i; drop index cascade concurrently guarded: j"},
    {"REINDEX INDEX CONCURRENTLY i; REINDEX TABLE a", "reindex concurrently: i; reindex: a"},
    {"CREATE TABLE IF NOT EXISTS a (x int PRIMARY KEY, y int REFERENCES b, FOREIGN KEY (x) "
     "REFERENCES "
     "c.d)",
     "table guarded: a; primary key: a; foreign key: a b; foreign key: a c.d"},
    {"CREATE MATERIALIZED VIEW s.m AS SELECT 1; CREATE TABLE t AS SELECT 1",
     "table materialized: s.m; table: t"},
    {"DROP TABLE a, b.c CASCADE", "drop table cascade: a; drop table cascade: b.c"},
    {"DROP SCHEMA s", "drop schema: s"},
    {"DROP VIEW v", ""},
    {"ALTER TABLE a RENAME COLUMN b TO c", "rename column: a b"},
    {"ALTER TABLE a RENAME TO \"order\"", "rename table: a"},
    {"ALTER SCHEMA s RENAME TO t", "rename schema: s"},
    {"ALTER INDEX i RENAME TO j", ""},
    {"ALTER TYPE s.m ADD VALUE IF NOT EXISTS 'x' BEFORE 'y'", "enum value guarded placed: x s.m"},
    {"ALTER TYPE m RENAME VALUE 'x' TO 'y'", "rename enum value: x m"},
    {"ALTER DOMAIN d ADD CONSTRAINT c CHECK (VALUE > 0) NOT VALID", "domain not valid: d"},
    {"ALTER DOMAIN d SET NOT NULL", "domain: d"},
    {"ALTER DOMAIN d DROP NOT NULL", ""},
    {"UPDATE a SET b = 1; UPDATE a SET b = 1 WHERE c; DELETE FROM a; INSERT INTO a VALUES (1)",
     "update every row: a b; update: a b; delete every row: a; insert: a"},
    {"UPDATE s.a SET b = 1, (\"C\", d) = (SELECT 1, 2), e[1] = 3", "update every row: s.a b C d e"},
    {"TRUNCATE a, b CASCADE", "truncate cascade: a; truncate cascade: b"},
    {"VACUUM FULL a; VACUUM a; CLUSTER b", "cluster: a; cluster: b"},
    {"REFRESH MATERIALIZED VIEW CONCURRENTLY m", "refresh concurrently: m"},
    {"CREATE OR REPLACE TRIGGER t BEFORE UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f()",
     "trigger guarded: a t"},
    {"SET LOCAL lock_timeout = '2s'", "set: lock_timeout"},
    {"BEGIN; SAVEPOINT s; COMMIT", "transaction; transaction"},
    {"this is no SQL", ""},
    {"", ""},
};

static void
describe(GString *text, const struct act *act)
{
    const char *const names[] = {act->relation, act->name, act->other};
    g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "", kind_words[act->kind]);
    for (size_t bit = 0; bit < G_N_ELEMENTS(flag_words); bit++)
        if ((act->flags & 1U << bit) != 0)
            g_string_append_printf(text, " %s", flag_words[bit]);
    const char *before = ": ";
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (names[i] != NULL) {
            g_string_append_printf(text, "%s%s", before, names[i]);
            before = " ";
        }
    for (size_t i = 0; i < act->columns.count; i++)
        g_string_append_printf(text, " %s", act->columns.items[i]);
}

static void
test_statements(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct arena *arena = arena_new();
        g_autoptr(GString) text = g_string_new(NULL);
        const struct acts acts = acts_of(arena, rows[i].sql);
        for (size_t k = 0; k < acts.count; k++)
            describe(text, &acts.items[k]);
        g_assert_cmpstr(text->str, ==, rows[i].acts);
        arena_free(arena);
    }
}

/* However deep and long a statement is, it costs no more than its acts. */
static void
test_deep(void)
{
    static const char *const levels[] = {"1+", "- ", "f(", "(SELECT ", "NOT "};
    enum { DEPTH = 500000 };
    for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
        struct arena *arena = arena_new();
        g_autoptr(GString) sql = g_string_new("UPDATE a SET b = ");
        for (int depth = 0; depth < DEPTH; depth++) {
            g_string_append(sql, levels[i]);
            if (depth == 3000 || depth == 15000)
                g_assert_cmpuint(acts_of(arena, sql->str).count, ==, 0);
        }
        g_string_append(sql, "1");
        g_assert_cmpuint(acts_of(arena, sql->str).count, ==, 0);
        arena_free(arena);
    }
}

static void
test_new_names(void)
{
    struct arena *arena = arena_new();
    const struct acts acts = acts_of(arena, "ALTER TABLE a.b RENAME TO \"C d\"; ALTER TABLE b "
                                            "RENAME COLUMN x TO y; ALTER TABLE b ADD z int");
    g_assert_cmpuint(acts.count, ==, 3);
    g_assert_cmpstr(acts.items[0].new_name, ==, "C d");
    g_assert_cmpstr(acts.items[1].new_name, ==, "y");
    g_assert_null(acts.items[2].new_name);
    arena_free(arena);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/acts/statements", test_statements);
    g_test_add_func("/acts/deep", test_deep);
    g_test_add_func("/acts/new names", test_new_names);
    return g_test_run();
}
