/* test_diagram_graph.c - which foreign keys, tables and columns a picture has, and what its lines
 * say. */
#include "diagram/diagram.h"
#include "diagram/ends.h"
#include "diagram/graph.h"
#include "diagram/lanes.h"
#include "diagram/place.h"
#include "draft.h"

#include <glib.h>

static const char *const standings[] = {"left", "middle", "right"};

static void
describe_box(GString *words, const struct box *box)
{
    g_string_append_printf(words, "%s %s", standings[box->standing],
                           box->table == NULL ? "others" : box->table->object.path);
    for (size_t i = 0; i < box->row_count; i++) {
        static const char *const marks[] = {"", "*", ">"};
        g_string_append_printf(words, " %s%s", box->rows[i].name, marks[box->rows[i].mark]);
    }
    if (box->more > 0)
        g_string_append_printf(words, " +%zu", box->more);
    g_string_append_c(words, '\n');
}

static const char *
bounds(unsigned cardinality)
{
    static const char *const words[16] = {
        [0] = "?",
        [AT_LEAST_NONE] = "0..",
        [AT_MOST_ONE] = "..1",
        [AT_LEAST_NONE | AT_MOST_ONE] = "0..1",
        [AT_LEAST_NONE | AT_MOST_MANY] = "0..n",
        [AT_LEAST_ONE | AT_MOST_ONE] = "1..1",
    };
    g_assert_nonnull(words[cardinality]);
    return words[cardinality];
}

static void
describe_end(GString *words, const struct end *end)
{
    g_string_append_printf(words, "%s.%s %s", end->box->table->name, end->box->rows[end->row].name,
                           bounds(end->cardinality));
}

/* Boxes in reading order, then lines, each with both ends and their cardinality. */
static char *
describe(const struct draft *draft, const char *path)
{
    struct arena *arena = arena_new();
    struct picture *picture = graph_neighbourhood(draft->model, draft_get(draft, path), arena);
    GString *words = g_string_new(NULL);
    if (picture->box_count > 0) {
        place_neighbourhood(picture);
        lanes_route(picture);
        ends_agree(picture);
    }
    for (size_t i = 0; i < picture->box_count; i++)
        describe_box(words, picture->boxes[i]);
    for (size_t i = 0; i < picture->line_count; i++) {
        describe_end(words, &picture->lines[i].child);
        g_string_append(words, " - ");
        describe_end(words, &picture->lines[i].parent);
        g_string_append_c(words, '\n');
    }
    arena_free(arena);
    return g_string_free(words, FALSE);
}

/* Finishes the draft when that is still to do. */
static void
assert_picture(struct draft *draft, const char *path, const char *expected)
{
    if (draft->model == NULL)
        draft_finish(draft);
    g_autofree char *words = describe(draft, path);
    g_assert_cmpstr(words, ==, expected);
}

static void
test_no_foreign_key_no_picture(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.alone", "id* x");
    assert_picture(draft, "a.alone", "");
    draft_free(draft);
}

static void
test_one_neighbour_on_each_side(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id* name:text");
    draft_table(draft, "a.posts", "id* title:text user_id slug:text body:text");
    draft_table(draft, "b.likes", "post_id* user_id*");
    draft_reference(draft, "a.posts", "user_id", "a.users", "id");
    draft_reference(draft, "b.likes", "post_id", "a.posts", "id");
    assert_picture(draft, "a.posts",
                   "left a.users id*\n"
                   "middle a.posts id* user_id> +3\n"
                   "right b.likes post_id*\n"
                   "posts.user_id 0..n - users.id 1..1\n"
                   "likes.post_id 0..n - posts.id 1..1\n");
    assert_picture(draft, "a.users",
                   "middle a.users id* +1\n"
                   "right a.posts user_id>\n"
                   "posts.user_id 0..n - users.id 1..1\n");
    draft_free(draft);
}

/* A child column that may be NULL or not, unique or not. */
static void
test_every_cardinality(void)
{
    static const struct {
        const char *columns;
        const char *unique; /* NULL: none */
        const char *line;
    } cases[] = {
        {"id* parent_id", NULL, "child.parent_id 0..n - parent.id 1..1"},
        {"id* parent_id?", NULL, "child.parent_id 0..n - parent.id 0..1"},
        {"id* parent_id", "parent_id", "child.parent_id 0..1 - parent.id 1..1"},
        {"id* parent_id?", "parent_id", "child.parent_id 0..1 - parent.id 0..1"},
        {"parent_id*", NULL, "child.parent_id 0..1 - parent.id 1..1"},
        {"parent_id* other*", NULL, "child.parent_id 0..n - parent.id 1..1"},
        {"id* parent_id other", "parent_id other", "child.parent_id 0..n - parent.id 1..1"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct draft *draft = draft_new();
        draft_table(draft, "a.parent", "id*");
        draft_table(draft, "a.child", cases[i].columns);
        if (cases[i].unique != NULL)
            draft_unique(draft, "a.child", cases[i].unique);
        draft_reference(draft, "a.child", "parent_id", "a.parent", "id");
        draft_finish(draft);
        g_autofree char *words = describe(draft, "a.parent");
        g_auto(GStrv) lines = g_strsplit(words, "\n", -1);
        g_assert_cmpstr(lines[2], ==, cases[i].line);
        draft_free(draft);
    }
}

static void
test_lines_that_share_an_end_agree(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id*");
    draft_table(draft, "a.must", "id* user_id");
    draft_table(draft, "a.can", "id* user_id?");
    draft_reference(draft, "a.must", "user_id", "a.users", "id");
    draft_reference(draft, "a.can", "user_id", "a.users", "id");
    assert_picture(draft, "a.users",
                   "middle a.users id*\n"
                   "right a.can user_id>\n"
                   "right a.must user_id>\n"
                   "can.user_id 0..n - users.id ..1\n"
                   "must.user_id 0..n - users.id ..1\n");
    draft_free(draft);

    draft = draft_new(); /* the same for the child: one unique, one not */
    draft_table(draft, "a.both", "x* y*");
    draft_table(draft, "a.one", "x*");
    draft_table(draft, "a.pair", "x* y*");
    draft_reference(draft, "a.both", "x", "a.one", "x");
    draft_reference(draft, "a.both", "x y", "a.pair", "x y");
    json_t *key = draft_reference(draft, "a.pair", "y", "a.one", "x");
    json_object_set_new(key, "name", json_string("makes y the busier column of pair"));
    draft_reference(draft, "a.both", "y", "a.one", "x");
    assert_picture(draft, "a.both",
                   "left a.pair x* y*\n"
                   "left a.one x*\n"
                   "middle a.both x* y*\n"
                   "both.x 0.. - one.x 1..1\n"
                   "both.x 0.. - pair.x 1..1\n"
                   "both.y 0..n - one.x 1..1\n");
    draft_free(draft);
}

static void
test_composite_key_is_one_line(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.orders", "region* number* total");
    draft_table(draft, "a.lines", "id* order_region order_number amount");
    draft_reference(draft, "a.lines", "order_region order_number", "a.orders", "region number");
    assert_picture(draft, "a.lines",
                   "left a.orders region* number*\n"
                   "middle a.lines id* order_region> order_number> +1\n"
                   "lines.order_region 0..n - orders.region 1..1\n");
    draft_free(draft);
}

/* With the tenant in every key, the line leaves from the column that tells the keys apart. */
static void
test_composite_keys_leave_the_shared_column(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.tenants", "id*");
    draft_table(draft, "a.users", "tenant_id* id*");
    draft_table(draft, "a.posts", "tenant_id* id* author_id editor_id? parent_id?");
    draft_reference(draft, "a.users", "tenant_id", "a.tenants", "id");
    draft_reference(draft, "a.posts", "tenant_id", "a.tenants", "id");
    draft_reference(draft, "a.posts", "tenant_id author_id", "a.users", "tenant_id id");
    draft_reference(draft, "a.posts", "tenant_id editor_id", "a.users", "tenant_id id");
    draft_reference(draft, "a.posts", "tenant_id parent_id", "a.posts", "tenant_id id");
    assert_picture(draft, "a.posts",
                   "left a.tenants id*\n"
                   "left a.users tenant_id* id*\n"
                   "middle a.posts tenant_id* id* author_id> editor_id> parent_id>\n"
                   "posts.tenant_id 0..n - tenants.id 1..1\n"
                   "posts.author_id 0..n - users.id ..1\n"
                   "posts.editor_id 0..n - users.id ..1\n"
                   "posts.parent_id 0..n - posts.id 0..1\n");
    draft_free(draft);
}

static void
test_self_reference_is_a_loop(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.nodes", "id* parent_id? label:text");
    draft_reference(draft, "a.nodes", "parent_id", "a.nodes", "id");
    draft_reference(draft, "a.nodes", "id", "a.nodes", "id"); /* PostgreSQL allows it: no line */
    assert_picture(draft, "a.nodes",
                   "middle a.nodes id* parent_id> +1\n"
                   "nodes.parent_id 0..n - nodes.id 0..1\n");
    draft_free(draft);
}

static void
test_table_on_both_sides(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.people", "id* team_id");
    draft_table(draft, "a.teams", "id* lead_id?");
    draft_reference(draft, "a.people", "team_id", "a.teams", "id");
    draft_reference(draft, "a.teams", "lead_id", "a.people", "id");
    assert_picture(draft, "a.people",
                   "left a.teams id*\n"
                   "middle a.people id* team_id>\n"
                   "right a.teams lead_id>\n"
                   "people.team_id 0..n - teams.id 1..1\n"
                   "teams.lead_id 0..n - people.id 0..1\n");
    draft_free(draft);
}

static void
test_several_keys_are_several_lines(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id*");
    draft_table(draft, "a.posts", "id* created_by updated_by?");
    draft_reference(draft, "a.posts", "updated_by", "a.users", "id");
    draft_reference(draft, "a.posts", "created_by", "a.users", "id");
    assert_picture(draft, "a.users",
                   "middle a.users id*\n"
                   "right a.posts created_by> updated_by>\n"
                   "posts.created_by 0..n - users.id ..1\n"
                   "posts.updated_by 0..n - users.id ..1\n");
    draft_free(draft);
}

/* PostgreSQL has the foreign key of a partitioned table on every partition as well, and one for
 * every partition of a table that is pointed to. */
static void
test_partitions_count_for_their_root(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id*");
    draft_table(draft, "a.views", "id* user_id day:date");
    draft_table(draft, "a.notes", "id* view_id");
    draft_table(draft, "a.views_1", "id* user_id day:date");
    draft_table(draft, "a.views_2", "id* user_id day:date");
    draft_table(draft, "a.views_2_1", "id* user_id day:date");
    draft_partition(draft, "a.views_1", "a.views");
    draft_partition(draft, "a.views_2", "a.views");
    draft_partition(draft, "a.views_2_1", "a.views_2");
    static const char *const family[] = {"a.views_1", "a.views_2", "a.views_2_1", "a.views"};
    for (size_t i = 0; i < G_N_ELEMENTS(family); i++) {
        draft_reference(draft, family[i], "user_id", "a.users", "id");
        draft_reference(draft, "a.notes", "view_id", family[i], "id");
    }
    const char *expected = "left a.users id*\n"
                           "middle a.views id* user_id> +1\n"
                           "right a.notes view_id>\n"
                           "views.user_id 0..n - users.id 1..1\n"
                           "notes.view_id 0..n - views.id 1..1\n";
    assert_picture(draft, "a.views", expected);
    assert_picture(draft, "a.views_2_1", expected); /* a partition shows its root */
    assert_picture(draft, "a.users",
                   "middle a.users id*\n"
                   "right a.views user_id>\n"
                   "views.user_id 0..n - users.id 1..1\n");
    g_autoptr(GArray) edges = diagram_edges(draft->model, draft_get(draft, "a.users"));
    g_assert_cmpuint(edges->len, ==, 1);
    const struct diagram_edge *edge = &g_array_index(edges, struct diagram_edge, 0);
    g_assert_true(object_table(edge->foreign_key) ==
                  draft_get(draft, "a.views")); /* the root's own */
    draft_free(draft);
}

/* As in pagila: declared on every partition, not on the root. */
static void
test_keys_that_only_partitions_have(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id*");
    draft_table(draft, "a.views", "id* user_id");
    draft_table(draft, "a.views_1", "id* user_id");
    draft_table(draft, "a.views_2", "id* user_id");
    draft_partition(draft, "a.views_1", "a.views");
    draft_partition(draft, "a.views_2", "a.views");
    draft_reference(draft, "a.views_1", "user_id", "a.users", "id");
    draft_reference(draft, "a.views_2", "user_id", "a.users", "id");
    assert_picture(draft, "a.views",
                   "left a.users id*\n"
                   "middle a.views id* user_id>\n"
                   "views.user_id 0..n - users.id 1..1\n");
    draft_free(draft);
}

static void
test_broken_snapshots(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id*");
    draft_table(draft, "a.posts", "id* user_id");
    draft_reference(draft, "a.posts", "user_id", "elsewhere.users", "id");
    draft_reference(draft, "a.posts", "user_id", "a.users", "id id");
    draft_reference(draft, "a.posts", "gone", "a.users", "id");
    draft_reference(draft, "a.posts", "user_id", "a.users", "gone");
    json_t *key = draft_reference(draft, "a.posts", "user_id", "a.users", "id");
    json_object_set_new(key, "columns", json_pack("[]"));
    json_object_set_new(key, "referenced_columns", json_pack("[]"));
    draft_partition(draft, "a.users", "a.posts"); /* each the other's partition */
    draft_partition(draft, "a.posts", "a.users");
    assert_picture(draft, "a.posts", "");
    assert_picture(draft, "a.users", "");
    draft_free(draft);
}

/* A hub with `count` children, each with one line. */
static struct draft *
hub(unsigned count)
{
    struct draft *draft = draft_new();
    draft_table(draft, "m.hub", "id*");
    for (unsigned i = 0; i < count; i++) {
        g_autofree char *path = g_strdup_printf("%s.t%02u", i % 2 == 0 ? "a" : "m", i);
        draft_table(draft, path, "id* hub_id");
        draft_reference(draft, path, "hub_id", "m.hub", "id");
    }
    draft_finish(draft);
    return draft;
}

static void
assert_hub(unsigned count, size_t boxes, size_t others)
{
    struct draft *draft = hub(count);
    struct arena *arena = arena_new();
    struct picture *picture = graph_neighbourhood(draft->model, draft_get(draft, "m.hub"), arena);
    g_assert_cmpuint(picture->box_count, ==, boxes);
    g_assert_cmpuint(picture->line_count, ==, MIN(count, NEIGHBOURS_SHOWN));
    const struct box *last = picture->boxes[boxes - 1];
    g_assert_true((last->table == NULL) == (others > 0));
    if (others > 0)
        g_assert_cmpuint(last->more, ==, others);
    g_autoptr(GArray) edges = diagram_edges(draft->model, draft_get(draft, "m.hub"));
    g_assert_cmpuint(edges->len, ==, count);
    arena_free(arena);
    draft_free(draft);
}

static void
test_a_side_shows_twelve(void)
{
    assert_hub(1, 2, 0);
    assert_hub(12, 13, 0);
    assert_hub(13, 14, 1);
    assert_hub(40, 14, 28);
}

static void
test_a_full_left_side(void)
{
    struct draft *draft = draft_new();
    json_t *facts = draft_table(draft, "m.facts", "id*");
    for (unsigned i = 0; i < 14; i++) {
        g_autofree char *path = g_strdup_printf("d.t%02u", i);
        g_autofree char *column = g_strdup_printf("t%02u_id", i);
        draft_table(draft, path, "id*");
        draft_column(facts, column, "bigint", true);
        draft_reference(draft, "m.facts", column, path, "id");
        if (i == 13) { /* again to a table that is not shown: still one table */
            draft_column(facts, "again", "bigint", true);
            draft_reference(draft, "m.facts", "again", path, "id");
        }
    }
    draft_finish(draft);
    g_autofree char *words = describe(draft, "m.facts");
    g_assert_nonnull(strstr(words, "left d.t11 id*\nleft others +2\nmiddle m.facts id* t00_id>"));
    g_assert_nonnull(strstr(words, " t11_id> +3\n")); /* their columns have no line */
    draft_free(draft);
}

/* Own schema first, then by name; the left side in the order of the columns. */
static void
test_order(void)
{
    struct draft *draft = hub(5);
    assert_picture(draft, "m.hub",
                   "middle m.hub id*\n"
                   "right m.t01 hub_id>\n"
                   "right m.t03 hub_id>\n"
                   "right a.t00 hub_id>\n"
                   "right a.t02 hub_id>\n"
                   "right a.t04 hub_id>\n"
                   "t01.hub_id 0..n - hub.id 1..1\n"
                   "t03.hub_id 0..n - hub.id 1..1\n"
                   "t00.hub_id 0..n - hub.id 1..1\n"
                   "t02.hub_id 0..n - hub.id 1..1\n"
                   "t04.hub_id 0..n - hub.id 1..1\n");
    draft_free(draft);

    draft = draft_new();
    draft_table(draft, "m.t", "id* z_id a_id");
    draft_table(draft, "m.a", "id*");
    draft_table(draft, "m.z", "id*");
    draft_reference(draft, "m.t", "a_id", "m.a", "id");
    draft_reference(draft, "m.t", "z_id", "m.z", "id");
    assert_picture(draft, "m.t",
                   "left m.z id*\n"
                   "left m.a id*\n"
                   "middle m.t id* z_id> a_id>\n"
                   "t.z_id 0..n - z.id 1..1\n"
                   "t.a_id 0..n - a.id 1..1\n");
    draft_free(draft);
}

static void
test_edges_say_what_the_picture_says(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "a.users", "id*");
    draft_table(draft, "a.posts", "id* user_id? parent_id?");
    draft_table(draft, "a.pins", "post_id*");
    json_t *key = draft_reference(draft, "a.posts", "user_id", "a.users", "id");
    json_object_set_new(key, "on_delete", json_string("set null"));
    draft_reference(draft, "a.posts", "parent_id", "a.posts", "id");
    draft_reference(draft, "a.pins", "post_id", "a.posts", "id");
    draft_finish(draft);
    g_autoptr(GArray) edges = diagram_edges(draft->model, draft_get(draft, "a.posts"));
    static const struct {
        const char *child;
        const char *parent;
        bool optional;
        bool unique;
        enum foreign_key_action on_delete;
    } expected[] = {
        {"posts", "users", true, false, ACTION_SET_NULL},
        {"posts", "posts", true, false, ACTION_NO_ACTION},
        {"pins", "posts", false, true, ACTION_NO_ACTION},
    };
    g_assert_cmpuint(edges->len, ==, G_N_ELEMENTS(expected));
    for (guint i = 0; i < edges->len; i++) {
        const struct diagram_edge *edge = &g_array_index(edges, struct diagram_edge, i);
        g_assert_cmpstr(edge->child->name, ==, expected[i].child);
        g_assert_cmpstr(edge->parent->name, ==, expected[i].parent);
        g_assert_cmpint(edge->optional, ==, expected[i].optional);
        g_assert_cmpint(edge->unique, ==, expected[i].unique);
        g_assert_cmpint(edge->foreign_key->on_delete, ==, expected[i].on_delete);
    }
    draft_free(draft);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagram/graph/none", test_no_foreign_key_no_picture);
    g_test_add_func("/diagram/graph/sides", test_one_neighbour_on_each_side);
    g_test_add_func("/diagram/graph/cardinality", test_every_cardinality);
    g_test_add_func("/diagram/graph/shared-ends", test_lines_that_share_an_end_agree);
    g_test_add_func("/diagram/graph/composite", test_composite_key_is_one_line);
    g_test_add_func("/diagram/graph/tenants", test_composite_keys_leave_the_shared_column);
    g_test_add_func("/diagram/graph/self", test_self_reference_is_a_loop);
    g_test_add_func("/diagram/graph/both-sides", test_table_on_both_sides);
    g_test_add_func("/diagram/graph/several-keys", test_several_keys_are_several_lines);
    g_test_add_func("/diagram/graph/partitions", test_partitions_count_for_their_root);
    g_test_add_func("/diagram/graph/partition-keys", test_keys_that_only_partitions_have);
    g_test_add_func("/diagram/graph/broken", test_broken_snapshots);
    g_test_add_func("/diagram/graph/twelve", test_a_side_shows_twelve);
    g_test_add_func("/diagram/graph/left-full", test_a_full_left_side);
    g_test_add_func("/diagram/graph/order", test_order);
    g_test_add_func("/diagram/graph/edges", test_edges_say_what_the_picture_says);
    return g_test_run();
}
