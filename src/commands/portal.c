/* portal.c - "dbdoc portal": a site for each database, as "dbdoc build" makes it in the folder that
 * a team publishes, and a front page. */
#include "site/portal.h"
#include "base/failure.h"
#include "base/files.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "catalog/address.h"
#include "commands/build.h"
#include "commands/message.h"
#include "commands/publishing.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SNAPSHOT     "snapshot.json"
#define OBSERVATIONS "observations.json"

enum { SHARDS_MOST = 1000 };

struct portal {
    const struct invocation *invocation;
    const char *wanted;   /* the folder, as it was named */
    char *target;         /* the same, absolute */
    GPtrArray *databases; /* struct portal_database * */
    guint64 shard;        /* from 1 */
    guint64 shards;
    size_t built;
};

static bool
take_shard(struct portal *portal, GError **error)
{
    const char *text = portal->invocation->options.shard;
    portal->shard = portal->shards = 1;
    if (text == NULL)
        return true;
    g_auto(GStrv) parts = g_strsplit(text, "/", 2);
    return (g_strv_length(parts) == 2 &&
            g_ascii_string_to_unsigned(parts[1], 10, 1, SHARDS_MOST, &portal->shards, NULL) &&
            g_ascii_string_to_unsigned(parts[0], 10, 1, portal->shards, &portal->shard, NULL)) ||
           failure_set(
               error, FAILURE_USAGE,
               "--shard takes a part and their number, such as 2/4, found \"%s\". See dbdoc "
               "portal --help.",
               text);
}

/* The name of its site: that of the folder, which no other one has. */
static char *
folder_of(const struct portal *portal, const char *place, GError **error)
{
    char *real = realpath(place, NULL);
    if (real == NULL) {
        failure_set(error, FAILURE_USAGE, "cannot open the folder %s (%s). Name one that is there.",
                    place, g_strerror(errno));
        return NULL;
    }
    g_autofree char *name = g_path_get_basename(real);
    g_autoptr(GString) slug = g_string_new(NULL);
    slug_append(slug, name);
    free(real);
    for (guint i = 0; i < portal->databases->len; i++) {
        const struct portal_database *other = portal->databases->pdata[i];
        if (!g_str_equal(other->folder, slug->str))
            continue;
        failure_set(error, FAILURE_USAGE,
                    "two folders are called %s, and their sites would be one (%s). Rename one.",
                    name, place);
        return NULL;
    }
    return g_strdup(slug->str);
}

/* In the folder of the database. */
static bool
read_database(struct portal *portal, const char *folder, GError **error)
{
    static char snapshot[] = SNAPSHOT;
    static char *const arguments[] = {snapshot};
    g_autofree char *target = g_build_filename(portal->target, folder, NULL);
    struct invocation inner = *portal->invocation;
    inner.options.output = target;
    inner.options.config = NULL;
    inner.options.observations = file_is_there(OBSERVATIONS) ? OBSERVATIONS : NULL;
    inner.argument_count = 1;
    inner.arguments = arguments;
    struct subject subject;
    struct site_counts counts = {0};
    bool is_own = portal->databases->len % portal->shards == portal->shard - 1;
    bool done = subject_begin(&inner, &subject, error) && subject_read(&inner, &subject, error);
    struct findings *findings = done ? publishing_pages(&subject) : NULL;
    if (done)
        g_ptr_array_add(portal->databases, portal_database_new(folder, subject.model, findings));
    if (done && is_own) {
        portal->built++;
        done = build_publish(&inner, &subject, findings, &counts, error);
    }
    findings_free(findings);
    subject_close(&subject);
    return done;
}

/* Paths of a team's files start at its folder. */
static bool
enter(const char *place, GError **error)
{
    if (g_chdir(place) != 0)
        return failure_set(error, FAILURE_USAGE,
                           "cannot open the folder %s (%s). Name one that is there.", place,
                           g_strerror(errno));
    return file_is_there(SNAPSHOT) ||
           failure_set(error, FAILURE_USAGE,
                       "%s holds no " SNAPSHOT ". Write one: dbdoc snapshot -o %s/" SNAPSHOT, place,
                       place);
}

static bool
add_database(struct portal *portal, int home, const char *place, GError **error)
{
    g_autofree char *folder = folder_of(portal, place, error);
    if (folder == NULL)
        return false;
    bool done = enter(place, error) &&
                (read_database(portal, folder, error) || failure_prefix(error, "%s: ", place));
    bool back = fchdir(home) == 0 || !done ||
                failure_set(error, FAILURE_USAGE,
                            "cannot go back to the folder dbdoc began in (%s).", g_strerror(errno));
    return done && back && interrupt_check(error);
}

static bool
add_all(struct portal *portal, GError **error)
{
    const struct invocation *invocation = portal->invocation;
    int home = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = home >= 0 || failure_set(error, FAILURE_USAGE,
                                         "cannot open the folder that dbdoc "
                                         "began in (%s).",
                                         g_strerror(errno));
    for (size_t i = 0; done && i < invocation->argument_count; i++)
        done = add_database(portal, home, invocation->arguments[i], error);
    if (home >= 0)
        close(home);
    return done;
}

static bool
make_target(struct portal *portal, const struct config *config, GError **error)
{
    const char *output = portal->invocation->options.output;
    portal->wanted = output != NULL ? output : config->output;
    char *real = g_mkdir_with_parents(portal->wanted, 0777) == 0 ? realpath(portal->wanted, NULL)
                                                                 : NULL;
    if (real == NULL)
        return failure_set(error, FAILURE_WRITE,
                           "cannot make the folder %s (%s). Name another with --output.",
                           portal->wanted, g_strerror(errno));
    portal->target = g_strdup(real);
    free(real);
    return true;
}

static bool
write_front(const struct portal *portal, const struct config *config, GError **error)
{
    g_autofree char *path = g_build_filename(portal->target, "index.html", NULL);
    g_autoptr(GString) page = portal_page(config, portal->databases, error);
    return page != NULL && result_write(path, page, error);
}

static bool
run(const struct invocation *invocation, int *status, GError **error)
{
    (void)status;
    struct portal portal = {.invocation = invocation,
                            .databases = g_ptr_array_new_with_free_func(portal_database_free)};
    struct reading reading = {0};
    bool begun = reading_begin(invocation, &reading, error);
    bool done = begun && take_shard(&portal, error) &&
                make_target(&portal, reading.config, error) && add_all(&portal, error) &&
                write_front(&portal, reading.config, error);
    progress_clear();
    if (done)
        message_summary(invocation->options.verbosity,
                        "Published %s/index.html: %u databases, %zu of them built.", portal.wanted,
                        portal.databases->len, portal.built);
    if (begun)
        reading_close(&reading);
    g_ptr_array_unref(portal.databases);
    g_free(portal.target);
    return done;
}

const struct command command_portal = {
    .name = "portal",
    .arguments = "SNAPSHOT-DIR…",
    .completes = COMPLETES_FILES,
    .least = 1,
    .most = 10000,
    .options = OPTION_OUTPUT_FOLDER | OPTION_SHARD | OPTION_PUBLISH | OPTION_JOBS | OPTION_CONFIG |
               OPTION_COLOUR | OPTION_QUIET | OPTION_HELP,
    .summary = "publish many databases, with a front page for all",
    .help = "Each folder is what the CI of a team publishes: snapshot.json, and beside it\n"
            "observations.json, dbdoc.yml and notes, where there are any. Each gets the site\n"
            "that \"dbdoc build snapshot.json\" makes in its folder, named after the folder;\n"
            "the front page has their counts, and all findings and owners with the databases\n"
            "that have them. Its title and theme are those of --config.\n"
            "\n"
            "--shard builds every Nth site, and the front page of all: the parts of a CI\n"
            "matrix, copied into one folder, are the bytes of an undivided build.\n"
            "\n"
            "Examples:\n"
            "  dbdoc portal teams/*/ -o public\n"
            "  dbdoc portal --shard 2/4 teams/*/ -o public\n",
    .run = run,
};
