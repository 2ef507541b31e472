/* part.c - "## Column author_id" in the file of "table blog.posts" is column blog.posts.author_id.
 * Ordinary headings may begin with the same words: "## Index usage in short" is about nothing. */
#include "notes/part.h"

#include "catalog/address.h"

#include <glib.h>
#include <string.h>

/* The kind of part that the objects of this word can have; NULL for none. */
static const struct kind *
find_part(const char *outer, const char *word)
{
    for (const struct kind *const *kind = all_kinds; *kind != NULL; kind++) {
        for (size_t i = 0; g_str_equal((*kind)->word, outer) && i < (*kind)->field_count; i++) {
            const struct field *field = &(*kind)->fields[i];
            if (field->type == LIST && g_str_equal(field->child->word, word))
                return field->child;
        }
    }
    return NULL;
}

/* The name as people mean it: what stands in a code span, or the text without Markdown's escapes.
 */
static char *
read_name(const char *text)
{
    size_t length = strlen(text);
    if (length > 2 && text[0] == '`' && text[length - 1] == '`')
        return g_strstrip(g_strndup(text + 1, length - 2));
    GString *name = g_string_new(NULL);
    for (; *text != '\0'; text++) {
        text += text[0] == '\\' && g_ascii_ispunct(text[1]);
        g_string_append_c(name, *text);
    }
    return g_string_free(name, FALSE);
}

static bool
is_one_word(const char *text)
{
    bool quoted = false;
    for (; *text != '\0'; text++) {
        quoted ^= *text == '"';
        if (!quoted && g_ascii_isspace(*text))
            return false;
    }
    return true;
}

static size_t
count_names(const char *path)
{
    struct address_parts parts = {0};
    size_t count = address_parse(path, &parts) ? parts.count : 0;
    address_parts_clear(&parts);
    return count;
}

/* A part's path holds schema, object and name, that of an index only schema and name. The object's
 * own schema may be missing. */
static char *
complete(const char *name, const struct kind *part, const char *outer_path)
{
    size_t given = count_names(name);
    size_t needed = part->rule == PATH_SIBLING ? 2 : 3;
    if (given + 2 == needed)
        return g_strconcat(outer_path, ".", name, NULL);
    if (given >= needed || count_names(outer_path) < 2)
        return g_strdup(name);
    return g_strdup_printf("%.*s.%s", (int)address_first_length(outer_path), outer_path, name);
}

bool
part_read(const char *heading, const char *outer, const char *outer_path, char **word, char **path)
{
    size_t length = strcspn(heading, " \t");
    const char *text = heading + length + strspn(heading + length, " \t");
    g_autofree char *lower = g_ascii_strdown(heading, (gssize)length);
    const struct kind *part = find_part(outer, lower);
    if (part == NULL || (*text != '`' && !is_one_word(text)))
        return false;
    g_autofree char *name = read_name(text);
    if (count_names(name) == 0)
        return false;
    *word = g_steal_pointer(&lower);
    *path = complete(name, part, outer_path);
    return true;
}
