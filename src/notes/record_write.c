/* record_write.c - a line for each line of a definition, so that a change shows in a diff. */
#include "base/json.h"
#include "base/text.h"
#include "notes/record.h"

#include <stdlib.h>

#define FORMAT "1.0"

static int
compare_records(const void *a, const void *b)
{
    const struct note_record *x = a;
    const struct note_record *y = b;
    int order = text_compare(x->word, y->word);
    return order != 0 ? order : text_compare(x->path, y->path);
}

static void
write_record(struct json *json, const struct note_record *record)
{
    g_auto(GStrv) lines = g_strsplit(record->definition, "\n", -1);
    json_break(json);
    json_object(json);
    json_key(json, "kind");
    json_text(json, record->word);
    json_key(json, "object");
    json_text(json, record->path);
    json_key(json, "file");
    json_text(json, record->file);
    json_key(json, "definition");
    json_array(json);
    for (char **line = lines; *line != NULL; line++) {
        json_break(json);
        json_text(json, *line);
    }
    json_close(json);
    json_close(json);
}

GString *
note_records_write(struct note_record *records, size_t count)
{
    struct json json;
    if (count > 1)
        qsort(records, count, sizeof *records, compare_records);
    json_begin(&json);
    json_object(&json);
    json_break(&json);
    json_key(&json, "dbdoc");
    json_text(&json, "notes");
    json_key(&json, "format");
    json_text(&json, FORMAT);
    json_break(&json);
    json_key(&json, "notes");
    json_array(&json);
    for (size_t i = 0; i < count; i++)
        write_record(&json, &records[i]);
    json_break(&json);
    json_close(&json);
    json_break(&json);
    json_close(&json);
    return json_end(&json);
}
