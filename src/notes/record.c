/* record.c - reads the records; record_write.c writes them. */
#include "notes/record.h"

#include "base/failure.h"
#include "base/files.h"
#include "base/text.h"

#include <jansson.h>

#define LIMIT ((size_t)64 * 1024 * 1024)

static const char *
keep_clean(struct arena *arena, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    if (text == NULL)
        return NULL;
    g_autofree char *clean = text_clean(text);
    return arena_text(arena, clean, -1);
}

static const char *
join_lines(struct arena *arena, const json_t *lines)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const char *line = json_string_value(json_array_get(lines, i));
        if (line == NULL)
            return NULL;
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", line);
    }
    g_autofree char *clean = text_clean(text->str);
    return arena_text(arena, clean, -1);
}

static bool
read_record(struct arena *arena, const json_t *item, struct note_record *record)
{
    *record = (struct note_record){
        .word = keep_clean(arena, item, "kind"),
        .path = keep_clean(arena, item, "object"),
        .file = keep_clean(arena, item, "file"),
        .definition = join_lines(arena, json_object_get(item, "definition")),
    };
    return record->word != NULL && record->path != NULL && record->file != NULL &&
           record->definition != NULL;
}

static bool
read_records(struct arena *arena, const json_t *root, struct note_records *records)
{
    const json_t *notes = json_object_get(root, "notes");
    const char *name = json_string_value(json_object_get(root, "dbdoc"));
    if (!text_equal(name, "notes") || !json_is_array(notes))
        return false;
    struct note_record *items = arena_array(arena, json_array_size(notes), sizeof *items);
    for (size_t i = 0; i < json_array_size(notes); i++)
        if (!read_record(arena, json_array_get(notes, i), &items[i]))
            return false;
    records->count = json_array_size(notes);
    records->items = items;
    return true;
}

bool
note_records_read(struct arena *arena, const char *root, const char *folder,
                  struct note_records *records, GError **error)
{
    *records = (struct note_records){.file = arena_printf(arena, "%s/" NOTE_RECORDS_FILE, folder)};
    g_autofree char *path = g_build_filename(root, records->file, NULL);
    if (!file_is_there(path))
        return true;
    g_autoptr(GString) text = NULL;
    if (!file_read_below(root, records->file, LIMIT, &text, error))
        return false;
    json_t *json = json_loadb(text->str, text->len, JSON_REJECT_DUPLICATES, NULL);
    bool good = json != NULL && read_records(arena, json, records);
    json_decref(json);
    return good || failure_set(error, FAILURE_USAGE,
                               "%s is not what dbdoc notes accept writes. Restore it from git, or "
                               "delete it and accept the notes again.",
                               records->file);
}

const struct note_record *
note_record_find(const struct note_records *records, const char *word, const char *path)
{
    for (size_t i = 0; i < records->count; i++)
        if (text_equal(records->items[i].word, word) && text_equal(records->items[i].path, path))
            return &records->items[i];
    return NULL;
}
