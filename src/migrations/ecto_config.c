/* ecto_config.c - what the files of config/ and mix.lock say about a repository. Files of one
 * environment are left out: their names are known only when the program runs. */
#include "base/failure.h"
#include "base/files.h"
#include "elixir/evaluate.h"
#include "elixir/lock.h"
#include "migrations/ecto.h"
#include "migrations/ecto_runner.h"

#include <string.h>

enum { FILE_LIMIT = 4 << 20, DEEPEST_IMPORT = 8 };

/* What is configured for one module. */
struct entry {
    const char *module;
    const struct value *config;
    bool own; /* by the application whose folder it is */
};

/* One file of configuration while it is read. */
struct reader {
    struct arena *arena;
    struct project *project;
    const char *app; /* the application whose folder it is, or NULL */
    const char *path;
    unsigned depth;
    GArray *entries; /* struct entry */
    GError *error;
};

static bool read_file(struct reader *reader, const char *path);

static const char *
last_name(const char *module)
{
    const char *dot = strrchr(module, '.');
    return dot != NULL ? dot + 1 : module;
}

/* config :app, Module, keywords */
static void
take_config(struct reader *reader, const struct call *call)
{
    const struct value *module = call->arguments[1];
    const struct value *keywords = call->arguments[2];
    if (module->kind != VALUE_ATOM || !g_str_has_prefix(module->text, "Elixir.") ||
        !value_is_keyword(keywords))
        return;
    for (guint i = 0; i < reader->entries->len; i++) {
        struct entry *entry = &g_array_index(reader->entries, struct entry, i);
        if (g_str_equal(entry->module, module->text)) {
            entry->config = value_merge(reader->arena, entry->config, keywords);
            return;
        }
    }
    struct entry entry = {.module = module->text,
                          .config = keywords,
                          .own = reader->app != NULL &&
                                 value_is_atom(call->arguments[0], reader->app)};
    g_array_append_val(reader->entries, entry);
}

static void
import_config(struct reader *reader, const struct call *call)
{
    const struct value *name = call->arguments[0];
    if (name->kind != VALUE_STRING || strchr(name->text, '*') != NULL ||
        reader->depth >= DEEPEST_IMPORT)
        return;
    g_autofree char *folder = g_path_get_dirname(reader->path);
    g_autofree char *path = g_build_filename(folder, name->text, NULL);
    g_autofree char *full = g_build_filename(project_root(reader->project), path, NULL);
    if (!g_file_test(full, G_FILE_TEST_IS_REGULAR))
        return;
    struct reader inner = *reader;
    inner.depth++;
    read_file(&inner, path);
    reader->error = inner.error;
}

static bool
knows(const struct evaluation *evaluation, const char *module, const char *name)
{
    (void)evaluation;
    return module == NULL && (g_str_equal(name, "config") || g_str_equal(name, "import_config"));
}

static const struct value *
run_call(struct evaluation *evaluation, const struct call *call)
{
    if (g_str_equal(call->name, "config") && call->count == 3)
        take_config(evaluation->data, call);
    else if (g_str_equal(call->name, "import_config") && call->count == 1)
        import_config(evaluation->data, call);
    return &value_nil;
}

static const struct host host = {.knows = knows, .call = run_call};

static bool
read_file(struct reader *reader, const char *path)
{
    GString *text = NULL;
    unsigned line = 0;
    if (!file_read_below(project_root(reader->project), path, FILE_LIMIT, &text, &reader->error))
        return false;
    const struct source *source = syntax_read(reader->arena, path, text, &line);
    g_string_free(text, TRUE);
    if (source == NULL)
        return failure_set(&reader->error, FAILURE_USAGE,
                           "this is not Elixir (%s:%u). Compile the file to see what is wrong.",
                           path, line);
    const char *outer = reader->path;
    reader->path = path;
    struct evaluation evaluation = {.arena = reader->arena, .host = &host, .data = reader};
    struct frame frame = {.module = NULL};
    evaluate_block(&evaluation, &frame, source->root); /* what raises, raises for the tool too */
    reader->path = outer;
    return reader->error == NULL;
}

static bool
read_if_there(struct reader *reader, const char *folder)
{
    g_autofree char *path = *folder == '\0' ? g_strdup("config/config.exs")
                                            : g_build_filename(folder, "config/config.exs", NULL);
    g_autofree char *full = g_build_filename(project_root(reader->project), path, NULL);
    return !g_file_test(full, G_FILE_TEST_IS_REGULAR) || read_file(reader, path);
}

/* "repo" is Repo, "warehouse_repo" WarehouseRepo. */
static char *
camelize(const char *name)
{
    GString *camel = g_string_new(NULL);
    bool upper = true;
    for (; *name != '\0'; name++) {
        if (*name == '_') {
            upper = true;
            continue;
        }
        g_string_append_c(camel, upper ? g_ascii_toupper(*name) : *name);
        upper = false;
    }
    return g_string_free(camel, FALSE);
}

static bool
read_versions(struct reader *reader, struct ecto_repository *repository)
{
    g_autoptr(GString) lock = lock_read(project_root(reader->project), &reader->error);
    if (lock == NULL)
        return false;
    unsigned version = lock_version(lock, "ecto_sql");
    repository->version = version != 0 ? version : ECTO_DEFAULT;
    repository->oban = lock_version(lock, "oban");
    return true;
}

/* How well a configured module fits the folder priv/NAME/migrations of an application: by its
 * `priv:`, else by its name. 0: not at all. */
static unsigned
fitness(const struct entry *entry, const char *of_repo, const char *name)
{
    const struct value *priv = value_get(entry->config, "priv");
    bool named = g_str_equal(last_name(entry->module), name);
    if (priv != NULL && priv->kind == VALUE_STRING)
        return g_str_has_suffix(of_repo, priv->text) ? 8 + 2 * entry->own : 0;
    return named ? 4 + 2 * entry->own : 0;
}

static void
choose(const struct reader *reader, const char *of_repo, struct ecto_repository *repository)
{
    g_autofree char *repo = g_path_get_basename(of_repo);
    g_autofree char *name = camelize(repo);
    unsigned best = 0;
    for (guint i = 0; i < reader->entries->len; i++) {
        const struct entry *entry = &g_array_index(reader->entries, struct entry, i);
        unsigned fits = fitness(entry, of_repo, name);
        if (fits <= best)
            continue;
        best = fits;
        repository->module = entry->module;
        repository->config = entry->config;
    }
}

/* As Ecto.Migration documents it: the name is `migration_source`, and `migration_default_prefix`
 * does not reach it. With a `migration_repo` it lies in that repository's database. */
static const char *
history_of(const struct ecto_repository *repository)
{
    const struct value *keeper = value_get(repository->config, "migration_repo");
    const struct value *source = value_get(repository->config, "migration_source");
    if (keeper != NULL && keeper->kind == VALUE_ATOM && !value_is_nil(keeper) &&
        !value_is_atom(keeper, repository->module))
        return NULL;
    return source != NULL && source->kind == VALUE_STRING ? source->text : "schema_migrations";
}

bool
ecto_repository_read(struct arena *arena, struct project *project, const char *folder,
                     struct ecto_repository *repository, GError **error)
{
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    *repository = (struct ecto_repository){.config = value_of_items(arena, VALUE_LIST, none),
                                           .module = "Elixir.Repo"};
    /* apps/blog/priv/repo/migrations: the application, priv, the repository, and the folder. */
    g_autofree char *of_repo = g_path_get_dirname(folder);
    g_autofree char *priv = g_path_get_dirname(of_repo);
    g_autofree char *app = g_path_get_dirname(priv);
    g_autofree char *name = g_path_get_basename(app);
    bool nested = !g_str_equal(app, ".");
    struct reader reader = {.arena = arena,
                            .project = project,
                            .app = nested ? name : NULL,
                            .entries = g_array_new(FALSE, FALSE, sizeof(struct entry))};
    bool good = read_versions(&reader, repository) && read_if_there(&reader, "") &&
                (!nested || read_if_there(&reader, app));
    if (good) {
        choose(&reader, of_repo, repository);
        repository->history = history_of(repository);
    } else {
        g_propagate_error(error, reader.error);
    }
    g_array_free(reader.entries, TRUE);
    return good;
}
