/* test_diagram_gather.c - groups of things that hang together. */
#include "diagram/communities.h"
#include "diagram/gather.h"

#include <glib.h>

/* Links between all of `first` … `first + count - 1`. */
static void
add_clique(GArray *links, unsigned first, unsigned count)
{
    for (unsigned i = first; i < first + count; i++)
        for (unsigned j = first; j < i; j++) {
            struct link link = {i, j, 1};
            g_array_append_val(links, link);
        }
}

static void
add_link(GArray *links, unsigned a, unsigned b, unsigned weight)
{
    struct link link = {a, b, weight};
    g_array_append_val(links, link);
}

static const struct link *
items(const GArray *links)
{
    return (const struct link *)(gpointer)links->data;
}

/* "0 0 1 1": the groups of all things. */
static void
assert_groups(unsigned *group_of, unsigned count, const char *expected)
{
    g_autoptr(GString) words = g_string_new(NULL);
    for (unsigned i = 0; i < count; i++)
        g_string_append_printf(words, "%s%u", i == 0 ? "" : " ", group_of[i]);
    g_assert_cmpstr(words->str, ==, expected);
    g_free(group_of);
}

static void
test_cliques(void)
{
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(struct link));
    unsigned count = 0;
    add_clique(links, 0, 4);
    add_clique(links, 4, 5);
    add_link(links, 3, 4, 1);
    assert_groups(communities_find(10, items(links), links->len, 40, &count), 10,
                  "0 0 0 0 1 1 1 1 1 2");
    g_assert_cmpuint(count, ==, 3);
}

/* Heavy links decide, not many. */
static void
test_weights(void)
{
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(struct link));
    unsigned count = 0;
    add_clique(links, 0, 4);
    add_link(links, 0, 1, 50);
    add_link(links, 2, 3, 50);
    assert_groups(communities_find(4, items(links), links->len, 40, &count), 4, "0 0 1 1");
}

static void
test_most(void)
{
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(struct link));
    unsigned count = 0;
    add_clique(links, 0, 30);
    g_autofree unsigned *group_of = communities_find(30, items(links), links->len, 10, &count);
    unsigned sizes[30] = {0};
    for (int i = 0; i < 30; i++)
        g_assert_cmpuint(++sizes[group_of[i]], <=, 10);
    g_assert_cmpuint(count, >=, 3);
}

static void
test_nothing(void)
{
    unsigned count = 1;
    g_free(communities_find(0, NULL, 0, 10, &count));
    g_assert_cmpuint(count, ==, 0);
    g_free(gather(0, NULL, 0, (struct group_size){10, 2}, &count));
    g_assert_cmpuint(count, ==, 0);
    const struct link loop = {1, 1, 5};
    assert_groups(communities_find(2, &loop, 1, 10, &count), 2, "0 1");
}

/* Things without links are put together in their order. */
static void
test_packs(void)
{
    unsigned groups = 0;
    const struct link pair = {1, 6, 1};
    assert_groups(gather(8, &pair, 1, (struct group_size){3, 3}, &groups), 8, "0 0 1 1 1 2 0 2");
    g_assert_cmpuint(groups, ==, 3);
}

/* A pair joins the clique to which it has a link, unless that is full. */
static void
test_small_ones_join(void)
{
    g_autoptr(GArray) links = g_array_new(FALSE, FALSE, sizeof(struct link));
    unsigned groups = 0;
    add_clique(links, 0, 5);
    add_link(links, 5, 6, 9);
    add_link(links, 6, 0, 1);
    assert_groups(gather(7, items(links), links->len, (struct group_size){10, 3}, &groups), 7,
                  "0 0 0 0 0 0 0");
    assert_groups(gather(7, items(links), links->len, (struct group_size){6, 3}, &groups), 7,
                  "0 0 0 0 0 1 1");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagram/communities/cliques", test_cliques);
    g_test_add_func("/diagram/communities/weights", test_weights);
    g_test_add_func("/diagram/communities/most", test_most);
    g_test_add_func("/diagram/communities/nothing", test_nothing);
    g_test_add_func("/diagram/gather/packs", test_packs);
    g_test_add_func("/diagram/gather/small-ones-join", test_small_ones_join);
    return g_test_run();
}
