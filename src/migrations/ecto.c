/* ecto.c - a file of Ecto migrations as two plans: change/0, up/0 and down/0 are run as
 * Ecto.Migrator and Ecto.Migration.Runner would, with SQL written down instead of sent. */
#include "migrations/ecto.h"

#include "base/failure.h"
#include "migrations/ecto_oban.h"
#include "migrations/ecto_runner.h"

#include <string.h>

#define MIGRATION "Elixir.Ecto.Migration"

/* What all migrations of a folder share. */
struct reader {
    struct arena *arena;
    struct project *project;
    struct ecto_repository repository;
    GHashTable *oban_line; /* what the migrations read so far did with Oban */
};

static bool
is_set(const struct module *module, const char *attribute)
{
    const struct value *value = binding_find(module->attributes, attribute);
    return value != NULL && value_is_atom(value, "true");
}

/* Ecto.Migrator locks its table for as long as a migration runs, unless it is told otherwise. */
static bool
holds_lock(const struct ecto_runner *runner)
{
    const struct value *lock = ecto_config_get(runner, "migration_lock");
    return !is_set(runner->module, "disable_migration_lock") &&
           (lock == NULL || value_is_atom(lock, "table_lock"));
}

/* ---- One direction ---- */

static bool
run_function(struct evaluation *evaluation, const char *name)
{
    const struct module *module = ecto_runner_of(evaluation)->module;
    struct call call = {.module = module->name, .name = name, .syntax = module->syntax};
    evaluation->statement = NULL;
    return evaluate_function(evaluation, &call, module) != NULL && ecto_flush(evaluation);
}

/* A callback that is only run inside a transaction. */
static bool
run_callback(struct evaluation *evaluation, enum isolation isolation, const char *name)
{
    return isolation == NO_TRANSACTION ||
           !module_defines(ecto_runner_of(evaluation)->module, name, 0) ||
           run_function(evaluation, name);
}

static void
end_plan(const struct evaluation *evaluation, struct migration_plan *plan)
{
    const struct ecto_runner *runner = ecto_runner_of(evaluation);
    const struct exception *exception = evaluation->exception;
    if (exception != NULL && exception->kind == EXCEPTION_RAISED) {
        plan->end = PLAN_REFUSED;
        plan->reason = arena_printf(evaluation->arena, "%s: %s", exception->module,
                                    exception->message);
    } else if (exception != NULL) {
        struct migration_step step = {.kind = STEP_OPAQUE,
                                      .file = exception->syntax->source->path,
                                      .line = exception->syntax->line,
                                      .source = "…",
                                      .reason = exception->message};
        g_array_append_val(runner->steps, step);
    }
    plan->count = runner->steps->len;
    plan->steps = arena_array(evaluation->arena, plan->count, sizeof *plan->steps);
    if (plan->count > 0)
        memcpy(plan->steps, runner->steps->data, plan->count * sizeof *plan->steps);
}

static void
run_plan(struct evaluation *evaluation, const char *asked, struct migration_plan *plan)
{
    struct ecto_runner *runner = ecto_runner_of(evaluation);
    runner->asked = asked;
    runner->direction = ECTO_FORWARD;
    plan->isolation = is_set(runner->module, "disable_ddl_transaction") ? NO_TRANSACTION
                                                                        : IN_TRANSACTION;
    plan->locked = holds_lock(runner);
    const char *function = asked;
    if (!module_defines(runner->module, asked, 0)) {
        function = "change";
        runner->direction = g_str_equal(asked, "up") ? ECTO_FORWARD : ECTO_BACKWARD;
    }
    if (!module_defines(runner->module, function, 0)) {
        plan->end = PLAN_REFUSED;
        plan->reason = arena_printf(evaluation->arena,
                                    "Ecto.MigrationError: %s does not implement a `%s/0` or "
                                    "`change/0` function",
                                    runner->module->name + strlen("Elixir."), asked);
        return;
    }
    if (run_callback(evaluation, plan->isolation, "after_begin") &&
        run_function(evaluation, function))
        run_callback(evaluation, plan->isolation, "before_commit");
    end_plan(evaluation, plan);
}

static void
read_direction(const struct reader *reader, const struct module *module, const char *asked,
               struct migration *migration)
{
    struct ecto_runner runner = {
        .config = reader->repository.config,
        .version = reader->repository.version,
        .oban = reader->repository.oban,
        .oban_line = reader->oban_line,
        .repo = reader->repository.module,
        .module = module,
        .queue = g_array_new(FALSE, FALSE, sizeof(struct ecto_command)),
        .steps = g_array_new(FALSE, FALSE, sizeof(struct migration_step)),
        .remarks = g_array_new(FALSE, FALSE, sizeof(struct migration_remark)),
    };
    struct evaluation evaluation = {
        .arena = reader->arena, .project = reader->project, .host = &ecto_host, .data = &runner};
    bool up = g_str_equal(asked, "up");
    run_plan(&evaluation, asked, up ? &migration->up : &migration->down);
    if (up) {
        migration->remark_count = runner.remarks->len;
        migration->remarks = arena_array(reader->arena, runner.remarks->len,
                                         sizeof *migration->remarks);
        if (runner.remarks->len > 0)
            memcpy(migration->remarks, runner.remarks->data,
                   runner.remarks->len * sizeof *migration->remarks);
    }
    g_array_free(runner.queue, TRUE);
    g_array_free(runner.steps, TRUE);
    g_array_free(runner.remarks, TRUE);
}

/* ---- One file ---- */

static const struct module *
find_migration(const GPtrArray *modules)
{
    for (guint i = 0; i < modules->len; i++)
        if (module_imports(modules->pdata[i], MIGRATION))
            return modules->pdata[i];
    return NULL;
}

static void
refuse(const struct reader *reader, struct migration *migration)
{
    const char *reason = arena_printf(reader->arena,
                                      "Ecto.MigrationError: file %s does not define an "
                                      "Ecto.Migration",
                                      migration->file);
    migration->up = migration->down = (struct migration_plan){.end = PLAN_REFUSED,
                                                              .reason = reason};
}

/* @moduledoc; NULL when it is none or is not known. */
static const char *
words_of(const struct module *module)
{
    const struct value *value = binding_find(module->attributes, "moduledoc");
    return value != NULL && value->kind == VALUE_STRING ? value->text : NULL;
}

static bool
read_file(struct reader *reader, struct migration *migration, GError **error)
{
    const GPtrArray *modules = project_read(reader->project, migration->file, error);
    if (modules == NULL)
        return false;
    const struct module *module = find_migration(modules);
    if (module == NULL) {
        refuse(reader, migration);
        return true;
    }
    read_direction(reader, module, "up", migration);
    if (migration->up.end == PLAN_COMPLETE)
        oban_line_follow(reader->oban_line, migration->up.steps, migration->up.count);
    read_direction(reader, module, "down", migration);
    migration->words = words_of(module);
    migration->source_count = 1;
    migration->sources = arena_alloc(reader->arena, sizeof *migration->sources);
    *migration->sources = (struct migration_source){migration->file, 1,
                                                    module->syntax->source->text};
    return true;
}

/* <integer>_<name>.exs; the version is what the file says. */
static bool
take_name(struct arena *arena, const char *path, struct migration *migration)
{
    g_autofree char *base = g_path_get_basename(path);
    gsize digits = strspn(base, "0123456789");
    if (digits == 0 || digits > 18 || base[digits] != '_')
        return false;
    migration->version = arena_text(arena, base, (gssize)digits);
    migration->name = arena_text(arena, base + digits + 1,
                                 (gssize)(strlen(base + digits + 1) - strlen(".exs")));
    migration->file = arena_intern(arena, path);
    return true;
}

static gint
compare_versions(gconstpointer a, gconstpointer b)
{
    const struct migration *left = a;
    const struct migration *right = b;
    guint64 first = g_ascii_strtoull(left->version, NULL, 10);
    guint64 second = g_ascii_strtoull(right->version, NULL, 10);
    if (first != second)
        return first < second ? -1 : 1;
    int order = strcmp(left->name, right->name);
    return order != 0 ? order : strcmp(left->file, right->file);
}

void
ecto_list(struct arena *arena, const char *folder, const GPtrArray *paths,
          struct migrations *migrations)
{
    *migrations = (struct migrations){.format = "Ecto", .folder = arena_intern(arena, folder)};
    migrations->items = arena_array(arena, paths->len, sizeof *migrations->items);
    for (guint i = 0; i < paths->len; i++)
        if (take_name(arena, paths->pdata[i], &migrations->items[migrations->count]))
            migrations->count++;
    if (migrations->count > 0) /* no array at all otherwise */
        qsort(migrations->items, migrations->count, sizeof *migrations->items, compare_versions);
}

static bool
read_files(struct reader *reader, struct migrations *migrations, GError **error)
{
    for (size_t i = 0; i < migrations->count; i++) {
        struct migration *migration = &migrations->items[i];
        if (migration->kind == MIGRATION_DUMP)
            oban_line_follow(reader->oban_line, migration->up.steps, migration->up.count);
        else if (!read_file(reader, migration, error))
            return false;
    }
    return true;
}

bool
ecto_read(struct arena *arena, struct project *project, const struct ecto_repository *repository,
          struct migrations *migrations, GError **error)
{
    struct reader reader = {.arena = arena,
                            .project = project,
                            .repository = *repository,
                            .oban_line = oban_line_new()};
    bool good = read_files(&reader, migrations, error);
    g_hash_table_unref(reader.oban_line);
    return good;
}
