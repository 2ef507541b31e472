/* test_verdict.c - verdicts as a function of evidence alone: one row a class. */
#include "rehearsal/verdict.h"
#include "support.h"

static struct statement_evidence ran[] = {{.sql = "SELECT 1", .file = "a.exs", .line = 3}};
static struct statement_evidence left_out[] = {{.sql = "Blog.reindex()",
                                                .file = "a.exs",
                                                .line = 4,
                                                .sight = SIGHT_NOT_RUN,
                                                .words = "nobody knows"}};
static struct statement_evidence unseen[] = {
    {.sql = "VACUUM", .file = "a.exs", .line = 5, .sight = SIGHT_NONE}};

static struct statement_evidence changing[] = {
    {.sql = "UPDATE a SET x = 1", .file = "a.exs", .line = 6}};
static struct difference new_column[] = {
    {CHANGE_ADDED, "column", "public.a.x", NULL, NULL, NULL, false}};
static struct difference new_table[] = {
    {CHANGE_ADDED, "table", "public.a", NULL, NULL, NULL, false}};

#define COMPLETE                                                                                   \
    {                                                                                              \
        .end = RUN_COMPLETE, .count = 1, .statements = ran                                         \
    }
#define LISTED(items)                                                                              \
    {                                                                                              \
        G_N_ELEMENTS(items), items                                                                 \
    }

static struct difference slots[] = {
    {CHANGE_CHANGED, "table", "public.a", "Slots of dropped columns", NULL, "1", true}};
static struct difference moved[] = {
    {CHANGE_CHANGED, "table", "public.a", "Slots of dropped columns", NULL, "1", true},
    {CHANGE_MOVED, "table", "public.a", "Columns", "x, y", "y, x", false}};
static struct difference lossy[] = {
    {CHANGE_REMOVED, "index", "public.i", NULL, NULL, NULL, false},
    {CHANGE_CHANGED, "column", "public.a.x", "NOT NULL", "yes", "no", false}};
static struct difference stays[] = {{CHANGE_ADDED, "type", "public.mood", NULL, NULL, NULL, false}};
static struct removal written[] = {{"column", "public.a.x", true, false}};
static struct removal derived[] = {{"materialized view", "public.m", true, true}};
static struct removal before[] = {{"table", "public.old", false, false}};

static struct value_change gone[] = {{"public.a.x", 3, 1}};
static struct value_change altered[] = {{"public.a.x", 3, 3}};
static struct precheck stopping[] = {
    {DIRECTION_UP, "public.a", "rows with NULL in x", "SELECT 1", "contains null values", NULL},
    {DIRECTION_DOWN, "public.a", "values of y beyond integer", "SELECT 2", "out of range", NULL},
    {DIRECTION_DOWN, "public.a", "rows that the CHECK z forbids", "SELECT 3", NULL,
     "no such rows"}};
static struct statement_evidence reaching[] = {
    {.sql = "SELECT pg_notify('a', 'b')", .file = "a.exs", .line = 6},
    {.sql = "NOTIFY a", .file = "a.exs", .line = 7},
    {.sql = "DO $x$ BEGIN PERFORM dblink_exec('a'); END $x$", .file = "a.exs", .line = 8},
    {.sql = "SELECT 'pg_notify(1)' -- dblink(1)", .file = "a.exs", .line = 9},
    {.sql = "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT lo_import('/x') $$",
     .file = "a.exs",
     .line = 10}};
static struct difference retyped[] = {
    {CHANGE_CHANGED, "column", "public.a.x", "Type", "numeric", "integer", false}};
static struct difference labels[] = {
    {CHANGE_CHANGED, "type", "public.mood", "Labels", "sad", "sad, happy", false}};
static struct filling empty[] = {{"public.a", 0, "value too long"}, {"public.b", 1, "duplicate"}};

#define REFUSED                                                                                    \
    {                                                                                              \
        .end = RUN_FAILED, .words = "out of range"                                                 \
    }

static const struct expectation {
    const char *name;
    struct migration_evidence evidence;
    enum reversal schema;
    enum reversal reversal;
    enum loss loss;
    const char *reasons; /* one a line */
    const char *unproved;
} expectations[] = {
    {"exact",
     {.up = COMPLETE, .down = COMPLETE, .again = COMPLETE},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "",
     ""},
    {"trace",
     {.up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .left = LISTED(slots)},
     REVERSAL_TRACE,
     REVERSAL_TRACE,
     LOSS_NONE,
     "after down, the slots of dropped columns stay in the table's rows\n",
     ""},
    {"order",
     {.up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .left = LISTED(moved)},
     REVERSAL_ORDER,
     REVERSAL_ORDER,
     LOSS_NONE,
     "after down, table public.a: Columns in another order (before: x, y; after: y, x)\n",
     ""},
    {"lossy",
     {.up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .left = LISTED(lossy)},
     REVERSAL_LOSSY,
     REVERSAL_LOSSY,
     LOSS_NONE,
     "after down, index public.i is missing\n"
     "after down, column public.a.x: NOT NULL was yes, is no\n",
     ""},
    {"second up fails",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = {.end = RUN_FAILED, .words = "type \"mood\" already exists"},
      .left = LISTED(stays)},
     REVERSAL_LOSSY,
     REVERSAL_LOSSY,
     LOSS_NONE,
     "after down, type public.mood stays\n"
     "up after down fails: type \"mood\" already exists\n",
     ""},
    {"second up differs",
     {.up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .again_differs = LISTED(lossy)},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "after a second up, index public.i is missing\n"
     "after a second up, column public.a.x: NOT NULL was yes, is no\n",
     ""},
    {"loses what was written",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .left = LISTED(slots),
      .down_removes = LISTED(written)},
     REVERSAL_TRACE,
     REVERSAL_DESTROYS,
     LOSS_SINCE,
     "after down, the slots of dropped columns stay in the table's rows\n"
     "down drops column public.a.x: what was written to it since up is lost\n",
     ""},
    {"some rows would stop it",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .rows = {.up = REFUSED},
      .prechecks = LISTED(stopping)},
     REVERSAL_EXACT,
     REVERSAL_DATA,
     LOSS_NONE,
     "in public.a, rows with NULL in x would stop up: contains null values\n"
     "in public.a, values of y beyond integer would stop down: out of range\n",
     "whether, in public.a, rows that the CHECK z forbids would stop down: no such rows\n"},
    {"values are written anew",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .rows = {.up = COMPLETE, .down = COMPLETE, .changes = LISTED(altered)}},
     REVERSAL_EXACT,
     REVERSAL_DESTROYS,
     LOSS_REWRITTEN,
     "invented values of public.a.x come back changed\n",
     ""},
    {"reaches out",
     {.up = {.end = RUN_COMPLETE, .count = G_N_ELEMENTS(reaching), .statements = reaching},
      .down = COMPLETE,
      .again = COMPLETE},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_EXTERNAL,
     "up, line 6, calls pg_notify: what that does outside of the database stays\n"
     "up, line 7, calls NOTIFY: what that does outside of the database stays\n"
     "up, line 8, calls dblink_exec: what that does outside of the database stays\n",
     ""},
    {"shares its transaction",
     {.transactions = TRANSACTION_FOR_ALL,
      .up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .changes = LISTED(labels)},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "",
     "how long its locks are held: the tool runs all migrations that are pending in one "
     "transaction, which ends behind the last of them; here each had its own\n"
     "whether a later migration can use the new label of public.mood: PostgreSQL refuses that in "
     "the transaction that adds it, and the tool runs all that are pending in one\n"},
    {"loses what can be computed",
     {.up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .down_removes = LISTED(derived)},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_DERIVED,
     "",
     ""},
    {"loses what was there",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .left = LISTED(lossy),
      .up_removes = LISTED(before)},
     REVERSAL_LOSSY,
     REVERSAL_LOSSY,
     LOSS_PRE_EXISTING,
     "up drops table public.old: what was in it before up is lost\n"
     "after down, index public.i is missing\n"
     "after down, column public.a.x: NOT NULL was yes, is no\n",
     ""},
    {"down depends on old rows",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .rows = {.up = COMPLETE, .down = REFUSED}},
     REVERSAL_EXACT,
     REVERSAL_DATA,
     LOSS_NONE,
     "with invented rows, down fails: out of range\n",
     ""},
    {"down depends on new rows",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .left = LISTED(lossy),
      .rows = {.up = COMPLETE, .down = COMPLETE, .down_again = REFUSED}},
     REVERSAL_LOSSY,
     REVERSAL_DATA,
     LOSS_NONE,
     "after down, index public.i is missing\n"
     "after down, column public.a.x: NOT NULL was yes, is no\n"
     "with invented rows, some of them written after up, down fails: out of range\n",
     ""},
    {"up depends on rows",
     {.up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .rows = {.up = REFUSED}},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "with invented rows, up fails: out of range\n",
     ""},
    {"values do not come back",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .rows = {.up = COMPLETE, .down = COMPLETE, .changes = LISTED(gone), .down_again = REFUSED}},
     REVERSAL_EXACT,
     REVERSAL_DESTROYS,
     LOSS_PRE_EXISTING,
     "of 3 invented values of public.a.x, 1 come back\n"
     "with invented rows, some of them written after up, down fails: out of range\n",
     ""},
    {"values come back changed",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .changes = LISTED(retyped),
      .rows = {.up = COMPLETE, .down = COMPLETE, .changes = LISTED(altered)}},
     REVERSAL_EXACT,
     REVERSAL_DESTROYS,
     LOSS_PRECISION,
     "invented values of public.a.x come back changed\n",
     ""},
    {"no rows",
     {.up = COMPLETE,
      .down = COMPLETE,
      .again = COMPLETE,
      .rows = {.fillings = LISTED(empty), .up = COMPLETE, .down = COMPLETE}},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "",
     "what happens to rows of public.a: none could be invented (value too long)\n"},
    {"refused",
     {.up = COMPLETE, .down = {.end = RUN_RAISED, .words = "cannot reverse"}},
     REVERSAL_IMPOSSIBLE,
     REVERSAL_IMPOSSIBLE,
     LOSS_NONE,
     "down is refused: cannot reverse\n",
     ""},
    {"not written",
     {.up = COMPLETE, .down = {.end = RUN_ABSENT}},
     REVERSAL_IMPOSSIBLE,
     REVERSAL_IMPOSSIBLE,
     LOSS_NONE,
     "down is not written\n",
     ""},
    {"down fails",
     {.up = COMPLETE, .down = {.end = RUN_FAILED, .words = "no such table"}},
     REVERSAL_IMPOSSIBLE,
     REVERSAL_IMPOSSIBLE,
     LOSS_NONE,
     "down fails: no such table\n",
     ""},
    {"up fails",
     {.up = {.end = RUN_FAILED, .words = "no such table"}},
     REVERSAL_UNKNOWN,
     REVERSAL_UNKNOWN,
     LOSS_UNKNOWN,
     "up fails: no such table\n",
     ""},
    {"down was not tried",
     {.up = COMPLETE, .down = {.end = RUN_NOT_TRIED, .words = "up is not stable"}},
     REVERSAL_UNKNOWN,
     REVERSAL_UNKNOWN,
     LOSS_NONE,
     "down is not tried: up is not stable\n",
     ""},
    {"rows are changed and nothing brings them back",
     {.up = {.end = RUN_COMPLETE, .count = 1, .statements = changing},
      .down = {.end = RUN_RAISED, .words = "cannot reverse"}},
     REVERSAL_IMPOSSIBLE,
     REVERSAL_IMPOSSIBLE,
     LOSS_UNKNOWN,
     "down is refused: cannot reverse\n",
     "what a.exs:6 changes in rows of a, and whether it can be had back: no row that was invented "
     "shows it\n"},
    {"rows are changed and no invented one shows it",
     {.up = {.end = RUN_COMPLETE, .count = 1, .statements = changing},
      .down = COMPLETE,
      .again = COMPLETE},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_UNKNOWN,
     "",
     "what a.exs:6 changes in rows of a, and whether it can be had back: no row that was invented "
     "shows it\n"},
    {"a new column is filled",
     {.up = {.end = RUN_COMPLETE, .count = 1, .statements = changing},
      .down = COMPLETE,
      .again = COMPLETE,
      .changes = LISTED(new_column)},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "",
     ""},
    {"a new table is filled",
     {.up = {.end = RUN_COMPLETE, .count = 1, .statements = changing},
      .down = COMPLETE,
      .again = COMPLETE,
      .changes = LISTED(new_table)},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "",
     ""},
    {"opaque",
     {.up = {.end = RUN_COMPLETE, .count = 1, .statements = left_out},
      .down = COMPLETE,
      .again = COMPLETE},
     REVERSAL_EXACT,
     REVERSAL_UNKNOWN,
     LOSS_UNKNOWN,
     "as far as it could be run, down restores the schema exactly\n",
     "up leaves out a.exs:4: nobody knows\n"},
    {"opaque and refused",
     {.up = {.end = RUN_COMPLETE, .count = 1, .statements = left_out},
      .down = {.end = RUN_RAISED, .words = "cannot reverse"}},
     REVERSAL_IMPOSSIBLE,
     REVERSAL_IMPOSSIBLE,
     LOSS_UNKNOWN,
     "down is refused: cannot reverse\n",
     "up leaves out a.exs:4: nobody knows\n"},
    {"locks not seen",
     {.up = {.end = RUN_COMPLETE, .count = 1, .statements = unseen},
      .down = COMPLETE,
      .again = COMPLETE},
     REVERSAL_EXACT,
     REVERSAL_EXACT,
     LOSS_NONE,
     "",
     "the locks of a.exs:5: it runs outside a transaction and did not wait\n"},
};

static char *
lines(const struct names *names)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < names->count; i++)
        g_string_append_printf(text, "%s\n", names->items[i]);
    return g_string_free(text, FALSE);
}

static void
test_class(const void *data)
{
    const struct expectation *expectation = data;
    struct arena *arena = arena_new();
    struct verdict verdict = verdict_decide(arena, &expectation->evidence);
    g_autofree char *reasons = lines(&verdict.reasons);
    g_autofree char *unproved = lines(&verdict.unproved);
    g_assert_cmpstr(reversal_words[verdict.schema].name, ==,
                    reversal_words[expectation->schema].name);
    g_assert_cmpstr(reversal_words[verdict.reversal].name, ==,
                    reversal_words[expectation->reversal].name);
    g_assert_cmpstr(loss_words[verdict.loss].name, ==, loss_words[expectation->loss].name);
    g_assert_cmpstr(reasons, ==, expectation->reasons);
    g_assert_cmpstr(unproved, ==, expectation->unproved);
    arena_free(arena);
}

/* However many differences there are, people read some of them. */
static void
test_many_differences(void)
{
    struct arena *arena = arena_new();
    struct difference many[1000];
    for (size_t i = 0; i < G_N_ELEMENTS(many); i++)
        many[i] = stays[0];
    const struct migration_evidence evidence = {
        .up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .left = LISTED(many)};
    struct verdict verdict = verdict_decide(arena, &evidence);
    g_assert_cmpuint(verdict.reasons.count, ==, 21);
    g_assert_cmpstr(verdict.reasons.items[20], ==, "after down, 980 more differences");
    arena_free(arena);
}

/* One line for all that lack, not one each. */
static void
test_missing(void)
{
    struct arena *arena = arena_new();
    const char *versions[] = {"20240101", "20240102"};
    struct migration_evidence evidence = {
        .up = COMPLETE, .down = COMPLETE, .again = COMPLETE, .missing = {2, versions}};
    struct verdict verdict = verdict_decide(arena, &evidence);
    g_assert_cmpuint(verdict.unproved.count, ==, 1);
    g_assert_cmpstr(verdict.unproved.items[0], ==,
                    "it ran without all that 2 earlier migrations do, from 20240101 on, which "
                    "could not be rehearsed in full");
    evidence.missing.count = 1;
    verdict = verdict_decide(arena, &evidence);
    g_assert_cmpstr(verdict.unproved.items[0], ==,
                    "it ran without all that 20240101 does, which could not be rehearsed in full");
    arena_free(arena);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(expectations); i++) {
        g_autofree char *path = g_strdup_printf("/verdict/%s", expectations[i].name);
        g_test_add_data_func(path, &expectations[i], test_class);
    }
    g_test_add_func("/verdict/many-differences", test_many_differences);
    g_test_add_func("/verdict/missing", test_missing);
    return g_test_run();
}
