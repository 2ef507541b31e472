/* compatibility_rules.c - constraints and unique indexes, against the names in changesets and the
 * targets of upserts. */
#include "checks/code.h"
#include "review/weighing.h"

/* Whether the server reports a violation by this object's name. */
static bool
is_rule(const struct object *object)
{
    return object->kind == &kind_constraint ||
           (object->kind == &kind_index && ((const struct index *)object)->unique == YES);
}

static void
add_renamed_rule(struct weighing *weighing, const struct change *change,
                 const struct schema_constraint *call, const struct schema_module *module)
{
    if (call->name == NULL || !schema_constraint_fits(call, object_name(change->before)) ||
        schema_constraint_fits(call, object_name(change->after)))
        return;
    struct compatibility_break *item = weighing_add(
        weighing, BREAK_CONSTRAINT_RENAMED, module != NULL ? STRENGTH_PROVED : STRENGTH_HINT,
        change->before);
    break_set_code(item, module, &call->place);
    item->text = arena_printf(
        weighing->arena,
        "A violation raises `Ecto.ConstraintError` instead of an error in the "
        "changeset: `%s` is called `%s` now.",
        object_name(change->before), object_name(change->after));
    item->evidence = arena_printf(weighing->arena, "`%s` waits for `%s`%s",
                                  constraint_call_words[call->call], call->name,
                                  call->is_derived ? ", by Ecto's rule for names" : "");
}

/* A constraint and its index have one name: it is enough to look at the former. */
static bool
backs_constraint(const struct object *object)
{
    const struct table *table = (const struct table *)object->parent;
    if (object->kind != &kind_index)
        return false;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].index.object == object)
            return true;
    return false;
}

static void
weigh_renamed_rule(struct weighing *weighing, const struct change *change)
{
    const struct schema_modules *schemas = weighing->before->schemas;
    const struct object *parent = change->before->parent;
    bool backs = backs_constraint(change->before);
    const struct table_modules *modules = model_modules(weighing->before,
                                                        (const struct table *)parent);
    for (size_t i = 0; !backs && i < modules->count; i++)
        for (size_t j = 0; j < modules->items[i]->constraint_count; j++)
            add_renamed_rule(weighing, change, &modules->items[i]->constraints[j],
                             modules->items[i]);
    for (size_t i = 0; !backs && i < schemas->loose_count; i++)
        add_renamed_rule(weighing, change, &schemas->loose[i], NULL);
}

/* Columns of a constraint or an index; false when there are expressions among them. */
static bool
columns_of(struct arena *arena, const struct object *object, struct names *columns)
{
    if (object->kind == &kind_constraint) {
        *columns = ((const struct constraint *)object)->columns;
        return true;
    }
    const struct index *index = (const struct index *)object;
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (size_t i = 0; i < index->keys.count; i++) {
        if (index->keys.items[i].column == NULL)
            return false;
        g_ptr_array_add(names, (gpointer)(guintptr)index->keys.items[i].column);
    }
    *columns = names_keep(arena, names);
    return true;
}

static bool
is_same_set(const struct names *a, const struct names *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!names_contain(b, a->items[i]))
            return false;
    return a->count == b->count;
}

/* Whether something unique over just these columns is there still. */
static bool
has_unique(struct weighing *weighing, const struct object *before_table,
           const struct names *columns)
{
    const struct table *table = database_find(weighing->after->database, "table",
                                              before_table->path);
    for (size_t i = 0; table != NULL && i < table->indexes.count; i++) {
        const struct index *index = &table->indexes.items[i];
        struct names own = {0, NULL};
        if (index->unique == YES && index->predicate == NULL &&
            columns_of(weighing->arena, &index->object, &own) && is_same_set(&own, columns))
            return true;
    }
    return false;
}

/* Whether upserts may name the index: by the fields of a module, or by columns where there is none.
 * For PostgreSQL to find one over some rows alone, they would have to say which. */
static bool
is_target(const struct weighing *weighing, const struct index *index, const struct names *columns)
{
    const struct schema_modules *schemas = weighing->before->schemas;
    const struct table_modules *modules = model_modules(weighing->before,
                                                        (const struct table *)index->object.parent);
    if (index->predicate != NULL)
        return false;
    for (size_t i = 0; i < schemas->target_count; i++) {
        const struct names *target = &schemas->conflict_targets[i];
        if (is_same_set(target, columns))
            return true;
        for (size_t j = 0; j < modules->count; j++)
            if (code_index_is_over(index, modules->items[j], target))
                return true;
    }
    return false;
}

static void
weigh_lost_rule(struct weighing *weighing, const struct change *change)
{
    struct names columns = {0, NULL};
    if (change->before->kind != &kind_index ||
        !columns_of(weighing->arena, change->before, &columns) || columns.count == 0 ||
        !is_target(weighing, (const struct index *)change->before, &columns) ||
        has_unique(weighing, change->before->parent, &columns))
        return;
    struct compatibility_break *item = weighing_add(weighing, BREAK_CONFLICT_TARGET, STRENGTH_HINT,
                                                    change->before);
    item->text = arena_printf(weighing->arena,
                              "An upsert of old code fails if it is one into `%s`: nothing unique "
                              "matches its `conflict_target` any more.",
                              change->before->parent->path);
    item->evidence = arena_printf(weighing->arena, "`%s` goes", change->before->path);
}

/* Whether a changeset turns a violation into an error. */
static bool
is_expected(const struct table_modules *modules, const char *name)
{
    for (size_t i = 0; i < modules->count; i++)
        for (size_t j = 0; j < modules->items[i]->constraint_count; j++) {
            const struct schema_constraint *call = &modules->items[i]->constraints[j];
            if (call->name != NULL && schema_constraint_fits(call, name))
                return true;
        }
    return false;
}

/* A rule about a new column says nothing about what old code writes: it leaves that column alone.
 */
static bool
has_new_column(const struct table *origin, const struct names *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        bool known = false;
        for (size_t j = 0; j < origin->columns.count; j++)
            known |= g_str_equal(origin->columns.items[j].name, columns->items[i]);
        if (!known)
            return true;
    }
    return false;
}

static void
weigh_new_rule(struct weighing *weighing, const struct change *change)
{
    const struct table *origin = weighing_origin(weighing, change->after->parent);
    const struct table_modules *modules = origin == NULL ? NULL
                                                         : model_modules(weighing->before, origin);
    struct names columns = {0, NULL};
    if (modules == NULL || modules->count == 0 || backs_constraint(change->after) ||
        is_expected(modules, object_name(change->after)))
        return;
    if (columns_of(weighing->arena, change->after, &columns) && has_new_column(origin, &columns))
        return;
    struct compatibility_break *item = weighing_add(weighing, BREAK_RULE_ADDED, STRENGTH_HINT,
                                                    change->after);
    break_set_code(item, modules->items[0], &modules->items[0]->place);
    item->text = arena_printf(
        weighing->arena,
        "Old code does not know `%s`: what it writes into `%s` may be refused, "
        "and raises.",
        object_name(change->after), origin->object.path);
    const char *definition = change->after->kind == &kind_constraint
                                 ? ((const struct constraint *)change->after)->definition
                                 : ((const struct index *)change->after)->definition;
    item->evidence = arena_printf(weighing->arena, "`%s`", definition);
}

void
weigh_rule(struct weighing *weighing, const struct change *change)
{
    const struct object *object = change_origin(change);
    if (object->parent->kind != &kind_table || !is_rule(object))
        return;
    if (change->before == NULL)
        weigh_new_rule(weighing, change);
    else if (change->after == NULL)
        weigh_lost_rule(weighing, change);
    else if (change->field == NULL)
        weigh_renamed_rule(weighing, change);
}
