/* export.c - the languages of other tools, and what their writers share. */
#include "report/export.h"

#include "base/secret.h"
#include "base/text.h"

#include <string.h>

const struct export_format export_formats[] = {
    {"dbml", export_dbml, NULL},
    {"mermaid", export_mermaid, NULL},
    {"dot", export_dot, NULL},
    {"plantuml", export_plantuml, NULL},
    {"markdown", NULL, export_markdown},
    {"llms", export_llms, NULL},
    {"tbls", export_tbls, NULL},
    {"comments", export_comments, NULL},
    {NULL, NULL, NULL},
};

char *
export_text(const char *text)
{
    g_autofree char *masked = secret_mask(text);
    return text_clean(masked);
}

char *
export_note(const struct model *model, const void *object)
{
    const struct annotation *annotation = model_annotation(model, object);
    return annotation->count == 0 ? NULL : export_text(annotation->notes[0]->text);
}

void
export_tables(GString *target, const struct model *model, export_visit *visit)
{
    const struct table_list *tables = &model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++)
        if (!table_is_partition(&tables->items[i]))
            visit(target, model, &tables->items[i]);
}

const struct table *
export_target(const struct constraint *constraint)
{
    const struct table *target = constraint->references.object;
    bool written = constraint->kind == CONSTRAINT_FOREIGN_KEY && target != NULL &&
                   !table_is_partition(target);
    return written ? target : NULL;
}

void
export_append_ends(GString *target, const struct constraint *foreign_key)
{
    g_string_append(target, foreign_key_is_optional(foreign_key) ? " |o--" : " ||--");
    g_string_append(target, foreign_key_is_unique(foreign_key) ? "o| " : "o{ ");
}

bool
export_is_foreign(const struct column *column)
{
    const struct table *table = object_table(column);
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
            names_contain(&table->constraints.items[i].columns, column->name))
            return true;
    return false;
}

size_t
export_number(const struct model *model, const struct table *table)
{
    return (size_t)(table - model->catalog->tables.items) + 1;
}

void
export_append_coded(GString *target, const char *text, const char *plain,
                    void (*append)(GString *target, gunichar sign))
{
    g_autofree char *clean = export_text(text);
    for (const char *c = g_strdelimit(clean, "\n\t", ' '); *c != '\0'; c = g_utf8_next_char(c)) {
        gunichar sign = g_utf8_get_char(c);
        if (g_unichar_isalnum(sign) || (sign < 0x80 && strchr(plain, (int)sign) != NULL))
            g_string_append_unichar(target, sign);
        else
            append(target, sign);
    }
}
