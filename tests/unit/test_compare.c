/* test_compare.c - which differences count: texts that mean the same, facts that nobody knows,
 * order among siblings; and that a comparison is the same seen from either side. */
#include "catalog/compare.h"
#include "fixture.h"

static char *
fold(const char *sql)
{
    char *folded = sql_fold(sql);
    g_autofree char *again = sql_fold(folded);
    g_assert_cmpstr(again, ==, folded);
    return folded;
}

/* What PostgreSQL printed before and after a dump and a restore. */
static void
test_equal_texts(void)
{
    static const char *const pairs[][2] = {
        {"CHECK (((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character "
         "varying])::text[])))",
         "CHECK (((status)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character "
         "varying)::text])))"},
        {"(ARRAY['a,b'::character varying(3), f(1, 2)])::numeric(10,2)[]",
         "ARRAY[('a,b'::character varying(3))::numeric(10,2), (f(1, 2))::numeric(10,2)]"},
        {"(ARRAY[])::text[]", "ARRAY[]"},
        {"(ARRAY['x'::a.\"Odd\"\"type\"[]])::public.t[]",
         "ARRAY[('x'::a.\"Odd\"\"type\"[])::public.t]"},
        {"(((a OR b) OR c) OR d)", "(a OR b OR c OR d)"},
        {"((a = 1) AND ((b = 2) AND (c = 3)))", "((a = 1) AND (b = 2) AND (c = 3))"},
        {"SELECT a,\n    b\n   FROM t", " SELECT a, b FROM t"},
        {"a -- why\n OR /* not */ b", "a OR b"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *before = fold(pairs[i][0]);
        g_autofree char *after = fold(pairs[i][1]);
        g_assert_cmpstr(before, ==, after);
    }
    g_assert_null(sql_fold(NULL));
}

/* What looks alike and means something else. */
static void
test_different_texts(void)
{
    static const char *const pairs[][2] = {
        {"(a OR (b AND c))", "((a OR b) AND c)"},
        {"((a OR b) = c)", "(a OR b = c)"},
        {"(NOT (a OR b) OR c)", "(NOT a OR b OR c)"},
        {"((a OR b) IS NULL OR c)", "(a OR b IS NULL OR c)"},
        {"((SELECT x FROM t WHERE a AND b) AND c)", "(SELECT x FROM t WHERE a AND b AND c)"},
        {"(a BETWEEN b AND (c AND d))", "(a BETWEEN b AND c AND d)"},
        {"((CASE WHEN a AND b THEN c END) AND d)", "(CASE WHEN a AND b THEN c END AND d)"},
        {"f((a OR b), c)", "f(a OR b, c)"},
        {"'a  b'", "'a b'"},
        {"'(a OR b) OR c'", "'a OR b OR c'"},
        {"(ARRAY['a'])::text[]", "(ARRAY['a'])::varchar[]"},
        {"(ARRAY['a'])::text[]", "ARRAY['a']"},
        {"((ARRAY['a'])::text[])[1]", "(ARRAY['a'])::text[]"},
        {"\"A\"", "\"a\""},
        {"SELECT a -- b\n, c", "SELECT a -- b , c"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *one = fold(pairs[i][0]);
        g_autofree char *other = fold(pairs[i][1]);
        if (g_str_equal(one, other))
            g_error("taken for equal: %s and %s", pairs[i][0], pairs[i][1]);
    }
}

/* Whatever it is given, folding ends and changes nothing that it does not understand. */
static void
test_broken_texts(void)
{
    static const char *const texts[] = {
        "",  "(",    ")",        "((a OR b",     "a) OR b)",          "(ARRAY[",
        "]", "[)]]", "(ARRAY[a", "(ARRAY[a])::", "(ARRAY[a])::text[", "$$",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *folded = fold(texts[i]);
        g_assert_nonnull(folded);
    }
    g_autoptr(GString) deep = g_string_new(NULL);
    for (unsigned i = 0; i < 20000; i++)
        g_string_append(deep, "(ARRAY[(a OR ");
    g_autofree char *folded = fold(deep->str);
    g_assert_nonnull(folded);
}

/* "kind path field: old > new" for each change, in order. */
static char *
describe(const struct database *before, const struct database *after)
{
    static const char marks[] = {
        [CHANGE_ADDED] = '+', [CHANGE_REMOVED] = '-', [CHANGE_CHANGED] = '~', [CHANGE_MOVED] = '>'};
    g_autoptr(GPtrArray) changes = catalog_compare(before->catalog, after->catalog);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < changes->len; i++) {
        const struct change *change = changes->pdata[i];
        const struct object *object = change->before != NULL ? change->before : change->after;
        g_string_append_printf(text, "%c %s %s", marks[change->kind], object->kind->word,
                               object->path);
        if (change->field != NULL)
            g_string_append_printf(text, " %s: %s > %s", change->field->name,
                                   change->old_text != NULL ? change->old_text : "",
                                   change->new_text != NULL ? change->new_text : "");
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static void
assert_changes(const char *old_lists, const char *new_lists, const char *there, const char *back)
{
    struct database *before = fixture_read(old_lists, NULL);
    struct database *after = fixture_read(new_lists, NULL);
    g_autofree char *forwards = describe(before, after);
    g_autofree char *backwards = describe(after, before);
    g_autofree char *self = describe(after, after);
    g_assert_cmpstr(forwards, ==, there);
    g_assert_cmpstr(backwards, ==, back);
    g_assert_cmpstr(self, ==, "");
    database_free(before);
    database_free(after);
}

#define TABLE(more)        "'tables':[{'schema':'s','name':'t'," more "}]"
#define COLUMN(name, more) "{'name':'" name "'," more "'type':'text'}"
#define INDEX(name, more)  "{'name':'" name "'," more "}"
#define POSITION(n)        "'position':" #n ","
#define DEFINITION         "'definition':'CREATE INDEX …'"

static void
test_added_and_removed(void)
{
    assert_changes(TABLE("'columns':[" COLUMN("a", "") "]"),
                   TABLE("'columns':[" COLUMN("b", "") "]") ",'schemas':[{'name':'s'}]",
                   "+ schema s\n- column s.t.a\n+ column s.t.b\n",
                   "- schema s\n- column s.t.b\n+ column s.t.a\n");
}

/* A table is one change, not one for each of its columns. */
static void
test_whole_objects(void)
{
    assert_changes("'tables':[]", TABLE("'columns':[" COLUMN("a", "") "," COLUMN("b", "") "]"),
                   "+ table s.t\n", "- table s.t\n");
}

static void
test_changed(void)
{
    assert_changes(TABLE("'comment':'x','unlogged':true"), TABLE("'options':['fillfactor=70']"),
                   "~ table s.t unlogged: yes > no\n"
                   "~ table s.t options:  > fillfactor=70\n"
                   "~ table s.t comment: x > \n",
                   "~ table s.t unlogged: no > yes\n"
                   "~ table s.t options: fillfactor=70 > \n"
                   "~ table s.t comment:  > x\n");
}

/* A column that left or came does not move the others. */
static void
test_moved(void)
{
    assert_changes(TABLE("'columns':[" COLUMN("a", POSITION(1)) "," COLUMN(
                       "b", POSITION(2)) "," COLUMN("c", POSITION(3)) "]"),
                   TABLE("'columns':[" COLUMN("b", POSITION(1)) "," COLUMN("c", POSITION(2)) "]"),
                   "- column s.t.a\n", "+ column s.t.a\n");
    assert_changes(TABLE("'columns':[" COLUMN("a", POSITION(1)) "," COLUMN("b", POSITION(2)) "]"),
                   TABLE("'columns':[" COLUMN("b", POSITION(1)) "," COLUMN("a", POSITION(2)) "]"),
                   "> table s.t columns: a, b > b, a\n", "> table s.t columns: b, a > a, b\n");
}

/* Null is what an older server could not say. */
static void
test_unknown(void)
{
    assert_changes(TABLE("'indexes':[" INDEX("i", "'valid':null," DEFINITION) "]"),
                   TABLE("'indexes':[" INDEX("i", "'valid':true," DEFINITION) "]"), "", "");
    assert_changes(TABLE("'indexes':[" INDEX("i", "'valid':false," DEFINITION) "]"),
                   TABLE("'indexes':[" INDEX("i", "'valid':true," DEFINITION) "]"),
                   "~ index s.i valid: no > yes\n", "~ index s.i valid: yes > no\n");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/compare/equal texts", test_equal_texts);
    g_test_add_func("/compare/different texts", test_different_texts);
    g_test_add_func("/compare/broken texts", test_broken_texts);
    g_test_add_func("/compare/added and removed", test_added_and_removed);
    g_test_add_func("/compare/whole objects", test_whole_objects);
    g_test_add_func("/compare/changed", test_changed);
    g_test_add_func("/compare/moved", test_moved);
    g_test_add_func("/compare/unknown", test_unknown);
    return g_test_run();
}
