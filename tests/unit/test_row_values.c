/* test_row_values.c - errors tell no value of a row. */
#include "postgres/row_values.h"

#include <glib.h>

static void
test_phrases(void)
{
    static const struct {
        const char *state;
        const char *said;
        const char *told;
    } phrases[] = {
        {"23505", "Key (mail)=(a@b) already exists.", "Key (mail)=(…) already exists."},
        {"23505", "Key (mail)=(a) \"(b) already exists.", "Key (mail)=(…) already exists."},
        {"23503", "Key (a, b)=(1, x) is not present in table \"t\".",
         "Key (a, b)=(…) is not present in table \"t\"."},
        {"23502", "Failing row contains (1, a@b, null).", "Failing row contains (…)."},
        {"23514", "Partition key of the failing row contains (a) = (x).",
         "Partition key of the failing row contains (…)."},
        {"23P01", "Key (during)=([1,2)) conflicts with existing key (during)=([1,3)).",
         "Key (during)=(…)."},
        {"23505", "duplicate key value violates unique constraint \"people_mail_index\"",
         "duplicate key value violates unique constraint \"people_mail_index\""},
        {"22P02", "invalid input syntax for type integer: \"a \"\" b\"",
         "invalid input syntax for type integer: \"…\""},
        {"22003", "value \"99999999999\" is out of range for type integer",
         "value \"…\" is out of range for type integer"},
        {"22012", "division by zero", "division by zero"},
        {"42703", "column \"a\" does not exist", "column \"a\" does not exist"},
        {"23505", NULL, NULL},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(phrases); i++) {
        g_autofree char *told = row_values_hide(phrases[i].state, phrases[i].said);
        g_assert_cmpstr(told, ==, phrases[i].told);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/row_values/phrases", test_phrases);
    return g_test_run();
}
