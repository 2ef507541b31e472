/* template.c - initdb into the cache, cp out of it. The cache's key is everything that shapes the
 * result; a folder that others could have written is not trusted. */
#include "cluster/template.h"

#include "base/failure.h"
#include "base/files.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SYSTEM_CACHE "/var/cache/dbdoc"

static const char *const initdb_options[] = {
    "-U",   CLUSTER_SUPERUSER, "-A",        "trust",           "-E",
    "UTF8", "--locale=C",      "--no-sync", "--wal-segsize=1",
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
    if (home->identity.switches && chown(path, home->identity.user, home->identity.group) != 0)
        return false;
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode) &&
           status.st_uid == owner_of(home) && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

char *
template_cache(const struct home *home)
{
    g_autofree char *path = NULL;
    const char *cache = g_getenv("XDG_CACHE_HOME");
    const char *user_home = g_getenv("HOME");
    if (home->identity.switches)
        path = g_strdup(SYSTEM_CACHE);
    else if (cache != NULL && g_path_is_absolute(cache))
        path = g_build_filename(cache, "dbdoc", NULL);
    else if (user_home != NULL && g_path_is_absolute(user_home))
        path = g_build_filename(user_home, ".cache", "dbdoc", NULL);
    return path != NULL && is_private_folder(home, path) ? g_steal_pointer(&path) : NULL;
}

/* A user id without a passwd entry (containers): initdb wants a name, nss_wrapper gives one. */
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

static bool
run_initdb(const struct home *home, const char *data, GError **error)
{
    g_autoptr(GPtrArray) environment = g_ptr_array_new_with_free_func(g_free);
    for (const char *const *entry = process_minimal_environment; *entry != NULL; entry++)
        g_ptr_array_add(environment, g_strdup(*entry));
    g_autofree char *folder = g_path_get_dirname(data);
    if (!name_this_user(environment, folder, error))
        return false;
    bool named = environment->len > 2;
    g_ptr_array_add(environment, NULL);
    g_autofree char *initdb = g_build_filename(home->bin, "initdb", NULL);
    const char *argv[G_N_ELEMENTS(initdb_options) + 4] = {initdb, "-D", data};
    for (size_t i = 0; i < G_N_ELEMENTS(initdb_options); i++)
        argv[i + 3] = initdb_options[i];
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

/* Makes the cached directory under another name first: two builds may do this at once. */
static bool
fill_cache(const struct home *home, const char *cached, GError **error)
{
    g_autofree char *draft = g_strdup_printf("%s.%d", cached, (int)getpid());
    if (!tree_remove(draft, error) || !run_initdb(home, draft, error))
        return false;
    if (rename(draft, cached) == 0)
        return true;
    bool other_was_first = errno == EEXIST || errno == ENOTEMPTY;
    return tree_remove(draft, error) &&
           (other_was_first || failure_set(error, FAILURE_DATABASE, "cannot keep %s (%s).", cached,
                                           g_strerror(errno)));
}

bool
template_copy(const struct home *home, const char *cache, const char *data, GError **error)
{
    if (cache == NULL)
        return run_initdb(home, data, error);
    g_autofree char *cached = cached_path(home, cache);
    if (access(cached, F_OK) != 0 && !fill_cache(home, cached, error))
        return false;
    const char *const argv[] = {"/bin/cp", "-a", "--reflink=auto", "--", cached, data, NULL};
    const struct process process = {.argv = argv};
    return process_run(&process, NULL, error);
}
