/* test_diagram_areas.c - every table is in one area, and no area is too large for a picture. */
#include "diagram/areas.h"
#include "draft.h"

#include <glib.h>

/* "name(tables)[parts …]" of an area and all below it. */
static void
describe(const struct area *area, GString *words)
{
    g_string_append_printf(words, "%s(%zu)", area->name, area->table_count);
    for (size_t i = 0; i < area->part_count; i++) {
        g_string_append_c(words, i == 0 ? '[' : ' ');
        describe(area->parts[i], words);
    }
    if (area->part_count > 0)
        g_string_append_c(words, ']');
}

static void
assert_tree(const struct area *area, const char *expected)
{
    g_autoptr(GString) words = g_string_new(NULL);
    describe(area, words);
    g_assert_cmpstr(words->str, ==, expected);
}

/* A hub and tables that need it. */
static void
add_star(struct draft *draft, const char *hub, unsigned leaves)
{
    draft_table(draft, hub, "id*");
    for (unsigned i = 0; i < leaves; i++) {
        g_autofree char *path = g_strdup_printf("%s_%02u", hub, i);
        draft_table(draft, path, "id* hub_id");
        draft_reference(draft, path, "hub_id", hub, "id");
    }
}

/* What must hold for every tree. */
static void
check(const struct area *area, GHashTable *seen)
{
    size_t tables = 0;
    g_assert_cmpuint(area->part_count, <=, AREA_PARTS_MOST);
    for (size_t i = 0; i < area->part_count; i++) {
        g_assert_true(area->parts[i]->parent == area);
        g_assert_cmpuint(area->parts[i]->depth, <, area->depth);
        tables += area->parts[i]->table_count;
        check(area->parts[i], seen);
    }
    if (area->part_count > 0) {
        g_assert_cmpuint(tables, ==, area->table_count);
        return;
    }
    g_assert_cmpuint(area->table_count, <=, AREA_TABLES_MOST);
    for (size_t i = 0; i < area->table_count; i++)
        g_assert_true(g_hash_table_add(seen, (gpointer)(guintptr)area->tables[i]));
}

static struct areas *
areas_of(struct draft *draft)
{
    struct areas *areas = areas_new(draft_finish(draft));
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    check(areas->database, seen);
    g_assert_cmpuint(g_hash_table_size(seen), ==, areas->database->table_count);
    g_assert_true(areas->items[0] == areas->database);
    return areas;
}

static void
end(struct draft *draft, struct areas *areas)
{
    areas_free(areas);
    draft_free(draft);
}

static void
test_empty(void)
{
    struct draft *draft = draft_new();
    struct areas *areas = areas_of(draft);
    assert_tree(areas->database, "Map(0)");
    end(draft, areas);
}

static void
test_one_small_schema(void)
{
    struct draft *draft = draft_new();
    add_star(draft, "public.users", 10);
    draft_table(draft, "public.logs", "id*");
    draft_table(draft, "public.logs_2026", "id*");
    draft_partition(draft, "public.logs_2026", "public.logs");
    struct areas *areas = areas_of(draft);
    assert_tree(areas->database, "Map(12)");
    g_assert_cmpstr(areas->database->schema, ==, "public");
    end(draft, areas);
}

static void
test_schemas(void)
{
    struct draft *draft = draft_new();
    add_star(draft, "people.users", 2);
    draft_table(draft, "blog.posts", "id*");
    draft_table(draft, "\u200B.odd", "id*");
    struct areas *areas = areas_of(draft);
    assert_tree(areas->database, "Map(5)[blog(1) people(3) U&\"\\200B\"(1)]");
    g_assert_null(areas->database->schema);
    g_assert_cmpint(areas->database->parts[0]->origin, ==, AREA_SCHEMA);
    g_assert_cmpstr(areas->database->parts[0]->object->path, ==, "blog");
    end(draft, areas);
}

static void
test_along_foreign_keys(void)
{
    struct draft *draft = draft_new();
    add_star(draft, "public.orders", 20);
    add_star(draft, "public.users", 15);
    draft_table(draft, "public.a_setting", "id*");
    draft_table(draft, "public.z_setting", "id*");
    draft_column(json_array_get(draft->tables, 0), "user_id", "bigint", true);
    draft_reference(draft, "public.orders", "user_id", "public.users", "id");
    struct areas *areas = areas_of(draft);
    assert_tree(areas->database,
                "Map(39)[a_setting to z_setting(2) Around orders(21) Around users(16)]");
    g_assert_cmpint(areas->database->parts[0]->origin, ==, AREA_SPAN);
    g_assert_cmpstr(areas->database->parts[1]->object->path, ==, "public.orders");
    end(draft, areas);
}

static struct pattern
pattern_of(struct arena *arena, const char *text)
{
    struct pattern pattern = {0};
    g_assert_true(pattern_parse(arena, text, &pattern));
    return pattern;
}

static void
test_groups_and_viewpoints(void)
{
    struct arena *arena = arena_new();
    struct pattern people = pattern_of(arena, "people.*");
    struct pattern users = pattern_of(arena, "*.users*");
    struct pattern nothing = pattern_of(arena, "none.*");
    struct config_group groups[] = {
        {"Everybody", {1, &people}, 1}, {"Nobody", {1, &nothing}, 2}, {"Users", {1, &users}, 3}};
    struct config_viewpoint viewpoints[] = {{"users", "All users", NULL, {1, &users}, 4},
                                            {"none", "none", NULL, {1, &nothing}, 5}};
    const struct config config = {
        .group_count = 3, .groups = groups, .viewpoint_count = 2, .viewpoints = viewpoints};
    struct draft *draft = draft_new();
    draft->config = &config;
    add_star(draft, "people.users", 2);
    add_star(draft, "shop.users", 1);
    draft_table(draft, "shop.orders", "id*");
    struct areas *areas = areas_of(draft);
    assert_tree(areas->database, "Map(6)[Everybody(3) Users(2) Other tables(1)]");
    g_assert_cmpint(areas->database->parts[2]->origin, ==, AREA_OTHERS);
    assert_tree(areas->items[4], "people(3)");
    assert_tree(areas->items[5], "shop(3)");
    g_assert_cmpint(areas->items[5]->origin, ==, AREA_SCHEMA);
    g_assert_null(areas->items[5]->parent);
    g_assert_cmpuint(areas->viewpoint_count, ==, 2);
    assert_tree(areas->viewpoints[0], "All users(5)[people(3) shop(2)]");
    g_assert_cmpint(areas->viewpoints[0]->parts[1]->origin, ==, AREA_EXTRACT);
    assert_tree(areas->viewpoints[1], "none(0)");
    end(draft, areas);
    arena_free(arena);
}

/* Tenants: many schemas that have nothing to do with each other. */
static void
test_many_schemas(void)
{
    struct draft *draft = draft_new();
    for (unsigned i = 0; i < 90; i++) {
        g_autofree char *path = g_strdup_printf("tenant_%02u.users", i);
        draft_table(draft, path, "id*");
    }
    struct areas *areas = areas_of(draft);
    g_assert_cmpuint(areas->database->part_count, ==, 3);
    const struct area *first = areas->database->parts[0];
    g_assert_cmpstr(first->name, ==, "tenant_00 to tenant_39");
    g_assert_cmpuint(first->depth, ==, 1);
    g_assert_cmpstr(first->object->path, ==, "tenant_00");
    g_assert_cmpstr(first->parts[7]->name, ==, "tenant_07");
    end(draft, areas);
}

/* One schema with so many stars that there are areas of areas. */
static void
test_large(void)
{
    struct draft *draft = draft_new();
    for (unsigned i = 0; i < 100; i++) {
        g_autofree char *hub = g_strdup_printf("public.hub%02u", i);
        add_star(draft, hub, 21);
        if (i % 10 == 0)
            continue;
        g_autofree char *child = g_strdup_printf("public.hub%02u_00", i);
        g_autofree char *parent = g_strdup_printf("public.hub%02u", i / 10 * 10);
        draft_reference(draft, child, "hub_id", parent, "id");
    }
    struct areas *areas = areas_of(draft);
    g_assert_cmpuint(areas->database->table_count, ==, 2200);
    g_assert_cmpuint(areas->database->depth, ==, 2);
    for (size_t i = 0; i < areas->database->part_count; i++)
        g_assert_true(g_str_has_prefix(areas->database->parts[i]->name, "Region of hub"));
    end(draft, areas);
}

/* Whatever points to whatever. */
static void
test_random(void)
{
    GRand *dice = g_rand_new_with_seed(7);
    for (int round = 0; round < 10; round++) {
        struct draft *draft = draft_new();
        int count = g_rand_int_range(dice, 1, 400);
        for (int i = 0; i < count; i++) {
            g_autofree char *path = g_strdup_printf("s%d.t%d", i * round / 200, i);
            draft_table(draft, path, "id* other_id");
            int other = g_rand_int_range(dice, 0, i + 1);
            g_autofree char *parent = g_strdup_printf("s%d.t%d", other * round / 200, other);
            if (g_rand_int_range(dice, 0, 4) > 0)
                draft_reference(draft, path, "other_id", parent, "id");
        }
        end(draft, areas_of(draft));
    }
    g_rand_free(dice);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagram/areas/empty", test_empty);
    g_test_add_func("/diagram/areas/one-small-schema", test_one_small_schema);
    g_test_add_func("/diagram/areas/schemas", test_schemas);
    g_test_add_func("/diagram/areas/along-foreign-keys", test_along_foreign_keys);
    g_test_add_func("/diagram/areas/groups-and-viewpoints", test_groups_and_viewpoints);
    g_test_add_func("/diagram/areas/many-schemas", test_many_schemas);
    g_test_add_func("/diagram/areas/large", test_large);
    g_test_add_func("/diagram/areas/random", test_random);
    return g_test_run();
}
