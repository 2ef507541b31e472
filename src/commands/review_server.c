/* review_server.c - git shows the file as the base has it. Beside a snapshot, the base is where the
 * branch left the default branch. No message names a server: it may hold secrets. */
#include "commands/review_server.h"

#include "base/git.h"
#include "base/text.h"
#include "commands/message.h"
#include "migrations/base.h"

/* What the base's own file says; nothing where it has none. NULL, with an error, when the base or
 * what its file says is not known. */
static const struct config_rehearsal *
read_base(const struct reviewing *reviewing, GError **error)
{
    static const struct config_rehearsal nothing = {0};
    const struct reading *reading = &reviewing->reading;
    const char *root = reading->config->root;
    struct base base = {reviewing->base, reviewing->commit};
    if (base.revision == NULL && !base_find(reading->arena, root, NULL, &base, error))
        return NULL;
    g_autofree char *file = g_path_get_basename(reading->config->file);
    g_autoptr(GString) text = git_find_file(root, base.revision, file);
    if (text == NULL)
        return &nothing;
    g_autofree char *shown = g_strdup_printf("%s of %s", file, base.name);
    const struct config *config = config_read_text(
        reading->arena, arena_text(reading->arena, shown, -1), text,
        reviewing->invocation->surroundings->variables, error);
    return config == NULL ? NULL : &config->rehearsal;
}

static void
say(const struct config *config, const char *used, const GError *problem)
{
    g_autofree char *words = g_strdup_printf(
        "%s, rehearsal: its server is not the one of the base, and a branch's own is not asked: it "
        "would be sent what the runner keeps secret. %s was taken%s%s",
        config->file, used, problem != NULL ? ": " : ".", problem != NULL ? problem->message : "");
    message_warning(words);
}

void
review_server_choose(struct reviewing *reviewing)
{
    struct config *config = reviewing->reading.config;
    struct config_rehearsal *own = &config->rehearsal;
    g_autoptr(GError) problem = NULL;
    if (own->server == NULL)
        return;
    const struct config_rehearsal *then = read_base(reviewing, &problem);
    bool same = then != NULL && text_equal(own->server, then->server) &&
                own->shared == then->shared;
    own->server = then != NULL ? then->server : NULL;
    own->shared = then != NULL && then->shared;
    if (!same)
        say(config, own->server != NULL ? "The base's" : "A throw-away one", problem);
}
