/* code_values.c - the values of an Ecto.Enum against those that its column takes, which its enum
 * type or a CHECK lists. A CHECK that says anything else is left alone. */
#include "base/sql_lexer.h"
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"

#include <string.h>

/* What the database allows in a column. */
struct values {
    struct names items;
    const struct constraint *check; /* that lists them; NULL: the enum type does */
};

/* ---- values that a CHECK lists ---- */

/* What stands around the values in "CHECK (((state)::text = ANY ((ARRAY['a'::character varying …",
 * as the server prints it. */
static bool
is_frame(const struct sql_token *token, const char *column)
{
    static const char *const words[] = {"check", "any", "array", "text", "character", "varying"};
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

/* None where the CHECK is more than one "column = ANY (list)". */
static struct names
listed_by(const struct check_run *run, const struct constraint *check, const char *column)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    const char *cursor = check->definition;
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
    return equals == 1 ? names_keep(run->arena, found) : (struct names){0, NULL};
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
        struct names items = listed_by(run, constraint, column);
        if (items.count > 0)
            return (struct values){items, constraint};
    }
    return (struct values){{0, NULL}, NULL};
}

static struct values
values_of(const struct check_run *run, const struct table *table, const struct column *column)
{
    const struct object *object = column->type_object.object;
    if (object != NULL && object->kind == &kind_enum_type)
        return (struct values){((const struct enum_type *)(const void *)object)->labels, NULL};
    return values_of_checks(run, table, column->name);
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
advise(struct check_run *run, struct finding *finding, const struct values *values, bool unknown)
{
    const char *where = values->check != NULL ? "CHECK" : "type";
    if (!unknown) {
        finding->severity = SEVERITY_NOTE;
        check_detail(run, finding, "Reading a row with a value that only the %s has raises.",
                     where);
        check_advice(run, finding, "Add it to `values:`, or make sure that no row has it.");
        return;
    }
    check_detail(run, finding, "Writing a value that only the code has fails.");
    check_advice(run, finding, "%s",
                 values->check != NULL
                     ? "Add a CHECK that lists it, NOT VALID and then validated, and drop this one."
                     : "Add it to the type: `ALTER TYPE … ADD VALUE`.");
    code_allow_pending(run, finding);
}

static void
compare(struct check_run *run, const struct schema_module *module, const struct table *table,
        const struct schema_field *field, const struct values *values)
{
    const struct names none = {0, NULL};
    const char *unknown = lacking(run, &field->labels, &values->items);
    const char *unread = lacking(run, &values->items, &field->labels);
    const struct names columns = {1, (const char *[]){field->column}};
    if (unknown == NULL && unread == NULL)
        return;
    struct finding *finding = check_report(run, table_column(table, field->column),
                                           "%s and its Ecto.Enum do not have the same values",
                                           check_columns(run, table, &columns));
    code_show_field(run, finding, module, field);
    check_evidence(run, finding, "Values in the code", lacking(run, &field->labels, &none));
    if (values->check != NULL)
        check_constraint(run, finding, "Values in the CHECK", values->check);
    else
        check_evidence(run, finding, "Values in the type", lacking(run, &values->items, &none));
    check_evidence(run, finding, "Only in the code", unknown);
    check_evidence(run, finding, "Only in the database", unread);
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
