/* test_findings.c - acceptances, order, what lies within what, and the reports. */
#include "catalog/narrow.h"
#include "findings_world.h"
#include "report/report.h"

#include <jansson.h>
#include <string.h>

/* Warnings: three foreign keys without an index. Errors: a disabled policy. Notes: nobody's words.
 */
static const char blog[] =
    "'schemas':[{'name':'blog'},{'name':'shop'}],"
    "'tables':[{'schema':'blog','name':'users','kind':'ordinary','row_security':false,"
    "'policies':[{'name':'own'}],'columns':[{'name':'id','type':'bigint','not_null':true}],"
    "'constraints':[{'name':'users_pkey','kind':'primary key','validated':true,'columns':['id'],"
    "'definition':'PRIMARY KEY (id)'}]},"
    "{'schema':'blog','name':'posts','kind':'ordinary',"
    "'columns':[{'name':'author_id','type':'bigint'},{'name':'editor_id','type':'bigint'}],"
    "'constraints':[{'name':'posts_pkey','kind':'primary key','validated':true,'definition':'P'},"
    "{'name':'posts_author','kind':'foreign key','validated':true,'columns':['author_id'],"
    "'references':'blog.users','referenced_columns':['id'],'definition':'FOREIGN KEY (author_id)'},"
    "{'name':'posts_editor','kind':'foreign key','validated':true,'columns':['editor_id'],"
    "'references':'blog.users','referenced_columns':['id'],'definition':'FOREIGN KEY "
    "(editor_id)'}]},"
    "{'schema':'shop','name':'orders','kind':'ordinary',"
    "'columns':[{'name':'user_id','type':'bigint'}],"
    "'constraints':[{'name':'orders_pkey','kind':'primary key','validated':true,'definition':'P'},"
    "{'name':'orders_user','kind':'foreign key','validated':true,'columns':['user_id'],"
    "'references':'blog.users','referenced_columns':['id'],"
    "'definition':'FOREIGN KEY (user_id) REFERENCES blog.users(id)'}]}]";

static struct world
world_accepting(struct acceptance *acceptances, size_t count)
{
    static struct config config;
    for (size_t i = 0; i < count; i++)
        acceptances[i].line = (unsigned)i + 10;
    config = (struct config){
        .file = "dbdoc.yml", .acceptance_count = count, .acceptances = acceptances};
    return world_new(blog, &config);
}

static size_t
accepted_count(const struct world *world)
{
    size_t count = 0;
    for (size_t i = 0; i < world->findings->count; i++)
        count += world->findings->items[i].accepted != NULL;
    return count;
}

static const struct finding *
find_at(const struct world *world, const char *slug, const char *path)
{
    for (size_t i = 0; i < world->findings->count; i++) {
        const struct finding *finding = &world->findings->items[i];
        if (g_str_equal(finding->slug, slug) && finding->object != NULL &&
            g_str_equal(finding->object->path, path))
            return finding;
    }
    return NULL;
}

static void
test_order(void)
{
    struct world world = world_new(blog, NULL);
    const struct findings *findings = world.findings;
    g_assert_cmpuint(findings_count(findings, SEVERITY_ERROR), ==, 1);
    g_assert_cmpuint(findings_count(findings, SEVERITY_WARNING), ==, 3);
    g_assert_cmpuint(findings_count(findings, SEVERITY_NOTE), ==, 3);
    g_assert_cmpuint(findings->count, ==, 7);
    static const char *const places[] = {
        "blog.users",
        "blog.posts.posts_author",
        "blog.posts.posts_editor",
        "shop.orders.orders_user",
        "blog.posts",
        "blog.users",
        "shop.orders",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++)
        g_assert_cmpstr(findings->items[i].object->path, ==, places[i]);
    world_free(&world);
}

static void
assert_count_of(const struct world *world, const char *word, const char *path, guint expected)
{
    const void *object = database_find(world->database, word, path);
    g_assert_nonnull(object);
    g_autoptr(GPtrArray) found = findings_of(world->findings, object);
    g_assert_cmpuint(found->len, ==, expected);
}

static void
test_within(void)
{
    struct world world = world_new(blog, NULL);
    assert_count_of(&world, "table", "blog.posts", 3);
    assert_count_of(&world, "constraint", "blog.posts.posts_author", 1);
    assert_count_of(&world, "constraint", "blog.posts.posts_pkey", 0);
    assert_count_of(&world, "column", "blog.posts.author_id", 0);
    assert_count_of(&world, "schema", "blog", 5);
    assert_count_of(&world, "schema", "shop", 2);
    const void *posts = database_find(world.database, "table", "blog.posts");
    g_autoptr(GPtrArray) mine = findings_of(world.findings, posts);
    g_ptr_array_set_size(mine, 0); /* the caller's own: nobody else sees it */
    assert_count_of(&world, "table", "blog.posts", 3);
    world_free(&world);
}

/* A partition's findings are its root's, and a sequence's are its column's. */
static void
test_within_partition(void)
{
    struct world world = world_new(
        "'schemas':[{'name':'a'}],'tables':["
        "{'schema':'a','name':'root','kind':'partitioned'},"
        "{'schema':'a','name':'part','kind':'ordinary','partition_of':'a.root','indexes':["
        "{'name':'part_bad','definition':'D','valid':false,'ready':true}]}]",
        NULL);
    const struct finding *finding = world_find(&world, "index-invalid", 0);
    g_assert_cmpstr(finding->object->path, ==, "a.part_bad");
    assert_count_of(&world, "table", "a.part", 1);
    const void *root = database_find(world.database, "table", "a.root");
    g_autoptr(GPtrArray) found = findings_of(world.findings, root);
    g_assert_true(g_ptr_array_find(found, finding, NULL));
    world_free(&world);
}

static void
test_accepted(void)
{
    struct acceptance acceptances[] = {
        {.slug = "fk-without-index",
         .object = "constraint blog.posts.posts_author",
         .reason = "Authors stay."},
    };
    struct world world = world_accepting(acceptances, 1);
    const struct finding *finding = find_at(&world, "fk-without-index", "blog.posts.posts_author");
    g_assert_cmpstr(finding->accepted, ==, "Authors stay.");
    g_assert_null(finding->until);
    g_assert_true(finding == &world.findings->items[world.findings->count - 1]);
    g_assert_cmpuint(accepted_count(&world), ==, 1);
    g_assert_cmpuint(findings_count(world.findings, SEVERITY_WARNING), ==, 2);
    g_assert_null(world_find(&world, "acceptance-unused", 0));
    world_free(&world);
}

/* One for a table holds for what lies within it; one without an object holds everywhere. */
static void
test_accepted_within(void)
{
    struct acceptance table[] = {
        {.slug = "fk-without-index", .object = "table blog.posts", .reason = "R"}};
    struct world world = world_accepting(table, 1);
    g_assert_cmpuint(accepted_count(&world), ==, 2);
    g_assert_null(find_at(&world, "fk-without-index", "shop.orders.orders_user")->accepted);
    g_assert_null(find_at(&world, "table-without-words", "blog.posts")->accepted);
    world_free(&world);
    struct acceptance schema[] = {
        {.slug = "table-without-words", .object = "schema blog", .reason = "R"}};
    world = world_accepting(schema, 1);
    g_assert_cmpuint(accepted_count(&world), ==, 2);
    world_free(&world);
    struct acceptance everywhere[] = {{.slug = "fk-without-index", .reason = "R"}};
    world = world_accepting(everywhere, 1);
    g_assert_cmpuint(accepted_count(&world), ==, 3);
    g_assert_cmpuint(findings_count(world.findings, SEVERITY_WARNING), ==, 0);
    world_free(&world);
}

static const struct evidence *
evidence_of(const struct finding *finding, const char *label)
{
    for (size_t i = 0; i < finding->evidence_count; i++)
        if (g_str_equal(finding->evidence[i].label, label))
            return &finding->evidence[i];
    return NULL;
}

/* The last day counts; the day after, the finding is back and says why. */
static void
test_until(void)
{
    struct acceptance last_day[] = {
        {.slug = "rls-policy-but-disabled", .reason = "In work.", .until = TODAY}};
    struct world world = world_accepting(last_day, 1);
    g_assert_cmpstr(world_find(&world, "rls-policy-but-disabled", 0)->until, ==, TODAY);
    g_assert_cmpuint(findings_count(world.findings, SEVERITY_ERROR), ==, 0);
    world_free(&world);
    struct acceptance ended[] = {
        {.slug = "rls-policy-but-disabled", .reason = "In work.", .until = "2026-03-19"}};
    world = world_accepting(ended, 1);
    const struct finding *finding = world_find(&world, "rls-policy-but-disabled", 0);
    g_assert_null(finding->accepted);
    g_assert_cmpstr(evidence_of(finding, "Accepted until")->value, ==, "2026-03-19 (In work.)");
    g_assert_null(world_find(&world, "acceptance-unused", 0));
    g_assert_cmpuint(findings_count(world.findings, SEVERITY_ERROR), ==, 1);
    world_free(&world);
    /* A second one that still holds is enough. */
    struct acceptance both[] = {ended[0], {.slug = "rls-policy-but-disabled", .reason = "Again."}};
    world = world_accepting(both, 2);
    finding = world_find(&world, "rls-policy-but-disabled", 0);
    g_assert_cmpstr(finding->accepted, ==, "Again.");
    g_assert_null(evidence_of(finding, "Accepted until"));
    world_free(&world);
}

static void
assert_unused(struct acceptance acceptance, enum severity severity, const char *title,
              const char *advice)
{
    struct world world = world_accepting(&acceptance, 1);
    const struct finding *finding = world_find(&world, "acceptance-unused", 0);
    g_assert_nonnull(finding);
    g_assert_cmpint(finding->severity, ==, severity);
    g_assert_cmpstr(finding->title, ==, title);
    g_assert_nonnull(strstr(finding->advice, advice));
    g_assert_null(finding->object);
    g_assert_cmpstr(finding->file, ==, "dbdoc.yml");
    g_assert_cmpuint(finding->line, ==, 10);
    g_assert_cmpuint(accepted_count(&world), ==, 0);
    world_free(&world);
}

static void
test_unused(void)
{
    assert_unused((struct acceptance){.slug = "fk-witout-index", .reason = "R"}, SEVERITY_WARNING,
                  "There is no rule `fk-witout-index` to accept", "`fk-without-index`");
    assert_unused((struct acceptance){.slug = "no`such", .reason = "R"}, SEVERITY_WARNING,
                  "There is no rule `no\xCB\x8B"
                  "such` to accept",
                  "dbdoc explain");
    assert_unused(
        (struct acceptance){.slug = "table-no-pk", .object = "table blog.psots", .reason = "R"},
        SEVERITY_WARNING, "Accepted for `table blog.psots`, which is not in the database",
        "Correct the name");
    assert_unused((struct acceptance){.slug = "table-no-pk", .object = "blog.posts", .reason = "R"},
                  SEVERITY_WARNING, "Accepted for `blog.posts`, which is not in the database",
                  "Correct the name");
    assert_unused(
        (struct acceptance){.slug = "table-no-pk", .object = "table blog.posts", .reason = "R"},
        SEVERITY_NOTE, "Nothing is left to accept for `table-no-pk`", "Delete");
}

static bool
is_not_shop(const char *schema, const char *name, const void *data)
{
    (void)name, (void)data;
    return !g_str_equal(schema, "shop");
}

/* What dbdoc.yml leaves out has no findings; accepting them is no mistake. */
static void
test_accepted_and_left_out(void)
{
    struct acceptance acceptances[] = {
        {.slug = "fk-without-index", .object = "table shop.orders", .reason = "R"},
        {.slug = "fk-without-index", .object = "table shop.order", .reason = "R"},
    };
    const struct config config = {.acceptance_count = 2, .acceptances = acceptances};
    const struct narrowing narrowing = {is_not_shop, NULL};
    struct world world = {.database = fixture_read(blog, NULL)};
    database_narrow(world.database, &narrowing);
    const struct model_parts parts = {.database = world.database, .config = &config};
    world.model = model_new(&parts);
    world.findings = findings_new(world.model, NULL, TODAY);
    g_assert_cmpstr(world_find(&world, "acceptance-unused", 0)->title, ==,
                    "Accepted for `table shop.order`, which is not in the database");
    g_assert_null(world_find(&world, "acceptance-unused", 1));
    world_free(&world);
}

static struct note notes[] = {
    {.file = "notes/a.md",
     .line = 4,
     .named_at = 2,
     .word = "table",
     .path = "blog.psots",
     .text = ""},
    {.file = "notes/b.md", .line = 1, .text = ""},
    {.origin = NOTE_COMMENT, .line = 1, .word = "table", .path = "blog.posts", .text = ""},
    {.file = "notes/d.md", .line = 4, .named_at = 2, .word = "table", .path = "users", .text = ""},
};

static struct findings *
findings_of_notes(struct model *model)
{
    static const struct orphan_note orphans[] = {
        {.note = &notes[0], .nearest = "table blog.posts"},
        {.note = &notes[1]},
        {.note = &notes[3], .nearest = "table blog.users", .ambiguous = true},
    };
    static const struct broken_link links[] = {
        {.note = &notes[0], .line = 7, .target = "table:blog.psots", .nearest = "table:blog.posts"},
        {.note = &notes[2], .line = 3, .target = "table:gone"},
        {.note = &notes[3], .line = 4, .target = "function:f", .ambiguous = true},
    };
    static struct note_problem problem = {"notes/c.md", 3, "it is not UTF-8\nat all"};
    static const struct note_problems problems = {1, &problem};
    model->orphan_count = G_N_ELEMENTS(orphans);
    model->orphans = orphans;
    model->broken_link_count = G_N_ELEMENTS(links);
    model->broken_links = links;
    model->note_problems = &problems;
    return findings_new(model, NULL, TODAY);
}

static void
assert_place(const struct finding *finding, const char *file, unsigned line, const char *title)
{
    g_assert_nonnull(finding);
    g_assert_cmpstr(finding->file, ==, file);
    g_assert_cmpuint(finding->line, ==, line);
    g_assert_cmpstr(finding->title, ==, title);
}

static void
test_notes(void)
{
    struct world world = world_new(blog, NULL);
    findings_free(world.findings);
    world.findings = findings_of_notes(world.model);
    const struct finding *finding = world_find(&world, "note-without-object", 0);
    assert_place(finding, "notes/a.md", 2,
                 "This note is about `table blog.psots`, which is not in the database");
    g_assert_cmpstr(finding->advice, ==, "Did you mean `table blog.posts`?");
    assert_place(world_find(&world, "note-without-object", 1), "notes/b.md", 1,
                 "This note names no object");
    finding = world_find(&world, "note-without-object", 2);
    assert_place(finding, "notes/d.md", 2,
                 "This note is about `table users`, which could be several objects");
    g_assert_cmpstr(finding->advice, ==, "Write its schema too, as in `table blog.users`.");
    finding = world_find(&world, "link-broken", 2);
    assert_place(finding, "notes/d.md", 4,
                 "The link to `function:f` could lead to several objects");
    g_assert_cmpstr(finding->advice, ==, "Write its schema too, or the arguments of the function.");
    /* In a comment the object is to blame, not a file. */
    finding = world_find(&world, "link-broken", 0);
    assert_place(finding, NULL, 0, "The link to `table:gone` leads nowhere");
    g_assert_cmpstr(finding->object->path, ==, "blog.posts");
    assert_place(world_find(&world, "link-broken", 1), "notes/a.md", 7,
                 "The link to `table:blog.psots` leads nowhere");
    assert_place(world_find(&world, "note-unusable", 0), "notes/c.md", 3,
                 "This file is not used as a note: it is not UTF-8\xEF\xBF\xBD"
                 "at all");
    world_free(&world);
}

static const char expected_text[] =
    "table blog.users: error: Row security of `blog.users` is off, so its policies do nothing "
    "[rls-policy-but-disabled]\n"
    "    Everybody who may read the table reads all of its rows.\n"
    "    Enable row security, or drop the policies.\n"
    "    Policy: own\n"
    "    SQL:\n"
    "        ALTER TABLE blog.users ENABLE ROW LEVEL SECURITY;\n"
    "    Ecto migration:\n"
    "        def change do\n"
    "          execute(\n"
    "            \"ALTER TABLE blog.users ENABLE ROW LEVEL SECURITY\",\n"
    "            \"ALTER TABLE blog.users DISABLE ROW LEVEL SECURITY\"\n"
    "          )\n"
    "        end\n"
    "\n"
    "constraint shop.orders.orders_user: warning: Foreign key `shop.orders.user_id` has no "
    "index "
    "[fk-without-index]\n"
    "    Deleting a row of `blog.users` reads all of `shop.orders`.\n"
    "    Create an index on `shop.orders.user_id`, concurrently.\n"
    "    Foreign key: orders_user FOREIGN KEY (user_id) REFERENCES blog.users(id)\n"
    "    SQL:\n"
    "        CREATE INDEX CONCURRENTLY orders_user_id_index ON shop.orders (user_id);\n"
    "    Ecto migration:\n"
    "        @disable_ddl_transaction true\n"
    "        @disable_migration_lock true\n"
    "\n"
    "        def change do\n"
    "          create index(:orders, [:user_id], prefix: \"shop\", concurrently: true)\n"
    "        end\n"
    "\n"
    "dbdoc.yml:13: note: Nothing is left to accept for `table-no-pk` [acceptance-unused]\n"
    "    What was accepted here is fixed.\n"
    "    Delete the entry.\n"
    "    Rule: table-no-pk\n"
    "    Reason: R\n"
    "\n"
    "table shop.orders: note: Nobody described table `shop.orders` [table-without-words]\n"
    "    Who opens its page sees columns, and not what one row stands for.\n"
    "    Say in one sentence what one row is: as its comment in the database, or in a note "
    "with "
    "`object: table shop.orders`.\n"
    "\n"
    "1 error, 1 warning, 2 notes (4 accepted)\n";

static void
test_text(void)
{
    struct acceptance acceptances[] = {
        {.slug = "fk-without-index", .object = "table blog.posts", .reason = "R"},
        {.slug = "table-without-words", .object = "table blog.posts", .reason = "R"},
        {.slug = "table-without-words", .object = "table blog.users", .reason = "R"},
        {.slug = "table-no-pk", .reason = "R"},
    };
    struct world world = world_accepting(acceptances, G_N_ELEMENTS(acceptances));
    GString *text = report_findings_text(world.findings, COLOUR_NONE);
    g_assert_cmpstr(text->str, ==, expected_text);
    g_string_free(text, TRUE);
    text = report_findings_text(world.findings, COLOUR_ANSI);
    g_assert_nonnull(strstr(text->str, "table blog.users: \033[31merror\033[0m: \033[1mRow "));
    g_string_free(text, TRUE);
    world_free(&world);
}

/* Notes of one rule beyond the third get a line each; the words would be the same. */
static void
test_text_of_many(void)
{
    g_autoptr(GString) catalog = g_string_new("'tables':[");
    for (unsigned i = 0; i < 6; i++)
        g_string_append_printf(catalog, "%s{'schema':'public','name':'t%u','kind':'foreign'}",
                               i > 0 ? "," : "", i);
    g_string_append_c(catalog, ']');
    struct world world = world_new(catalog->str, NULL);
    GString *text = report_findings_text(world.findings, COLOUR_NONE);
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 3 * 4 + 3 + 1 + 1 + 1);
    g_assert_cmpstr(lines[12], ==,
                    "table public.t3: note: Nobody described table `t3` [table-without-words]");
    g_assert_cmpstr(lines[16], ==, "6 notes");
    g_string_free(text, TRUE);
    world_free(&world);
}

static void
test_text_of_none(void)
{
    struct world world = world_new("'tables':[]", NULL);
    GString *text = report_findings_text(world.findings, COLOUR_ANSI);
    g_assert_cmpstr(text->str, ==, "no findings\n");
    g_string_free(text, TRUE);
    world_free(&world);
}

/* Neither the cursor nor the line breaks nor the reading direction are a name's business. */
static void
test_text_of_hostile(void)
{
    struct world world = world_new(
        "'tables':[{'schema':'public','name':'x\\u001b[2Jy\\nz\\u202eq','kind':'foreign',"
        "'columns':[{'name':'c','type':'text','default_value':'\\u001b]0;title\\u0007\\n0 "
        "errors'}],"
        "'triggers':[{'name':'t','enabled':'disabled','definition':'line one\\nfake: error: "
        "x\\u001b[0m'}]}]",
        NULL);
    GString *text = report_findings_text(world.findings, COLOUR_NONE);
    g_assert_null(strchr(text->str, '\033'));
    g_assert_null(strchr(text->str, '\007'));
    g_assert_null(strstr(text->str, "\xE2\x80\xAE"));
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
        g_assert_false(g_str_has_prefix(*line, "fake"));
    g_assert_nonnull(strstr(text->str, "        fake: error: x"));
    g_string_free(text, TRUE);
    world_free(&world);
}

static json_t *
parse(GString *text)
{
    json_error_t error;
    json_t *value = json_loadb(text->str, text->len, JSON_REJECT_DUPLICATES, &error);
    g_assert_nonnull(value);
    g_string_free(text, TRUE);
    return value;
}

static json_t *
read_schema(void)
{
    json_error_t error;
    g_autofree char *path = g_build_filename(g_getenv("ROOT"), "share/schema/findings.schema.json",
                                             NULL);
    json_t *schema = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    g_assert_nonnull(schema);
    return schema;
}

static json_t *
required_of(json_t *schema, const char *definition)
{
    return json_object_get(json_object_get(json_object_get(schema, "$defs"), definition),
                           "required");
}

/* Each object has exactly the keys that its definition lists. */
static void
assert_keys(json_t *object, json_t *required)
{
    g_assert_cmpuint(json_object_size(object), ==, json_array_size(required));
    for (size_t i = 0; i < json_array_size(required); i++)
        g_assert_nonnull(json_object_get(object, json_string_value(json_array_get(required, i))));
}

static void
test_json(void)
{
    struct acceptance acceptances[] = {
        {.slug = "fk-without-index",
         .object = "table blog.posts",
         .reason = "\"R\"",
         .until = TODAY},
        {.slug = "table-no-pk", .reason = "R"},
    };
    struct world world = world_accepting(acceptances, G_N_ELEMENTS(acceptances));
    json_t *schema = read_schema();
    json_t *document = parse(report_findings_json(world.findings));
    assert_keys(document, json_object_get(schema, "required"));
    json_t *items = json_object_get(document, "findings");
    g_assert_cmpuint(json_array_size(items), ==, world.findings->count);
    for (size_t i = 0; i < json_array_size(items); i++) {
        json_t *item = json_array_get(items, i);
        json_t *fix = json_object_get(item, "fix");
        json_t *accepted = json_object_get(item, "accepted");
        assert_keys(item, required_of(schema, "finding"));
        for (size_t j = 0; j < json_array_size(json_object_get(item, "evidence")); j++)
            assert_keys(json_array_get(json_object_get(item, "evidence"), j),
                        required_of(schema, "evidence"));
        if (!json_is_null(fix))
            assert_keys(fix, required_of(schema, "fix"));
        if (!json_is_null(accepted))
            assert_keys(accepted, required_of(schema, "acceptance"));
    }
    json_t *first = json_array_get(items, 0);
    g_assert_cmpstr(json_string_value(json_object_get(first, "object")), ==, "table blog.users");
    g_assert_cmpstr(json_string_value(json_object_get(first, "severity")), ==, "error");
    g_assert_true(json_is_null(json_object_get(first, "line")));
    json_t *last = json_object_get(json_array_get(items, json_array_size(items) - 1), "accepted");
    g_assert_cmpstr(json_string_value(json_object_get(last, "reason")), ==, "\"R\"");
    g_assert_cmpstr(json_string_value(json_object_get(last, "until")), ==, TODAY);
    json_decref(schema);
    json_decref(document);
    world_free(&world);
}

/* The same model gives the same bytes. */
static void
test_same_bytes(void)
{
    struct world one = world_new(blog, NULL);
    struct world two = world_new(blog, NULL);
    GString *a = report_findings_json(one.findings);
    GString *b = report_findings_json(two.findings);
    g_assert_cmpstr(a->str, ==, b->str);
    g_string_free(a, TRUE);
    g_string_free(b, TRUE);
    world_free(&one);
    world_free(&two);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/findings/order", test_order);
    g_test_add_func("/findings/within", test_within);
    g_test_add_func("/findings/within_partition", test_within_partition);
    g_test_add_func("/findings/accepted", test_accepted);
    g_test_add_func("/findings/accepted_within", test_accepted_within);
    g_test_add_func("/findings/until", test_until);
    g_test_add_func("/findings/unused", test_unused);
    g_test_add_func("/findings/accepted-and-left-out", test_accepted_and_left_out);
    g_test_add_func("/findings/notes", test_notes);
    g_test_add_func("/findings/text", test_text);
    g_test_add_func("/findings/text_of_many", test_text_of_many);
    g_test_add_func("/findings/text_of_none", test_text_of_none);
    g_test_add_func("/findings/text_of_hostile", test_text_of_hostile);
    g_test_add_func("/findings/json", test_json);
    g_test_add_func("/findings/same_bytes", test_same_bytes);
    return g_test_run();
}
