/* test_text.c - comparing, repairing and guessing texts. */
#include "base/text.h"

#include <string.h>

static void
test_equal(void)
{
    char other[] = "a";
    g_assert_true(text_equal(NULL, NULL));
    g_assert_true(text_equal("a", other));
    g_assert_false(text_equal(NULL, ""));
    g_assert_false(text_equal("", NULL));
    g_assert_false(text_equal("a", "A"));
}

static void
test_compare(void)
{
    g_assert_cmpint(text_compare(NULL, NULL), ==, 0);
    g_assert_cmpint(text_compare(NULL, ""), <, 0);
    g_assert_cmpint(text_compare("", NULL), >, 0);
    g_assert_cmpint(text_compare("B", "a"), <, 0);
    g_assert_cmpint(text_compare("\xc3\xa9", "z"), >, 0); /* bytes, not the locale */
}

static void
test_empty(void)
{
    g_assert_true(text_is_empty(NULL));
    g_assert_true(text_is_empty(""));
    g_assert_true(text_is_empty(" \t\r\n"));
    g_assert_false(text_is_empty(" x "));
}

static void
test_nearest(void)
{
    static const char *const words[] = {"database", "title", "notes", "output", NULL};
    static const char *const none[] = {NULL};
    g_assert_cmpstr(text_nearest("databse", words), ==, "database");
    g_assert_cmpstr(text_nearest("tilte", words), ==, "title");
    g_assert_cmpstr(text_nearest("note", words), ==, "notes");
    g_assert_cmpstr(text_nearest("Notes", words), ==, "notes");
    g_assert_null(text_nearest("completely", words));
    g_assert_null(text_nearest("tilet", words));
    g_assert_null(text_nearest("dtbase", (const char *const[]){"databases", NULL}));
    g_assert_null(text_nearest("posts_slug", (const char *const[]){"posts_pkey", NULL}));
    g_assert_null(text_nearest_within("dtabsae", words, 1));
    g_assert_cmpstr(text_nearest_within("dtabsae", words, 2), ==, "database");
    g_assert_null(text_nearest_within("note", words, 0));
    g_assert_null(text_nearest("x", words));
    g_assert_null(text_nearest("", words));
    g_assert_null(text_nearest("title", none));
    g_autofree char *endless = g_strnfill(100000, 'a');
    g_assert_null(text_nearest(endless, words));
}

/* The first of equals wins, so that the message does not depend on luck. */
static void
test_nearest_is_stable(void)
{
    static const char *const words[] = {"abcx", "abcy", NULL};
    g_assert_cmpstr(text_nearest("abcz", words), ==, "abcx");
}

struct repair {
    const char *given;
    const char *clean;
};

#define BAD "\xef\xbf\xbd"

static void
test_clean(void)
{
    static const struct repair repairs[] = {
        {"", ""},
        {"plain text", "plain text"},
        {"tab\tand\nnewline", "tab\tand\nnewline"},
        {"dos\r\nline", "dos\nline"},
        {"lone\rreturn", "lone" BAD "return"},
        {"bell\a", "bell" BAD},
        {"\x1b[31mred\x1b[0m", BAD "[31mred" BAD "[0m"},
        {"c1 \xc2\x9b"
         "31m",
         "c1 " BAD "31m"},
        {"del\x7f", "del" BAD},
        {"caf\xe9", "caf" BAD},
        {"\xff\xfe", BAD BAD},
        {"cut \xe2\x82", "cut " BAD BAD},
        {"overlong \xc0\xaf", "overlong " BAD BAD},
        {"surrogate \xed\xa0\x80", "surrogate " BAD BAD BAD},
        {"noncharacter \xef\xbf\xbf", "noncharacter " BAD},
        {"euro \xe2\x82\xac", "euro \xe2\x82\xac"},
        {"emoji \xf0\x9f\x90\x98", "emoji \xf0\x9f\x90\x98"},
        {"markup <b>&amp;", "markup <b>&amp;"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(repairs); i++) {
        g_autofree char *clean = text_clean(repairs[i].given);
        g_assert_cmpstr(clean, ==, repairs[i].clean);
        g_assert_true(g_utf8_validate(clean, -1, NULL));
        g_autofree char *again = text_clean(clean);
        g_assert_cmpstr(again, ==, clean);
    }
}

/* A name must not move the cursor, change colours, turn the reading direction of what follows, or
 * be a command to the log. */
static void
test_terminal(void)
{
    static const struct repair repairs[] = {
        {"blog.posts", "blog.posts"},
        {"\x1b]0;title\x07", BAD "]0;title" BAD},
        {"\xe2\x80\xae"
         "gnp.exe",
         BAD "gnp.exe"},
        {"a\xe2\x81\xa6"
         "b\xe2\x81\xa9",
         "a" BAD "b" BAD},
        {"\xe2\x80\x8f"
         "rtl mark",
         BAD "rtl mark"},
        {"two\nlines\tkept", "two\nlines\tkept"},
        {"::error::x\n \t::stop-commands::y\na ::z a::b",
         BAD ":error::x\n \t" BAD ":stop-commands::y\na ::z a::b"},
        {"a ##[group]b ##vso[c]d ##e", "a " BAD "#[group]b " BAD "#vso[c]d ##e"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(repairs); i++) {
        g_autofree char *safe = text_for_terminal(repairs[i].given);
        g_assert_cmpstr(safe, ==, repairs[i].clean);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/text/equal", test_equal);
    g_test_add_func("/text/compare", test_compare);
    g_test_add_func("/text/empty", test_empty);
    g_test_add_func("/text/nearest", test_nearest);
    g_test_add_func("/text/nearest-is-stable", test_nearest_is_stable);
    g_test_add_func("/text/clean", test_clean);
    g_test_add_func("/text/terminal", test_terminal);
    return g_test_run();
}
