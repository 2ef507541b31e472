/* test_model.c - what follows from the catalog: who refers to whom, and what an index is for. */
#include "fixture.h"
#include "model/finding.h"
#include "model/model.h"

#include <string.h>

struct world {
    struct database *database;
    struct model *model;
};

static struct world
world_new(const char *catalog, const char *observations)
{
    struct world world = {.database = fixture_read(catalog, observations)};
    const struct model_parts parts = {.database = world.database};
    world.model = model_new(&parts);
    return world;
}

static void
world_free(struct world *world)
{
    model_free(world->model);
    database_free(world->database);
}

static const void *
find(const struct world *world, const char *word, const char *path)
{
    const void *object = database_find(world->database, word, path);
    g_assert_nonnull(object);
    return object;
}

/* clang-format joins strings and macros into lines that nobody can read. */
/* clang-format off */
#define COLUMN(name, more)   "{'name':'" name "','type':'bigint'" more "}"
#define KEY_OF(place, name)  "{'position':" #place ",'column':'" name "'}"
#define PRIMARY_KEY(name, columns, index) \
    "{'name':'" name "','kind':'primary key','columns':[" columns "],'index':'" index "'," \
    "'definition':'PRIMARY KEY'}"
#define FOREIGN_KEY(name, columns, target, target_columns, more) \
    "{'name':'" name "','kind':'foreign key','columns':[" columns "],'references':'" target "'," \
    "'referenced_columns':[" target_columns "],'match':'simple','definition':'…'" more "}"
#define INDEX_OF(name, keys, more) \
    "{'name':'" name "','method':'btree','valid':true,'ready':true,'definition':'…'," \
    "'keys':[" keys "]" more "}"

static const char blog[] =
    "'tables':["
    "{'schema':'blog','name':'users',"
        "'columns':[" COLUMN("id", ",'not_null':true") "],"
        "'constraints':[" PRIMARY_KEY("users_pkey", "'id'", "blog.users_pkey") "],"
        "'indexes':[" INDEX_OF("users_pkey", KEY_OF(1, "id"), ",'unique':true,'primary':true") "]},"
    "{'schema':'blog','name':'posts',"
        "'columns':["
            COLUMN("id", ",'not_null':true,'position':1") ","
            COLUMN("author_id", ",'position':2") ","
            COLUMN("editor_id", ",'not_null':true,'position':3") "],"
        "'constraints':["
            PRIMARY_KEY("posts_pkey", "'id'", "blog.posts_pkey") ","
            FOREIGN_KEY("posts_author_id_fkey", "'author_id'", "blog.users", "'id'",
                        ",'index':'blog.users_pkey'") ","
            FOREIGN_KEY("posts_editor_id_fkey", "'editor_id'", "blog.users", "'id'",
                        ",'index':'blog.users_pkey'") ","
            FOREIGN_KEY("posts_id_fkey", "'id'", "blog.posts", "'id'", "") "],"
        "'indexes':["
            INDEX_OF("posts_pkey", KEY_OF(1, "id"), ",'unique':true,'primary':true") ","
            INDEX_OF("posts_author_id_index", KEY_OF(1, "author_id") "," KEY_OF(2, "id"), "") ","
            INDEX_OF("posts_editor_id_index", KEY_OF(1, "editor_id"),
                     ",'unique':true,'predicate':'(author_id IS NULL)'") "]}],"
    "'sequences':["
    "{'schema':'blog','name':'old_seq','owned_by':'blog.posts.id'},"
    "{'schema':'blog','name':'posts_id_seq','owned_by':'blog.posts.id','identity':true}]";

static const char others[] =
    "'tables':["
    "{'schema':'s','name':'t',"
        "'columns':[" COLUMN("a", "") "],"
        "'constraints':["
            "{'name':'t_a_key','kind':'unique','columns':['a'],'index':'s.t_a_key',"
            "'definition':'…'}],"
        "'indexes':[" INDEX_OF("t_a_key", KEY_OF(1, "a"), ",'unique':true") "]}],"
    "'views':["
    "{'schema':'s','name':'m','materialized':true,'definition':'SELECT',"
        "'indexes':[" INDEX_OF("m_a_index", KEY_OF(1, "a"), ",'unique':true") "]}]";

static const char composite[] =
    "'domains':[{'schema':'s','name':'must','type':'bigint','not_null':true}],"
    "'tables':["
    "{'schema':'s','name':'p'},"
    "{'schema':'s','name':'c',"
        "'columns':["
            COLUMN("a", "") ","
            COLUMN("b", ",'not_null':true") ","
            COLUMN("d", ",'type_object':'s.must'") "],"
        "'constraints':["
            FOREIGN_KEY("simple", "'a','b'", "s.p", "'x','y'", "") ","
            FOREIGN_KEY("domain", "'d'", "s.p", "'x'", "") ","
            "{'name':'full','kind':'foreign key','columns':['a','b'],'references':'s.p',"
            "'match':'full','definition':'…'}]}]";

static const char views[] =
    "'tables':["
    "{'schema':'a','name':'views','kind':'partitioned',"
        "'columns':[" COLUMN("p", "") "],"
        "'constraints':["
            FOREIGN_KEY("views_fk", "'p'", "a.views", "'p'", "") ","
            FOREIGN_KEY("views_fk1", "'p'", "a.views_2", "'p'", ",'inherited':true") "]},"
    "{'schema':'a','name':'views_2','partition_of':'a.views'},"
    "{'schema':'a','name':'views_1','kind':'partitioned','partition_of':'a.views',"
        "'constraints':["
            FOREIGN_KEY("views_fk", "'p'", "a.views", "'p'", ",'inherited':true") "]},"
    "{'schema':'a','name':'views_1_1','partition_of':'a.views_1'},"
    "{'schema':'a','name':'lost','partition_of':'a.gone'},"
    "{'schema':'a','name':'chicken','partition_of':'a.egg'},"
    "{'schema':'a','name':'egg','partition_of':'a.chicken'}]";

/* One table with a foreign key (a, b) and one index; "%s" is the rest of the index. */
#define SUPPORT \
    "'tables':[" \
    "{'schema':'s','name':'p'}," \
    "{'schema':'s','name':'c'," \
        "'columns':[" COLUMN("a", "") "," COLUMN("b", "") "," COLUMN("or", "") "]," \
        "'constraints':[" FOREIGN_KEY("f", "'a','b'", "s.p", "'x','y'", "") "]," \
        "'indexes':[{'name':'i','definition':'…',%s}]}]"
/* clang-format on */

static void
test_references(void)
{
    struct world world = world_new(blog, NULL);
    const struct references *users = model_references(world.model,
                                                      find(&world, "table", "blog.users"));
    g_assert_cmpuint(users->count, ==, 2);
    g_assert_cmpstr(users->items[0]->name, ==, "posts_author_id_fkey");
    g_assert_cmpstr(users->items[1]->name, ==, "posts_editor_id_fkey");
    const struct table *posts = find(&world, "table", "blog.posts");
    const struct references *itself = model_references(world.model, posts);
    g_assert_cmpuint(itself->count, ==, 1);
    g_assert_true(object_table(itself->items[0]) == posts);
    world_free(&world);
}

static void
test_places(void)
{
    struct world world = world_new(blog, NULL);
    const struct table *posts = find(&world, "table", "blog.posts");
    const struct column *id = find(&world, "column", "blog.posts.id");
    g_assert_true(object_table(posts) == posts);
    g_assert_true(object_table(id) == posts);
    g_assert_true(object_table(&posts->indexes.items[0].keys.items[0]) == posts);
    g_assert_null(object_table(find(&world, "sequence", "blog.old_seq")));
    g_assert_true(table_column(posts, "id") == id);
    g_assert_null(table_column(posts, "ID"));
    g_assert_true(model_sequence(world.model, id) == find(&world, "sequence", "blog.posts_id_seq"));
    g_assert_null(model_sequence(world.model, table_column(posts, "author_id")));
    world_free(&world);
}

static unsigned
roles(const struct world *world, const char *index)
{
    return index_roles(world->model, find(world, "index", index));
}

static void
test_index_roles(void)
{
    struct world world = world_new(blog, NULL);
    g_assert_cmpuint(roles(&world, "blog.users_pkey"), ==,
                     INDEX_PRIMARY_KEY | INDEX_UNIQUE | INDEX_FOREIGN_KEY_TARGET);
    g_assert_cmpuint(roles(&world, "blog.posts_pkey"), ==,
                     INDEX_PRIMARY_KEY | INDEX_UNIQUE | INDEX_FOREIGN_KEY_TARGET |
                         INDEX_FOREIGN_KEY_SUPPORT);
    g_assert_cmpuint(roles(&world, "blog.posts_author_id_index"), ==, INDEX_FOREIGN_KEY_SUPPORT);
    g_assert_cmpuint(roles(&world, "blog.posts_editor_id_index"), ==, INDEX_UNIQUE | INDEX_PARTIAL);
    const struct index *pkey = find(&world, "index", "blog.users_pkey");
    g_assert_true(index_constraint(pkey) == find(&world, "constraint", "blog.users.users_pkey"));
    g_assert_null(index_constraint(find(&world, "index", "blog.posts_author_id_index")));
    world_free(&world);
}

static void
test_roles_of_other_indexes(void)
{
    struct world world = world_new(others, NULL);
    g_assert_cmpuint(roles(&world, "s.t_a_key"), ==, INDEX_CONSTRAINT | INDEX_UNIQUE);
    g_assert_cmpuint(roles(&world, "s.m_a_index"), ==, INDEX_UNIQUE);
    g_assert_null(object_table(find(&world, "index", "s.m_a_index")));
    world_free(&world);
}

/* The rest of the index is the case. */
struct support_case {
    const char *index;
    bool supports;
    bool unique;
};

static void
check_support(const struct support_case *one)
{
    g_autofree char *catalog = g_strdup_printf(SUPPORT, one->index);
    struct world world = world_new(catalog, NULL);
    const struct constraint *foreign_key = find(&world, "constraint", "s.c.f");
    bool supports = index_supports(find(&world, "index", "s.i"), foreign_key);
    if (supports != one->supports || foreign_key_is_unique(foreign_key) != one->unique)
        g_error("supports %d, unique %d: %s", supports, !one->unique, one->index);
    world_free(&world);
}

#define USABLE   "'method':'btree','valid':true,'ready':true"
#define UNIQUE   ",'unique':true"
#define KEYS(of) ",'keys':[" of "]"
#define AB       KEYS(KEY_OF(1, "a") "," KEY_OF(2, "b"))

static const struct support_case support_cases[] = {
    {USABLE AB, true, false},
    {USABLE UNIQUE AB, true, true},
    {USABLE KEYS(KEY_OF(1, "b") "," KEY_OF(2, "a")), true, false},
    {USABLE UNIQUE KEYS(KEY_OF(1, "b") "," KEY_OF(2, "a") "," KEY_OF(3, "or")), true, false},
    {USABLE UNIQUE KEYS(KEY_OF(1, "a")), false, true}, /* at most one row, yet a cannot be enough */
    {USABLE KEYS(KEY_OF(1, "a") "," KEY_OF(2, "or") "," KEY_OF(3, "b")), false, false},
    {USABLE KEYS(KEY_OF(1, "a") "," KEY_OF(2, "a")), false, false},
    {USABLE KEYS(KEY_OF(1, "a")) ",'included':['b']", false, false},
    {USABLE UNIQUE KEYS("{'position':1,'expression':'abs(a)'}," KEY_OF(2, "b")), false, false},
    {"'method':'hash','valid':true,'ready':true" AB, true, false},
    {"'method':'brin','valid':true,'ready':true" AB, false, false},
    {"'method':'btree','valid':false,'ready':true" UNIQUE AB, false, false},
    {"'method':'btree','valid':true,'ready':false" UNIQUE AB, false, false},
    {USABLE AB ",'predicate':'(a IS NOT NULL)'", true, false},
    {USABLE UNIQUE AB ",'predicate':'((a IS NOT NULL) AND (b IS NOT NULL))'", true, true},
    {USABLE UNIQUE AB ",'predicate':'(\\u0022or\\u0022 IS NOT NULL)'", false, false},
    {USABLE UNIQUE AB ",'predicate':'((a IS NOT NULL) OR (b IS NOT NULL))'", false, false},
    {USABLE UNIQUE AB ",'predicate':'((a IS NOT NULL) AND (\\u0022or\\u0022 > 0))'", false, false},
    {USABLE UNIQUE AB ",'predicate':'((a IS NOT NULL) = true)'", false, false},
    {USABLE AB ",'predicate':'(a IS NULL)'", false, false},
    {USABLE AB ",'predicate':'(a IS NOT NULL) AND'", false, false},
    {USABLE AB ",'predicate':''", false, false},
    {USABLE KEYS(KEY_OF(1, "a") ",{'position':2,'column':'b','collation':'C'}"), false, false},
    {USABLE KEYS(KEY_OF(1, "a") ",{'position':2,'column':'b','collation':'C',"
                                "'default_collation':true}"),
     true, false},
    {USABLE KEYS(""), false, false},
};

static void
test_support(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(support_cases); i++)
        check_support(&support_cases[i]);
}

static void
test_index_of_another_table_does_not_support(void)
{
    struct world world = world_new(blog, NULL);
    g_assert_false(index_supports(find(&world, "index", "blog.users_pkey"),
                                  find(&world, "constraint", "blog.posts.posts_id_fkey")));
    world_free(&world);
}

static void
test_cardinality(void)
{
    struct world world = world_new(blog, NULL);
    const struct constraint *author = find(&world, "constraint", "blog.posts.posts_author_id_fkey");
    const struct constraint *editor = find(&world, "constraint", "blog.posts.posts_editor_id_fkey");
    g_assert_true(foreign_key_is_optional(author));
    g_assert_false(foreign_key_is_optional(editor));
    g_assert_false(foreign_key_is_unique(author));
    g_assert_false(foreign_key_is_unique(editor)); /* its unique index is partial */
    g_assert_true(foreign_key_is_unique(find(&world, "constraint", "blog.posts.posts_id_fkey")));
    world_free(&world);
}

static void
test_optional_composite(void)
{
    struct world world = world_new(composite, NULL);
    g_assert_true(foreign_key_is_optional(find(&world, "constraint", "s.c.simple")));
    g_assert_false(foreign_key_is_optional(find(&world, "constraint", "s.c.full")));
    g_assert_false(foreign_key_is_optional(find(&world, "constraint", "s.c.domain")));
    world_free(&world);
}

static void
test_partitions(void)
{
    struct world world = world_new(views, NULL);
    const struct table *root = find(&world, "table", "a.views");
    const struct tables *partitions = model_partitions(world.model, root);
    g_assert_cmpuint(partitions->count, ==, 2);
    g_assert_cmpstr(partitions->items[0]->name, ==, "views_1");
    g_assert_cmpstr(partitions->items[1]->name, ==, "views_2");
    g_assert_cmpuint(model_partitions(world.model, partitions->items[0])->count, ==, 1);
    g_assert_cmpuint(model_partitions(world.model, partitions->items[1])->count, ==, 0);
    g_assert_true(table_root(find(&world, "table", "a.views_1_1")) == root);
    g_assert_false(table_is_partition(root));
    g_assert_true(table_is_partition(partitions->items[0]));
    g_assert_cmpuint(model_references(world.model, root)->count, ==, 1);
    g_assert_cmpuint(model_references(world.model, partitions->items[1])->count, ==, 0);
    world_free(&world);
}

static const char readers[] =
    "'tables':[{'schema':'s','name':'t'}],"
    "'views':["
    "{'schema':'s','name':'both','definition':'SELECT','reads':['s.first','s.t']},"
    "{'schema':'s','name':'first','definition':'SELECT','reads':['s.t']}]";

static void
test_readers(void)
{
    struct world world = world_new(readers, NULL);
    const struct views *table = model_readers(world.model, find(&world, "table", "s.t"));
    g_assert_cmpuint(table->count, ==, 2);
    g_assert_cmpstr(table->items[0]->name, ==, "both");
    g_assert_cmpstr(table->items[1]->name, ==, "first");
    const struct views *view = model_readers(world.model, find(&world, "view", "s.first"));
    g_assert_cmpuint(view->count, ==, 1);
    g_assert_true(view->items[0] == table->items[0]);
    g_assert_cmpuint(model_readers(world.model, view->items[0])->count, ==, 0);
    world_free(&world);
}

static void
test_broken_partitions_stand_alone(void)
{
    struct world world = world_new(views, NULL);
    static const char *const alone[] = {"a.lost", "a.chicken", "a.egg"};
    for (size_t i = 0; i < G_N_ELEMENTS(alone); i++) {
        const struct table *table = find(&world, "table", alone[i]);
        g_assert_true(table_root(table) == table);
        g_assert_false(table_is_partition(table));
        g_assert_cmpuint(model_partitions(world.model, table)->count, ==, 0);
    }
    world_free(&world);
}

static void
test_observed(void)
{
    struct world world = world_new(
        blog, "'taken_at':'2026-03-01','tables':[{'relation':'blog.posts','row_estimate':7},"
              "{'relation':'blog.gone','row_estimate':1}],"
              "'indexes':[{'index':'blog.posts_pkey','scans':9}]");
    const struct table_observation *posts = model_observed_table(
        world.model, find(&world, "table", "blog.posts"));
    g_assert_cmpint(posts->row_estimate, ==, 7);
    g_assert_cmpint(
        model_observed_index(world.model, find(&world, "index", "blog.posts_pkey"))->scans, ==, 9);
    g_assert_null(model_observed_table(world.model, find(&world, "table", "blog.users")));
    g_assert_null(model_observed_index(world.model, find(&world, "index", "blog.users_pkey")));
    world_free(&world);
}

static void
test_without_anything(void)
{
    struct world world = world_new("'name':'empty'", NULL);
    g_assert_null(world.model->observations);
    g_assert_cmpuint(model_annotation(world.model, world.model->catalog)->count, ==, 0);
    world_free(&world);
    model_free(NULL);
}

static void
test_finding_words(void)
{
    g_assert_cmpstr(severity_words[SEVERITY_NOTE], ==, "note");
    g_assert_cmpstr(severity_words[SEVERITY_ERROR], ==, "error");
    g_assert_cmpstr(strength_words[STRENGTH_PROVED], ==, "proved");
    g_assert_cmpstr(strength_words[STRENGTH_HINT], ==, "hint");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/model/references", test_references);
    g_test_add_func("/model/places", test_places);
    g_test_add_func("/model/index-roles", test_index_roles);
    g_test_add_func("/model/roles-of-other-indexes", test_roles_of_other_indexes);
    g_test_add_func("/model/support", test_support);
    g_test_add_func("/model/support-other-table", test_index_of_another_table_does_not_support);
    g_test_add_func("/model/cardinality", test_cardinality);
    g_test_add_func("/model/optional-composite", test_optional_composite);
    g_test_add_func("/model/partitions", test_partitions);
    g_test_add_func("/model/readers", test_readers);
    g_test_add_func("/model/broken-partitions", test_broken_partitions_stand_alone);
    g_test_add_func("/model/observed", test_observed);
    g_test_add_func("/model/without-anything", test_without_anything);
    g_test_add_func("/model/finding-words", test_finding_words);
    return g_test_run();
}
