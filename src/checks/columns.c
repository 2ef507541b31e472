/* columns.c - columns whose names or shape say that something else is meant: hints, but for what
 * the catalog proves. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"
#include "checks/fix.h"
#include "checks/words.h"

#include <string.h>

#define TABLES_BEFORE_NOISE 3 /* a name in fewer tables says little, unless it is a key's */
#define ELSEWHERE_MOST      3

/* ---- columns-numbered ---- */

/* The name without its number; NULL when it has none, or the number is part of the word. */
static char *
numbered_stem(const char *name)
{
    static const char *const fixed[] = {
        "address", "addressline", "addr",  "line", "street", "md", "sha",   "base", "utf", "ipv",
        "iso",     "int",         "float", "h",    "layer",  "s",  "oauth", "v",    NULL};
    size_t length = strlen(name);
    size_t stem = length;
    while (stem > 0 && g_ascii_isdigit(name[stem - 1]))
        stem--;
    if (stem == 0 || stem == length || length - stem > 2)
        return NULL;
    g_autofree char *text = g_strndup(name, stem);
    if (name_ends_with_word(text, fixed))
        return NULL;
    return g_steal_pointer(&text);
}

static long
number_behind(const char *name, const char *stem)
{
    return strtol(name + strlen(stem), NULL, 10);
}

/* One of the columns of the stem whose number is the next one; NULL for none. */
static const struct column *
find_next(const GPtrArray *group, const char *stem, const struct column *column)
{
    for (guint i = 0; i < group->len; i++) {
        const struct column *other = group->pdata[i];
        if (number_behind(other->name, stem) == number_behind(column->name, stem) + 1 &&
            text_equal(other->type, column->type))
            return other;
    }
    return NULL;
}

static void
report_numbered(struct check_run *run, const struct column *first, const struct column *next)
{
    struct finding *finding = check_report(run, first, "%s and %s number what could be rows",
                                           check_path(run, first), check_code(run, next->name));
    finding->strength = STRENGTH_HINT;
    check_detail(run, finding,
                 "Each search asks all of them, nothing counts them, and the next one is a "
                 "migration.");
    check_advice(run, finding,
                 "Give them a table of their own, a row each, unless there can only ever be so "
                 "many.");
    check_column(run, finding, first);
    check_column(run, finding, next);
}

/* Counted one by one: what stands apart, as percentile_95 and percentile_99, is no series. */
static void
look_at_group(struct check_run *run, const char *stem, const GPtrArray *group)
{
    for (guint i = 0; i < group->len; i++) {
        const struct column *next = find_next(group, stem, group->pdata[i]);
        if (next != NULL) {
            report_numbered(run, group->pdata[i], next);
            return;
        }
    }
}

static void
visit_numbered(struct check_run *run, const struct table *table)
{
    g_autoptr(GHashTable) groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                         (GDestroyNotify)g_ptr_array_unref);
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        g_autofree char *stem = numbered_stem(column->name);
        if (stem == NULL)
            continue;
        GPtrArray *group = g_hash_table_lookup(groups, stem);
        if (group == NULL)
            g_hash_table_insert(groups, g_strdup(stem), group = g_ptr_array_new());
        g_ptr_array_add(group, (void *)(guintptr)column);
    }
    GHashTableIter iterator;
    gpointer stem = NULL, group = NULL;
    g_hash_table_iter_init(&iterator, groups);
    while (g_hash_table_iter_next(&iterator, &stem, &group))
        look_at_group(run, stem, group);
}

void
check_columns_numbered(struct check_run *run)
{
    check_each_table(run, visit_numbered);
}

/* ---- column-list-in-text ---- */

static void
visit_lists(struct check_run *run, const struct table *table)
{
    static const char *const lists[] = {"ids",    "list",       "csv",      "tags",   "labels",
                                        "emails", "categories", "keywords", "phones", NULL};
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        if (!column_is_text(column) || !name_ends_with_word(column->name, lists))
            continue;
        struct finding *finding = check_report(run, column, "%s may hold a list in one text",
                                               check_path(run, column));
        finding->strength = STRENGTH_HINT;
        check_detail(run, finding,
                     "Nothing keeps its parts valid, no foreign key points from them, and to find "
                     "one of them is to read every row.");
        check_advice(run, finding,
                     "Make it a table with a row each, or at least an array with a GIN index.");
        check_column(run, finding, column);
    }
}

void
check_column_list_in_text(struct check_run *run)
{
    check_each_table(run, visit_lists);
}

/* ---- boolean-nullable ---- */

static void
visit_booleans(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        if (!g_str_equal(column_base_type(column), "boolean") || column_is_required(column) ||
            column->generated == GENERATED_STORED)
            continue;
        struct finding *finding = check_report(run, column, "%s is true, false or neither",
                                               check_path(run, column));
        check_detail(run, finding,
                     "`WHERE NOT %s` leaves out the rows where it is NULL, which people expect to "
                     "count as false.",
                     column->name);
        check_advice(run, finding,
                     "If NULL means false, fill it, give it a default, and make it NOT NULL.");
        check_column(run, finding, column);
    }
}

void
check_boolean_nullable(struct check_run *run)
{
    check_each_table(run, visit_booleans);
}

/* ---- state-without-check ---- */

static bool
is_guarded(const struct table *table, const struct column *column)
{
    if (column->type_object.path != NULL)
        return true; /* an enum or a domain */
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
            names_hold(&constraint->columns, column->name))
            return true;
        bool lists = constraint->kind == CONSTRAINT_PRIMARY_KEY ||
                     constraint->kind == CONSTRAINT_UNIQUE;
        if (lists && constraint->columns.count == 1 &&
            names_hold(&constraint->columns, column->name))
            return true; /* the list of states itself */
        if (constraint->kind == CONSTRAINT_CHECK &&
            sql_has_name(constraint->definition, column->name))
            return true;
    }
    return false;
}

/* "state" beside a city is part of an address. */
static bool
is_an_address(const struct table *table)
{
    static const char *const words[] = {"city",    "zip",    "postal", "postcode",
                                        "country", "street", NULL};
    for (size_t i = 0; i < table->columns.count; i++)
        if (name_has_word(table->columns.items[i].name, words))
            return true;
    return false;
}

static void
visit_states(struct check_run *run, const struct table *table)
{
    static const char *const states[] = {"status", "state", NULL};
    static const char *const state[] = {"state", NULL};
    bool address = is_an_address(table);
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        if (!column_is_text(column) || !name_ends_with_word(column->name, states) ||
            is_guarded(table, column) || code_keeps_list(run, column) ||
            (address && name_ends_with_word(column->name, state)))
            continue;
        struct finding *finding = check_report(run, column, "%s takes any text for a state",
                                               check_path(run, column));
        finding->strength = STRENGTH_HINT;
        check_detail(run, finding,
                     "Code that handles each state assumes that there are no others; a typo, a "
                     "script or an older release can store one.");
        check_advice(run, finding,
                     "Write the states that there are as a CHECK, added NOT VALID and then "
                     "validated, or make it an enum.");
        check_column(run, finding, column);
        check_evidence(run, finding, "Default", column->default_value);
    }
}

void
check_state_without_check(struct check_run *run)
{
    check_each_table(run, visit_states);
}

/* ---- sensitive-column ---- */

static bool
is_labelled(const struct check_run *run, const struct table *table, const struct column *column)
{
    const struct config *config = run->model->config;
    for (size_t i = 0; config != NULL && i < config->label_count; i++)
        for (size_t j = 0; j < config->labels[i].objects.count; j++)
            if (pattern_matches_column(&config->labels[i].objects.items[j], table->schema,
                                       table->name, column->name))
                return true;
    return false;
}

static void
visit_sensitive(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        bool holds = column_is_text(column) || text_equal(column->type, "bytea");
        if (!holds || !name_is_of_clear_secret(column->name) || is_labelled(run, table, column) ||
            model_annotation(run->model, column)->count > 0 || code_shows_secret(run, column))
            continue;
        struct finding *finding = check_report(run, column, "%s sounds like a secret in the clear",
                                               check_path(run, column));
        finding->strength = STRENGTH_HINT;
        check_detail(run, finding,
                     "Whoever reads the table, a backup or a log of queries reads it.");
        check_advice(run, finding,
                     "Store a hash or an encrypted value. If that is what it holds, say so in its "
                     "comment, or put a label on it in dbdoc.yml.");
        check_column(run, finding, column);
    }
}

void
check_sensitive_column(struct check_run *run)
{
    check_each_table(run, visit_sensitive);
}

/* ---- column-type-inconsistent ---- */

/* Lengths and the ways to store text do not count. */
static char *
type_family(const struct column *column)
{
    if (column_is_text(column))
        return g_strdup("text");
    const char *type = column_base_type(column);
    const char *modifier = strchr(type, '(');
    if (modifier == NULL)
        return g_strdup(type);
    const char *rest = strchr(modifier, ')');
    return g_strdup_printf("%.*s%s", (int)(modifier - type), type, rest != NULL ? rest + 1 : "");
}

/* How often each type occurs; the most usual one, and NULL when there is only one. */
static char *
usual_type(const GPtrArray *columns)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree char *best = NULL;
    guint most = 0;
    for (guint i = 0; i < columns->len; i++) {
        char *type = type_family(columns->pdata[i]);
        guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, type)) + 1;
        g_hash_table_insert(counts, g_strdup(type), GUINT_TO_POINTER(count));
        if (count > most) {
            most = count;
            g_free(best);
            best = g_strdup(type);
        }
        g_free(type);
    }
    return g_hash_table_size(counts) > 1 && most > 1 ? g_steal_pointer(&best) : NULL;
}

static bool
is_in_foreign_key(const struct column *column)
{
    const struct table *table = object_table(column);
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
            names_hold(&table->constraints.items[i].columns, column->name))
            return true;
    return false;
}

static void
report_inconsistent(struct check_run *run, const GPtrArray *columns)
{
    g_autofree char *usual = usual_type(columns);
    if (usual == NULL)
        return;
    for (guint i = 0; i < columns->len; i++) {
        const struct column *column = columns->pdata[i];
        g_autofree char *own = type_family(column);
        if (g_str_equal(own, usual) || is_in_foreign_key(column))
            continue; /* fk-type-mismatch knows what it points to */
        struct finding *finding = check_report(run, column, "%s is %s, and %s elsewhere",
                                               check_path(run, column), check_code(run, own),
                                               check_code(run, usual));
        check_detail(run, finding,
                     "Joins and comparisons between the two convert every row, and may not use an "
                     "index.");
        check_advice(run, finding, "Give it the type of the others, or a name of its own.");
        check_column(run, finding, column);
        unsigned shown = 0;
        for (guint j = 0; j < columns->len && shown < ELSEWHERE_MOST; j++) {
            const struct column *other = columns->pdata[j];
            g_autofree char *type = type_family(other);
            if (!g_str_equal(type, usual))
                continue;
            g_autofree char *value = g_strdup_printf("%s %s", other->object.path, other->type);
            check_evidence(run, finding, "Elsewhere", value);
            shown++;
        }
    }
}

void
check_column_type_inconsistent(struct check_run *run)
{
    g_autoptr(GHashTable) by_name = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                                          (GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    for (guint i = 0; i < run->tables->len; i++) {
        const struct table *table = run->tables->pdata[i];
        for (size_t j = 0; j < table->columns.count; j++) {
            struct column *column = &table->columns.items[j];
            bool is_key = g_str_has_suffix(column->name, "_id");
            if (!is_key || column->type == NULL || column->inherited == YES)
                continue;
            GPtrArray *columns = g_hash_table_lookup(by_name, column->name);
            if (columns == NULL) {
                columns = g_ptr_array_new();
                g_hash_table_insert(by_name, (gpointer)(guintptr)column->name, columns);
                g_ptr_array_add(order, columns);
            }
            g_ptr_array_add(columns, column);
        }
    }
    for (guint i = 0; i < order->len; i++)
        if (((const GPtrArray *)order->pdata[i])->len >= TABLES_BEFORE_NOISE)
            report_inconsistent(run, order->pdata[i]);
}
