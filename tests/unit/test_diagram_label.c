/* test_diagram_label.c - names and types as a picture shows them. */
#include "diagram/label.h"

#include <glib.h>

static struct arena *arena;

static void
assert_type(const char *type, const char *label)
{
    g_assert_cmpstr(label_type(arena, type), ==, label);
}

static void
test_types_are_short(void)
{
    assert_type("character varying(255)", "varchar(255)");
    assert_type("character varying", "varchar");
    assert_type("character varying(20)[]", "varchar(20)[]");
    assert_type("character(3)[][]", "char(3)[][]");
    assert_type("timestamp(0) without time zone", "timestamp(0)");
    assert_type("timestamp without time zone", "timestamp");
    assert_type("timestamp with time zone", "timestamptz");
    assert_type("timestamp(3) with time zone[]", "timestamptz(3)[]");
    assert_type("time with time zone", "timetz");
    assert_type("time(6) without time zone", "time(6)");
    assert_type("double precision", "float8");
    assert_type("bit varying(8)", "varbit(8)");
}

static void
test_other_types_stay(void)
{
    assert_type("bigint", "bigint");
    assert_type("numeric(12,2)", "numeric(12,2)");
    assert_type("interval day to second(3)", "interval day to second(3)");
    assert_type("public.mood[]", "public.mood[]");
    assert_type("\"character varying\"", "\"character varying\"");
    assert_type("\"odd(type)\"", "\"odd(type)\"");
    assert_type("\"character varying(\"", "\"character varying(\"");
    assert_type("[]", "[]");
    assert_type("", "");
    g_assert_null(label_type(arena, NULL));
}

static void
test_cells_follow_the_script(void)
{
    g_assert_cmpint(label_cells("posts"), ==, 5);
    g_assert_cmpint(label_cells("\u6771\u4eac"), ==, 4);    /* wide */
    g_assert_cmpint(label_cells("e\u0301te\u0301"), ==, 3); /* combining */
    g_assert_cmpint(label_cells("a\u200db\u200e"), ==, 2);  /* zero width */
    g_assert_cmpint(label_cells("\U0001F418"), ==, 2);      /* an elephant */
    g_assert_cmpint(label_cells(""), ==, 0);
}

static void
assert_fit(const char *name, int cells, const char *label)
{
    g_assert_cmpstr(label_fit(arena, name, cells), ==, label);
    g_assert_cmpint(label_cells(label), <=, cells);
}

static void
test_long_names_lose_their_middle(void)
{
    assert_fit("exactly_ten", 11, "exactly_ten");
    assert_fit("exactly_ten", 10, "exact…_ten");
    assert_fit("customer_address_line_2", 12, "custom…ine_2");
    assert_fit("\u6771\u4eac\u90fd\u5e81\u820e\u6771\u4eac", 8, "\u6771\u4eac…\u4eac");
    /* A mark stays with its letter or goes with it. */
    assert_fit("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", 4, "e\u0301…e\u0301e\u0301");
    assert_fit("\u0301\u0301\u0301", 4, "\u0301\u0301\u0301");
}

static void
test_nothing_breaks_the_line_or_turns_it(void)
{
    assert_fit("a\nb\tc", 40, "a\uFFFDb\uFFFDc");
    assert_fit("x\xFFy", 40, "x\uFFFDy");
    assert_fit("\u202Esresu", 40, "\uFFFDsresu");
    assert_fit("\u2066a\u2069", 40, "\uFFFDa\uFFFD");
    assert_fit("a\u2028b", 40, "a\uFFFDb");
    assert_fit("\u0645\u062d\u0645\u062f", 40, "\u0645\u062d\u0645\u062f"); /* Arabic as it is */
    assert_fit("\"><script>", 40, "\"><script>");
}

static void
test_names_can_be_seen(void)
{
    g_assert_cmpstr(label_name(arena, "posts", 40), ==, "posts");
    g_assert_cmpstr(label_name(arena, " ", 40), ==, "\" \"");
    g_assert_cmpstr(label_name(arena, "\u200B", 40), ==, "U&\"\\200B\"");
    g_assert_cmpstr(label_name(arena, "\u202Eexactly_ten", 12), ==, "U&\"\\20…_ten\"");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new();
    g_test_add_func("/diagram/label/types-are-short", test_types_are_short);
    g_test_add_func("/diagram/label/other-types-stay", test_other_types_stay);
    g_test_add_func("/diagram/label/cells", test_cells_follow_the_script);
    g_test_add_func("/diagram/label/middle", test_long_names_lose_their_middle);
    g_test_add_func("/diagram/label/one-line", test_nothing_breaks_the_line_or_turns_it);
    g_test_add_func("/diagram/label/names", test_names_can_be_seen);
    int status = g_test_run();
    arena_free(arena);
    return status;
}
