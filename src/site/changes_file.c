/* changes_file.c - the view of differences: a part for each kind of change, an item for each
 * object. */
#include "site/changes_file.h"

#include "base/text.h"
#include "catalog/alike.h"
#include "catalog/shown.h"
#include "site/one_file.h"
#include "site/skin.h"

#include <string.h>

#define ONE_LINE_MOST 100 /* bytes of both sides of a fact that still fit on one line */

static const struct {
    enum change_kind kind;
    const char *title;
    const char *sign; /* the class of its tone */
    const char *glyph;
} parts[] = {
    {CHANGE_RENAMED, "Renamed", "chg", "→"}, {CHANGE_REMOVED, "Removed", "del", "−"},
    {CHANGE_CHANGED, "Changed", "chg", "~"}, {CHANGE_MOVED, "In another order", "chg", "↕"},
    {CHANGE_ADDED, "Added", "add", "+"},
};

static void
put_path(xmlNode *node, const char *name, const char *path)
{
    g_autofree char *shown = shown_path(path);
    g_autofree char *clean = text_clean(shown);
    tree_attribute(node, name, clean);
}

static void
put_text(xmlNode *parent, const char *name, const char *text)
{
    g_autofree char *clean = text == NULL ? NULL : text_clean(text);
    tree_optional(parent, name, clean);
}

static void
put_lines(xmlNode *fact, const char *sign, char **lines, guint end)
{
    for (guint i = 0; i < end; i++) {
        g_autofree char *clean = text_clean(lines[i]);
        tree_attribute(tree_text_element(fact, "line", clean), "sign", sign);
    }
}

/* None for a text that is empty. */
static char **
lines_of(const char *text)
{
    g_autofree char *whole = g_strdup(text);
    return g_strsplit(g_strchomp(whole), "\n", -1);
}

/* Line by line where a side has several; what both begin and end with is said once. */
static void
put_difference(xmlNode *fact, const char *old_text, const char *new_text)
{
    g_auto(GStrv) old_lines = lines_of(old_text);
    g_auto(GStrv) new_lines = lines_of(new_text);
    guint old_count = g_strv_length(old_lines);
    guint new_count = g_strv_length(new_lines);
    guint same = 0;
    guint tail = 0;
    while (same < old_count && same < new_count && g_str_equal(old_lines[same], new_lines[same]))
        same++;
    while (tail < old_count - same && tail < new_count - same &&
           g_str_equal(old_lines[old_count - 1 - tail], new_lines[new_count - 1 - tail]))
        tail++;
    put_lines(fact, "same", old_lines, same);
    put_lines(fact, "del", old_lines + same, old_count - same - tail);
    put_lines(fact, "add", new_lines + same, new_count - same - tail);
    put_lines(fact, "same", old_lines + old_count - tail, tail);
}

static void
put_fact(xmlNode *item, const struct change *change)
{
    const char *old_text = change->old_text != NULL ? change->old_text : "";
    const char *new_text = change->new_text != NULL ? change->new_text : "";
    xmlNode *fact = tree_element(item, "fact");
    tree_attribute(fact, "title", change->field->title);
    if (change->words != NULL) {
        g_auto(GStrv) lines = lines_of(change->words);
        put_lines(fact, "same", lines, g_strv_length(lines));
        return;
    }
    if (strlen(old_text) + strlen(new_text) > ONE_LINE_MOST || strchr(old_text, '\n') != NULL ||
        strchr(new_text, '\n') != NULL) {
        put_difference(fact, old_text, new_text);
        return;
    }
    put_text(fact, "before", change->old_text);
    put_text(fact, "after", change->new_text);
}

static void
put_dependants(xmlNode *item, const struct dependants *dependants, const struct change *change)
{
    if (dependants == NULL || !change_concerns_dependants(change))
        return;
    g_autoptr(GArray) found = dependants_find(dependants, change->before);
    for (guint i = 0; i < found->len; i++) {
        const struct dependant *dependant = &g_array_index(found, struct dependant, i);
        xmlNode *node = tree_element(item, "dependant");
        tree_attribute(node, "word", dependant->object->kind->word);
        put_path(node, "name", dependant->object->path);
        tree_flag(node, "mentioned", dependant->dependence == MENTIONS);
    }
}

static xmlNode *
put_item(xmlNode *part, const struct change *change)
{
    const struct object *object = change_object(change);
    xmlNode *item = tree_element(part, "change");
    tree_attribute(item, "word", object->kind->word);
    if (change->kind == CHANGE_RENAMED && change->field == NULL) {
        put_path(item, "name", change->old_text);
        put_path(item, "now", change->new_text);
    } else {
        put_path(item, "name", object->path);
    }
    return item;
}

/* Facts of one object stand under one name. */
static void
put_part(xmlNode *root, const struct changes_page *page, size_t number)
{
    xmlNode *part = NULL;
    xmlNode *item = NULL;
    const struct object *last = NULL;
    const struct alike *alike = NULL; /* of the last one */
    size_t count = 0;
    for (guint i = 0; i < page->changes->len; i++) {
        const struct change *change = page->changes->pdata[i];
        const struct object *object = change_object(change);
        if (change->kind != parts[number].kind)
            continue;
        if (part == NULL)
            part = tree_element(root, "part");
        if (item == NULL || object != last) {
            item = put_item(part, change);
            count++;
        }
        if (change->field != NULL)
            put_fact(item, change);
        put_dependants(item, page->dependants, change);
        g_autofree char *schemas = alike_words(change->alike);
        if (object != last || !alike_is_same(change->alike, alike))
            put_text(item, "schemas", schemas);
        alike = change->alike;
        last = object;
    }
    if (part == NULL)
        return;
    tree_attribute(part, "title", parts[number].title);
    tree_attribute(part, "sign", parts[number].sign);
    tree_attribute(part, "glyph", parts[number].glyph);
    tree_number(part, "count", (int64_t)count);
}

static xmlNode *
view_of(const struct changes_page *page, const struct skin *skin)
{
    static const char *const styles[] = {SKIN_ONE_FILE "changes.css", NULL};
    xmlNode *root = tree_new("differences");
    put_text(root, "before", page->before);
    put_text(root, "after", page->after);
    one_file_style(root, skin, styles);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++)
        put_part(root, page, i);
    return root;
}

GString *
changes_file(const struct config *config, const struct changes_page *page, GError **error)
{
    struct skin *skin = skin_read(config, error);
    struct templates *templates = skin == NULL ? NULL : skin_templates(skin, error);
    GString *html = NULL;
    if (templates != NULL) {
        xmlNode *view = view_of(page, skin);
        html = templates_apply(templates, view, error);
        tree_free(view);
        templates_free(templates);
    }
    if (skin != NULL)
        skin_free(skin);
    return html;
}
