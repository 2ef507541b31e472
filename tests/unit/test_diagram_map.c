/* test_diagram_map.c - what must hold for every map: where boxes, areas and lines are, and what is
 * written down. */
#include "diagram/areas.h"
#include "diagram/diagram.h"
#include "diagram/lanes.h"
#include "diagram/map_graph.h"
#include "diagram/map_place.h"
#include "draft.h"
#include "markup/tree.h"

#include <glib.h>
#include <libxml/xpath.h>
#include <string.h>

enum { PIXELS_MOST = 10000 };

static char *
href_of(void *data, const struct object *object)
{
    (void)data;
    return g_strconcat("t/", object_name(object), NULL);
}

static char *
area_href_of(void *data, const struct area *area)
{
    (void)data;
    return area->origin == AREA_SPAN ? NULL : g_strconcat("a/", area->name, NULL);
}

static unsigned
hue_of(void *data, const char *schema)
{
    (void)data;
    return (unsigned)schema[0] % 6 + 1;
}

static const struct diagram_site site = {.href = href_of, .area_href = area_href_of, .hue = hue_of};

/* ---- places ---- */

struct rectangle {
    int left, top, right, bottom;
};

static struct rectangle
box_rectangle(const struct box *box)
{
    return (struct rectangle){box->x, box->y, box->x + box->width, box->y + box->height};
}

static struct rectangle
region_rectangle(const struct region *region)
{
    return (struct rectangle){region->x, region->y, region->x + region->width,
                              region->y + region->height};
}

static bool
overlap(struct rectangle a, struct rectangle b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

static void
assert_within(struct rectangle inner, struct rectangle outer, int margin)
{
    g_assert_cmpint(inner.left, >=, outer.left + margin);
    g_assert_cmpint(inner.top, >=, outer.top + margin);
    g_assert_cmpint(inner.right, <=, outer.right - margin);
    g_assert_cmpint(inner.bottom, <=, outer.bottom - margin);
}

static void
check_boxes(const struct picture *picture)
{
    const struct rectangle all = {0, 0, picture->width, picture->height};
    for (size_t i = 0; i < picture->box_count; i++) {
        const struct box *box = picture->boxes[i];
        g_assert_cmpint(box->x % GRID, ==, 0);
        g_assert_cmpint(box->y % GRID, ==, 0);
        g_assert_cmpint(box->width % GRID, ==, 0);
        assert_within(box_rectangle(box), all, MARGIN);
        if (box->region < picture->region_count)
            assert_within(box_rectangle(box), region_rectangle(&picture->regions[box->region]),
                          REGION_INDENT);
        for (size_t j = 0; j < i; j++)
            g_assert_false(overlap(box_rectangle(box), box_rectangle(picture->boxes[j])));
    }
    for (size_t i = 0; i < picture->region_count; i++) {
        assert_within(region_rectangle(&picture->regions[i]), all, GRID);
        for (size_t j = 0; j < i; j++)
            g_assert_false(overlap(region_rectangle(&picture->regions[i]),
                                   region_rectangle(&picture->regions[j])));
    }
}

static void
check_line(const struct picture *picture, const struct line *line)
{
    const struct point *points = line->points;
    size_t last = line->point_count - 1;
    g_assert_cmpuint(line->point_count, >=, 2);
    g_assert_cmpint(points[0].x, ==, end_x(&line->child));
    g_assert_cmpint(points[0].y, ==, end_y(&line->child));
    g_assert_cmpint(points[last].x, ==, end_x(&line->parent));
    g_assert_cmpint(points[last].y, ==, end_y(&line->parent));
    for (size_t i = 0; i < last; i++) {
        struct rectangle piece = {
            MIN(points[i].x, points[i + 1].x), MIN(points[i].y, points[i + 1].y),
            MAX(points[i].x, points[i + 1].x), MAX(points[i].y, points[i + 1].y)};
        g_assert_true(piece.left == piece.right || piece.top == piece.bottom);
        assert_within(piece, (struct rectangle){0, 0, picture->width, picture->height}, 1);
        for (size_t j = 0; j < picture->box_count; j++)
            g_assert_false(overlap(piece, box_rectangle(picture->boxes[j])));
    }
}

static void
check_area(const struct model *model, const struct area *area)
{
    struct arena *arena = arena_new();
    const struct subject subject = {model, area, AREA_TABLES_MOST};
    struct sketch *sketch = sketch_new(map_graph(&subject, DETAIL_NAMES, arena));
    map_decide(map_graph(&subject, DETAIL_KEYS, arena), sketch);
    for (int detail = 0; detail < DETAILS; detail++) {
        struct picture *picture = map_graph(&subject, (enum detail)detail, arena);
        place_map(picture, sketch);
        lanes_route(picture);
        check_boxes(picture);
        for (size_t i = 0; i < picture->line_count; i++)
            check_line(picture, &picture->lines[i]);
        g_assert_cmpint(picture->width, <, PIXELS_MOST);
        g_assert_cmpint(picture->height, <, PIXELS_MOST);
    }
    g_assert_false(sketch->simple);
    arena_free(arena);
}

static void
check_all(struct draft *draft)
{
    struct areas *areas = areas_new(draft_finish(draft));
    for (size_t i = 0; i < areas->count; i++)
        check_area(draft->model, areas->items[i]);
    areas_free(areas);
}

/* A table that needs some of those before it. */
static void
add_random(struct draft *draft, GRand *dice, int number, int schemas)
{
    g_autofree char *path = g_strdup_printf("s%d.table_%d", number % schemas, number);
    json_t *table = draft_table(draft, path, "id*");
    for (int i = g_rand_int_range(dice, 0, 20); i > 0; i--) {
        g_autofree char *column = g_strdup_printf("column_%d", i);
        draft_column(table, column, "timestamp with time zone", true);
    }
    for (int i = g_rand_int_range(dice, 0, 4); i > 0; i--) {
        int other = g_rand_int_range(dice, 0, number + 1);
        g_autofree char *parent = g_strdup_printf("s%d.table_%d", other % schemas, other);
        g_autofree char *column = g_strdup_printf("table_%d_%d_id", other, i);
        draft_column(table, column, "bigint", i % 2 == 0);
        draft_reference(draft, path, column, parent, "id");
    }
}

static void
test_random(void)
{
    static const int sizes[][2] = {{1, 1}, {12, 1}, {30, 1}, {40, 4}, {60, 2}, {100, 5}, {150, 1}};
    GRand *dice = g_rand_new_with_seed(11);
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        struct draft *draft = draft_new();
        for (int j = 0; j < sizes[i][0]; j++)
            add_random(draft, dice, j, sizes[i][1]);
        check_all(draft);
        draft_free(draft);
    }
    g_rand_free(dice);
}

/* All keys, as many columns as a table can have, loops, circles, and nothing at all. */
static void
test_extremes(void)
{
    struct draft *draft = draft_new();
    json_t *wide = draft_table(draft, "public.wide", "id*");
    draft_table(draft, "public.other", "id* wide_id");
    for (int i = 0; i < 1599; i++) {
        g_autofree char *column = g_strdup_printf("c%04d", i);
        draft_column(wide, column, "numeric(20,10)", false);
        if (i % 20 == 0)
            draft_reference(draft, "public.wide", column,
                            i % 40 == 0 ? "public.wide" : "public.other", "id");
    }
    draft_reference(draft, "public.other", "wide_id", "public.wide", "id");
    draft_named_table(draft, "public", "nothing");
    check_all(draft);
    draft_free(draft);
}

/* ---- what is written down ---- */

/* The value of an XPath expression over the map as text. */
static char *
value(xmlNode *root, const char *expression)
{
    xmlXPathContext *context = xmlXPathNewContext(root->doc);
    xmlXPathObject *object = xmlXPathEvalExpression((const xmlChar *)expression, context);
    xmlChar *text = xmlXPathCastToString(object);
    char *copy = g_strdup((const char *)text);
    xmlFree(text);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
    return copy;
}

static void
assert_value(xmlNode *root, const char *expression, const char *expected)
{
    g_autofree char *text = value(root, expression);
    g_assert_cmpstr(text, ==, expected);
}

struct drawn {
    struct draft *draft;
    struct areas *areas;
    struct diagram_map *map;
    xmlNode *root;
};

static struct drawn
draw(struct draft *draft, enum detail detail, size_t most)
{
    struct drawn drawn = {.draft = draft, .root = tree_new("root")};
    drawn.areas = areas_new(draft_finish(draft));
    drawn.map = diagram_map_new(draft->model, drawn.areas->database, most);
    diagram_map_append(drawn.map, detail, &site, drawn.root);
    return drawn;
}

static void
drawn_free(struct drawn *drawn)
{
    tree_free(drawn->root);
    diagram_map_free(drawn->map);
    areas_free(drawn->areas);
    draft_free(drawn->draft);
}

static struct draft *
blog(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "accounts.users", "id* email:text name:text");
    draft_table(draft, "blog.posts", "id* author_id reviewer_id? title:text");
    draft_table(draft, "blog.comments", "id* post_id parent_id? author_id body:text");
    draft_reference(draft, "blog.posts", "author_id", "accounts.users", "id");
    draft_reference(draft, "blog.posts", "reviewer_id", "accounts.users", "id");
    draft_reference(draft, "blog.comments", "post_id", "blog.posts", "id");
    draft_reference(draft, "blog.comments", "parent_id", "blog.comments", "id");
    draft_reference(draft, "blog.comments", "author_id", "accounts.users", "id");
    return draft;
}

static void
test_names(void)
{
    struct drawn drawn = draw(blog(), DETAIL_NAMES, AREA_TABLES_MOST);
    assert_value(drawn.root, "//svg/title", "Map: names");
    assert_value(drawn.root, "string(//svg/@aria-labelledby) = string(//svg/title/@id)", "true");
    assert_value(drawn.root, "count(//g[starts-with(@class, 'er-area ')])", "2");
    assert_value(drawn.root, "//g[@class='er-area hue-3']/a/@href", "a/blog");
    assert_value(drawn.root, "//g[@class='er-area hue-3']/a/text", "blog");
    assert_value(drawn.root, "count(//g[@class='er-t hue-3'])", "2");
    assert_value(drawn.root, "//g[@data-t='0']/a/@href", "t/users");
    assert_value(drawn.root, "//g[@data-t='0']//text", "users");
    assert_value(drawn.root, "count(//g[@class='er-row'])", "0");
    /* One arrow for two foreign keys, none from a table to itself. */
    assert_value(drawn.root, "count(//g[@class='er-e'])", "3");
    assert_value(drawn.root, "count(//circle)", "0");
    g_assert_false(diagram_map_shows_parts(drawn.map));
    g_assert_false(diagram_map_is_simple(drawn.map));
    drawn_free(&drawn);
}

static void
test_keys(void)
{
    struct drawn drawn = draw(blog(), DETAIL_KEYS, AREA_TABLES_MOST);
    assert_value(drawn.root, "count(//g[@class='er-e'])", "5");
    assert_value(drawn.root, "count(//g[@data-t='0']//g[@class='er-row'])", "1");
    assert_value(drawn.root, "//g[@data-t='0']//text[@class='er-more']", "+ 2 more columns");
    assert_value(drawn.root, "count(//g[@data-t='1']//g[@class='er-row'])", "4");
    assert_value(drawn.root, "//g[@class='er-e'][@data-a='1' and @data-b='2']/@data-ac", "1");
    drawn_free(&drawn);
}

static void
test_columns(void)
{
    struct drawn drawn = draw(blog(), DETAIL_COLUMNS, AREA_TABLES_MOST);
    assert_value(drawn.root, "count(//g[@class='er-row'])", "12");
    assert_value(drawn.root, "count(//text[@class='er-more'])", "0");
    drawn_free(&drawn);
}

/* Too many tables: the schemas are boxes. */
static void
test_parts(void)
{
    struct drawn drawn = draw(blog(), DETAIL_KEYS, 2);
    g_assert_true(diagram_map_shows_parts(drawn.map));
    assert_value(drawn.root, "count(//g[starts-with(@class, 'er-t er-part ')])", "2");
    assert_value(drawn.root, "//g[@data-t='0']/a/@href", "a/accounts");
    assert_value(drawn.root, "//g[@data-t='0']//text[@class='er-type']", "1 table");
    assert_value(drawn.root, "//g[@data-t='1']//text[@class='er-type']", "2 tables");
    /* The table that others need comes first. */
    assert_value(drawn.root, "//g[@data-t='1']//g[@class='er-row'][1]/text", "comments");
    assert_value(drawn.root, "count(//g[@class='er-e'])", "1");
    g_assert_cmpuint(diagram_map_hidden(drawn.map), ==, 0);
    drawn_free(&drawn);
}

/* Areas that all need each other: the strongest lines are shown, the others counted. */
static void
test_hidden_lines(void)
{
    struct draft *draft = draft_new();
    for (int i = 0; i < 10; i++) {
        g_autofree char *path = g_strdup_printf("s%d.t", i);
        draft_table(draft, path, "id*");
    }
    for (int i = 0; i < 10; i++)
        for (int j = 0; j < 10; j++) {
            g_autofree char *child = g_strdup_printf("s%d.t", i);
            g_autofree char *parent = g_strdup_printf("s%d.t", j);
            if (i != j)
                draft_reference(draft, child, "id", parent, "id");
        }
    struct drawn drawn = draw(draft, DETAIL_NAMES, 2);
    assert_value(drawn.root, "count(//g[@class='er-e'])", "30");
    g_assert_cmpuint(diagram_map_hidden(drawn.map), ==, 60);
    drawn_free(&drawn);
}

static void
test_hostile_names(void)
{
    static const char right_to_left[] = "\xE2\x80\xAEtfel";
    struct draft *draft = draft_new();
    const char *const bad[] = {"\"><script>alert(1)</script>", "a\nb", right_to_left, "", "']"};
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        json_t *table = draft_named_table(draft, bad[i], bad[G_N_ELEMENTS(bad) - 1 - i]);
        draft_column(table, bad[i], bad[i], true);
    }
    struct drawn drawn = draw(draft, DETAIL_COLUMNS, AREA_TABLES_MOST);
    assert_value(drawn.root, "count(//script)", "0");
    assert_value(drawn.root, "count(//g[starts-with(@class, 'er-t ')])", "5");
    /* What letters show; titles tell the names as they are. */
    assert_value(drawn.root, "count(//text[contains(., '\n')])", "0");
    assert_value(drawn.root, "count(//text[contains(., '\xE2\x80\xAE')])", "0");
    drawn_free(&drawn);
}

/* The same map has the same bytes, with the same key; another one has neither. */
static void
test_same_again(void)
{
    char *bytes[3];
    char *keys[3];
    for (int i = 0; i < 3; i++) {
        struct draft *draft = blog();
        if (i == 2)
            draft_reference(draft, "blog.comments", "id", "accounts.users", "id");
        struct drawn drawn = draw(draft, DETAIL_NAMES, AREA_TABLES_MOST);
        diagram_map_append(drawn.map, DETAIL_KEYS, &site, drawn.root);
        xmlBuffer *buffer = xmlBufferCreate();
        xmlNodeDump(buffer, drawn.root->doc, drawn.root, 0, 0);
        bytes[i] = g_strdup((const char *)xmlBufferContent(buffer));
        keys[i] = diagram_map_key(drawn.map, DETAIL_COLUMNS, &site);
        xmlBufferFree(buffer);
        drawn_free(&drawn);
    }
    g_assert_cmpstr(bytes[0], ==, bytes[1]);
    g_assert_cmpstr(keys[0], ==, keys[1]);
    g_assert_cmpstr(bytes[0], !=, bytes[2]);
    g_assert_cmpstr(keys[0], !=, keys[2]);
    for (int i = 0; i < 3; i++) {
        g_free(bytes[i]);
        g_free(keys[i]);
    }
}

/* Names and keys say nothing of how other columns are called. */
static void
test_keys_stand_for_what_is_shown(void)
{
    char *names[2];
    char *columns[2];
    for (int i = 0; i < 2; i++) {
        struct draft *draft = blog();
        draft_column(json_array_get(draft->tables, 0), i == 0 ? "title" : "headline", "text", true);
        struct drawn drawn = draw(draft, DETAIL_NAMES, AREA_TABLES_MOST);
        names[i] = diagram_map_key(drawn.map, DETAIL_KEYS, &site);
        columns[i] = diagram_map_key(drawn.map, DETAIL_COLUMNS, &site);
        drawn_free(&drawn);
    }
    g_assert_cmpstr(names[0], ==, names[1]);
    g_assert_cmpstr(columns[0], !=, columns[1]);
    for (int i = 0; i < 2; i++) {
        g_free(names[i]);
        g_free(columns[i]);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagram/map/random", test_random);
    g_test_add_func("/diagram/map/extremes", test_extremes);
    g_test_add_func("/diagram/map/names", test_names);
    g_test_add_func("/diagram/map/keys", test_keys);
    g_test_add_func("/diagram/map/columns", test_columns);
    g_test_add_func("/diagram/map/parts", test_parts);
    g_test_add_func("/diagram/map/hidden-lines", test_hidden_lines);
    g_test_add_func("/diagram/map/hostile-names", test_hostile_names);
    g_test_add_func("/diagram/map/keys-stand-for-what-is-shown", test_keys_stand_for_what_is_shown);
    g_test_add_func("/diagram/map/same-again", test_same_again);
    return g_test_run();
}
