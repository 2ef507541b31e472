/* plain_lists.c - tools that keep a list of their migrations beside the files: Sqitch's plan and
 * Drizzle's journal. */
#include "base/failure.h"
#include "base/files.h"
#include "migrations/plain.h"

#include <jansson.h>
#include <string.h>

#define LIST_LIMIT ((size_t)64 * 1024 * 1024)

static bool
read_list(const struct plain_reader *reader, const char *name, GString **text, GError **error)
{
    g_autofree char *path = *reader->folder == '\0' ? g_strdup(name)
                                                    : g_build_filename(reader->folder, name, NULL);
    return file_read_below(reader->root, path, LIST_LIMIT, text, error);
}

static bool
missing(const char *name, const char *list, GError **error)
{
    return failure_set(error, FAILURE_USAGE,
                       "%s names %s, which is not there. Put the file back, or take it off the "
                       "list.",
                       list, name);
}

/* ---- Sqitch: sqitch.plan, "Sqitch plan" in its manual ---- */

/* A change of the plan. One that is reworked keeps its old scripts under NAME@TAG. */
struct change {
    char *name;
    char *note;
    const char *tag; /* the first one behind it; NULL: none */
    bool reworked;
};

static void
change_clear(gpointer data)
{
    struct change *change = data;
    g_free(change->name);
    g_free(change->note);
}

/* "+name [needs] 2024-01-31T10:00:00Z Planner <mail> # note" */
static void
read_change(GArray *changes, const char *line)
{
    line += *line == '+';
    line += strspn(line, " \t");
    size_t length = strcspn(line, " \t");
    const char *note = strstr(line, " # ");
    struct change change = {.name = g_strndup(line, length),
                            .note = g_strdup(note != NULL ? note + strlen(" # ") : "")};
    g_strstrip(change.note);
    for (guint i = 0; i < changes->len; i++)
        if (g_str_equal(g_array_index(changes, struct change, i).name, change.name))
            g_array_index(changes, struct change, i).reworked = true;
    g_array_append_val(changes, change);
}

/* The first tag behind a change names the scripts that it had before it was reworked. */
static void
read_tag(GArray *changes, const char *line, struct arena *arena)
{
    const char *tag = arena_text(arena, line, (gssize)strcspn(line, " \t"));
    for (guint i = changes->len; i-- > 0;) {
        struct change *change = &g_array_index(changes, struct change, i);
        if (change->tag != NULL)
            break;
        change->tag = tag;
    }
}

static void
read_plan(GArray *changes, const char *text, struct arena *arena)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        const char *line = g_strstrip(lines[i]);
        if (*line == '\0' || *line == '%' || *line == '#' || *line == '-')
            continue;
        if (*line == '@')
            read_tag(changes, line, arena);
        else
            read_change(changes, line);
    }
}

static const struct plain_file *
script_of(const struct plain_reader *reader, const char *kind, const char *script)
{
    g_autofree char *name = g_strdup_printf("%s/%s.sql", kind, script);
    return plain_file_find(reader->files, name);
}

static bool
add_change(struct plain_reader *reader, const struct change *change, GError **error)
{
    bool old = change->reworked && change->tag != NULL;
    g_autofree char *script = g_strconcat(change->name, old ? change->tag : "", NULL);
    const struct plain_file *deploy = script_of(reader, "deploy", script);
    if (deploy == NULL) {
        g_autofree char *name = g_strdup_printf("deploy/%s.sql", script);
        return missing(name, "sqitch.plan", error);
    }
    const char *words = *change->note != '\0' ? change->note : change->name;
    struct plain_item *item = plain_item_add(reader, script, words, deploy->path);
    item->up = deploy;
    item->down = script_of(reader, "revert", script);
    item->verify = script_of(reader, "verify", script);
    return true;
}

bool
sqitch_list(struct plain_reader *reader, GError **error)
{
    GString *text = NULL;
    if (!read_list(reader, "sqitch.plan", &text, error))
        return false;
    g_autoptr(GArray) changes = g_array_new(FALSE, TRUE, sizeof(struct change));
    g_array_set_clear_func(changes, change_clear);
    read_plan(changes, text->str, reader->arena);
    g_string_free(text, TRUE);
    for (guint i = 0; i < changes->len; i++)
        if (!add_change(reader, &g_array_index(changes, struct change, i), error))
            return false;
    return true;
}

/* ---- Drizzle: meta/_journal.json ---- */

static bool
add_entry(struct plain_reader *reader, const json_t *entry, GError **error)
{
    const char *tag = json_string_value(json_object_get(entry, "tag"));
    if (tag == NULL)
        return failure_set(error, FAILURE_USAGE,
                           "meta/_journal.json has an entry without a tag. Let drizzle-kit write "
                           "it again.");
    g_autofree char *name = g_strconcat(tag, ".sql", NULL);
    const struct plain_file *file = plain_file_find(reader->files, name);
    if (file == NULL)
        return missing(name, "meta/_journal.json", error);
    const char *underscore = strchr(tag, '_');
    g_autofree char *when = g_strdup_printf("%" JSON_INTEGER_FORMAT,
                                            json_integer_value(json_object_get(entry, "when")));
    struct plain_item *item = plain_item_add(reader, when,
                                             underscore != NULL ? underscore + 1 : tag, file->path);
    item->up = file;
    return true;
}

bool
drizzle_list(struct plain_reader *reader, GError **error)
{
    GString *text = NULL;
    if (!read_list(reader, "meta/_journal.json", &text, error))
        return false;
    json_error_t problem;
    json_t *journal = json_loadb(text->str, text->len, 0, &problem);
    g_string_free(text, TRUE);
    const json_t *entries = json_object_get(journal, "entries");
    bool good = json_is_array(entries) ||
                failure_set(error, FAILURE_USAGE,
                            "meta/_journal.json is no journal of Drizzle (%s). Let drizzle-kit "
                            "write it again.",
                            journal == NULL ? problem.text : "it has no entries");
    for (size_t i = 0; good && i < json_array_size(entries); i++)
        good = add_entry(reader, json_array_get(entries, i), error);
    json_decref(journal);
    return good;
}
