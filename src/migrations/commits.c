/* commits.c - one log of git for each root of lines: it holds the commits that added or changed a
 * file of their folders, the newest first. A renamed file is a new one. */
#include "migrations/commits.h"

#include "base/authors.h"
#include "base/git.h"
#include "base/text.h"

#include <string.h>

/* A commit begins with MARK, and its parts end with SEPARATOR; the paths follow, one a line. */
#define MARK      '\x01'
#define SEPARATOR "\x02"
#define FORMAT    "--format=%x01%H%x02%as%x02%an"

static const char *
folder_of(const struct migrations *line)
{
    return *line->folder != '\0' ? line->folder : ".";
}

/* Why git cannot tell; NULL when it can. */
static const char *
find_obstacle(const char *root)
{
    static const char *const arguments[] = {"rev-parse", "--is-shallow-repository", NULL};
    g_autofree char *output = git_ask(root, arguments, NULL);
    if (output == NULL)
        return "git knows no repository here";
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
    g_autofree char *author = author_name(parts[2]);
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

/* The log of all folders of the lines that share the first one's root. Free with g_free. */
static char *
read_folders(const struct migrations *first, const struct migrations *end)
{
    static const char *const before[] = {
        "log",        "--no-color",  "--no-ext-diff", "--no-renames",     "--diff-filter=AM",
        "--relative", "--name-only", FORMAT,          "--end-of-options", "HEAD",
        "--"};
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        g_ptr_array_add(arguments, (gpointer)(guintptr)before[i]);
    for (const struct migrations *line = first; line < end; line++)
        if (g_str_equal(line->root, first->root))
            g_ptr_array_add(arguments, (gpointer)(guintptr)folder_of(line));
    g_ptr_array_add(arguments, NULL);
    return git_ask(first->root, (const char *const *)(const void *)arguments->pdata, NULL);
}

static void
read_line(struct arena *arena, struct migrations *line, const char *log)
{
    g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < line->count; i++)
        g_hash_table_insert(files, (gpointer)(guintptr)line->items[i].file, &line->items[i]);
    read_log(arena, files, log);
    drop_repeated(line);
}

/* The first line of a root stands for all that share it. */
static void
read_root(struct arena *arena, struct migrations *first, struct migrations *end)
{
    const char *unknown = find_obstacle(first->root);
    g_autofree char *log = unknown == NULL ? read_folders(first, end) : NULL;
    if (unknown == NULL && log == NULL)
        unknown = "git has no history here";
    for (struct migrations *line = first; line < end; line++) {
        if (!g_str_equal(line->root, first->root))
            continue;
        line->commits_unknown = unknown;
        if (log != NULL)
            read_line(arena, line, log);
    }
}

void
commits_read(struct arena *arena, struct migrations *migrations)
{
    struct migrations *lines = migrations->line_count == 0 ? migrations : migrations->lines;
    struct migrations *end = lines + migrations_line_count(migrations);
    g_autoptr(GHashTable) roots = g_hash_table_new(g_str_hash, g_str_equal);
    for (struct migrations *line = lines; line < end; line++)
        if (g_hash_table_add(roots, (gpointer)(guintptr)line->root))
            read_root(arena, line, end);
}

GHashTable *
commits_files(const struct migrations *line, const char *revision)
{
    const char *const arguments[] = {"ls-tree", "-r", "--name-only",   "--end-of-options",
                                     revision,  "--", folder_of(line), NULL};
    g_autofree char *list = git_ask(line->root, arguments, NULL);
    if (list == NULL)
        return NULL;
    GHashTable *files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(GStrv) lines = g_strsplit(list, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++)
        if (*lines[i] != '\0')
            g_hash_table_add(files, unquote(lines[i]));
    return files;
}

/* ---- what is older than its migration ---- */

/* The length of the hash with which a line of `git blame --porcelain` names a commit: SHA-1 or
 * SHA-256 in digits. 0: it names none; before the file's own text stands a tab. */
static size_t
hash_length(const char *line)
{
    enum { SHA_1 = 40, SHA_256 = 64 };
    size_t length = strspn(line, "0123456789abcdef");
    return (length == SHA_1 || length == SHA_256) && line[length] == ' ' ? length : 0;
}

/* "^HASH" for each commit that the lines are of; false when one is in none. */
static bool
exclude_commits(const struct commits_text *text, GPtrArray *arguments)
{
    g_autofree char *range = g_strdup_printf("%u,+%u", text->line, text->count);
    const char *const blame[] = {"blame", "--porcelain", "-L", range, "--", text->file, NULL};
    g_autofree char *output = git_ask(text->root, blame, NULL);
    g_auto(GStrv) lines = output == NULL ? NULL : g_strsplit(output, "\n", -1);
    for (size_t i = 0; lines != NULL && lines[i] != NULL; i++) {
        size_t length = hash_length(lines[i]);
        if (length == 0)
            continue;
        if (strspn(lines[i], "0") == length)
            return false;
        g_ptr_array_add(arguments, g_strdup_printf("^%.*s", (int)length, lines[i]));
    }
    return lines != NULL;
}

const struct migration_commit *
commits_behind(struct arena *arena, const struct commits_text *text, const struct migrations *line,
               const struct migration *migration)
{
    static const char *const before[] = {"log", "-1", FORMAT, "HEAD"};
    if (migration->file == NULL || migration->changed == NULL || line->commits_unknown != NULL)
        return NULL;
    g_autoptr(GPtrArray) arguments = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        g_ptr_array_add(arguments, g_strdup(before[i]));
    if (!exclude_commits(text, arguments))
        return NULL;
    g_ptr_array_add(arguments, g_strdup("--"));
    g_ptr_array_add(arguments, g_strdup(migration->file));
    g_ptr_array_add(arguments, NULL);
    g_autofree char *output = git_ask(line->root, (const char *const *)arguments->pdata, NULL);
    return output == NULL || *output != MARK ? NULL : take_commit(arena, output + 1);
}
