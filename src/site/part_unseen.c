/* part_unseen.c - which facts a page lacks since the role that read the catalog may not see them.
 */
#include "site/parts.h"

#include "catalog/known.h"

enum { NESTED = 3 }; /* table, index, key */

static void
add_kind(const struct catalog *catalog, const struct kind *kind, const char *plural, int depth,
         GString *text)
{
    g_autofree char *words = unseen_facts(catalog, kind);
    if (words != NULL && plural != NULL)
        g_string_append_printf(text, "%sof %s: %s", text->len > 0 ? "; " : "", plural, words);
    else if (words != NULL)
        g_string_append(text, words);
    for (size_t i = 0; i < kind->field_count && depth < NESTED; i++) {
        g_autofree char *lower = g_ascii_strdown(kind->fields[i].title, -1);
        if (kind->fields[i].type == LIST)
            add_kind(catalog, kind->fields[i].child, lower, depth + 1, text);
    }
}

char *
part_unseen_label(const struct catalog *catalog)
{
    char *words = unseen_words(catalog);
    *words = g_ascii_toupper(*words);
    return words;
}

void
part_unseen(struct sheet *sheet, const struct kind *kind)
{
    const struct catalog *catalog = sheet->site->model->catalog;
    g_autoptr(GString) text = g_string_new(NULL);
    add_kind(catalog, kind, NULL, 0, text);
    g_autofree char *label = part_unseen_label(catalog);
    if (text->len > 0)
        sheet_fact(sheet, label, text->str);
}
