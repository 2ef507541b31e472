/* test_code_values.c - the values that code and columns allow: those of Ecto.Enum, and lists of
 * changesets. */
#include "code_world.h"

#include <string.h>

#define STATES                                                                                     \
    USERS("{'name':'state','type':'public.state','type_object':'public.state'},", PRIMARY "]")     \
    ",'enum_types':[{'schema':'public','name':'state','labels':['a','b']}]"

static void
test_labels(void)
{
    static const char slug[] = "enum-labels-differ";
    code_check(
        slug, STATES, SCHEMA("    field :state, Ecto.Enum, values: [:a, :b, :c]\n") "end\n",
        "lib/user.ex:4 public.users.state warning proved `users.state` and its Ecto.Enum do not "
        "have the same values\n");
    code_check(
        slug, STATES, SCHEMA("    field :state, Ecto.Enum, values: [:a]\n") "end\n",
        "lib/user.ex:4 public.users.state note proved `users.state` and its Ecto.Enum do not "
        "have the same values\n");
    code_check(slug, STATES,
               SCHEMA("    field :state, Ecto.Enum, values: [x: \"b\", y: \"a\"]\n") "end\n", "");
    code_check(slug, STATES, SCHEMA("    field :state, Ecto.Enum, values: states()\n") "end\n", "");
}

#define LISTED(check)                                                                              \
    USERS("{'name':'state','type':'text'},",                                                       \
          PRIMARY ",{'name':'c','kind':'check','columns':['state'],'definition':'" check "'}]")
#define QUOTE "\\u0027"
#define A_B   "ARRAY[" QUOTE "a" QUOTE "::character varying, " QUOTE "b" QUOTE "::character varying]"

/* A CHECK counts where it is a list of values and nothing else. */
static void
test_listed(void)
{
    static const char slug[] = "enum-labels-differ";
    static const char three[] = SCHEMA(
        "    field :state, Ecto.Enum, values: [:a, :b, :c]\n") "end\n";
    static const char two[] = SCHEMA("    field :state, Ecto.Enum, values: [:a, :b]\n") "end\n";
    static const char one[] = SCHEMA("    field :state, Ecto.Enum, values: [:a]\n") "end\n";
    static const char list[] = LISTED("CHECK (((state)::text = ANY ((" A_B ")::text[])))");
    code_check(
        slug, list, three,
        "lib/user.ex:4 public.users.state warning proved `users.state` and its Ecto.Enum do not "
        "have the same values\n");
    code_check(slug, list, two, "");
    code_check(
        slug, list, one,
        "lib/user.ex:4 public.users.state note proved `users.state` and its Ecto.Enum do not "
        "have the same values\n");
    code_check(slug, LISTED("CHECK ((state = " QUOTE "it" QUOTE QUOTE "s" QUOTE "::text))"),
               SCHEMA("    field :state, Ecto.Enum, values: [x: \"it's\"]\n") "end\n", "");
    code_check(
        slug,
        LISTED("CHECK (((state = " QUOTE "a" QUOTE "::text) OR (state = " QUOTE "b" QUOTE
               "::text)))"),
        three,
        "lib/user.ex:4 public.users.state warning proved `users.state` and its Ecto.Enum do not "
        "have the same values\n");
    code_check(slug, LISTED("CHECK ((NOT (state = ANY (" A_B "))))"), three, "");
    code_check(slug, LISTED("CHECK (((state = ANY (" A_B ")) OR (state IS NULL)))"), three, "");
    code_check(slug, LISTED("CHECK ((lower(state) = ANY (" A_B ")))"), three, "");
    code_check(slug, LISTED("CHECK ((state <> ALL (" A_B ")))"), three, "");
}

/* A CHECK of the domain lists the values as one of the table does. */
#define BY_DOMAIN(check)                                                                           \
    USERS("{'name':'state','type':'public.states','type_object':'public.states'},", PRIMARY "]")   \
    ",'domains':[{'schema':'public','name':'states','type':'text','constraints':[{'name':'d',"     \
    "'definition':'" check "'}]}]"

static void
test_domains(void)
{
    static const char three[] = SCHEMA(
        "    field :state, Ecto.Enum, values: [:a, :b, :c]\n") "end\n";
    code_check("enum-labels-differ", BY_DOMAIN("CHECK ((VALUE = ANY (" A_B ")))"), three,
               "lib/user.ex:4 public.users.state warning proved `users.state` and its Ecto.Enum do "
               "not have the same values\n");
    code_check("enum-labels-differ", BY_DOMAIN("CHECK ((length(VALUE) < 9))"), three, "");
}

#define LIST(values)                                                                               \
    SCHEMA("    field :state, :string\n")                                                          \
    "  import Ecto.Changeset\n  @states " values "\n"                                              \
    "  def changeset(user, attrs) do\n"                                                            \
    "    user |> cast(attrs, [:state]) |> validate_inclusion(:state, @states)\n  end\n"
#define PLAIN USERS("{'name':'state','type':'text'},", PRIMARY "]")

static void
test_inclusions(void)
{
    static const char slug[] = "changeset-values-differ";
    static const char said[] = "lib/user.ex:9 public.users.state warning proved `users.state` and "
                               "its changeset do not allow the same values\n";
    static const char less[] = "lib/user.ex:9 public.users.state note hint `users.state` and its "
                               "changeset do not allow the same values\n";
    static const char check[] = LISTED("CHECK ((state = ANY (" A_B ")))");
    code_check(slug, check, LIST("~w(a b c)") "end\n", said);
    code_check(slug, STATES, LIST("~w(a b c)") "end\n", said);
    code_check(slug, BY_DOMAIN("CHECK ((VALUE = ANY (" A_B ")))"), LIST("~w(a b c)") "end\n", said);
    code_check(slug, check, LIST("~w(a b)") "end\n", "");
    code_check(slug, PLAIN, LIST("~w(a b c)") "end\n", "");
    code_check(slug, check, LIST("states()") "end\n", "");
    /* One value that no changeset lets pass; and where another function does. */
    code_check(slug, check, LIST("~w(a)") "end\n", less);
    code_check(slug, check,
               LIST("~w(a)") "  def admin(user, attrs), do: cast(user, attrs, [:state])\nend\n",
               "");
    code_check(slug, check,
               LIST("~w(a)") "  def admin(user, attrs), do: user |> cast(attrs, [:state]) |> "
                             "validate_inclusion(:state, [\"b\"])\nend\n",
               "");
}

/* Without a list of the database, the changeset's is what keeps the values, and the rule about
 * states leaves the column to it. */
static void
test_kept_by_code(void)
{
    static const char slug[] = "validation-only-in-code";
    static const char said[] = "lib/user.ex:9 public.users.state note hint Only a changeset keeps "
                               "`users.state` to its values\n";
    static const char state[] = "-:0 public.users.state note hint `users.state` takes any text for "
                                "a state\n";
    static const char partly[] = LIST("~w(a)") "  def admin(user, attrs), do: cast(user, attrs, "
                                               "[:state])\nend\n";
    code_check(slug, PLAIN, LIST("~w(a b)") "end\n", said);
    code_check("state-without-check", PLAIN, LIST("~w(a b)") "end\n", "");
    code_check(slug, PLAIN, partly, "");
    code_check("state-without-check", PLAIN, partly, state);
    code_check(slug, LISTED("CHECK ((state = ANY (" A_B ")))"), LIST("~w(a b)") "end\n", "");
    code_check(slug, STATES, LIST("~w(a b)") "end\n", "");
}

int
main(int argc, char **argv)
{
    static const struct support_test tests[] = {
        {"/values/labels", test_labels},
        {"/values/listed", test_listed},
        {"/values/domains", test_domains},
        {"/values/inclusions", test_inclusions},
        {"/values/kept_by_code", test_kept_by_code},
    };
    return support_run(argc, argv, tests, G_N_ELEMENTS(tests));
}
