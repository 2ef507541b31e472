/* code_habits.c - what schema modules say that only the database can hold, or that Ecto refuses. */
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"
#include "checks/fix.h"
#include "checks/words.h"

#include <string.h>

/* ---- field-option-refused ---- */

enum { ECTO_3_8 = 3008000 };

/* Until 3.8 the option was lost without a word. */
static void
tell_refusal(struct check_run *run, struct finding *finding, const char *option)
{
    unsigned version = run->model->schemas->ecto;
    if (version != 0 && version < ECTO_3_8) {
        finding->severity = SEVERITY_WARNING;
        check_detail(run, finding,
                     "Ecto %u.%u ignores it; from 3.8 on the module does not compile.",
                     version / 1000000, version / 1000 % 1000);
    } else {
        check_detail(run, finding,
                     "Ecto.Schema raises when the module is compiled: \"invalid option :%s for "
                     "field/3\".",
                     option);
    }
}

static void
visit_options(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; i < module->field_count; i++) {
        const struct schema_field *field = &module->fields[i];
        for (size_t j = 0; j < field->refused.count; j++) {
            const char *option = field->refused.items[j];
            struct finding *finding = check_report(run, table, "`field` takes no option %s",
                                                   check_code(run, option));
            code_show_field(run, finding, module, field);
            tell_refusal(run, finding, option);
            check_advice(run, finding,
                         g_str_equal(option, "null")
                             ? "Write `null: false` where the migration adds the column, and "
                               "`validate_required` into the changeset."
                             : "Delete it; what a column is belongs into a migration.");
        }
    }
}

void
check_field_option_refused(struct check_run *run)
{
    code_each_module(run, visit_options);
}

/* ---- field-not-redacted ---- */

static bool
is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (g_str_equal(words[i], word))
            return true;
    return false;
}

/* Whether the name ends with a word for a secret, or for a form of one: password, reset_token,
 * password_hash, api_key; not password_changed_at or token_type, nor public_token or page_token. */
static bool
is_sensitive(const char *name)
{
    static const char *const secrets[] = {"password", "passwd",     "passphrase", "secret",
                                          "token",    "credential", "credentials"};
    static const char *const harmless[] = {"public", "idempotency", "page", "cursor"};
    static const char *const forms[] = {"hash",      "digest", "encrypted",
                                        "plaintext", "raw",    "confirmation"};
    static const char *const keys[] = {"api_key",        "private_key", "secret_key",
                                       "encryption_key", "access_key",  "signing_key"};
    g_auto(GStrv) words = g_strsplit(name, "_", -1);
    guint count = g_strv_length(words);
    for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++)
        if (g_strv_contains((const char *const *)words, harmless[i]))
            return false;
    if (count > 1 && is_one_of(words[count - 1], forms, G_N_ELEMENTS(forms)))
        count--;
    if (count > 0 && is_one_of(words[count - 1], secrets, G_N_ELEMENTS(secrets)))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        if (g_str_has_suffix(name, keys[i]))
            return true;
    return false;
}

/* Numbers, times and flags hold no secret, whatever they are called. */
static bool
may_hold_secret(const struct schema_field *field)
{
    return field->type != NULL &&
           (g_str_equal(field->type, ":string") || g_str_equal(field->type, ":binary") ||
            strstr(field->type, "Encrypted") != NULL);
}

static void
report_visible(struct check_run *run, const struct schema_module *module, const struct table *table,
               const struct schema_field *field)
{
    const struct column *column = table != NULL && field->storage == FIELD_STORED
                                      ? table_column(table, field->column)
                                      : NULL;
    const void *object = column != NULL ? (const void *)column : table;
    struct finding *finding = check_report(run, object, "Logs may show %s of %s",
                                           check_code(run, field->name),
                                           check_code(run, module->name));
    finding->strength = STRENGTH_HINT;
    code_show_field(run, finding, module, field);
    check_detail(run, finding,
                 "Its name says that it is a secret, and `inspect` prints it: in logs, in error "
                 "reports and in failed matches.");
    check_advice(run, finding,
                 column == NULL || !name_is_of_clear_secret(column->name)
                     ? "Add `redact: true` to the field."
                     : "Add `redact: true` to the field, and store a hash or an encrypted value.");
}

static bool
is_visible_secret(const struct schema_field *field)
{
    return !field->is_hidden && may_hold_secret(field) && is_sensitive(field->name);
}

bool
code_shows_secret(const struct check_run *run, const struct column *column)
{
    const struct table_modules *modules = model_modules(run->model, object_table(column));
    for (size_t i = 0; i < modules->count; i++) {
        const struct schema_field *field = schema_field_of_column(modules->items[i], column->name);
        if (field != NULL && is_visible_secret(field))
            return true;
    }
    return false;
}

static void
visit_secrets(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; i < module->field_count; i++)
        if (is_visible_secret(&module->fields[i]))
            report_visible(run, module, table, &module->fields[i]);
}

void
check_field_not_redacted(struct check_run *run)
{
    code_each_module(run, visit_secrets);
}

/* ---- validation-only-in-code ---- */

/* Whether a function's name says that a row begins with it. */
static bool
begins_row(const char *function)
{
    static const char *const words[] = {"build", "create", "insert", "new", "regist"};
    if (g_str_equal(function, "changeset"))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_has_prefix(function, words[i]))
            return true;
    return false;
}

static bool
has_beginning(const struct schema_module *module)
{
    for (size_t i = 0; i < module->changeset_count; i++)
        if (begins_row(module->changesets[i].function))
            return true;
    return false;
}

/* Whether every function that begins a row requires the field (all functions where no name says
 * so), and every other one that casts it. */
static bool
is_always_required(const struct schema_module *module, const char *field)
{
    bool beginning = has_beginning(module);
    bool required = false;
    for (size_t i = 0; i < module->changeset_count; i++) {
        const struct schema_changeset *changeset = &module->changesets[i];
        if (changeset->casts_unknown || changeset->requires_unknown)
            return false;
        bool asked = names_hold(&changeset->cast, field) || !beginning ||
                     begins_row(changeset->function);
        if (asked && !names_hold(&changeset->required, field))
            return false;
        required = required || asked;
    }
    return required;
}

/* A check may be what keeps it from being empty, or from being filled. */
static bool
has_check(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->constraints.count; i++)
        if (table->constraints.items[i].kind == CONSTRAINT_CHECK &&
            names_hold(&table->constraints.items[i].columns, column))
            return true;
    return false;
}

/* Whether NULL means something there: rows at the top of a tree, or rows whose parent went. */
static bool
may_point_nowhere(const struct table *table, const char *column)
{
    for (size_t i = 0; i < table->constraints.count; i++) {
        const struct constraint *key = &table->constraints.items[i];
        if (key->kind == CONSTRAINT_FOREIGN_KEY && names_hold(&key->columns, column) &&
            (key->references.object == &table->object || key->on_delete == ACTION_SET_NULL ||
             key->on_update == ACTION_SET_NULL))
            return true;
    }
    return false;
}

static const struct code_place *
place_of_requirement(const struct schema_module *module, const char *field)
{
    for (size_t i = 0; i < module->changeset_count; i++)
        if (names_hold(&module->changesets[i].required, field))
            return &module->changesets[i].required_place;
    return &module->place;
}

static void
report_unheld(struct check_run *run, const struct schema_module *module, const struct table *table,
              const GPtrArray *columns, const struct code_place *place)
{
    const struct names names = names_keep(run->arena, columns);
    const struct column *first = table_column(table, names.items[0]);
    const void *object = names.count == 1 ? (const void *)first : table;
    struct finding *finding = check_report(run, object, "Only a changeset keeps %s from being NULL",
                                           check_columns(run, table, &names));
    finding->strength = STRENGTH_HINT;
    code_place(run, finding, module, place);
    check_detail(run, finding,
                 "Every changeset that begins a row requires %s. `insert_all`, `update_all`, "
                 "`change` and people with a console go past it.",
                 names.count == 1 ? "it" : "them");
    check_advice(run, finding,
                 "Count the rows without a value, fill them, then set NOT NULL by way of a check "
                 "that is validated first.");
    if (names.count > 1)
        return;
    g_autofree char *name = g_strdup_printf("%s_%s_not_null", table->name, first->name);
    g_autofree char *add = sql_text("ALTER TABLE %O ADD CONSTRAINT %I CHECK (%I IS NOT NULL) NOT "
                                    "VALID",
                                    &table->object, name, first->name);
    g_autofree char *validate = sql_text("ALTER TABLE %O VALIDATE CONSTRAINT %I", &table->object,
                                         name);
    g_autofree char *set = sql_text("ALTER TABLE %O ALTER COLUMN %I SET NOT NULL", &table->object,
                                    first->name);
    g_autofree char *drop = sql_text("ALTER TABLE %O DROP CONSTRAINT %I", &table->object, name);
    g_autofree char *back = sql_text("ALTER TABLE %O ALTER COLUMN %I DROP NOT NULL", &table->object,
                                     first->name);
    fix_each_alone(run, finding, (const char *const[]){add, validate, set, drop, NULL}, back);
}

static bool
is_only_in_code(const struct schema_module *module, const struct table *table,
                const struct schema_field *field)
{
    const struct column *column = field->storage == FIELD_STORED
                                      ? table_column(table, field->column)
                                      : NULL;
    return column != NULL && !column_is_required(column) && column->generated != GENERATED_STORED &&
           !has_check(table, column->name) && !may_point_nowhere(table, column->name) &&
           is_always_required(module, field->name);
}

/* Where several modules share a table, another one may leave the field empty. */
static void
visit_validations(struct check_run *run, const struct schema_module *module,
                  const struct table *table)
{
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    const struct code_place *place = NULL;
    if (table == NULL || model_modules(run->model, table)->count != 1)
        return;
    for (size_t i = 0; i < module->field_count; i++) {
        const struct schema_field *field = &module->fields[i];
        if (!is_only_in_code(module, table, field))
            continue;
        g_ptr_array_add(columns, (void *)(guintptr)field->column);
        place = place != NULL ? place : place_of_requirement(module, field->name);
    }
    if (columns->len > 0)
        report_unheld(run, module, table, columns, place);
}

/* "age >= 18 AND age <= 99" */
static char *
bound_condition(const struct column *column, const struct names *limits)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < limits->count; i++) {
        g_autofree char *part = sql_text("%S%I %S", i > 0 ? " AND " : "", column->name,
                                         limits->items[i]);
        g_string_append(text, part);
    }
    return g_string_free(text, FALSE);
}

static void
report_bound(struct check_run *run, const struct schema_module *module, const struct table *table,
             const struct column *column, const struct schema_bound *bound)
{
    const char *name = column->name;
    const struct names columns = {1, &name};
    g_autofree char *condition = bound_condition(column, &bound->rules);
    struct finding *finding = check_report(run, column, "Only a changeset keeps %s within bounds",
                                           check_columns(run, table, &columns));
    finding->strength = STRENGTH_HINT;
    code_place(run, finding, module, &bound->place);
    check_evidence(run, finding, "Bounds", condition);
    check_detail(run, finding,
                 "`insert_all`, `update_all`, `change` and people with a console go past it.");
    check_advice(run, finding,
                 "Add a check, not validated first, and `check_constraint` to the changeset.");
    g_autofree char *check = g_strdup_printf("%s_%s_bounds", table->name, column->name);
    g_autofree char *add = sql_text("ALTER TABLE %O ADD CONSTRAINT %I CHECK (%S) NOT VALID",
                                    &table->object, check, condition);
    g_autofree char *validate = sql_text("ALTER TABLE %O VALIDATE CONSTRAINT %I", &table->object,
                                         check);
    g_autofree char *back = sql_text("ALTER TABLE %O DROP CONSTRAINT %I", &table->object, check);
    fix_each_alone(run, finding, (const char *const[]){add, validate, NULL}, back);
}

/* Where one function bounds the field and another casts it without, the code does not hold it. */
static bool
is_bounded_everywhere(const struct schema_module *module, const char *field)
{
    for (size_t i = 0; i < module->changeset_count; i++) {
        const struct schema_changeset *changeset = &module->changesets[i];
        bool bounded = !names_hold(&changeset->cast, field);
        for (size_t j = 0; j < changeset->bound_count; j++)
            bounded = bounded || g_str_equal(changeset->bounds[j].field, field);
        if (!bounded || changeset->casts_unknown)
            return false;
    }
    return true;
}

static void
visit_bounds(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    if (table == NULL || model_modules(run->model, table)->count != 1)
        return;
    for (size_t i = 0; i < module->changeset_count; i++)
        for (size_t j = 0; j < module->changesets[i].bound_count; j++) {
            const struct schema_bound *bound = &module->changesets[i].bounds[j];
            const struct column *column = table_column(table, code_column(module, bound->field));
            if (column != NULL && !has_check(table, column->name) &&
                column->type_object.object == NULL && is_bounded_everywhere(module, bound->field))
                report_bound(run, module, table, column, bound);
        }
}

static void
visit_lists(struct check_run *run, const struct table *table)
{
    for (size_t i = 0; i < table->columns.count; i++)
        code_report_list(run, &table->columns.items[i]);
}

void
check_validation_only_in_code(struct check_run *run)
{
    if (run->model->schemas != NULL)
        check_each_table(run, visit_lists);
    code_each_module(run, visit_validations);
    code_each_module(run, visit_bounds);
}
