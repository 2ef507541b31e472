/* run.c - making findings, and what no rule speaks about. */
#include "checks/run.h"

#include "base/secret_sql.h"
#include "base/text.h"
#include "catalog/address.h"
#include "checks/redundancy.h"
#include "model/applied.h"
#include "model/library.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Clean, without line breaks: what may stand in a sentence. */
static char *
one_line(const char *text)
{
    g_autofree char *clean = text_clean(text);
    g_auto(GStrv) pieces = g_strsplit_set(clean, "\n\t", -1);
    return g_strjoinv("\xEF\xBF\xBD", pieces);
}

const char *
check_code(struct check_run *run, const char *text)
{
    g_autofree char *code = text_code(text);
    return arena_text(run->arena, code, -1);
}

const char *
check_said_path(const void *object)
{
    const struct object *base = object;
    const char *schema = object_schema(object);
    bool is_public = schema != NULL && g_str_equal(schema, "public") && base->kind != &kind_schema;
    return is_public ? base->path + strlen("public.") : base->path;
}

const char *
check_path(struct check_run *run, const void *object)
{
    return check_code(run, check_said_path(object));
}

const char *
check_columns(struct check_run *run, const void *table, const struct names *columns)
{
    g_autoptr(GString) text = g_string_new(check_said_path(table));
    g_string_append(text, columns->count == 1 ? "." : " (");
    for (size_t i = 0; i < columns->count; i++) {
        g_string_append(text, i > 0 ? ", " : "");
        address_append_name(text, columns->items[i]);
    }
    g_string_append(text, columns->count == 1 ? "" : ")");
    return check_code(run, text->str);
}

const char *
check_number(struct check_run *run, int64_t number)
{
    g_autofree char *text = language_number(model_language(run->model), number);
    return arena_text(run->arena, text, -1);
}

const char *
check_count(struct check_run *run, int64_t number, const char *noun)
{
    return arena_printf(run->arena, "%s %s%s", check_number(run, number), noun,
                        number == 1 ? "" : "s");
}

static const char *
keep_sentence(struct check_run *run, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    g_autofree char *line = one_line(text);
    return arena_text(run->arena, line, -1);
}

static struct finding *
make_finding(struct check_run *run, const char *title, va_list arguments)
{
    struct finding *finding = arena_alloc(run->arena, sizeof *finding);
    *finding = (struct finding){
        .slug = run->rule->slug,
        .severity = run->rule->severity,
        .strength = STRENGTH_PROVED,
        .title = keep_sentence(run, title, arguments),
    };
    return finding;
}

struct finding *
check_report(struct check_run *run, const void *object, const char *title, ...)
{
    va_list arguments;
    va_start(arguments, title);
    struct finding *finding = make_finding(run, title, arguments);
    va_end(arguments);
    finding->object = object;
    g_ptr_array_add(run->findings, finding);
    return finding;
}

struct finding *
check_report_migration(struct check_run *run, const struct migration *migration, const char *title,
                       ...)
{
    va_list arguments;
    va_start(arguments, title);
    struct finding *finding = make_finding(run, title, arguments);
    va_end(arguments);
    finding->migration = migration;
    finding->file = migration->file;
    bool is_past = applied_has(run->applied, migration);
    g_ptr_array_add(is_past ? run->past : run->findings, finding);
    return finding;
}

void
check_detail(struct check_run *run, struct finding *finding, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    finding->detail = keep_sentence(run, format, arguments);
    va_end(arguments);
}

void
check_advice(struct check_run *run, struct finding *finding, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    finding->advice = keep_sentence(run, format, arguments);
    va_end(arguments);
}

void
check_evidence(struct check_run *run, struct finding *finding, const char *label, const char *value)
{
    if (value == NULL)
        return;
    size_t count = finding->evidence_count;
    struct evidence *evidence = finding->evidence;
    if ((count & (count - 1)) == 0) { /* the room is full */
        evidence = arena_array(run->arena, MAX(2 * count, 1), sizeof *evidence);
        if (count > 0)
            memcpy(evidence, finding->evidence, count * sizeof *evidence);
    }
    g_autofree char *clean = text_clean(value);
    evidence[count].label = label;
    evidence[count].value = arena_text(run->arena, clean, -1);
    finding->evidence = evidence;
    finding->evidence_count = count + 1;
}

void
check_constraint(struct check_run *run, struct finding *finding, const char *label,
                 const struct constraint *constraint)
{
    g_autoptr(GString) value = g_string_new(NULL);
    address_append_name(value, constraint->name);
    g_string_append_printf(value, " %s", constraint->definition);
    check_evidence(run, finding, label, value->str);
}

void
check_column(struct check_run *run, struct finding *finding, const struct column *column)
{
    g_autoptr(GString) value = g_string_new(NULL);
    address_append_name(value, column->name);
    g_string_append_printf(value, " %s", column->type != NULL ? column->type : "");
    check_evidence(run, finding, "Column", value->str);
}

void
check_statement(struct check_run *run, struct finding *finding,
                const struct statement_evidence *statement)
{
    g_autofree char *safe = secret_mask_sql(statement->sql, SECRET_FOR_READING);
    check_evidence(run, finding, "Statement", safe);
    finding->file = statement->file;
    finding->line = statement->line;
}

bool
check_skips_name(const char *name)
{
    return library_of_name(name) != NULL;
}

bool
check_skips_table(const struct check_run *run, const struct table *table)
{
    return g_hash_table_contains(run->skipped_tables, table);
}

void
check_each_table(struct check_run *run,
                 void (*visit)(struct check_run *run, const struct table *table))
{
    for (guint i = 0; i < run->tables->len; i++)
        visit(run, run->tables->pdata[i]);
}

void
check_each_index(struct check_run *run,
                 void (*visit)(struct check_run *run, const struct table *table,
                               const struct index *index))
{
    for (guint i = 0; i < run->tables->len; i++) {
        const struct table *table = run->tables->pdata[i];
        for (size_t j = 0; j < table->indexes.count; j++)
            if (table->indexes.items[j].valid != NO && table->indexes.items[j].keys.count > 0)
                visit(run, table, &table->indexes.items[j]);
    }
}

const struct column *
index_first_column(const struct table *table, const struct index *index)
{
    const char *name = index->keys.items[0].column;
    return name == NULL ? NULL : table_column(table, name);
}

static void
skip_histories(struct check_run *run)
{
    const struct history_list *histories = &run->model->catalog->histories;
    for (size_t i = 0; i < histories->count; i++) {
        const void *table = database_find(run->model->database, "table",
                                          histories->items[i].object.path);
        if (table != NULL)
            g_hash_table_add(run->skipped_tables, (gpointer)(guintptr)table);
    }
}

static void
choose_tables(struct check_run *run)
{
    skip_histories(run);
    const struct table_list *tables = &run->model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++) {
        const struct table *table = &tables->items[i];
        gpointer key = (gpointer)(guintptr)table;
        if (table_is_partition(table) || check_skips_name(table->name))
            g_hash_table_add(run->skipped_tables, key);
        else if (!g_hash_table_contains(run->skipped_tables, key))
            g_ptr_array_add(run->tables, key);
    }
}

/* The index of a foreign key is the unique one of the table that it points to. */
static void
bind_indexes(struct check_run *run)
{
    const struct table_list *tables = &run->model->catalog->tables;
    for (size_t i = 0; i < tables->count; i++) {
        const struct constraint_list *constraints = &tables->items[i].constraints;
        for (size_t j = 0; j < constraints->count; j++) {
            const void *index = constraints->items[j].index.object;
            if (index != NULL)
                g_hash_table_add(run->bound_indexes, (gpointer)(guintptr)index);
        }
    }
}

void
check_each_migration(struct check_run *run,
                     void (*visit)(struct check_run *run,
                                   const struct migration_evidence *evidence))
{
    for (size_t i = 0; run->rehearsal != NULL && i < run->rehearsal->count; i++)
        visit(run, &run->rehearsal->items[i]);
}

struct check_run *
check_run_new(const struct model *model, const struct rehearsal *rehearsal, struct arena *arena)
{
    struct check_run *run = g_new0(struct check_run, 1);
    run->model = model;
    run->rehearsal = rehearsal;
    run->profile = model->config != NULL ? model->config->profile : PROFILE_DEFAULT;
    run->arena = arena;
    run->findings = g_ptr_array_new();
    run->past = g_ptr_array_new();
    run->applied = applied_new(model->catalog, rehearsal != NULL ? rehearsal->migrations : NULL);
    run->deeds = g_hash_table_new(NULL, NULL);
    run->tables = g_ptr_array_new();
    run->skipped_tables = g_hash_table_new(NULL, NULL);
    run->bound_indexes = g_hash_table_new(NULL, NULL);
    choose_tables(run);
    bind_indexes(run);
    return run;
}

void
check_run_free(struct check_run *run)
{
    g_ptr_array_unref(run->findings);
    g_ptr_array_unref(run->past);
    applied_free(run->applied);
    g_hash_table_unref(run->deeds);
    g_ptr_array_unref(run->tables);
    g_hash_table_unref(run->skipped_tables);
    g_hash_table_unref(run->bound_indexes);
    redundancy_free(run->redundancy);
    g_free(run);
}

#define HABIT_LEAST 4

bool
check_is_habit(const struct check_run *run, unsigned tables)
{
    return run->profile != PROFILE_STRICT && tables >= HABIT_LEAST && tables > run->tables->len / 2;
}

bool
names_hold(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (text_equal(names->items[i], name))
            return true;
    return false;
}

bool
foreign_key_is_written(const struct constraint *constraint)
{
    return constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->inherited != YES &&
           constraint->columns.count > 0 && constraint->references.path != NULL;
}

const char *
check_parent(struct check_run *run, const struct constraint *foreign_key)
{
    const struct ref *parent = &foreign_key->references;
    return parent->object != NULL ? check_path(run, parent->object) : check_code(run, parent->path);
}

/* The domain that a type is; NULL when it is none (or an array of one). */
static const struct domain *
as_domain(const char *type, const struct ref *type_object)
{
    const struct object *object = type_object->object;
    bool is_domain = object != NULL && object->kind == &kind_domain &&
                     !g_str_has_suffix(type, "[]");
    return is_domain ? type_object->object : NULL;
}

bool
column_is_required(const struct column *column)
{
    const struct domain *domain = column->type == NULL
                                      ? NULL
                                      : as_domain(column->type, &column->type_object);
    return column->not_null == YES || (domain != NULL && domain->not_null == YES);
}

#define DOMAIN_DEPTH 16 /* domains over domains; a snapshot made by hand may hold a circle */

const char *
column_base_type(const struct column *column)
{
    const char *type = column->type != NULL ? column->type : "";
    const struct domain *domain = as_domain(type, &column->type_object);
    for (unsigned depth = 0; domain != NULL && domain->type != NULL && depth < DOMAIN_DEPTH;
         depth++) {
        type = domain->type;
        domain = as_domain(type, &domain->type_object);
    }
    return type;
}

const char *
check_setting_of(const struct names *settings, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; i < settings->count; i++)
        if (g_str_has_prefix(settings->items[i], name) && settings->items[i][length] == '=')
            return settings->items[i] + length + 1;
    return NULL;
}

const char *
check_server_setting(const struct check_run *run, const char *name)
{
    const struct observations *seen = run->model->observations;
    return seen != NULL ? check_setting_of(&seen->settings, name) : NULL;
}
