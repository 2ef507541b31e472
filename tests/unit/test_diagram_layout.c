/* test_diagram_layout.c - what must hold for the places of boxes and lines, whatever the schema. */
#include "diagram/diagram.h"
#include "diagram/graph.h"
#include "diagram/lanes.h"
#include "diagram/place.h"
#include "draft.h"

#include <glib.h>
#include <stdlib.h>

static struct picture *
lay_out(const struct model *model, const struct table *table, struct arena *arena)
{
    struct picture *picture = graph_neighbourhood(model, table, arena);
    if (picture->box_count > 0) {
        place_neighbourhood(picture);
        lanes_route(picture);
    }
    return picture;
}

static bool
boxes_overlap(const struct box *a, const struct box *b)
{
    return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
           b->y < a->y + a->height;
}

static void
check_boxes(const struct picture *picture)
{
    for (size_t i = 0; i < picture->box_count; i++) {
        const struct box *box = picture->boxes[i];
        g_assert_cmpint(box->x % GRID, ==, 0);
        g_assert_cmpint(box->y % GRID, ==, 0);
        g_assert_cmpint(box->width % GRID, ==, 0);
        g_assert_cmpint(box->x, >=, MARGIN);
        g_assert_cmpint(box->y, >=, MARGIN);
        g_assert_cmpint(box->x + box->width, <=, picture->width - MARGIN);
        g_assert_cmpint(box->y + box->height, <=, picture->height - MARGIN);
        for (size_t j = 0; j < i; j++)
            g_assert_false(boxes_overlap(box, picture->boxes[j]));
    }
}

/* A piece of a line between two corners, from the left top. */
struct piece {
    int left, top, right, bottom;
};

static struct piece
piece_of(const struct line *line, size_t i)
{
    struct point a = line->points[i];
    struct point b = line->points[i + 1];
    g_assert_true((a.x == b.x) != (a.y == b.y));
    return (struct piece){MIN(a.x, b.x), MIN(a.y, b.y), MAX(a.x, b.x), MAX(a.y, b.y)};
}

static void
check_end(const struct end *end, struct point point, struct point next)
{
    const struct box *box = end->box;
    g_assert_cmpint(point.x, ==, end->side == SIDE_LEFT ? box->x : box->x + box->width);
    g_assert_cmpint(point.y, ==, box->y + HEAD + (int)end->row * ROW + ROW / 2);
    g_assert_cmpint(next.y, ==, point.y);
    g_assert_cmpint((next.x - point.x) * (int)end->side, >, STUB); /* room for its sign */
}

static void
check_course(const struct picture *picture, const struct line *line)
{
    size_t last = line->point_count - 1;
    g_assert_cmpuint(line->point_count, >=, 2);
    check_end(&line->child, line->points[0], line->points[1]);
    check_end(&line->parent, line->points[last], line->points[last - 1]);
    for (size_t i = 0; i <= last; i++) {
        g_assert_cmpint(line->points[i].x % GRID, ==, 0);
        g_assert_cmpint(line->points[i].y % GRID, ==, GRID / 2);
    }
    for (size_t i = 0; i < last; i++) {
        struct piece piece = piece_of(line, i);
        g_assert_cmpint(piece.left, >, 0);
        g_assert_cmpint(piece.top, >, 0);
        g_assert_cmpint(piece.right, <, picture->width);
        g_assert_cmpint(piece.bottom, <, picture->height);
        for (size_t j = 0; j < picture->box_count; j++) {
            const struct box *box = picture->boxes[j];
            g_assert_false(piece.left < box->x + box->width && piece.right > box->x &&
                           piece.top < box->y + box->height && piece.bottom > box->y);
        }
    }
}

static bool
may_join(const struct line *a, const struct line *b)
{
    return end_port(&a->child) == end_port(&b->child) ||
           end_port(&a->parent) == end_port(&b->parent) ||
           end_port(&a->child) == end_port(&b->parent) ||
           end_port(&a->parent) == end_port(&b->child);
}

/* How much of the two pieces lies on top of each other; 0 where they cross. */
static int
common_length(const struct piece *a, const struct piece *b)
{
    int width = MIN(a->right, b->right) - MAX(a->left, b->left);
    int height = MIN(a->bottom, b->bottom) - MAX(a->top, b->top);
    if (width < 0 || height < 0)
        return -1;
    return MAX(width, height);
}

/* Whether the piece comes where the end shows its sign. */
static bool
covers_stub(const struct piece *piece, const struct end *end)
{
    int near = end_x(end) + (int)end->side;
    int far = end_x(end) + (int)end->side * STUB;
    struct piece stub = {MIN(near, far), end_y(end), MAX(near, far), end_y(end)};
    return common_length(piece, &stub) >= 0;
}

/* Counts crossings; lines that do not meet at an end never run on top of each other. */
static int
check_pair(const struct line *a, const struct line *b)
{
    int crossings = 0;
    for (size_t i = 0; i + 1 < a->point_count; i++) {
        struct piece first = piece_of(a, i);
        g_assert_false(covers_stub(&first, &b->child) || covers_stub(&first, &b->parent));
        for (size_t j = 0; j + 1 < b->point_count; j++) {
            struct piece second = piece_of(b, j);
            int common = common_length(&first, &second);
            g_assert_cmpint(common, <=, 0);
            crossings += common == 0;
        }
    }
    return crossings;
}

static int
check_lines(const struct picture *picture)
{
    int crossings = 0;
    for (size_t i = 0; i < picture->line_count; i++) {
        check_course(picture, &picture->lines[i]);
        for (size_t j = 0; j < picture->line_count; j++)
            if (!may_join(&picture->lines[i], &picture->lines[j]))
                crossings += check_pair(&picture->lines[i], &picture->lines[j]);
    }
    return crossings / 2;
}

/* Checks the picture of the table; how often its lines cross. */
static int
check(const struct draft *draft, const struct table *table)
{
    struct arena *arena = arena_new();
    const struct picture *picture = lay_out(draft->model, table, arena);
    check_boxes(picture);
    int crossings = check_lines(picture);
    arena_free(arena);
    return crossings;
}

static char *
name_of(const char *letter, int number)
{
    return g_strdup_printf("%s%02d", letter, number);
}

static void
random_table(struct draft *draft, GRand *random, int number)
{
    g_autofree char *path = g_strdup_printf("s%d.t%02d", number % 3, number);
    json_t *table = draft_table(draft, path, "id* code");
    int columns = g_rand_int_range(random, 0, 7);
    for (int i = 0; i < columns; i++) {
        g_autofree char *name = name_of("c", i);
        draft_column(table, name, "bigint", g_rand_boolean(random));
    }
    for (int i = 0; i < columns; i++) {
        g_autofree char *column = name_of("c", g_rand_int_range(random, 0, columns));
        int target = MIN(g_rand_int_range(random, 0, number + 1), g_rand_int_range(random, 0, 20));
        g_autofree char *parent = g_strdup_printf("s%d.t%02d", target % 3, target);
        if (g_rand_int_range(random, 0, 4) == 0) {
            g_autofree char *pair = g_strdup_printf("code %s", column);
            draft_reference(draft, path, pair, parent, "code id");
        } else {
            draft_reference(draft, path, column, parent, g_rand_boolean(random) ? "id" : "code");
        }
    }
}

static void
test_random_schemas(void)
{
    GRand *random = g_rand_new_with_seed(20260320);
    for (int round = 0; round < 40; round++) {
        struct draft *draft = draft_new();
        int tables = g_rand_int_range(random, 1, 40);
        for (int i = 0; i < tables; i++)
            random_table(draft, random, i);
        draft_finish(draft);
        const struct table_list *list = &draft->model->catalog->tables;
        for (size_t i = 0; i < list->count; i++)
            check(draft, &list->items[i]);
        draft_free(draft);
    }
    g_rand_free(random);
}

/* A table that needs `count` others. */
static struct draft *
star(int count)
{
    struct draft *draft = draft_new();
    json_t *table = draft_table(draft, "a.centre", "id*");
    for (int i = 0; i < count; i++) {
        g_autofree char *path = name_of("a.t", i);
        g_autofree char *column = name_of("c", i);
        draft_table(draft, path, "id*");
        draft_column(table, column, "bigint", true);
        draft_reference(draft, "a.centre", column, path, "id");
    }
    return draft;
}

static void
test_lines_to_different_tables_never_cross(void)
{
    for (int count = 1; count <= NEIGHBOURS_SHOWN; count++) {
        struct draft *draft = star(count);
        draft_finish(draft);
        g_assert_cmpint(check(draft, draft_get(draft, "a.centre")), ==, 0);
        draft_free(draft);
    }
}

static void
test_the_middle_line_is_straight(void)
{
    for (int count = 1; count <= 7; count++) {
        struct draft *draft = star(count);
        draft_finish(draft);
        struct arena *arena = arena_new();
        const struct picture *picture = lay_out(draft->model, draft_get(draft, "a.centre"), arena);
        g_assert_cmpuint(picture->lines[count / 2].point_count, ==, 2);
        arena_free(arena);
        draft_free(draft);
    }
}

/* Where all lines lead to one row, they share their way there. */
static void
test_lines_to_one_row_are_a_bus(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.hub", "id* parent_id?");
    for (int i = 0; i < NEIGHBOURS_SHOWN; i++) {
        g_autofree char *path = name_of("a.t", i);
        draft_table(draft, path, "id* hub_id other_id");
        draft_reference(draft, path, "hub_id", "a.hub", "id");
        draft_reference(draft, path, "other_id", "a.hub", "id");
    }
    draft_finish(draft);
    struct arena *arena = arena_new();
    const struct picture *picture = lay_out(draft->model, draft_get(draft, "a.hub"), arena);
    int lane = 0;
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        if (line->point_count == 2)
            continue;
        g_assert_cmpuint(line->point_count, ==, 4);
        g_assert_true(lane == 0 || line->points[1].x == lane);
        lane = line->points[1].x;
    }
    arena_free(arena);
    draft_free(draft);
}

/* Loops stand on the right, where no line to a parent can cross them. */
static void
test_loops(void)
{
    struct draft *draft = star(5);
    json_t *table = json_array_get(draft->tables, 0);
    draft_column(table, "first_id", "bigint", false);
    draft_column(table, "next_id", "bigint", true);
    draft_reference(draft, "a.centre", "first_id", "a.centre", "id");
    draft_reference(draft, "a.centre", "next_id", "a.centre", "id");
    draft_finish(draft);
    g_assert_cmpint(check(draft, draft_get(draft, "a.centre")), ==, 0);
    struct arena *arena = arena_new();
    const struct picture *picture = lay_out(draft->model, draft_get(draft, "a.centre"), arena);
    for (size_t i = 0; i < picture->line_count; i++) {
        const struct line *line = &picture->lines[i];
        if (line->child.box != line->parent.box)
            continue;
        g_assert_cmpint(line->child.side, ==, SIDE_RIGHT);
        g_assert_cmpuint(line->point_count, ==, 4);
    }
    arena_free(arena);
    draft_free(draft);
}

/* Names are cut the more, the wider the picture would be. */
static void
test_long_names_do_not_make_it_wide(void)
{
    struct draft *draft = draft_new();
    static const char long_name[] = "the_identifier_of_the_responsible_organisational_unit_2";
    json_t *left = draft_named_table(draft, long_name, long_name);
    json_t *middle = draft_named_table(draft, long_name, "middle");
    json_t *right = draft_named_table(draft, long_name, "right");
    json_t *tables[] = {left, middle, right};
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        draft_column(tables[i], long_name, "character varying(255)", true);
    g_autofree char *left_path = g_strconcat(long_name, ".", long_name, NULL);
    g_autofree char *middle_path = g_strconcat(long_name, ".middle", NULL);
    g_autofree char *right_path = g_strconcat(long_name, ".right", NULL);
    draft_reference(draft, middle_path, long_name, left_path, long_name);
    draft_reference(draft, right_path, long_name, middle_path, long_name);
    draft_finish(draft);
    struct arena *arena = arena_new();
    const struct picture *picture = lay_out(draft->model, draft_get(draft, middle_path), arena);
    check_boxes(picture);
    g_assert_cmpint(picture->width, <, 1200);
    g_assert_cmpstr(picture->boxes[0]->rows[0].name, ==, long_name);
    g_assert_nonnull(strstr(picture->boxes[0]->rows[0].label, "…"));
    arena_free(arena);
    draft_free(draft);
}

/* Two tables with so many foreign keys between them that the search gives up, sooner (the grid is
 * too large) or later: then lines are plain, but they are there. */
static void
check_monster(int count)
{
    struct draft *draft = draft_new();
    json_t *child = draft_table(draft, "a.child", "id*");
    json_t *parent = draft_table(draft, "a.parent", "id*");
    for (int i = 0; i < count; i++) {
        g_autofree char *column = name_of("c", i);
        draft_column(child, column, "bigint", true);
        draft_column(parent, column, "bigint", true);
    }
    for (int i = 0; i < count; i++) {
        g_autofree char *column = name_of("c", i);
        g_autofree char *other = name_of("c", (i + count / 2) % count);
        draft_reference(draft, "a.child", column, "a.parent", other);
    }
    draft_finish(draft);
    struct arena *arena = arena_new();
    const struct picture *picture = lay_out(draft->model, draft_get(draft, "a.child"), arena);
    check_boxes(picture);
    g_assert_cmpuint(picture->line_count, ==, count);
    for (size_t i = 0; i < picture->line_count; i++)
        check_course(picture, &picture->lines[i]);
    arena_free(arena);
    draft_free(draft);
}

static void
test_monsters_are_bounded(void)
{
    check_monster(200);
    check_monster(900);
    check_monster(1500);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagram/layout/random", test_random_schemas);
    g_test_add_func("/diagram/layout/no-crossing", test_lines_to_different_tables_never_cross);
    g_test_add_func("/diagram/layout/straight", test_the_middle_line_is_straight);
    g_test_add_func("/diagram/layout/bus", test_lines_to_one_row_are_a_bus);
    g_test_add_func("/diagram/layout/loops", test_loops);
    g_test_add_func("/diagram/layout/long-names", test_long_names_do_not_make_it_wide);
    g_test_add_func("/diagram/layout/monsters", test_monsters_are_bounded);
    return g_test_run();
}
