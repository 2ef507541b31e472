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

static bool
is_among(const struct names *facts, const struct kind *kind, const char *fact)
{
    for (size_t i = 0; i < facts->count; i++)
        if (names_fact(facts->items[i], kind, fact))
            return true;
    return false;
}

bool
catalog_tells(const struct catalog *catalog, const struct kind *kind, const char *fact)
{
    return !is_among(&catalog->unknown, kind, fact);
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
catalog_sees(const struct catalog *catalog, const struct kind *kind, const char *fact)
{
    return !is_among(&catalog->unseen, kind, fact);
}

char *
unseen_words(const struct catalog *catalog)
{
    return catalog->unseen_by == NULL ? g_strdup("not visible to the role that read it")
                                      : g_strdup_printf("not visible to %s", catalog->unseen_by);
}

bool
field_is_newer(const struct field *field, unsigned minor)
{
    return field->flags >> FORMAT_SHIFT > minor;
}

static void
add_fact(struct arena *arena, struct names *facts, const struct kind *kind, const char *fact)
{
    if (is_among(facts, kind, fact))
        return;
    const char **items = arena_array(arena, facts->count + 1, sizeof *items);
    for (size_t i = 0; i < facts->count; i++)
        items[i] = facts->items[i];
    items[facts->count++] = arena_printf(arena, "%s.%s", kind->name, fact);
    facts->items = items;
}

void
catalog_forget(struct database *database, const struct kind *kind, const char *fact)
{
    add_fact(database->arena, &database->catalog->unknown, kind, fact);
}

void
catalog_lose(struct database *database, const struct kind *kind, const char *fact)
{
    catalog_forget(database, kind, fact);
    add_fact(database->arena, &database->catalog->unseen, kind, fact);
}

static void
add_titles(const struct catalog *catalog, const struct kind *kind, GPtrArray *titles)
{
    for (size_t i = 0; i < kind->field_count; i++) {
        char *title = g_ascii_strdown(kind->fields[i].title, -1);
        bool unseen = is_among(&catalog->unseen, kind, kind->fields[i].name);
        if (unseen && !g_ptr_array_find_with_equal_func(titles, title, g_str_equal, NULL))
            g_ptr_array_add(titles, title);
        else
            g_free(title);
    }
}

char *
unseen_facts(const struct catalog *catalog, const struct kind *kind)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func(g_free);
    for (const struct kind *const *one = all_kinds; *one != NULL; one++)
        if (kind == NULL || kind == *one)
            add_titles(catalog, *one, titles);
    if (titles->len == 0)
        return NULL;
    g_ptr_array_add(titles, NULL);
    return g_strjoinv(", ", (char **)titles->pdata);
}

/* ---- definitions ---- */

struct filling {
    const char *words;
    const struct names *unseen;
};

static void
fill_object(const struct object *object, void *data)
{
    const struct filling *filling = data;
    for (size_t i = 0; i < object->kind->field_count; i++) {
        const struct field *field = &object->kind->fields[i];
        if ((field->flags & REQUIRED) != 0 && is_among(filling->unseen, object->kind, field->name))
            *(const char **)(void *)((char *)(guintptr)object + field->offset) = filling->words;
    }
}

/* A role may have any name. */
void
catalog_fill_unseen(struct database *database)
{
    if (database->catalog->unseen.count == 0)
        return;
    g_autofree char *words = unseen_words(database->catalog);
    g_auto(GStrv) parts = g_strsplit(words, "*/", -1);
    g_autofree char *safe = g_strjoinv("* /", parts);
    struct filling filling = {arena_printf(database->arena, "/* %s */", safe),
                              &database->catalog->unseen};
    object_walk(database->catalog, fill_object, &filling);
}

/* ---- formats ---- */

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
