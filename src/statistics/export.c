/* export.c - a file that "dbdoc stats export" made: what dbdoc itself needs of it is checked, the
 * rest is the server's to read. */
#include "statistics/statistics.h"

#include "base/embedded.h"
#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"

#include <jansson.h>
#include <string.h>

#define FORMAT     1
#define FILE_LIMIT ((size_t)256 * 1024 * 1024)

static const char *
embedded_text(const char *path)
{
    const struct embedded *file = embedded_find(path);
    g_assert(file != NULL);
    return file->text;
}

GString *
statistics_script(void)
{
    GString *script = g_string_new(embedded_text("src/statistics/sql/export_head.sql"));
    g_string_append(script, embedded_text("src/statistics/sql/export.sql"));
    while (g_str_has_suffix(script->str, "\n"))
        g_string_truncate(script, script->len - 1);
    g_string_append(script, ";\nROLLBACK;\n");
    return script;
}

/* Planner settings are numbers with a unit, or words; anything else is left to the server's own. */
static bool
is_setting(const char *name, const char *value)
{
    return value != NULL && *value != '\0' &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyz_")] == '\0' &&
           value[strspn(value, "abcdefghijklmnopqrstuvwxyzkMGTBP0123456789.+-")] == '\0';
}

static void
take_settings(struct arena *arena, json_t *document, struct row_statistics *statistics)
{
    g_autoptr(GArray) settings = g_array_new(FALSE, FALSE, sizeof(struct statistics_setting));
    const char *name = NULL;
    json_t *value = NULL;
    json_object_foreach(json_object_get(document, "settings"), name, value)
    {
        const char *text = json_string_value(value);
        if (!is_setting(name, text))
            continue;
        const struct statistics_setting setting = {arena_intern(arena, name),
                                                   arena_intern(arena, text)};
        g_array_append_val(settings, setting);
    }
    statistics->setting_count = settings->len;
    statistics->settings = arena_keep(arena, settings);
}

static bool
check(const char *path, const json_t *document, GError **error)
{
    const char *what = json_string_value(json_object_get(document, "dbdoc"));
    if (what == NULL || !g_str_equal(what, "statistics"))
        return failure_set(error, FAILURE_USAGE,
                           "%s is no file of statistics. \"dbdoc stats export\" prints the script "
                           "that makes one.",
                           path);
    if (json_integer_value(json_object_get(document, "format")) != FORMAT)
        return failure_set(error, FAILURE_USAGE,
                           "%s has a format that this dbdoc does not read. Export it again with "
                           "the script of \"dbdoc stats export\".",
                           path);
    return true;
}

/* The words of jansson's errors are not told: they cite the file. */
static bool
read_export(struct arena *arena, const char *path, const GString *text,
            struct row_statistics *statistics, GError **error)
{
    json_error_t problem;
    json_t *document = json_loadb(text->str, text->len, JSON_REJECT_DUPLICATES, &problem);
    if (document == NULL)
        return failure_set(error, FAILURE_USAGE,
                           "%s:%d:%d: this is no JSON. Export it again with the script of "
                           "\"dbdoc stats export\".",
                           path, problem.line, problem.column);
    bool good = check(path, document, error);
    if (good) {
        const char *date = json_string_value(json_object_get(document, "date"));
        statistics->date = date != NULL && text_is_day(date) ? arena_intern(arena, date) : NULL;
        take_settings(arena, document, statistics);
        statistics->document = arena_text(arena, text->str, (gssize)text->len);
    }
    json_decref(document);
    return good;
}

bool
statistics_read(struct arena *arena, const char *root, const char *path,
                struct row_statistics *statistics, GError **error)
{
    GString *text = NULL;
    *statistics = (struct row_statistics){0};
    if (!file_read_below(root, path, FILE_LIMIT, &text, error))
        return false;
    bool done = g_str_has_suffix(path, ".json")
                    ? read_export(arena, path, text, statistics, error)
                    : statistics_by_hand(arena, path, text, statistics, error);
    g_string_free(text, TRUE);
    return done;
}
