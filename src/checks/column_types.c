/* column_types.c - types that cause trouble sooner or later. One finding for each table; under the
 * profile ecto what Ecto makes unasked is one finding for the whole database. */
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"
#include "checks/fix.h"
#include "checks/words.h"

#include <string.h>

struct type_rule {
    const char *slug;
    bool (*fits)(const struct column *column);
    bool (*usual)(const struct column *column); /* Ecto makes it unasked; NULL: never */
    const char *what;                           /* "a number of letters as its limit" */
    const char *detail;
    const char *advice;
    const char *better; /* type to change to; NULL: no fix */
    const char *cast;   /* behind USING and the column; NULL: none */
    enum strength strength;
    const char *setting; /* how Ecto is told otherwise; with `usual` */
};

static bool
is_type(const struct column *column, const char *type)
{
    return text_equal(column->type, type);
}

static bool
begins_type(const struct column *column, const char *type)
{
    return column->type != NULL && g_str_has_prefix(column->type, type) &&
           !g_str_has_suffix(column->type, "[]");
}

static bool
is_char_n(const struct column *column)
{
    return begins_type(column, "character(");
}

static bool
is_varchar_n(const struct column *column)
{
    return begins_type(column, "character varying(");
}

static bool
is_varchar_255(const struct column *column)
{
    return is_type(column, "character varying(255)");
}

static bool
is_money(const struct column *column)
{
    return is_type(column, "money");
}

static bool
is_timetz(const struct column *column)
{
    return begins_type(column, "time") && g_str_has_suffix(column->type, "with time zone") &&
           !begins_type(column, "timestamp");
}

static bool
is_json(const struct column *column)
{
    return is_type(column, "json");
}

static bool
is_timestamp_without_zone(const struct column *column)
{
    return begins_type(column, "timestamp") && g_str_has_suffix(column->type, "without time zone");
}

static bool
is_rounded_timestamp(const struct column *column)
{
    return begins_type(column, "timestamp(0)");
}

static bool
always(const struct column *column)
{
    (void)column;
    return true;
}

static bool
is_rounded_without_zone(const struct column *column)
{
    return is_rounded_timestamp(column) && is_timestamp_without_zone(column);
}

static bool
is_float_for_money(const struct column *column)
{
    static const char *const money[] = {"price",   "amount",  "cost",    "fee",     "balance",
                                        "tax",     "salary",  "payment", "revenue", "discount",
                                        "invoice", "deposit", NULL};
    static const char *const shares[] = {"rate",   "ratio", "percent", "percentage",
                                         "factor", "score", "weight",  NULL};
    return (is_type(column, "real") || is_type(column, "double precision")) &&
           name_has_word(column->name, money) && !name_has_word(column->name, shares);
}

static bool
is_uuid_as_text(const struct column *column)
{
    static const char *const words[] = {"uuid", "guid", NULL};
    return column_is_text(column) && name_ends_with_word(column->name, words);
}

/* What pg_upgrade refuses: names that are stored as numbers of the old cluster. */
static bool
is_reg(const struct column *column)
{
    static const char *const refused[] = {"regcollation", "regconfig",   "regdictionary",
                                          "regnamespace", "regoper",     "regoperator",
                                          "regproc",      "regprocedure"};
    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if (is_type(column, refused[i]))
            return true;
    return false;
}

static const struct type_rule type_rules[] = {
    {"type-char-n", is_char_n, NULL, "padded with spaces",
     "`char(n)` fills every value with spaces, saves nothing, and compares them away in places.",
     "Make it text; keep a limit that means something as a CHECK. PostgreSQL writes the table anew "
     "for it.",
     "text", NULL, STRENGTH_PROVED, NULL},
    {"type-float-for-money", is_float_for_money, NULL, "of floating point, and sounds like money",
     "Binary fractions cannot hold 0.10; sums drift by cents that nobody can explain.",
     "Make it numeric, or count cents in a bigint. PostgreSQL writes the table anew for it.",
     "numeric", NULL, STRENGTH_HINT, NULL},
    {"type-json", is_json, NULL, "of type json",
     "json keeps the text as it came and parses it anew at each access; it has no equality, so "
     "`DISTINCT` and `GROUP BY` fail on it.",
     "Make it jsonb, unless the very text must come back. PostgreSQL writes the table anew for it.",
     "jsonb", NULL, STRENGTH_PROVED, NULL},
    {"type-money", is_money, NULL, "of type money",
     "Its fraction and its sign belong to the server's locale (`lc_monetary`), not to the value: "
     "elsewhere the same bytes are another currency.",
     "Make it numeric, with the currency beside it. PostgreSQL writes the table anew for it.",
     "numeric", NULL, STRENGTH_PROVED, NULL},
    {"type-reg-blocks-upgrade", is_reg, NULL, "of a type that pg_upgrade refuses",
     "It stores the number that an object has in this cluster; `pg_upgrade` stops at it.",
     "Store the name as text.", "text", NULL, STRENGTH_PROVED, NULL},
    {"type-timestamp-no-tz", is_timestamp_without_zone, always,
     "of type timestamp without time zone",
     "It is a date on a calendar and a time on a clock, of nobody knows where: arithmetic over a "
     "change of the clocks is an hour off.",
     "Make it timestamptz. The fix takes what is stored for UTC, as Ecto writes it, and PostgreSQL "
     "writes the table anew.",
     "timestamp with time zone", "AT TIME ZONE 'UTC'", STRENGTH_PROVED,
     "`timestamps(type: :timestamptz)`, or `migration_timestamps: [type: :timestamptz]` in the "
     "repo's configuration"},
    {"type-timestamp-precision", is_rounded_timestamp, is_rounded_without_zone,
     "rounded to whole seconds",
     "A value is rounded, not cut: what happened half a second ago can lie in the future, and rows "
     "of one second have no order.",
     "Make it timestamptz without a precision, unless seconds are the point.", NULL, NULL,
     STRENGTH_PROVED, "`:utc_datetime_usec`, or `timestamps(type: :timestamptz)`"},
    {"type-timetz", is_timetz, NULL, "of type time with time zone",
     "Without a date nobody knows whether summer time holds, so its offset is wrong half of the "
     "year. The manual advises against it.",
     "Use timestamptz for moments, and time for hours on a clock.", NULL, NULL, STRENGTH_PROVED,
     NULL},
    {"type-uuid-as-text", is_uuid_as_text, NULL, "called a UUID and stored as text",
     "36 letters take more than twice the room of a uuid in the table and in each index, and any "
     "other text fits too.",
     "Make it uuid, if all that it holds are UUIDs. PostgreSQL writes the table anew for it.", NULL,
     NULL, STRENGTH_HINT, NULL},
    {"type-varchar-n", is_varchar_n, is_varchar_255, "limited to a number of letters",
     "The limit saves no room. To raise it is a migration, and whoever writes more gets an error "
     "that no form expects.",
     "Make it text; where the limit is a rule of the business, write it as a CHECK with a name.",
     "text", NULL, STRENGTH_PROVED, "`:text` instead of `:string`"},
};

static const struct type_rule *
find_rule(const char *slug)
{
    for (size_t i = 0; i < G_N_ELEMENTS(type_rules); i++)
        if (g_str_equal(type_rules[i].slug, slug))
            return &type_rules[i];
    g_assert_not_reached();
}

/* The change and its way back, for all columns in one statement. */
static void
propose_type(struct check_run *run, struct finding *finding, const struct type_rule *rule,
             const struct table *table, const GPtrArray *columns)
{
    if (rule->better == NULL || table->kind != TABLE_ORDINARY)
        return;
    g_autofree char *head = sql_text("ALTER TABLE %O", &table->object);
    g_autoptr(GString) up = g_string_new(head);
    g_autoptr(GString) down = g_string_new(head);
    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = columns->pdata[i];
        if (column->generated == GENERATED_STORED || column->generated == GENERATED_VIRTUAL)
            return;
        const char *comma = i > 0 ? "," : "";
        g_autofree char *plain = sql_text("%S ALTER COLUMN %I TYPE %S", comma, column->name,
                                          rule->better);
        g_autofree char *back = sql_text("%S ALTER COLUMN %I TYPE %S", comma, column->name,
                                         column->type);
        g_autofree char *cast = rule->cast == NULL
                                    ? g_strdup("")
                                    : sql_text(" USING %I %S", column->name, rule->cast);
        g_string_append_printf(up, "%s%s", plain, cast);
        g_string_append_printf(down, "%s%s", back, cast);
    }
    fix_statement(run, finding, up->str, down->str);
}

static void
report_columns(struct check_run *run, const struct type_rule *rule, const struct table *table,
               const GPtrArray *columns)
{
    struct finding *finding = NULL;
    if (columns->len == 1)
        finding = check_report(run, columns->pdata[0], "Column %s is %s",
                               check_path(run, columns->pdata[0]), rule->what);
    else
        finding = check_report(run, table, "%u columns of %s are %s", columns->len,
                               check_path(run, table), rule->what);
    finding->strength = rule->strength;
    check_detail(run, finding, "%s", rule->detail);
    check_advice(run, finding, "%s", rule->advice);
    for (guint i = 0; i < columns->len; i++)
        check_column(run, finding, columns->pdata[i]);
    propose_type(run, finding, rule, table, columns);
}

struct share {
    unsigned columns;
    unsigned tables;
};

/* What a framework, or most of the tables, do is one decision, and one finding. */
static void
report_usual(struct check_run *run, const struct type_rule *rule, struct share share, bool ecto)
{
    if (share.columns == 0)
        return;
    struct finding *finding = check_report(
        run, NULL, "%s of %s %s %s%s", check_count(run, share.columns, "column"),
        check_count(run, share.tables, "table"), share.columns == 1 ? "is" : "are", rule->what,
        ecto ? ", as Ecto makes them" : "");
    finding->severity = SEVERITY_NOTE;
    finding->strength = rule->strength;
    check_detail(run, finding, "%s", rule->detail);
    if (ecto)
        check_advice(run, finding, "One decision for the whole project: %s.", rule->setting);
    else
        check_advice(run, finding,
                     "Most tables do it: decide once what new ones do. `--profile strict` lists "
                     "them.");
}

/* The rule about schema modules knows the file, and what is lost. */
static bool
is_told_by_code(const struct check_run *run, const struct type_rule *rule,
                const struct column *column)
{
    return rule->fits == is_rounded_timestamp && code_loses_precision(run, column);
}

static bool
is_asked_about(const struct check_run *run, const struct type_rule *rule,
               const struct column *column, bool usual)
{
    bool made_by_ecto = run->profile == PROFILE_ECTO && rule->usual != NULL;
    return column->inherited != YES && rule->fits(column) && !is_told_by_code(run, rule, column) &&
           (made_by_ecto && rule->usual(column)) == usual;
}

static void
collect(const struct check_run *run, const struct type_rule *rule, const struct table *table,
        bool usual, GPtrArray *columns)
{
    g_ptr_array_set_size(columns, 0);
    for (size_t i = 0; table->kind != TABLE_FOREIGN && i < table->columns.count; i++)
        if (is_asked_about(run, rule, &table->columns.items[i], usual))
            g_ptr_array_add(columns, &table->columns.items[i]);
}

/* How many columns the rule is about, of those that Ecto makes or of the others. */
static struct share
count_columns(const struct check_run *run, const struct type_rule *rule, bool usual)
{
    struct share share = {0, 0};
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    for (guint i = 0; i < run->tables->len; i++) {
        collect(run, rule, run->tables->pdata[i], usual, columns);
        share.columns += columns->len;
        share.tables += columns->len > 0;
    }
    return share;
}

void
check_column_type(struct check_run *run)
{
    const struct type_rule *rule = find_rule(run->rule->slug);
    const struct share made = count_columns(run, rule, true);
    const struct share own = count_columns(run, rule, false);
    bool habit = check_is_habit(run, own.tables);
    report_usual(run, rule, made, true);
    if (habit)
        report_usual(run, rule, own, false);
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    for (guint i = 0; !habit && i < run->tables->len; i++) {
        collect(run, rule, run->tables->pdata[i], false, columns);
        if (columns->len > 0)
            report_columns(run, rule, run->tables->pdata[i], columns);
    }
}
