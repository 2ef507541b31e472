/* code_values.c - the values of an Ecto.Enum, and those that changesets allow, against those that
 * the column takes, which its enum type lists, a CHECK, or one of its domain. A CHECK that says
 * anything else is left alone. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

/* What the database allows in a column. */
struct values {
    struct names items;
    const char *where; /* "CHECK" or "type" */
    const char *text;  /* of the CHECK; NULL: the enum type lists them */
};

/* ---- values that a CHECK lists ---- */

/* What stands around the values in "CHECK (((state)::text = ANY ((ARRAY['a'::character varying …",
 * as the server prints it. */
static bool
is_frame(const struct sql_token *token, const char *column)
{
    static const char *const words[] = {"check", "any",       "array",   "text",
                                        "or",    "character", "varying", "bpchar"};
    if (token->kind == SQL_CAST || (token->kind == SQL_PUNCTUATION && *token->text != '.'))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (sql_is_word(token, words[i]))
            return true;
    return sql_is_name(token, column);
}

/* The text of '…', without its quotes; NULL for other kinds of strings. */
static char *
unquoted(const struct sql_token *token)
{
    if (token->kind != SQL_STRING || *token->text != '\'' || token->length < 2)
        return NULL;
    g_autofree char *inner = g_strndup(token->text + 1, token->length - 2);
    g_auto(GStrv) pieces = g_strsplit(inner, "''", -1);
    return g_strjoinv("'", pieces);
}

/* None where the CHECK is more than "column = ANY (list)", or "column = 'a' OR column = 'b'". */
static struct names
listed_by(const struct check_run *run, const char *check, const char *column)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    const char *cursor = check;
    unsigned equals = 0;
    struct sql_token token;
    while (sql_next_word(&cursor, &token)) {
        g_autofree char *value = unquoted(&token);
        if (value != NULL)
            g_ptr_array_add(found, (void *)(guintptr)arena_text(run->arena, value, -1));
        else if (token.kind == SQL_OPERATOR && token.length == 1 && *token.text == '=')
            equals++;
        else if (!is_frame(&token, column))
            return (struct names){0, NULL};
    }
    return equals == 1 || equals == found->len ? names_keep(run->arena, found)
                                               : (struct names){0, NULL};
}

static bool
is_about_column_alone(const struct constraint *constraint, const char *column)
{
    return constraint->kind == CONSTRAINT_CHECK && constraint->columns.count == 1 &&
           g_str_equal(constraint->columns.items[0], column);
}

static struct values
values_of_checks(const struct check_run *run, const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        if (!is_about_column_alone(constraint, column))
            continue;
        struct names items = listed_by(run, constraint->definition, column);
        if (items.count > 0)
            return (struct values){
                items, "CHECK",
                arena_printf(run->arena, "%s %s", constraint->name, constraint->definition)};
    }
    return (struct values){{0, NULL}, NULL, NULL};
}

/* A CHECK of a domain speaks of "VALUE". */
static struct values
values_of_domain(const struct check_run *run, const struct domain *domain)
{
    for (size_t i = 0; i < domain->constraints.count; i++) {
        const struct domain_constraint *constraint = &domain->constraints.items[i];
        struct names items = listed_by(run, constraint->definition, "value");
        if (items.count > 0)
            return (struct values){items, "CHECK",
                                   arena_printf(run->arena, "%s of %s %s", constraint->name,
                                                domain->object.path, constraint->definition)};
    }
    return (struct values){{0, NULL}, NULL, NULL};
}

static struct values
values_of(const struct check_run *run, const struct table *table, const struct column *column)
{
    const struct object *object = column->type_object.object;
    if (object != NULL && object->kind == &kind_enum_type)
        return (struct values){((const struct enum_type *)(const void *)object)->labels, "type",
                               NULL};
    struct values values = values_of_checks(run, table, column->name);
    if (values.items.count == 0 && object != NULL && object->kind == &kind_domain)
        values = values_of_domain(run, (const struct domain *)(const void *)object);
    return values;
}

/* ---- enum-labels-differ ---- */

/* Those of `some` that `others` lack, joined; NULL for none. */
static const char *
lacking(const struct check_run *run, const struct names *some, const struct names *others)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < some->count; i++)
        if (!names_hold(others, some->items[i]))
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", some->items[i]);
    return text->len > 0 ? arena_text(run->arena, text->str, -1) : NULL;
}

static void
advise_addition(struct check_run *run, struct finding *finding, const struct values *values)
{
    check_advice(run, finding, "%s",
                 values->text != NULL
                     ? "Add a CHECK that lists it, NOT VALID and then validated, and drop this one."
                     : "Add it to the type: `ALTER TYPE … ADD VALUE`.");
    code_allow_pending(run, finding);
}

/* What each side has, and what only one of them has. */
static void
show_values(struct check_run *run, struct finding *finding, const struct names *written,
            const struct values *values)
{
    const struct names none = {0, NULL};
    check_evidence(run, finding, "Values in the code", lacking(run, written, &none));
    if (values->text != NULL)
        check_evidence(run, finding, "Values in the CHECK", values->text);
    else
        check_evidence(run, finding, "Values in the type", lacking(run, &values->items, &none));
    check_evidence(run, finding, "Only in the code", lacking(run, written, &values->items));
    check_evidence(run, finding, "Only in the database", lacking(run, &values->items, written));
}

static void
advise(struct check_run *run, struct finding *finding, const struct values *values, bool unknown)
{
    if (!unknown) {
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding, "Reading a row with a value that only the %s has raises.",
                     values->where);
        check_advice(run, finding, "Add it to `values:`, or make sure that no row has it.");
        return;
    }
    check_detail(run, finding, "Writing a value that only the code has fails.");
    advise_addition(run, finding, values);
}

static void
compare(struct check_run *run, const struct schema_module *module, const struct table *table,
        const struct schema_field *field, const struct values *values)
{
    const char *unknown = lacking(run, &field->labels, &values->items);
    const char *unread = lacking(run, &values->items, &field->labels);
    const struct names columns = {1, (const char *[]){field->column}};
    if (unknown == NULL && unread == NULL)
        return;
    struct finding *finding = check_report(run, table_column(table, field->column),
                                           "%s and its Ecto.Enum do not have the same values",
                                           check_columns(run, table, &columns));
    code_show_field(run, finding, module, field);
    show_values(run, finding, &field->labels, values);
    advise(run, finding, values, unknown != NULL);
}

static void
visit_labels(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->field_count; i++) {
        const struct schema_field *field = &module->fields[i];
        const struct column *column = field->storage == FIELD_STORED && field->labels.count > 0
                                          ? table_column(table, field->column)
                                          : NULL;
        if (column == NULL)
            continue;
        struct values values = values_of(run, table, column);
        if (values.items.count > 0)
            compare(run, module, table, field, &values);
    }
}

void
check_enum_labels_differ(struct check_run *run)
{
    code_each_module(run, visit_labels);
}

/* ---- changeset-values-differ, and the lists that only changesets have ---- */

/* All that the module's changesets allow in a field, where each that casts it has a list, or some
 * have one. */
struct allowed {
    struct names values;
    const struct code_place *place; /* of the first list; NULL: there is none */
    bool everywhere;                /* whoever casts the field has a list */
};

static const struct schema_inclusion *
find_inclusion(const struct schema_changeset *changeset, const char *field)
{
    for (size_t i = 0; i < changeset->inclusion_count; i++)
        if (g_str_equal(changeset->inclusions[i].field, field))
            return &changeset->inclusions[i];
    return NULL;
}

static struct allowed
allowed_in(const struct check_run *run, const struct schema_module *module, const char *field)
{
    struct allowed allowed = {.everywhere = true};
    g_autoptr(GPtrArray) values = g_ptr_array_new();
    for (size_t i = 0; i < module->changeset_count; i++) {
        const struct schema_changeset *changeset = &module->changesets[i];
        const struct schema_inclusion *found = find_inclusion(changeset, field);
        if (found == NULL) {
            allowed.everywhere = allowed.everywhere && !changeset->casts_unknown &&
                                 !names_hold(&changeset->cast, field);
            continue;
        }
        allowed.place = allowed.place != NULL ? allowed.place : &found->place;
        for (size_t j = 0; j < found->values.count; j++)
            if (!g_ptr_array_find_with_equal_func(values, found->values.items[j], g_str_equal,
                                                  NULL))
                g_ptr_array_add(values, (void *)(guintptr)found->values.items[j]);
    }
    allowed.values = names_keep(run->arena, values);
    return allowed;
}

/* Where one changeset has a list and another none, or several modules write the table, a value that
 * no list has may still be written. */
static void
compare_list(struct check_run *run, const struct schema_module *module, const struct column *column,
             const struct allowed *allowed, const struct values *values)
{
    const struct table *table = object_table(column);
    const struct names columns = {1, (const char *[]){column->name}};
    bool unknown = lacking(run, &allowed->values, &values->items) != NULL;
    bool unread = allowed->everywhere && model_modules(run->model, table)->count == 1 &&
                  lacking(run, &values->items, &allowed->values) != NULL;
    if (!unknown && !unread)
        return;
    struct finding *finding = check_report(run, column,
                                           "%s and its changeset do not allow the same values",
                                           check_columns(run, table, &columns));
    code_place(run, finding, module, allowed->place);
    show_values(run, finding, &allowed->values, values);
    if (unknown) {
        check_detail(run, finding,
                     "The changeset lets a value pass that the database refuses: the insert raises "
                     "instead of giving an error to show.");
        advise_addition(run, finding, values);
        return;
    }
    finding->severity = SEVERITY_NOTE;
    finding->strength = STRENGTH_HINT;
    check_detail(run, finding,
                 "No changeset lets a value pass that the %s has: such a row comes from elsewhere, "
                 "and cannot be saved again.",
                 values->where);
    check_advice(run, finding, "Add it to the list, or make sure that no row has it.");
}

/* A field that is stored as its text, whose changesets have a list. */
static const struct column *
listed_column(const struct schema_field *field, const struct table *table,
              const struct allowed *allowed)
{
    bool plain = field->storage == FIELD_STORED && text_equal(field->type, ":string");
    return plain && allowed->place != NULL ? table_column(table, field->column) : NULL;
}

static void
visit_lists(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->field_count; i++) {
        const struct schema_field *field = &module->fields[i];
        const struct allowed allowed = allowed_in(run, module, field->name);
        const struct column *column = listed_column(field, table, &allowed);
        if (column == NULL)
            continue;
        const struct values values = values_of(run, table, column);
        if (values.items.count > 0)
            compare_list(run, module, column, &allowed, &values);
    }
}

void
check_changeset_values_differ(struct check_run *run)
{
    code_each_module(run, visit_lists);
}

/* The module whose changesets alone keep the column to a list; NULL for none. */
static const struct schema_module *
keeper_of(const struct check_run *run, const struct column *column, struct allowed *allowed)
{
    const struct table *table = object_table(column);
    const struct table_modules *modules = model_modules(run->model, table);
    const struct schema_field *field = modules->count == 1
                                           ? schema_field_of_column(modules->items[0], column->name)
                                           : NULL;
    if (field == NULL || column->type_object.path != NULL ||
        code_foreign_key(table, column->name) != NULL)
        return NULL;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_CHECK &&
            names_hold(&table->constraints.items[i].columns, column->name))
            return NULL;
    *allowed = allowed_in(run, modules->items[0], field->name);
    bool held = listed_column(field, table, allowed) == column && allowed->everywhere;
    return held ? modules->items[0] : NULL;
}

bool
code_keeps_list(const struct check_run *run, const struct column *column)
{
    struct allowed allowed;
    return keeper_of(run, column, &allowed) != NULL;
}

static void
propose_list(struct check_run *run, struct finding *finding, const struct column *column,
             const struct names *values)
{
    const struct table *table = object_table(column);
    g_autofree char *name = g_strdup_printf("%s_%s_values", table->name, column->name);
    g_autoptr(GString) list = g_string_new(NULL);
    for (size_t i = 0; i < values->count; i++) {
        g_autofree char *value = sql_text("%S%L", i > 0 ? ", " : "", values->items[i]);
        g_string_append(list, value);
    }
    g_autofree char *add = sql_text("ALTER TABLE %O ADD CONSTRAINT %I CHECK (%I IN (%S)) NOT VALID",
                                    &table->object, name, column->name, list->str);
    g_autofree char *validate = sql_text("ALTER TABLE %O VALIDATE CONSTRAINT %I", &table->object,
                                         name);
    g_autofree char *back = sql_text("ALTER TABLE %O DROP CONSTRAINT %I", &table->object, name);
    fix_each_alone(run, finding, (const char *const[]){add, validate, NULL}, back);
}

void
code_report_list(struct check_run *run, const struct column *column)
{
    struct allowed allowed;
    const struct schema_module *module = keeper_of(run, column, &allowed);
    if (module == NULL)
        return;
    const struct names columns = {1, (const char *[]){column->name}};
    const struct names none = {0, NULL};
    struct finding *finding = check_report(run, column, "Only a changeset keeps %s to its values",
                                           check_columns(run, object_table(column), &columns));
    finding->strength = STRENGTH_HINT;
    code_place(run, finding, module, allowed.place);
    check_evidence(run, finding, "Values in the code", lacking(run, &allowed.values, &none));
    check_detail(run, finding,
                 "`insert_all`, `update_all`, `change` and people with a console go past it.");
    check_advice(run, finding,
                 "Add a check that lists them, not validated first, and `check_constraint` to the "
                 "changeset.");
    propose_list(run, finding, column, &allowed.values);
}
