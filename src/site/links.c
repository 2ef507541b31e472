/* links.c - a code span names an object when it does so exactly: blog.posts, posts_slug_index (in
 * the same schema), author_id (a column of the table that the words are about). */
#include "site/links.h"

#include "base/text.h"
#include "catalog/address.h"

#include <string.h>

/* Words that a full path in a code span may stand for, in this order. */
static const char *const span_words[] = {"relation", "index", "function", "type", "sequence", NULL};

static const struct object *
find_span(const struct database *database, const char *path)
{
    const struct object *object = NULL;
    for (const char *const *word = span_words; object == NULL && *word != NULL; word++)
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
    if (schema == NULL)
        return NULL;
    const char *names[] = {schema, name};
    g_autofree char *path = address_path(names, G_N_ELEMENTS(names), NULL);
    return find_span(database, path);
}

static const struct object *
resolve(const struct links *links, const char *word, const char *path)
{
    const struct database *database = links->sheet->site->model->database;
    if (word != NULL) {
        const struct object *object = address_resolve(database, word, path);
        bool relation = object == NULL && (g_str_equal(word, "table") || g_str_equal(word, "view"));
        return relation ? address_resolve(database, "relation", path) : object;
    }
    if (!could_be_name(path))
        return NULL;
    if (strchr(path, '.') != NULL)
        return find_span(database, path);
    return links->object == NULL ? NULL : find_relative(database, links->object, path);
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
