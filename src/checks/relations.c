/* relations.c - how foreign keys stand to each other, and where one seems to be missing. */
#include "base/text.h"
#include "catalog/address.h"
#include "checks/code.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

/* ---- fk-overlap ---- */

/* Whether the wide key leads each column of the narrow one to the same column. */
static bool
holds_all(const struct constraint *wide, const struct constraint *narrow)
{
    if (wide->columns.count != wide->referenced_columns.count ||
        narrow->columns.count != narrow->referenced_columns.count)
        return false;
    for (size_t i = 0; i < narrow->columns.count; i++) {
        size_t j = 0;
        while (j < wide->columns.count &&
               !text_equal(wide->columns.items[j], narrow->columns.items[i]))
            j++;
        if (j == wide->columns.count ||
            !text_equal(wide->referenced_columns.items[j], narrow->referenced_columns.items[i]))
            return false;
    }
    return true;
}

static void
report_overlap(struct check_run *run, const struct table *table, const struct constraint *narrow,
               const struct constraint *wide)
{
    struct finding *finding = check_report(run, narrow, "Foreign key %s is part of another one",
                                           check_columns(run, table, &narrow->columns));
    check_detail(run, finding,
                 "%s already checks these columns and more, in the same table; each write looks "
                 "both up.",
                 check_path(run, wide));
    check_advice(run, finding,
                 "Drop the narrow one, unless the wide one lets rows through whose other columns "
                 "are NULL.");
    check_constraint(run, finding, "Foreign key", narrow);
    check_constraint(run, finding, "Wider", wide);
}

static void
visit_overlaps(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *narrow = &table->constraints.items[i];
        for (size_t j = 0; foreign_key_is_written(narrow) && j < table->constraints.count; j++) {
            const struct constraint *wide = &table->constraints.items[j];
            if (!foreign_key_is_written(wide) || wide->columns.count <= narrow->columns.count ||
                !text_equal(wide->references.path, narrow->references.path) ||
                !holds_all(wide, narrow))
                continue;
            report_overlap(run, table, narrow, wide);
            break;
        }
    }
}

void
check_fk_overlap(struct check_run *run)
{
    check_each_table(run, visit_overlaps);
}

/* ---- fk-missing-suspected ---- */

static const struct table *
find_table(const struct check_run *run, const char *schema, const char *name)
{
    const char *const names[] = {schema, name};
    g_autofree char *path = address_path(names, G_N_ELEMENTS(names), NULL);
    return database_find(run->model->database, "table", path);
}

/* The table that "post_id" speaks of: post, posts, boxes, categories. */
static const struct table *
named_table(const struct check_run *run, const struct table *table, const char *stem)
{
    static const char *const endings[] = {"", "s", "es"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autofree char *name = g_strconcat(stem, endings[i], NULL);
        const struct table *found = find_table(run, table->schema, name);
        if (found != NULL)
            return found;
    }
    if (!g_str_has_suffix(stem, "y"))
        return NULL;
    g_autofree char *name = g_strdup_printf("%.*sies", (int)strlen(stem) - 1, stem);
    return find_table(run, table->schema, name);
}

/* What it would point to; NULL when the types differ or the key has several columns. */
static const struct column *
target_column(const struct table *parent, const struct column *column)
{
    const struct constraint *key = table_primary_key(parent);
    if (key == NULL || key->columns.count != 1 || parent->kind == TABLE_FOREIGN)
        return NULL;
    const struct column *target = table_column(parent, key->columns.items[0]);
    bool same = target != NULL && g_str_equal(column_base_type(target), column_base_type(column));
    return same ? target : NULL;
}

static void
propose_key(struct check_run *run, struct finding *finding, const struct table *table,
            const struct column *column, const struct column *target)
{
    g_autofree char *name = g_strdup_printf("%s_%s_fkey", table->name, column->name);
    if (strlen(name) > 63 || table->kind != TABLE_ORDINARY)
        return;
    g_autofree char *add = sql_text("ALTER TABLE %O ADD CONSTRAINT %I FOREIGN KEY (%I) REFERENCES "
                                    "%O (%I) NOT VALID",
                                    &table->object, name, column->name, target->object.parent,
                                    target->name);
    g_autofree char *validate = sql_text("ALTER TABLE %O VALIDATE CONSTRAINT %I", &table->object,
                                         name);
    fix_statements(run, finding, (const char *const[]){add, validate, NULL});
}

/* The table, or the first of its partitions that lacks a foreign key from the column where others
 * have one; NULL where none is lacking. */
static const struct table *
find_unchecked(const struct check_run *run, const struct table *table, const char *column)
{
    const struct table *unchecked = NULL;
    bool any = false;
    if (code_foreign_key(table, column) != NULL)
        return NULL;
    const struct tables *partitions = model_partitions(run->model, table);
    for (size_t i = 0; i < partitions->count; i++) {
        if (code_foreign_key(partitions->items[i], column) != NULL)
            any = true;
        else if (unchecked == NULL)
            unchecked = partitions->items[i];
    }
    return any ? unchecked : table;
}

static void
visit_suspected(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        if (!g_str_has_suffix(column->name, "_id") || strlen(column->name) < 4 ||
            find_unchecked(run, table, column->name) == NULL)
            continue;
        g_autofree char *stem = g_strndup(column->name, strlen(column->name) - 3);
        g_autofree char *sibling = g_strconcat(stem, "_type", NULL);
        const struct table *parent = named_table(run, table, stem);
        if (parent == NULL || table_column(table, sibling) != NULL ||
            check_skips_table(run, parent))
            continue;
        const struct column *target = target_column(parent, column);
        if (target == NULL || target == column || code_associates(run, table, column->name))
            continue;
        struct finding *finding = check_report(run, column, "%s seems to point to %s, unchecked",
                                               check_path(run, column), check_path(run, parent));
        finding->strength = STRENGTH_HINT;
        check_detail(run, finding,
                     "Without a foreign key, rows can point to what was deleted or never was; "
                     "joins leave them out without a word.");
        check_advice(run, finding,
                     "Add the foreign key without checking old rows, look for those that point "
                     "nowhere, then validate it.");
        check_column(run, finding, column);
        check_evidence(run, finding, "May point to", target->object.path);
        const struct table *unchecked = find_unchecked(run, table, column->name);
        if (unchecked != table)
            check_evidence(run, finding, "Partition without it", unchecked->object.path);
        propose_key(run, finding, table, column, target);
    }
}

void
check_fk_missing_suspected(struct check_run *run)
{
    check_each_table(run, visit_suspected);
}

/* ---- fk-self-no-action, fk-cross-schema ---- */

static void
visit_self(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (!foreign_key_is_written(key) || key->references.object != table ||
            (key->on_delete != ACTION_NO_ACTION && key->on_delete != ACTION_RESTRICT))
            continue;
        struct finding *finding = check_report(run, key, "%s can only be deleted from below",
                                               check_path(run, table));
        check_detail(run, finding,
                     "A row that others of the table point to cannot go, so a tree is deleted leaf "
                     "by leaf, or in one statement.");
        check_advice(run, finding,
                     "Write down in which order rows go, or let the key CASCADE or SET NULL.");
        check_constraint(run, finding, "Foreign key", key);
    }
}

void
check_fk_self_no_action(struct check_run *run)
{
    check_each_table(run, visit_self);
}

static void
visit_across(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        const struct table *parent = key->references.object;
        if (!foreign_key_is_written(key) || parent == NULL ||
            g_str_equal(parent->schema, table->schema))
            continue;
        struct finding *finding = check_report(run, key, "%s points into another schema",
                                               check_columns(run, table, &key->columns));
        check_detail(run, finding,
                     "Neither schema can be restored, moved or dropped without the other.");
        check_advice(run, finding, "If the two belong together, write down why they are apart.");
        check_constraint(run, finding, "Foreign key", key);
    }
}

void
check_fk_cross_schema(struct check_run *run)
{
    check_each_table(run, visit_across);
}

/* ---- fk-cycle ---- */

/* Tables as numbers; the edges of one are a slice of `to`. */
struct graph {
    const struct check_run *run;
    guint count;
    guint *first; /* count + 1 of them */
    GArray *to;   /* guint */
};

static bool
is_edge(const struct constraint *key, bool required)
{
    return foreign_key_is_written(key) && key->references.object != NULL &&
           (!required || (!foreign_key_is_optional(key) && key->deferrable != YES));
}

static struct graph
graph_new(const struct check_run *run, bool required)
{
    g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);
    struct graph graph = {run, run->tables->len, g_new0(guint, run->tables->len + 1),
                          g_array_new(FALSE, FALSE, sizeof(guint))};
    for (guint i = 0; i < graph.count; i++)
        g_hash_table_insert(numbers, run->tables->pdata[i], GUINT_TO_POINTER(i + 1));
    for (guint i = 0; i < graph.count; i++) {
        const struct table *table = run->tables->pdata[i];
        graph.first[i] = graph.to->len;
        for (size_t j = 0; j < table->constraints.count; j++) {
            const struct constraint *key = &table->constraints.items[j];
            gpointer number = is_edge(key, required)
                                  ? g_hash_table_lookup(numbers, key->references.object)
                                  : NULL;
            guint to = GPOINTER_TO_UINT(number) - 1;
            if (number != NULL && to != i)
                g_array_append_val(graph.to, to);
        }
    }
    graph.first[graph.count] = graph.to->len;
    return graph;
}

static void
graph_clear(struct graph *graph)
{
    g_free(graph->first);
    g_array_unref(graph->to);
}

/* Tarjan's strongly connected components, with a stack of our own. */
struct search {
    const struct graph *graph;
    guint *order; /* 0: not seen */
    guint *low;
    bool *held;
    guint *next; /* the edge to look at */
    GArray *path;
    GArray *stack;
    guint counter;
    void (*found)(struct search *search, const guint *members, guint count);
    struct check_run *run;
    GHashTable *told; /* tables that were reported */
    bool required;
};

static void
enter(struct search *search, guint node)
{
    search->order[node] = search->low[node] = ++search->counter;
    search->next[node] = search->graph->first[node];
    search->held[node] = true;
    g_array_append_val(search->stack, node);
    g_array_append_val(search->path, node);
}

static void
leave(struct search *search, guint node)
{
    g_array_set_size(search->path, search->path->len - 1);
    if (search->path->len > 0) {
        guint above = g_array_index(search->path, guint, search->path->len - 1);
        search->low[above] = MIN(search->low[above], search->low[node]);
    }
    if (search->low[node] != search->order[node])
        return;
    guint start = search->stack->len;
    guint member = 0;
    do {
        member = g_array_index(search->stack, guint, --start);
        search->held[member] = false;
    } while (member != node);
    guint count = search->stack->len - start;
    if (count > 1)
        search->found(search, &g_array_index(search->stack, guint, start), count);
    g_array_set_size(search->stack, start);
}

static void
walk(struct search *search, guint root)
{
    enter(search, root);
    while (search->path->len > 0) {
        guint node = g_array_index(search->path, guint, search->path->len - 1);
        if (search->next[node] == search->graph->first[node + 1]) {
            leave(search, node);
            continue;
        }
        guint to = g_array_index(search->graph->to, guint, search->next[node]++);
        if (search->order[to] == 0)
            enter(search, to);
        else if (search->held[to])
            search->low[node] = MIN(search->low[node], search->order[to]);
    }
}

static void
report_cycle(struct search *search, const guint *members, guint count)
{
    struct check_run *run = search->run;
    guint first = members[0];
    for (guint i = 0; i < count; i++) {
        gpointer table = run->tables->pdata[members[i]];
        if (!search->required && g_hash_table_contains(search->told, table))
            return; /* said already, and worse */
        first = MIN(first, members[i]);
    }
    struct finding *finding = check_report(run, run->tables->pdata[first],
                                           "%s point to each other in a circle",
                                           check_count(run, count, "table"));
    if (search->required) {
        finding->severity = SEVERITY_WARNING;
        check_detail(run, finding,
                     "Each needs a row of the next one before it can have one: nothing can be "
                     "inserted first, and no order of loading works.");
        check_advice(run, finding, "Make one of the keys deferrable, or its column nullable.");
    } else {
        check_detail(run, finding,
                     "A key that may be NULL breaks the circle: its rows are written first and "
                     "filled in afterwards.");
        check_advice(run, finding, "Write down in which order rows are made and deleted.");
    }
    for (guint i = 0; i < count; i++) {
        const struct table *table = run->tables->pdata[members[i]];
        g_hash_table_add(search->told, run->tables->pdata[members[i]]);
        check_evidence(run, finding, "Table", table->object.path);
    }
}

static void
find_cycles(struct check_run *run, bool required, GHashTable *told)
{
    struct graph graph = graph_new(run, required);
    struct search search = {
        .graph = &graph,
        .order = g_new0(guint, graph.count + 1),
        .low = g_new0(guint, graph.count + 1),
        .held = g_new0(bool, graph.count + 1),
        .next = g_new0(guint, graph.count + 1),
        .path = g_array_new(FALSE, FALSE, sizeof(guint)),
        .stack = g_array_new(FALSE, FALSE, sizeof(guint)),
        .found = report_cycle,
        .run = run,
        .told = told,
        .required = required,
    };
    for (guint i = 0; i < graph.count; i++)
        if (search.order[i] == 0)
            walk(&search, i);
    g_free(search.order);
    g_free(search.low);
    g_free(search.held);
    g_free(search.next);
    g_array_unref(search.path);
    g_array_unref(search.stack);
    graph_clear(&graph);
}

void
check_fk_cycle(struct check_run *run)
{
    g_autoptr(GHashTable) told = g_hash_table_new(NULL, NULL);
    find_cycles(run, true, told);
    find_cycles(run, false, told);
}
