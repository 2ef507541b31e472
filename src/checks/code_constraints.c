/* code_constraints.c - the names that changesets look for, against the names that PostgreSQL
 * reports. Postgrex hands Ecto the constraint's name of a violation; where no changeset has that
 * name, Ecto raises Ecto.ConstraintError. */
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"

#include <string.h>

#define LONGEST_NAME 63 /* bytes of an identifier; PostgreSQL cuts what is longer */

static bool
table_has_name(const struct table *table, const struct schema_constraint *constraint)
{
    for (size_t i = 0; i < table->indexes.count; i++)
        if (schema_constraint_fits(constraint, table->indexes.items[i].name))
            return true;
    for (size_t i = 0; i < table->constraints.count; i++)
        if (schema_constraint_fits(constraint, table->constraints.items[i].name))
            return true;
    return false;
}

/* Triggers may raise an error that carries any name. */
static bool
function_says_name(const struct catalog *catalog, const char *name)
{
    for (size_t i = 0; i < catalog->functions.count; i++) {
        const char *definition = catalog->functions.items[i].definition;
        if (definition == NULL || strstr(definition, name) != NULL)
            return true;
    }
    return false;
}

static bool
domain_has_name(const struct catalog *catalog, const struct schema_constraint *constraint)
{
    for (size_t i = 0; i < catalog->domains.count; i++) {
        const struct domain_constraint_list *constraints = &catalog->domains.items[i].constraints;
        for (size_t j = 0; j < constraints->count; j++)
            if (schema_constraint_fits(constraint, constraints->items[j].name))
                return true;
    }
    return false;
}

/* Violations happen in other tables too: in those of associations, and of triggers. The module's
 * own table comes first, where nearly all of them are. */
static bool
anything_has_name(const struct catalog *catalog, const struct table *table,
                  const struct schema_constraint *constraint)
{
    if (table_has_name(table, constraint))
        return true;
    for (size_t i = 0; i < catalog->tables.count; i++)
        if (table_has_name(&catalog->tables.items[i], constraint))
            return true;
    return domain_has_name(catalog, constraint) || function_says_name(catalog, constraint->name);
}

/* ---- changeset-constraint-unknown ---- */

/* The field's column, or the column of the association's key. */
static const char *
column_of(const struct schema_module *module, const char *field)
{
    for (size_t i = 0; i < module->association_count; i++)
        if (g_str_equal(module->associations[i].name, field) &&
            module->associations[i].kind == BELONGS_TO)
            field = module->associations[i].owner_key;
    const struct schema_field *found = schema_field_find(module, field);
    return found != NULL ? found->column : field;
}

bool
code_index_is_over(const struct index *index, const struct schema_module *module,
                   const struct names *fields)
{
    if (index->unique != YES || index->keys.count != fields->count)
        return false;
    for (size_t i = 0; i < fields->count; i++) {
        bool found = false;
        for (size_t j = 0; j < index->keys.count; j++)
            found = found ||
                    text_equal(index->keys.items[j].column, column_of(module, fields->items[i]));
        if (!found)
            return false;
    }
    return true;
}

/* What stands on those columns under another name; NULL for nothing. */
static const char *
meant_name(const struct table *table, const struct schema_module *module,
           const struct schema_constraint *constraint)
{
    const struct names *fields = &constraint->fields;
    for (size_t i = 0; constraint->call == UNIQUE_CONSTRAINT && i < table->indexes.count; i++)
        if (code_index_is_over(&table->indexes.items[i], module, fields))
            return table->indexes.items[i].name;
    bool key = constraint->call == FOREIGN_KEY_CONSTRAINT || constraint->call == ASSOC_CONSTRAINT;
    const struct constraint *found = key && fields->count > 0
                                         ? code_foreign_key(table,
                                                            column_of(module, fields->items[0]))
                                         : NULL;
    return found != NULL ? found->name : NULL;
}

static void
tell_meant(struct check_run *run, struct finding *finding, const struct schema_constraint *asked,
           const char *meant)
{
    bool cut = strlen(asked->name) > LONGEST_NAME && strncmp(asked->name, meant, LONGEST_NAME) == 0;
    check_detail(run, finding,
                 "PostgreSQL reports %s%s, so a violation raises `Ecto.ConstraintError` instead of "
                 "becoming an error of the changeset.",
                 check_code(run, meant), cut ? ", which it cut after 63 bytes" : "");
    check_advice(run, finding, "Write the option %s there, or rename what is in the database.",
                 check_code(run, arena_printf(run->arena, "name: :%s", meant)));
    check_evidence(run, finding, "In the database", meant);
}

static void
tell_missing(struct check_run *run, struct finding *finding, const struct schema_constraint *asked)
{
    check_detail(run, finding,
                 "Nothing in the database refuses such a row: the changeset waits for an error "
                 "that never comes.");
    check_advice(run, finding,
                 asked->call == UNIQUE_CONSTRAINT ? "Create the unique index, or delete the call."
                                                  : "Create the constraint, or delete the call.");
}

static void
report_unknown(struct check_run *run, const struct schema_module *module, const struct table *table,
               const struct schema_constraint *constraint)
{
    const char *meant = meant_name(table, module, constraint);
    struct finding *finding = check_report(run, table, "`%s` looks for %s, which is not there",
                                           constraint_call_words[constraint->call],
                                           check_code(run, constraint->name));
    code_place(run, finding, module, &constraint->place);
    check_evidence(run, finding, "Name",
                   arena_printf(run->arena, "%s%s", constraint->name,
                                constraint->is_derived ? " (Ecto's default)" : ""));
    if (meant != NULL) {
        tell_meant(run, finding, constraint, meant);
    } else {
        finding->severity = SEVERITY_WARNING;
        tell_missing(run, finding, constraint);
        code_allow_pending(run, finding);
    }
}

/* PostgreSQL reports a violation by the name that the partition's own index or constraint has. */
static bool
can_be_judged(const struct schema_constraint *constraint, const struct table *table)
{
    return constraint->name != NULL && table->kind == TABLE_ORDINARY && table->inherits.count == 0;
}

static void
visit_names(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->constraint_count; i++) {
        const struct schema_constraint *constraint = &module->constraints[i];
        if (can_be_judged(constraint, table) &&
            !anything_has_name(run->model->catalog, table, constraint))
            report_unknown(run, module, table, constraint);
    }
}

void
check_changeset_constraint_unknown(struct check_run *run)
{
    code_each_module(run, visit_names);
}

/* ---- unique-index-uncaught ---- */

static bool
any_catches(const struct schema_constraint *constraints, size_t count, const struct index *index)
{
    for (size_t i = 0; i < count; i++)
        if (constraints[i].call == UNIQUE_CONSTRAINT && constraints[i].name != NULL &&
            schema_constraint_fits(&constraints[i], index->name))
            return true;
    return false;
}

/* A call whose name only a running program knows may be the one. */
static bool
may_catch(const struct schema_constraint *constraints, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (constraints[i].call == UNIQUE_CONSTRAINT && constraints[i].name == NULL)
            return true;
    return false;
}

static bool
is_caught(const struct schema_modules *schemas, const struct table_modules *modules,
          const struct index *index)
{
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_module *own = modules->items[i];
        if (any_catches(own->constraints, own->constraint_count, index) ||
            may_catch(own->constraints, own->constraint_count))
            return true;
    }
    for (size_t i = 0; i < schemas->count; i++)
        if (any_catches(schemas->items[i].constraints, schemas->items[i].constraint_count, index))
            return true;
    return any_catches(schemas->loose, schemas->loose_count, index) ||
           may_catch(schemas->loose, schemas->loose_count);
}

/* Whether an insert somewhere says what to do when just these fields are taken. */
static bool
is_upserted(const struct schema_modules *schemas, const struct schema_module *module,
            const struct index *index)
{
    for (size_t i = 0; i < schemas->target_count; i++)
        if (code_index_is_over(index, module, &schemas->conflict_targets[i]))
            return true;
    return false;
}

/* The function of the module that casts a key of the index; NULL when none does. */
static const struct schema_changeset *
find_cast(const struct schema_module *module, const struct index *index)
{
    for (size_t i = 0; i < module->changeset_count; i++) {
        const struct schema_changeset *changeset = &module->changesets[i];
        for (size_t j = 0; j < index->keys.count; j++) {
            const char *column = index->keys.items[j].column;
            const struct schema_field *field = column != NULL
                                                   ? schema_field_of_column(module, column)
                                                   : NULL;
            if (field != NULL && !field->is_primary_key &&
                names_hold(&changeset->cast, field->name))
                return changeset;
        }
    }
    return NULL;
}

static void
report_uncaught(struct check_run *run, const struct schema_module *module,
                const struct schema_changeset *changeset, const struct index *index)
{
    struct finding *finding = check_report(run, index, "No changeset knows of the unique index %s",
                                           check_path(run, index));
    code_place(run, finding, module, &changeset->cast_place);
    check_detail(
        run, finding,
        "%s casts a field of it. A value that is taken already raises "
        "`Ecto.ConstraintError`, and the user sees an error page instead of a message.",
        check_code(run, arena_printf(run->arena, "%s.%s", module->name, changeset->function)));
    check_advice(
        run, finding,
        "Add `unique_constraint` with %s to that changeset, or accept this when values are "
        "never taken twice.",
        check_code(run, arena_printf(run->arena, "name: :%s", index->name)));
    check_evidence(run, finding, "Index", index->definition);
}

/* Where the primary key is among its keys, that one is violated first. */
static bool
holds_primary_key(const struct table *table, const struct index *index)
{
    const struct index *primary = NULL;
    for (size_t i = 0; i < table->indexes.count; i++)
        if (table->indexes.items[i].primary == YES)
            primary = &table->indexes.items[i];
    for (size_t i = 0; primary != NULL && i < primary->keys.count; i++) {
        bool found = false;
        for (size_t j = 0; j < index->keys.count; j++)
            found = found || text_equal(primary->keys.items[i].column, index->keys.items[j].column);
        if (!found)
            return false;
    }
    return primary != NULL;
}

static void
look_at_index(struct check_run *run, const struct table_modules *modules, const struct index *index)
{
    const struct table *table = object_table(index);
    const struct schema_modules *schemas = run->model->schemas;
    if (index->unique != YES || index->primary == YES || index->valid == NO ||
        holds_primary_key(table, index))
        return;
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_changeset *changeset = find_cast(modules->items[i], index);
        if (changeset == NULL || is_upserted(schemas, modules->items[i], index))
            continue;
        if (!is_caught(schemas, modules, index))
            report_uncaught(run, modules->items[i], changeset, index);
        return;
    }
}

static void
visit_indexes(struct check_run *run, const struct table *table)
{
    const struct table_modules *modules = model_modules(run->model, table);
    for (size_t i = 0;
         table->kind == TABLE_ORDINARY && modules->count > 0 && i < table->indexes.count; i++)
        look_at_index(run, modules, &table->indexes.items[i]);
}

void
check_unique_index_uncaught(struct check_run *run)
{
    if (run->model->schemas != NULL)
        check_each_table(run, visit_indexes);
}
