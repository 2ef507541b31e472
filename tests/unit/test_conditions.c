/* test_conditions.c - which columns a condition of a plan compares. */
#include "planner/conditions.h"

#include <glib.h>

static void
append(GString *text, const char *sign, const GPtrArray *names)
{
    for (guint i = 0; i < names->len; i++)
        g_string_append_printf(text, "%s%s%s", text->len > 0 ? " " : "", sign,
                               (const char *)names->pdata[i]);
}

static void
assert_columns(const char *condition, const char *alias, const char *expected)
{
    struct compared_columns columns;
    g_autoptr(GString) text = g_string_new(NULL);
    compared_columns_begin(&columns);
    compared_columns_read(condition, alias, &columns);
    append(text, "=", columns.equal);
    append(text, "<", columns.range);
    g_assert_cmpstr(text->str, ==, expected);
    compared_columns_end(&columns);
}

static void
test_compared(void)
{
    assert_columns(NULL, "p", "");
    assert_columns("(p.author_id = $1)", "p", "=author_id");
    assert_columns("((p.author_id = $1) AND (p.at > $2) AND (p.status = ?::text))", "p",
                   "=author_id =status <at");
    assert_columns("((p.at >= $1) AND (p.at < $2))", "p", "<at");
    assert_columns("((p.status)::text = $1)", "p", "=status");
    assert_columns("(p.id = ANY ($1))", "p", "=id");
    assert_columns("(\"t.u\".\"x>y\" = $1)", "t.u", "=x>y");
    assert_columns("\"t.u\".a = $1", "t.u", "=a");
}

/* Of a join, the side that is asked about. */
static void
test_joined(void)
{
    assert_columns("(p.author_id = u.id)", "p", "=author_id");
    assert_columns("(p.author_id = u.id)", "u", "=id");
    assert_columns("(p.author_id = u.id)", "x", "");
}

/* What an index on the column does not find. */
static void
test_others(void)
{
    assert_columns("((p.author_id = $1) OR (p.status = $2))", "p", "");
    assert_columns("(NOT (p.author_id = $1))", "p", "");
    assert_columns("((p.author_id = $1) AND (p.gone IS NOT NULL))", "p", "=author_id");
    assert_columns("(lower(p.title) = $1)", "p", "");
    assert_columns("(lower((p.title)::text) = $1)", "p", "");
    assert_columns("(coalesce(p.a, p.b) = $1)", "p", "");
    assert_columns("((p.at)::date = $1)", "p", "");
    assert_columns("(p.place ~= $1)", "p", "");
    assert_columns("(p.author_id <> $1)", "p", "");
    assert_columns("(CASE WHEN (p.a = $1) THEN true ELSE false END)", "p", "");
}

static void
assert_sorted(const char *key, const char *expected)
{
    g_autofree char *column = sorted_column(key, "p");
    g_assert_cmpstr(column, ==, expected);
}

static void
test_sorted(void)
{
    assert_sorted("p.at", "at");
    assert_sorted("p.at DESC", "at");
    assert_sorted("lower(p.at)", NULL);
    assert_sorted("u.at", NULL);
    assert_sorted("p.at DESC NULLS LAST", NULL);
    assert_sorted(NULL, NULL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/conditions/compared", test_compared);
    g_test_add_func("/conditions/joined", test_joined);
    g_test_add_func("/conditions/others", test_others);
    g_test_add_func("/conditions/sorted", test_sorted);
    return g_test_run();
}
