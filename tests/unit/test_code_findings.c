/* test_code_findings.c - Ecto's schema modules against the catalog: each rule with a case that it
 * reports, one that is right, and those that it must leave alone. */
#include "code_world.h"

#include <string.h>

#define CATALOG_BY_EMAIL USERS(EMAIL, KEY BY_EMAIL "]," PRIMARY "]")

static void
test_constraint_unknown(void)
{
    static const char slug[] = "changeset-constraint-unknown";
    code_check(slug, CATALOG_BY_EMAIL,
               SCHEMA("    field :email, :string\n") CAST(" |> unique_constraint(:email)") "end\n",
               "lib/user.ex:8 public.users error proved `unique_constraint` looks for "
               "`users_email_index`, which is not there\n");
    code_check(slug, USERS(EMAIL, KEY "]," PRIMARY "]"),
               SCHEMA("    field :email, :string\n") CAST(" |> unique_constraint(:email)") "end\n",
               "lib/user.ex:8 public.users warning proved `unique_constraint` looks for "
               "`users_email_index`, which is not there\n");
    code_check(slug, CATALOG_BY_EMAIL,
               SCHEMA("    field :email, :string\n")
                   CAST(" |> unique_constraint(:email, name: \"users_email\")") "end\n",
               "");
    code_check(slug, CATALOG_BY_EMAIL,
               SCHEMA("    field :email, :string\n")
                   CAST(" |> unique_constraint(:email, name: :email, match: :suffix)") "end\n",
               "");
    /* A name that only a running program knows; one that a function may raise. */
    code_check(slug, CATALOG_BY_EMAIL,
               SCHEMA("    field :email, :string\n")
                   CAST(" |> unique_constraint(:email, name: name())") "end\n",
               "");
    code_check(slug,
               CATALOG_BY_EMAIL ",'functions':[{'schema':'public','name':'f','argument_types':'',"
                                "'kind':'function','definition':'RAISE users_limit'}]",
               SCHEMA("    field :email, :string\n")
                   CAST(" |> check_constraint(:email, name: :users_limit)") "end\n",
               "");
    /* The table is not in this database. */
    code_check(slug, "'tables':[]",
               SCHEMA("    field :email, :string\n") CAST(" |> unique_constraint(:email)") "end\n",
               "");
}

static void
test_unique_uncaught(void)
{
    static const char slug[] = "unique-index-uncaught";
    code_check(
        slug, CATALOG_BY_EMAIL, SCHEMA("    field :email, :string\n") CAST("") "end\n",
        "lib/user.ex:8 public.users_email warning proved No changeset knows of the unique index "
        "`users_email`\n");
    code_check(slug, CATALOG_BY_EMAIL,
               SCHEMA("    field :email, :string\n")
                   CAST(" |> unique_constraint(:x, name: :users_email)") "end\n",
               "");
    /* Nothing casts it; an insert says what to do; the name is not known. */
    code_check(slug, CATALOG_BY_EMAIL, SCHEMA("    field :email, :string\n") "end\n", "");
    code_check(
        slug, CATALOG_BY_EMAIL,
        SCHEMA("    field :email, :string\n") CAST(
            "") "  def put(u), do: Repo.insert(u, on_conflict: :nothing, conflict_target: :email)\n"
                "end\n",
        "");
    code_check(slug, CATALOG_BY_EMAIL,
               SCHEMA("    field :email, :string\n")
                   CAST(" |> unique_constraint(:email, name: name())") "end\n",
               "");
    /* The primary key is violated first. */
    code_check(slug,
               USERS(EMAIL,
                     KEY ",{'name':'users_id_email','method':'btree','unique':true,'valid':true,"
                         "'ready':true,'definition':'CREATE','keys':[{'position':1,'column':'id'},"
                         "{'position':2,'column':'email'}]}]," PRIMARY "]"),
               SCHEMA("    field :email, :string\n") CAST("") "end\n", "");
}

static void
test_columns(void)
{
    code_check(
        "field-without-column", USERS("", PRIMARY "]"),
        SCHEMA("    field :email, :string\n    field :v, :string, virtual: true\n"
               "    field :xmin, :integer\n") "end\n",
        "lib/user.ex:4 public.users error proved `users` has no column `email` for its field\n");
    code_check("field-without-column", USERS(EMAIL, PRIMARY "]"),
               SCHEMA("    field :mail, :string, source: :email\n") "end\n", "");
    code_check("column-without-field", USERS(EMAIL, PRIMARY "]"), SCHEMA("") "end\n",
               "lib/user.ex:3 public.users.email note hint No schema module has `users.email`\n");
    code_check("column-without-field", USERS(EMAIL, PRIMARY "]"),
               SCHEMA("    pow_user_fields()\n") "end\n", "");
    code_check("column-without-field", USERS(EMAIL, PRIMARY "]"),
               SCHEMA("") "end\ndefmodule Other do\n  use Ecto.Schema\n  schema \"users\" do\n"
                          "    field :email, :string\n  end\nend\n",
               "");
    code_check("column-without-field",
               USERS("{'name':'email','type':'text','generated':'stored'},", PRIMARY "]"),
               SCHEMA("") "end\n", "");
    code_check("column-without-field", USERS("{'name':'email','type':'tsvector'},", PRIMARY "]"),
               SCHEMA("") "end\n", "");
    code_check(
        "column-required-unfilled", USERS(REQUIRED, PRIMARY "]"), SCHEMA("") "end\n",
        "lib/user.ex:3 public.users.email warning proved No schema module fills `users.email`, "
        "which must not be empty\n");
    code_check("column-required-unfilled", USERS(REQUIRED, PRIMARY "]"),
               SCHEMA("    field :email, :string\n") "end\n", "");
    code_check(
        "column-required-unfilled",
        USERS("{'name':'email','type':'text','not_null':true,'default_value':'x'},", PRIMARY "]"),
        SCHEMA("") "end\n", "");
    code_check("column-required-unfilled", USERS(REQUIRED, PRIMARY "]"),
               SCHEMA("    pow_user_fields()\n") "end\n", "");
}

static void
test_types(void)
{
    static const char slug[] = "field-type-mismatch";
    code_check(
        slug, USERS("{'name':'n','type':'numeric(8,2)'},", PRIMARY "]"),
        SCHEMA("    field :n, :float\n") "end\n",
        "lib/user.ex:4 public.users.n error proved `users.n` is `numeric(8,2)`, and its field "
        "`:float`\n");
    code_check(slug, USERS("{'name':'n','type':'numeric(8,2)'},", PRIMARY "]"),
               SCHEMA("    field :n, :decimal\n") "end\n", "");
    /* Types that say themselves what they are stored as, and columns of other types. */
    code_check(slug, USERS("{'name':'n','type':'numeric'},", PRIMARY "]"),
               SCHEMA("    field :n, Money.Type\n") "end\n", "");
    code_check(slug, USERS("{'name':'n','type':'public.citext'},", PRIMARY "]"),
               SCHEMA("    field :n, :string\n") "end\n", "");
    code_check(slug, USERS("{'name':'n','type':'text[]'},", PRIMARY "]"),
               SCHEMA("    field :n, {:array, :string}\n") "end\n", "");
    code_check(slug, USERS("{'name':'n','type':'jsonb'},", PRIMARY "]"),
               SCHEMA("    embeds_many :n, Part\n") "end\n", "");
    code_check(slug, USERS("{'name':'n','type':'integer'},", PRIMARY "]"),
               SCHEMA("    field :n, Ecto.Enum, values: [a: 1]\n") "end\n", "");
}

static void
test_precision(void)
{
    static const char slug[] = "timestamp-precision-lost";
    code_check(
        slug,
        USERS("{'name':'inserted_at','type':'timestamp(0) without time zone'},"
              "{'name':'updated_at','type':'timestamp(0) without time zone'},",
              PRIMARY "]"),
        SCHEMA("    timestamps type: :utc_datetime_usec\n") "end\n",
        "lib/user.ex:4 public.users warning proved `users (inserted_at, updated_at)` keeps no "
        "microseconds\n");
    code_check(slug,
               USERS("{'name':'inserted_at','type':'timestamp without time zone'},"
                     "{'name':'updated_at','type':'timestamp(0) without time zone'},",
                     PRIMARY "]"),
               SCHEMA("    timestamps type: :utc_datetime_usec\n") "end\n",
               "lib/user.ex:4 public.users.updated_at warning proved `users.updated_at` keeps no "
               "microseconds\n");
    code_check(slug, USERS("{'name':'at','type':'timestamp(0) without time zone'},", PRIMARY "]"),
               SCHEMA("    field :at, :utc_datetime\n") "end\n", "");
    code_check(slug, USERS("{'name':'at','type':'timestamp without time zone'},", PRIMARY "]"),
               SCHEMA("    field :at, :utc_datetime_usec\n") "end\n", "");
}

#define TEAM(columns, more)                                                                        \
    "'tables':[{'schema':'public','name':'teams','kind':'ordinary','columns':[{'name':'id',"       \
    "'type':'bigint','not_null':true}]," PRIMARY "],'indexes':[{'name':'teams_pkey','method':"     \
    "'btree','unique':true,'primary':true,'valid':true,'ready':true,'definition':'CREATE','keys':" \
    "[{'position':1,'column':'id'}]}]},{'schema':'public','name':'users','kind':'ordinary',"       \
    "'columns':[{'name':'id','type':'bigint','not_null':true}" columns "]," PRIMARY more "]}]"
#define TEAM_ID ",{'name':'team_id','type':'bigint'}"
#define TEAM_KEY                                                                                   \
    ",{'name':'users_team_id_fkey','kind':'foreign key','columns':['team_id'],"                    \
    "'references':'public.teams','referenced_columns':['id'],'definition':'FOREIGN KEY'}"
#define TEAM_SCHEMA(body)                                                                          \
    "defmodule Team do\n  use Ecto.Schema\n  schema \"teams\" do\n" body "  end\nend\n"

static void
test_associations(void)
{
    static const char belongs[] = "belongs-to-without-fk";
    static const char has[] = "has-many-without-fk";
    code_check(
        belongs, TEAM(TEAM_ID, ""), SCHEMA("    belongs_to :team, Team\n") "end\n" TEAM_SCHEMA(""),
        "lib/user.ex:4 public.users.team_id warning proved `users.team_id` has no foreign key to "
        "`teams`\n");
    code_check(belongs, TEAM(TEAM_ID, TEAM_KEY),
               SCHEMA("    belongs_to :team, Team\n") "end\n" TEAM_SCHEMA(""), "");
    /* It may point to several tables; the other module is not of this database. */
    code_check(belongs, TEAM(TEAM_ID ",{'name':'team_type','type':'text'}", ""),
               SCHEMA("    belongs_to :team, Team\n") "end\n" TEAM_SCHEMA(""), "");
    code_check(belongs, TEAM(TEAM_ID, ""), SCHEMA("    belongs_to :team, Team\n") "end\n", "");
    code_check(
        has, TEAM(TEAM_ID, ""),
        SCHEMA("    field :team_id, :id\n") "end\n" TEAM_SCHEMA("    has_many :users, User\n"),
        "lib/user.ex:10 public.users.team_id warning proved `users.team_id` has no foreign key "
        "to `teams`\n");
    code_check(
        has, TEAM("", ""), SCHEMA("") "end\n" TEAM_SCHEMA("    has_one :user, User\n"),
        "lib/user.ex:9 public.teams warning proved `has_one` `user` needs a column `team_id` "
        "that `users` lacks\n");
    code_check(
        has, TEAM(TEAM_ID, TEAM_KEY),
        SCHEMA("    field :team_id, :id\n") "end\n" TEAM_SCHEMA("    has_many :users, User\n"), "");
    /* The other side says it; a part of the rows; by way of something else. */
    code_check(
        has, TEAM(TEAM_ID, ""),
        SCHEMA("    belongs_to :team, Team\n") "end\n" TEAM_SCHEMA("    has_many :users, User\n"),
        "");
    code_check(has, TEAM("", ""),
               SCHEMA("") "end\n" TEAM_SCHEMA("    has_many :users, User, where: [a: 1]\n"
                                              "    has_many :posts, through: [:users, :posts]\n"),
               "");
}

static void
test_options(void)
{
    code_check("field-option-refused", USERS(EMAIL, PRIMARY "]"),
               SCHEMA("    field :email, :string, null: false\n") "end\n",
               "lib/user.ex:4 public.users error proved `field` takes no option `null`\n");
    code_check("field-option-refused", USERS(EMAIL, PRIMARY "]"),
               SCHEMA("    field :email, :string, default: \"\", redact: true\n") "end\n", "");
    code_check("field-option-refused", USERS(EMAIL, PRIMARY "]"),
               SCHEMA("    field :email, Money.Type, currency: :EUR\n") "end\n", "");
    support_write("mix.lock", "%{\n  \"ecto\": {:hex, :ecto, \"3.4.6\", \"x\"},\n}\n");
    code_check("field-option-refused", USERS(EMAIL, PRIMARY "]"),
               SCHEMA("    field :email, :string, null: false\n") "end\n",
               "lib/user.ex:4 public.users warning proved `field` takes no option `null`\n");
    support_write("mix.lock", "");
}

static void
test_secrets(void)
{
    static const char slug[] = "field-not-redacted";
    code_check(
        slug, USERS("{'name':'api_token','type':'text'},", PRIMARY "]"),
        SCHEMA(
            "    field :api_token, :string\n    field :password, :string, virtual: true\n") "end\n",
        "lib/user.ex:4 public.users.api_token warning hint Logs may show `api_token` of `User`\n"
        "lib/user.ex:5 public.users warning hint Logs may show `password` of `User`\n");
    code_check(slug, USERS("", PRIMARY "]"),
               SCHEMA("    field :password_hash, :string, virtual: true, redact: true\n"
                      "    field :token_count, :integer, virtual: true\n"
                      "    field :password_changed_at, :utc_datetime, virtual: true\n"
                      "    field :secret, :boolean, virtual: true\n"
                      "    field :public_token, :string, virtual: true\n"
                      "    field :next_page_token, :string, virtual: true\n"
                      "    field :token_type, :string, virtual: true\n") "end\n",
               "");
    code_check(slug, USERS("", PRIMARY "]"),
               "defmodule User do\n  use Ecto.Schema\n  @derive {Inspect, except: [:token]}\n"
               "  schema \"users\" do\n    field :token, :string, virtual: true\n  end\nend\n",
               "");
    code_check(
        slug, USERS("", PRIMARY "]"),
        SCHEMA("    field :token, :string, virtual: true\n") "  defimpl Inspect do\n    def "
                                                             "inspect(_, _), do: \"User\"\n  "
                                                             "end\nend\n",
        "");
}

/* One fact is one finding: the rule about the code says it, as it knows the place. */
static void
test_told_once(void)
{
    static const char table[] = USERS("{'name':'password','type':'text'},"
                                      "{'name':'at','type':'timestamp(0) without time zone'},",
                                      PRIMARY "]");
    static const char careless[] = SCHEMA("    field :password, :string\n"
                                          "    field :at, :utc_datetime_usec\n") "end\n";
    static const char careful[] = SCHEMA("    field :password, :string, redact: true\n"
                                         "    field :at, :utc_datetime\n") "end\n";
    code_check(
        "field-not-redacted", table, careless,
        "lib/user.ex:4 public.users.password warning hint Logs may show `password` of `User`\n");
    code_check("sensitive-column", table, careless, "");
    code_check("timestamp-precision-lost", table, careless,
               "lib/user.ex:5 public.users.at warning proved `users.at` keeps no microseconds\n");
    code_check("type-timestamp-precision", table, careless, "");
    code_check("sensitive-column", table, careful,
               "-:0 public.users.password note hint `users.password` sounds like a secret in the "
               "clear\n");
    code_check("type-timestamp-precision", table, careful,
               "-:0 public.users.at note proved Column `users.at` is rounded to whole seconds\n");
}

#define KEY_OF_EMAIL(table, action)                                                                \
    ",{'name':'f','kind':'foreign key','columns':['email'],'references':'" table                   \
    "','referenced_columns':['id'],'on_delete':'" action "','definition':'FOREIGN KEY'}"

static void
test_validations(void)
{
    static const char slug[] = "validation-only-in-code";
    static const char plain[] = SCHEMA("    field :email, :string\n")
        CAST(" |> validate_required([:email])") "end\n";
    code_check(
        slug, USERS(EMAIL, PRIMARY "]"), plain,
        "lib/user.ex:8 public.users.email note hint Only a changeset keeps `users.email` from "
        "being NULL\n");
    code_check(slug, USERS(REQUIRED, PRIMARY "]"), plain, "");
    code_check(slug,
               USERS(EMAIL, PRIMARY ",{'name':'c','kind':'check','columns':['email'],"
                                    "'definition':'CHECK (email IS NOT NULL)'}]"),
               plain, "");
    code_check(slug, USERS(EMAIL, PRIMARY "]"),
               SCHEMA("    field :email, :string\n")
                   CAST("") "  def email_changeset(u, a), do: u |> cast(a, [:email]) |> "
                            "validate_required([:email])\nend\n",
               "");
    code_check(
        slug, USERS(EMAIL, PRIMARY "]"),
        SCHEMA("    field :email, :string\n") CAST(" |> validate_required(fields())") "end\n", "");
    /* What a deleted row empties, and the top of a tree. */
    code_check(slug, USERS(EMAIL, PRIMARY KEY_OF_EMAIL("public.teams", "set null") "]"), plain, "");
    code_check(slug, USERS(EMAIL, PRIMARY KEY_OF_EMAIL("public.users", "no action") "]"), plain,
               "");
    code_check(
        slug, USERS(EMAIL, PRIMARY KEY_OF_EMAIL("public.teams", "cascade") "]"), plain,
        "lib/user.ex:8 public.users.email note hint Only a changeset keeps `users.email` from "
        "being NULL\n");
}

#define QUERIES(body)                                                                              \
    SCHEMA("    field :age, :integer\n")                                                           \
    "  import Ecto.Query\n"                                                                        \
    "  alias Blog.Repo\n"                                                                          \
    "  @plans [:free, :paid]\n"                                                                    \
    "  def run(list, id, n) do\n" body "  end\nend\n"

static void
test_loops(void)
{
    static const char slug[] = "query-in-loop";
    static const char said[] = "lib/user.ex:10 - note hint `User.run/3` asks the database once for "
                               "each item of a list\n";
    const char *catalog = USERS("", PRIMARY "]");
    code_check(slug, catalog, QUERIES("    Enum.map(list, fn x -> Repo.get(User, x) end)\n"), said);
    code_check(slug, catalog, QUERIES("    list |> Enum.map(&Repo.preload(&1, :posts))\n"), said);
    code_check(slug, catalog,
               QUERIES("    for x <- list, do: Repo.one(from u in User, where: u.id == ^x)\n"),
               said);
    /* The query is what the loop goes over; writes; lists that are written down or cut. */
    code_check(slug, catalog, QUERIES("    Enum.map(Repo.all(User), fn x -> x.age end)\n"), "");
    code_check(slug, catalog, QUERIES("    Enum.each(list, &Repo.insert!/1)\n"), "");
    code_check(slug, catalog, QUERIES("    for x <- @plans, do: Repo.get_by(User, age: x)\n"), "");
    code_check(slug, catalog,
               QUERIES("    list |> Enum.chunk_every(100) |> Enum.map(fn x -> Repo.all(x) end)\n"),
               "");
}

static void
test_queries(void)
{
    const char *catalog = USERS("", PRIMARY "]");
    code_check("query-offset", catalog,
               QUERIES("    from(u in User, limit: 20, offset: ^n) |> Repo.all()\n"),
               "lib/user.ex:10 public.users note hint `User.run/3` turns pages with OFFSET\n");
    code_check("query-offset", catalog,
               QUERIES("    User |> limit(20) |> offset(^n) |> Repo.all()\n"),
               "lib/user.ex:10 - note hint `User.run/3` turns pages with OFFSET\n");
    code_check("query-offset", catalog, QUERIES("    from(u in User, offset: ^n) |> Repo.all()\n"),
               "");
    code_check("query-offset", catalog,
               QUERIES("    from(u in User, limit: 20, offset: 1) |> Repo.all()\n"), "");
    code_check("query-offset", catalog,
               QUERIES("    from(u in User, limit: 1, offset: ^n) |> Repo.one()\n"), "");
    code_check("query-offset", catalog,
               QUERIES("    User |> offset(^n) |> limit(1) |> Repo.one()\n"), "");
    code_check(
        "query-group-by-key", catalog,
        QUERIES("    Repo.one(from u in User, select: max(u.age), group_by: [u.id])\n"),
        "lib/user.ex:10 public.users note proved `User.run/3` groups by the primary key of the "
        "only table it reads\n");
    code_check("query-group-by-key", catalog,
               QUERIES("    Repo.one(from u in User, select: max(u.age), group_by: u.age)\n"), "");
    code_check("query-group-by-key", catalog,
               QUERIES("    Repo.one(from u in User, join: p in assoc(u, :p), group_by: u.id)\n"),
               "");
}

static void
test_bounds(void)
{
    static const char slug[] = "validation-only-in-code";
    static const char plain[] = SCHEMA("    field :email, :integer\n")
        CAST(" |> validate_number(:email, greater_than_or_equal_to: 18, less_than: 99)") "end\n";
    code_check(
        slug, USERS("{'name':'email','type':'integer'},", PRIMARY "]"), plain,
        "lib/user.ex:8 public.users.email note hint Only a changeset keeps `users.email` within "
        "bounds\n");
    code_check(slug,
               USERS("{'name':'email','type':'integer'},", PRIMARY
                     ",{'name':'c','kind':'check','columns':['email'],'definition':'CHECK'}]"),
               plain, "");
    code_check(slug, USERS("{'name':'email','type':'integer'},", PRIMARY "]"),
               SCHEMA("    field :email, :integer\n")
                   CAST(" |> validate_number(:email, greater_than: least())") "end\n",
               "");
    code_check(slug, USERS("{'name':'email','type':'integer'},", PRIMARY "]"),
               SCHEMA("    field :email, :integer\n") CAST(
                   " |> validate_number(:email, less_than: 9)") "  def other(u, a), do: cast(u, a, "
                                                                "[:email])\nend\n",
               "");
}

/* The rule that goes by names is quiet where an association says it. */
static void
test_suspected(void)
{
    static const char slug[] = "fk-missing-suspected";
    code_check(slug, TEAM(TEAM_ID, ""),
               SCHEMA("    belongs_to :team, Team\n") "end\n" TEAM_SCHEMA(""), "");
    code_check(
        slug, TEAM(TEAM_ID, ""),
        SCHEMA("    field :team_id, :id\n") "end\n" TEAM_SCHEMA("    has_many :users, User\n"), "");
    g_autofree char *text = code_found(slug, TEAM(TEAM_ID, ""), "defmodule None do\nend\n",
                                       PROFILE_DEFAULT);
    g_assert_cmpstr(text, !=, "");
}

/* Off by default: only the profile of matters of taste speaks of it. */
static void
test_unbounded(void)
{
    const char *catalog = USERS("", PRIMARY "]");
    code_check_under(PROFILE_STRICT, "query-unbounded", catalog, QUERIES("    Repo.all(User)\n"),
                     "lib/user.ex:10 public.users note hint `User.run/3` loads a whole table\n");
    code_check_under(PROFILE_STRICT, "query-unbounded", catalog,
                     QUERIES("    Repo.all(from u in User, order_by: u.id)\n"),
                     "lib/user.ex:10 public.users note hint `User.run/3` loads a whole table\n");
    code_check_under(PROFILE_STRICT, "query-unbounded", catalog,
                     QUERIES("    Repo.all(from u in User, limit: 10)\n"), "");
    code_check_under(PROFILE_STRICT, "query-unbounded", catalog, QUERIES("    Repo.all(list)\n"),
                     "");
    code_check("query-unbounded", catalog, QUERIES("    Repo.all(User)\n"), "");
}

/* Without a project nothing is said, and what was accepted of it is not unused. */
static void
test_no_code(void)
{
    struct acceptance acceptance = {
        .slug = "unique-index-uncaught", .reason = "tokens are random", .line = 3};
    const struct config config = {
        .file = "dbdoc.yml", .acceptance_count = 1, .acceptances = &acceptance};
    struct world world = world_new(CATALOG_BY_EMAIL, &config);
    g_assert_null(world_find(&world, "unique-index-uncaught", 0));
    g_assert_null(world_find(&world, "acceptance-unused", 0));
    world_free(&world);
}

int
main(int argc, char **argv)
{
    static const struct support_test tests[] = {
        {"/code/constraint_unknown", test_constraint_unknown},
        {"/code/unique_uncaught", test_unique_uncaught},
        {"/code/columns", test_columns},
        {"/code/types", test_types},
        {"/code/precision", test_precision},
        {"/code/associations", test_associations},
        {"/code/options", test_options},
        {"/code/secrets", test_secrets},
        {"/code/told_once", test_told_once},
        {"/code/validations", test_validations},
        {"/code/bounds", test_bounds},
        {"/code/suspected", test_suspected},
        {"/code/loops", test_loops},
        {"/code/queries", test_queries},
        {"/code/unbounded", test_unbounded},
        {"/code/no_code", test_no_code},
    };
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
