/* authors.c - one log of git with its patches, read from the newest commit to the oldest. */
#include "base/authors.h"

#include "base/git.h"
#include "base/text.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* A commit begins with MARK; no line of a patch does. */
#define MARK      '\x01'
#define SEPARATOR "\x02"
#define FORMAT    "--format=%x01%as%x02%an"

/* A branch may still have a file under the name that it lost on another: names come first. */
enum pass { PASS_NAMES, PASS_LINES };

struct commit {
    const char *date;
    const char *author;
};

struct reading {
    struct arena *arena;
    GHashTable *lines; /* file and line (key_of) → struct commit, NULL until it is met */
    GHashTable *names; /* what a file was called before → what it is called now */
    const struct commit *commit; /* that is being read … */
    const char *name;            /* … and the name of a file that was read last */
};

/* ---- lines ---- */

/* Signs alone ("---", an empty line) are nobody's. NULL for those. Free with g_free. */
static char *
key_of(const char *file, const char *line, gsize length)
{
    g_autofree char *raw = g_strndup(line, length);
    g_autofree char *clean = text_clean(raw);
    g_strstrip(clean);
    bool tells = false;
    for (const char *c = clean; *c != '\0' && !tells; c++)
        tells = g_ascii_isalnum(*c) || (*c & 0x80) != 0;
    return tells ? g_strconcat(file, SEPARATOR, clean, NULL) : NULL;
}

static void
want_lines(struct reading *reading, const struct authored_text *text)
{
    g_auto(GStrv) lines = g_strsplit(text->text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *key = key_of(text->file, *line, strlen(*line));
        if (key != NULL)
            g_hash_table_insert(reading->lines, key, NULL);
    }
}

static void
meet_words(const struct reading *reading, const char *file, const char *line, gsize length)
{
    g_autofree char *key = key_of(file, line, length);
    gpointer known = NULL;
    gpointer commit = NULL;
    if (key != NULL && g_hash_table_lookup_extended(reading->lines, key, &known, &commit) &&
        commit == NULL)
        g_hash_table_insert(reading->lines, g_steal_pointer(&key),
                            (gpointer)(guintptr)reading->commit);
}

/* Another file may have the old name of one today: both are looked at. */
static void
meet_text(const struct reading *reading, const char *line, gsize length)
{
    const char *now = g_hash_table_lookup(reading->names, reading->name);
    meet_words(reading, reading->name, line, length);
    if (now != NULL)
        meet_words(reading, now, line, length);
}

/* A text of one line may stand between quotes, behind what it documents: @moduledoc "…". */
static void
meet_line(const struct reading *reading, const char *line, gsize length)
{
    if (reading->name == NULL || reading->commit == NULL)
        return;
    meet_text(reading, line, length);
    const char *open = memchr(line, '"', length);
    const char *close = memrchr(line, '"', length);
    if (open != NULL && close > open)
        meet_text(reading, open + 1, (gsize)(close - open) - 1);
}

/* ---- the log ---- */

char *
author_name(const char *name)
{
    g_autoptr(GRegex) address = g_regex_new("\\s*<?([^\\s<>@]+)@[^\\s<>@]+>?", 0, 0, NULL);
    g_autofree char *clean = text_clean(name);
    g_autofree char *bare = g_regex_replace(address, clean, -1, 0, "", 0, NULL);
    if (!text_is_empty(bare))
        return g_strdup(g_strstrip(bare));
    return g_regex_replace(address, clean, -1, 0, "\\1", 0, NULL);
}

static void
begin_commit(struct reading *reading, const char *line, gsize length)
{
    g_autofree char *text = g_strndup(line, length);
    g_auto(GStrv) parts = g_strsplit(text, SEPARATOR, 2);
    reading->commit = NULL;
    reading->name = NULL;
    if (g_strv_length(parts) != 2)
        return;
    struct commit *commit = arena_alloc(reading->arena, sizeof *commit);
    g_autofree char *author = author_name(parts[1]);
    commit->date = arena_text(reading->arena, parts[0], -1);
    commit->author = arena_intern(reading->arena, author);
    reading->commit = commit;
}

/* A name as git prints it: with unusual bytes in quotes and with the escapes of C. g_free. */
static char *
unquote(const char *text, gsize length)
{
    while (length > 0 && strchr("\t\r", text[length - 1]) != NULL)
        length--;
    if (length < 2 || text[0] != '"')
        return g_strndup(text, length);
    g_autofree char *inner = g_strndup(text + 1, length - 2);
    return g_strcompress(inner);
}

static void
note_rename(struct reading *reading, const char *before, const char *after)
{
    const char *now = g_hash_table_lookup(reading->names, after);
    g_hash_table_insert(
        reading->names, g_strdup(before),
        (gpointer)(guintptr)(now != NULL ? now : arena_intern(reading->arena, after)));
}

/* Lines above the first hunk of a file. */
static void
read_header(struct reading *reading, enum pass pass, const char *line, gsize length)
{
    static const struct {
        enum pass pass;
        const char *words;
        bool renames; /* what was named last */
    } headers[] = {{PASS_NAMES, "rename from ", false},
                   {PASS_NAMES, "rename to ", true},
                   {PASS_LINES, "+++ ", false}};
    for (size_t i = 0; i < G_N_ELEMENTS(headers); i++) {
        size_t skip = strlen(headers[i].words);
        if (pass != headers[i].pass || length < skip || memcmp(line, headers[i].words, skip) != 0)
            continue;
        g_autofree char *name = unquote(line + skip, length - skip);
        if (headers[i].renames && reading->name != NULL)
            note_rename(reading, reading->name, name);
        reading->name = arena_intern(reading->arena, name);
    }
}

/* How many lines a range such as "-3,2" or "+5" has; moves behind it. */
static unsigned long
take_range(const char **cursor)
{
    char *end = NULL;
    unsigned long lines = 1;
    strtoul(*cursor + 1, &end, 10);
    if (*end == ',')
        lines = strtoul(end + 1, &end, 10);
    *cursor = *end == ' ' ? end + 1 : end;
    return lines;
}

/* "@@ -3,2 +5 @@": how many lines of the file before and of the one after follow. */
static unsigned long
hunk_lines(const char *line)
{
    const char *cursor = line + strlen("@@ ");
    unsigned long removed = take_range(&cursor);
    return removed + take_range(&cursor);
}

static void
read_log(struct reading *reading, enum pass pass, const GString *log)
{
    unsigned long inside = 0; /* lines of a hunk that are still to come */
    const char *end = log->str + log->len;
    for (const char *line = log->str; line < end;) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        gsize length = (gsize)((stop != NULL ? stop : end) - line);
        if (inside > 0 && (*line == '+' || *line == '-')) {
            inside--;
            if (*line == '+' && pass == PASS_LINES)
                meet_line(reading, line + 1, length - 1);
        } else if (*line == MARK) {
            begin_commit(reading, line + 1, length - 1);
        } else if (g_str_has_prefix(line, "@@ ")) {
            inside = hunk_lines(line);
        } else {
            read_header(reading, pass, line, length);
        }
        line += length + 1;
    }
}

static GString *
ask_git(const char *folder, const struct names *paths)
{
    static const char *const before[] = {
        "log",
        "--patch",
        "--unified=0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--find-renames",
        "--diff-filter=AMR",
        "--relative",
        "--src-prefix=",
        "--dst-prefix=",
        "--no-merges",
        FORMAT,
        "HEAD",
        "--",
    };
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    for (size_t i = 0; i < G_N_ELEMENTS(before); i++)
        g_ptr_array_add(arguments, (gpointer)(guintptr)before[i]);
    for (size_t i = 0; i < paths->count; i++)
        g_ptr_array_add(arguments, (gpointer)(guintptr)paths->items[i]);
    g_ptr_array_add(arguments, NULL);
    return git_run(folder, (const char *const *)(const void *)arguments->pdata, NULL, NULL);
}

/* ---- texts ---- */

static void
give_authors(const struct reading *reading, struct authored_text *text)
{
    g_autoptr(GPtrArray) authors = g_ptr_array_new();
    const char *date = NULL;
    g_auto(GStrv) lines = g_strsplit(text->text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        g_autofree char *key = key_of(text->file, *line, strlen(*line));
        const struct commit *commit = key == NULL ? NULL : g_hash_table_lookup(reading->lines, key);
        if (commit == NULL)
            continue;
        if (!g_ptr_array_find(authors, commit->author, NULL)) /* interned */
            g_ptr_array_add(authors, (gpointer)(guintptr)commit->author);
        if (date == NULL || strcmp(date, commit->date) < 0)
            date = commit->date;
    }
    if (date == NULL)
        return;
    struct authorship *authored = arena_alloc(reading->arena, sizeof *authored);
    authored->authors = names_keep(reading->arena, authors);
    authored->date = date;
    text->authored = authored;
}

void
authors_find(struct arena *arena, const char *folder, const struct names *paths,
             struct authored_text *texts, size_t count)
{
    if (count == 0 || paths->count == 0 || git_is_shallow(folder))
        return;
    g_autoptr(GString) log = ask_git(folder, paths);
    if (log == NULL)
        return;
    g_autoptr(GHashTable) lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct reading reading = {.arena = arena, .lines = lines, .names = names};
    for (size_t i = 0; i < count; i++)
        want_lines(&reading, &texts[i]);
    read_log(&reading, PASS_NAMES, log);
    read_log(&reading, PASS_LINES, log);
    for (size_t i = 0; i < count; i++)
        give_authors(&reading, &texts[i]);
}
