/* code.c - places in code, and when nothing may be concluded from them. */
#include "checks/code.h"

#include "base/text.h"
#include "model/applied.h"

void
code_each_module(struct check_run *run,
                 void (*visit)(struct check_run *run, const struct schema_module *module,
                               const struct table *table))
{
    const struct schema_modules *schemas = run->model->schemas;
    for (size_t i = 0; schemas != NULL && i < schemas->count; i++) {
        const struct table *table = model_module_table(run->model, &schemas->items[i]);
        if (table == NULL || !check_skips_table(run, table))
            visit(run, &schemas->items[i], table);
    }
}

void
code_place(struct check_run *run, struct finding *finding, const struct schema_module *module,
           const struct code_place *place)
{
    finding->file = place->file;
    finding->line = place->line;
    check_evidence(run, finding, "Schema module", module->name);
}

/* Whether a migration of the project is not in the database that is read. */
static bool
has_pending(const struct check_run *run)
{
    for (size_t i = 0; run->rehearsal != NULL && i < run->rehearsal->count; i++) {
        const struct migration *migration = run->rehearsal->items[i].migration;
        const struct migrations *line = migrations_line_of(run->rehearsal->migrations, migration);
        if (applied_history(run->applied, line) != NULL && !applied_has(run->applied, migration))
            return true;
    }
    return false;
}

void
code_allow_pending(struct check_run *run, struct finding *finding)
{
    if (run->pending == UNKNOWN)
        run->pending = has_pending(run) ? YES : NO;
    if (run->pending == NO)
        return;
    finding->strength = STRENGTH_HINT;
    finding->severity = SEVERITY_NOTE;
    check_evidence(run, finding, "Not proved",
                   "Migrations are pending; the code may count on one of them.");
}

bool
code_is_complete(const struct table_modules *modules)
{
    for (size_t i = 0; i < modules->count; i++)
        if (modules->items[i]->incomplete != NULL)
            return false;
    return modules->count > 0;
}

const struct schema_field *
code_field_of(const struct table_modules *modules, const char *column)
{
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_field *field = schema_field_of_column(modules->items[i], column);
        if (field != NULL)
            return field;
    }
    return NULL;
}

const struct constraint *
code_foreign_key(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_FOREIGN_KEY &&
            names_hold(&table->constraints.items[i].columns, column))
            return &table->constraints.items[i];
    return NULL;
}

const char *
code_column(const struct schema_module *module, const char *field)
{
    const struct schema_field *found = field != NULL ? schema_field_find(module, field) : NULL;
    return found != NULL ? found->column : field;
}

static bool
belongs_by(const struct schema_module *module, const char *column)
{
    for (size_t i = 0; i < module->association_count; i++)
        if (module->associations[i].kind == BELONGS_TO &&
            text_equal(code_column(module, module->associations[i].owner_key), column))
            return true;
    return false;
}

/* has_many or has_one of another module, to this one by that column. */
static bool
is_had_by(const struct schema_module *other, const struct schema_module *module, const char *column)
{
    for (size_t i = 0; i < other->association_count; i++) {
        const struct schema_association *association = &other->associations[i];
        if ((association->kind == HAS_ONE || association->kind == HAS_MANY) &&
            text_equal(association->module, module->name) &&
            text_equal(code_column(module, association->related_key), column))
            return true;
    }
    return false;
}

bool
code_associates(const struct check_run *run, const struct table *table, const char *column)
{
    const struct table_modules *modules = model_modules(run->model, table);
    for (size_t i = 0; i < modules->count; i++) {
        if (belongs_by(modules->items[i], column))
            return true;
        for (size_t j = 0; j < run->model->schemas->count; j++)
            if (is_had_by(&run->model->schemas->items[j], modules->items[i], column))
                return true;
    }
    return false;
}

void
code_show_field(struct check_run *run, struct finding *finding, const struct schema_module *module,
                const struct schema_field *field)
{
    code_place(run, finding, module, &field->place);
    check_evidence(run, finding, "Field",
                   arena_printf(run->arena, "%s %s", field->name,
                                field->type != NULL ? field->type : "(type not known)"));
}
