/* project.c - finds the files of modules, and takes modules apart into functions and attributes. */
#include "elixir/project.h"

#include "base/failure.h"
#include "base/files.h"
#include "elixir/internal.h"
#include "elixir/module.h"

#include <string.h>

enum { FILE_LIMIT = 4 << 20 };

struct project {
    struct arena *arena;
    char *root;
    GHashTable *modules;   /* full name → struct module */
    GHashTable *files;     /* path → GPtrArray of its modules */
    GHashTable *index;     /* full name of an outer module → path; NULL until first asked for */
    GPtrArray *owned;      /* arrays inside modules */
    struct project *other; /* has the index; NULL: this one */
};

struct project *
project_new(struct arena *arena, const char *root)
{
    struct project *project = g_new0(struct project, 1);
    project->arena = arena;
    project->root = g_strdup(root);
    project->modules = g_hash_table_new(g_str_hash, g_str_equal);
    project->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify)g_ptr_array_unref);
    project->owned = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    return project;
}

struct project *
project_beside(struct arena *arena, struct project *other)
{
    struct project *project = project_new(arena, other->root);
    project->other = other;
    return project;
}

void
project_free(struct project *project)
{
    if (project == NULL)
        return;
    g_free(project->root);
    g_hash_table_unref(project->modules);
    g_hash_table_unref(project->files);
    if (project->index != NULL)
        g_hash_table_unref(project->index);
    g_ptr_array_unref(project->owned);
    g_free(project);
}

const char *
project_root(const struct project *project)
{
    return project->root;
}

/* ---- Reading a file ---- */

/* A module's name may be an alias, or the atom that an alias stands for. */
static const char *
name_module(struct project *project, const struct syntax *name, const char *outer)
{
    if (name->kind == SYNTAX_ATOM && g_str_has_prefix(name->text, "Elixir."))
        return arena_intern(project->arena, name->text);
    return name->kind == SYNTAX_ALIAS && name->target == NULL
               ? arena_printf(project->arena, "%s.%s", outer, name->text)
               : NULL;
}

/* Registers the module of a defmodule, and those inside it, in the order of their heads. */
static void
add_module(struct project *project, const struct syntax *call, const struct binding *aliases,
           const char *outer, GPtrArray *found)
{
    const struct syntax *name = call->count > 0 ? call->items[0] : NULL;
    const char *full = name != NULL ? name_module(project, name, outer) : NULL;
    if (full == NULL || syntax_section(call, "do") == NULL)
        return;
    struct module *module = arena_alloc(project->arena, sizeof *module);
    module->name = full;
    module->source = call->source;
    module->syntax = call;
    module->definitions = g_ptr_array_new();
    module->imports = g_ptr_array_new();
    module->macros = g_ptr_array_new();
    g_ptr_array_add(project->owned, module->definitions);
    g_ptr_array_add(project->owned, module->macros);
    g_ptr_array_add(project->owned, module->imports);
    g_ptr_array_add(found, module);
    if (!g_hash_table_contains(project->modules, module->name))
        g_hash_table_insert(project->modules, (void *)(guintptr)module->name, module);
    module->aliases = aliases;
    const struct syntax *body = syntax_section(call, "do");
    for (size_t i = 0; i < body->count; i++) {
        const struct syntax *item = body->items[i];
        if (item->kind != SYNTAX_CALL || g_strcmp0(item->text, "defmodule") != 0 ||
            item->target != NULL || item->count == 0 || item->items[0]->kind != SYNTAX_ALIAS)
            continue;
        add_module(project, item, aliases, module->name, found);
        const char *inner = item->items[0]->text;
        module->aliases = binding_add(
            project->arena, module->aliases, inner,
            value_atom(project->arena, arena_printf(project->arena, "%s.%s", module->name, inner)));
    }
}

static bool
read_source(struct project *project, const char *path, const struct source **source, GError **error)
{
    GString *text = NULL;
    if (!file_read_below(project->root, path, FILE_LIMIT, &text, error))
        return false;
    unsigned line = 0;
    *source = syntax_read(project->arena, path, text, &line);
    g_string_free(text, TRUE);
    if (*source == NULL)
        return failure_set(error, FAILURE_USAGE,
                           "this is not Elixir (%s:%u). Compile the file to see what is wrong.",
                           path, line);
    return true;
}

const GPtrArray *
project_read(struct project *project, const char *path, GError **error)
{
    GPtrArray *found = g_hash_table_lookup(project->files, path);
    if (found != NULL)
        return found;
    const struct source *source = NULL;
    if (!read_source(project, path, &source, error))
        return NULL;
    found = g_ptr_array_new();
    for (size_t i = 0; i < source->root->count; i++) {
        const struct syntax *item = source->root->items[i];
        if (item->kind == SYNTAX_CALL && g_strcmp0(item->text, "defmodule") == 0)
            add_module(project, item, NULL, "Elixir", found);
    }
    g_hash_table_insert(project->files, g_strdup(path), found);
    for (guint i = 0; i < found->len; i++)
        module_fill(project->arena, project, found->pdata[i]);
    return found;
}

/* ---- Finding a module ---- */

/* Notes the names behind "defmodule " at the beginnings of lines. */
static void
index_text(struct project *project, const char *path, const char *text)
{
    static const char word[] = "defmodule ";
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word)) {
        if (at != text && at[-1] != '\n')
            continue;
        const char *name = at + strlen(word);
        gsize length = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789_.");
        char *full = g_strdup_printf("Elixir.%.*s", (int)length, name);
        if (g_hash_table_contains(project->index, full))
            g_free(full);
        else
            g_hash_table_insert(project->index, full, g_strdup(path));
    }
}

/* Files that cannot be read hold no module that can be followed: who asks for one is told so. */
static void
index_folder(struct project *project, const char *folder)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(project->root, folder, ".ex", LIST_TREE, paths, NULL, NULL))
        return;
    for (guint i = 0; i < paths->len; i++) {
        GString *text = NULL;
        if (!file_read_below(project->root, paths->pdata[i], FILE_LIMIT, &text, NULL))
            continue;
        index_text(project, paths->pdata[i], text->str);
        g_string_free(text, TRUE);
    }
}

static const char *
find_path(struct project *project, const char *name)
{
    if (project->other != NULL)
        return find_path(project->other, name);
    if (project->index == NULL) {
        project->index = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        index_folder(project, "lib");
        index_folder(project, "apps");
    }
    g_autofree char *outer = g_strdup(name);
    for (;;) {
        const char *path = g_hash_table_lookup(project->index, outer);
        char *dot = strrchr(outer, '.');
        if (path != NULL || dot == NULL)
            return path;
        *dot = '\0'; /* the module may stand inside another one */
    }
}

const struct module *
project_find(struct project *project, const char *name)
{
    const struct module *module = g_hash_table_lookup(project->modules, name);
    if (module != NULL || !g_str_has_prefix(name, "Elixir."))
        return module;
    const char *path = find_path(project, name);
    if (path == NULL || project_read(project, path, NULL) == NULL)
        return NULL;
    return g_hash_table_lookup(project->modules, name);
}

/* ---- Bindings ---- */

const struct value *
binding_find(const struct binding *bindings, const char *name)
{
    for (; bindings != NULL; bindings = bindings->next)
        if (g_str_equal(bindings->name, name))
            return bindings->value;
    return NULL;
}

const struct binding *
binding_add(struct arena *arena, const struct binding *bindings, const char *name,
            const struct value *value)
{
    struct binding *binding = arena_alloc(arena, sizeof *binding);
    binding->name = name;
    binding->value = value;
    binding->next = bindings;
    return binding;
}
