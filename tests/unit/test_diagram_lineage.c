/* test_diagram_lineage.c - the picture of what a view reads and who uses it. */
#include "diagram/diagram.h"
#include "draft.h"
#include "markup/tree.h"

#include <glib.h>
#include <string.h>

static char *
href_of(void *data, const struct object *object)
{
    (void)data;
    return g_strdup(object->path);
}

static unsigned
hue_of(void *data, const char *schema)
{
    (void)data;
    (void)schema;
    return 1;
}

static const struct diagram_site site = {.href = href_of, .hue = hue_of};

/* The nodes of the picture that stand for the word, counted; NULL: there is no picture. */
static char *
draw(struct draft *draft, const char *word, const char *path)
{
    if (draft->model == NULL)
        draft_finish(draft);
    const struct object *object = database_find(draft->database, word, path);
    g_assert_nonnull(object);
    xmlNode *page = tree_new("page");
    bool drawn = diagram_lineage(draft->model, object, &site, page);
    GString *html = drawn ? tree_html(page) : NULL;
    g_assert_true(drawn == (page->children != NULL));
    tree_free(page);
    return html == NULL ? NULL : g_string_free(html, FALSE);
}

static size_t
count(const char *text, const char *part)
{
    size_t found = 0;
    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        found++;
    return found;
}

static struct draft *
draft_of_posts(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "blog.posts", "id* title:text body:text a b c d e f");
    draft_table(draft, "blog.users", "id* name:text");
    draft_view(draft, "blog.heads", "blog.posts blog.users", "blog.posts.id blog.posts.title");
    draft_view(draft, "blog.top", "blog.heads", "");
    return draft;
}

/* A column that is used has a row, and its arrow; a relation read without columns is a plain box.
 */
static void
test_view(void)
{
    struct draft *draft = draft_of_posts();
    g_autofree char *picture = draw(draft, "view", "blog.heads");
    g_assert_nonnull(picture);
    g_assert_cmpuint(count(picture, "data-t="), ==, 4);
    g_assert_cmpuint(count(picture, "class=\"er-row\""), ==, 2);
    g_assert_cmpuint(count(picture, "class=\"er-e\""), ==, 4);
    g_assert_nonnull(strstr(picture, "href=\"blog.top\""));
    g_assert_nonnull(strstr(picture, ">title<"));
    g_assert_null(strstr(picture, ">body<"));
    draft_free(draft);
}

/* The columns of a table are shown as long as each of its users names some. */
static void
test_table(void)
{
    struct draft *draft = draft_of_posts();
    g_autofree char *posts = draw(draft, "table", "blog.posts");
    g_assert_cmpuint(count(posts, "class=\"er-row\""), ==, 2);
    g_autofree char *users = draw(draft, "table", "blog.users");
    g_assert_cmpuint(count(users, "class=\"er-row\""), ==, 0);
    g_assert_cmpuint(count(users, "class=\"er-e\""), ==, 1);
    draft_free(draft);
}

/* Six rows are enough; the rest is said in one, with one arrow. */
static void
test_many_columns(void)
{
    struct draft *draft = draft_of_posts();
    draft_view(
        draft, "blog.wide", "blog.posts",
        "blog.posts.id blog.posts.title blog.posts.body blog.posts.a blog.posts.b blog.posts.c "
        "blog.posts.d blog.posts.e blog.posts.f");
    g_autofree char *picture = draw(draft, "view", "blog.wide");
    g_assert_cmpuint(count(picture, "class=\"er-row\""), ==, 6);
    g_assert_cmpuint(count(picture, "class=\"er-e\""), ==, 7);
    g_assert_nonnull(strstr(picture, "+ 3 more columns"));
    draft_free(draft);
}

/* More lines than can be followed: they lead to the table alone, and the list below has the
 * columns. */
static void
test_many_users(void)
{
    struct draft *draft = draft_of_posts();
    for (int i = 0; i < 20; i++) {
        g_autofree char *path = g_strdup_printf("blog.view_%d", i);
        draft_view(draft, path, "blog.posts", "blog.posts.title");
    }
    g_autofree char *picture = draw(draft, "table", "blog.posts");
    g_assert_cmpuint(count(picture, "class=\"er-row\""), ==, 0);
    g_assert_nonnull(strstr(picture, "href=\"#used-by\""));
    g_assert_cmpuint(count(picture, "data-t="), ==, NEIGHBOURS_SHOWN + 1);
    g_assert_nonnull(strstr(picture, "+ 9 more"));
    draft_free(draft);
}

static void
test_nothing(void)
{
    struct draft *draft = draft_new();
    draft_table(draft, "blog.posts", "id*");
    draft_view(draft, "blog.constant", "", "");
    g_assert_null(draw(draft, "table", "blog.posts"));
    g_assert_null(draw(draft, "view", "blog.constant"));
    draft_free(draft);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagram/lineage/view", test_view);
    g_test_add_func("/diagram/lineage/table", test_table);
    g_test_add_func("/diagram/lineage/many columns", test_many_columns);
    g_test_add_func("/diagram/lineage/many users", test_many_users);
    g_test_add_func("/diagram/lineage/nothing", test_nothing);
    return g_test_run();
}
