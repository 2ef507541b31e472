/* links.c - a code span names an object when it does so exactly: blog.posts, author_id (a column of
 * the table that the words are about), posts_slug_index (in the same schema, or the only one). */
#include "site/links.h"

#include "base/text.h"
#include "catalog/address.h"

#include <string.h>

/* Words that a full path in a code span may stand for, in this order. */
static const char *const span_words[] = {"relation", "index",  "function", "type",
                                         "sequence", "column", NULL};

/* Words that a bare name from another schema may stand for. */
static const char *const bare_words[] = {"relation", "index", NULL};

static const struct object *
find_span(const struct database *database, const char *const *words, const char *path)
{
    const struct object *object = NULL;
    for (const char *const *word = words; object == NULL && *word != NULL; word++)
        object = address_resolve(database, *word, path);
    return object;
}

static bool
could_be_name(const char *text)
{
    return *text != '\0' && strlen(text) < 512 && strpbrk(text, " \t\n'=;") == NULL;
}

/* Completed with what the words are about: a column, an index, another relation of the schema. */
static const struct object *
find_relative(const struct database *database, const struct object *about, const char *name)
{
    const struct table *table = object_table(about);
    if (table != NULL) {
        const struct column *column = table_column(table, name);
        if (column != NULL)
            return &column->object;
    }
    const char *schema = object_schema(about);
    if (schema != NULL) {
        const char *names[] = {schema, name};
        g_autofree char *path = address_path(names, G_N_ELEMENTS(names), NULL);
        const struct object *object = find_span(database, span_words, path);
        if (object != NULL)
            return object;
    }
    return find_span(database, bare_words, name);
}

static const struct object *
resolve(const struct links *links, const char *word, const char *path)
{
    const struct database *database = links->sheet->site->model->database;
    if (word != NULL)
        return address_resolve(database, word, path);
    if (!could_be_name(path))
        return NULL;
    if (strchr(path, '.') != NULL)
        return find_span(database, span_words, path);
    const struct object *about = links->object != NULL ? links->object : links->first;
    return about == NULL ? NULL : find_relative(database, about, path);
}

static char *
href(void *data, const char *word, const char *path)
{
    const struct links *links = data;
    const struct object *object = resolve(links, word, path);
    if (object == NULL || object == links->object)
        return NULL;
    return plan_href(links->sheet->site->plan, links->sheet->page, object);
}

struct markdown_links
links_for(struct links *links)
{
    return (struct markdown_links){.href = href, .is_word = address_word_is_known, .data = links};
}
