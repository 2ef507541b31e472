/* part_changes.c - lists of what a migration changes, leaves and deletes. */
#include "site/parts.h"

#include "catalog/shown.h"
#include "site/words.h"

/* Signs of a list of changes, by the kind of the change. */
static const struct {
    const char *sign;
    const char *word;
} signs[] = {
    [CHANGE_ADDED] = {"add", "Added"},     [CHANGE_REMOVED] = {"del", "Removed"},
    [CHANGE_CHANGED] = {"chg", "Changed"}, [CHANGE_MOVED] = {"chg", "Reordered"},
    [CHANGE_RENAMED] = {"chg", "Renamed"},
};

xmlNode *
part_change(const struct sheet *sheet, xmlNode *list, enum change_kind kind, const char *word,
            const char *path)
{
    xmlNode *change = tree_element(list, "change");
    tree_attribute(change, "sign", signs[kind].sign);
    tree_attribute(change, "word", signs[kind].word);
    tree_attribute(change, "kind", word);
    g_autofree char *shown = shown_path(path);
    tree_attribute(change, "name", shown);
    const void *object = database_find(sheet->site->model->database, word, path);
    if (object != NULL)
        sheet_href(sheet, change, object);
    return change;
}

void
part_differences(struct sheet *sheet, const char *id, const char *title, const char *hint,
                 const struct differences *differences)
{
    xmlNode *list = NULL;
    for (size_t i = 0; i < differences->count; i++) {
        const struct difference *difference = &differences->items[i];
        if (difference->physical)
            continue;
        if (list == NULL) {
            xmlNode *section = sheet_section(sheet, id, title, -1);
            sheet_hint(section, hint);
            list = tree_element(section, "changes");
        }
        xmlNode *change = part_change(sheet, list, difference->kind, difference->word,
                                      difference->path);
        if (difference->title == NULL)
            continue;
        tree_attribute(change, "fact", difference->title);
        sheet_said(change, "before", difference->before);
        sheet_said(change, "after", difference->after);
    }
}

void
part_removals(struct sheet *sheet, const char *id, const char *title,
              const struct removals *removals)
{
    xmlNode *list = NULL;
    for (size_t i = 0; i < removals->count; i++) {
        const struct removal *removal = &removals->items[i];
        if (list == NULL)
            list = tree_element(sheet_section(sheet, id, title, -1), "changes");
        xmlNode *change = part_change(sheet, list, CHANGE_REMOVED, removal->word, removal->path);
        tree_optional(change, "after",
                      removal->derived      ? "what can be computed again"
                      : removal->made_by_up ? "what was written since up"
                                            : "what was in it before up");
    }
}

/* Invented rows went up and down; these columns did not bring all values back. */
void
part_value_changes(struct sheet *sheet, const struct value_changes *changes)
{
    if (changes->count == 0)
        return;
    xmlNode *section = sheet_section(sheet, "rows", "What became of invented rows", -1);
    sheet_hint(section, "How many of them had a value before up, and after down.");
    xmlNode *list = tree_element(section, "changes");
    for (size_t i = 0; i < changes->count; i++) {
        const struct value_change *change = &changes->items[i];
        xmlNode *node = part_change(sheet, list, CHANGE_CHANGED, "column", change->path);
        g_autofree char *before = words_number(change->before);
        g_autofree char *after = words_number(change->after);
        tree_attribute(node, "fact", "Rows with a value");
        tree_optional(node, "before", before);
        tree_optional(node, "after", after);
    }
}

/* ---- of a review ---- */

static void
add_group(xmlNode *groups, const struct review_group *group)
{
    xmlNode *node = tree_element(groups, "dgrp");
    g_autofree char *path = shown_path(group->path);
    tree_attribute(node, "sign", signs[group->kind].sign);
    tree_attribute(node, "said", signs[group->kind].word);
    tree_attribute(node, "kind", group->partition_of != NULL ? "partition" : group->word);
    tree_attribute(node, "name", path);
    tree_attribute(node, "schemas", group->schemas);
    xmlNode *list = group->count == 0 ? NULL : tree_element(node, "changes");
    for (size_t i = 0; i < group->count; i++) {
        const struct review_change *item = &group->items[i];
        xmlNode *change = tree_element(list, "change");
        g_autofree char *name = item->name == NULL ? NULL : shown_name(item->name);
        tree_attribute(change, "sign", signs[item->kind].sign);
        tree_attribute(change, "word", signs[item->kind].word);
        if (name != NULL)
            tree_attribute(change, "kind", item->word);
        tree_attribute(change, "name", name);
        sheet_said(change, "after", item->text);
    }
}

void
part_groups(xmlNode *section, const struct review_group *groups, size_t count)
{
    xmlNode *list = tree_element(section, "dgrps");
    for (size_t i = 0; i < count; i++)
        add_group(list, &groups[i]);
}
