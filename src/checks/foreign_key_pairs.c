/* foreign_key_pairs.c - what the two ends of a foreign key make of each other: types, actions, and
 * keys that say the same twice. */
#include "base/text.h"
#include "catalog/compare.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

/* The two columns of a foreign key at one place. */
struct pair {
    const struct column *child;
    const struct column *parent;
    const char *child_type; /* below domains */
    const char *parent_type;
};

/* Integers by size: a number that does not fit cannot be referenced. */
struct integer {
    const char *name;
    int64_t most;
};
static const struct integer integers[] = {
    {"smallint", INT16_MAX},
    {"integer", INT32_MAX},
    {"bigint", INT64_MAX},
};

static const struct integer *
integer_find(const char *type)
{
    for (size_t i = 0; i < G_N_ELEMENTS(integers); i++)
        if (g_str_equal(integers[i].name, type))
            return &integers[i];
    return NULL;
}

/* "character varying(20)" → "character varying" */
static char *
without_modifier(const char *type)
{
    const char *open = strchr(type, '(');
    const char *close = open == NULL ? NULL : strchr(open, ')');
    if (close == NULL)
        return g_strdup(type);
    return g_strdup_printf("%.*s%s", (int)(open - type), type, close + 1);
}

static bool
is_string(const char *type)
{
    return g_str_equal(type, "text") || g_str_has_prefix(type, "character varying");
}

/* Whether both hold the same values, but for a length or precision. */
static bool
types_are_akin(const struct pair *pair)
{
    g_autofree char *child = without_modifier(pair->child_type);
    g_autofree char *parent = without_modifier(pair->parent_type);
    return g_str_equal(child, parent) || (is_string(child) && is_string(parent));
}

static void
tell_types(struct check_run *run, struct finding *finding, const struct pair *pair)
{
    const struct integer *child = integer_find(pair->child_type);
    const struct integer *parent = integer_find(pair->parent_type);
    const char *child_path = check_path(run, pair->child);
    const char *parent_path = check_path(run, pair->parent);
    if (child != NULL && parent != NULL && child->most < parent->most) {
        check_detail(run, finding, "Once %s passes %s, no row can point to it: %s holds no more.",
                     parent_path, check_number(run, child->most), child_path);
    } else if (child != NULL && parent != NULL) {
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding,
                     "Every value fits; the wider column costs bytes and puzzles "
                     "readers.");
    } else if (types_are_akin(pair)) {
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding, "Values that fit one column may not fit the other.");
    } else {
        check_detail(run, finding,
                     "Each check of the key and each join converts one of the two values first.");
    }
}

static void
show_type(struct check_run *run, struct finding *finding, const struct column *column)
{
    g_autofree char *value = column->collation == NULL
                                 ? g_strdup_printf("%s %s", column->object.path, column->type)
                                 : g_strdup_printf("%s %s COLLATE %s", column->object.path,
                                                   column->type, column->collation);
    check_evidence(run, finding, "Column", value);
}

static void
propose_type(struct check_run *run, struct finding *finding, const struct pair *pair)
{
    const struct object *table = pair->child->object.parent;
    const char *name = pair->child->name;
    g_autofree char *up = sql_text("ALTER TABLE %O ALTER COLUMN %I TYPE %S", table, name,
                                   pair->parent->type);
    g_autofree char *down = sql_text("ALTER TABLE %O ALTER COLUMN %I TYPE %S", table, name,
                                     pair->child->type);
    check_advice(run, finding,
                 "Give %s the type of %s in a quiet hour: PostgreSQL writes the table anew and "
                 "nobody can read it meanwhile.",
                 check_path(run, pair->child), check_path(run, pair->parent));
    fix_statement(run, finding, up, down);
}

static void
report_types(struct check_run *run, const struct constraint *key, const struct pair *pair)
{
    struct finding *finding = check_report(
        run, key, "Foreign key %s is %s, but %s is %s", check_path(run, pair->child),
        check_code(run, pair->child->type), check_path(run, pair->parent),
        check_code(run, pair->parent->type));
    tell_types(run, finding, pair);
    if (finding->severity == SEVERITY_NOTE)
        check_advice(run, finding, "Give both columns the same type the next time one changes.");
    else
        propose_type(run, finding, pair);
    check_constraint(run, finding, "Foreign key", key);
    show_type(run, finding, pair->child);
    show_type(run, finding, pair->parent);
}

static void
report_collations(struct check_run *run, const struct constraint *key, const struct pair *pair)
{
    struct finding *finding = check_report(
        run, key, "Foreign key %s and %s have different collations", check_path(run, pair->child),
        check_path(run, pair->parent));
    const struct column *plain = pair->child->collation == NULL ? pair->child : pair->parent;
    if (plain->collation != NULL)
        check_detail(run, finding,
                     "Joining the two fails with \"could not determine which collation "
                     "to use for string comparison\".");
    else
        check_detail(run, finding,
                     "A join compares both in the other collation, so the indexes on %s are of no "
                     "use to it.",
                     check_path(run, plain));
    check_advice(run, finding, "Give %s the collation of %s.", check_path(run, pair->child),
                 check_path(run, pair->parent));
    check_constraint(run, finding, "Foreign key", key);
    show_type(run, finding, pair->child);
    show_type(run, finding, pair->parent);
}

static void
compare_pair(struct check_run *run, const struct constraint *key, struct pair *pair)
{
    if (pair->child == NULL || pair->parent == NULL || pair->child->type == NULL ||
        pair->parent->type == NULL)
        return;
    pair->child_type = column_base_type(pair->child);
    pair->parent_type = column_base_type(pair->parent);
    if (!g_str_equal(pair->child_type, pair->parent_type))
        report_types(run, key, pair);
    else if (!text_equal(pair->child->collation, pair->parent->collation))
        report_collations(run, key, pair);
}

static void
visit_types(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        const struct table *parent = key->references.object;
        if (!foreign_key_is_written(key) || parent == NULL)
            continue;
        for (size_t j = 0; j < MIN(key->columns.count, key->referenced_columns.count); j++) {
            struct pair pair = {
                .child = table_column(table, key->columns.items[j]),
                .parent = table_column(parent, key->referenced_columns.items[j]),
            };
            compare_pair(run, key, &pair);
        }
    }
}

void
check_fk_type_mismatch(struct check_run *run)
{
    check_each_table(run, visit_types);
}

/* The first of these columns that can never be NULL; NULL for none. */
static const struct column *
required_column(const struct table *table, const struct names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const struct column *column = table_column(table, names->items[i]);
        if (column != NULL && column_is_required(column))
            return column;
    }
    return NULL;
}

static void
report_set_null(struct check_run *run, const struct constraint *key, const struct column *column,
                const char *what)
{
    const struct table *table = object_table(key);
    struct finding *finding = check_report(run, key,
                                           "Foreign key %s empties a column that must not be empty",
                                           check_columns(run, table, &key->columns));
    check_detail(run, finding, "%s a row of %s fails as long as rows of %s point to it.", what,
                 check_parent(run, key), check_path(run, table));
    check_advice(
        run, finding,
        "Decide what should happen to these rows: keep them and let %s be NULL, or replace "
        "SET NULL with CASCADE (they go too) or RESTRICT (the row stays).",
        check_path(run, column));
    check_constraint(run, finding, "Foreign key", key);
    g_autofree char *fact = g_strdup_printf("%s NOT NULL", column->object.path);
    check_evidence(run, finding, "Column", fact);
}

static void
visit_set_null(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (!foreign_key_is_written(key))
            continue;
        const struct names *set = key->set_columns.count > 0 ? &key->set_columns : &key->columns;
        const struct column *deleted = key->on_delete == ACTION_SET_NULL
                                           ? required_column(table, set)
                                           : NULL;
        const struct column *updated = key->on_update == ACTION_SET_NULL
                                           ? required_column(table, &key->columns)
                                           : NULL;
        if (deleted != NULL)
            report_set_null(run, key, deleted, "Deleting");
        else if (updated != NULL)
            report_set_null(run, key, updated, "Changing the key of");
    }
}

void
check_fk_set_null_on_not_null(struct check_run *run)
{
    check_each_table(run, visit_set_null);
}

/* Whether b points with the same columns to the same columns as a, in any order. */
static bool
points_alike(const struct constraint *a, const struct constraint *b)
{
    if (!text_equal(a->references.path, b->references.path) ||
        a->columns.count != b->columns.count || a->referenced_columns.count != a->columns.count ||
        b->referenced_columns.count != b->columns.count)
        return false;
    for (size_t i = 0; i < a->columns.count; i++) {
        size_t j = 0;
        while (j < b->columns.count &&
               !(text_equal(a->columns.items[i], b->columns.items[j]) &&
                 text_equal(a->referenced_columns.items[i], b->referenced_columns.items[j])))
            j++;
        if (j == b->columns.count)
            return false;
    }
    return true;
}

/* Of two alike, whether a is the one to give up: the one that never checked all rows, else the
 * later by name. */
static bool
gives_way(const struct constraint *a, const struct constraint *b)
{
    if ((a->validated == NO) != (b->validated == NO))
        return a->validated == NO;
    return strcmp(a->name, b->name) > 0;
}

static void
report_duplicate(struct check_run *run, const struct table *table, const struct constraint *key,
                 const struct constraint *other)
{
    struct finding *finding = check_report(run, key, "Foreign key %s says what %s says already",
                                           check_path(run, key), check_path(run, other));
    check_constraint(run, finding, "Foreign key", key);
    check_constraint(run, finding, "Said already by", other);
    bool agrees = key->on_delete == other->on_delete && key->on_update == other->on_update &&
                  key->deferrable == other->deferrable && key->match == other->match;
    if (!agrees) {
        check_detail(run, finding,
                     "Every new row is checked twice, and when the row it points to "
                     "goes, PostgreSQL does what both of them say.");
        check_advice(run, finding, "Decide which of the two is meant, and drop the other.");
        return;
    }
    check_detail(run, finding, "Every new row is checked twice.");
    check_advice(run, finding, "Drop %s.", check_code(run, key->name));
    g_autofree char *up = sql_text("ALTER TABLE %O DROP CONSTRAINT %I", &table->object, key->name);
    g_autofree char *down = sql_text("ALTER TABLE %O ADD CONSTRAINT %I %S", &table->object,
                                     key->name, key->definition);
    fix_statement(run, finding, up, down);
}

static void
visit_duplicates(struct check_run *run, const struct table *table)
{
    const struct constraint_list *constraints = &table->constraints;
    for (size_t i = 0; i < constraints->count; i++) {
        const struct constraint *key = &constraints->items[i];
        const struct constraint *kept = NULL;
        for (size_t j = 0; foreign_key_is_written(key) && j < constraints->count; j++) {
            const struct constraint *other = &constraints->items[j];
            if (i != j && foreign_key_is_written(other) && points_alike(key, other) &&
                gives_way(key, other) && (kept == NULL || gives_way(kept, other)))
                kept = other;
        }
        if (kept != NULL)
            report_duplicate(run, table, key, kept);
    }
}

void
check_fk_duplicate(struct check_run *run)
{
    check_each_table(run, visit_duplicates);
}
