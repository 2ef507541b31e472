/* test_alike.c - schemas of one structure are documented once, and what differs is not lost.
 * In these texts @ is the name of the schema, ~ that name in SQL, and \u0027 a ' that stays. */
#include "catalog/alike.h"

#include "catalog/address.h"
#include "catalog/compare.h"
#include "fixture.h"

#include <string.h>

static const char table[] =
    "{'schema':'@','name':'orders','kind':'ordinary','owner':'@_owner',"
    "'grants':['PUBLIC: SELECT','~: SELECT','reader: SELECT'],'columns':["
    "{'name':'id','position':1,'type':'bigint',"
    "'default_value':'nextval(\\u0027~.orders_id_seq\\u0027::regclass)'},"
    "{'name':'state','position':3,'type':'~.state','type_object':'~.state'}COLUMNS],"
    "'constraints':[{'name':'orders_check','kind':'check','columns':['state'],'definition':"
    "'CHECK (((state)::text <> ALL (CHECKED)))'},"
    "{'name':'orders_fkey','kind':'foreign key','columns':['id'],"
    "'references':'~.orders','definition':'FOREIGN KEY (id) REFERENCES ~.orders(id)'}],"
    "'indexes':[{'name':'orders_idx','definition':'CREATE INDEX orders_idx ON ~.orders (id)'}]}";
static const char second[] = "{'schema':'@','name':'things','kind':'ordinary','columns':["
                             "{'name':'id','position':1,'type':'bigint'}]}";
static const char function[] =
    "{'schema':'@','name':'f','argument_types':'~.state','definition':"
    "'CREATE FUNCTION ~.f(~.state) SET search_path TO \\u0027@\\u0027 AS $$ SELECT \\u0027@\\u0027 "
    "FROM ~.orders $$'}";

/* PostgreSQL writes the same condition in two ways (compare.h). */
static const char *const checked[] = {
    "(ARRAY[\\u0027a\\u0027::character varying])::text[]",
    "ARRAY[(\\u0027a\\u0027::character varying)::text]",
};

struct world {
    GString *schemas;
    GString *tables;
    GString *types;
    GString *functions;
    unsigned count;
};

static void
world_begin(struct world *world)
{
    world->schemas = g_string_new("'name':'x','access':'server','schemas':[");
    world->tables = g_string_new("],'tables':[");
    world->types = g_string_new("],'enum_types':[");
    world->functions = g_string_new("],'functions':[");
    world->count = 0;
}

static void
add(GString *list, const struct world *world, const char *text, const char *name,
    const char *columns)
{
    g_autoptr(GString) item = g_string_new(text);
    g_autoptr(GString) quoted = g_string_new(NULL);
    g_autoptr(GString) bare = g_string_new(name);
    address_append_name(quoted, name);
    g_string_replace(bare, "\"", "\\u0022", 0);
    g_string_replace(quoted, "\"", "\\u0022", 0);
    g_string_replace(item, "COLUMNS", columns, 0);
    g_string_replace(item, "CHECKED", checked[world->count % 2], 0);
    g_string_replace(item, "@", bare->str, 0);
    g_string_replace(item, "~", quoted->str, 0);
    g_string_append_printf(list, "%s%s", list->str[list->len - 1] == '[' ? "" : ",", item->str);
}

/* `columns`: more of those of orders; each begins with a comma. */
static void
world_add(struct world *world, const char *name, const char *columns)
{
    add(world->schemas, world, "{'name':'@','comment':'Who pays for @'}", name, "");
    add(world->tables, world, table, name, columns);
    add(world->tables, world, second, name, "");
    add(world->types, world, "{'schema':'@','name':'state','labels':['open','done']}", name, "");
    /* The body names no schema but its own: a text that reads the same is not the schema. */
    g_autoptr(GString) body = g_string_new(function);
    g_string_replace(body, "SELECT \\u0027@\\u0027", "SELECT \\u0027t1\\u0027", 0);
    add(world->functions, world, body->str, name, "");
    world->count++;
}

static struct database *
world_read(struct world *world, const char *more, const char *seen)
{
    g_autoptr(GString) all = g_string_new(NULL);
    GString *const parts[] = {world->schemas, world->tables, world->types, world->functions};
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_string_append(all, parts[i]->str);
        g_string_free(parts[i], TRUE);
    }
    g_string_append_c(all, ']');
    g_string_append(all, more);
    return fixture_read(all->str, seen);
}

static void
assert_schemas(const struct database *database, const char *expected)
{
    g_autoptr(GString) found = g_string_new(NULL);
    for (size_t i = 0; i < database->catalog->schemas.count; i++)
        g_string_append_printf(found, "%s ", database->catalog->schemas.items[i].name);
    g_assert_cmpstr(found->str, ==, expected);
}

static void
test_one_for_all(void)
{
    struct world world;
    world_begin(&world);
    world_add(&world, "t1", "");
    world_add(&world, "Odd.t\"", "");
    world_add(&world, "t3", "");
    struct database *database = world_read(&world, "", NULL);
    database_fold(database);
    assert_schemas(database, "Odd.t\" ");
    g_assert_cmpuint(database->catalog->tables.count, ==, 2);
    g_assert_cmpuint(database->catalog->functions.count, ==, 1);
    g_assert_cmpuint(database->alikes.count, ==, 1);
    const struct alike *alike = &database->alikes.items[0];
    g_assert_cmpstr(alike->schema, ==, "Odd.t\"");
    g_assert_cmpuint(alike->schemas.count, ==, 3);
    g_assert_cmpstr(alike->schemas.items[2], ==, "t3");
    g_assert_cmpstr(alike->comments[2], ==, "Who pays for t3");
    g_assert_cmpuint(alike->variant_count, ==, 0);
    g_assert_true(alike_names(database, "Odd.t\"") == &alike->schemas);
    g_assert_null(alike_names(database, "t3"));
    database_free(database);
}

static void
test_public_stands_first(void)
{
    struct world world;
    world_begin(&world);
    world_add(&world, "a", "");
    world_add(&world, "public", "");
    world_add(&world, "z", "");
    struct database *database = world_read(&world, "", NULL);
    database_fold(database);
    assert_schemas(database, "public ");
    g_assert_cmpstr(database->alikes.items[0].schema, ==, "public");
    g_assert_cmpstr(database->alikes.items[0].schemas.items[0], ==, "a");
    database_free(database);
}

/* Names make nothing alike, and two are not many. */
static void
test_others_stay(void)
{
    struct world world;
    world_begin(&world);
    world_add(&world, "t1", "");
    world_add(&world, "t2", "");
    world_add(&world, "t3", ",{'name':'c','position':4,'type':'text','default_value':'t3.g()'}");
    struct database *database = world_read(&world, "", NULL);
    g_autoptr(GString) before = snapshot_write(database->catalog);
    database_fold(database);
    g_autoptr(GString) after = snapshot_write(database->catalog);
    g_assert_cmpstr(before->str, ==, after->str);
    g_assert_cmpuint(database->alikes.count, ==, 0);
    database_free(database);
}

static struct database *
read_variants(const char *more, const char *seen)
{
    struct world world;
    world_begin(&world);
    world_add(&world, "t1", "");
    world_add(&world, "t2", "");
    world_add(&world, "t3", "");
    world_add(&world, "t4", ",{'name':'c','position':9,'type':'text'}");
    world_add(&world, "t5", ",{'name':'c','position':4,'type':'text'}");
    return world_read(&world, more, seen);
}

static void
test_variants(void)
{
    struct database *database = read_variants("", NULL);
    database_fold(database);
    assert_schemas(database, "t1 t4 ");
    const struct alike *alike = &database->alikes.items[0];
    g_assert_cmpuint(alike->schemas.count, ==, 3);
    g_assert_cmpuint(alike->variant_count, ==, 1);
    const struct variant *variant = &alike->variants[0];
    g_assert_cmpuint(variant->schemas.count, ==, 2);
    g_assert_cmpstr(variant->schemas.items[0], ==, "t4");
    g_assert_cmpuint(variant->changes->len, ==, 1);
    const struct change *change = variant->changes->pdata[0];
    g_assert_cmpint(change->kind, ==, CHANGE_ADDED);
    g_assert_cmpstr(change->after->path, ==, "t4.orders.c");
    /* Of what is as in the others there is nothing left but the address. */
    g_assert_cmpuint(database->catalog->tables.count, ==, 3);
    g_assert_cmpstr(object_name(&database->catalog->tables.items[2]), ==, "orders");
    const struct object *things = database_find(database, "table", "t4.things");
    g_assert_cmpstr(things->path, ==, "t1.things");
    const struct object *orders = database_find(database, "column", "t5.orders.c");
    g_assert_cmpstr(orders->path, ==, "t4.orders.c");
    const struct table *own = database_find(database, "table", "t4.orders");
    g_assert_cmpstr(own->columns.items[1].type_object.path, ==, "t4.state");
    g_assert_null(own->columns.items[1].type_object.object); /* not that of another schema */
    const struct variant *found = NULL;
    g_assert_true(alike_of_schema(database, "t4", &found) == alike);
    g_assert_true(found == variant);
    g_assert_null(alike_of_schema(database, "t5", &found));
    database_free(database);
}

static void
test_who_uses_them(void)
{
    struct database *database = read_variants(",'views':[{'schema':'public','name':'v','definition'"
                                              ":'d','reads':['t2.orders','t3.things']}]",
                                              NULL);
    database_fold(database);
    const struct refs *reads = &database->catalog->views.items[0].reads;
    g_assert_cmpstr(reads->items[0].path, ==, "t2.orders");
    g_assert_true(reads->items[0].object == database_find(database, "table", "t1.orders"));
    g_assert_true(reads->items[1].object == database_find(database, "table", "t1.things"));
    g_assert_nonnull(reads->items[1].object);
    database_free(database);
}

static void
test_numbers(void)
{
    struct database *database = read_variants(
        "",
        "'tables':[{'relation':'t1.orders','row_estimate':1,'bytes':10,'sequential_scans':7},"
        "{'relation':'t2.orders','row_estimate':5,'bytes':30,'sequential_scans':2},"
        "{'relation':'t3.orders','row_estimate':9,'bytes':20,'sequential_scans':1,'inserted':4},"
        "{'relation':'t4.orders','row_estimate':70,'bytes':80}],"
        "'indexes':[{'index':'t1.orders_idx','scans':3,'bytes':1},"
        "{'index':'t2.orders_idx','scans':4,'bytes':5},"
        "{'index':'t3.orders_idx','scans':0,'bytes':2}]");
    database_fold(database);
    const struct observations *seen = database->observations;
    g_assert_cmpuint(seen->tables.count, ==, 2);
    g_assert_cmpstr(seen->tables.items[0].relation.path, ==, "t1.orders");
    g_assert_cmpint(seen->tables.items[0].row_estimate, ==, 5);
    g_assert_cmpint(seen->tables.items[0].bytes, ==, 30);
    g_assert_cmpint(seen->tables.items[0].sequential_scans, ==, 10);
    g_assert_cmpint(seen->tables.items[0].inserted, ==, NUMBER_UNKNOWN); /* not of all */
    g_assert_cmpint(seen->tables.items[1].bytes, ==, 80);
    g_assert_cmpuint(seen->indexes.count, ==, 1);
    g_assert_cmpint(seen->indexes.items[0].scans, ==, 7);
    g_assert_cmpint(seen->indexes.items[0].bytes, ==, 5);
    database_free(database);
}

/* The same is taken out of a database that is compared with it. */
static void
test_fold_as(void)
{
    struct database *folded = read_variants("", NULL);
    struct database *other = read_variants("", NULL);
    database_fold(folded);
    database_fold_as(other, folded);
    g_autoptr(GPtrArray) changes = catalog_compare(other->catalog, folded->catalog);
    g_assert_cmpuint(changes->len, ==, 0);
    assert_schemas(other, "t1 t4 ");
    database_free(other);
    database_free(folded);
}

/* ---- two databases ---- */

static const char weight[] = ",{'name':'weight','position':9,'type':'~.state'}";

/* t1 to t3, and of t4 and t5 what the bits ask for: 1, 2: they are there; 4: t5 differs. */
static struct database *
read_side(const char *columns, unsigned bits)
{
    struct world world;
    world_begin(&world);
    world_add(&world, "t1", columns);
    world_add(&world, "t2", columns);
    world_add(&world, "t3", columns);
    if ((bits & 1) != 0)
        world_add(&world, "t4", columns);
    g_autofree char *other = g_strconcat(",{'name':'c','position':4,'type':'text'}", columns, NULL);
    if ((bits & 2) != 0)
        world_add(&world, "t5", (bits & 4) != 0 ? other : columns);
    return world_read(&world, "", NULL);
}

static char *
told(struct database *before, struct database *after)
{
    databases_fold(before, after);
    g_autoptr(GPtrArray) changes = catalog_compare(before->catalog, after->catalog);
    changes_join_schemas(changes, after);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        g_autofree char *words = alike_words(change->alike);
        g_string_append_printf(text, "%s%s%s%s\n", change->kind == CHANGE_ADDED ? "+" : "-",
                               change_object(change)->path, words == NULL ? "" : " ",
                               words == NULL ? "" : words);
    }
    database_free(before);
    database_free(after);
    return g_string_free(text, FALSE);
}

static void
test_told_once(void)
{
    g_autofree char *all = told(read_side("", 3), read_side(weight, 3));
    g_assert_cmpstr(all, ==, "+t1.orders.weight in 5 schemas: t1, t2, t3, t4, t5\n");
    /* Also where one of them is not as the others. */
    g_autofree char *most = told(read_side("", 3 | 4), read_side(weight, 3 | 4));
    g_assert_cmpstr(most, ==, "+t1.orders.weight in 5 schemas: t1, t2, t3, t4, t5\n");
    g_autofree char *back = told(read_side(weight, 3), read_side("", 3 | 4));
    g_assert_cmpstr(back, ==, "-t1.orders.weight in 5 schemas: t1, t2, t3, t4, t5\n+t5.orders.c\n");
}

static void
test_one_of_them(void)
{
    g_autofree char *alone = told(read_side("", 3), read_side("", 3 | 4));
    g_assert_cmpstr(alone, ==, "+t5.orders.c\n");
    g_autofree char *equal = told(read_side(weight, 3), read_side(weight, 3));
    g_assert_cmpstr(equal, ==, "");
}

static void
test_new_ones(void)
{
    g_autofree char *one = told(read_side("", 0), read_side("", 1));
    g_assert_cmpstr(one, ==, "+t4 of the structure of t1\n");
    g_autofree char *gone = told(read_side(weight, 3), read_side(weight, 1));
    g_assert_cmpstr(gone, ==, "-t5 of the structure of t1\n");
    /* One of another structure is told in full. */
    g_autofree char *other = told(read_side("", 0), read_side("", 2 | 4));
    g_assert_nonnull(strstr(other, "+t5\n"));
    g_assert_nonnull(strstr(other, "+t5.orders\n"));
    g_assert_null(strstr(other, "structure"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/alike/one_for_all", test_one_for_all);
    g_test_add_func("/alike/public_stands_first", test_public_stands_first);
    g_test_add_func("/alike/others_stay", test_others_stay);
    g_test_add_func("/alike/variants", test_variants);
    g_test_add_func("/alike/who_uses_them", test_who_uses_them);
    g_test_add_func("/alike/numbers", test_numbers);
    g_test_add_func("/alike/fold_as", test_fold_as);
    g_test_add_func("/alike/told_once", test_told_once);
    g_test_add_func("/alike/one_of_them", test_one_of_them);
    g_test_add_func("/alike/new_ones", test_new_ones);
    return g_test_run();
}
