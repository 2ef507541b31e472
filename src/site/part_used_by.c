/* part_used_by.c - who needs an object: the section "Used by", and below a column what stands in
 * the way of dropping it. */
#include "site/parts.h"

#include "catalog/shown.h"
#include "model/users.h"

/* "title, slug" */
static char *
column_names(const GPtrArray *columns)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < columns->len; i++) {
        g_autofree char *name = shown_name(object_name(columns->pdata[i]));
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", name);
    }
    return g_string_free(text, FALSE);
}

static void
add_user(struct sheet *sheet, xmlNode *list, const struct user *user)
{
    xmlNode *item = part_item(sheet, list, user->object, BY_PATH);
    sheet_badge(item, "", user->object->kind->word);
    if (user->dependence == MENTIONS)
        sheet_badge(item, "warn", "named in its text, not proved");
    g_autofree char *columns = column_names(user->columns);
    part_value(item, columns);
}

void
part_used_by(struct sheet *sheet, const struct kind *told)
{
    static const char *const heads[] = {"Object", "What it is for", "Columns", NULL};
    if (sheet->page->part > 0)
        return;
    g_autoptr(GPtrArray) users = users_find(sheet->site->model, sheet->page->object);
    for (guint i = users->len; i > 0; i--)
        if (((const struct user *)users->pdata[i - 1])->object->kind == told)
            g_ptr_array_remove_index(users, i - 1);
    if (users->len == 0)
        return;
    xmlNode *list = part_list(sheet_section(sheet, "used-by", "Used by", users->len), heads);
    for (guint i = 0; i < users->len; i++)
        add_user(sheet, list, users->pdata[i]);
}

void
part_lineage(struct sheet *sheet)
{
    if (sheet->page->part > 0)
        return;
    const struct diagram_site site = part_diagram_site(sheet);
    xmlNode *section = sheet_section(sheet, "lineage", "Lineage", -1);
    sheet_hint(section, sheet->page->object->kind == &kind_table
                            ? "On the right, what uses it. Arrows point to what is used."
                            : "On the left, what it reads. On the right, what uses it. Arrows "
                              "point to what is used.");
    xmlNode *diagram = tree_element(section, "diagram");
    tree_flag(diagram, "arrows", true);
    if (diagram_lineage(sheet->site->model, sheet->page->object, &site, diagram))
        return;
    xmlUnlinkNode(section);
    xmlFreeNode(section);
}

/* ---- what DROP COLUMN would meet ---- */

enum fate { STOPS, GOES, NAMED, FATES };

static const char *const fate_words[FATES] = {
    [STOPS] = "DROP COLUMN is refused because of",
    [GOES] = "DROP COLUMN takes along",
    [NAMED] = "Its name is in texts that PostgreSQL does not check, of",
};

static enum fate
fate_of(const struct dependant *dependant, const struct column *column)
{
    if (dependant->dependence == MENTIONS)
        return NAMED;
    return dependant_stops_drop(dependant->object, column) ? STOPS : GOES;
}

static void
add_fate(const struct sheet *sheet, xmlNode *drop, enum fate fate, const GArray *found,
         const struct column *column)
{
    xmlNode *group = tree_element(drop, "fate");
    tree_attribute(group, "words", fate_words[fate]);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        if (fate_of(dependant, column) != fate || object_is_copy(dependant->object))
            continue;
        xmlNode *user = sheet_object(sheet, group, "user", dependant->object, BY_PATH);
        tree_attribute(user, "word", dependant->object->kind->word);
    }
}

void
part_drop(const struct sheet *sheet, xmlNode *node, const struct column *column)
{
    g_autoptr(GArray) found = dependants_find(sheet->site->model->dependants, &column->object);
    size_t counts[FATES] = {0};
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        counts[fate_of(dependant, column)] += !object_is_copy(dependant->object);
    }
    size_t count = counts[STOPS] + counts[GOES] + counts[NAMED];
    if (count == 0)
        return;
    xmlNode *drop = tree_element(node, "drop");
    tree_number(drop, "count", (int64_t)count);
    for (enum fate fate = 0; fate < FATES; fate++)
        if (counts[fate] > 0)
            add_fate(sheet, drop, fate, found, column);
}
