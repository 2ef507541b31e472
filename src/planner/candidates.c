/* candidates.c - which index is on which relation, as the throw-away database has them. */
#include "planner/candidates.h"

#include "base/embedded.h"
#include "base/sql_lexer.h"
#include "catalog/address.h"
#include "postgres/connection.h"

static char *
key_of(const char *schema, const char *name)
{
    return g_strdup_printf("%s\1%s", schema, name);
}

static void
free_candidate(gpointer data)
{
    struct index_candidate *candidate = data;
    g_free((gpointer)(guintptr)candidate->path);
    g_free((gpointer)(guintptr)candidate->table);
    g_free((gpointer)(guintptr)candidate->relation);
    g_free((gpointer)(guintptr)candidate->leading);
    g_free((gpointer)(guintptr)candidate->family);
    g_ptr_array_unref(candidate->oids);
    g_hash_table_unref(candidate->names);
    g_free(candidate);
}

static void
unref_group(gpointer group)
{
    g_ptr_array_unref(group);
}

static struct index_candidate *
new_candidate(const struct rows *rows, size_t row)
{
    const char *schema = rows_value(rows, row, rows_column(rows, "schema"));
    const char *name = rows_value(rows, row, rows_column(rows, "name"));
    const char *table = rows_value(rows, row, rows_column(rows, "table_name"));
    const char *family = rows_value(rows, row, rows_column(rows, "family"));
    const char *const parts[] = {schema, name};
    const char *const table_parts[] = {schema, table};
    struct index_candidate *candidate = g_new0(struct index_candidate, 1);
    candidate->leading = g_strdup(rows_value(rows, row, rows_column(rows, "leading")));
    candidate->path = address_path(parts, G_N_ELEMENTS(parts), NULL);
    candidate->table = address_path(table_parts, G_N_ELEMENTS(table_parts), NULL);
    candidate->relation = key_of(schema, table);
    candidate->family = g_strdup(family);
    candidate->oids = g_ptr_array_new_with_free_func(g_free);
    candidate->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return candidate;
}

static void
add_to_relation(GHashTable *relations, const char *schema, const char *table,
                struct index_candidate *candidate)
{
    char *key = key_of(schema, table);
    GPtrArray *group = g_hash_table_lookup(relations, key);
    if (group == NULL) {
        group = g_ptr_array_new();
        g_hash_table_insert(relations, key, group);
    } else {
        g_free(key);
    }
    g_ptr_array_add(group, candidate);
}

/* Rows of one index follow one another; its own comes first. */
static void
add_row(struct candidates *candidates, const struct rows *rows, size_t row)
{
    const char *table = rows_value(rows, row, rows_column(rows, "table_name"));
    const char *table_schema = rows_value(rows, row, rows_column(rows, "table_schema"));
    const char *member = rows_value(rows, row, rows_column(rows, "member_name"));
    if (g_str_equal(rows_value(rows, row, rows_column(rows, "own")), "t"))
        g_ptr_array_add(candidates->all, new_candidate(rows, row));
    struct index_candidate *last = candidates->all->pdata[candidates->all->len - 1];
    g_ptr_array_add(last->oids, g_strdup(rows_value(rows, row, rows_column(rows, "member"))));
    g_hash_table_add(last->names, key_of(table_schema, member));
    add_to_relation(candidates->relations, table_schema, table, last);
}

struct candidates *
candidates_read(struct connection *session, GError **error)
{
    const struct embedded *file = embedded_find("src/planner/sql/indexes.sql");
    struct rows *rows = NULL;
    g_assert(file != NULL);
    if (!connection_query(session, file->text, NULL, 0, &rows, error))
        return NULL;
    struct candidates *candidates = g_new0(struct candidates, 1);
    candidates->all = g_ptr_array_new_with_free_func(free_candidate);
    candidates->relations = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unref_group);
    for (size_t i = 0; i < rows_count(rows); i++)
        add_row(candidates, rows, i);
    rows_free(rows);
    return candidates;
}

void
candidates_free(struct candidates *candidates)
{
    if (candidates == NULL)
        return;
    g_ptr_array_unref(candidates->all);
    g_hash_table_unref(candidates->relations);
    g_free(candidates);
}

static void
add_group(const GPtrArray *group, GHashTable *found)
{
    for (guint i = 0; group != NULL && i < group->len; i++)
        g_hash_table_add(found, group->pdata[i]);
}

static void
add_read(const struct candidates *candidates, const struct plan_node *node, GHashTable *found)
{
    if (node->relation != NULL && node->schema != NULL) {
        g_autofree char *key = key_of(node->schema, node->relation);
        add_group(g_hash_table_lookup(candidates->relations, key), found);
    }
    for (size_t i = 0; i < node->count; i++)
        add_read(candidates, &node->children[i], found);
}

/* Without a schema it may be any relation of that name: one that it is not changes no plan. */
static void
add_named(const struct candidates *candidates, const struct named_relation *named,
          GHashTable *found)
{
    GHashTableIter iter;
    gpointer key = NULL;
    gpointer group = NULL;
    g_autofree char *wanted = key_of(named->schema != NULL ? named->schema : "", named->name);
    for (g_hash_table_iter_init(&iter, candidates->relations);
         g_hash_table_iter_next(&iter, &key, &group);)
        if (named->schema != NULL ? g_str_equal(key, wanted) : g_str_has_suffix(key, wanted))
            add_group(group, found);
}

GPtrArray *
candidates_of(const struct candidates *candidates, const struct plan_node *plan,
              const struct query_references *references)
{
    g_autoptr(GHashTable) found = g_hash_table_new(NULL, NULL);
    GPtrArray *ordered = g_ptr_array_new();
    add_read(candidates, plan, found);
    for (size_t i = 0; i < references->relation_count; i++)
        add_named(candidates, &references->relations[i], found);
    for (guint i = 0; i < candidates->all->len; i++)
        if (g_hash_table_contains(found, candidates->all->pdata[i]))
            g_ptr_array_add(ordered, candidates->all->pdata[i]);
    return ordered;
}

bool
candidate_is_used(const struct plan_node *node, const void *data)
{
    const struct index_candidate *candidate = data;
    if (node->index == NULL || node->schema == NULL)
        return false;
    g_autofree char *key = key_of(node->schema, node->index);
    return g_hash_table_contains(candidate->names, key);
}

bool
candidate_narrows(const struct plan_node *node, const void *data)
{
    const struct index_candidate *candidate = data;
    return candidate->leading == NULL || sql_has_name(node->condition, candidate->leading);
}

bool
candidate_arbitrates(const struct index_candidate *candidate, const struct plan_node *plan)
{
    for (size_t i = 0; i < plan->arbiters.count && plan->schema != NULL; i++) {
        g_autofree char *key = key_of(plan->schema, plan->arbiters.items[i]);
        if (g_hash_table_contains(candidate->names, key))
            return true;
    }
    for (size_t i = 0; i < plan->count; i++)
        if (candidate_arbitrates(candidate, &plan->children[i]))
            return true;
    return false;
}
