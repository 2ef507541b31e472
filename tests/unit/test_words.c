/* test_words.c - figures and terms on pages. */
#include "catalog/type_name.h"
#include "site/words.h"

#include <glib.h>

static void
check(char *text, const char *expected)
{
    g_assert_cmpstr(text, ==, expected);
    g_free(text);
}

static void
test_numbers(void)
{
    check(words_number(0), "0");
    check(words_number(999), "999");
    check(words_number(1000), "1,000");
    check(words_number(-1234567), "-1,234,567");
    check(words_number(-100), "-100");
    check(words_number(184213), "184,213");
    check(words_count(1, "table"), "1 table");
    check(words_count(0, "table"), "0 tables");
    check(words_count(2, "index"), "2 indexes");
    check(words_count(2, "known query"), "2 known queries");
    check(words_count(1, "query"), "1 query");
    check(words_times(1), "1.0 times");
    check(words_times(1.449), "1.4 times");
    check(words_times(9.96), "10 times");
    check(words_times(96.7), "97 times");
    check(words_times(103885), "103,885 times");
}

static void
test_languages(void)
{
    words_speak(language_find("de"));
    check(words_number(184213), "184.213");
    check(words_bytes(1677722), "1,6 MB");
    check(words_date("2026-03-20T06:14:00Z"), "20. März 2026");
    check(words_moment("2026-03-20T06:14:00Z"), "20. März 2026, 06:14 UTC");
    words_speak(language_find("en"));
    check(words_number(184213), "184,213");
}

static void
test_bytes(void)
{
    check(words_bytes(0), "0 bytes");
    check(words_bytes(1023), "1023 bytes");
    check(words_bytes(24576), "24 kB");
    check(words_bytes(843776), "824 kB");
    check(words_bytes(1677722), "1.6 MB");
    check(words_bytes(233832448), "223 MB");
    check(words_bytes(G_GINT64_CONSTANT(5497558138880)), "5.0 TB");
}

static void
test_shares(void)
{
    check(words_share(26, 100), "26 %");
    check(words_share(1, 1000000), "less than 1 %");
    check(words_share(0, 10), "0 %");
    check(words_share(3, 0), "less than 1 %");
    check(words_percent(1, 3), "33.33%");
    check(words_percent(31, 31), "100.00%");
}

static void
test_dates(void)
{
    check(words_date("2026-03-20T06:14:00Z"), "20 Mar 2026");
    check(words_moment("2026-03-20T06:04:00Z"), "20 Mar 2026, 06:04 UTC");
    check(words_date("2026-03-20"), "20 Mar 2026");
    check(words_date("2026-03-20 06:14:00"), "20 Mar 2026");
    check(words_date("yesterday"), "yesterday");
    check(words_moment("2026-13-20T06:04:00Z"), "2026-13-20T06:04:00Z");
}

static void
test_types(void)
{
    check(type_alias("character varying(255)"), "varchar(255)");
    check(type_alias("character varying[]"), "varchar[]");
    check(type_alias("timestamp(0) without time zone"), "timestamp(0)");
    check(type_alias("timestamp with time zone"), "timestamptz");
    check(type_alias("timestamp(3) with time zone[]"), "timestamptz(3)[]");
    check(type_alias("time without time zone"), "time");
    check(type_alias("character(2)"), "char(2)");
    check(type_alias("character_set"), "character_set");
    check(type_alias("timestamp_range"), "timestamp_range");
    check(type_alias("bigint"), "bigint");
    check(type_alias("timestamp(0 without"), "timestamp(0 without");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/numbers", test_numbers);
    g_test_add_func("/words/bytes", test_bytes);
    g_test_add_func("/words/languages", test_languages);
    g_test_add_func("/words/shares", test_shares);
    g_test_add_func("/words/dates", test_dates);
    g_test_add_func("/words/types", test_types);
    return g_test_run();
}
