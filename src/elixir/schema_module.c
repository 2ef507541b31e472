/* schema_module.c - finds the files of a project that hold schemas or changesets, and reads them a
 * batch at a time, so that a large project needs no more memory than its answers. */
#include "elixir/schema_module.h"

#include "base/files.h"
#include "base/text.h"
#include "elixir/lock.h"
#include "elixir/schema_reader.h"

#include <stdlib.h>
#include <string.h>

enum {
    FILE_LIMIT = 4 << 20,
    BATCH = 64, /* files whose syntax is in memory at once */
};

/* ---- Values ---- */

const struct value *
schema_value(struct schema_reader *reader, const struct frame *frame, const struct syntax *syntax)
{
    struct evaluation evaluation = {
        .arena = reader->scratch, .project = reader->project, .host = &no_host};
    struct frame copy = *frame;
    const struct value *value = evaluate(&evaluation, &copy, syntax);
    return value != NULL ? value : value_opaque(reader->scratch, "it raises");
}

const char *
schema_module_name(struct schema_reader *reader, const struct value *value)
{
    return value->kind == VALUE_ATOM && g_str_has_prefix(value->text, "Elixir.")
               ? arena_intern(reader->arena, value->text + strlen("Elixir."))
               : NULL;
}

bool
schema_names(struct schema_reader *reader, const struct value *value, struct names *names)
{
    const struct value *const one[] = {value};
    bool list = value->kind == VALUE_LIST;
    size_t count = list ? value->count : 1;
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    bool known = true;
    for (size_t i = 0; i < count; i++) {
        const struct value *item = list ? value->items[i] : one[i];
        if (item->kind == VALUE_ATOM || item->kind == VALUE_STRING)
            g_ptr_array_add(texts, (void *)(guintptr)arena_intern(reader->arena, item->text));
        else
            known = false;
    }
    *names = names_keep(reader->arena, texts);
    return known;
}

struct code_place
schema_place(struct schema_reader *reader, const struct syntax *syntax)
{
    return (struct code_place){arena_intern(reader->arena, syntax->source->path), syntax->line};
}

/* ---- Finding ---- */

/* Where modules of the name begin in by_name. */
static size_t
first_of_name(const struct schema_modules *modules, const char *name)
{
    size_t low = 0; /* all before it have smaller names */
    size_t high = modules->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(modules->by_name[middle]->name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
has_name(const struct schema_modules *modules, size_t place, const char *name)
{
    return place < modules->count && g_str_equal(modules->by_name[place]->name, name);
}

const struct schema_module *
schema_module_find(const struct schema_modules *modules, const char *name)
{
    size_t first = first_of_name(modules, name);
    return has_name(modules, first, name) && !has_name(modules, first + 1, name)
               ? modules->by_name[first]
               : NULL;
}

const struct schema_module *
schema_module_of(const struct schema_modules *modules, const struct schema_constraint *constraint)
{
    const struct schema_module *found = NULL;
    if (constraint->module == NULL)
        return NULL;
    size_t first = first_of_name(modules, constraint->module);
    if (!has_name(modules, first + 1, constraint->module))
        return schema_module_find(modules, constraint->module);
    for (size_t i = first; has_name(modules, i, constraint->module); i++) {
        if (!text_equal(modules->by_name[i]->place.file, constraint->place.file))
            continue;
        if (found != NULL)
            return NULL;
        found = modules->by_name[i];
    }
    return found;
}

bool
schema_constraint_fits(const struct schema_constraint *constraint, const char *name)
{
    switch (constraint->match) {
    case MATCH_WHOLE:
        return g_str_equal(name, constraint->name);
    case MATCH_SUFFIX:
        return g_str_has_suffix(name, constraint->name);
    case MATCH_PREFIX:
        return g_str_has_prefix(name, constraint->name);
    }
    return false;
}

const struct schema_field *
schema_field_find(const struct schema_module *module, const char *name)
{
    for (size_t i = 0; i < module->field_count; i++)
        if (g_str_equal(module->fields[i].name, name))
            return &module->fields[i];
    return NULL;
}

const struct schema_field *
schema_field_of_column(const struct schema_module *module, const char *column)
{
    for (size_t i = 0; i < module->field_count; i++)
        if (module->fields[i].storage == FIELD_STORED &&
            g_str_equal(module->fields[i].column, column))
            return &module->fields[i];
    return NULL;
}

/* ---- Files ---- */

static void
read_module(struct schema_reader *reader, const struct module *module)
{
    struct schema_module schema;
    schema_read_queries(reader, module);
    if (!schema_read(reader, module, &schema)) {
        schema_read_functions(reader, module, NULL);
        return;
    }
    schema_read_functions(reader, module, &schema);
    g_array_append_val(reader->modules, schema);
}

static void
read_file(struct schema_reader *reader, const char *path)
{
    g_autoptr(GError) error = NULL;
    const GPtrArray *modules = project_read(reader->project, path, &error);
    if (modules == NULL) {
        struct schema_problem problem = {arena_intern(reader->arena, path),
                                         arena_intern(reader->arena, error->message)};
        g_array_append_val(reader->problems, problem);
        return;
    }
    for (guint i = 0; i < modules->len; i++)
        read_module(reader, modules->pdata[i]);
}

static void
read_batch(struct schema_reader *reader, struct project *index, const GPtrArray *paths, guint first)
{
    reader->scratch = arena_new();
    reader->project = project_beside(reader->scratch, index);
    for (guint i = first; i < MIN(first + BATCH, paths->len); i++)
        read_file(reader, paths->pdata[i]);
    project_free(reader->project);
    arena_free(reader->scratch);
}

/* Whether there may be anything to read in the text; parsing takes fifty times as long. */
static bool
is_promising(const char *text)
{
    static const char *const words[] = {"schema", "_constraint", "conflict_target", "Repo."};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (strstr(text, words[i]) != NULL)
            return true;
    return false;
}

/* lib/ itself, and lib/ of an umbrella's applications. */
static bool
is_source(const char *path)
{
    const char *below = g_str_has_prefix(path, "apps/") ? strchr(path + strlen("apps/"), '/')
                                                        : NULL;
    return g_str_has_prefix(path, "lib/") || (below != NULL && g_str_has_prefix(below, "/lib/"));
}

static bool
list_files(struct schema_reader *reader, const char *root, GPtrArray *promising, size_t *count,
           GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(root, "apps", ".ex", LIST_TREE, paths, NULL, error) ||
        !files_below(root, "lib", ".ex", LIST_TREE, paths, NULL, error))
        return false;
    for (guint i = 0; i < paths->len; i++) {
        GString *text = NULL;
        g_autoptr(GError) failure = NULL;
        if (!is_source(paths->pdata[i]))
            continue;
        ++*count;
        if (!file_read_below(root, paths->pdata[i], FILE_LIMIT, &text, &failure)) {
            struct schema_problem problem = {arena_intern(reader->arena, paths->pdata[i]),
                                             arena_intern(reader->arena, failure->message)};
            g_array_append_val(reader->problems, problem);
            continue;
        }
        if (is_promising(text->str))
            g_ptr_array_add(promising, g_strdup(paths->pdata[i]));
        g_string_free(text, TRUE);
    }
    return true;
}

/* ---- The result ---- */

static gint
compare_constraints(gconstpointer a, gconstpointer b)
{
    const struct schema_constraint *left = a;
    const struct schema_constraint *right = b;
    int order = strcmp(left->place.file, right->place.file);
    if (order == 0)
        order = (left->place.line > right->place.line) - (left->place.line < right->place.line);
    if (order == 0)
        order = (left->call > right->call) - (left->call < right->call);
    return order != 0 ? order : text_compare(left->name, right->name);
}

/* The constraints of each module in the order of the source; those of no module that is known come
 * last. Free with g_ptr_array_unref. */
static GPtrArray *
group_constraints(const struct schema_reader *reader, const struct schema_modules *modules)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (size_t i = 0; i <= modules->count; i++)
        g_ptr_array_add(groups, g_array_new(FALSE, FALSE, sizeof(struct schema_constraint)));
    for (guint i = 0; i < reader->constraints->len; i++) {
        const struct schema_constraint *constraint = &g_array_index(reader->constraints,
                                                                    struct schema_constraint, i);
        const struct schema_module *owner = schema_module_of(modules, constraint);
        size_t group = owner != NULL ? (size_t)(owner - modules->items) : modules->count;
        g_array_append_val((GArray *)groups->pdata[group], *constraint);
    }
    return groups;
}

static int
compare_names(const void *a, const void *b)
{
    const struct schema_module *left = *(const struct schema_module *const *)a;
    const struct schema_module *right = *(const struct schema_module *const *)b;
    int order = strcmp(left->name, right->name);
    return order != 0 ? order : (left > right) - (left < right);
}

static void
sort_by_name(struct arena *arena, struct schema_modules *modules)
{
    const struct schema_module **sorted = arena_array(arena, modules->count, sizeof *sorted);
    for (size_t i = 0; i < modules->count; i++)
        sorted[i] = &modules->items[i];
    if (modules->count > 1)
        qsort(sorted, modules->count, sizeof *sorted, compare_names);
    modules->by_name = sorted;
}

static void
finish(struct schema_reader *reader, struct schema_modules *modules)
{
    modules->count = reader->modules->len;
    struct schema_module *items = arena_keep(reader->arena, reader->modules);
    modules->items = items;
    sort_by_name(reader->arena, modules);
    schema_name_constraints(reader, modules);
    g_array_sort(reader->constraints, compare_constraints);
    g_autoptr(GPtrArray) groups = group_constraints(reader, modules);
    for (size_t i = 0; i < modules->count; i++) {
        GArray *own = groups->pdata[i];
        items[i].constraint_count = own->len;
        items[i].constraints = arena_keep(reader->arena, own);
    }
    GArray *loose = groups->pdata[modules->count];
    modules->loose_count = loose->len;
    modules->loose = arena_keep(reader->arena, loose);
    modules->target_count = reader->targets->len;
    modules->conflict_targets = arena_keep(reader->arena, reader->targets);
    modules->hint_count = reader->hints->len;
    modules->hints = arena_keep(reader->arena, reader->hints);
    modules->problem_count = reader->problems->len;
    modules->problems = arena_keep(reader->arena, reader->problems);
}

bool
schema_modules_read(struct arena *arena, const char *root, struct schema_modules *modules,
                    GError **error)
{
    struct schema_reader reader = {
        .arena = arena,
        .modules = g_array_new(FALSE, FALSE, sizeof(struct schema_module)),
        .constraints = g_array_new(FALSE, FALSE, sizeof(struct schema_constraint)),
        .targets = g_array_new(FALSE, FALSE, sizeof(struct names)),
        .hints = g_array_new(FALSE, FALSE, sizeof(struct query_hint)),
        .problems = g_array_new(FALSE, FALSE, sizeof(struct schema_problem)),
    };
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    *modules = (struct schema_modules){0};
    g_autoptr(GString) lock = lock_read(root, error);
    bool good = lock != NULL && list_files(&reader, root, paths, &modules->file_count, error);
    struct arena *scratch = arena_new();
    struct project *index = project_new(scratch, root);
    for (guint i = 0; good && i < paths->len; i += BATCH)
        read_batch(&reader, index, paths, i);
    project_free(index);
    arena_free(scratch);
    if (good) {
        finish(&reader, modules);
        modules->ecto = lock_version(lock, "ecto");
    }
    g_array_free(reader.modules, TRUE);
    g_array_free(reader.constraints, TRUE);
    g_array_free(reader.targets, TRUE);
    g_array_free(reader.hints, TRUE);
    g_array_free(reader.problems, TRUE);
    return good;
}
