/* ecto_schema.c - `schema "table" do … end` of a module below lib/. */
#include "migrations/ecto_schema.h"

#include <string.h>

/* `schema "table" do`; NULL when the module has none. */
static const struct syntax *
find_schema(struct evaluation *evaluation, const char *name, const struct module **module)
{
    *module = evaluation->project == NULL ? NULL : project_find(evaluation->project, name);
    const struct syntax *body = *module == NULL ? NULL : syntax_section((*module)->syntax, "do");
    for (size_t i = 0; body != NULL && i < body->count; i++) {
        const struct syntax *item = body->items[i];
        if (item->kind == SYNTAX_CALL && item->target == NULL && item->count > 1 &&
            (g_str_equal(item->text, "schema") || g_str_equal(item->text, "typed_schema")) &&
            item->items[0]->kind == SYNTAX_STRING && syntax_section(item, "do") != NULL)
            return item;
    }
    return NULL;
}

bool
ecto_schema_find(struct evaluation *evaluation, const char *module, const char **table,
                 const char **prefix)
{
    const struct module *found = NULL;
    const struct syntax *schema = find_schema(evaluation, module, &found);
    const struct value *set = schema == NULL ? NULL
                                             : binding_find(found->attributes, "schema_prefix");
    if (schema == NULL || (set != NULL && set->kind != VALUE_STRING))
        return false;
    *table = schema->items[0]->text;
    *prefix = set != NULL ? set->text : NULL;
    return true;
}

/* `field :name, …`; NULL for what stands in another form (timestamps, belongs_to). */
static const struct syntax *
find_field(struct evaluation *evaluation, const char *name, const char *field)
{
    const struct module *module = NULL;
    const struct syntax *schema = find_schema(evaluation, name, &module);
    const struct syntax *body = schema == NULL ? NULL : syntax_section(schema, "do");
    for (size_t i = 0; body != NULL && i < body->count; i++) {
        const struct syntax *item = body->items[i];
        if (item->kind == SYNTAX_CALL && g_str_equal(item->text, "field") && item->count > 0 &&
            item->items[0]->kind == SYNTAX_ATOM && g_str_equal(item->items[0]->text, field))
            return item;
    }
    return NULL;
}

const char *
ecto_schema_column(struct evaluation *evaluation, const char *module, const char *field)
{
    const struct syntax *found = find_field(evaluation, module, field);
    const struct syntax *source = found == NULL ? NULL : syntax_section(found, "source");
    if (source == NULL)
        return field;
    return source->kind == SYNTAX_ATOM ? source->text : NULL;
}

bool
ecto_schema_is_plain(struct evaluation *evaluation, const char *module, const char *field)
{
    static const char *const plain[] = {"string", "integer", "boolean", "id"};
    const struct syntax *found = find_field(evaluation, module, field);
    if (found == NULL || syntax_section(found, "source") != NULL)
        return false;
    const struct syntax *type = found->count > 1 ? found->items[1] : NULL;
    for (size_t i = 0; type != NULL && i < G_N_ELEMENTS(plain); i++)
        if (type->kind == SYNTAX_ATOM && g_str_equal(type->text, plain[i]))
            return true;
    return false;
}
