/* known.c - reads and fills catalog.unknown. */
#include "catalog/known.h"

#include <string.h>

#define FORMAT_SHIFT 24

/* "table.rules" */
static bool
names_fact(const char *entry, const struct kind *kind, const char *fact)
{
    size_t length = strlen(kind->name);
    return strncmp(entry, kind->name, length) == 0 && entry[length] == '.' &&
           g_str_equal(entry + length + 1, fact);
}

bool
catalog_tells(const struct catalog *catalog, const struct kind *kind, const char *fact)
{
    for (size_t i = 0; i < catalog->unknown.count; i++)
        if (names_fact(catalog->unknown.items[i], kind, fact))
            return false;
    return true;
}

bool
fact_is_known(const struct object *object, const struct field *field)
{
    const struct object *root = object;
    while (root->parent != NULL)
        root = root->parent;
    return root->kind != &kind_catalog ||
           catalog_tells((const struct catalog *)(const void *)root, object->kind, field->name);
}

bool
field_is_newer(const struct field *field, unsigned minor)
{
    return field->flags >> FORMAT_SHIFT > minor;
}

void
catalog_forget(struct database *database, const struct kind *kind, const char *fact)
{
    struct names *unknown = &database->catalog->unknown;
    if (!catalog_tells(database->catalog, kind, fact))
        return;
    const char **items = arena_array(database->arena, unknown->count + 1, sizeof *items);
    for (size_t i = 0; i < unknown->count; i++)
        items[i] = unknown->items[i];
    items[unknown->count++] = arena_printf(database->arena, "%s.%s", kind->name, fact);
    unknown->items = items;
}

void
catalog_forget_newer(struct database *database, unsigned minor)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++)
        for (size_t i = 0; i < (*kind)->field_count; i++)
            if (field_is_newer(&(*kind)->fields[i], minor))
                catalog_forget(database, *kind, (*kind)->fields[i].name);
}

void
catalog_forget_superuser(struct database *database)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++)
        for (size_t i = 0; i < (*kind)->field_count; i++)
            if (((*kind)->fields[i].flags & SUPERUSER) != 0)
                catalog_forget(database, *kind, (*kind)->fields[i].name);
}
