/* test_language.c - numbers and dates of each language. */
#include "config/language.h"

#include <glib.h>

static void
check_number(const char *tag, int64_t number, const char *expected)
{
    g_autofree char *text = language_number(language_find(tag), number);
    g_assert_cmpstr(text, ==, expected);
}

static void
test_numbers(void)
{
    check_number("en", 0, "0");
    check_number("en", 999, "999");
    check_number("en", 1000, "1,000");
    check_number("en", 421870, "421,870");
    check_number("en", -1234567, "-1,234,567");
    check_number("en", -123, "-123");
    check_number("en", INT64_MIN, "-9,223,372,036,854,775,808");
    check_number("de", 421870, "421.870");
    check_number("de-CH", 421870, "421’870");
    check_number("es", 9999, "9999"); /* four digits stay together */
    check_number("es", -9999, "-9999");
    check_number("es", 10000, "10.000");
    check_number("fr", 1000,
                 "1\xE2\x80\xAF"
                 "000");
    check_number("sv", 1000,
                 "1\xC2\xA0"
                 "000");
}

static void
check_date(const char *tag, const char *expected)
{
    g_autofree char *text = language_date(language_find(tag), 2026, 3, 9);
    g_assert_cmpstr(text, ==, expected);
}

static void
test_dates(void)
{
    check_date("en", "9 Mar 2026");
    check_date("en-US", "Mar 9, 2026");
    check_date("de", "9. März 2026");
    check_date("cs", "9. 3. 2026");
    check_date("pt", "9 de mar. de 2026");
    check_date("ja", "2026年3月9日");
}

/* What the tables must hold for the two above not to fail. */
static void
test_tables(void)
{
    for (const struct language *language = languages; language->tag != NULL; language++) {
        g_assert_true(language_find(language->tag) == language);
        g_assert_true(language == languages || g_strcmp0(language[-1].tag, language->tag) < 0);
        for (size_t i = 0; i < G_N_ELEMENTS(language->months); i++)
            g_assert_true((language->months[i] == NULL) == (language->months[0] == NULL));
    }
    g_assert_null(language_find("EN"));
    g_assert_null(language_find(""));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/language/numbers", test_numbers);
    g_test_add_func("/language/dates", test_dates);
    g_test_add_func("/language/tables", test_tables);
    return g_test_run();
}
