/* commits.c - one call of git for each line: its log holds the commits that added or changed a file
 * of the folder, the newest first. A renamed file is a new one. */
#include "migrations/commits.h"

#include "base/process.h"
#include "base/text.h"

#include <string.h>

/* A commit begins with MARK, and its parts end with SEPARATOR; the paths follow, one a line. */
#define MARK      '\x01'
#define SEPARATOR "\x02"
#define FORMAT    "--format=%x01%H%x02%as%x02%an"

/* Nothing of the repository's configuration runs a program or reaches a network. */
#define GIT(root)                                                                                  \
    "git", "--no-pager", "-C", root, "-c", "core.quotePath=false", "-c",                           \
        "log.showSignature=false", "-c", "core.fsmonitor=false", "-c", "protocol.allow=never"

static const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin",
                                          "LC_ALL=C",
                                          "GIT_TERMINAL_PROMPT=0",
                                          "GIT_OPTIONAL_LOCKS=0",
                                          "GIT_NO_LAZY_FETCH=1",
                                          NULL};

/* What git prints; NULL when it fails. Free with g_free. */
static char *
run(const char *const *argv)
{
    const struct process process = {.argv = argv, .environment = environment};
    char *output = NULL;
    if (process_run(&process, &output, NULL))
        return output;
    g_free(output);
    return NULL;
}

/* Why git cannot tell; NULL when it can. */
static const char *
find_obstacle(const char *root)
{
    const char *const argv[] = {GIT(root), "rev-parse", "--is-shallow-repository", NULL};
    g_autofree char *output = run(argv);
    if (output == NULL)
        return "git knows no repository here";
    g_strchomp(output);
    if (g_str_equal(output, "true"))
        return "the clone is shallow, so that older commits are not known";
    return g_str_equal(output, "false") ? NULL : "git does not say whether the clone is whole";
}

static struct migration_commit *
take_commit(struct arena *arena, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, SEPARATOR, 3);
    if (g_strv_length(parts) != 3)
        return NULL;
    struct migration_commit *commit = arena_alloc(arena, sizeof *commit);
    commit->hash = arena_text(arena, parts[0], -1);
    commit->date = arena_text(arena, parts[1], -1);
    g_autofree char *author = text_clean(parts[2]);
    commit->author = arena_text(arena, author, -1);
    return commit;
}

/* Paths with unusual bytes stand in quotes, with the escapes of C. Free with g_free. */
static char *
unquote(const char *line)
{
    size_t length = strlen(line);
    if (length < 2 || line[0] != '"' || line[length - 1] != '"')
        return g_strdup(line);
    g_autofree char *inner = g_strndup(line + 1, length - 2);
    return g_strcompress(inner);
}

/* The newest commit of a file comes first, the one that added it last. */
static void
note_path(GHashTable *files, const char *line, const struct migration_commit *commit)
{
    g_autofree char *path = unquote(line);
    struct migration *migration = g_hash_table_lookup(files, path);
    if (migration == NULL)
        return;
    if (migration->changed == NULL)
        migration->changed = commit;
    migration->added = commit;
}

static void
read_log(struct arena *arena, GHashTable *files, const char *log)
{
    g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
    const struct migration_commit *commit = NULL;
    for (guint i = 0; lines[i] != NULL; i++) {
        if (lines[i][0] == MARK)
            commit = take_commit(arena, lines[i] + 1);
        else if (commit != NULL && lines[i][0] != '\0')
            note_path(files, lines[i], commit);
    }
}

/* The newest commit is worth telling only when it is another than the first. */
static void
drop_repeated(struct migrations *line)
{
    for (size_t i = 0; i < line->count; i++)
        if (line->items[i].changed == line->items[i].added)
            line->items[i].changed = NULL;
}

static void
read_line(struct arena *arena, struct migrations *line)
{
    line->commits_unknown = find_obstacle(line->root);
    if (line->commits_unknown != NULL)
        return;
    const char *folder = *line->folder != '\0' ? line->folder : ".";
    const char *const argv[] = {GIT(line->root), "log",
                                "--no-color",    "--no-ext-diff",
                                "--no-renames",  "--diff-filter=AM",
                                "--relative",    "--name-only",
                                FORMAT,          "--end-of-options",
                                "HEAD",          "--",
                                folder,          NULL};
    g_autofree char *log = run(argv);
    if (log == NULL) {
        line->commits_unknown = "git has no history here";
        return;
    }
    g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < line->count; i++)
        g_hash_table_insert(files, (gpointer)(guintptr)line->items[i].file, &line->items[i]);
    read_log(arena, files, log);
    drop_repeated(line);
}

void
commits_read(struct arena *arena, struct migrations *migrations)
{
    if (migrations->line_count == 0)
        read_line(arena, migrations);
    for (size_t i = 0; i < migrations->line_count; i++)
        read_line(arena, &migrations->lines[i]);
}

GHashTable *
commits_files(const struct migrations *line, const char *revision)
{
    const char *folder = *line->folder != '\0' ? line->folder : ".";
    const char *const argv[] = {
        GIT(line->root), "ls-tree", "-r",   "--name-only", "--end-of-options",
        revision,        "--",      folder, NULL};
    g_autofree char *list = run(argv);
    if (list == NULL)
        return NULL;
    GHashTable *files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        if (*lines[i] != '\0')
            g_hash_table_add(files, unquote(lines[i]));
    return files;
}
