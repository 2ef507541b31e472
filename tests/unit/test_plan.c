/* test_plan.c - which pages there are, which of them are split, and the way from one to another. */
#include "fixture.h"
#include "site/plan.h"
#include "site/sheet.h"
#include "site/skin.h"

#include <string.h>

struct world {
    struct database *database;
    struct model *model;
    struct findings *findings;
    struct plan *plan;
    struct skin *skin;
};

static struct world
world_configured(const char *catalog, const struct config *config)
{
    static const struct notes notes;
    static const struct note_problems problems;
    struct world world = {.database = fixture_read(catalog, NULL)};
    const struct model_parts parts = {
        .config = config, .database = world.database, .notes = &notes, .note_problems = &problems};
    world.model = model_new(&parts);
    world.findings = findings_new(world.model, NULL, "2026-11-25");
    world.plan = plan_new(world.model, world.findings, NULL, NULL, NULL);
    world.skin = skin_read(config, NULL);
    return world;
}

static struct world
world_new(const char *catalog)
{
    static const struct config config = {.notes = "notes"};
    return world_configured(catalog, &config);
}

static void
world_free(struct world *world)
{
    skin_free(world->skin);
    plan_free(world->plan);
    findings_free(world->findings);
    model_free(world->model);
    database_free(world->database);
}

static const struct page *
find_page(const struct plan *plan, const char *path)
{
    for (size_t i = 0; i < plan->count; i++)
        if (g_str_equal(plan->pages[i].path, path))
            return &plan->pages[i];
    return NULL;
}

/* A schema "big" of so many tables "t00000" …, and one sequence "last". */
static struct world
big_world(size_t tables)
{
    g_autoptr(GString) catalog = g_string_new("'schemas':[{'name':'big'}],'tables':[");
    for (size_t i = 0; i < tables; i++)
        g_string_append_printf(catalog, "%s{'schema':'big','name':'t%05zu'}", i > 0 ? "," : "", i);
    g_string_append(catalog, "],'sequences':[{'schema':'big','name':'last','type':'bigint',"
                             "'start':1,'increment':1,'minimum':1,'maximum':9}]");
    return world_new(catalog->str);
}

static size_t
count_parts(const struct plan *plan, const char *stem)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->count; i++)
        count += g_str_equal(plan->pages[i].stem, stem);
    return count;
}

static void
test_short_pages_are_whole(void)
{
    struct world world = big_world(ROWS_OF_PART - 1); /* and the sequence */
    g_assert_cmpuint(count_parts(world.plan, "schemas/big"), ==, 1);
    struct rows rows = page_rows(find_page(world.plan, "schemas/big.html"));
    g_assert_cmpuint(rows.first, ==, 0);
    g_assert_cmpuint(rows.end, ==, SIZE_MAX);
    world_free(&world);
}

static void
test_long_pages_are_split(void)
{
    struct world world = big_world(2 * ROWS_OF_PART);
    g_assert_cmpuint(count_parts(world.plan, "schemas/big"), ==, 3);
    const struct page *first = find_page(world.plan, "schemas/big.html");
    const struct page *last = find_page(world.plan, "schemas/big~p3.html");
    g_assert_true(last == first + 2);
    g_assert_cmpuint(page_rows(last).first, ==, 2 * ROWS_OF_PART);
    g_assert_nonnull(find_page(world.plan, "all~p3.html"));
    world_free(&world);
}

/* The sequence is listed behind all tables, so its place is on the last part. */
static void
test_links_lead_to_the_right_part(void)
{
    struct world world = big_world(2 * ROWS_OF_PART);
    const void *sequence = database_find(world.database, "sequence", "big.last");
    const struct page *front = find_page(world.plan, "index.html");
    g_autofree char *href = plan_href(world.plan, front, sequence);
    g_assert_cmpstr(href, ==, "schemas/big~p3.html#sequence-last");
    world_free(&world);
}

static size_t
count_elements(const xmlNode *node, const char *name)
{
    size_t count = 0;
    for (; node != NULL; node = node->next) {
        count += node->type == XML_ELEMENT_NODE && g_str_equal(node->name, name);
        count += count_elements(node->children, name);
    }
    return count;
}

static void
test_parts_share_all_rows(void)
{
    struct world world = big_world(2 * ROWS_OF_PART);
    const struct site site = {world.model, world.findings, world.plan, world.skin};
    size_t items = 0;
    for (size_t i = 0; i < world.plan->count; i++) {
        if (!g_str_equal(world.plan->pages[i].stem, "schemas/big"))
            continue;
        xmlNode *view = sheet_new(&site, &world.plan->pages[i]);
        items += count_elements(view, "item");
        g_assert_cmpuint(count_elements(view, "pager"), ==, 1);
        tree_free(view);
    }
    g_assert_cmpuint(items, ==, 2 * ROWS_OF_PART + 1);
    world_free(&world);
}

/* An index called "index" beside the list of indexes, and case twins. */
static void
test_every_page_has_its_own_path(void)
{
    struct world world = world_new(
        "'schemas':[{'name':'index'}],'tables':["
        "{'schema':'index','name':'html','indexes':[{'name':'p2','method':'btree',"
        "'definition':'…','keys':[{'position':1,'column':'id'}]}]},"
        "{'schema':'index','name':'HTML'},{'schema':'index','name':'../x'}]");
    for (size_t i = 1; i < world.plan->count; i++)
        g_assert_cmpstr(world.plan->pages[i - 1].path, !=, world.plan->pages[i].path);
    g_assert_nonnull(find_page(world.plan, "indexes/index.html"));
    g_assert_nonnull(find_page(world.plan, "indexes/index.p2.html"));
    g_assert_nonnull(find_page(world.plan, "tables/index.~48~54~4d~4c.html"));
    g_assert_nonnull(find_page(world.plan, "tables/index.~2e~2e~2fx.html"));
    world_free(&world);
}

#define LONG_NAME "0123456789.0123456789.0123456789.0123456789.0123456789.01234567"

/* A group, a schema and a viewpoint with one name, and names that only their ends tell apart. */
static void
test_every_map_has_its_own_path(void)
{
    struct pattern twins = {.text = "*", .parts = {"*"}, .count = 1};
    struct config_viewpoint viewpoints[] = {
        {"a/b", "One", NULL, {1, &twins}, 1},
        {"A/b", "One", NULL, {1, &twins}, 2},
        {LONG_NAME LONG_NAME "1", "One", NULL, {1, &twins}, 3},
        {LONG_NAME LONG_NAME "2", "One", NULL, {1, &twins}, 4},
    };
    const struct config config = {
        .notes = "notes", .viewpoint_count = G_N_ELEMENTS(viewpoints), .viewpoints = viewpoints};
    struct world world = world_configured("'schemas':[{'name':'a/b'},{'name':'" LONG_NAME "'}],"
                                          "'tables':[{'schema':'a/b','name':'t'},"
                                          "{'schema':'" LONG_NAME "','name':'t'}]",
                                          &config);
    size_t maps = 0;
    for (size_t i = 0; i < world.plan->count; i++) {
        const struct page *page = &world.plan->pages[i];
        if (page->area == NULL)
            continue;
        maps++;
        g_assert_true(i == 0 || !g_str_equal(page[-1].path, page->path));
        g_assert_cmpuint(strlen(page->path), <, 160);
        g_autofree char *href = plan_href_area(world.plan, page, page->area);
        g_assert_cmpstr(href + strlen("../"), ==, page->path);
    }
    g_assert_cmpuint(maps, ==, 1 + 2 + 4 * (1 + 2));
    g_assert_nonnull(find_page(world.plan, "diagrams/schema-a~2fb.html"));
    g_assert_nonnull(find_page(world.plan, "diagrams/viewpoint-a~2fb.html"));
    world_free(&world);
}

static char *
text_of(const xmlNode *view)
{
    xmlBuffer *buffer = xmlBufferCreate();
    g_assert_cmpint(xmlNodeDump(buffer, view->doc, (xmlNode *)(guintptr)view, 0, 0), >, 0);
    char *text = g_strdup((const char *)xmlBufferContent(buffer));
    xmlBufferFree(buffer);
    return text;
}

/* The view of the map with its pictures. */
static char *
drawn_map(const struct world *world, const char *published)
{
    const struct site site = {world->model, world->findings, world->plan, world->skin};
    const struct page *page = find_page(world->plan, "diagrams/index.html");
    g_autoptr(GString) text = published == NULL ? NULL : g_string_new(published);
    xmlNode *view = sheet_new(&site, page);
    g_assert_true(sheet_has_pictures(view));
    sheet_draw(&site, page, view, text);
    char *drawn = text_of(view);
    tree_free(view);
    return drawn;
}

static char *
replace(const char *text, const char *old, const char *new)
{
    g_auto(GStrv) pieces = g_strsplit(text, old, -1);
    g_assert_cmpuint(g_strv_length(pieces), >, 1);
    return g_strjoinv(new, pieces);
}

/* What was published can be told from what is drawn anew by a word that no drawing has. */
static void
test_pictures_are_taken_from_the_published_page(void)
{
    struct world world = world_new("'schemas':[{'name':'a'}],'tables':[{'schema':'a','name':'x'},"
                                   "{'schema':'a','name':'y'}]");
    g_autofree char *drawn = drawn_map(&world, NULL);
    g_autofree char *same = drawn_map(&world, drawn);
    g_assert_cmpstr(same, ==, drawn);
    g_autofree char *marked = replace(drawn, ">x<", ">taken<");
    g_autofree char *taken = drawn_map(&world, marked);
    g_assert_cmpstr(taken, ==, marked);

    g_autofree char *other_mark = replace(marked, " data-map=\"", " data-map=\"0");
    g_autofree char *other = drawn_map(&world, other_mark);
    g_assert_cmpstr(other, ==, drawn);
    g_autofree char *torn = replace(marked, "</a>", "");
    g_autofree char *anew = drawn_map(&world, torn);
    g_assert_cmpstr(anew, ==, drawn);
    world_free(&world);

    struct world more = world_new("'schemas':[{'name':'a'}],'tables':[{'schema':'a','name':'x'},"
                                  "{'schema':'a','name':'z'}]");
    g_autofree char *current = drawn_map(&more, marked);
    g_assert_null(strstr(current, "taken"));
    world_free(&more);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/plan/short-pages-are-whole", test_short_pages_are_whole);
    g_test_add_func("/plan/long-pages-are-split", test_long_pages_are_split);
    g_test_add_func("/plan/links-lead-to-the-right-part", test_links_lead_to_the_right_part);
    g_test_add_func("/plan/parts-share-all-rows", test_parts_share_all_rows);
    g_test_add_func("/plan/every-page-has-its-own-path", test_every_page_has_its_own_path);
    g_test_add_func("/plan/every-map-has-its-own-path", test_every_map_has_its_own_path);
    g_test_add_func("/plan/pictures-are-taken-from-the-published-page",
                    test_pictures_are_taken_from_the_published_page);
    return g_test_run();
}
