/* test_elixir.c - what Elixir source comes to: the tree, the evaluator, its limits. */
#include "elixir/evaluate.h"
#include "support.h"

#include <string.h>

/* What happened to the host, one line each. */
static GString *heard;

static bool
knows(const struct evaluation *evaluation, const char *module, const char *name)
{
    (void)evaluation;
    return g_strcmp0(module, "Elixir.Host") == 0 && g_str_equal(name, "say");
}

static const struct value *
run_call(struct evaluation *evaluation, const struct call *call)
{
    for (size_t i = 0; i < call->count; i++)
        g_string_append_printf(heard, "%s\n", value_inspect(evaluation->arena, call->arguments[i]));
    return value_atom(evaluation->arena, "said");
}

static void
note_step(struct evaluation *evaluation, const struct syntax *syntax, const char *reason)
{
    (void)evaluation;
    g_string_append_printf(heard, "? %u %s\n", syntax->line, reason);
}

static const struct host host = {.knows = knows, .call = run_call, .step = note_step};

/* The value of a program as Elixir prints it; "!Module: message" when it raises, "?reason" when it
 * is opaque, "#line" when it is no Elixir. */
static char *
value_of(const char *program)
{
    struct arena *arena = arena_new();
    GString *text = g_string_new(program);
    unsigned line = 0;
    const struct source *source = syntax_read(arena, "program.exs", text, &line);
    g_string_free(text, TRUE);
    char *result;
    if (source == NULL) {
        result = g_strdup_printf("#%u", line);
    } else {
        struct evaluation evaluation = {.arena = arena, .host = &host};
        struct frame frame = {.module = NULL};
        const struct value *value = evaluate_block(&evaluation, &frame, source->root);
        if (value == NULL)
            result = g_strdup_printf(
                "!%s: %s",
                evaluation.exception->module != NULL ? evaluation.exception->module : "limit",
                evaluation.exception->message);
        else if (value->kind == VALUE_OPAQUE)
            result = g_strdup_printf("?%s", value->text);
        else
            result = g_strdup(value_inspect(arena, value));
    }
    arena_free(arena);
    return result;
}

static void
check(const char *program, const char *expected)
{
    g_autofree char *value = value_of(program);
    if (!g_str_equal(value, expected))
        g_test_message("%s", program);
    g_assert_cmpstr(value, ==, expected);
}

static const char *const literals[][2] = {
    {":a", ":a"},
    {":\"a b\"", ":\"a b\""},
    {"[null: :false]", "[null: false]"},
    {"Foo.Bar", "Foo.Bar"},
    {"[1_000, 0xFF, 0b11, 0o17, ?a, ?\\n]", "[1000, 255, 3, 15, 97, 10]"},
    {"[1.5, 1.0e3, -2]", "[1.5, 1000.0, -2]"},
    {"\"a\\tb\\\"\\\\\\u00e9\\x41\"", "\"a\\tb\\\"\\\\éA\""},
    {"\"1 + 1 = #{1 + 1}, #{:b}, #{nil}\"", "\"1 + 1 = 2, b, \""},
    {":\"x_#{1}\"", ":x_1"},
    {"~s(a \"b\" #{1})", "\"a \\\"b\\\" 1\""},
    {"~S(a #{1} \\n)", "\"a \\#{1} \\\\n\""},
    {"~w(a b\n c)a", "[:a, :b, :c]"},
    {"~w(a b)", "[\"a\", \"b\"]"},
    {"\"\"\"\n  a\n    b\n  \"\"\"", "\"a\\n  b\\n\""},
    {"\"\"\"\n  a \\\n  b\n \n  c #{1}\n  \"\"\"", "\"a b\\n\\nc 1\\n\""},
    {"~S\"\"\"\n  a\\n\n  \"\"\"", "\"a\\\\n\\n\""},
    {"\"joined\\\n up\"", "\"joined up\""},
    {"{1, [2 | [3]], a: 1}", "{1, [2, 3], [a: 1]}"},
    {"%{\"b\" => 1, a: 2}", "%{a: 2, \"b\" => 1}"},
    {"m = %{a: 1, b: 2}; %{m | b: 3}", "%{a: 1, b: 3}"},
    {"[\"a b\": 1] # a comment", "[\"a b\": 1]"},
    {"[a: 1, a: 2][:a]", "1"},
    {"%{a: 1}[:b]", "nil"},
    {"%{a: %{b: 1}}.a.b", "1"},
};

static void
test_literals(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(literals); i++)
        check(literals[i][0], literals[i][1]);
}

static const char *const expressions[][2] = {
    {"1 + 2 * 3 - 4", "3"},
    {"7 / 2", "3.5"},
    {"div(7, 2) + rem(7, 2)", "4"},
    {"\"a\" <> \"b\"", "\"ab\""},
    {"[1] ++ [2, 3] -- [2]", "[1, 3]"},
    {"1 == 1.0 and 1 !== 1.0", "true"},
    {"nil || :a && :b", ":b"},
    {"not (1 in [1, 2]) or 3 not in 1..2", "true"},
    {"Enum.to_list(1..7//3)", "[1, 4, 7]"},
    {"Enum.to_list(3..1)", "[3, 2, 1]"},
    {"{:ok, [a | b]} = {:ok, [1, 2, 3]}\n{a, b}", "{1, [2, 3]}"},
    {"%{a: x} = %{a: 1, b: 2}\nx", "1"},
    {"\"id_\" <> rest = \"id_7\"; rest", "\"7\""},
    {"first..last//step = 1..9//2; {first, last, step}", "{1, 9, 2}"},
    {"{:ok, 1} = :error", "!MatchError: no match of right hand side value: :error"},
    {"if 1 > 2, do: :a, else: :b", ":b"},
    {"unless nil do\n  :a\nend", ":a"},
    {"case {1, 2} do\n  {x, y} when x > y -> :more\n  {x, _} -> x\nend", "1"},
    {"case 1 do\n  2 -> :a\nend", "!CaseClauseError: no case clause matching: 1"},
    {"cond do\n  false -> 1\n  true -> 2\nend", "2"},
    {"with {:ok, a} <- {:ok, 1}, b = a + 1, do: b", "2"},
    {"with {:ok, a} <- :no do\n  a\nelse\n  :no -> 7\nend", "7"},
    {"for x <- [1, 2, 3], y <- [10, 20], rem(x, 2) == 1, do: x * y", "[10, 20, 30, 60]"},
    {"for {k, v} <- [a: 1, b: 2], do: {v, k}", "[{1, :a}, {2, :b}]"},
    {"f = fn\n  0 -> :none\n  x -> x + 1\nend\n{f.(0), f.(1)}", "{:none, 2}"},
    {"Enum.map([1, 2], &(&1 * 2))", "[2, 4]"},
    {"Enum.map([:a, :b], &Atom.to_string/1)", "[\"a\", \"b\"]"},
    {"[3, 1, 2] |> Enum.sort() |> Enum.reverse() |> Enum.join(\"-\")", "\"3-2-1\""},
    {"Enum.map_join([:a, :b], \", \", fn x -> \"'#{x}'\" end)", "\"'a', 'b'\""},
    {"Enum.with_index([:a, :b])", "[a: 0, b: 1]"},
    {"Enum.flat_map([1, 2], fn x -> [x, x] end)", "[1, 1, 2, 2]"},
    {"Enum.reduce([1, 2, 3], 0, fn x, sum -> x + sum end)", "6"},
    {"Enum.filter([1, 2, 3], &(&1 > 1)) |> Enum.at(-1)", "3"},
    {"Enum.zip([:a, :b], [1, 2]) |> Keyword.get(:b)", "2"},
    {"List.flatten([1, [2, [3]]]) |> Enum.uniq() |> length()", "3"},
    {"Enum.concat([[1], [2, 3]])", "[1, 2, 3]"},
    {"Enum.concat([1], [2])", "[1, 2]"},
    {"{Enum.take([1, 2, 3], 2), Enum.drop([1, 2, 3], 2), Enum.drop([1], 5)}", "{[1, 2], [3], []}"},
    {"{Enum.empty?([]), Enum.empty?(%{a: 1})}", "{true, false}"},
    {"Enum.chunk_every([1, 2, 3], 2)", "[[1, 2], [3]]"},
    {"{List.wrap(nil), List.wrap(:a), List.wrap([1])}", "{[], [:a], [1]}"},
    {"{Map.take(%{a: 1, b: 2}, [:b]), Map.drop(%{a: 1, b: 2}, [:b]), Map.delete(%{a: 1}, :a)}",
     "{%{b: 2}, %{a: 1}, %{}}"},
    {"{Keyword.take([a: 1, b: 2, a: 3], [:a]), Keyword.drop([a: 1, b: 2], [:a])}",
     "{[a: 1, a: 3], [b: 2]}"},
    {"{String.to_integer(\"-12\"), String.to_integer(\"+7\")}", "{-12, 7}"},
    {"String.to_integer(\"1a\")", "?dbdoc does not read this number"},
    {"{String.replace_prefix(\"old_x\", \"old_\", \"new_\"), "
     "String.replace_suffix(\"x_old\", \"_old\", \"\"), String.replace_prefix(\"x\", \"xy\", "
     "\"\")}",
     "{\"new_x\", \"x\", \"x\"}"},
    {"Map.take(%{a: 1}, [System.get_env(\"K\")])",
     "?dbdoc does not follow take of these arguments"},
    {"String.replace(\"a-b-c\", \"-\", \"_\") |> String.upcase() |> String.to_atom()", ":A_B_C"},
    {"String.split(\"a,b,,c\", \",\", trim: true)", "[\"a\", \"b\", \"c\"]"},
    {"String.split(\" a  b\\n\")", "[\"a\", \"b\"]"},
    {"String.split(\"ab--c--\", \"--\")", "[\"ab\", \"c\", \"\"]"},
    {"String.replace(\"aaa\", \"aa\", \"b\")", "\"ba\""},
    {"String.duplicate(\"ab\", 3)", "\"ababab\""},
    {"String.length(String.duplicate(\"ab\", 100001))", "200002"},
    {"String.trim(\"  x \") <> inspect([a: \"b\"])", "\"x[a: \\\"b\\\"]\""},
    {"Keyword.merge([a: 1, b: 2], [b: 3, c: 4])", "[a: 1, b: 3, c: 4]"},
    {"Keyword.fetch!([a: 1], :b)", "!KeyError: key :b not found in: [a: 1]"},
    {"Map.new([{:b, 1}, {:a, 2}])", "%{a: 2, b: 1}"},
    {"match?({:ok, _}, {:ok, 1})", "true"},
    {":timer.hours(2)", "7200000"},
    {"raise \"no way\"", "!RuntimeError: no way"},
    {"raise ArgumentError, message: \"bad\"", "!ArgumentError: bad"},
    {"alias Foo.Bar, as: Baz\nBaz.Qux", "Foo.Bar.Qux"},
    {"alias Foo.{Bar, Baz}\n{Bar, Baz}", "{Foo.Bar, Foo.Baz}"},
};

static void
test_expressions(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(expressions); i++)
        check(expressions[i][0], expressions[i][1]);
}

/* Opaque values spread, and only what may have happened is a step. */
static const struct {
    const char *program;
    const char *value;
    const char *heard;
} unknowns[] = {
    {"System.get_env(\"HOME\")", "?System.get_env(\"HOME\") is known only when it runs", ""},
    {"x = DateTime.utc_now()\n\"at #{x}\"", "?DateTime.utc_now() is known only when it runs", ""},
    {"nobody", "?dbdoc does not follow the call of nobody",
     "? 1 dbdoc does not follow the call of nobody\n"},
    {"Blog.prepare(1)", "?dbdoc does not follow the call of Blog.prepare",
     "? 1 dbdoc does not follow the call of Blog.prepare\n"},
    {"Host.say(1)\nif System.get_env(\"X\"), do: Host.say(2)\nHost.say(3)", ":said",
     "1\n? 2 it depends on a value that is not known: System.get_env(\"X\") is known only when it "
     "runs\n3\n"},
    {"Enum.each(System.argv(), fn x -> Host.say(x) end)",
     "?System.argv() is known only when it runs", "? 1 System.argv() is known only when it runs\n"},
    {"Enum.each(%{a: 1}, &Host.say/1)", ":ok", "{:a, 1}\n"},
    {"Enum.each(%{a: 1, b: 2}, &Host.say/1)", "?what it goes over is not known, or has no order",
     "? 1 what it goes over is not known, or has no order\n"},
    {"try do\n  raise \"x\"\nrescue\n  _ -> Host.say(1)\nend",
     "?dbdoc does not follow what is rescued: x", "? 1 dbdoc does not follow what is rescued: x\n"},
    {"<<1, 2>>", "?dbdoc does not follow \"<<1, 2>>\"", "? 1 dbdoc does not follow \"<<1, 2>>\"\n"},
};

static void
test_unknown(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(unknowns); i++) {
        g_string_truncate(heard, 0);
        check(unknowns[i].program, unknowns[i].value);
        g_assert_cmpstr(heard->str, ==, unknowns[i].heard);
    }
}

static void
test_no_elixir(void)
{
    check("a = 1\nb = (1 + )\n", "#2");
    check("x = \"\xff\"", "#1");
    check("a\nb = \"\xc3\"", "#2");
    check("", "nil");
}

/* Programs that do not end or want all memory, and source that is nested too deeply. */
static void
test_limits(void)
{
    check("f = fn f, x -> f.(f, x + 1) end\nf.(f, 0)",
          "!limit: it does not end within dbdoc's limits");
    check("for a <- 1..99999, b <- 1..99999, do: a + b",
          "!limit: it does not end within dbdoc's limits");
    check("Enum.reduce(1..60, \"ab\", fn _, s -> s <> s end) |> String.length()",
          "!limit: it does not end within dbdoc's limits");
    check("Enum.reduce(1..60, \"ab\", fn _, s -> \"#{s}#{s}\" end)",
          "!limit: it does not end within dbdoc's limits");
    check("Enum.reduce(1..60, [1], fn _, s -> s ++ s end) |> length()",
          "!limit: it does not end within dbdoc's limits");
    check("String.duplicate(\"ab\", 99999999999)", "!limit: it does not end within dbdoc's limits");
    check("Enum.reduce(1..60, \"a\", fn _, s -> String.replace(s, \"a\", \"aa\") end)",
          "!limit: it does not end within dbdoc's limits");
    check("Enum.reduce(1..90000, [], fn x, s -> [x | s] end) |> length()",
          "!limit: it does not end within dbdoc's limits");
    check("Enum.reduce(1..1000, [], fn _, s -> [s] end) |> is_list()", "true");
    g_autoptr(GString) deep = g_string_new(NULL);
    for (size_t i = 0; i < 2000; i++)
        g_string_append_c(deep, '[');
    for (size_t i = 0; i < 2000; i++)
        g_string_append_c(deep, ']');
    check(deep->str, "!limit: it does not end within dbdoc's limits");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    heard = g_string_new(NULL);
    g_test_add_func("/elixir/literals", test_literals);
    g_test_add_func("/elixir/expressions", test_expressions);
    g_test_add_func("/elixir/unknown", test_unknown);
    g_test_add_func("/elixir/no-elixir", test_no_elixir);
    g_test_add_func("/elixir/limits", test_limits);
    int status = g_test_run();
    g_string_free(heard, TRUE);
    return status;
}
