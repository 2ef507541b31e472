/* template.c - initdb into the cache, cp out of it. The cache's key is everything that shapes the
 * result; a folder that others could have written is not trusted. Two builds may come at once: who
 * holds the lock fills the cache, the other waits. */
#include "cluster/template.h"

#include "base/cache_folder.h"
#include "base/failure.h"
#include "base/files.h"

#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define SYSTEM_CACHE "/var/cache/dbdoc"

static const char *const initdb_options[] = {
    "-U", CLUSTER_SUPERUSER, "-A", "trust", "-E", "UTF8", "--locale=C", "--wal-segsize=1",
};

static uid_t
owner_of(const struct home *home)
{
    return home->identity.switches ? home->identity.user : geteuid();
}

/* A folder of that user, which nobody else may write. Made when missing. */
static bool
is_private_folder(const struct home *home, const char *path)
{
    if (g_mkdir_with_parents(path, 0700) != 0)
        return false;
    if (home->identity.switches && lchown(path, home->identity.user, home->identity.group) != 0)
        return false;
    return folder_is_private(path, owner_of(home));
}

char *
template_cache(const struct home *home)
{
    g_autofree char *path = home->identity.switches ? g_strdup(SYSTEM_CACHE) : cache_folder();
    return path != NULL && is_private_folder(home, path) ? g_steal_pointer(&path) : NULL;
}

/* A user id without a passwd entry (containers): initdb insists on a name, nss_wrapper gives one.
 */
static bool
name_this_user(GPtrArray *environment, const char *folder, GError **error)
{
    if (getpwuid(geteuid()) != NULL)
        return true;
    g_autofree char *users = g_build_filename(folder, "passwd", NULL);
    g_autofree char *groups = g_build_filename(folder, "group", NULL);
    g_autofree char *user = g_strdup_printf("dbdoc:x:%u:%u:dbdoc:/:/bin/sh\n", geteuid(),
                                            getegid());
    g_autofree char *group = g_strdup_printf("dbdoc:x:%u:\n", getegid());
    if (!file_replace(users, user, strlen(user), error) ||
        !file_replace(groups, group, strlen(group), error))
        return false;
    g_ptr_array_add(environment, g_strdup("LD_PRELOAD=libnss_wrapper.so"));
    g_ptr_array_add(environment, g_strdup_printf("NSS_WRAPPER_PASSWD=%s", users));
    g_ptr_array_add(environment, g_strdup_printf("NSS_WRAPPER_GROUP=%s", groups));
    return true;
}

enum durability { DURABLE, QUICK };

/* Users' names for initdb go into the folder. */
static bool
run_initdb(const struct home *home, const char *folder, const char *data,
           enum durability durability, GError **error)
{
    g_autoptr(GPtrArray) environment = g_ptr_array_new_with_free_func(g_free);
    for (const char *const *entry = process_minimal_environment; *entry != NULL; entry++)
        g_ptr_array_add(environment, g_strdup(*entry));
    guint unnamed = environment->len;
    if (!name_this_user(environment, folder, error))
        return false;
    bool named = environment->len > unnamed;
    g_ptr_array_add(environment, NULL);
    g_autofree char *initdb = g_build_filename(home->bin, "initdb", NULL);
    const char *argv[G_N_ELEMENTS(initdb_options) + 5] = {initdb, "-D", data};
    for (size_t i = 0; i < G_N_ELEMENTS(initdb_options); i++)
        argv[i + 3] = initdb_options[i];
    argv[G_N_ELEMENTS(initdb_options) + 3] = durability == QUICK ? "--no-sync" : NULL;
    const struct process process = {.argv = argv,
                                    .environment = (const char *const *)environment->pdata};
    if (process_run(&process, NULL, error))
        return true;
    return named ? failure_prefix(error,
                                  "this user id has no name on this machine, which initdb needs; "
                                  "install libnss-wrapper, or add a passwd entry: ")
                 : false;
}

static char *
cached_path(const struct home *home, const char *cache)
{
    g_autoptr(GString) key = g_string_new(home->version);
    for (size_t i = 0; i < G_N_ELEMENTS(initdb_options); i++)
        g_string_append_printf(key, " %s", initdb_options[i]);
    g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, key->str, -1);
    return g_strdup_printf("%s/initdb-%.16s", cache, digest);
}

/* Makes the cached directory under another name first: it is whole or not there. What an earlier
 * attempt left is removed. */
static bool
fill(const struct home *home, const char *folder, const char *cached)
{
    g_autofree char *draft = g_strconcat(cached, ".draft", NULL);
    if (access(cached, F_OK) == 0)
        return true;
    if (tree_remove(draft, NULL) && run_initdb(home, folder, draft, DURABLE, NULL) &&
        rename(draft, cached) == 0)
        return true;
    tree_remove(draft, NULL);
    return false;
}

/* Whether the directory is in the cache, after putting it there if need be. */
static bool
fill_cache(const struct home *home, const char *cache, const char *folder, const char *cached)
{
    if (access(cached, F_OK) == 0)
        return true;
    g_autofree char *path = g_build_filename(cache, "lock", NULL);
    int lock = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool filled = lock >= 0 && flock(lock, LOCK_EX) == 0 && fill(home, folder, cached);
    if (lock >= 0)
        close(lock);
    return filled;
}

bool
template_copy(const struct home *home, const char *cache, const char *folder, GError **error)
{
    g_autofree char *data = g_build_filename(folder, "data", NULL);
    g_autofree char *cached = cache != NULL ? cached_path(home, cache) : NULL;
    if (cached == NULL || !fill_cache(home, cache, folder, cached))
        return run_initdb(home, folder, data, QUICK, error);
    const char *const argv[] = {"/bin/cp", "-a", "--reflink=auto", "--", cached, data, NULL};
    const struct process process = {.argv = argv};
    return process_run(&process, NULL, error);
}
