/* test_ecto_query.c - queries that change rows, as the SQL that does it. */
#include "ecto_world.h"
#include "support.h"

static void
check(const char *body, const char *expected)
{
    g_autofree char *module = g_strdup_printf("defmodule Blog.Repo.Migrations.Try do\n"
                                              "  use Ecto.Migration\n  import Ecto.Query\n"
                                              "  import Blog.Helper\n  alias Blog.Repo\n"
                                              "  @table \"posts\"\n"
                                              "  def up do\n%s\nend\nend\n",
                                              body);
    struct arena *arena = arena_new();
    struct migrations migrations;
    support_write(FOLDER "/1_try.exs", module);
    ecto_read_all(arena, &migrations);
    ecto_check_plan(&migrations.items[0].up, body, expected);
    arena_free(arena);
}

struct row {
    const char *body;
    const char *expected;
};

static void
check_rows(const struct row *rows, size_t count)
{
    support_write("lib/blog/helper.ex", "defmodule Blog.Helper do\n  import Ecto.Migration\n"
                                        "  def touch(name), do: execute(\"-- #{name}\")\nend\n");
    support_write(
        "lib/blog/post.ex",
        "defmodule Blog.Post do\n  use Ecto.Schema\n  @schema_prefix \"app\"\n"
        "  schema \"posts\" do\n    field :title, :string\n    field :secret, Blog.Secret\n"
        "    field :state, Ecto.Enum, values: [:a]\n"
        "    field :body, :string, source: :text\n    timestamps()\n  end\nend\n");
    for (size_t i = 0; i < count; i++)
        check(rows[i].body, rows[i].expected);
}

static void
test_read(void)
{
    static const struct row rows[] = {
        {"Repo.update_all(\"posts\", set: [a: \"it's\", b: 3, c: true, d: nil, e: [\"x\", \"y\"]])",
         "> UPDATE \"posts\" AS p0 SET \"a\" = 'it''s', \"b\" = 3, \"c\" = TRUE, \"d\" = NULL, "
         "\"e\" = ARRAY['x','y']\n"},
        {"from(p in @table, update: [set: [a: p.b]]) |> Repo.update_all([])",
         "> UPDATE \"posts\" AS p0 SET \"a\" = p0.\"b\"\n"},
        {"old = \"x\"\nrepo().update_all(from(p in \"posts\", where: p.a == ^old and is_nil(p.b), "
         "where: p.c in [1, 2]), set: [a: \"y\"])",
         "> UPDATE \"posts\" AS p0 SET \"a\" = 'y' WHERE ((p0.\"a\" = 'x') AND (p0.\"b\" IS NULL)) "
         "AND (p0.\"c\" IN (1,2))\n"},
        {"from(p in \"posts\", where: not is_nil(p.a) or p.b > 1) |> Repo.delete_all()",
         "> DELETE FROM \"posts\" AS p0 WHERE (NOT (p0.\"a\" IS NULL) OR (p0.\"b\" > 1))\n"},
        {"Ecto.Query.from(p in \"posts\", update: [set: [a: fragment(\"left(?, 40) || '\\\\?'\", "
         "p.b)]]) |> Repo.update_all([])",
         "> UPDATE \"posts\" AS p0 SET \"a\" = left(p0.\"b\", 40) || '?'\n"},
        {"\"posts\" |> where([p], p.a == 1) |> where(b: 2, c: 3) |> update([p], set: [d: p.e]) |> "
         "Repo.update_all([])",
         "> UPDATE \"posts\" AS p0 SET \"d\" = p0.\"e\" WHERE (p0.\"a\" = 1) AND ((p0.\"b\" = 2) "
         "AND (p0.\"c\" = 3))\n"},
        {"Repo.delete_all(Blog.Post)", "> DELETE FROM \"app\".\"posts\" AS p0\n"},
        {"Repo.update_all(Blog.Post, set: [title: \"x\"])",
         "> UPDATE \"app\".\"posts\" AS p0 SET \"title\" = 'x'\n"},
        {"Repo.update_all(from(p in Blog.Post, update: [set: [title: p.body]]), [])",
         "> UPDATE \"app\".\"posts\" AS p0 SET \"title\" = p0.\"text\"\n"},
        {"touch_all", "? dbdoc does not follow the call of touch_all\n"},
        /* A helper is not taken for a word of Ecto.Query. */
        {"touch(\"a\")", "-- a\n"},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static void
test_not_read(void)
{
#define NOT_READ "? dbdoc does not read this query\n"
    static const struct row rows[] = {
        /* Ecto makes another value of it, or dbdoc does not know the column. */
        {"Repo.update_all(Blog.Post, set: [secret: \"x\"])", NOT_READ},
        {"Repo.update_all(Blog.Post, set: [body: \"x\"])", NOT_READ},
        {"Repo.update_all(Blog.Nobody, set: [a: 1])", NOT_READ},
        {"Repo.update_all(\"posts\", inc: [a: 1])", NOT_READ},
        {"Repo.update_all(\"posts\", set: [a: %{}])", NOT_READ},
        {"Repo.update_all(\"po\\\"sts\", set: [a: 1])", NOT_READ},
        {"Repo.update_all(\"posts\", [])", NOT_READ},
        {"Repo.delete_all(\"posts\", prefix: \"p\")", NOT_READ},
        {"Repo.delete_all(\"posts\", timeout: 1)", "> DELETE FROM \"posts\" AS p0\n"},
        {"Repo.update_all(from(p in \"posts\", select: p.a), set: [a: 1])",
         "? dbdoc does not read the query from(p in \"posts\", select: p.a)\n"},
        {"Repo.delete_all(from(p in \"posts\", where: q.a == 1))",
         "? dbdoc does not read the query from(p in \"posts\", where: q.a == 1)\n"},
        {"Repo.delete_all(from(p in \"posts\", where: p.a == ^System.get_env(\"A\")))",
         "? dbdoc does not read the query from(p in \"posts\", where: p.a == "
         "^System.get_env(\"A\"))\n"},
        {"Repo.all(from(p in \"posts\", where: p.a == 1))",
         "? dbdoc does not follow the call of Blog.Repo.all\n"},
    };
    check_rows(rows, G_N_ELEMENTS(rows));
}

static const struct support_test tests[] = {
    {"/query/read", test_read},
    {"/query/not-read", test_not_read},
};

int
main(int argc, char **argv)
{
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
