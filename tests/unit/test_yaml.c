/* test_yaml.c - the subset of YAML, its places and its refusals. */
#include "base/yaml.h"
#include "support.h"

#include <stddef.h>
#include <string.h>

struct fixture {
    struct arena *arena;
    struct yaml_source source;
    struct yaml *document;
    GError *error;
};

static void
begin(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    fixture->arena = arena_new();
}

static void
end(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    arena_free(fixture->arena);
    g_clear_error(&fixture->error);
}

static bool
read_text(struct fixture *fixture, const char *text)
{
    fixture->source = (struct yaml_source){"a.yml", text, strlen(text), 1};
    return yaml_read(fixture->arena, &fixture->source, &fixture->document, &fixture->error);
}

static void
test_tree(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_assert_true(read_text(fixture, "title: A: no\n"
                                     "tags: [one, 'two']\n"
                                     "limits:\n"
                                     "  seconds: 007\n") == false);
    support_assert_failure(&fixture->error, FAILURE_USAGE,
                           "a.yml:1:9: this is not valid YAML: mapping values are not allowed in "
                           "this context. Check quotes, colons and indentation here.");
    g_assert_true(read_text(fixture, "title: no\n"
                                     "tags: [one, 'two']\n"
                                     "limits:\n"
                                     "  seconds: 007\n"));
    const struct yaml *map = fixture->document;
    g_assert_cmpint(map->type, ==, YAML_MAP);
    g_assert_cmpuint(map->count, ==, 3);
    g_assert_cmpstr(yaml_get(map, "title")->text, ==, "no");
    const struct yaml *tags = yaml_get(map, "tags");
    g_assert_cmpint(tags->type, ==, YAML_LIST);
    g_assert_cmpstr(tags->items[1]->text, ==, "two");
    const struct yaml *seconds = yaml_get(yaml_get(map, "limits"), "seconds");
    g_assert_cmpstr(seconds->text, ==, "007");
    g_assert_cmpuint(seconds->line, ==, 4);
    g_assert_cmpuint(seconds->column, ==, 12);
    g_assert_null(yaml_get(map, "absent"));
}

static void
test_empty(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    static const char *const texts[] = {"", "\n\n", "# only words\n", "---\n...\n", "\xef\xbb\xbf"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        bool done = read_text(fixture, texts[i]);
        g_assert_no_error(fixture->error);
        g_assert_true(done);
        g_assert_cmpint(fixture->document->type, ==, YAML_MAP);
        g_assert_cmpuint(fixture->document->count, ==, 0);
    }
}

struct refusal {
    const char *text;
    const char *message; /* a part of it */
};

static const struct refusal refusals[] = {
    {"a: &x 1\nb: *x\n", "a.yml:1:4: anchors, aliases and tags are not used here"},
    {"b: *x\n", "a.yml:1:4: anchors, aliases and tags"},
    {"a: !!int 1\n", "a.yml:1:4: anchors, aliases and tags"},
    {"a: !local {b: c}\n", "a.yml:1:4: anchors, aliases and tags"},
    {"a: 1\nb: 2\na: 3\n", "a.yml:3:1: \"a\" stands here twice"},
    {"a: 1\n---\nb: 2\n", "a.yml:3:1: a second document starts here"},
    {"? [a, b]\n: c\n", "a.yml:1:3: a key must be a word"},
    {"a: \"x\\0y\"\n", "a.yml:1:4: a text cannot hold the character"},
    {"a: [1, 2\n", "this is not valid YAML"},
    {"a:\n\tb: 1\n", "a.yml:2:1: this is not valid YAML"},
    {"a: \xff\xfe\n", "this is not valid YAML"},
    {"a: b\x01\n", "this is not valid YAML"},
    {"a: 'open\n", "this is not valid YAML"},
    {"%YAML 9.9\n---\na: b\n", "this is not valid YAML"},
};

static void
test_refusals(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_assert_false(read_text(fixture, refusals[i].text));
        support_assert_failure_says(&fixture->error, FAILURE_USAGE, refusals[i].message);
    }
}

/* A billion laughs needs aliases; without them depth and length are what is left to attack. */
static void
test_depth(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    g_autofree char *deep = g_strnfill(100000, '[');
    g_assert_false(read_text(fixture, deep));
    support_assert_failure_says(&fixture->error, FAILURE_USAGE, "nested too deeply");
    g_autoptr(GString) wide = g_string_new(NULL);
    for (unsigned i = 0; i < 100000; i++)
        g_string_append_printf(wide, "k%u:\n", i);
    g_assert_true(read_text(fixture, wide->str));
    g_assert_cmpuint(fixture->document->count, ==, 100000);
}

/* Front matter stands behind other lines: places count from there. */
static void
test_first_line(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    const char *text = "a: 1\na: 2\n";
    const struct yaml_source source = {"notes/x.md", text, strlen(text), 2};
    g_assert_false(yaml_read(fixture->arena, &source, &fixture->document, &fixture->error));
    support_assert_failure(&fixture->error, FAILURE_USAGE,
                           "notes/x.md:3:1: \"a\" stands here twice. Keep one of them.");
}

struct target {
    const char *name;
    const struct yaml *parts;
};

static const struct yaml_field fields[] = {
    {"name", YAML_TEXT, YAML_REQUIRED, offsetof(struct target, name)},
    {"parts", YAML_LIST, YAML_OPTIONAL, offsetof(struct target, parts)},
    {NULL, YAML_TEXT, YAML_OPTIONAL, 0},
};

static bool
bind_text(struct fixture *fixture, const char *text, struct target *target)
{
    *target = (struct target){0};
    g_assert_true(read_text(fixture, text));
    return yaml_bind(&fixture->source, fixture->document, fields, target, &fixture->error);
}

static void
test_bind(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    struct target target;
    g_assert_true(bind_text(fixture, "name: x\nparts: [1, 2]\n", &target));
    g_assert_cmpstr(target.name, ==, "x");
    g_assert_cmpuint(target.parts->count, ==, 2);
    g_assert_true(bind_text(fixture, "name: x\nparts:\n", &target));
    g_assert_null(target.parts);
}

static void
test_bind_refusals(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    static const struct refusal wrong[] = {
        {"name: x\npart: []\n", "a.yml:2:1: there is no key \"part\". Did you mean \"parts\"?"},
        {"name: x\nzzzzzzz: 1\n",
         "a.yml:2:1: there is no key \"zzzzzzz\". Known here: name, parts."},
        {"name: [x]\n", "a.yml:1:7: \"name\" takes a text, found a list."},
        {"name: x\nparts: 1\n", "a.yml:2:8: \"parts\" takes a list, found a text."},
        {"name: x\nparts: {a: 1}\n", "a.yml:2:8: \"parts\" takes a list, found a group of keys."},
        {"parts: []\n", "a.yml:1:1: \"name\" is missing here."},
        {"name:\n", "a.yml:1:1: \"name\" is missing here."},
        {"- a\n", "a.yml:1:1: expected keys and values, found a list."},
        {"word\n", "a.yml:1:1: expected keys and values, found a text."},
    };
    struct target target;
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_false(bind_text(fixture, wrong[i].text, &target));
        support_assert_failure(&fixture->error, FAILURE_USAGE, wrong[i].message);
    }
}

static void
test_names(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    struct names names;
    g_assert_true(read_text(fixture, "a: [x, y]\nb: z\nc: {}\nd: [[x]]\n"));
    const struct yaml *map = fixture->document;
    g_assert_true(
        yaml_names(fixture->arena, &fixture->source, yaml_get(map, "a"), &names, &fixture->error));
    g_assert_cmpuint(names.count, ==, 2);
    g_assert_cmpstr(names.items[1], ==, "y");
    g_assert_true(
        yaml_names(fixture->arena, &fixture->source, yaml_get(map, "b"), &names, &fixture->error));
    g_assert_cmpuint(names.count, ==, 1);
    g_assert_cmpstr(names.items[0], ==, "z");
    g_assert_false(
        yaml_names(fixture->arena, &fixture->source, yaml_get(map, "c"), &names, &fixture->error));
    support_assert_failure(&fixture->error, FAILURE_USAGE,
                           "a.yml:3:4: expected a text or a list of texts.");
    g_assert_false(
        yaml_names(fixture->arena, &fixture->source, yaml_get(map, "d"), &names, &fixture->error));
    support_assert_failure(&fixture->error, FAILURE_USAGE, "a.yml:4:5: expected a text.");
}

/* What is written is read as the same text. */
static void
expect_scalar(struct fixture *fixture, const char *text, const char *expected)
{
    g_autofree char *written = yaml_scalar(text);
    g_assert_cmpstr(written, ==, expected);
    if (expected == NULL)
        return;
    g_autofree char *file = g_strdup_printf("a: %s\n", written);
    g_assert_true(read_text(fixture, file));
    g_assert_cmpstr(yaml_get(fixture->document, "a")->text, ==, text);
}

static void
test_scalar(struct fixture *fixture, gconstpointer unused)
{
    (void)unused;
    expect_scalar(fixture, "priv/repo/structure.sql", "priv/repo/structure.sql");
    expect_scalar(fixture, "1.10", "1.10");
    expect_scalar(fixture, "no", "no");
    expect_scalar(fixture, "", "\"\"");
    expect_scalar(fixture, "-", "\"-\"");
    expect_scalar(fixture, "a: b", "\"a: b\"");
    expect_scalar(fixture, "a #b", "\"a #b\"");
    expect_scalar(fixture, "\"><script>\\", "\"\\\"><script>\\\\\"");
    expect_scalar(fixture, " *a &b ", "\" *a &b \"");
    expect_scalar(fixture, "\xC3\xBC", "\"\xC3\xBC\"");
    expect_scalar(fixture, "a\nb", NULL);
    expect_scalar(fixture, "a\tb", NULL);
    expect_scalar(fixture, "\x1b[31m", NULL);
    expect_scalar(fixture, "\xFF", NULL);
    expect_scalar(fixture, "a\xE2\x80\xA8 b", NULL); /* YAML's own line break, U+2028 */
}

#define ADD(path, function) g_test_add(path, struct fixture, NULL, begin, function, end)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/yaml/tree", test_tree);
    ADD("/yaml/empty", test_empty);
    ADD("/yaml/refusals", test_refusals);
    ADD("/yaml/depth", test_depth);
    ADD("/yaml/first-line", test_first_line);
    ADD("/yaml/bind", test_bind);
    ADD("/yaml/bind-refusals", test_bind_refusals);
    ADD("/yaml/names", test_names);
    ADD("/yaml/scalar", test_scalar);
    return g_test_run();
}
