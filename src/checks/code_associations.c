/* code_associations.c - associations of schema modules against foreign keys. */
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

/* The table of the other module; NULL when it is not surely known. */
static const struct table *
other_table(const struct check_run *run, const struct schema_association *association)
{
    const struct schema_module *other = association->module != NULL && !association->is_filtered
                                            ? schema_module_find(run->model->schemas,
                                                                 association->module)
                                            : NULL;
    const struct table *table = other != NULL ? model_module_table(run->model, other) : NULL;
    return table != NULL && table->kind != TABLE_FOREIGN && !check_skips_table(run, table) ? table
                                                                                           : NULL;
}

/* subject_id beside subject_type points to rows of several tables. */
static bool
is_polymorphic(const struct table *table, const char *column)
{
    if (!g_str_has_suffix(column, "_id"))
        return false;
    g_autofree char *type = g_strdup_printf("%.*s_type", (int)(strlen(column) - strlen("_id")),
                                            column);
    return table_column(table, type) != NULL;
}

static bool
is_unique(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->indexes.count; i++) {
        const struct index *index = &table->indexes.items[i];
        if (index->unique == YES && index->keys.count == 1 && index->predicate == NULL &&
            text_equal(index->keys.items[0].column, column))
            return true;
    }
    return false;
}

/* The missing foreign key: from a column to a column. */
struct missing {
    const struct table *child, *parent;
    const struct column *from, *to;
};

static void
propose(struct check_run *run, struct finding *finding, const struct missing *missing)
{
    const char *from = missing->from->name;
    const char *to = missing->to->name;
    const struct names froms = {1, &from};
    const struct names tos = {1, &to};
    check_evidence(
        run, finding, "Types",
        arena_printf(run->arena, "%s %s, %s %s", from, missing->from->type, to, missing->to->type));
    if (!text_equal(column_base_type(missing->from), column_base_type(missing->to)) ||
        !is_unique(missing->parent, to))
        return;
    g_autofree char *name = g_strdup_printf("%s_%s_fkey", missing->child->name, from);
    g_autofree char *add = sql_text(
        "ALTER TABLE %O ADD CONSTRAINT %I FOREIGN KEY (%N) REFERENCES %O (%N) NOT VALID",
        &missing->child->object, name, &froms, &missing->parent->object, &tos);
    g_autofree char *validate = sql_text("ALTER TABLE %O VALIDATE CONSTRAINT %I",
                                         &missing->child->object, name);
    g_autofree char *back = sql_text("ALTER TABLE %O DROP CONSTRAINT %I", &missing->child->object,
                                     name);
    fix_each_alone(run, finding, (const char *const[]){add, validate, NULL}, back);
}

static void
report(struct check_run *run, const struct schema_module *module,
       const struct schema_association *association, const struct missing *missing)
{
    const char *from = missing->from->name;
    const struct names columns = {1, &from};
    struct finding *finding = check_report(run, missing->from, "%s has no foreign key to %s",
                                           check_columns(run, missing->child, &columns),
                                           check_path(run, missing->parent));
    code_place(run, finding, module, &association->place);
    check_evidence(run, finding, "Association",
                   arena_printf(run->arena, "%s :%s, %s", association_words[association->kind],
                                association->name, association->module));
    check_detail(run, finding,
                 "The code takes it for granted that the row is there. The database lets it point "
                 "to a row that was deleted, or never was.");
    check_advice(run, finding,
                 "Add the foreign key: not validated first, then validated, so that writes do not "
                 "wait for the reading.");
    propose(run, finding, missing);
}

static bool
is_missing(const struct missing *missing)
{
    return missing->from != NULL && missing->to != NULL && missing->child->kind != TABLE_FOREIGN &&
           code_foreign_key(missing->child, missing->from->name) == NULL &&
           !is_polymorphic(missing->child, missing->from->name);
}

/* ---- belongs-to-without-fk ---- */

static struct missing
missing_of_belongs_to(const struct check_run *run, const struct schema_module *module,
                      const struct table *table, const struct schema_association *association)
{
    struct missing missing = {.child = table, .parent = other_table(run, association)};
    if (association->kind != BELONGS_TO || missing.parent == NULL)
        return missing;
    const struct schema_module *other = schema_module_find(run->model->schemas,
                                                           association->module);
    missing.from = table_column(table, code_column(module, association->owner_key));
    missing.to = table_column(missing.parent, code_column(other, association->related_key));
    return missing;
}

/* Two modules of a table may say the same: the first one speaks. */
static bool
is_said_before(const struct check_run *run, const struct schema_module *module,
               const struct table *table, const struct column *from)
{
    const struct table_modules *modules = model_modules(run->model, table);
    for (size_t i = 0; i < modules->count && modules->items[i] != module; i++)
        for (size_t j = 0; j < modules->items[i]->association_count; j++) {
            const struct schema_association *earlier = &modules->items[i]->associations[j];
            if (earlier->kind == BELONGS_TO &&
                text_equal(code_column(modules->items[i], earlier->owner_key), from->name))
                return true;
        }
    return false;
}

static void
visit_belongs_to(struct check_run *run, const struct schema_module *module,
                 const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->association_count; i++) {
        const struct missing missing = missing_of_belongs_to(run, module, table,
                                                             &module->associations[i]);
        if (is_missing(&missing) && !is_said_before(run, module, table, missing.from))
            report(run, module, &module->associations[i], &missing);
    }
}

void
check_belongs_to_without_fk(struct check_run *run)
{
    code_each_module(run, visit_belongs_to);
}

/* ---- has-many-without-fk ---- */

static bool
has_belongs_to(const struct schema_module *module, const char *column)
{
    for (size_t i = 0; i < module->association_count; i++)
        if (module->associations[i].kind == BELONGS_TO &&
            text_equal(code_column(module, module->associations[i].owner_key), column))
            return true;
    return false;
}

static void
report_no_key(struct check_run *run, const struct schema_module *module, const struct table *table,
              const struct schema_association *association, const struct table *child)
{
    struct finding *finding = check_report(
        run, table, "`%s` %s needs a column %s that %s lacks", association_words[association->kind],
        check_code(run, association->name), check_code(run, association->related_key),
        check_path(run, child));
    code_place(run, finding, module, &association->place);
    check_detail(run, finding, "Loading the association fails.");
    check_advice(run, finding,
                 "Add the column with its foreign key, or say which one it is with "
                 "`foreign_key:`.");
    code_allow_pending(run, finding);
}

static void
look_at_has(struct check_run *run, const struct schema_module *module, const struct table *table,
            const struct schema_association *association)
{
    const struct table *child = other_table(run, association);
    if (child == NULL || association->related_key == NULL)
        return;
    const struct schema_module *other = schema_module_find(run->model->schemas,
                                                           association->module);
    const char *column = code_column(other, association->related_key);
    const struct missing missing = {
        .child = child,
        .parent = table,
        .from = table_column(child, column),
        .to = table_column(table, code_column(module, association->owner_key))};
    if (missing.from == NULL)
        report_no_key(run, module, table, association, child);
    else if (!has_belongs_to(other, column) && is_missing(&missing))
        report(run, module, association, &missing);
}

static void
visit_has(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->association_count; i++) {
        const struct schema_association *association = &module->associations[i];
        if (association->kind == HAS_ONE || association->kind == HAS_MANY)
            look_at_has(run, module, table, association);
    }
}

void
check_has_many_without_fk(struct check_run *run)
{
    code_each_module(run, visit_has);
}
