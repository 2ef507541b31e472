/* stems.c - see stems.h. */
#include "site/stems.h"

#include "catalog/address.h"
#include "site/families.h"

#include <string.h>

/* How an area's address begins: two with the same name, one a group and one a schema, differ. */
static const char *const area_signs[] = {
    [AREA_DATABASE] = "",      [AREA_VIEWPOINT] = "viewpoint-", [AREA_GROUP] = "group-",
    [AREA_OTHERS] = "others-", [AREA_SCHEMA] = "schema-",       [AREA_EXTRACT] = "of-",
    [AREA_AROUND] = "around-", [AREA_SPAN] = "from-",
};

/* "schema-billing~maround-blog.posts"; "~m" is in no slug. */
static void
append_area(GString *slug, const struct area *area)
{
    if (area->parent != NULL && area->parent->origin != AREA_DATABASE) {
        append_area(slug, area->parent);
        g_string_append(slug, "~m");
    }
    g_string_append(slug, area_signs[area->origin]);
    if (area->object != NULL) {
        g_autofree char *name = slug_of(area->object);
        g_string_append(slug, name);
        return;
    }
    slug_append(slug, area->viewpoint != NULL ? area->viewpoint->name : area->name);
}

/* As slug_of does it; the mark is in no slug. */
static void
shorten(GString *slug, const char *mark)
{
    enum { LONGEST = 120, KEPT = 100, DIGITS = 16 };
    if (slug->len <= LONGEST)
        return;
    g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, slug->str, -1);
    g_string_truncate(slug, KEPT);
    g_string_append_printf(slug, "%s%.*s", mark, DIGITS, sum);
}

char *
stem_of_area(const struct area *area)
{
    if (area->origin == AREA_DATABASE)
        return g_strdup("diagrams/index");
    g_autoptr(GString) slug = g_string_new(NULL);
    append_area(slug, area);
    shorten(slug, "~m~");
    return g_strconcat("diagrams/", slug->str, NULL);
}

/* "migrations/20260312091500_add_status_to_posts", or "migrations/repo.2026…" where there are
 * several lines; a twin, which the tool itself refuses, gets its place. */
char *
stem_of_migration(const struct migration *migration, size_t place, GHashTable *taken)
{
    g_autoptr(GString) slug = g_string_new(NULL);
    if (migration->line != NULL) {
        slug_append(slug, migration->line);
        g_string_append_c(slug, '.');
    }
    slug_append(slug, migration->version);
    g_string_append_c(slug, '_');
    slug_append(slug, migration->name);
    shorten(slug, "~~");
    if (!g_hash_table_add(taken, g_strdup(slug->str)))
        g_string_append_printf(slug, "~n%zu", place);
    return g_strconcat("migrations/", slug->str, NULL);
}

/* "runbooks/20260312091500"; a twin gets its place. */
char *
stem_of_runbook(const struct runbook *runbook, size_t place, GHashTable *taken)
{
    g_autoptr(GString) slug = g_string_new(NULL);
    slug_append(slug, runbook->name);
    shorten(slug, "~~");
    if (!g_hash_table_add(taken, g_strdup(slug->str)))
        g_string_append_printf(slug, "~n%zu", place);
    return g_strconcat("runbooks/", slug->str, NULL);
}

/* "decisions/0007-partitions" of notes/decisions/0007-partitions.md; a twin in another folder, or
 * one that is called as the page of all, is told apart by its whole path. */
char *
stem_of_decision(const struct decided *decided, GHashTable *taken)
{
    g_autofree char *file = g_path_get_basename(decided->note->file);
    g_autoptr(GString) slug = g_string_new(NULL);
    *strrchr(file, '.') = '\0'; /* notes are *.md */
    slug_append(slug, file);
    shorten(slug, "~~");
    if (g_str_equal(slug->str, "index") || !g_hash_table_add(taken, g_strdup(slug->str))) {
        g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256,
                                                                decided->note->file, -1);
        g_string_append_printf(slug, "~%.12s", digest);
    }
    return g_strconcat("decisions/", slug->str, NULL);
}

/* "queries/list_posts"; "~n" is in no slug, and tells one from the page of all. */
char *
stem_of_query(const struct query *query)
{
    g_autoptr(GString) slug = g_string_new(NULL);
    slug_append(slug, query->name);
    shorten(slug, "~~");
    const bool taken = g_str_equal(slug->str, "index") || g_str_equal(slug->str, "matrix");
    return g_strconcat("queries/", slug->str, taken ? "~n" : "", NULL);
}

char *
anchor_of(const struct object *object)
{
    GString *anchor = g_string_new(object->kind == &kind_table ? "partition" : object->kind->word);
    g_string_append_c(anchor, '-');
    g_strdelimit(anchor->str, " ", '-');
    /* These stand together whatever schema they are in. */
    if (object->kind == &kind_statistics || family_of(object->kind) != NULL) {
        g_autofree char *slug = slug_of(object);
        g_string_append(anchor, slug);
        return g_string_free(anchor, FALSE);
    }
    slug_append(anchor, object_name(object));
    if (object->kind == &kind_key)
        g_string_append_printf(anchor, "%d",
                               (int)((const struct key *)(const void *)object)->position);
    return g_string_free(anchor, FALSE);
}
