/* schema_functions.c - what functions do to changesets: fields cast and required, constraints whose
 * violation becomes an error. See the documentation of Ecto.Changeset. */
#include "elixir/schema_reader.h"

#include "base/text.h"
#include "elixir/walk.h"

#include <string.h>

#define CHANGESET "Elixir.Ecto.Changeset"

const char *const constraint_call_words[] = {
    [UNIQUE_CONSTRAINT] = "unique_constraint", [FOREIGN_KEY_CONSTRAINT] = "foreign_key_constraint",
    [ASSOC_CONSTRAINT] = "assoc_constraint",   [NO_ASSOC_CONSTRAINT] = "no_assoc_constraint",
    [CHECK_CONSTRAINT] = "check_constraint",   [EXCLUSION_CONSTRAINT] = "exclusion_constraint",
};

/* One function of a module. */
struct visit {
    struct schema_reader *reader;
    const struct module *module;
    const struct schema_module *schema; /* NULL: the module has none */
    const struct definition *definition;
    struct frame frame;
    struct schema_changeset changeset;
    GPtrArray *cast;     /* const char * */
    GPtrArray *required; /* likewise */
    GArray *bounds;      /* struct schema_bound */
    GArray *inclusions;  /* struct schema_inclusion */
};

/* A call of Ecto.Changeset's function of that name, and not of one that the module has itself. */
static bool
is_changeset_call(const struct visit *visit, const struct syntax *call)
{
    if (call->target == NULL)
        return !module_defines(visit->module, call->text, call->count);
    if (call->target->kind != SYNTAX_ALIAS)
        return false;
    const struct value *target = schema_value(visit->reader, &visit->frame, call->target);
    return value_is_atom(target, CHANGESET);
}

/* ---- Whose changeset it is ---- */

static const char *
struct_module(const struct visit *visit, const struct syntax *map)
{
    const struct syntax *name = map->target;
    if (name->kind == SYNTAX_VARIABLE && g_strcmp0(name->text, "__MODULE__") == 0)
        return arena_intern(visit->reader->arena, visit->module->name + strlen("Elixir."));
    return schema_module_name(visit->reader, schema_value(visit->reader, &visit->frame, name));
}

/* Whether the pattern binds the variable to a struct: `%User{} = user`. */
static const struct syntax *
struct_of_pattern(const struct syntax *pattern, const char *variable)
{
    while (pattern->kind == SYNTAX_BINARY && g_str_equal(pattern->text, "\\\\"))
        pattern = pattern->items[0];
    if (pattern->kind != SYNTAX_BINARY || !g_str_equal(pattern->text, "="))
        return NULL;
    for (size_t i = 0; i < 2; i++) {
        const struct syntax *map = pattern->items[i];
        const struct syntax *name = pattern->items[1 - i];
        if (map->kind == SYNTAX_MAP && map->target != NULL && name->kind == SYNTAX_VARIABLE &&
            g_strcmp0(name->text, variable) == 0)
            return map;
    }
    return NULL;
}

static const struct schema_association *
find_association(const struct schema_module *schema, const char *name)
{
    for (size_t i = 0; i < schema->association_count; i++)
        if (g_str_equal(schema->associations[i].name, name))
            return &schema->associations[i];
    return NULL;
}

/* The module of build_assoc(parent, :comments), where the parent is of the module itself. */
static const char *
built_module(const struct visit *visit, const struct syntax *call)
{
    if (visit->schema == NULL || call->count < 2 || call->items[1]->kind != SYNTAX_ATOM)
        return NULL;
    const struct schema_association *found = find_association(visit->schema, call->items[1]->text);
    return found != NULL ? found->module : NULL;
}

/* The module that a call makes a changeset of: Other.changeset(…). A helper that has no schema
 * takes a changeset and gives it back. */
static const char *
called_module(const struct visit *visit, const struct syntax *call)
{
    if (call->target == NULL || call->target->kind != SYNTAX_ALIAS)
        return NULL;
    const struct value *target = schema_value(visit->reader, &visit->frame, call->target);
    const struct module *module = target->kind == VALUE_ATOM
                                      ? project_find(visit->reader->project, target->text)
                                      : NULL;
    return module != NULL && schema_call(module) != NULL ? schema_module_name(visit->reader, target)
                                                         : NULL;
}

/* The module whose struct the pipeline begins with; the module's own when nothing says otherwise;
 * NULL when it has no schema, or when that is not known. */
static const char *
owner_of(const struct visit *visit, const struct syntax *call)
{
    const struct syntax *root = call->items[0];
    while (root->kind == SYNTAX_CALL && root->count > 0) {
        const char *module = called_module(visit, root);
        if (g_str_equal(root->text, "build_assoc"))
            return built_module(visit, root);
        if (module != NULL)
            return module;
        root = root->items[0];
    }
    const char *named = NULL;
    const struct syntax *head = visit->definition->head;
    const struct syntax *map = root->kind == SYNTAX_MAP && root->target != NULL ? root : NULL;
    for (size_t i = 0; map == NULL && root->kind == SYNTAX_VARIABLE && i < head->count; i++)
        map = struct_of_pattern(head->items[i], root->text);
    if (root->kind == SYNTAX_ALIAS)
        named = schema_module_name(visit->reader, schema_value(visit->reader, &visit->frame, root));
    else if (map != NULL)
        named = struct_module(visit, map);
    if (named != NULL && !g_str_equal(named, "Ecto.Changeset"))
        return named;
    return visit->schema != NULL ? visit->schema->name : NULL;
}

/* ---- Constraints ---- */

static void
take_name(const struct visit *visit, const struct value *options,
          struct schema_constraint *constraint)
{
    const struct value *name = options != NULL ? value_get(options, "name") : NULL;
    const struct value *match = options != NULL ? value_get(options, "match") : NULL;
    if (name == NULL || value_is_nil(name))
        constraint->is_derived = options == NULL || value_find_opaque(options) == NULL;
    else if (name->kind == VALUE_ATOM || name->kind == VALUE_STRING)
        constraint->name = arena_intern(visit->reader->arena, name->text);
    if (match != NULL && value_is_atom(match, "suffix"))
        constraint->match = MATCH_SUFFIX;
    else if (match != NULL && value_is_atom(match, "prefix"))
        constraint->match = MATCH_PREFIX;
    else if (match != NULL && !value_is_atom(match, "exact"))
        constraint->name = NULL;
}

static void
read_constraint(struct visit *visit, const struct syntax *call, enum constraint_call kind)
{
    const char *owner = owner_of(visit, call);
    struct schema_constraint constraint = {
        .call = kind, .module = owner, .place = schema_place(visit->reader, call)};
    const struct value *fields = schema_value(visit->reader, &visit->frame, call->items[1]);
    const struct value *options = call->count > 2
                                      ? schema_value(visit->reader, &visit->frame, call->items[2])
                                      : NULL;
    if (!schema_names(visit->reader, fields, &constraint.fields))
        constraint.fields = (struct names){0};
    if (options != NULL && options->kind != VALUE_LIST)
        options = value_opaque(visit->reader->scratch, "options that only a running program knows");
    take_name(visit, options, &constraint);
    g_array_append_val(visit->reader->constraints, constraint);
}

/* ---- Casts and validations ---- */

static void
add_names(struct visit *visit, const struct syntax *syntax, GPtrArray *list, bool *unknown)
{
    struct names names = {0};
    const struct value *value = schema_value(visit->reader, &visit->frame, syntax);
    *unknown = !schema_names(visit->reader, value, &names) || *unknown;
    for (size_t i = 0; i < names.count; i++)
        if (!g_ptr_array_find(list, names.items[i], NULL))
            g_ptr_array_add(list, (void *)(guintptr)names.items[i]);
}

static void
note_place(const struct visit *visit, const struct syntax *call, struct code_place *place)
{
    if (place->file == NULL)
        *place = schema_place(visit->reader, call);
}

/* validate_number(changeset, :age, greater_than: 17) */
static void
read_bound(struct visit *visit, const struct syntax *call)
{
    static const char *const operators[][2] = {
        {"equal_to", "="},  {"greater_than", ">"},           {"greater_than_or_equal_to", ">="},
        {"less_than", "<"}, {"less_than_or_equal_to", "<="}, {"not_equal_to", "<>"},
    };
    const struct value *field = schema_value(visit->reader, &visit->frame, call->items[1]);
    const struct value *options = schema_value(visit->reader, &visit->frame, call->items[2]);
    g_autoptr(GPtrArray) rules = g_ptr_array_new();
    for (size_t i = 0; options->kind == VALUE_LIST && i < G_N_ELEMENTS(operators); i++) {
        const struct value *limit = value_get(options, operators[i][0]);
        if (limit == NULL || (limit->kind != VALUE_INTEGER && limit->kind != VALUE_FLOAT))
            continue;
        g_ptr_array_add(rules, arena_printf(visit->reader->arena, "%s %s", operators[i][1],
                                            value_inspect(visit->reader->scratch, limit)));
    }
    if (field->kind != VALUE_ATOM || rules->len == 0)
        return;
    struct schema_bound bound = {.field = arena_intern(visit->reader->arena, field->text),
                                 .rules = names_keep(visit->reader->arena, rules),
                                 .place = schema_place(visit->reader, call)};
    g_array_append_val(visit->bounds, bound);
}

/* validate_inclusion(changeset, :state, ~w(draft published)) */
static void
read_inclusion(struct visit *visit, const struct syntax *call)
{
    const struct value *field = schema_value(visit->reader, &visit->frame, call->items[1]);
    const struct value *list = schema_value(visit->reader, &visit->frame, call->items[2]);
    struct schema_inclusion inclusion = {.place = schema_place(visit->reader, call)};
    if (field->kind != VALUE_ATOM || list->kind != VALUE_LIST ||
        !schema_names(visit->reader, list, &inclusion.values) || inclusion.values.count == 0)
        return;
    inclusion.field = arena_intern(visit->reader->arena, field->text);
    g_array_append_val(visit->inclusions, inclusion);
}

static void
read_changeset_call(struct visit *visit, const struct syntax *call)
{
    for (size_t i = 0; i < G_N_ELEMENTS(constraint_call_words); i++)
        if (g_str_equal(call->text, constraint_call_words[i]) && call->count >= 2 &&
            is_changeset_call(visit, call)) {
            read_constraint(visit, call, (enum constraint_call)i);
            return;
        }
    struct schema_changeset *changeset = &visit->changeset;
    bool own = visit->schema != NULL && call->count >= 2 &&
               (g_str_equal(call->text, "cast") || g_str_has_prefix(call->text, "validate_")) &&
               is_changeset_call(visit, call) &&
               text_equal(owner_of(visit, call), visit->schema->name);
    if (own && g_str_equal(call->text, "cast") && call->count >= 3) {
        note_place(visit, call, &changeset->cast_place);
        add_names(visit, call->items[2], visit->cast, &changeset->casts_unknown);
    } else if (own && g_str_equal(call->text, "validate_required")) {
        note_place(visit, call, &changeset->required_place);
        add_names(visit, call->items[1], visit->required, &changeset->requires_unknown);
    } else if (own && g_str_equal(call->text, "validate_number") && call->count >= 3) {
        read_bound(visit, call);
    } else if (own && g_str_equal(call->text, "validate_inclusion") && call->count >= 3) {
        read_inclusion(visit, call);
    }
}

/* [conflict_target: [:a, :b]], wherever it stands. */
static void
read_conflict_target(const struct visit *visit, const struct syntax *pair)
{
    struct names names = {0};
    const struct value *value = schema_value(visit->reader, &visit->frame, pair->items[1]);
    if (schema_names(visit->reader, value, &names))
        g_array_append_val(visit->reader->targets, names);
}

static bool
look_at(void *data, const struct syntax *syntax)
{
    struct visit *visit = data;
    if (syntax->kind == SYNTAX_CALL)
        read_changeset_call(visit, syntax);
    else if (syntax->kind == SYNTAX_TUPLE && syntax->count == 2 &&
             syntax->items[0]->kind == SYNTAX_ATOM &&
             g_str_equal(syntax->items[0]->text, "conflict_target"))
        read_conflict_target(visit, syntax);
    return true;
}

void
schema_read_functions(struct schema_reader *reader, const struct module *module,
                      struct schema_module *schema)
{
    g_autoptr(GArray) changesets = g_array_new(FALSE, TRUE, sizeof(struct schema_changeset));
    for (guint i = 0; i < module->definitions->len; i++) {
        const struct definition *definition = module->definitions->pdata[i];
        g_autoptr(GPtrArray) cast = g_ptr_array_new();
        g_autoptr(GPtrArray) required = g_ptr_array_new();
        g_autoptr(GArray) bounds = g_array_new(FALSE, FALSE, sizeof(struct schema_bound));
        g_autoptr(GArray) inclusions = g_array_new(FALSE, FALSE, sizeof(struct schema_inclusion));
        struct visit visit = {.reader = reader,
                              .module = module,
                              .schema = schema,
                              .definition = definition,
                              .frame = {.module = module,
                                        .attributes = definition->attributes,
                                        .aliases = definition->aliases},
                              .cast = cast,
                              .required = required,
                              .bounds = bounds,
                              .inclusions = inclusions};
        syntax_walk(definition->body, look_at, &visit);
        if (visit.changeset.cast_place.file == NULL &&
            visit.changeset.required_place.file == NULL && bounds->len + inclusions->len == 0)
            continue;
        visit.changeset.bound_count = bounds->len;
        visit.changeset.bounds = arena_keep(reader->arena, bounds);
        visit.changeset.inclusion_count = inclusions->len;
        visit.changeset.inclusions = arena_keep(reader->arena, inclusions);
        visit.changeset.function = arena_intern(reader->arena, definition->name);
        visit.changeset.cast = names_keep(reader->arena, cast);
        visit.changeset.required = names_keep(reader->arena, required);
        g_array_append_val(changesets, visit.changeset);
    }
    if (schema == NULL)
        return;
    schema->changeset_count = changesets->len;
    schema->changesets = arena_keep(reader->arena, changesets);
}

/* ---- Names by Ecto's rule ---- */

static const char *
column_of(const struct schema_module *schema, const char *field)
{
    const struct schema_field *found = schema_field_find(schema, field);
    return found != NULL ? found->column : field;
}

/* table_field_suffix, or table_a_b_suffix. */
static const char *
join_name(struct arena *arena, const struct schema_module *schema, const struct names *fields,
          const char *suffix)
{
    GString *text = g_string_new(schema->table);
    for (size_t i = 0; i < fields->count; i++)
        g_string_append_printf(text, "_%s", column_of(schema, fields->items[i]));
    g_string_append_printf(text, "_%s", suffix);
    const char *name = arena_intern(arena, text->str);
    g_string_free(text, TRUE);
    return name;
}

static const char *
name_of_association(const struct schema_reader *reader, const struct schema_modules *modules,
                    const struct schema_module *schema, const struct schema_constraint *constraint)
{
    const struct schema_association *association = find_association(schema,
                                                                    constraint->fields.items[0]);
    if (association == NULL)
        return NULL;
    if (constraint->call == ASSOC_CONSTRAINT)
        return association->kind == BELONGS_TO ? arena_printf(reader->arena, "%s_%s_fkey",
                                                              schema->table, association->owner_key)
                                               : NULL;
    const struct schema_module *other = association->module != NULL
                                            ? schema_module_find(modules, association->module)
                                            : NULL;
    if (other == NULL || other->table == NULL || association->related_key == NULL)
        return NULL;
    return arena_printf(reader->arena, "%s_%s_fkey", other->table, association->related_key);
}

static const char *
derive_name(const struct schema_reader *reader, const struct schema_modules *modules,
            const struct schema_constraint *constraint)
{
    const struct schema_module *schema = schema_module_of(modules, constraint);
    if (schema == NULL || schema->table == NULL || constraint->fields.count == 0)
        return NULL;
    const struct names first = {1, constraint->fields.items};
    switch (constraint->call) {
    case UNIQUE_CONSTRAINT:
        return join_name(reader->arena, schema, &constraint->fields, "index");
    case FOREIGN_KEY_CONSTRAINT:
        return join_name(reader->arena, schema, &first, "fkey");
    case EXCLUSION_CONSTRAINT:
        return join_name(reader->arena, schema, &first, "exclusion");
    case ASSOC_CONSTRAINT:
    case NO_ASSOC_CONSTRAINT:
        return name_of_association(reader, modules, schema, constraint);
    case CHECK_CONSTRAINT: /* has no rule: Ecto raises */
        break;
    }
    return NULL;
}

void
schema_name_constraints(struct schema_reader *reader, const struct schema_modules *modules)
{
    for (guint i = 0; i < reader->constraints->len; i++) {
        struct schema_constraint *constraint = &g_array_index(reader->constraints,
                                                              struct schema_constraint, i);
        if (constraint->is_derived)
            constraint->name = derive_name(reader, modules, constraint);
    }
}
