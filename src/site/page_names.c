/* page_names.c - every name from A to Z: the search that needs no script. */
#include "site/pages.h"

#include "base/text.h"
#include "site/parts.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    const struct object *object;
    char *key; /* lower case, for the order and the letter */
};

static void
entry_clear(void *data)
{
    g_free(((struct entry *)data)->key);
}

static void
collect(const struct object *object, void *data)
{
    if (!census_is_listed(object))
        return;
    struct entry entry = {object, g_utf8_strdown(object_name(object), -1)};
    g_array_append_val((GArray *)data, entry);
}

static int
compare_entries(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = text_compare(x->object->path, y->object->path);
    return order != 0 ? order : strcmp(x->object->kind->name, y->object->kind->name);
}

/* The first letter as a heading; everything that is no letter stands together. */
static char *
letter_of(const struct entry *entry)
{
    gunichar c = g_utf8_get_char(entry->key);
    if (!g_unichar_isalpha(c))
        return g_strdup("#");
    char letter[8] = "";
    g_unichar_to_utf8(g_unichar_toupper(c), letter);
    return g_strdup(letter);
}

static xmlNode *
add_letter(struct sheet *sheet, const char *letter, unsigned number)
{
    g_autofree char *id = g_strdup_printf("letter-%u", number);
    bool sign = g_str_equal(letter, "#");
    xmlNode *section = sheet_section(sheet, id, sign ? "Signs and digits" : letter, -1);
    return tree_element(section, "names");
}

void
fill_names(struct sheet *sheet)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    g_array_set_clear_func(entries, entry_clear);
    object_walk(sheet->site->model->catalog, collect, entries);
    qsort(entries->data, entries->len, sizeof(struct entry), compare_entries);
    sheet_crumb(sheet, "All names", NULL);
    sheet_title(sheet, NULL, "All names");
    tree_text_element(
        sheet_lead(sheet), "summary",
        "Everything in this database that has a name, from A to Z. Columns are listed "
        "on the page of their table.");
    g_autofree char *letter = NULL;
    xmlNode *names = NULL;
    unsigned letters = 0;
    for (guint i = 0; i < entries->len; i++) {
        const struct entry *entry = &g_array_index(entries, struct entry, i);
        if (!sheet_shows(sheet, i))
            continue;
        g_autofree char *own = letter_of(entry);
        if (!text_equal(own, letter)) {
            g_free(letter);
            letter = g_strdup(own);
            names = add_letter(sheet, letter, ++letters);
        }
        xmlNode *name = sheet_object(sheet, names, "name", entry->object, BY_PATH);
        tree_attribute(name, "word", entry->object->kind->word);
    }
}
