/* test_answers.c - what psql printed, as rows: NULL and nothing, quotes, lines within a value. */
#include "introspect/script.h"

#include "support.h"

#include <string.h>

#define HEAD "dbdoc reading 1\n"

static const char *
value(const struct rows *rows, size_t row, const char *column)
{
    int place = rows_column(rows, column);
    g_assert_cmpint(place, >=, 0);
    return rows_value(rows, row, place);
}

static void
test_values(void)
{
    GError *error = NULL;
    struct answers *answers = answers_read("reading.txt",
                                           HEAD "dbdoc answer one\n"
                                                "oid,name,more\n"
                                                "1,\x01,\n"
                                                "2,\"a, \"\"b\"\"\ndbdoc end\n\",\"\x01\"\n"
                                                "dbdoc end,dbdoc answer two,3\n"
                                                "dbdoc answer none\n"
                                                "oid,name\n"
                                                "dbdoc end\n",
                                           &error);
    g_assert_no_error(error);
    struct rows *rows = answers_take(answers, "one");
    g_assert_cmpuint(rows_count(rows), ==, 3);
    g_assert_null(value(rows, 0, "name"));
    g_assert_cmpstr(value(rows, 0, "more"), ==, "");
    g_assert_cmpstr(value(rows, 1, "name"), ==, "a, \"b\"\ndbdoc end\n");
    g_assert_cmpstr(value(rows, 1, "more"), ==, "\x01"); /* it is quoted: a text */
    g_assert_cmpstr(value(rows, 2, "oid"), ==, "dbdoc end");
    g_assert_cmpstr(value(rows, 2, "name"), ==, "dbdoc answer two");
    g_assert_cmpint(rows_column(rows, "none"), ==, -1);
    rows_free(rows);
    g_assert_null(answers_take(answers, "one"));
    rows = answers_take(answers, "none");
    g_assert_cmpuint(rows_count(rows), ==, 0);
    rows_free(rows);
    answers_free(answers);
}

static void
test_damage(void)
{
    static const char *const texts[] = {
        "",
        HEAD,
        HEAD "dbdoc end",
        HEAD "dbdoc answer one\n",
        HEAD "dbdoc answer one\noid,name\n1,a\n",
        HEAD "dbdoc answer one\noid,name\n1\ndbdoc end\n",
        HEAD "dbdoc answer one\noid,name\n1,a,b\ndbdoc end\n",
        HEAD "dbdoc answer one\noid,name\n1,\"a\ndbdoc end\n",
        HEAD "dbdoc answer one\noid,name\n1,\"a\"b\ndbdoc end\n",
        HEAD "oid,name\ndbdoc end\n",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        GError *error = NULL;
        g_assert_null(answers_read("reading.txt", texts[i], &error));
        support_assert_failure_says(&error, FAILURE_DATABASE,
                                    "reading.txt is not all that the script prints");
    }
}

static void
test_beginning(void)
{
    g_assert_true(script_printed(HEAD, strlen(HEAD)));
    g_assert_false(script_printed("dbdoc", 5));
    g_assert_false(script_printed("{\"dbdoc\": \"snapshot\"}", 20));
}

/* Each line that is not for all servers asks psql which one it is. */
static void
test_script(void)
{
    g_autoptr(GString) script = script_write(1500);
    const char *text = script->str;
    g_assert_nonnull(strstr(text, "set_config('lock_timeout', '1500', true)"));
    g_assert_null(strstr(text, "$1,"));
    g_assert_nonnull(strstr(text, "\\if :since_17\n"));
    g_assert_nonnull(strstr(text, ":major >= 18 AS since_18"));
    guint opened = 0;
    guint closed = 0;
    for (const char *c = text; (c = strstr(c, "\n\\if ")) != NULL; c++)
        opened++;
    for (const char *c = text; (c = strstr(c, "\n\\endif\n")) != NULL; c++)
        closed++;
    g_assert_cmpuint(opened, ==, closed);
    g_assert_cmpuint(opened, >, 5);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answers/values", test_values);
    g_test_add_func("/answers/damage", test_damage);
    g_test_add_func("/answers/beginning", test_beginning);
    g_test_add_func("/answers/script", test_script);
    return g_test_run();
}
