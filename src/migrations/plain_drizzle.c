/* plain_drizzle.c - Drizzle keeps a journal of its migrations beside the files: meta/_journal.json.
 */
#include "base/failure.h"
#include "migrations/plain.h"

#include <jansson.h>
#include <string.h>

#define JOURNAL "meta/_journal.json"

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
        return plain_list_fail(JOURNAL, name, error);
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
    if (!plain_list_read(reader, JOURNAL, &text, error))
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
