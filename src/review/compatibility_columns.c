/* compatibility_columns.c - columns and the types of their values, against the fields of modules.
 */
#include "checks/code.h"
#include "review/type_change.h"
#include "review/weighing.h"

#include <string.h>

/* Whether the server fills it where an INSERT leaves it out. */
static bool
is_supplied(const struct column *column)
{
    return column->default_value != NULL ||
           (column->identity != IDENTITY_NONE && column->identity != column_identity_UNKNOWN) ||
           (column->generated != GENERATED_NONE && column->generated != column_generated_UNKNOWN);
}

/* A trigger that runs before may fill what is missing. */
static bool
has_insert_trigger(const struct object *table)
{
    const struct trigger_list *triggers = &((const struct table *)table)->triggers;
    for (size_t i = 0; i < triggers->count; i++)
        if (triggers->items[i].for_each_row != NO &&
            names_contain(&triggers->items[i].events, "insert"))
            return true;
    return false;
}

static void
weigh_lost_column(struct weighing *weighing, const struct change *change)
{
    const struct table *table = (const struct table *)change->before->parent;
    const struct table_modules *modules = model_modules(weighing->before, table);
    bool renamed = change->kind == CHANGE_RENAMED;
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_module *module = modules->items[i];
        const struct schema_field *field = schema_field_of_column(module,
                                                                  object_name(change->before));
        if (field == NULL && module->incomplete == NULL)
            continue;
        struct compatibility_break *item = weighing_add(
            weighing, renamed ? BREAK_COLUMN_RENAMED : BREAK_COLUMN_GONE,
            field != NULL ? STRENGTH_PROVED : STRENGTH_HINT, change->before);
        break_set_code(item, module, field != NULL ? &field->place : &module->incomplete_place);
        item->text = arena_printf(
            weighing->arena, "`%s` %s column `%s`, which is not there any more.", module->name,
            field != NULL ? "selects and writes the" : "may have a field for the",
            change->before->path);
        item->evidence = field != NULL
                             ? arena_printf(weighing->arena, "field `%s`", field->name)
                             : arena_printf(weighing->arena, "not all of its fields are known: %s",
                                            module->incomplete);
    }
}

/* A value that old code never sends. */
static void
add_required(struct weighing *weighing, const struct object *column, const struct table *origin,
             const char *table_path)
{
    const struct table_modules *modules = model_modules(weighing->before, origin);
    bool proved = code_is_complete(modules) && !has_insert_trigger(column->parent);
    struct compatibility_break *item = weighing_add(
        weighing, BREAK_VALUE_REQUIRED, proved ? STRENGTH_PROVED : STRENGTH_HINT, column);
    if (modules->count > 0)
        break_set_code(item, modules->items[0], &modules->items[0]->place);
    item->text = arena_printf(weighing->arena,
                              "Inserts of old code into `%s` fail: they do not set `%s`.",
                              table_path, object_name(column));
    item->evidence = "`NOT NULL` without a default";
}

static void
weigh_new_column(struct weighing *weighing, const struct change *change)
{
    const struct column *column = (const struct column *)change->after;
    const struct object *parent = change->after->parent;
    const struct table *origin = parent->kind != &kind_table ? NULL
                                                             : weighing_origin(weighing, parent);
    if (origin == NULL || column->not_null != YES || is_supplied(column))
        return;
    add_required(weighing, change->after, origin, parent->path);
}

/* Whether every function of the module that casts the field requires it, and one does. */
static bool
is_always_required(const struct schema_module *module, const char *field)
{
    bool cast = false;
    for (size_t i = 0; i < module->changeset_count; i++) {
        const struct schema_changeset *changeset = &module->changesets[i];
        if (changeset->casts_unknown && !names_contain(&changeset->required, field))
            return false;
        if (!names_contain(&changeset->cast, field))
            continue;
        cast = true;
        if (!names_contain(&changeset->required, field))
            return false;
    }
    return cast;
}

static void
weigh_not_null(struct weighing *weighing, const struct change *change)
{
    const struct column *column = (const struct column *)change->after;
    const struct table *table = (const struct table *)change->before->parent;
    const struct table_modules *modules = model_modules(weighing->before, table);
    if (column->not_null != YES)
        return;
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_module *module = modules->items[i];
        const struct schema_field *field = schema_field_of_column(module,
                                                                  object_name(change->before));
        if (field == NULL || field->is_autogenerated || field->is_primary_key ||
            is_always_required(module, field->name))
            continue;
        struct compatibility_break *item = weighing_add(weighing, BREAK_VALUE_REQUIRED,
                                                        STRENGTH_HINT, change->before);
        break_set_code(item, module, &field->place);
        item->text = arena_printf(weighing->arena,
                                  "`%s` may write NULL into `%s`, which is refused now.",
                                  module->name, change->before->path);
        item->evidence = arena_printf(
            weighing->arena, "no changeset requires `%s` wherever it is cast", field->name);
    }
    bool mapped = code_field_of(modules, object_name(change->before)) != NULL;
    if (modules->count > 0 && !mapped && !is_supplied(column))
        add_required(weighing, change->after, table, change->after->parent->path);
}

static bool
is_text(const char *type)
{
    return type_change_of(type, "text") == TYPE_WIDER;
}

/* An enum type or a domain takes fewer values than what it is made of. */
static enum type_change
change_of(const struct column *before, const struct column *after)
{
    const struct object *old_type = before->type_object.object;
    const struct object *new_type = after->type_object.object;
    enum type_change change = type_change_of(before->type, after->type);
    if (change != TYPE_OTHER)
        return change;
    if (new_type != NULL && new_type->kind == &kind_enum_type && is_text(before->type))
        return TYPE_NARROWER;
    if (old_type != NULL && old_type->kind == &kind_enum_type && is_text(after->type))
        return TYPE_WIDER;
    if (new_type != NULL && new_type->kind == &kind_domain &&
        type_change_of(before->type, ((const struct domain *)new_type)->type) != TYPE_OTHER)
        return TYPE_NARROWER;
    if (old_type != NULL && old_type->kind == &kind_domain)
        return type_change_of(((const struct domain *)old_type)->type, after->type);
    return TYPE_OTHER;
}

static void
weigh_type(struct weighing *weighing, const struct change *change)
{
    const struct table *table = (const struct table *)change->before->parent;
    const struct table_modules *modules = model_modules(weighing->before, table);
    enum type_change how = change_of((const struct column *)change->before,
                                     (const struct column *)change->after);
    for (size_t i = 0; i < modules->count && how != TYPE_WIDER; i++) {
        const struct schema_module *module = modules->items[i];
        const struct schema_field *field = schema_field_of_column(module,
                                                                  object_name(change->before));
        if (field == NULL)
            continue;
        bool other = how == TYPE_OTHER;
        bool proved = other && code_field_refuses(field, (const struct column *)change->after);
        struct compatibility_break *item = weighing_add(
            weighing, other ? BREAK_TYPE_REPLACED : BREAK_TYPE_NARROWED,
            proved ? STRENGTH_PROVED : STRENGTH_HINT, change->before);
        break_set_code(item, module, &field->place);
        item->text = arena_printf(weighing->arena,
                                  other
                                      ? "`%s` reads and writes `%s` as another type."
                                      : "`%s` may write values into `%s` that do not fit any more.",
                                  module->name, change->before->path);
        item->evidence = arena_printf(
            weighing->arena, "`%s` became `%s`; field `%s`%s%s%s", change->old_text,
            change->new_text, field->name, field->type != NULL ? " is `" : "",
            field->type != NULL ? field->type : "", field->type != NULL ? "`" : "");
    }
}

static void
weigh_default(struct weighing *weighing, const struct change *change)
{
    const struct column *after = (const struct column *)change->after;
    const struct table *table = (const struct table *)change->before->parent;
    const struct table_modules *modules = model_modules(weighing->before, table);
    bool lost = is_supplied((const struct column *)change->before) && !is_supplied(after);
    if (modules->count == 0 || !is_supplied((const struct column *)change->before))
        return;
    const struct schema_field *field = NULL;
    const struct schema_module *module = modules->items[0];
    for (size_t i = 0; i < modules->count && field == NULL; i++) {
        field = schema_field_of_column(modules->items[i], object_name(change->before));
        module = field != NULL ? modules->items[i] : module;
    }
    if (field != NULL && (field->default_text != NULL || is_always_required(module, field->name)))
        return; /* the code sets it itself */
    bool proved = lost && after->not_null == YES && field == NULL && code_is_complete(modules) &&
                  !has_insert_trigger(change->after->parent);
    struct compatibility_break *item = weighing_add(
        weighing, BREAK_DEFAULT_CHANGED, proved ? STRENGTH_PROVED : STRENGTH_HINT, change->before);
    break_set_code(item, module, field != NULL ? &field->place : &module->place);
    item->text = arena_printf(weighing->arena,
                              lost ? "Rows that old code inserts without `%s` get no value%s"
                                   : "Rows that old code inserts without `%s` get another value.%s",
                              change->before->path,
                              !lost                    ? ""
                              : after->not_null == YES ? ", and are refused."
                                                       : " any more.");
    item->evidence = arena_printf(weighing->arena, "the default was `%s`, is `%s`",
                                  change->old_text != NULL ? change->old_text : "none",
                                  change->new_text != NULL ? change->new_text : "none");
}

static void
weigh_column_fact(struct weighing *weighing, const struct change *change)
{
    static const struct {
        const char *fact;
        void (*weigh)(struct weighing *weighing, const struct change *change);
    } facts[] = {
        {"not_null", weigh_not_null},
        {"type", weigh_type},
        {"default_value", weigh_default},
        {"identity", weigh_default},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(facts); i++)
        if (g_str_equal(change->field->name, facts[i].fact))
            facts[i].weigh(weighing, change);
}

void
weigh_column(struct weighing *weighing, const struct change *change)
{
    const struct object *object = change_origin(change);
    if (object->parent->kind != &kind_table)
        return;
    if (change->before == NULL)
        weigh_new_column(weighing, change);
    else if (change->field == NULL)
        weigh_lost_column(weighing, change);
    else if (change->kind == CHANGE_CHANGED)
        weigh_column_fact(weighing, change);
}

static void
add_label(struct weighing *weighing, const struct change *change,
          const struct schema_module *module, const struct schema_field *field)
{
    const struct names *before = &((const struct enum_type *)change->before)->labels;
    const struct names *after = &((const struct enum_type *)change->after)->labels;
    for (size_t i = 0; i < before->count; i++) {
        bool known = names_contain(&field->labels, before->items[i]);
        if (names_contain(after, before->items[i]) || (field->labels.count > 0 && !known))
            continue;
        struct compatibility_break *item = weighing_add(
            weighing, BREAK_LABEL_GONE, known ? STRENGTH_PROVED : STRENGTH_HINT, change->before);
        break_set_code(item, module, &field->place);
        item->text = arena_printf(weighing->arena,
                                  "`%s` %s `%s` into `%s`, which `%s` does not know any more.",
                                  module->name, known ? "writes" : "may write", before->items[i],
                                  field->column, change->after->path);
        item->evidence = arena_printf(weighing->arena, "field `%s`%s", field->name,
                                      known ? " is an `Ecto.Enum` with this value" : "");
    }
    for (size_t i = 0; i < after->count && field->labels.count > 0; i++) {
        if (names_contain(before, after->items[i]) ||
            names_contain(&field->labels, after->items[i]))
            continue;
        struct compatibility_break *item = weighing_add(weighing, BREAK_LABEL_ADDED, STRENGTH_HINT,
                                                        change->before);
        break_set_code(item, module, &field->place);
        item->text = arena_printf(
            weighing->arena, "`%s` cannot load rows whose `%s` is `%s`, once new code writes it.",
            module->name, field->column, after->items[i]);
        item->evidence = arena_printf(
            weighing->arena, "field `%s` is an `Ecto.Enum` without this value", field->name);
    }
}

void
weigh_labels(struct weighing *weighing, const struct change *change)
{
    const struct table_list *tables = &weighing->before->database->catalog->tables;
    if (change->field == NULL || !g_str_equal(change->field->name, "labels"))
        return;
    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = &tables->items[i];
        const struct table_modules *modules = model_modules(weighing->before, table);
        for (size_t j = 0; j < table->columns.count; j++) {
            const struct column *column = &table->columns.items[j];
            for (size_t k = 0; column->type_object.object == change->before && k < modules->count;
                 k++) {
                const struct schema_field *field = schema_field_of_column(modules->items[k],
                                                                          column->name);
                if (field != NULL)
                    add_label(weighing, change, modules->items[k], field);
            }
        }
    }
}
