/* part_told.c - the section "Who is told of a change": publications that hold the table, and
 * triggers whose function says NOTIFY. */
#include "site/parts.h"

#include "base/text.h"
#include "catalog/shown.h"

#include <string.h>

static void
append(GString *text, const char *words)
{
    g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", words);
}

char *
part_published(const struct publication_table *published)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (published->columns.count > 0) {
        g_autofree char *columns = columns_text(&published->columns);
        g_string_append_printf(text, "columns %s", columns);
    }
    if (published->row_filter != NULL) {
        g_autofree char *rows = g_strdup_printf("rows where %s", published->row_filter);
        append(text, rows);
    }
    return text->len == 0 ? NULL : g_strdup(text->str);
}

/* FOR ALL TABLES and FOR TABLES IN SCHEMA leave out what is not replicated at all. */
static bool
is_among_all(const struct publication *publication, const struct table *table)
{
    bool in_schema = false;
    for (size_t i = 0; i < publication->schemas.count; i++)
        in_schema = in_schema || g_str_equal(publication->schemas.items[i], table->schema);
    return (publication->all_tables == YES || in_schema) && table->unlogged != YES &&
           table->kind != TABLE_FOREIGN;
}

static void
add_teller(struct sheet *sheet, xmlNode *list, const struct object *object,
           const struct names *events, const char *what)
{
    xmlNode *teller = tree_element(list, "teller");
    tree_attribute(teller, "word", object->kind->word);
    sheet_object(sheet, teller, "name", object, BY_NAME);
    sheet_summary(sheet, teller, object);
    g_autofree char *text = names_text(events);
    g_autofree char *lower = g_ascii_strdown(text, -1);
    tree_attribute(teller, "events", lower);
    tree_attribute(teller, "what", what);
}

static void
add_publications(struct sheet *sheet, xmlNode *list, const struct table *table)
{
    const struct publication_list *publications = &sheet->site->model->catalog->publications;
    for (size_t i = 0; i < publications->count; i++) {
        const struct publication *publication = &publications->items[i];
        if (is_among_all(publication, table))
            add_teller(sheet, list, &publication->object, &publication->operations, "everything");
        for (size_t j = 0; j < publication->tables.count; j++) {
            const struct publication_table *one = &publication->tables.items[j];
            if (one->table.object == NULL || table_root(one->table.object) != table)
                continue;
            g_autofree char *part = part_published(one);
            g_autofree char *path = shown_path(one->name);
            g_autofree char *partition = one->table.object == table
                                             ? NULL
                                             : g_strdup_printf("of the partition %s: %s", path,
                                                               part != NULL ? part : "everything");
            add_teller(sheet, list, &publication->object, &publication->operations,
                       partition != NULL ? partition
                       : part != NULL    ? part
                                         : "everything");
        }
    }
}

/* NOTIFY or pg_notify as a word, wherever it stands: what the body says is not run. */
static bool
says_notify(const char *text)
{
    g_autofree char *lower = g_ascii_strdown(text, -1);
    for (const char *at = strstr(lower, "notify"); at != NULL; at = strstr(at + 1, "notify")) {
        const char *begin = at - lower >= 3 && strncmp(at - 3, "pg_", 3) == 0 ? at - 3 : at;
        bool opens = begin == lower || !(g_ascii_isalnum(begin[-1]) || begin[-1] == '_');
        char after = at[strlen("notify")];
        if (opens && !g_ascii_isalnum(after) && after != '_')
            return true;
    }
    return false;
}

static void
add_triggers(struct sheet *sheet, xmlNode *list, const struct trigger_list *triggers)
{
    for (size_t i = 0; i < triggers->count; i++) {
        const struct trigger *trigger = &triggers->items[i];
        const struct function *function = trigger->function.object;
        if (function == NULL || trigger->enabled == TRIGGER_DISABLED ||
            !says_notify(function->definition))
            continue;
        g_autofree char *path = shown_path(function->object.path);
        g_autofree char *what = g_strdup_printf("%s says NOTIFY", path);
        add_teller(sheet, list, &trigger->object, &trigger->events, what);
    }
}

void
part_told(struct sheet *sheet, const struct table *table)
{
    xmlNode *section = sheet_section(sheet, "told", "Who is told of a change", -1);
    xmlNode *list = tree_element(section, "told");
    add_publications(sheet, list, table);
    add_triggers(sheet, list, &table->triggers);
    if (list->children == NULL) {
        xmlUnlinkNode(section);
        xmlFreeNode(section);
    }
}
