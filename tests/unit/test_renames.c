/* test_renames.c - which removals and additions are one object under another name, and what always
 * holds of differences: none from a catalog to itself, the mirror image seen from the other side.
 */
#include "catalog/dependants.h"
#include "catalog/renames.h"
#include "fixture.h"
#include "support.h"

#include <string.h>

static const char *const signs[] = {
    [CHANGE_ADDED] = "+", [CHANGE_REMOVED] = "-", [CHANGE_CHANGED] = "~",
    [CHANGE_MOVED] = "^", [CHANGE_RENAMED] = ">",
};

/* "> column b.t.a b.t.x": one line for each change. */
static char *
line_of(const struct change *change)
{
    const struct object *object = change->after != NULL ? change->after : change->before;
    GString *line = g_string_new(signs[change->kind]);
    g_string_append_printf(line, " %s", object->kind->name);
    if (change->kind != CHANGE_RENAMED || change->field != NULL)
        g_string_append_printf(line, " %s", object->path);
    if (change->field != NULL)
        g_string_append_printf(line, " %s", change->field->name);
    if (change->kind == CHANGE_RENAMED)
        g_string_append_printf(line, " %s %s", change->old_text, change->new_text);
    return g_string_free(line, FALSE);
}

static char *
lines_of(const GPtrArray *changes)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < changes->len; i++) {
        g_autofree char *line = line_of(changes->pdata[i]);
        g_string_append_printf(text, "%s\n", line);
    }
    return g_string_free(text, FALSE);
}

static GPtrArray *
compare(const struct database *before, const struct database *after)
{
    GPtrArray *changes = catalog_compare(before->catalog, after->catalog);
    changes_join_renames(changes, NULL, 0);
    return changes;
}

static char *
difference(const char *old_lists, const char *new_lists, const struct rename *stated, size_t count)
{
    struct database *before = fixture_read(old_lists, NULL);
    struct database *after = fixture_read(new_lists, NULL);
    g_autoptr(GPtrArray) changes = catalog_compare(before->catalog, after->catalog);
    changes_join_renames(changes, stated, count);
    char *lines = lines_of(changes);
    database_free(before);
    database_free(after);
    return lines;
}

static void
expect(const char *old_lists, const char *new_lists, const char *expected)
{
    g_autofree char *lines = difference(old_lists, new_lists, NULL, 0);
    g_assert_cmpstr(lines, ==, expected);
}

#define COLUMN(position, name, type)                                                               \
    "{'name':'" name "','position':" #position ",'type':'" type "'}"
#define TABLE(name, columns, more)                                                                 \
    "{'schema':'b','name':'" name "','kind':'ordinary','columns':[" columns "]" more "}"
#define INDEX(name, table, column)                                                                 \
    "{'name':'" name "','method':'btree','definition':'CREATE INDEX " name " ON b." table          \
    " USING btree (" column ")','keys':[{'position':1,'column':'" column "'}]}"

static void
test_tables(void)
{
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text"),
                              ",'indexes':[" INDEX("t_a", "t", "a") "]") "]",
           "'tables':[" TABLE("u", COLUMN(1, "a", "text"),
                              ",'indexes':[" INDEX("t_a", "u", "a") "]") "]",
           "> table b.t b.u\n");
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text"),
                              ",'indexes':[" INDEX("t_a", "t", "a") "]") "]",
           "'tables':[" TABLE("u", COLUMN(1, "a", "text"),
                              ",'indexes':[" INDEX("u_a", "u", "a") "]") "]",
           "> table b.t b.u\n> index b.t_a b.u_a\n");
    /* Another type, another place, a column more, an index more: not the same. */
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text"), "") "]",
           "'tables':[" TABLE("u", COLUMN(1, "a", "bigint"), "") "]", "- table b.t\n+ table b.u\n");
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "text"), "") "]",
           "'tables':[" TABLE("u", COLUMN(1, "b", "text") "," COLUMN(2, "a", "text"), "") "]",
           "- table b.t\n+ table b.u\n");
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text"), "") "]",
           "'tables':[" TABLE("u", COLUMN(1, "a", "text"),
                              ",'indexes':[" INDEX("i", "u", "a") "]") "]",
           "- table b.t\n+ table b.u\n");
    /* Nothing in it tells it from another. */
    expect("'tables':[" TABLE("t", "", "") "]", "'tables':[" TABLE("u", "", "") "]",
           "- table b.t\n+ table b.u\n");
}

/* Where two fit, nobody knows which it was. */
static void
test_several_fit(void)
{
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text"),
                              "") "," TABLE("u", COLUMN(1, "a", "text"), "") "]",
           "'tables':[" TABLE("v", COLUMN(1, "a", "text"), "") "]",
           "- table b.t\n- table b.u\n+ table b.v\n");
    expect("'tables':[" TABLE("v", COLUMN(1, "a", "text"), "") "]",
           "'tables':[" TABLE("t", COLUMN(1, "a", "text"),
                              "") "," TABLE("u", COLUMN(1, "a", "text"), "") "]",
           "- table b.v\n+ table b.t\n+ table b.u\n");
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "text"), "") "]",
           "'tables':[" TABLE("t", COLUMN(1, "x", "text") "," COLUMN(2, "y", "text"), "") "]",
           "- column b.t.a\n- column b.t.b\n+ column b.t.x\n+ column b.t.y\n");
}

static void
test_columns(void)
{
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "text"),
                              ",'indexes':[" INDEX("i", "t", "a") "]") "]",
           "'tables':[" TABLE("t", COLUMN(1, "x", "text") "," COLUMN(2, "b", "text"),
                              ",'indexes':[" INDEX("i", "t", "x") "]") "]",
           "> column b.t.a b.t.x\n");
    /* A column that is added comes last. */
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "text"), "") "]",
           "'tables':[" TABLE("t", COLUMN(1, "b", "text") "," COLUMN(2, "x", "text"), "") "]",
           "- column b.t.a\n+ column b.t.x\n");
    /* Two at places that differ are known again. */
    expect("'tables':[" TABLE(
               "t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "text") "," COLUMN(3, "c", "text"),
               "") "]",
           "'tables':[" TABLE(
               "t", COLUMN(1, "x", "text") "," COLUMN(2, "b", "text") "," COLUMN(3, "y", "text"),
               "") "]",
           "> column b.t.a b.t.x\n> column b.t.c b.t.y\n");
    /* The index is on another column now, which is a difference of its own. */
    expect("'tables':[" TABLE("t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "text"),
                              ",'indexes':[" INDEX("i", "t", "a") "]") "]",
           "'tables':[" TABLE("t", COLUMN(1, "x", "text") "," COLUMN(2, "b", "text"),
                              ",'indexes':[" INDEX("i", "t", "b") "]") "]",
           "> column b.t.a b.t.x\n~ index b.i definition\n");
}

#define LABELS(labels) "'enum_types':[{'schema':'b','name':'s','labels':[" labels "]}]"

static void
test_labels(void)
{
    expect(LABELS("'a','b','c'"), LABELS("'a','x','c'"), "> enum_type b.s labels b x\n");
    expect(LABELS("'a','b','c'"), LABELS("'x','y','c'"), "~ enum_type b.s labels\n");
    expect(LABELS("'a','b','c'"), LABELS("'a','c','x'"), "~ enum_type b.s labels\n");
    expect(LABELS("'a','b'"), LABELS("'b','a'"), "~ enum_type b.s labels\n");
    expect(LABELS("'a','b'"), LABELS("'a','b','c'"), "~ enum_type b.s labels\n");
}

static void
test_types(void)
{
    expect("'enum_types':[{'schema':'b','name':'s','labels':['a']}],"
           "'tables':[" TABLE("t", COLUMN(1, "a", "b.s"), "") "]",
           "'enum_types':[{'schema':'b','name':'r','labels':['a']}],"
           "'tables':[" TABLE("t", COLUMN(1, "a", "b.r"), "") "]",
           "> enum_type b.s b.r\n");
}

#define FUNCTION(name, body)                                                                       \
    "'functions':[{'schema':'b','name':'" name "','argument_types':'','kind':'function',"          \
    "'definition':'CREATE OR REPLACE FUNCTION b." name "() LANGUAGE sql AS $function$" body        \
    "$function$'}]"

static void
test_functions(void)
{
    expect(FUNCTION("f", "select 1"), FUNCTION("g", "select 1"), "> function b.f() b.g()\n");
    expect(FUNCTION("f", "select 1"), FUNCTION("g", "select 2"),
           "- function b.f()\n+ function b.g()\n");
}

#define FOREIGN_KEY(name, table)                                                                   \
    ",'constraints':[{'name':'" name                                                               \
    "','kind':'foreign key','columns':['a'],'references':'b." table                                \
    "','referenced_columns':['a'],'definition':'FOREIGN KEY (a) REFERENCES b." table "(a)'}]"

/* A key follows the table that it points to, and its own rename is one. */
static void
test_foreign_keys(void)
{
    expect("'tables':[" TABLE("c", COLUMN(1, "a", "text"),
                              FOREIGN_KEY("k", "t")) "," TABLE("t", COLUMN(1, "a", "int"), "") "]",
           "'tables':[" TABLE("c", COLUMN(1, "a", "text"),
                              FOREIGN_KEY("k", "u")) "," TABLE("u", COLUMN(1, "a", "int"), "") "]",
           "> table b.t b.u\n");
    expect("'tables':[" TABLE("c", COLUMN(1, "a", "text"),
                              FOREIGN_KEY("k", "t")) "," TABLE("t", COLUMN(1, "a", "int"), "") "]",
           "'tables':[" TABLE("c", COLUMN(1, "a", "text"),
                              FOREIGN_KEY("l", "u")) "," TABLE("u", COLUMN(1, "a", "int"), "") "]",
           "> constraint b.c.k b.c.l\n> table b.t b.u\n");
}

/* What a migration says holds whatever else it changes, and where several would fit. */
static void
test_stated(void)
{
    static const struct rename stated[] = {
        {"table", "b.t", "b.m"},
        {"table", "b.m", "b.u"},
        {"column", "b.u.a", "b.u.x"},
    };
    g_autofree char *lines = difference(
        "'tables':[" TABLE("t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "int"), "") "]",
        "'tables':[" TABLE("u", COLUMN(1, "x", "bigint") "," COLUMN(2, "y", "int"), "") "," TABLE(
            "v", COLUMN(1, "a", "text") "," COLUMN(2, "b", "int"), "") "]",
        stated, G_N_ELEMENTS(stated));
    g_assert_cmpstr(lines, ==,
                    "> table b.t b.u\n> column b.t.a b.u.x\n~ column b.u.x type\n"
                    "> column b.t.b b.u.y\n+ table b.v\n");
}

/* As SQL writes them, a name without a schema means it in any. */
static void
test_stated_without_schema(void)
{
    static const struct rename stated[] = {
        {"table", "t", "u"},
        {"column", "u.a", "u.x"},
        {"column", "other.t.b", "other.t.z"},
    };
    g_autofree char *lines = difference(
        "'tables':[" TABLE("t", COLUMN(1, "a", "text") "," COLUMN(2, "b", "int"), "") "]",
        "'tables':[" TABLE("u", COLUMN(1, "x", "bigint") "," COLUMN(2, "z", "date"), "") "]",
        stated, G_N_ELEMENTS(stated));
    g_assert_cmpstr(lines, ==,
                    "> table b.t b.u\n> column b.t.a b.u.x\n~ column b.u.x type\n"
                    "- column b.t.b\n+ column b.u.z\n");
}

/* ---- what needs an object ---- */

static void
expect_dependants(const struct database *database, const char *word, const char *path,
                  const char *expected)
{
    struct dependants *dependants = dependants_new(database->catalog);
    const struct object *object = database_find(database, word, path);
    g_assert_nonnull(object);
    g_autoptr(GArray) found = dependants_find(dependants, object);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        g_string_append_printf(text, "%s%s%s", i > 0 ? " " : "", dependant->object->path,
                               dependant->dependence == MENTIONS ? "?" : "");
    }
    g_assert_cmpstr(text->str, ==, expected);
    dependants_free(dependants);
}

static void
test_dependants(void)
{
    struct database *database = fixture_read(
        "'enum_types':[{'schema':'b','name':'s','labels':['a']}],"
        "'tables':[" TABLE(
            "c", COLUMN(1, "a", "text"),
            FOREIGN_KEY("k", "t")) ","
                                   "{'schema':'b','name':'t','kind':'ordinary','columns':[{'name':'"
                                   "a','type':'text'},"
                                   "{'name':'text','type':'b.s','type_object':'b.s','default_value'"
                                   ":'now()'},{'name':'now','type':'text'}],"
                                   "'indexes':[" INDEX(
                                       "a", "t",
                                       "text") "],"
                                               "'triggers':[{'name':'g','function':'b.f()','"
                                               "definition':'CREATE TRIGGER g BEFORE UPDATE OF now "
                                               "ON b.t FOR EACH ROW EXECUTE FUNCTION b.f()'}]}],"
                                               "'views':[{'schema':'b','name':'v','reads':['b.t'],'"
                                               "definition':'SELECT t.a FROM b.t',"
                                               "'columns':[{'name':'a','type':'text'}]}]," FUNCTION(
                                                   "f", "select a from b.t"),
        NULL);
    expect_dependants(database, "table", "b.t", "b.c.k b.v b.f()?");
    expect_dependants(database, "column", "b.t.a", "b.c.k b.v");
    expect_dependants(database, "column", "b.t.text", "b.a");
    expect_dependants(database, "column", "b.t.now", "b.t.g?");
    expect_dependants(database, "type", "b.s", "b.t.text");
    expect_dependants(database, "function", "b.f()", "b.t.g");
    expect_dependants(database, "view", "b.v", "");
    database_free(database);
}

/* ---- what always holds, over catalogs made at random ---- */

static const char *const names[] = {"a", "b", "c", "d", "e", "f", "ä\\\\b", "a b", "\\\"><script>"};
static const char *const types[] = {"text", "bigint", "b.s"};

static const char *
pick(GRand *random, const char *const *words, size_t count)
{
    return words[g_rand_int_range(random, 0, (gint32)count)];
}

#define PICK(random, words) pick(random, words, G_N_ELEMENTS(words))

/* Some of the names, in an order of their own. */
static GPtrArray *
choose(GRand *random)
{
    GPtrArray *chosen = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_rand_int_range(random, 0, 3) > 0)
            g_ptr_array_insert(chosen, g_rand_int_range(random, 0, (gint32)chosen->len + 1),
                               (gpointer)(guintptr)names[i]);
    return chosen;
}

static void
put_table(GRand *random, GString *text, const char *name)
{
    g_autoptr(GPtrArray) columns = choose(random);
    g_string_append_printf(text, "{'schema':'b','name':'%s','kind':'ordinary','columns':[", name);
    for (guint i = 0; i < columns->len; i++)
        g_string_append_printf(text, "%s{'name':'%s','position':%u,'type':'%s','not_null':%s}",
                               i > 0 ? "," : "", (char *)columns->pdata[i], i + 1,
                               PICK(random, types), g_rand_boolean(random) ? "true" : "false");
    g_string_append(text, "],'indexes':[");
    for (guint i = 0; i < columns->len && i < 2; i++)
        g_string_append_printf(text,
                               "%s{'name':'%s_%u_%s','definition':'CREATE INDEX i ON b.t USING "
                               "btree (%s)','keys':[{'position':1,'column':'%s'}]}",
                               i > 0 ? "," : "", name, i, PICK(random, types), types[i],
                               (char *)columns->pdata[i]);
    g_string_append(text, "]}");
}

static struct database *
make_any(GRand *random)
{
    g_autoptr(GString) text = g_string_new("'enum_types':[");
    g_autoptr(GPtrArray) enums = choose(random);
    for (guint i = 0; i < enums->len; i++)
        g_string_append_printf(text, "%s{'schema':'b','name':'e%s','labels':['%s','%s_']}",
                               i > 0 ? "," : "", (char *)enums->pdata[i], PICK(random, types),
                               PICK(random, types));
    g_string_append(text, "],'tables':[");
    g_autoptr(GPtrArray) tables = choose(random);
    for (guint i = 0; i < tables->len; i++) {
        g_string_append(text, i > 0 ? "," : "");
        put_table(random, text, tables->pdata[i]);
    }
    g_string_append(text, "]");
    return fixture_read(text->str, NULL);
}

static int
compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All that a change says, read forwards or backwards. */
static GPtrArray *
facts_of(const GPtrArray *changes, bool mirrored)
{
    static const enum change_kind mirror[] = {
        [CHANGE_ADDED] = CHANGE_REMOVED,   [CHANGE_REMOVED] = CHANGE_ADDED,
        [CHANGE_CHANGED] = CHANGE_CHANGED, [CHANGE_MOVED] = CHANGE_MOVED,
        [CHANGE_RENAMED] = CHANGE_RENAMED,
    };
    GPtrArray *facts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        const struct object *before = mirrored ? change->after : change->before;
        const struct object *after = mirrored ? change->before : change->after;
        g_ptr_array_add(
            facts, g_strdup_printf(
                       "%s|%s|%s|%s|%s|%s", signs[mirrored ? mirror[change->kind] : change->kind],
                       before != NULL ? before->path : "-", after != NULL ? after->path : "-",
                       change->field != NULL ? change->field->name : "-",
                       mirrored ? change->new_text : change->old_text,
                       mirrored ? change->old_text : change->new_text));
    }
    g_ptr_array_sort(facts, compare_lines);
    return facts;
}

static void
assert_mirror(const struct database *before, const struct database *after)
{
    g_autoptr(GPtrArray) there = compare(before, after);
    g_autoptr(GPtrArray) back = compare(after, before);
    g_autoptr(GPtrArray) forwards = facts_of(there, false);
    g_autoptr(GPtrArray) backwards = facts_of(back, true);
    g_assert_cmpuint(forwards->len, ==, backwards->len);
    for (guint i = 0; i < forwards->len; i++)
        g_assert_cmpstr(forwards->pdata[i], ==, backwards->pdata[i]);
}

static void
test_mirror(void)
{
    guint renamed = 0;
    for (guint32 seed = 1; seed <= 300; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        struct database *before = make_any(random);
        struct database *after = make_any(random);
        assert_mirror(before, after);
        g_autoptr(GPtrArray) none = compare(before, before);
        g_assert_cmpuint(none->len, ==, 0);
        g_autoptr(GPtrArray) changes = compare(before, after);
        for (guint i = 0; i < changes->len; i++)
            renamed += ((struct change *)changes->pdata[i])->kind == CHANGE_RENAMED;
        database_free(before);
        database_free(after);
        g_rand_free(random);
    }
    g_assert_cmpuint(renamed, >, 100); /* or nothing of it was tried */
}

/* Every change of a catalog leads from one to the other: applied backwards nothing is left. */
static void
test_complete(void)
{
    for (guint32 seed = 1; seed <= 100; seed++) {
        GRand *random = g_rand_new_with_seed(seed);
        struct database *before = make_any(random);
        struct database *after = make_any(random);
        g_autoptr(GPtrArray) plain = catalog_compare(before->catalog, after->catalog);
        g_autoptr(GPtrArray) joined = compare(before, after);
        g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
        for (guint i = 0; i < joined->len; i++) {
            const struct change *change = joined->pdata[i];
            if (change->before != NULL)
                g_hash_table_add(seen, (gpointer)(guintptr)change->before);
            if (change->after != NULL)
                g_hash_table_add(seen, (gpointer)(guintptr)change->after);
        }
        for (guint i = 0; i < plain->len; i++) {
            const struct change *change = plain->pdata[i];
            if (change->kind == CHANGE_REMOVED)
                g_assert_true(g_hash_table_contains(seen, change->before));
            if (change->kind == CHANGE_ADDED)
                g_assert_true(g_hash_table_contains(seen, change->after));
        }
        database_free(before);
        database_free(after);
        g_rand_free(random);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/renames/tables", test_tables);
    g_test_add_func("/renames/several fit", test_several_fit);
    g_test_add_func("/renames/columns", test_columns);
    g_test_add_func("/renames/labels", test_labels);
    g_test_add_func("/renames/types", test_types);
    g_test_add_func("/renames/functions", test_functions);
    g_test_add_func("/renames/foreign keys", test_foreign_keys);
    g_test_add_func("/renames/stated", test_stated);
    g_test_add_func("/renames/stated without schema", test_stated_without_schema);
    g_test_add_func("/renames/dependants", test_dependants);
    g_test_add_func("/renames/mirror", test_mirror);
    g_test_add_func("/renames/complete", test_complete);
    return g_test_run();
}
