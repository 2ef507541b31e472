/* test_sql_lexer.c - SQL text cut into tokens: nothing lost, nothing read that is not there. */
#include "base/sql_lexer.h"

#include <glib.h>
#include <string.h>

static const char letters[] = {
    [SQL_SPACE] = '_',    [SQL_COMMENT] = 'c',     [SQL_WORD] = 'w',      [SQL_QUOTED] = 'q',
    [SQL_STRING] = 's',   [SQL_NUMBER] = 'n',      [SQL_PARAMETER] = 'p', [SQL_CAST] = ':',
    [SQL_OPERATOR] = 'o', [SQL_PUNCTUATION] = '.',
};

/* The kinds of all tokens, a letter each; checks that they are the whole text. */
static char *
kinds(const char *sql)
{
    GString *found = g_string_new(NULL);
    struct sql_token token;
    const char *expected = sql;
    for (const char *cursor = sql; sql_next(&cursor, &token); expected += token.length) {
        g_assert_true(token.text == expected);
        g_assert_cmpuint(token.length, >, 0);
        g_string_append_c(found, letters[token.kind]);
    }
    g_assert_true(expected == sql + strlen(sql));
    return g_string_free(found, FALSE);
}

static void
test_kinds(void)
{
    static const char *const texts[][2] = {
        {"", ""},
        {"SELECT a.\"b c\" , 'd'", "w_w.q_._s"},
        {"x::text", "w:w"},
        {"1 1.5 .5 1.5e-3 1e5 0x1F 1_000", "n_n_n_n_n_n_n"},
        {"1..2", "n.n"},
        {"$1 $a$b$a$ $$c$$", "p_s_s"},
        {"E'\\'' N'' U&'x' U&\"y\"", "s_s_s_q"},
        {"a>=b--c\n-d", "wowc_ow"},
        {"/* a /* b */ c */d", "cw"},
        {"'open", "s"},
        {"\"open", "q"},
        {"$a$open", "s"},
        {"/* open /* */", "c"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *found = kinds(texts[i][0]);
        g_assert_cmpstr(found, ==, texts[i][1]);
    }
}

/* What stands behind the end of the text is none of it. */
static void
test_ends(void)
{
    static const char texts[][8] = {"1e\0"
                                    "55",
                                    "1E+\0"
                                    "5",
                                    "1.\0"
                                    "5",
                                    "$a\0$",
                                    "E\0'",
                                    "U&\0'",
                                    "0x\0"
                                    "F",
                                    "'\0'"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_free(kinds(texts[i]));
}

/* Folded where PostgreSQL folds; not in strings and comments. */
static void
test_names(void)
{
    g_assert_true(sql_has_name("CHECK ((State = 'a'))", "state"));
    g_assert_true(sql_has_name("CHECK ((\"S\"\"t\" = 'a'))", "S\"t"));
    g_assert_false(sql_has_name("CHECK ((\"State\" = 'state')) -- state", "state"));
    g_assert_false(sql_has_name("CHECK ((states = 'a'))", "state"));
    g_assert_false(sql_has_name("CHECK ((state = 'a'))", "State"));
    g_assert_false(sql_has_name(NULL, "state"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sql-lexer/kinds", test_kinds);
    g_test_add_func("/sql-lexer/ends", test_ends);
    g_test_add_func("/sql-lexer/names", test_names);
    return g_test_run();
}
