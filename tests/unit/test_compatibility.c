/* test_compatibility.c - what old code runs into, what it does not, and what only may happen. Old
 * code is real source: three modules over three tables. */
#include "catalog/renames.h"
#include "elixir/schema_module.h"
#include "fixture.h"
#include "review/compatibility.h"
#include "review/type_change.h"
#include "support.h"

#include <string.h>

static const char code[] = "defmodule Blog.Post do\n"
                           "  use Ecto.Schema\n"
                           "  import Ecto.Changeset\n"
                           "  schema \"posts\" do\n"
                           "    field :title, :string\n"
                           "    field :handle, :string, source: :slug\n"
                           "    field :views, :integer\n"
                           "    field :status, Ecto.Enum, values: [:draft, :live]\n"
                           "    field :body, :string, virtual: true\n"
                           "    field :rank, :integer, default: 1\n"
                           "    many_to_many :tags, Blog.Tag, join_through: \"posts_tags\"\n"
                           "  end\n"
                           "  def changeset(post, attributes) do\n"
                           "    post\n"
                           "    |> cast(attributes, [:title, :handle, :views])\n"
                           "    |> validate_required([:title])\n"
                           "    |> unique_constraint(:handle, name: :posts_slug_index)\n"
                           "    |> check_constraint(:views, name: :posts_views_check)\n"
                           "  end\n"
                           "  def put(post), do: Repo.insert(post, conflict_target: :handle)\n"
                           "end\n";
static const char tag[] = "defmodule Blog.Tag do\n"
                          "  use Ecto.Schema\n"
                          "  schema \"tags\" do\n"
                          "    field :name, :string\n"
                          "    field :seen_at, :utc_datetime\n"
                          "  end\n"
                          "end\n";
/* What the macro adds nobody knows. */
static const char dark[] = "defmodule Blog.Dark do\n"
                           "  use Unknown.Schema\n"
                           "  schema \"dark\" do\n"
                           "    field :x, :string\n"
                           "    secret_fields()\n"
                           "  end\n"
                           "end\n";

#define COLUMN(name, type, more) "{'name':'" name "','type':'" type "'" more "}"
#define NOT_NULL                 ",'not_null':true"
#define STATUS                   COLUMN("status", "public.status", ",'type_object':'public.status'")
#define ID                       COLUMN("id", "bigint", NOT_NULL ",'identity':'always'")
#define RANK                     COLUMN("rank", "integer", NOT_NULL ",'default_value':'1'")
#define POSTS                                                                                      \
    COLUMN("title", "text", "")                                                                    \
    "," COLUMN("slug", "text", "") "," COLUMN(                                                     \
        "views", "bigint", "") "," STATUS "," RANK                                                 \
                               "," COLUMN("old", "text", NOT_NULL ",'default_value':'x'")
#define UNIQUE(name, column)                                                                       \
    "{'name':'" name "','unique':true,'definition':'CREATE UNIQUE INDEX " name                     \
    " ON public.posts USING btree (" column ")','keys':[{'position':1,'column':'" column "'}]}"
#define CHECK(name)                                                                                \
    "{'name':'" name "','kind':'check','columns':['views'],'definition':'CHECK (views > 0)'}"
#define POSTS_TABLE(name, columns, indexes, constraints)                                           \
    "{'schema':'public','name':'" name "','kind':'ordinary','columns':[" ID "," columns            \
    "],'indexes':[" indexes "],'constraints':[" constraints "]}"
#define TABLE(name, columns)                                                                       \
    "{'schema':'public','name':'" name "','kind':'ordinary','columns':[" ID "," columns "]}"
#define TAG_COLUMNS(moment) COLUMN("name", "text", "") "," COLUMN("seen_at", moment, "")
#define TAGS                TABLE("tags", TAG_COLUMNS("timestamp without time zone"))
#define DARK                TABLE("dark", COLUMN("x", "text", "") "," COLUMN("y", "text", ""))
#define POSTS_TAGS          TABLE("posts_tags", COLUMN("post_id", "bigint", ""))
#define LABELS(labels)      "'enum_types':[{'schema':'public','name':'status','labels':[" labels "]}]"
#define WHOLE(tables)       LABELS("'draft','live'") ",'tables':[" tables "]"
#define BASE_POSTS                                                                                 \
    POSTS_TABLE("posts", POSTS, UNIQUE("posts_slug_index", "slug"), CHECK("posts_views_check"))
#define BASE        WHOLE(BASE_POSTS "," TAGS "," DARK "," POSTS_TAGS)
#define WITH(posts) WHOLE(posts "," TAGS "," DARK "," POSTS_TAGS)
#define COLUMNS(columns)                                                                           \
    WITH(POSTS_TABLE("posts", columns, UNIQUE("posts_slug_index", "slug"),                         \
                     CHECK("posts_views_check")))

static const char *const kinds[] = {
    [BREAK_TABLE_GONE] = "table gone",
    [BREAK_TABLE_RENAMED] = "table renamed",
    [BREAK_COLUMN_GONE] = "column gone",
    [BREAK_COLUMN_RENAMED] = "column renamed",
    [BREAK_VALUE_REQUIRED] = "value required",
    [BREAK_TYPE_NARROWED] = "type narrowed",
    [BREAK_TYPE_REPLACED] = "type replaced",
    [BREAK_LABEL_GONE] = "label gone",
    [BREAK_LABEL_ADDED] = "label added",
    [BREAK_DEFAULT_CHANGED] = "default changed",
    [BREAK_CONSTRAINT_RENAMED] = "constraint renamed",
    [BREAK_CONFLICT_TARGET] = "conflict target",
    [BREAK_RULE_ADDED] = "rule added",
};

static char *
lines_of(const struct compatibility *compatibility)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < compatibility->count; i++) {
        const struct compatibility_break *item = &compatibility->items[i];
        g_assert_nonnull(item->text);
        g_assert_nonnull(item->evidence);
        g_string_append_printf(text, "%s %s", strength_words[item->strength], kinds[item->kind]);
        if (item->file != NULL)
            g_string_append_printf(text, " %s:%u", item->file, item->line);
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

/* With or without the modules of the base. */
static char *
weigh(const char *before_lists, const char *after_lists, const struct schema_modules *modules)
{
    struct database *before = fixture_read(before_lists, NULL);
    struct database *after = fixture_read(after_lists, NULL);
    const struct model_parts old_parts = {.database = before, .schemas = modules};
    const struct model_parts new_parts = {.database = after};
    struct model *old_model = model_new(&old_parts);
    struct model *new_model = model_new(&new_parts);
    g_autoptr(GPtrArray) changes = catalog_compare(before->catalog, after->catalog);
    changes_join_renames(changes, NULL, 0);
    struct arena *arena = arena_new();
    struct compatibility compatibility = compatibility_weigh(arena, old_model, new_model, changes);
    g_assert_true(compatibility.is_known == (modules != NULL));
    char *lines = lines_of(&compatibility);
    arena_free(arena);
    model_free(old_model);
    model_free(new_model);
    database_free(before);
    database_free(after);
    return lines;
}

static void
expect_from(const char *before, const char *after, const char *expected)
{
    struct arena *arena = arena_new();
    struct schema_modules modules;
    GError *error = NULL;
    support_write("lib/post.ex", code);
    support_write("lib/tag.ex", tag);
    support_write("lib/dark.ex", dark);
    schema_modules_read(arena, ".", &modules, &error);
    g_assert_no_error(error);
    g_autofree char *lines = weigh(before, after, &modules);
    g_assert_cmpstr(lines, ==, expected);
    g_autofree char *unknown = weigh(before, after, NULL);
    g_assert_cmpstr(unknown, ==, "");
    arena_free(arena);
}

static void
expect(const char *after, const char *expected)
{
    expect_from(BASE, after, expected);
}

static void
test_tables(void)
{
    expect(BASE, "");
    expect(WHOLE(TAGS "," DARK "," POSTS_TAGS), "proved table gone lib/post.ex:4\n");
    expect(WHOLE(BASE_POSTS "," TAGS "," DARK), "proved table gone lib/post.ex:11\n");
    expect(WITH(POSTS_TABLE("articles", POSTS, "", "")), "proved table gone lib/post.ex:4\n");
    /* A view with the old name may do. */
    expect(
        WHOLE(
            TAGS
            "," DARK
            "," POSTS_TAGS) ",'views':[{'schema':'public','name':'posts','definition':'SELECT 1'}]",
        "hint table gone lib/post.ex:4\n");
    /* A table that no module knows. */
    expect(WITH(BASE_POSTS "," TABLE("new", COLUMN("a", "text", NOT_NULL))), "");
}

static void
test_renamed_table(void)
{
    expect(WHOLE(BASE_POSTS "," TABLE(
               "labels", TAG_COLUMNS("timestamp without time zone")) "," DARK "," POSTS_TAGS),
           "proved table renamed lib/tag.ex:3\n");
}

static void
test_columns(void)
{
    /* Mapped under another name; virtual fields and what no module maps are nobody's. */
    expect(COLUMNS(COLUMN("title", "text", "") "," COLUMN(
               "views", "bigint", "") "," STATUS "," RANK
                                      "," COLUMN("old", "text", NOT_NULL ",'default_value':'x'")),
           "proved column gone lib/post.ex:6\n");
    expect(COLUMNS(COLUMN("title", "text", "") "," COLUMN("slug", "text", "") "," COLUMN(
               "views", "bigint", "") "," STATUS "," RANK),
           "");
    expect(COLUMNS(COLUMN("name", "text", "") "," COLUMN("slug", "text", "") "," COLUMN(
               "views", "bigint", "") "," STATUS "," RANK
                                      "," COLUMN("old", "text", NOT_NULL ",'default_value':'x'")),
           "proved column gone lib/post.ex:5\n");
    /* Not all fields of the module are known. */
    expect(WHOLE(BASE_POSTS "," TAGS "," TABLE("dark", COLUMN("x", "text", "")) "," POSTS_TAGS),
           "hint column gone lib/dark.ex:2\n");
}

static void
test_required(void)
{
    expect(COLUMNS(POSTS "," COLUMN("z", "text", NOT_NULL)),
           "proved value required lib/post.ex:4\n");
    expect(COLUMNS(POSTS "," COLUMN("z", "text", NOT_NULL ",'default_value':'1'")), "");
    expect(COLUMNS(POSTS "," COLUMN("z", "text", "")), "");
    /* The changeset requires the title; nobody requires the slug. */
    expect(
        COLUMNS(COLUMN("title", "text", NOT_NULL) "," COLUMN("slug", "text", NOT_NULL) "," COLUMN(
            "views", "bigint", "") "," STATUS "," RANK
                                   "," COLUMN("old", "text", NOT_NULL ",'default_value':'x'")),
        "hint value required lib/post.ex:6\n");
    expect(WHOLE(BASE_POSTS "," TAGS "," TABLE(
               "dark", COLUMN("x", "text", "") "," COLUMN("y", "text", "") "," COLUMN(
                           "z", "text", NOT_NULL)) "," POSTS_TAGS),
           "hint value required lib/dark.ex:3\n");
}

static void
test_types(void)
{
    expect(
        COLUMNS(
            COLUMN("title", "character varying(20)", "") "," COLUMN("slug", "text", "") "," COLUMN(
                "views", "integer", "") "," STATUS "," RANK
                                        "," COLUMN("old", "text", NOT_NULL ",'default_value':'x'")),
        "hint type narrowed lib/post.ex:5\nhint type narrowed lib/post.ex:7\n");
    expect(
        COLUMNS(COLUMN("title", "uuid", "") "," COLUMN("slug", "citext", "") "," COLUMN(
            "views", "bigint", "") "," STATUS "," RANK
                                   "," COLUMN("old", "integer", NOT_NULL ",'default_value':'x'")),
        "proved type replaced lib/post.ex:5\n");
    /* Ecto loads both into a :utc_datetime, but no date. */
    expect(WHOLE(BASE_POSTS "," TABLE(
               "tags", TAG_COLUMNS("timestamp with time zone")) "," DARK "," POSTS_TAGS),
           "hint type replaced lib/tag.ex:5\n");
    expect(WHOLE(BASE_POSTS "," TABLE("tags", TAG_COLUMNS("date")) "," DARK "," POSTS_TAGS),
           "proved type replaced lib/tag.ex:5\n");
}

static void
test_labels(void)
{
#define POSTS_ONLY ",'tables':[" BASE_POSTS "," TAGS "," DARK "," POSTS_TAGS "]"
    expect(LABELS("'draft'") POSTS_ONLY, "proved label gone lib/post.ex:8\n");
    expect(LABELS("'draft','online'") POSTS_ONLY,
           "proved label gone lib/post.ex:8\nhint label added lib/post.ex:8\n");
    expect(LABELS("'draft','live','gone'") POSTS_ONLY, "hint label added lib/post.ex:8\n");
}

static void
test_defaults(void)
{
    /* No field maps the column; the field of rank has a default of its own. */
    expect(COLUMNS(COLUMN("title", "text", "") "," COLUMN("slug", "text", "") "," COLUMN(
               "views", "bigint", "") "," STATUS
                                      "," COLUMN("rank", "integer",
                                                 NOT_NULL) "," COLUMN("old", "text", NOT_NULL)),
           "proved default changed lib/post.ex:4\n");
    expect(COLUMNS(COLUMN("title", "text", "") "," COLUMN("slug", "text", "") "," COLUMN(
               "views", "bigint", "") "," STATUS "," RANK
                                      "," COLUMN("old", "text", NOT_NULL ",'default_value':'y'")),
           "hint default changed lib/post.ex:4\n");
}

static void
test_rules(void)
{
    expect(WITH(POSTS_TABLE("posts", POSTS, UNIQUE("posts_slug_key", "slug"),
                            CHECK("posts_views_check"))),
           "proved constraint renamed lib/post.ex:17\n");
    expect(WITH(POSTS_TABLE("posts", POSTS, UNIQUE("posts_slug_index", "slug"),
                            CHECK("views_above_zero"))),
           "proved constraint renamed lib/post.ex:18\n");
    /* What goes can be violated no more. */
    expect(WITH(POSTS_TABLE("posts", POSTS, UNIQUE("posts_slug_index", "slug"), "")), "");
    expect(WITH(POSTS_TABLE("posts", POSTS,
                            UNIQUE("posts_slug_index", "slug") "," UNIQUE("posts_title", "title"),
                            CHECK("posts_views_check"))),
           "hint rule added lib/post.ex:4\n");
    /* About a column that old code leaves alone. */
    expect(WITH(POSTS_TABLE("posts", POSTS "," COLUMN("z", "text", ""),
                            UNIQUE("posts_slug_index", "slug") "," UNIQUE("posts_z", "z"),
                            CHECK("posts_views_check"))),
           "");
}

/* ON CONFLICT (slug) finds an index over just these columns, and over all rows. */
static void
test_conflict_targets(void)
{
#define POSTS_WITH(indexes) WITH(POSTS_TABLE("posts", POSTS, indexes, CHECK("posts_views_check")))
#define SOME_ROWS                                                                                  \
    "{'name':'posts_slug_some','unique':true,'predicate':'views > 0',"                             \
    "'definition':'CREATE UNIQUE INDEX posts_slug_some ON public.posts USING btree (slug) WHERE "  \
    "(views > 0)','keys':[{'position':1,'column':'slug'}]}"
    const char *const lost = "hint conflict target\n";
    expect(POSTS_WITH(""), lost);
    expect_from(POSTS_WITH(UNIQUE("posts_slug_index", "slug") "," SOME_ROWS), POSTS_WITH(SOME_ROWS),
                lost);
    expect_from(
        POSTS_WITH(UNIQUE("posts_slug_index", "slug") "," UNIQUE("posts_slug_again", "slug")),
        POSTS_WITH(UNIQUE("posts_slug_index", "slug")), "");
    expect_from(POSTS_WITH(SOME_ROWS), POSTS_WITH(""), "");
    expect_from(POSTS_WITH(UNIQUE("posts_title", "title")), POSTS_WITH(""), "");
}

static void
test_type_changes(void)
{
    static const struct {
        const char *before;
        const char *after;
        enum type_change change;
    } cases[] = {
        {"integer", "bigint", TYPE_WIDER},
        {"bigint", "integer", TYPE_NARROWER},
        {"integer", "numeric", TYPE_OTHER},
        {"text", "character varying(10)", TYPE_NARROWER},
        {"character varying(10)", "character varying(20)", TYPE_WIDER},
        {"character varying(20)", "character varying(10)", TYPE_NARROWER},
        {"character varying(20)", "character varying", TYPE_WIDER},
        {"text", "character", TYPE_NARROWER},
        {"text", "citext", TYPE_WIDER},
        {"numeric(10,2)", "numeric(12,2)", TYPE_WIDER},
        {"numeric(10,2)", "numeric(10,4)", TYPE_NARROWER},
        {"numeric(10,2)", "numeric", TYPE_WIDER},
        {"numeric", "numeric(10,2)", TYPE_NARROWER},
        {"numeric(10,2)", "numeric(12)", TYPE_NARROWER},
        {"timestamp(6) without time zone", "timestamp(0) without time zone", TYPE_NARROWER},
        {"timestamp(0) without time zone", "timestamp without time zone", TYPE_WIDER},
        {"timestamp without time zone", "timestamp with time zone", TYPE_OTHER},
        {"integer[]", "bigint[]", TYPE_WIDER},
        {"integer", "integer[]", TYPE_OTHER},
        {"public.a", "public.b", TYPE_OTHER},
        {"uuid", "text", TYPE_OTHER},
        {"real", "double precision", TYPE_WIDER},
        {"json", "jsonb", TYPE_WIDER},
        {"numeric(", "numeric()", TYPE_OTHER},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (type_change_of(cases[i].before, cases[i].after) != cases[i].change)
            g_error("%s → %s", cases[i].before, cases[i].after);
}

/* Each kind has its words. */
static void
test_words(void)
{
    for (int i = 0; i < BREAKS; i++) {
        g_assert_nonnull(break_words[i].title);
        g_assert_true(g_str_has_suffix(break_words[i].order, "."));
        g_assert_nonnull(stage_words[break_words[i].stage]);
    }
}

int
main(int argc, char **argv)
{
    static const struct support_test tests[] = {
        {"/compatibility/tables", test_tables},
        {"/compatibility/renamed table", test_renamed_table},
        {"/compatibility/columns", test_columns},
        {"/compatibility/required", test_required},
        {"/compatibility/types", test_types},
        {"/compatibility/labels", test_labels},
        {"/compatibility/defaults", test_defaults},
        {"/compatibility/rules", test_rules},
        {"/compatibility/conflict targets", test_conflict_targets},
        {"/compatibility/type changes", test_type_changes},
        {"/compatibility/words", test_words},
    };
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
