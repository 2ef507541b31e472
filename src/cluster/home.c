/* home.c - finds initdb and postgres. PostgreSQL refuses to run as root: then it runs as the user
 * "postgres", or else "nobody". */
#include "cluster/home.h"

#include "base/failure.h"

#include <glob.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

static const char *const patterns[] = {
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/usr/local/bin",
    "/usr/bin",
};

static bool
is_home(const char *folder)
{
    g_autofree char *initdb = g_build_filename(folder, "initdb", NULL);
    g_autofree char *postgres = g_build_filename(folder, "postgres", NULL);
    return access(initdb, X_OK) == 0 && access(postgres, X_OK) == 0;
}

/* The number in "/usr/lib/postgresql/15/bin"; 0 for none. */
static guint64
number_in(const char *folder)
{
    const char *digits = strpbrk(folder, "0123456789");
    return digits == NULL ? 0 : g_ascii_strtoull(digits, NULL, 10);
}

/* Whether the folder fits better: what is wanted before what is newer. */
static bool
is_better(const char *folder, const char *other, unsigned major)
{
    guint64 number = number_in(folder);
    guint64 known = number_in(other);
    return (number == major) != (known == major) ? number == major : number > known;
}

static char *
find_best(unsigned major)
{
    char *best = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(patterns); i++) {
        glob_t found;
        if (glob(patterns[i], GLOB_ONLYDIR, NULL, &found) != 0)
            continue;
        for (size_t j = 0; j < found.gl_pathc; j++) {
            const char *folder = found.gl_pathv[j];
            if (is_home(folder) && (best == NULL || is_better(folder, best, major))) {
                g_free(best);
                best = g_strdup(folder);
            }
        }
        globfree(&found);
    }
    return best;
}

static bool
find_identity(struct identity *identity, GError **error)
{
    *identity = (struct identity){0};
    if (geteuid() != 0)
        return true;
    const struct passwd *user = getpwnam("postgres");
    if (user == NULL)
        user = getpwnam("nobody");
    if (user == NULL)
        return failure_set(error, FAILURE_DATABASE,
                           "PostgreSQL does not run as root, and there is no user \"postgres\" or "
                           "\"nobody\" to run it as. Run dbdoc as an ordinary user.");
    *identity = (struct identity){.switches = true, .user = user->pw_uid, .group = user->pw_gid};
    return true;
}

static bool
find_version(struct home *home, GError **error)
{
    g_autofree char *postgres = g_build_filename(home->bin, "postgres", NULL);
    const char *const argv[] = {postgres, "-V", NULL};
    const struct process process = {.argv = argv, .identity = home->identity};
    if (!process_run(&process, &home->version, error))
        return failure_prefix(error, "cannot use the PostgreSQL in %s: ", home->bin);
    g_strchomp(home->version);
    const char *number = strstr(home->version, ") ");
    home->major = number == NULL ? 0 : (unsigned)g_ascii_strtoull(number + 2, NULL, 10);
    return true;
}

bool
home_find(unsigned major, struct home *home, GError **error)
{
    *home = (struct home){0};
    const char *chosen = g_getenv("DBDOC_PG_BIN");
    home->bin = chosen != NULL ? g_strdup(chosen) : find_best(major);
    bool found = home->bin != NULL && is_home(home->bin);
    if (!found)
        failure_set(error, FAILURE_DATABASE,
                    "there is no PostgreSQL server program here (looked for initdb and postgres in "
                    "%s). Install it (Debian: apt-get install postgresql), or name its folder in "
                    "DBDOC_PG_BIN.",
                    chosen != NULL ? chosen : "/usr/lib/postgresql/*/bin and /usr/bin");
    if (found && find_identity(&home->identity, error) && find_version(home, error))
        return true;
    home_clear(home);
    return false;
}

void
home_clear(struct home *home)
{
    g_clear_pointer(&home->bin, g_free);
    g_clear_pointer(&home->version, g_free);
}
