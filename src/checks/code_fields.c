/* code_fields.c - fields of schema modules against columns: which there are, and of what type. */
#include "base/text.h"
#include "checks/code.h"
#include "checks/families.h"
#include "checks/fix.h"

#include <string.h>

/* ---- field-without-column ---- */

static bool
is_system_column(const char *name)
{
    static const char *const names[] = {"xmin", "xmax", "cmin", "cmax", "ctid", "tableoid"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_str_equal(names[i], name))
            return true;
    return false;
}

static void
report_no_column(struct check_run *run, const struct schema_module *module,
                 const struct table *table, const struct schema_field *field)
{
    struct finding *finding = check_report(run, table, "%s has no column %s for its field",
                                           check_path(run, table), check_code(run, field->column));
    code_show_field(run, finding, module, field);
    check_detail(run, finding,
                 "Every query that loads %s fails: Ecto selects all fields of a module.",
                 check_code(run, module->name));
    check_advice(run, finding,
                 "Write the migration that adds it, or mark the field `virtual: true`.");
    code_allow_pending(run, finding);
}

static void
visit_fields(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->field_count; i++) {
        const struct schema_field *field = &module->fields[i];
        if (field->storage == FIELD_STORED && table_column(table, field->column) == NULL &&
            !is_system_column(field->column))
            report_no_column(run, module, table, field);
    }
}

void
check_field_without_column(struct check_run *run)
{
    code_each_module(run, visit_fields);
}

/* ---- column-without-field, column-required-unfilled ---- */

/* Whether an insert that does not name the column still gets a value. */
static bool
fills_itself(const struct column *column)
{
    return column->default_value != NULL || column->identity == IDENTITY_ALWAYS ||
           column->identity == IDENTITY_BY_DEFAULT || column->generated == GENERATED_STORED ||
           column->generated == GENERATED_VIRTUAL;
}

static void
show_modules(struct check_run *run, struct finding *finding, const struct table_modules *modules)
{
    for (size_t i = 0; i < modules->count; i++)
        check_evidence(run, finding, i == 0 ? "Schema modules" : "",
                       arena_printf(run->arena, "%s at %s:%u", modules->items[i]->name,
                                    modules->items[i]->place.file, modules->items[i]->place.line));
    finding->file = modules->items[0]->place.file;
    finding->line = modules->items[0]->place.line;
}

static struct names
one_name(const char **name)
{
    return (struct names){1, name};
}

static bool
has_trigger(const struct table *table)
{
    return table->triggers.count > 0;
}

static void
report_unfilled(struct check_run *run, const struct table *table,
                const struct table_modules *modules, const struct column *column)
{
    const char *name = column->name;
    const struct names columns = one_name(&name);
    struct finding *finding = check_report(run, column,
                                           "No schema module fills %s, which must not be empty",
                                           check_columns(run, table, &columns));
    check_detail(run, finding,
                 "An insert through its module fails: the column is NOT NULL and has no default.");
    check_advice(run, finding,
                 "Add the field to the module, or give the column a default, or drop it.");
    show_modules(run, finding, modules);
    if (has_trigger(table)) {
        finding->strength = STRENGTH_HINT;
        check_evidence(run, finding, "Not proved", "A trigger of the table may fill it.");
    }
    code_allow_pending(run, finding);
}

/* Ecto has no type for what text search goes by; queries name such a column in fragments. */
static bool
is_for_search(const struct column *column)
{
    return text_equal(column_base_type(column), "tsvector");
}

static void
report_unread(struct check_run *run, const struct table *table, const struct table_modules *modules,
              const struct column *column)
{
    const char *name = column->name;
    const struct names columns = one_name(&name);
    if (is_for_search(column))
        return;
    struct finding *finding = check_report(run, column, "No schema module has %s",
                                           check_columns(run, table, &columns));
    finding->strength = STRENGTH_HINT;
    check_detail(run, finding,
                 "Code that goes through the modules neither reads nor writes it; it may be "
                 "left over, or queries name it without a module.");
    check_advice(run, finding, "Drop the column, add the field, or write down who uses it.");
    show_modules(run, finding, modules);
    code_allow_pending(run, finding);
}

static void
look_at_columns(struct check_run *run, const struct table *table,
                void (*report)(struct check_run *run, const struct table *table,
                               const struct table_modules *modules, const struct column *column),
                bool required)
{
    const struct table_modules *modules = model_modules(run->model, table);
    for (size_t i = 0; code_is_complete(modules) && i < table->columns.count; i++) {
        const struct column *column = &table->columns.items[i];
        bool unfilled = column_is_required(column) && !fills_itself(column);
        bool generated = column->generated == GENERATED_STORED ||
                         column->generated == GENERATED_VIRTUAL;
        if (code_field_of(modules, column->name) == NULL && unfilled == required &&
            !column_is_in_primary_key(column) && !generated)
            report(run, table, modules, column);
    }
}

static void
visit_unfilled(struct check_run *run, const struct table *table)
{
    look_at_columns(run, table, report_unfilled, true);
}

static void
visit_unread(struct check_run *run, const struct table *table)
{
    look_at_columns(run, table, report_unread, false);
}

void
check_column_required_unfilled(struct check_run *run)
{
    check_each_table(run, visit_unfilled);
}

void
check_column_without_field(struct check_run *run)
{
    check_each_table(run, visit_unread);
}

/* ---- field-type-mismatch ---- */

/* Types of PostgreSQL in groups, as columns are printed without their modifiers. */
enum type_group {
    GROUP_INTEGER = 1 << 0,
    GROUP_NUMERIC = 1 << 1,
    GROUP_FLOAT = 1 << 2,
    GROUP_BOOLEAN = 1 << 3,
    GROUP_TEXT = 1 << 4,
    GROUP_BYTES = 1 << 5,
    GROUP_UUID = 1 << 6,
    GROUP_JSON = 1 << 7,
    GROUP_DATE = 1 << 8,
    GROUP_TIME = 1 << 9,
    GROUP_TIMESTAMP = 1 << 10,
    GROUP_ARRAY = 1 << 11,
};

static const struct {
    const char *type;
    unsigned group;
} column_groups[] = {
    {"bigint", GROUP_INTEGER},
    {"boolean", GROUP_BOOLEAN},
    {"bytea", GROUP_BYTES},
    {"character", GROUP_TEXT},
    {"character varying", GROUP_TEXT},
    {"date", GROUP_DATE},
    {"double precision", GROUP_FLOAT},
    {"integer", GROUP_INTEGER},
    {"json", GROUP_JSON},
    {"jsonb", GROUP_JSON},
    {"numeric", GROUP_NUMERIC},
    {"real", GROUP_FLOAT},
    {"smallint", GROUP_INTEGER},
    {"text", GROUP_TEXT},
    {"time without time zone", GROUP_TIME},
    {"timestamp with time zone", GROUP_TIMESTAMP},
    {"timestamp without time zone", GROUP_TIMESTAMP},
    {"uuid", GROUP_UUID},
};

/* What a field of Ecto's own types can be loaded from. What stands for itself in Elixir, a text or
 * bytes, is taken from both. */
static const struct {
    const char *type;
    unsigned groups;
} field_groups[] = {
    {":binary", GROUP_BYTES | GROUP_TEXT | GROUP_UUID},
    {":binary_id", GROUP_UUID | GROUP_BYTES},
    {":boolean", GROUP_BOOLEAN},
    {":date", GROUP_DATE},
    {":decimal", GROUP_NUMERIC | GROUP_INTEGER | GROUP_FLOAT},
    {":float", GROUP_FLOAT | GROUP_INTEGER},
    {":id", GROUP_INTEGER},
    {":integer", GROUP_INTEGER},
    {":map", GROUP_JSON},
    {":naive_datetime", GROUP_TIMESTAMP},
    {":naive_datetime_usec", GROUP_TIMESTAMP},
    {":string", GROUP_TEXT},
    {":time", GROUP_TIME},
    {":time_usec", GROUP_TIME},
    {":utc_datetime", GROUP_TIMESTAMP},
    {":utc_datetime_usec", GROUP_TIMESTAMP},
    {"Ecto.UUID", GROUP_UUID | GROUP_BYTES},
};

/* "timestamp without time zone" of "timestamp(0) without time zone". */
static char *
without_modifier(const char *type)
{
    const char *open = strchr(type, '(');
    const char *close = open != NULL ? strchr(open, ')') : NULL;
    if (close == NULL)
        return g_strdup(type);
    return g_strdup_printf("%.*s%s", (int)(open - type), type, close + 1);
}

/* 0: of a type that this table does not know. */
static unsigned
group_of_column(const struct column *column)
{
    g_autofree char *type = without_modifier(column_base_type(column));
    if (g_str_has_suffix(type, "[]"))
        return GROUP_ARRAY;
    for (size_t i = 0; i < G_N_ELEMENTS(column_groups); i++)
        if (g_str_equal(column_groups[i].type, type))
            return column_groups[i].group;
    return 0;
}

/* 0: of a type of a library or of the project, which says itself what it is stored as. */
static unsigned
groups_of_field(const struct schema_field *field)
{
    if (field->type == NULL)
        return 0;
    if (g_str_has_prefix(field->type, "{:array, "))
        return GROUP_ARRAY | GROUP_JSON;
    if (g_str_has_prefix(field->type, "{:map, "))
        return GROUP_JSON;
    if (field->labels.count > 0)
        return GROUP_TEXT;
    for (size_t i = 0; i < G_N_ELEMENTS(field_groups); i++)
        if (g_str_equal(field_groups[i].type, field->type))
            return field_groups[i].groups;
    return 0;
}

bool
code_field_refuses(const struct schema_field *field, const struct column *column)
{
    unsigned group = group_of_column(column);
    unsigned groups = groups_of_field(field);
    return group != 0 && groups != 0 && (group & groups) == 0;
}

static void
report_type(struct check_run *run, const struct schema_module *module, const struct table *table,
            const struct schema_field *field, const struct column *column)
{
    const char *name = column->name;
    const struct names columns = one_name(&name);
    struct finding *finding = check_report(
        run, column, "%s is %s, and its field %s", check_columns(run, table, &columns),
        check_code(run, column->type), check_code(run, field->type));
    code_show_field(run, finding, module, field);
    check_evidence(run, finding, "Column",
                   arena_printf(run->arena, "%s %s", column->name, column->type));
    check_detail(run, finding,
                 "Ecto cannot turn one into the other: reading or writing such a row raises.");
    check_advice(run, finding, "Give both the same type.");
    code_allow_pending(run, finding);
}

static void
visit_types(struct check_run *run, const struct schema_module *module, const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->field_count; i++) {
        const struct schema_field *field = &module->fields[i];
        const struct column *column = field->storage == FIELD_STORED
                                          ? table_column(table, field->column)
                                          : NULL;
        if (column != NULL && code_field_refuses(field, column))
            report_type(run, module, table, field, column);
    }
}

void
check_field_type_mismatch(struct check_run *run)
{
    code_each_module(run, visit_types);
}

/* ---- timestamp-precision-lost ---- */

static bool
has_whole_seconds(const struct column *column)
{
    const char *type = column_base_type(column);
    return g_str_has_prefix(type, "timestamp(0)") || g_str_has_prefix(type, "time(0)");
}

/* Whether the column keeps less of the field than Ecto has. */
static bool
loses(const struct table *table, const struct schema_field *field)
{
    const struct column *column = field->storage == FIELD_STORED
                                      ? table_column(table, field->column)
                                      : NULL;
    return column != NULL && field->type != NULL && field->type[0] == ':' &&
           g_str_has_suffix(field->type, "_usec") && has_whole_seconds(column);
}

/* "ALTER TABLE t ALTER COLUMN a TYPE timestamp…, ALTER COLUMN b …", with precision or without. */
static char *
alter_types(const struct table *table, const struct names *columns, bool wide)
{
    g_autofree char *head = sql_text("ALTER TABLE %O", &table->object);
    GString *sql = g_string_new(head);
    for (size_t i = 0; i < columns->count; i++) {
        const struct column *column = table_column(table, columns->items[i]);
        g_autofree char *bare = without_modifier(column->type);
        g_autofree char *part = sql_text("%S ALTER COLUMN %I TYPE %S", i > 0 ? "," : "",
                                         column->name, wide ? bare : column->type);
        g_string_append(sql, part);
    }
    return g_string_free(sql, FALSE);
}

static void
report_precision(struct check_run *run, const struct schema_module *module,
                 const struct table *table, const struct schema_field *field,
                 const struct names *columns)
{
    const struct column *first = table_column(table, columns->items[0]);
    const void *object = columns->count == 1 ? (const void *)first : table;
    struct finding *finding = check_report(run, object, "%s keeps no microseconds",
                                           check_columns(run, table, columns));
    code_show_field(run, finding, module, field);
    check_evidence(run, finding, "Column",
                   arena_printf(run->arena, "%s %s", first->name, first->type));
    check_detail(run, finding,
                 "Ecto writes them, and PostgreSQL rounds to the second, half of the time into the "
                 "future: what was inserted is not equal to what is read back.");
    check_advice(
        run, finding, "Widen the column, which rewrites nothing, or take %s for the field.",
        check_code(run, arena_printf(run->arena, "%.*s",
                                     (int)(strlen(field->type) - strlen("_usec")), field->type)));
    g_autofree char *up = alter_types(table, columns, true);
    g_autofree char *down = alter_types(table, columns, false);
    fix_statement(run, finding, up, down);
}

/* Whether an earlier module of the table has the column too: that one speaks. */
static bool
is_mapped_before(const struct check_run *run, const struct schema_module *module,
                 const struct table *table, const char *column)
{
    const struct table_modules *modules = model_modules(run->model, table);
    for (size_t i = 0; i < modules->count && modules->items[i] != module; i++)
        if (schema_field_of_column(modules->items[i], column) != NULL)
            return true;
    return false;
}

bool
code_loses_precision(const struct check_run *run, const struct column *column)
{
    const struct table *table = object_table(column);
    const struct schema_field *field = code_field_of(model_modules(run->model, table),
                                                     column->name);
    return field != NULL && loses(table, field);
}

/* timestamps() makes two fields, and one finding. */
static void
visit_precision(struct check_run *run, const struct schema_module *module,
                const struct table *table)
{
    for (size_t i = 0; table != NULL && i < module->field_count;) {
        const struct schema_field *first = &module->fields[i];
        g_autoptr(GPtrArray) columns = g_ptr_array_new();
        for (; i < module->field_count && module->fields[i].place.line == first->place.line &&
               module->fields[i].origin == first->origin;
             i++)
            if (loses(table, &module->fields[i]) &&
                !is_mapped_before(run, module, table, module->fields[i].column))
                g_ptr_array_add(columns, (void *)(guintptr)module->fields[i].column);
        const struct names names = names_keep(run->arena, columns);
        if (names.count > 0)
            report_precision(run, module, table, first, &names);
    }
}

void
check_timestamp_precision_lost(struct check_run *run)
{
    code_each_module(run, visit_precision);
}
