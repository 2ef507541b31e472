/* export_mermaid.c - Mermaid's erDiagram, as GitHub and GitLab draw it. What is no plain word there
 * is written by its code (#34;), and a column whose name is none has it in a comment. */
#include "catalog/type_name.h"
#include "report/export.h"

static void
append_code(GString *target, gunichar sign)
{
    g_string_append_printf(target, "#%u;", sign);
}

static void
put_text(GString *target, const char *text)
{
    g_string_append_c(target, '"');
    export_append_coded(target, text, " _.,()-[]", append_code);
    g_string_append_c(target, '"');
}

/* Whether it is a word as it stands: a letter and what may follow, and none of Mermaid's own (PK,
 * FK, UK). */
static bool
is_word(const char *text)
{
    const char *c = text;
    while (g_ascii_isalnum(*c) || *c == '_')
        c++;
    bool is_key = c == text + 2 && g_ascii_toupper(text[1]) == 'K';
    return g_ascii_isalpha(*text) && *c == '\0' && !is_key;
}

/* Letters, digits and what else is `plain`; "_" for each sign that is none of them. */
static void
put_letters(GString *target, const char *text, const char *plain)
{
    for (const char *c = text; *c != '\0'; c = g_utf8_next_char(c))
        g_string_append_c(target, g_ascii_isalnum(*c) || strchr(plain, *c) != NULL ? *c : '_');
}

static void
put_type(GString *target, const struct column *column)
{
    g_autofree char *alias = type_alias(column->type);
    if (!is_word(alias) && !g_ascii_isalpha(*alias))
        g_string_append_c(target, '_');
    put_letters(target, alias, "()[]");
}

/* What is no word has the column's place, so that no two are the same, and the name behind it. */
static void
put_name(GString *target, const struct table *table, const struct column *column)
{
    if (!is_word(column->name))
        g_string_append_printf(target, "_%zu_", (size_t)(column - table->columns.items) + 1);
    put_letters(target, column->name, "");
}

static void
put_column(GString *target, const struct table *table, const struct column *column)
{
    bool primary = column_is_in_primary_key(column);
    bool foreign = export_is_foreign(column);
    g_string_append(target, "        ");
    put_type(target, column);
    g_string_append_c(target, ' ');
    put_name(target, table, column);
    g_string_append(target, primary ? " PK" : "");
    g_string_append(target, primary && foreign ? "," : "");
    g_string_append(target, foreign ? " FK" : "");
    if (!is_word(column->name)) {
        g_string_append_c(target, ' ');
        put_text(target, column->name);
    }
    g_string_append_c(target, '\n');
}

static void
put_entity(GString *target, const struct model *model, const struct table *table)
{
    g_string_append_printf(target, "t%zu", export_number(model, table));
}

static void
put_table(GString *target, const struct model *model, const struct table *table)
{
    g_autofree char *name = g_strconcat(table->schema, ".", table->name, NULL);
    g_string_append(target, "    ");
    put_entity(target, model, table);
    g_string_append_c(target, '[');
    put_text(target, name);
    g_string_append(target, "] {\n");
    for (size_t i = 0; i < table->columns.count; i++)
        put_column(target, table, &table->columns.items[i]);
    g_string_append(target, "    }\n");
}

static void
put_references(GString *target, const struct model *model, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *constraint = &table->constraints.items[i];
        const struct table *parent = export_target(constraint);
        if (parent == NULL)
            continue;
        g_string_append(target, "    ");
        put_entity(target, model, parent);
        export_append_ends(target, constraint);
        put_entity(target, model, table);
        g_string_append(target, " : ");
        put_text(target, constraint->name);
        g_string_append_c(target, '\n');
    }
}

GString *
export_mermaid(const struct model *model)
{
    GString *target = g_string_new("erDiagram\n");
    export_tables(target, model, put_table);
    export_tables(target, model, put_references);
    return target;
}
