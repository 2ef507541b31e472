/* renames.c - ALTER TABLE … RENAME among the statements of migrations. */
#include "migrations/renames.h"

#include "catalog/address.h"
#include "postgres/acts.h"

#include <string.h>

/* Most statements need no parser for that. */
static bool
may_rename(const char *sql)
{
    g_autofree char *lower = g_ascii_strdown(sql, -1);
    return strstr(lower, "rename") != NULL;
}

/* The path with another last name, or with one more name. */
static const char *
path_with(struct arena *arena, const char *parent, const char *name)
{
    g_autoptr(GString) path = g_string_new(parent);
    if (parent != NULL)
        g_string_append_c(path, '.');
    address_append_name(path, name);
    return arena_text(arena, path->str, (gssize)path->len);
}

static void
note_act(struct arena *arena, const struct act *act, GArray *renames)
{
    struct rename rename = {0};
    if (act->relation == NULL || act->new_name == NULL)
        return;
    if (act->kind == ACT_RENAME_TABLE) {
        g_autofree char *schema = address_parent(act->relation);
        rename = (struct rename){"table", act->relation, path_with(arena, schema, act->new_name)};
    } else if (act->kind == ACT_RENAME_COLUMN && act->name != NULL) {
        rename = (struct rename){"column", path_with(arena, act->relation, act->name),
                                 path_with(arena, act->relation, act->new_name)};
    }
    if (rename.word != NULL)
        g_array_append_val(renames, rename);
}

static void
note_plan(struct arena *arena, const struct migration_plan *plan, GArray *renames)
{
    for (size_t i = 0; i < plan->count; i++) {
        const char *sql = plan->steps[i].sql;
        if (sql == NULL || !may_rename(sql))
            continue;
        const struct acts acts = acts_of(arena, sql);
        for (size_t j = 0; j < acts.count; j++)
            note_act(arena, &acts.items[j], renames);
    }
}

GArray *
migrations_renames(struct arena *arena, const struct migrations *migrations)
{
    GArray *renames = g_array_new(FALSE, FALSE, sizeof(struct rename));
    for (size_t i = 0; i < migrations->count; i++)
        note_plan(arena, &migrations->items[i].up, renames);
    return renames;
}
