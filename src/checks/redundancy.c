/* redundancy.c - compares the indexes of each table in pairs, on texts folded beforehand. */
#include "checks/redundancy.h"

#include "base/sql_lexer.h"
#include "base/text.h"
#include "catalog/compare.h"
#include "catalog/structure.h"

#include <stdlib.h>
#include <string.h>

/* An index as the comparison needs it; equal texts are equal pointers. */
struct shape {
    const struct index *index;
    const char **keys; /* column or expression, operator class, collation */
    size_t key_count;
    const char *predicate;
    const char *layout;  /* storage of methods other than btree and hash, as the server prints it */
    GHashTable *columns; /* of keys and INCLUDE */
    unsigned preference; /* the higher one is kept when two indexes cover each other */
    bool removable;
};

struct comparison {
    const struct check_run *run;
    struct arena *arena;
    GArray *items;
};

/* Same text, same pointer; but one that lacks something is like no other. */
static const char *
keep_text(struct arena *arena, const char *text)
{
    return structure_hides(text) ? arena_text(arena, text, -1) : arena_intern(arena, text);
}

static const char *
key_shape(struct arena *arena, const struct key *key)
{
    g_autofree char *expression = sql_fold(key->expression);
    const char *parts[] = {
        expression != NULL ? "expression" : "column",
        expression != NULL ? expression : key->column,
        key->operator_class,
        key->collation,
    };
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        g_string_append_printf(text, "%s\n", parts[i] != NULL ? parts[i] : "");
    return keep_text(arena, text->str);
}

/* What stands behind the method's name in the definition: parameters of operator classes and
 * storage options, which decide what a GiST, GIN or BRIN index is good for. */
static const char *
index_layout(struct arena *arena, const struct index *index)
{
    const char *cursor = index->definition;
    struct sql_token token;
    if (g_str_equal(index->method, "btree") || g_str_equal(index->method, "hash"))
        return NULL;
    while (sql_next_word(&cursor, &token))
        if (token.kind == SQL_WORD && sql_is_word(&token, "using"))
            break;
    g_autofree char *folded = sql_fold(cursor);
    return keep_text(arena, folded);
}

static GHashTable *
index_columns(const struct index *index)
{
    GHashTable *columns = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < index->keys.count; i++)
        if (index->keys.items[i].column != NULL)
            g_hash_table_add(columns, (gpointer)(guintptr)index->keys.items[i].column);
    for (size_t i = 0; i < index->included.count; i++)
        g_hash_table_add(columns, (gpointer)(guintptr)index->included.items[i]);
    return columns;
}

static bool
is_usable(const struct index *index)
{
    return index->valid != NO && index->ready != NO && index->method != NULL &&
           index->keys.count > 0;
}

static void
shape_init(struct shape *shape, const struct comparison *comparison, const struct index *index)
{
    const struct check_run *run = comparison->run;
    g_autofree char *predicate = sql_fold(index->predicate);
    *shape = (struct shape){
        .index = index,
        .key_count = index->keys.count,
        .keys = arena_array(comparison->arena, index->keys.count, sizeof *shape->keys),
        .predicate = keep_text(comparison->arena, predicate),
        .layout = index_layout(comparison->arena, index),
        .columns = index_columns(index),
        .removable = index->replica_identity != YES && index->partition_of.path == NULL &&
                     !g_hash_table_contains(run->bound_indexes, index),
    };
    for (size_t i = 0; i < shape->key_count; i++)
        shape->keys[i] = key_shape(comparison->arena, &index->keys.items[i]);
    shape->preference = (shape->removable ? 0 : 4) + (index->clustered == YES ? 2 : 0) +
                        (model_annotation(run->model, index)->count > 0 ? 1 : 0);
}

enum order { ORDER_SAME, ORDER_REVERSED, ORDER_OTHER };

/* How the order of a's keys relates to that of b's first keys. */
static enum order
key_order(const struct shape *a, const struct shape *b)
{
    bool same = true;
    bool reversed = true;
    for (size_t i = 0; i < a->key_count; i++) {
        const struct key *x = &a->index->keys.items[i];
        const struct key *y = &b->index->keys.items[i];
        bool same_way = x->descending == y->descending;
        bool same_nulls = x->nulls_first == y->nulls_first;
        same = same && same_way && same_nulls;
        reversed = reversed && !same_way && !same_nulls;
    }
    return same ? ORDER_SAME : reversed ? ORDER_REVERSED : ORDER_OTHER;
}

static bool
keys_are_prefix(const struct shape *a, const struct shape *b)
{
    if (a->key_count > b->key_count)
        return false;
    for (size_t i = 0; i < a->key_count; i++)
        if (a->keys[i] != b->keys[i])
            return false;
    return true;
}

static bool
columns_are_subset(const struct shape *a, const struct shape *b)
{
    GHashTableIter iterator;
    gpointer column = NULL;
    g_hash_table_iter_init(&iterator, a->columns);
    while (g_hash_table_iter_next(&iterator, &column, NULL))
        if (!g_hash_table_contains(b->columns, column))
            return false;
    return true;
}

static bool
uniqueness_is_kept(const struct shape *a, const struct shape *b)
{
    return a->index->unique != YES ||
           (b->index->unique == YES && a->key_count == b->key_count &&
            a->index->nulls_not_distinct == b->index->nulls_not_distinct &&
            a->index->immediate == b->index->immediate);
}

/* Whether the method can answer for a's keys when b has the same ones, maybe more behind them. */
static bool
method_allows(const struct shape *a, const struct shape *b)
{
    const char *method = a->index->method;
    if (g_str_equal(method, "btree"))
        return key_order(a, b) != ORDER_OTHER;
    if (a->key_count == b->key_count)
        return a->layout == b->layout;
    return (g_str_equal(method, "gin") || g_str_equal(method, "brin")) &&
           names_equal(&a->index->options, &b->index->options);
}

static bool
covers(const struct shape *b, const struct shape *a)
{
    return a != b && a->keys[0] == b->keys[0] && a->predicate == b->predicate &&
           g_str_equal(a->index->method, b->index->method) && keys_are_prefix(a, b) &&
           method_allows(a, b) && uniqueness_is_kept(a, b) && columns_are_subset(a, b);
}

static enum redundancy_kind
kind_of(const struct shape *a, const struct shape *b)
{
    bool same = a->key_count == b->key_count && key_order(a, b) == ORDER_SAME &&
                columns_are_subset(b, a);
    if (!same)
        return REDUNDANT_PREFIX;
    return a->index->unique == b->index->unique ? REDUNDANT_DUPLICATE
                                                : REDUNDANT_DUPLICATE_OF_UNIQUE;
}

/* Of two indexes that cover each other, whether a is the one to give up. */
static bool
yields(const struct shape *a, const struct shape *b)
{
    if (a->preference != b->preference)
        return a->preference < b->preference;
    return strcmp(a->index->name, b->index->name) > 0;
}

static bool
replaces(const struct shape *b, const struct shape *a)
{
    return a->removable && covers(b, a) && (!covers(a, b) || yields(a, b));
}

/* Whether `b` is a better answer to "covered by what?" than `best`. */
static bool
is_better(const struct shape *a, const struct shape *b, const struct shape *best)
{
    if (best == NULL)
        return true;
    enum redundancy_kind kind = kind_of(a, b);
    enum redundancy_kind best_kind = kind_of(a, best);
    if (kind != best_kind)
        return kind > best_kind;
    if (replaces(b, best) || replaces(best, b))
        return replaces(b, best);
    return b->key_count < best->key_count;
}

static void
compare_list(struct comparison *comparison, const struct index_list *indexes)
{
    if (indexes->count < 2)
        return;
    g_autofree struct shape *shapes = g_new(struct shape, indexes->count);
    size_t count = 0;
    for (size_t i = 0; i < indexes->count; i++)
        if (is_usable(&indexes->items[i]))
            shape_init(&shapes[count++], comparison, &indexes->items[i]);
    for (size_t i = 0; i < count; i++) {
        const struct shape *best = NULL;
        for (size_t j = 0; j < count; j++)
            if (replaces(&shapes[j], &shapes[i]) && is_better(&shapes[i], &shapes[j], best))
                best = &shapes[j];
        if (best == NULL)
            continue;
        struct redundant_index item = {kind_of(&shapes[i], best), shapes[i].index, best->index};
        g_array_append_val(comparison->items, item);
    }
    for (size_t i = 0; i < count; i++)
        g_hash_table_unref(shapes[i].columns);
}

struct redundancy *
redundancy_new(const struct check_run *run)
{
    struct redundancy *redundancy = g_new(struct redundancy, 1);
    redundancy->items = g_array_new(FALSE, FALSE, sizeof(struct redundant_index));
    struct comparison comparison = {run, arena_new(), redundancy->items};
    for (guint i = 0; i < run->tables->len; i++)
        compare_list(&comparison, &((const struct table *)run->tables->pdata[i])->indexes);
    const struct view_list *views = &run->model->catalog->views;
    for (size_t i = 0; i < views->count; i++)
        compare_list(&comparison, &views->items[i].indexes);
    arena_free(comparison.arena);
    return redundancy;
}

void
redundancy_free(struct redundancy *redundancy)
{
    if (redundancy == NULL)
        return;
    g_array_unref(redundancy->items);
    g_free(redundancy);
}
