/* visible.c - from columns of statements to facts. */
#include "introspect/visible.h"

#include "catalog/known.h"
#include "introspect/query.h"

/* Of observations each fact is known or not on its own. */
static bool
is_observed(const struct kind *kind)
{
    for (const struct reading *reading = observing; reading->query != NULL; reading++)
        if (kind_field(reading->root, reading->list)->child == kind)
            return true;
    return kind == &kind_observations;
}

static void
lose_fact(struct database *database, const struct kind *kind, const char *fact)
{
    if (is_observed(kind))
        return;
    catalog_lose(database, kind, fact);
    if (g_str_equal(fact, "owner") && kind_field(kind, "grants") != NULL)
        catalog_lose(database, kind, "grants"); /* which of them the owner has is not known */
}

/* Without these a row is nobody's. */
static bool
is_needed(const struct kind *kind, const char *column)
{
    const struct field *field = kind_field(kind, column);
    return field == NULL || (field->flags & KEY) != 0;
}

static bool
loses_needed(const struct kind *kind, const GPtrArray *lost)
{
    for (guint i = 0; i < lost->len; i++)
        if (kind == NULL || is_needed(kind, lost->pdata[i]))
            return true;
    return false;
}

char *
visible_query(struct database *database, const struct sight *sight, const char *name,
              const struct kind *kind, int major)
{
    g_autoptr(GPtrArray) lost = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *whole = query_text(name, major);
    char *sql = sight_narrow(sight, whole, lost);
    if (sql != NULL && loses_needed(kind, lost))
        g_clear_pointer(&sql, g_free);
    for (guint i = 0; sql != NULL && i < lost->len; i++)
        lose_fact(database, kind, lost->pdata[i]);
    return sql;
}

/* Lists of the kind, in whatever they are. */
static void
lose_lists(struct database *database, const struct kind *child)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++)
        for (size_t i = 0; i < (*kind)->field_count; i++)
            if ((*kind)->fields[i].child == child)
                lose_fact(database, *kind, (*kind)->fields[i].name);
}

void
visible_lose(struct database *database, const struct reading *reading)
{
    if (reading->root != NULL)
        lose_fact(database, reading->root, reading->list);
    else
        lose_lists(database, reading->child);
}
