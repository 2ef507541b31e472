/* export_dot.c - DOT for Graphviz: a table is a node with an HTML-like label, a foreign key an edge
 * between the ports of its first columns. */
#include "catalog/type_name.h"
#include "report/export.h"

static void
append_entity(GString *target, gunichar sign)
{
    g_string_append_printf(target, "&#%u;", sign);
}

static void
put_text(GString *target, const char *text)
{
    export_append_coded(target, text, " _.,()", append_entity);
}

static void
put_node(GString *target, const struct model *model, const struct table *table)
{
    g_string_append_printf(target, "t%zu", export_number(model, table));
}

static void
put_cell(GString *target, const char *text)
{
    put_text(target, text);
    g_string_append(target, "</TD>");
}

static void
put_table(GString *target, const struct model *model, const struct table *table)
{
    g_string_append(target, "  ");
    put_node(target, model, table);
    g_string_append(target, " [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\">"
                            "<TR><TD COLSPAN=\"2\"><B>");
    put_text(target, table->schema);
    g_string_append_c(target, '.');
    put_text(target, table->name);
    g_string_append(target, "</B></TD></TR>");
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        g_autofree char *type = type_alias(column->type);
        g_string_append_printf(target, "<TR><TD ALIGN=\"LEFT\" PORT=\"c%zu\">", i + 1);
        put_cell(target, column->name);
        g_string_append(target, "<TD ALIGN=\"LEFT\">");
        put_cell(target, type);
        g_string_append(target, "</TR>");
    }
    g_string_append(target, "</TABLE>>];\n");
}

/* The port of a table's column. */
static void
put_end(GString *target, const struct model *model, const struct table *table,
        const struct names *columns)
{
    const struct column *column = columns->count > 0 ? table_column(table, columns->items[0])
                                                     : NULL;
    put_node(target, model, table);
    if (column != NULL)
        g_string_append_printf(target, ":c%zu", (size_t)(column - table->columns.items) + 1);
}

static void
put_references(GString *target, const struct model *model, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        const struct table *parent = export_target(constraint);
        if (parent == NULL)
            continue;
        g_string_append(target, "  ");
        put_end(target, model, table, &constraint->columns);
        g_string_append(target, " -> ");
        put_end(target, model, parent, &constraint->referenced_columns);
        g_string_append(target, " [tooltip=<");
        put_text(target, constraint->name);
        g_string_append(target, ">];\n");
    }
}

GString *
export_dot(const struct model *model)
{
    GString *target = g_string_new("digraph schema {\n  rankdir=LR;\n  node [shape=plain];\n");
    export_tables(target, model, put_table);
    export_tables(target, model, put_references);
    g_string_append(target, "}\n");
    return target;
}
