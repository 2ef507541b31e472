/* place.c - finds migrations folders, and the project around one. */
#include "migrations/place.h"

#include "base/failure.h"
#include "base/files.h"
#include "migrations/migration.h"

#include <string.h>

enum { HIGHEST = 6 }; /* apps/NAME/priv/REPO/migrations is five below the umbrella */

void
place_clear(struct migrations_place *place)
{
    g_clear_pointer(&place->root, g_free);
    g_clear_pointer(&place->folder, g_free);
}

char *
place_seen_from(const char *root, const char *project, const char *folder)
{
    g_autofree char *base = g_canonicalize_filename(root, NULL);
    g_autofree char *whole = g_build_filename(project, folder, NULL);
    g_autofree char *place = g_canonicalize_filename(whole, NULL);
    size_t length = strlen(base);
    if (g_str_equal(place, base))
        return g_strdup(".");
    return g_strdup(g_str_has_prefix(place, base) && place[length] == '/' ? place + length + 1
                                                                          : folder);
}

static bool
has_mix(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "mix.exs", NULL);
    return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

static bool
has_repository(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, ".git", NULL);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* The outermost folder with a mix.exs, within the repository if there is one; else what Ecto's own
 * layout says; else the repository; else the folder above. */
static char *
find_root(const char *folder)
{
    g_autofree char *above = g_strdup(folder);
    char *root = NULL;
    bool layout = false;
    char *by_layout = g_path_get_dirname(folder);
    for (unsigned i = 0; i < HIGHEST && !g_str_equal(above, "/"); i++) {
        g_autofree char *name = g_path_get_basename(above);
        char *next = g_path_get_dirname(above);
        if (has_mix(above)) {
            g_free(root);
            root = g_strdup(above);
        }
        bool priv = g_str_equal(name, "priv");
        bool repository = has_repository(above);
        if (priv || (!layout && i > 0 && repository)) {
            g_free(by_layout);
            by_layout = g_strdup(priv ? next : above);
            layout = true;
        }
        g_free(above);
        above = next;
        if (repository)
            break;
    }
    if (root == NULL)
        return by_layout;
    g_free(by_layout);
    return root;
}

bool
place_of_folder(const char *folder, struct migrations_place *place, GError **error)
{
    g_autofree char *full = g_canonicalize_filename(folder, NULL);
    if (!g_file_test(full, G_FILE_TEST_IS_DIR))
        return failure_set(error, FAILURE_USAGE,
                           "%s is no folder. Name the folder that holds the migrations.", folder);
    place->root = find_root(full);
    gsize length = g_str_equal(place->root, "/") ? 1 : strlen(place->root) + 1;
    place->folder = g_strdup(strlen(full) > length ? full + length : "");
    return true;
}

/* priv/repo/migrations, and of tenants priv/repo/tenant_migrations: there the files themselves must
 * show that they are migrations. */
static bool
is_migrations_folder(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(folder);
    g_autofree char *file = g_path_get_basename(path);
    size_t digits = strspn(file, "0123456789");
    return g_str_equal(name, "migrations") ||
           (g_str_has_suffix(name, "_migrations") && digits > 0 && file[digits] == '_');
}

/* Folders of migrations below a `priv` that hold .exs files. */
static bool
add_folders(const char *root, const char *below, GPtrArray *folders, GError **error)
{
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    if (!files_below(root, below, ".exs", LIST_TREE, paths, NULL, error))
        return false;
    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *folder = g_path_get_dirname(paths->pdata[i]);
        bool inside = g_str_has_prefix(paths->pdata[i], "priv/") ||
                      strstr(paths->pdata[i], "/priv/") != NULL;
        if (inside && is_migrations_folder(paths->pdata[i]) &&
            !g_ptr_array_find_with_equal_func(folders, folder, g_str_equal, NULL))
            g_ptr_array_add(folders, g_steal_pointer(&folder));
    }
    return true;
}

/* Where projects keep migrations in SQL. */
static const char *const usual_places[] = {
    "migrations",          "db/migrations",     "db/migration", "sql/migrations",
    "database/migrations", "prisma/migrations", "drizzle",      "src/main/resources/db/migration",
};

/* A folder whose files are those of a migration tool. */
static bool
add_if_known(const char *root, const char *below, GPtrArray *folders, GError **error)
{
    g_autofree char *path = g_build_filename(root, below, NULL);
    struct migrations_place place = {NULL, NULL};
    bool known = false;
    if (!g_file_test(path, G_FILE_TEST_IS_DIR) || g_file_test(path, G_FILE_TEST_IS_SYMLINK))
        return true;
    bool good = place_of_folder(path, &place, error) && migrations_show(&place, &known, error);
    if (known)
        g_ptr_array_add(folders, g_strdup(below));
    place_clear(&place);
    return good;
}

static bool
add_usual_places(const char *root, GPtrArray *folders, GError **error)
{
    g_autofree char *plan = g_build_filename(root, "sqitch.plan", NULL);
    if (g_file_test(plan, G_FILE_TEST_IS_REGULAR))
        g_ptr_array_add(folders, g_strdup(""));
    for (size_t i = 0; i < G_N_ELEMENTS(usual_places); i++)
        if (!add_if_known(root, usual_places[i], folders, error))
            return false;
    return true;
}

static bool
find_folders(const char *root, GPtrArray *folders, bool *ecto, GError **error)
{
    if (!add_folders(root, "priv", folders, error) || !add_folders(root, "apps", folders, error))
        return false;
    *ecto = folders->len > 0;
    return *ecto || add_usual_places(root, folders, error);
}

static void
clear_place(void *place)
{
    place_clear(place);
}

GArray *
places_look(const char *root, GError **error)
{
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
    bool ecto = false;
    if (!find_folders(root, folders, &ecto, error))
        return NULL;
    GArray *places = g_array_new(FALSE, FALSE, sizeof(struct migrations_place));
    g_array_set_clear_func(places, clear_place);
    for (guint i = 0; i < folders->len; i++) {
        g_autofree char *folder = g_build_filename(root, (const char *)folders->pdata[i], NULL);
        struct migrations_place place = {NULL, NULL};
        if (!ecto)
            place = (struct migrations_place){g_canonicalize_filename(root, NULL),
                                              g_strdup(folders->pdata[i])};
        else if (!place_of_folder(folder, &place, error)) {
            places_free(places);
            return NULL;
        }
        g_array_append_val(places, place);
    }
    return places;
}

void
places_free(GArray *places)
{
    if (places != NULL)
        g_array_free(places, TRUE);
}

GArray *
places_find(const char *root, GError **error)
{
    GArray *places = places_look(root, error);
    if (places == NULL || places->len > 0)
        return places;
    places_free(places);
    failure_set(error, FAILURE_USAGE,
                "there are no migrations in priv/*/migrations, in migrations or in "
                "db/migrations. Name the FOLDER that holds them.");
    return NULL;
}

bool
place_find(const char *root, struct migrations_place *place, GError **error)
{
    GArray *places = places_find(root, error);
    if (places == NULL)
        return false;
    const struct migrations_place *first = &g_array_index(places, struct migrations_place, 0);
    const struct migrations_place *second = first + 1;
    bool alone = places->len == 1;
    if (alone)
        *place = (struct migrations_place){g_strdup(first->root), g_strdup(first->folder)};
    else
        failure_set(error, FAILURE_USAGE,
                    "there are several folders of migrations: %s, %s%s. Name one as FOLDER.",
                    first->folder, second->folder, places->len > 2 ? " and more" : "");
    places_free(places);
    return alone;
}
