/* export_plantuml.c - PlantUML's entity diagram. What could be markup or a directive there is
 * written by its code point, <U+0022>. */
#include "catalog/type_name.h"
#include "report/export.h"

/* A single underscore stands for itself, two of them would underline. */
static void
append_code(GString *target, gunichar sign)
{
    bool alone = target->len == 0 || target->str[target->len - 1] != '_';
    if (sign == '_' && alone)
        g_string_append_c(target, '_');
    else
        g_string_append_printf(target, "<U+%04X>", sign);
}

static void
put_text(GString *target, const char *text)
{
    export_append_coded(target, text, " .,()", append_code);
}

static void
put_entity(GString *target, const struct model *model, const struct table *table)
{
    g_string_append_printf(target, "t%zu", export_number(model, table));
}

/* An asterisk is what must not be NULL. */
static void
put_column(GString *target, const struct column *column)
{
    g_autofree char *type = type_alias(column->type);
    g_string_append(target, column->not_null == YES ? "  * {field} " : "  {field} ");
    put_text(target, column->name);
    g_string_append(target, " : ");
    put_text(target, type);
    if (column_is_in_primary_key(column))
        g_string_append(target, " <<PK>>");
    if (export_is_foreign(column))
        g_string_append(target, " <<FK>>");
    g_string_append_c(target, '\n');
}

/* A title that ends with <…> would have a type parameter. */
static void
put_title(GString *target, const struct table *table)
{
    put_text(target, table->schema);
    g_string_append_c(target, '.');
    put_text(target, table->name);
    if (target->str[target->len - 1] == '>')
        g_string_append_c(target, ' ');
}

static void
put_table(GString *target, const struct model *model, const struct table *table)
{
    g_string_append(target, "entity \"");
    put_title(target, table);
    g_string_append(target, "\" as ");
    put_entity(target, model, table);
    g_string_append(target, " {\n");
    for (size_t i = 0; i < table->columns.count; i++)
        put_column(target, &table->columns.items[i]);
    g_string_append(target, "}\n");
}

static void
put_references(GString *target, const struct model *model, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        const struct table *parent = export_target(constraint);
        if (parent == NULL)
            continue;
        put_entity(target, model, parent);
        export_append_ends(target, constraint);
        put_entity(target, model, table);
        g_string_append(target, " : \"");
        put_text(target, constraint->name);
        g_string_append(target, "\"\n");
    }
}

GString *
export_plantuml(const struct model *model)
{
    GString *target = g_string_new("@startuml\nhide circle\nhide empty members\n");
    export_tables(target, model, put_table);
    export_tables(target, model, put_references);
    g_string_append(target, "@enduml\n");
    return target;
}
