/* test_pattern.c - which names a pattern means, and what is no pattern. */
#include "config/pattern.h"

#include <glib.h>

static struct arena *arena;

static struct pattern
parse(const char *text)
{
    struct pattern pattern;
    g_assert_true(pattern_parse(arena, text, &pattern));
    return pattern;
}

static void
test_names(void)
{
    static const struct {
        const char *pattern;
        const char *schema;
        const char *name;
        bool matches;
    } rows[] = {
        {"blog.posts", "blog", "posts", true},
        {"blog.posts", "blog", "post", false},
        {"blog.posts", "blog", "posts2", false},
        {"blog.posts", "log", "posts", false},
        {"posts", "blog", "posts", true},
        {"posts", "posts", "other", false},
        {"blog.*", "blog", "posts", true},
        {"blog.*", "blog", "", true},
        {"blog.*", "blog2", "posts", false},
        {"*.audit_*", "any", "audit_log", true},
        {"*.audit_*", "any", "auditlog", false},
        {"*", "any", "thing", true},
        {"*.*", "any", "thing", true},
        {"*_2*_old", "any", "a_2b_2c_old", true},
        {"*_2*_old", "any", "a_2b_2c_old_", false},
        {"**a**b", "any", "xaxb", true},
        {"p?sts", "any", "posts", true},
        {"p?sts", "any", "psts", false},
        {"p?sts", "any", "p\xC3\xB6sts", true}, /* one character, two bytes */
        {"p??sts", "any", "p\xC3\xB6sts", false},
        {"?", "any", "", false},
        {"Posts", "any", "posts", false},
        {"\"a.b\".c", "a.b", "c", true},
        {"a.\"b.c\"", "a", "b.c", true},
        {"\"a*\"", "any", "a*", true},
        {"\"a*\"", "any", "ab", false},
        {"\"a?\"", "any", "ab", false},
        {"\"a\"\"b\"", "any", "a\"b", true},
        {"a\\*", "any", "a\\b", true}, /* no escapes outside of quotes */
        {"\"a\\\"", "any", "a\\", true},
        {"[a]", "any", "a", false},
        {"blog.posts.*", "blog", "posts", false}, /* columns */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const struct pattern pattern = parse(rows[i].pattern);
        if (pattern_matches(&pattern, rows[i].schema, rows[i].name) != rows[i].matches)
            g_error("%s and %s.%s", rows[i].pattern, rows[i].schema, rows[i].name);
    }
}

static void
test_columns(void)
{
    const struct pattern column = parse("blog.*.email");
    g_assert_true(pattern_matches_column(&column, "blog", "authors", "email"));
    g_assert_false(pattern_matches_column(&column, "blog", "authors", "name"));
    g_assert_false(pattern_matches_column(&column, "shop", "authors", "email"));
    const struct pattern table = parse("blog.*");
    g_assert_false(pattern_matches_column(&table, "blog", "authors", "email"));
}

static void
test_refusals(void)
{
    static const char *const texts[] = {"",       ".",      "a.",        ".a",   "a..b",
                                        "\"a",    "\"a\"b", "a\"b\"",    "\"\"", "a.b.c.d",
                                        "\"a\".", "a.\"\"", "\"a\"\"\"b"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct pattern pattern;
        if (pattern_parse(arena, texts[i], &pattern))
            g_error("%s is taken", texts[i]);
    }
}

/* A glob that would take a naive matcher for ever. */
static void
test_patience(void)
{
    g_autofree char *name = g_strnfill(63, 'a');
    const struct pattern pattern = parse("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b");
    g_assert_false(pattern_matches(&pattern, "any", name));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    arena = arena_new();
    g_test_add_func("/pattern/names", test_names);
    g_test_add_func("/pattern/columns", test_columns);
    g_test_add_func("/pattern/refusals", test_refusals);
    g_test_add_func("/pattern/patience", test_patience);
    int status = g_test_run();
    arena_free(arena);
    return status;
}
