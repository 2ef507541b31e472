/* part_modules.c - the section "Schema modules": what Ecto's code expects of a table, each beside
 * what meets it in the database. */
#include "site/parts.h"

#include "base/secret.h"
#include "base/text.h"
#include "site/words.h"

#include <string.h>

enum { LONGEST_TYPE = 40 }; /* bytes beside a column */

/* ---- beside a column ---- */

static char *
text_beside(const struct schema_field *field)
{
    g_autofree char *whole = g_str_equal(field->name, field->column)
                                 ? g_strdup(field->type != NULL ? field->type : "?")
                                 : g_strdup_printf("%s %s", field->name,
                                                   field->type != NULL ? field->type : "?");
    g_autofree char *text = text_clean(whole);
    if (strlen(text) <= LONGEST_TYPE)
        return g_steal_pointer(&text);
    const char *end = g_utf8_find_prev_char(text, text + LONGEST_TYPE);
    return g_strdup_printf("%.*s…", (int)(end - text), text);
}

void
part_fields(const struct sheet *sheet, xmlNode *node, const struct table *table,
            const struct column *column)
{
    const struct table_modules *modules = model_modules(sheet->site->model, table);
    g_autoptr(GPtrArray) said = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_field *field = schema_field_of_column(modules->items[i], column->name);
        g_autofree char *text = field != NULL ? text_beside(field) : NULL;
        if (text == NULL || g_ptr_array_find_with_equal_func(said, text, g_str_equal, NULL))
            continue;
        tree_text_element(node, "field", text);
        g_ptr_array_add(said, g_steal_pointer(&text));
    }
}

/* ---- what the code expects, and what is there ---- */

/* The index or constraint of that name on a table; NULL for none. */
static const void *
find_named(const struct table *table, const struct schema_constraint *constraint)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (schema_constraint_fits(constraint, table->constraints.items[i].name))
            return &table->constraints.items[i];
    for (size_t i = 0; i < table->indexes.count; i++)
        if (schema_constraint_fits(constraint, table->indexes.items[i].name))
            return &table->indexes.items[i];
    return NULL;
}

static const void *
find_anywhere(const struct model *model, const struct table *table,
              const struct schema_constraint *constraint)
{
    const void *found = find_named(table, constraint);
    for (size_t i = 0; found == NULL && i < model->catalog->tables.count; i++)
        found = find_named(&model->catalog->tables.items[i], constraint);
    return found;
}

static xmlNode *
add_entry(xmlNode *list, const char *word, const char *name, const struct code_place *place)
{
    xmlNode *entry = tree_element(list, "entry");
    g_autofree char *clean = text_clean(name);
    g_autofree char *where = g_strdup_printf("%s:%u", place->file, place->line);
    tree_attribute(entry, "word", word);
    tree_attribute(entry, "name", clean);
    tree_attribute(entry, "place", where);
    return entry;
}

static void
add_constraint(const struct sheet *sheet, xmlNode *list, const struct table *table,
               const struct schema_constraint *constraint)
{
    g_autofree char *fields = names_text(&constraint->fields);
    xmlNode *entry = add_entry(list, constraint_call_words[constraint->call], fields,
                               &constraint->place);
    const void *found = constraint->name != NULL
                            ? find_anywhere(sheet->site->model, table, constraint)
                            : NULL;
    if (found != NULL)
        sheet_object(sheet, entry, "meets", found, BY_NAME);
    else if (constraint->name == NULL)
        tree_attribute(entry, "note", "a name that only the running program knows");
    else
        tree_attribute(entry, "missing", constraint->name);
}

/* The foreign key that goes from the column; NULL for none. */
static const struct constraint *
find_key(const struct table *table, const struct schema_module *module, const char *name)
{
    const struct schema_field *field = name != NULL ? schema_field_find(module, name) : NULL;
    const char *column = field != NULL ? field->column : name;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
            names_contain(&table->constraints.items[i].columns, column))
            return &table->constraints.items[i];
    return NULL;
}

static const struct table *
table_of_module(const struct model *model, const char *name)
{
    const struct schema_module *module = name != NULL ? schema_module_find(model->schemas, name)
                                                      : NULL;
    return module != NULL ? model_module_table(model, module) : NULL;
}

static void
add_association(const struct sheet *sheet, xmlNode *list, const struct table *table,
                const struct schema_module *module, const struct schema_association *association)
{
    const struct model *model = sheet->site->model;
    xmlNode *entry = add_entry(list, association_words[association->kind], association->name,
                               &association->place);
    const struct constraint *key = association->kind == BELONGS_TO
                                       ? find_key(table, module, association->owner_key)
                                       : NULL;
    const struct table *other = table_of_module(model, association->module);
    if (association->through.count > 0) {
        g_autofree char *through = names_text(&association->through);
        g_autofree char *note = g_strdup_printf("through %s", through);
        tree_attribute(entry, "note", note);
    } else if (key != NULL) {
        sheet_object(sheet, entry, "meets", key, BY_NAME);
    } else if (other != NULL) {
        sheet_object(sheet, entry, "meets", table_root(other), BY_PATH);
        if (association->kind == BELONGS_TO)
            tree_flag(entry, "unsupported", true);
    } else if (association->module != NULL) {
        tree_attribute(entry, "note", association->module);
    }
}

static void
add_virtual(xmlNode *list, const struct schema_module *module)
{
    for (size_t i = 0; i < module->field_count; i++)
        if (module->fields[i].storage == FIELD_VIRTUAL)
            tree_attribute(
                add_entry(list, "field", module->fields[i].name, &module->fields[i].place), "note",
                "virtual, not stored");
}

static void
add_module(const struct sheet *sheet, xmlNode *list, const struct table *table,
           const struct schema_module *module)
{
    xmlNode *node = tree_element(list, "module");
    g_autofree char *place = g_strdup_printf("%s:%u", module->place.file, module->place.line);
    tree_attribute(node, "name", module->name);
    tree_attribute(node, "place", place);
    if (module->incomplete != NULL) {
        g_autofree char *safe = secret_mask(module->incomplete);
        g_autofree char *clean = text_clean(safe);
        tree_attribute(node, "incomplete", clean);
    }
    for (size_t i = 0; i < module->association_count; i++)
        add_association(sheet, node, table, module, &module->associations[i]);
    for (size_t i = 0; i < module->constraint_count; i++)
        add_constraint(sheet, node, table, &module->constraints[i]);
    add_virtual(node, module);
}

void
part_modules(struct sheet *sheet, const struct table *table)
{
    const struct table_modules *modules = model_modules(sheet->site->model, table);
    if (modules->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "modules", "Schema modules", (int64_t)modules->count);
    sheet_hint(section, "What the Ecto code expects of this table, beside what meets it here.");
    xmlNode *list = tree_element(section, "modules");
    for (size_t i = 0; i < modules->count; i++)
        add_module(sheet, list, table, modules->items[i]);
}
