/* repository.c - usual places, tried in turn. */
#include "source/repository.h"

#include "base/files.h"

#include <dirent.h>
#include <string.h>

#define UMBRELLA "apps"

/* The most telling first. */
static const char *const usual_places[] = {
    REPOSITORY_STRUCTURE, "structure.sql",  "db/structure.sql",    "schema.sql",
    "db/schema.sql",      "sql/schema.sql", "database/schema.sql",
};

bool
repository_has(const char *root, const char *path)
{
    g_autofree char *whole = g_build_filename(root, path, NULL);
    return file_is_there(whole);
}

char *
repository_structure(const char *root)
{
    for (size_t i = 0; i < G_N_ELEMENTS(usual_places); i++)
        if (repository_has(root, usual_places[i]))
            return g_strdup(usual_places[i]);
    return NULL;
}

static int
compare_paths(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *
repository_umbrella(const char *root)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_build_filename(root, UMBRELLA, NULL);
    DIR *stream = opendir(folder);
    for (struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        g_autofree char *path = g_build_filename(UMBRELLA, entry->d_name, REPOSITORY_STRUCTURE,
                                                 NULL);
        if (entry->d_name[0] != '.' && repository_has(root, path))
            g_ptr_array_add(found, g_steal_pointer(&path));
    }
    if (stream != NULL)
        closedir(stream);
    g_ptr_array_sort(found, compare_paths);
    return found;
}
