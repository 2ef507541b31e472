/* compatibility.c - change by change, what the schema modules of the base say about its object.
 * What is absent in a module counts only where all of its fields are known. */
#include "review/compatibility.h"

#include "catalog/renames.h"
#include "review/weighing.h"

const char *const stage_words[] = {
    [STAGE_EXPAND] = "expand",
    [STAGE_MIGRATE] = "migrate",
    [STAGE_CONTRACT] = "contract",
};

#define CODE_FIRST                                                                                 \
    "Deploy code that does not use it; when no instance of the old release runs any more, "        \
    "migrate."
#define BOTH_FIRST                                                                                 \
    "Add the new one beside it, write both, copy what is there, read the new one; remove the old " \
    "one in a later release."

const struct break_words break_words[BREAKS] = {
    [BREAK_TABLE_GONE] = {"Table goes", STAGE_CONTRACT, CODE_FIRST},
    [BREAK_TABLE_RENAMED] = {"Table renamed", STAGE_CONTRACT,
                             "Leave a view with the old name for as long as the old release runs, "
                             "or keep the name in the database and change it in the code alone."},
    [BREAK_COLUMN_GONE] = {"Column goes", STAGE_CONTRACT, CODE_FIRST},
    [BREAK_COLUMN_RENAMED] = {"Column renamed", STAGE_MIGRATE, BOTH_FIRST},
    [BREAK_VALUE_REQUIRED] = {"Value required", STAGE_CONTRACT,
                              "Add it with a default, or without NOT NULL; deploy code that fills "
                              "it; fill the rows that are there; then require it."},
    [BREAK_TYPE_NARROWED] = {"Type narrowed", STAGE_CONTRACT,
                             "Deploy code that writes only what fits; mend the rows that do not; "
                             "then migrate."},
    [BREAK_TYPE_REPLACED] = {"Type replaced", STAGE_MIGRATE, BOTH_FIRST},
    [BREAK_LABEL_GONE] = {"Label goes", STAGE_CONTRACT,
                          "Deploy code that neither writes nor expects it; change the rows that "
                          "have it; then migrate."},
    [BREAK_LABEL_ADDED] = {"Label unknown to old code", STAGE_EXPAND,
                           "Migrate, deploy code that can read it, and write it only when no "
                           "instance of the old release runs any more."},
    [BREAK_DEFAULT_CHANGED] = {"Default changed", STAGE_CONTRACT,
                               "Deploy code that sets the value itself, then migrate."},
    [BREAK_CONSTRAINT_RENAMED] = {"Constraint renamed", STAGE_CONTRACT,
                                  "Deploy changesets that name both (one call each); migrate; "
                                  "remove the old name."},
    [BREAK_CONFLICT_TARGET] = {"Unique index goes", STAGE_CONTRACT,
                               "Deploy code without that conflict target, or build the index "
                               "that replaces it first."},
    [BREAK_RULE_ADDED] = {"Rule added", STAGE_CONTRACT,
                          "Deploy code that keeps the rule and names it in its changeset, mend "
                          "the rows that break it, then migrate."},
};

struct compatibility_break *
weighing_add(struct weighing *weighing, enum break_kind kind, enum strength strength,
             const struct object *object)
{
    const struct compatibility_break item = {.kind = kind, .strength = strength, .object = object};
    g_array_append_val(weighing->breaks, item);
    return &g_array_index(weighing->breaks, struct compatibility_break, weighing->breaks->len - 1);
}

void
break_set_code(struct compatibility_break *item, const struct schema_module *module,
               const struct code_place *place)
{
    item->module = module;
    item->file = place->file;
    item->line = place->line;
}

const struct table *
weighing_origin(const struct weighing *weighing, const struct object *table)
{
    const void *known = g_hash_table_lookup(weighing->origins, table);
    return known != NULL ? known : database_find(weighing->before->database, "table", table->path);
}

/* A view of the same name may serve old code as the table did. */
static bool
has_view(const struct weighing *weighing, const char *path)
{
    return database_find(weighing->after->database, "view", path) != NULL;
}

static void
weigh_join_tables(struct weighing *weighing, const struct change *change, enum break_kind kind)
{
    const struct schema_modules *schemas = weighing->before->schemas;
    const char *name = object_name(change->before);
    for (size_t i = 0; i < schemas->count; i++) {
        const struct schema_module *module = &schemas->items[i];
        for (size_t j = 0; j < module->association_count; j++) {
            const struct schema_association *association = &module->associations[j];
            if (association->join_table == NULL || !g_str_equal(association->join_table, name))
                continue;
            struct compatibility_break *item = weighing_add(weighing, kind, STRENGTH_PROVED,
                                                            change->before);
            break_set_code(item, module, &association->place);
            item->text = arena_printf(weighing->arena,
                                      "`%s` of `%s` joins over `%s`, which is not there any more.",
                                      association->name, module->name, change->before->path);
            item->evidence = arena_printf(weighing->arena, "`%s`, `join_through: \"%s\"`",
                                          association_words[association->kind], name);
        }
    }
}

static void
weigh_table(struct weighing *weighing, const struct change *change)
{
    const struct table *table = (const struct table *)change->before;
    const struct table_modules *modules = model_modules(weighing->before, table);
    enum break_kind kind = change->kind == CHANGE_REMOVED ? BREAK_TABLE_GONE : BREAK_TABLE_RENAMED;
    bool view = has_view(weighing, change->before->path);
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_module *module = modules->items[i];
        struct compatibility_break *item = weighing_add(
            weighing, kind, view ? STRENGTH_HINT : STRENGTH_PROVED, change->before);
        break_set_code(item, module, &module->place);
        item->text = view ? arena_printf(weighing->arena,
                                         "`%s` reads and writes `%s`, which is a view now.",
                                         module->name, change->before->path)
                          : arena_printf(weighing->arena,
                                         "Each query of `%s` fails: `%s` is not there any more.",
                                         module->name, change->before->path);
        item->evidence = arena_printf(weighing->arena, "`schema \"%s\"`", module->table);
    }
    if (!view)
        weigh_join_tables(weighing, change, kind);
}

static void
weigh(struct weighing *weighing, const struct change *change)
{
    const struct kind *kind = change_origin(change)->kind;
    bool whole = change->before != NULL && change->field == NULL;
    if (kind == &kind_table && whole)
        weigh_table(weighing, change);
    else if (kind == &kind_column)
        weigh_column(weighing, change);
    else if (kind == &kind_enum_type)
        weigh_labels(weighing, change);
    else if (kind == &kind_constraint || kind == &kind_index)
        weigh_rule(weighing, change);
}

/* Proved ones first; the rest stays in its order. */
static void
keep(const struct weighing *weighing, struct compatibility *compatibility)
{
    static const enum strength order[] = {STRENGTH_PROVED, STRENGTH_HINT};
    struct compatibility_break *items = arena_array(weighing->arena, weighing->breaks->len,
                                                    sizeof *items);
    for (size_t i = 0; i < G_N_ELEMENTS(order); i++)
        for (guint j = 0; j < weighing->breaks->len; j++) {
            const struct compatibility_break *item = &g_array_index(weighing->breaks,
                                                                    struct compatibility_break, j);
            if (item->strength == order[i])
                items[compatibility->count++] = *item;
        }
    compatibility->items = items;
}

struct compatibility
compatibility_weigh(struct arena *arena, const struct model *before, const struct model *after,
                    const GPtrArray *changes)
{
    struct compatibility compatibility = {.is_known = before->schemas != NULL};
    if (!compatibility.is_known)
        return compatibility;
    struct weighing weighing = {
        .arena = arena,
        .before = before,
        .after = after,
        .changes = changes,
        .origins = changes_find_renamed(changes),
        .breaks = g_array_new(FALSE, FALSE, sizeof(struct compatibility_break)),
    };
    for (guint i = 0; i < changes->len; i++)
        weigh(&weighing, changes->pdata[i]);
    keep(&weighing, &compatibility);
    g_hash_table_unref(weighing.origins);
    g_array_free(weighing.breaks, TRUE);
    return compatibility;
}
